"""Quotes of which one half is missing or too many.

In a paragraph quotes alternate: one opens, one closes. Where they do not there is a *defect*: a
closing mark without an opening one before it, or an opening mark without a closing one behind it.
What could mend it `textclean.punctuation.quote_repairs` enumerates.

Left alone are quotes in quotes of the same kind, if they pair as brackets do, and quotations over
several paragraphs (GB/T 15834-2011 §4.8.3.5): opened in each or in the first, closed in the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from textclean.punctuation.labels import BARE_FOLDING
from textclean.text.classes import BREAK_CLASS, is_han
from textclean.text.patterns import pattern

#: Paragraphs over which a quotation is followed.
MOST_SPANNED = 20
#: Quoted words that count as the same words elsewhere have at least and at most so many characters.
SHORTEST_KNOWN, LONGEST_KNOWN = 2, 24

_SPACES = " \t\u3000\u00a0"
_SENTENCE_ENDS = "。！？…"


class Quote(NamedTuple):
    """A mark, by the gap it stands in: gap *n* is the one before the bare text's character *n*."""

    gap: int
    opens: bool
    #: Offset in the text that the paragraph was taken from.
    offset: int


class Paragraph(NamedTuple):
    """A paragraph without its spaces, its line breaks and its quotes of one kind."""

    #: Folded, character for character.
    bare: str
    #: Where each character of `bare` stands in the text, and where the paragraph ends.
    offsets: Sequence[int]
    #: Gaps in which a space stands.
    spaced: frozenset[int]
    quotes: Sequence[Quote]


class Defect(NamedTuple):
    """Where quotes do not alternate: the mark without its other half, and its wrong neighbour."""

    #: Place of the lone mark among the paragraph's quotes.
    quote: int
    #: Place of the mark of the same kind next to it, on the side where the other half is missing;
    #: -1 where the paragraph begins or ends there.
    neighbour: int


def read_paragraph(text: str, start: int, end: int, marks: str = "“”") -> Paragraph:
    """The paragraph ``text[start:end]`` for quotes of one kind, apostrophes left out."""
    opening, closing = marks[0], marks[1]
    bare: list[str] = []
    offsets: list[int] = []
    spaced: set[int] = set()
    quotes: list[Quote] = []
    for at in range(start, end):
        char = text[at]
        if char in _SPACES:
            spaced.add(len(bare))
        elif char == opening or (char == closing and not _is_apostrophe(text, at)):
            quotes.append(Quote(len(bare), char == opening, at))
        elif char not in BREAK_CLASS:
            bare.append(char)
            offsets.append(at)
    offsets.append(end)
    return Paragraph("".join(bare).translate(BARE_FOLDING), offsets, frozenset(spaced), quotes)


def _is_apostrophe(text: str, at: int) -> bool:
    """``don’t``, ``’90s``, ``students’``: a closing single quote beside a Latin letter or digit."""
    if text[at] != "’":
        return False
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    return (before.isalnum() and not is_han(before)) or (behind.isalnum() and not is_han(behind))


def pairs_as_brackets(opens: Iterable[bool]) -> bool:
    """Whether every mark has its other half, quotes in quotes included.

    Args:
        opens: of each mark whether it opens a quotation.
    """
    depth = 0
    for each in opens:
        depth += 1 if each else -1
        if depth < 0:
            return False
    return depth == 0


def find_defects(quotes: Sequence[Quote]) -> list[Defect]:
    """Every defect of a paragraph, in order; none where the marks pair as brackets do."""
    if pairs_as_brackets(quote.opens for quote in quotes):
        return []
    defects: list[Defect] = []
    opened = -1
    for at, quote in enumerate(quotes):
        if quote.opens:
            if opened >= 0:
                defects.append(Defect(opened, at))
            opened = at
        else:
            if opened < 0:
                defects.append(Defect(at, at - 1))
            opened = -1
    if opened >= 0:
        defects.append(Defect(opened, -1))
    return defects


def quoted_words(text: str, marks: str = "“”") -> Iterator[str]:
    """What a text quotes, folded, as far as it is long enough and short enough to be known."""
    for match in _QUOTED[marks].finditer(text):
        words = _BLANK.sub("", match.group(1)).translate(BARE_FOLDING)
        if SHORTEST_KNOWN <= len(words) <= LONGEST_KNOWN:
            yield words


_QUOTED = {marks: pattern(f"{marks[0]}([^{marks}]{{2,40}}){marks[1]}") for marks in ("“”", "‘’")}
_BLANK = pattern(r"\s+")


def spanning(
    read: Callable[[int], Paragraph], blocks: Sequence[int], broken: Iterable[int]
) -> set[int]:
    """The paragraphs of a text whose lone marks belong to a quotation that spans several of them.

    Args:
        read: gives a paragraph by its place.
        blocks: the block that each of them lies in.
        broken: those in which marks do not pair, in order.
    """
    spanned: set[int] = set()
    for first in broken:
        paragraph = read(first)
        if first in spanned or _balance(paragraph) != 1:
            continue
        defects = find_defects(paragraph.quotes)
        opening = paragraph.quotes[defects[-1].quote]
        announced = opening.gap == 0 or paragraph.bare[opening.gap - 1] in "：，。"
        members = [first]
        for at in range(first + 1, min(first + MOST_SPANNED, len(blocks))):
            following = read(at)
            quotes = following.quotes
            balance = _balance(following)
            if balance == 1 and quotes[0].opens and quotes[0].gap == 0:
                members.append(at)
            elif balance == 0 and _opens_anew(following):
                spanned.update(members)
                break
            elif balance == 0 and announced:
                continue
            elif balance == -1:
                closing = quotes[-1] if not quotes[-1].opens else quotes[0]
                is_next = blocks[at] == blocks[first] and at == first + 1
                if is_next or (announced and _ends_there(following, closing)):
                    spanned.update(members)
                    spanned.add(at)
                break
            else:
                break
    return spanned


def _opens_anew(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the last of a quotation that is opened again in each of them."""
    quotes = paragraph.quotes
    return len(quotes) > 1 and quotes[0].gap == 0 and _ends_there(paragraph, quotes[-1])


def _ends_there(paragraph: Paragraph, quote: Quote) -> bool:
    """Whether a sentence, or the paragraph, ends before a mark."""
    bare, gap = paragraph.bare, quote.gap
    return gap > 0 and (bare[gap - 1] in _SENTENCE_ENDS or gap == len(bare))


def _balance(paragraph: Paragraph) -> int:
    return sum(1 if quote.opens else -1 for quote in paragraph.quotes)
