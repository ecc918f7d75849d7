"""What stands between two characters: a space or a line break that one reading has and another not.

Two readings that differ in a space or a break are not equally likely to be right, so that one
witness is enough for some. Counted on the joints of 2,000 pairs of readings of 122 pages with their
truth: programs put breaks in where lines were wrapped, and hardly ever lose one between characters
that they then have side by side; they rather lose spaces than put them in, between Latin letters
and where headings, leaders and page numbers are set apart. Else a space is decided by numbers
alone: two independent readings against the base, and none with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from textclean.consensus.codes import BREAK, SPACE, WORDS
from textclean.consensus.columns import Column, Columns, Option
from textclean.consensus.decisions import Change
from textclean.consensus.language import meeting
from textclean.consensus.reliability import Reliability
from textclean.consensus.tokens import Tokens, between, torn
from textclean.layout.lines import measured
from textclean.text.classes import CLOSING_CLASS, PAUSE_CLASS, SPACE_CLASS, is_han
from textclean.text.patterns import pattern

#: How sure two readings against one are of a space: of 21 such changes in copies of 180 paragraphs
#: with 5 % of wrong characters none was wrong.
_SURE = 0.95
#: How sure it is that characters are not broken apart that another reading has side by side: of
#: 3,592 such changes between two readings of the pages truth has a break at 10.
_SURE_OF_BREAKS = 0.99
#: How sure it is where the other reading has a space: a program began a line where the print has a
#: gap, at a term and its gloss, or the cells of a row. Of 1,241 such changes 1,048 were right.
_SURE_OF_SPACES = 0.84
#: How sure a space between Latin letters or digits is that another reading has: 1,252 of 1,312; at
#: a slash beside digits, or between a leader and its page number, all of 196.
_SURE_OF_WORDS = 0.95
#: The share of the lines that end with a sentence which a reading that knows breaks has as well.
_KNOWS = 0.5
#: The share of all lines, where none ends so.
_KNOWS_ANY = 1 / 3
#: The share of Chinese marks beside which a reading has spaces, from which its spaces say nothing:
#: an engine that sees them everywhere.
_STRAY = 0.1

_SENTENCE_ENDS = frozenset("。！？!?…")
#: Signs of which several lead to a page number.
_LEADERS = frozenset(".…·—_")
#: What stands before the words of a heading or an article, and a page number between dashes.
_HEADED = pattern(
    rf"[{SPACE_CLASS}]*第[一二三四五六七八九十百零〇0-9]{{1,6}}[编章节条][{SPACE_CLASS}]*\Z"
)
_NEAR = 20  # characters of either
_PAGE_NUMBER = pattern(r"[—–·•-][0-9]{1,4}[—–·•-]\Z")
_CLOSING = frozenset(CLOSING_CLASS + ")]")
_MARKS = frozenset(PAUSE_CLASS)


def decide_spaces(
    columns: Columns, reliability: Reliability, changes: Sequence[Change]
) -> list[Change]:
    """The spaces and breaks that are changed, in order; none beside one of `changes`."""
    if len(columns.readings) < 2:
        return []
    taken = {at for change in changes for at in range(change.start, change.end + 1)}
    found = [*_whole(columns), *_words(columns)]
    if len(columns.readings) > 2:
        found = [*_outvoted(columns, reliability), *found]
    kept: list[Change] = []
    for change in found:
        if change.start not in taken and change.end not in taken:
            taken.update(range(change.start, change.end + 1))
            kept.append(change)
    return kept


def _gaps(columns: Columns, number: int) -> Iterator[tuple[int, str, str, int]]:
    """Where a reading has the characters of the base on both sides of a joint, and nothing else.

    Yields:
        The place behind the joint, what stands there in the base and in the reading, and the place
        of the reading's character before it.
    """
    base, reading, places = columns.base, columns.readings[number], columns.places[number]
    for at in range(1, len(base)):
        before, behind = places[at - 1 : at + 1]
        if (
            before >= 0
            and behind == before + 1
            and base.folded[at - 1 : at + 1] == reading.folded[before : behind + 1]
        ):
            yield at, between(base, at - 1), between(reading, before), before


def _whole(columns: Columns) -> Iterator[Change]:
    """Line breaks between characters that another reading has side by side."""
    base = columns.base
    found: dict[int, dict[str, list[tuple[int, int]]]] = {}
    if torn(base):  # the rules mend all of a torn page, or nothing
        return
    for number in range(len(columns.readings)):
        gaps = [gap for gap in _gaps(columns, number) if "\n" in gap[1]]
        if not _knows_breaks(base, gaps):
            continue
        for at, _, theirs, before in gaps:
            last, first = base.folded[at - 1], base.folded[at]
            if "\n" in theirs or (_ends(base.folded, at) and not _is_closing(first)):
                continue
            if _begins(base, at):
                continue
            if len(theirs) == 1 and is_han(last) and is_han(first) and meeting(last, first) > 0:
                theirs = ""
            if not theirs or (len(theirs) == 1 and _goes_on_behind_a_space(last, first)):
                found.setdefault(at, {}).setdefault(theirs, []).append((number, before))
    for at, options in sorted(found.items()):
        after = min(options, key=lambda text: (len(text), text))
        sure = _SURE_OF_SPACES if after else _SURE_OF_BREAKS
        yield _between(columns, at, after, BREAK, sure, options[after])


def _goes_on_behind_a_space(last: str, first: str) -> bool:
    """Whether a line goes on with what stands behind a space, by the characters at it.

    Behind a number or before one the break is as often the page's: of a heading, of an item.
    """
    if is_han(first):
        return is_han(last) or (last.isascii() and last.isalpha())
    if not (first.isascii() and first.isalnum() and last.isascii() and last.isalnum()):
        return False
    return first.isalpha() == last.isalpha()


def _knows_breaks(base: Tokens, gaps: Iterable[tuple[int, str, str, int]]) -> bool:
    """Whether a reading has line breaks of its own, and is not one line from end to end."""
    counts = {True: [0, 0], False: [0, 0]}
    for at, _, theirs, _ in gaps:
        for kind in {_ends(base.folded, at), False}:
            counts[kind]["\n" in theirs] += 1
    lost, kept = counts[True] if any(counts[True]) else counts[False]
    return kept >= (_KNOWS if any(counts[True]) else _KNOWS_ANY) * (lost + kept) and kept > 0


def _ends(text: str, at: int) -> bool:
    """Whether what stands before a place ends a sentence."""
    last = text[at - 1]
    return last in _SENTENCE_ENDS or (last in _CLOSING and text[at - 2 : at - 1] in _SENTENCE_ENDS)


def _begins(base: Tokens, at: int) -> bool:
    """Whether the line that a character heads has the form of a heading, a caption or an item."""
    start = base.offsets[at]
    end = base.text.find("\n", start)
    return measured(0, base.text[start : end if end >= 0 else None], 0).begins


def _is_closing(char: str) -> bool:
    return char in _CLOSING or char in _MARKS


def _words(columns: Columns) -> Iterator[Change]:
    """Spaces between Latin words, and at numbers, that another reading has."""
    base = columns.base
    found: dict[int, list[tuple[int, int]]] = {}
    for number, reading in enumerate(columns.readings):
        if _has_stray_spaces(reading):
            continue
        for at, mine, theirs, before in _gaps(columns, number):
            if not mine and theirs == " " and _is_set_apart(base, at):
                found.setdefault(at, []).append((number, before))
    for at, places in sorted(found.items()):
        yield _between(columns, at, " ", WORDS, _SURE_OF_WORDS, places)


def _is_set_apart(base: Tokens, at: int) -> bool:
    """Whether print sets apart what stands before a place and behind it."""
    last, first = base.folded[at - 1], base.folded[at]
    if last.isascii() and last.isalnum() and first.isascii() and first.isalnum():
        return True
    if (last == "/" and first.isdecimal()) or (last.isdecimal() and first == "/"):
        return True
    if first.isdecimal() and last in _LEADERS and base.folded[at - 2 : at - 1] == last:
        return True
    if first == "." and base.folded[at : at + 3] == "..." and last not in _LEADERS:
        return True
    place = base.offsets[at]
    start = base.text.rfind("\n", max(0, place - _NEAR), place) + 1
    if not start and place > _NEAR:
        return False  # the line begins farther before
    before = base.text[start:place]
    if is_han(first) and last in "编章节条":
        return _HEADED.match(before) is not None
    if first.isdecimal() or last.isdecimal():
        line = before + base.text[place : place + _NEAR].partition("\n")[0]
        return _PAGE_NUMBER.match("".join(line.split())) is not None
    return False


def _has_stray_spaces(reading: Tokens) -> bool:
    marks = spaces = 0
    text = reading.folded
    for at, (char, behind) in enumerate(pairwise(text)):
        if text[at + 1 : at + 3] == "..":
            continue  # a leader
        if (is_han(char) and behind in ",.;:?!、。") or (char in ",;:?!、。" and is_han(behind)):
            marks += 1
            spaces += between(reading, at).startswith(" ")
    return spaces > _STRAY * marks


def _between(
    columns: Columns,
    at: int,
    after: str,
    code: str,
    confidence: float,
    places: Sequence[tuple[int, int]],
) -> Change:
    """A change of what stands before a place.

    Args:
        places: the readings that have it so, with the place of the character before it.
    """
    base = columns.base
    start, end = base.end_of(at - 1), base.offsets[at]
    lows = tuple((number, columns.readings[number].end_of(before)) for number, before in places)
    own = tuple(
        (number, 0) for number in range(len(columns.readings))
        if columns.readings[number].text == base.text
    )  # fmt: skip
    options = (Option(base.text[start:end], own), Option(after, lows))
    witnesses = (lows,) if after else ()
    return Change(start, end, after, code, confidence, witnesses, (Column(at, True, options),))


def _outvoted(columns: Columns, reliability: Reliability) -> Iterator[Change]:
    base = columns.base
    layers = reliability.layers
    for at in range(1, len(base)):
        start, end = base.end_of(at - 1), base.offsets[at]
        own = base.text[start:end]
        if own not in ("", " "):
            continue
        places: dict[str, list[tuple[int, int]]] = {own: []}
        for number, reading in enumerate(columns.readings):
            before, behind = columns.places[number][at - 1 : at + 1]
            if before >= 0 and behind == before + 1:
                low = reading.end_of(before)
                between_ = reading.text[low : reading.offsets[behind]]
                if between_ in ("", " "):
                    places.setdefault(between_, []).append((number, low))
        other = " " if own == "" else ""
        against = places.get(other, [])
        numbers = tuple(number for number, _ in against)
        if len({layers[number] for number in numbers}) < 2 or len(places[own]) > 1:
            continue
        options = tuple(Option(text, tuple(found)) for text, found in places.items())
        column = Column(at, True, options)
        witnesses = (tuple(against),) if other else ()
        yield Change(start, end, other, SPACE, _SURE, witnesses, (column,))
