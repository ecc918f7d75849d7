"""What each quote without its other half comes to: a change of one mark, or only a report.

Where quotes pair the cost is counting them. Where they do not, what could mend each defect is
ranked (`textclean.punctuation.quote_reranker`), and proposed if it is likely enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import pairwise

from textclean.engine.rule import Proposal, View
from textclean.punctuation.paragraph_spans import Extent, paragraph_extents
from textclean.punctuation.quote_defects import (
    Defect,
    Paragraph,
    find_defects,
    pairs_as_brackets,
    quoted_words,
    read_paragraph,
    spanning,
)
from textclean.punctuation.quote_repairs import Action, Candidate, turned_mark
from textclean.text.classes import (
    BREAK_CLASS,
    SEPARATOR_CLASS,
    has_han,
    held_of,
    is_chinese,
    occurrences,
)
from textclean.text.compose import is_within
from textclean.text.patterns import pattern

#: With more defects in a paragraph than this its damage is not a lost mark here and there.
MOST_DEFECTS = 4
_STRAIGHT = '"＂'
_SHOWN = 3  # candidates that a report names
_KINDS = ("“”", "‘’")


#: What one defect comes to: what mends it (None if it is only reported), and what is proposed.
QuoteFinding = tuple[Action | None, Proposal]


# An opening mark without its other half on the same line.
_UNCLOSED = {marks: pattern(rf"{marks[0]}[^{marks}\n]*+(?!{marks[1]})") for marks in _KINDS}

_QUOTES = {marks: pattern(f"[{marks}]") for marks in _KINDS}


def alternate(text: str, marks: str) -> bool:
    """Whether every quote of a kind plainly has its other half, on the same line."""
    opening = text.count(marks[0])
    return opening == text.count(marks[1]) and (not opening or not _UNCLOSED[marks].search(text))


def may_turn(text: str) -> bool:
    """Whether turning one “ or ” could mend anything (`turned_mark`): no paragraph of a text for
    which this is False has two openings, or two closings, with nothing of their own beside them,
    or all its marks turned round.
    """
    if len(text) > _SHORT and not held_of(_OTHER_BREAKS, text):
        if _PAIRED not in text and not _may_be_turned(_PAIR.sub(_PAIRED, text)):
            return False
        text = _skeleton(text)
    return any(way.search(text) for way in _TURNABLE) or (
        any(way.search(text) for way in _TURNED) and any(way.search(text) for way in _NOT_SPOKEN)
    )


def _may_be_turned(lone: str) -> bool:
    """Whether marks that have no other half on their line look turned round: two openings or
    closings in a row, or from a closing, the first mark of its line, to an opening, the last.

    Args:
        lone: a text with `_PAIRED` for each pair on a line.
    """
    if any(row.search(lone) for row in _IN_A_ROW):
        return True
    closings = occurrences(lone, "”")
    for at, end in zip(closings, [*closings[1:], len(lone)], strict=False):
        opening = lone.find("“", at, end)
        if (
            opening >= 0
            and not _MARK.search(lone, lone.rfind("\n", 0, at) + 1, at)
            and _LAST_OF_LINE.match(lone, opening)
        ):
            return True
    return False


def _skeleton(text: str) -> str:
    """All of a text that `may_turn` depends on, if all its lines end in ``\\n``: its marks, what
    stands right before each, and whether a line ends between two.
    """
    return "“".join(
        [
            "”".join(
                ["\n" + piece[-1:] if "\n" in piece else piece[-1:] for piece in opened.split("”")]
            )
            for opened in text.split("“")
        ]
    )


#: In a longer text it pays to take out what pairs on a line, and to look at its skeleton alone.
_SHORT = 400
_PAIR, _PAIRED = pattern(r"“[^“”\n]*+”"), "\0"
_IN_A_ROW = pattern(r"“(?=[^“”\0]*+“)"), pattern(r"”(?=[^“”\0]*+”)")
_LAST_OF_LINE = pattern(r"“[^“”\n\0]*+(?:\n|\Z)")
_MARK = pattern(r"[“”\0]")
_OTHER_BREAKS = "\r" + SEPARATOR_CLASS
_CLOSINGS = "”[^“”]*+”"
# Each begins with a mark, so that text without marks is only scanned for them.
_TURNABLE = (
    # An opening behind another, and no closing mark behind both on its line.
    pattern(r"“(?=[^“”]*+“(?![^“”\n]*+”))"),
    # A closing before another, and no opening mark before both on its line.
    pattern(rf"“(?=[^“”{BREAK_CLASS}]*+[{BREAK_CLASS}][^“”]*+{_CLOSINGS})"),
    pattern(f"”(?=[^“”]*+{_CLOSINGS})"),
    pattern(rf"\A[^“”]*+{_CLOSINGS}"),
)


def _first_of_line(pair: str, breaks: str) -> tuple[re.Pattern[str], ...]:
    """What finds a pair of marks of which the first is the first of its line."""
    behind = f"(?=[^“”{breaks}]*+[{breaks}][^“”]*+{pair})"
    return pattern(f"“{behind}"), pattern(f"”{behind}"), pattern(rf"\A[^“”]*+{pair}")


# A line whose first mark closes, and whose second opens: ”好“, or the middle of speech.
_TURNED = _first_of_line(r"”[^“”\r\n]++“", "\r\n")
#: What stands before a mark that closes, and before one that opens, in the middle of speech.
_SPOKEN, _SPEAKS = "。！？…”’", "，：、；,;:（("
_NOT_SPOKEN = (
    # Marks of which every pair is turned, perhaps over several lines, and none is in speech.
    *_first_of_line(
        f"(?<![{_SPOKEN}])”[^“”]++(?<![{_SPEAKS}])“"
        f"(?:[^“”]*+(?<![{_SPOKEN}])”[^“”]++(?<![{_SPEAKS}])“)*"
        rf"(?=[^“”{BREAK_CLASS}]*+(?:[{BREAK_CLASS}]|\Z))",
        BREAK_CLASS,
    ),
    # As the first of `_TURNABLE`, whatever ends a line.
    pattern(f"“(?=[^“”]*+“(?![^“”{BREAK_CLASS}]*+”))"),
)


def _all_turned(paragraph: Paragraph) -> bool:
    """Whether every quote of a paragraph is turned round, ”好“: none stands as in the middle of
    speech, closing behind a sentence and opening behind what says who speaks.
    """
    bare, quotes = paragraph.bare, paragraph.quotes
    if not quotes or len(quotes) % 2:
        return False
    return all(
        not closing.opens
        and opening.opens
        and closing.gap < opening.gap
        and (closing.gap == 0 or bare[closing.gap - 1] not in _SPOKEN)
        and bare[opening.gap - 1] not in "，：、；,:;（("
        for closing, opening in zip(quotes[::2], quotes[1::2], strict=True)
    )


def find_halves(
    view: View, *, turned_only: bool = False, crowded: bool = False
) -> list[QuoteFinding]:
    """What the defects of a text come to; its protected quotes are not read.

    Args:
        turned_only: whether only paragraphs are judged in which a mark may be turned round.
        crowded: whether only paragraphs are judged that have more than `MOST_DEFECTS`: these are
            only ever reported. Else all others are.
    """
    text = view.text
    extents = list(paragraph_extents(text, view.blocks))
    findings: list[QuoteFinding] = []
    for marks in _KINDS:
        if marks[0] not in text and (marks[1] not in text or marks == "‘’"):
            continue
        suspects = _suspects(text, extents, marks)
        if not suspects:
            continue
        read = cache(partial(_read, view, extents, marks))
        if not any(
            _is_judged(read(at), turned_only=turned_only, crowded=crowded)
            for at, sequence in suspects.items()
            if not turned_only or marks == "‘’" or view.protected or _may_turn(sequence)
        ):
            continue
        broken = [at for at in suspects if find_defects(read(at).quotes)]
        wide = spanning(read, [each.block for each in extents], broken)
        # Broken paragraphs are no witnesses of what the text quotes.
        damaged = set(broken)
        sound = (
            text[each.start : each.end] for at, each in enumerate(extents) if at not in damaged
        )
        known = frozenset(word for piece in sound for word in quoted_words(piece, marks))
        for at in broken:
            if (
                at not in wide
                and _is_judged(read(at), turned_only=turned_only, crowded=crowded)
                and has_han(read(at).bare)
            ):
                weighed = not turned_only and marks == "“”"
                findings += _judge(text, read(at), known, marks, weighed=weighed)
    return findings


def _suspects(text: str, extents: Sequence[Extent], marks: str) -> dict[int, str]:
    """The paragraphs whose quotes of a kind do not pair as brackets do, apostrophes counted too, by
    their places; and these quotes.
    """
    opening, closing = marks[0], marks[1]
    count, unclosed = text.count, _UNCLOSED[marks]
    suspects: dict[int, str] = {}
    for number, (start, end, _, _) in enumerate(extents):
        opened = count(opening, start, end)
        if opened == count(closing, start, end) and (
            not opened or not unclosed.search(text, start, end)
        ):
            continue  # they alternate
        sequence = "".join(_QUOTES[marks].findall(text, start, end))
        if not pairs_as_brackets(mark == opening for mark in sequence):
            suspects[number] = sequence
    return suspects


def _may_turn(sequence: str) -> bool:
    """Whether `_turns` can hold of a paragraph with a sequence of “ and ”."""
    return "““" in sequence or "””" in sequence or "”“" * (len(sequence) // 2) == sequence


def _is_judged(paragraph: Paragraph, *, turned_only: bool, crowded: bool) -> bool:
    defects = find_defects(paragraph.quotes)
    if not defects or (len(defects) > MOST_DEFECTS) is not crowded:
        return False
    return not turned_only or _turns(paragraph, defects)


def _turns(paragraph: Paragraph, defects: Sequence[Defect]) -> bool:
    return _all_turned(paragraph) or any(
        turned_mark(paragraph.quotes, defect) >= 0 for defect in defects
    )


def _read(view: View, extents: Sequence[Extent], marks: str, number: int) -> Paragraph:
    """A paragraph of a text, without its protected quotes."""
    paragraph = read_paragraph(view.text, extents[number].start, extents[number].end, marks)
    quotes = [each for each in paragraph.quotes if not is_within(view.protected, each.offset)]
    return paragraph._replace(quotes=quotes)


def _judge(
    text: str, paragraph: Paragraph, known: frozenset[str], marks: str, *, weighed: bool
) -> Iterator[QuoteFinding]:
    """What each defect of a paragraph comes to.

    Args:
        weighed: whether the slot model is asked too; of turned marks it has no say.
    """
    from textclean.punctuation.quote_reranker import judge

    if marks == "“”" and _all_turned(paragraph):
        why = "every mark of the paragraph is turned round"
        for quote in paragraph.quotes:
            at = quote.offset
            group = paragraph.quotes[0].offset
            yield Action.FLIP, Proposal(at, at + 1, marks[quote.opens], why, 0.98, group)
        return
    defects = find_defects(paragraph.quotes)
    few = len(defects) <= MOST_DEFECTS
    sharing = _sharing(defects)
    reversed_pairs = _reversed_pairs(paragraph, defects)
    turned = -1
    straight = [at for at, char in enumerate(paragraph.bare) if char in _STRAIGHT]
    for number, defect in enumerate(defects):
        if turned >= 0 and turned in (defect.quote, defect.neighbour):
            turned = -1
            continue  # turning the mark mends this one too
        if (
            len(defects) == len(straight) == 1
            and marks == "“”"
            and _between(paragraph, defect, straight[0])
        ):
            yield _straight_half(text, paragraph, defect, straight[0])
            return
        ranked, likely = judge(paragraph, defect, known, second=weighed and few)
        best, confidence = ranked[0]
        lone = paragraph.quotes[defect.quote].offset
        flips = best.action is Action.FLIP
        start, end, after = _change(text, paragraph, best, marks)
        sure = (
            likely
            and few
            # 曹公笑曰：“: what is said has not ended where it is announced.
            and not (after == marks[1] and text[start - 1 : start] == "：")
            and (flips or not (number in sharing or _has_other_half(paragraph, straight)))
            and number not in reversed_pairs
            and (best.action is not Action.DELETE or len(defects) == 1)
            and not (text[lone] == "”" and text[lone - 1 : lone].isdigit())
        )
        turned = best.quote if sure and flips else -1
        if sure:
            why = f"of {len(ranked)} ways to mend the {text[lone]} the likeliest"
            yield best.action, Proposal(start, end, after, why, round(confidence, 2))
        else:
            shown = "; ".join(
                f"{_say(paragraph, each, marks)} ({share:.2f})" for each, share in ranked[:_SHOWN]
            )
            why = "may be one of two turned round" if number in reversed_pairs else "no other half"
            yield None, Proposal(lone, lone + 1, text[lone], f"{why}: {shown}", confidence)


def _reversed_pairs(paragraph: Paragraph, defects: Sequence[Defect]) -> set[int]:
    """The defects that may be two halves of one quotation, both turned round: ``”好“``."""
    quotes = paragraph.quotes
    reversed_defects: set[int] = set()
    for number, (first, second) in enumerate(pairwise(defects)):
        adjacent = second.quote == first.quote + 1
        if adjacent and quotes[second.quote].opens and not quotes[first.quote].opens:
            reversed_defects.update((number, number + 1))
    return reversed_defects


def _has_other_half(paragraph: Paragraph, straight: Sequence[int]) -> bool:
    """Whether the missing half may be there as another mark: a straight or a single quote."""
    bare = paragraph.bare
    return len(straight) % 2 == 1 or bare.count("‘") != bare.count("’")


def _between(paragraph: Paragraph, defect: Defect, at: int) -> bool:
    """Whether the other half may stand at character `at` of the bare text."""
    lone = paragraph.quotes[defect.quote]
    limit = paragraph.quotes[defect.neighbour].gap if defect.neighbour >= 0 else -1
    if lone.opens:
        return lone.gap < at and (limit < 0 or at < limit)
    return limit <= at < lone.gap - 1


def _straight_half(text: str, paragraph: Paragraph, defect: Defect, at: int) -> QuoteFinding:
    """A straight quote is the other half: the only one, on the side where a half is missing."""
    opens = not paragraph.quotes[defect.quote].opens
    place = paragraph.offsets[at]
    action = Action.INSERT_OPENING if opens else Action.INSERT_CLOSING
    why = "a straight quote where the other half is missing"
    return action, Proposal(place, place + 1, "“" if opens else "”", why, 0.95)


def _sharing(defects: Sequence[Defect]) -> set[int]:
    """The defects that have a mark in common with another: one change alone mends neither."""
    marks = Counter(mark for each in defects for mark in each if mark >= 0)
    return {number for number, each in enumerate(defects) if any(marks[at] > 1 for at in each)}


def _change(
    text: str, paragraph: Paragraph, candidate: Candidate, marks: str
) -> tuple[int, int, str]:
    if candidate.action in (Action.DELETE, Action.FLIP):
        quote = paragraph.quotes[candidate.quote]
        after = "" if candidate.action is Action.DELETE else marks[quote.opens]
        return quote.offset, quote.offset + 1, after
    gap, offsets = candidate.gap, paragraph.offsets
    opens = candidate.action is Action.INSERT_OPENING
    mark = marks[0] if opens else marks[1]
    if 0 < gap < len(paragraph.bare):
        start, end = offsets[gap - 1] + 1, offsets[gap]
        run = text[start:end]
        # A space between Chinese characters is what the mark left.
        only_space = run and not run.strip(" \t\u3000\u00a0")
        if only_space and is_chinese(text[start - 1]) and is_chinese(text[end]):
            return start, end, mark
    at = offsets[gap] if opens else offsets[gap - 1] + 1
    return at, at, mark


def _say(paragraph: Paragraph, candidate: Candidate, marks: str) -> str:
    bare, gap = paragraph.bare, candidate.gap
    if candidate.action is Action.INSERT_OPENING:
        return f"{marks[0]} before {bare[gap : gap + 4]}"
    if candidate.action is Action.INSERT_CLOSING:
        return f"{marks[1]} after {bare[max(0, gap - 4) : gap]}"
    mark = marks[not paragraph.quotes[candidate.quote].opens]
    verb = "delete" if candidate.action is Action.DELETE else "turn"
    return f"{verb} {mark} after {bare[max(0, gap - 4) : gap]}"
