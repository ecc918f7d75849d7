"""Quotes of which one half is missing or too many, and all that could mend them.

In a paragraph quotes alternate: one opens, one closes. Where they do not there is a *defect*: a
closing mark without an opening one before it, or an opening mark without a closing one behind it.
What could mend it is enumerated here, each a change of one mark: the missing half at some gap
between two characters, one of the marks at fault taken out, or one turned round. Which of them it
was is for `textclean.punctuation.quote_model` to say.

Left alone are quotes in quotes of the same kind, if they pair as brackets do, and quotations over
several paragraphs (GB/T 15834-2011 §4.8.3.5): opened in each or in the first, closed in the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from textclean.text.classes import is_han
from textclean.text.patterns import pattern

#: Characters between a mark and its other half, if no pause says that it could lie further away.
REACH = 60
#: And if one does.
FAR_REACH = 400
#: Paragraphs over which a quotation is followed.
MOST_SPANNED = 20
#: Quoted words that count as the same words elsewhere have at least and at most so many characters.
SHORTEST_KNOWN, LONGEST_KNOWN = 2, 24

_SPACES = " \t\u3000\u00a0"
_BREAKS = "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_PAUSES = "，。；：！？、…"
_SENTENCE_ENDS = "。！？…"


def _folding() -> dict[int, str]:
    table = dict(zip(",;:()?!", "，；：（）？！", strict=True))
    digits = dict.fromkeys("0123456789０１２３４５６７８９", "0")
    letters = {
        chr(code): "a"
        for first, last in ("AZ", "az", "ＡＺ", "ａｚ")
        for code in range(ord(first), ord(last) + 1)
    }
    return {ord(char): to for char, to in (table | digits | letters).items()}


#: One character for one: half-width marks to full-width, digits to 0, Latin letters to a.
FOLDING = _folding()


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


class Action(IntEnum):
    """What mends a defect."""

    INSERT_OPENING = 1
    INSERT_CLOSING = 2
    DELETE = 3
    FLIP = 4


class Piece(NamedTuple):
    """A quotation, or a mark to be taken out, as the model judges it, in gaps."""

    #: `KEPT`, or the action that makes it.
    role: int
    opening: int
    closing: int
    #: The gaps of the marks before and behind, -1 where there is none.
    before: int
    behind: int
    #: Whether other paragraphs of the text quote these very words.
    known: bool
    #: Whether a space stands where a mark would come to stand.
    spaced: bool


KEPT = 0
DELETED_OPENING, DELETED_CLOSING = 5, 6


class Candidate(NamedTuple):
    """One way to mend a defect."""

    action: Action
    #: The gap of the mark that comes, goes or turns.
    gap: int
    #: Its place among the paragraph's quotes; -1 where it comes.
    quote: int
    pieces: tuple[Piece, ...]


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
        elif char not in _BREAKS:
            bare.append(char)
            offsets.append(at)
    offsets.append(end)
    return Paragraph("".join(bare).translate(FOLDING), offsets, frozenset(spaced), quotes)


def _is_apostrophe(text: str, at: int) -> bool:
    """``don’t``, ``’90s``, ``students’``: a closing single quote beside a Latin letter or digit."""
    if text[at] != "’":
        return False
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    return (before.isalnum() and not is_han(before)) or (behind.isalnum() and not is_han(behind))


def pairs_as_brackets(quotes: Iterable[Quote]) -> bool:
    """Whether every mark has its other half, quotes in quotes included."""
    depth = 0
    for quote in quotes:
        depth += 1 if quote.opens else -1
        if depth < 0:
            return False
    return depth == 0


def find_defects(quotes: Sequence[Quote]) -> list[Defect]:
    """Every defect of a paragraph, in order; none where the marks pair as brackets do."""
    if pairs_as_brackets(quotes):
        return []
    found: list[Defect] = []
    opened = -1
    for at, quote in enumerate(quotes):
        if quote.opens:
            if opened >= 0:
                found.append(Defect(opened, at))
            opened = at
        else:
            if opened < 0:
                found.append(Defect(at, at - 1))
            opened = -1
    if opened >= 0:
        found.append(Defect(opened, -1))
    return found


def quoted_words(text: str, marks: str = "“”") -> Iterator[str]:
    """What a text quotes, folded, as far as it is long enough and short enough to be known."""
    for match in _QUOTED[marks].finditer(text):
        words = _BLANK.sub("", match.group(1)).translate(FOLDING)
        if SHORTEST_KNOWN <= len(words) <= LONGEST_KNOWN:
            yield words


_QUOTED = {marks: pattern(f"{marks[0]}([^{marks}]{{2,40}}){marks[1]}") for marks in ("“”", "‘’")}
_BLANK = pattern(r"\s+")


def candidates(paragraph: Paragraph, defect: Defect, known: frozenset[str]) -> list[Candidate]:
    """All that could mend a defect.

    Args:
        known: what other paragraphs of the text quote (`quoted_words`).
    """
    return _Defective(paragraph, known).candidates(defect)


def turned_mark(quotes: Sequence[Quote], defect: Defect) -> int:
    """Which mark can be turned round so that both it and its neighbour have their halves, or -1."""
    if quotes[defect.quote].opens:
        at, other = defect.neighbour, defect.neighbour + 1
        if at < 0 or (other < len(quotes) and not quotes[other].opens):
            return -1
    else:
        at, other = defect.quote, defect.quote + 1
        if other >= len(quotes) or quotes[other].opens:
            return -1
    second = at if quotes[defect.quote].opens else other
    return at if quotes[defect.quote].gap < quotes[second].gap else -1


class _Defective:
    """A paragraph in which a defect is mended, and what stands where in it."""

    def __init__(self, paragraph: Paragraph, known: frozenset[str]) -> None:
        self.bare, _, self.spaced, self.quotes = paragraph
        self.known = known

    def candidates(self, defect: Defect) -> list[Candidate]:
        found = [self._insertion(defect, gap) for gap in self._gaps(defect)]
        found.append(self._deletion(defect.quote, defect))
        if defect.neighbour >= 0:
            found.append(self._deletion(defect.neighbour, defect))
        turned = turned_mark(self.quotes, defect)
        if turned >= 0:
            found.append(self._flip(defect, turned))
        return found

    def _gaps(self, defect: Defect) -> Iterator[int]:
        """Where the missing half could stand."""
        bare = self.bare
        quote = self.quotes[defect.quote]
        limit = self.quotes[defect.neighbour].gap if defect.neighbour >= 0 else -1
        if quote.opens:
            limit = len(bare) if limit < 0 else limit
            near = min(limit, quote.gap + REACH)
            yield from range(quote.gap + 1, near + 1)
            for gap in range(near + 1, min(limit, quote.gap + FAR_REACH) + 1):
                if bare[gap - 1] in _PAUSES or gap == len(bare) or bare[gap] in _PAUSES:
                    yield gap
        else:
            limit = max(limit, 0)
            near = max(limit, quote.gap - REACH)
            for gap in range(max(limit, quote.gap - FAR_REACH), near):
                if gap == 0 or bare[gap - 1] in _PAUSES:
                    yield gap
            yield from range(near, quote.gap)

    def _insertion(self, defect: Defect, gap: int) -> Candidate:
        quote = self.quotes[defect.quote]
        kept = self._kept(defect)
        if quote.opens:
            action = Action.INSERT_CLOSING
            piece = self._piece(
                action, quote.gap, gap, self._gap_of(defect.quote - 1), self._next_gap(defect)
            )
        else:
            action = Action.INSERT_OPENING
            piece = self._piece(
                action, gap, quote.gap, self._next_gap(defect), self._gap_of(defect.quote + 1)
            )
        return Candidate(action, gap, -1, (piece, *kept))

    def _next_gap(self, defect: Defect) -> int:
        return self.quotes[defect.neighbour].gap if defect.neighbour >= 0 else -1

    def _kept(self, defect: Defect) -> tuple[Piece, ...]:
        """The quotation that the wrong neighbour belongs to, if it has its other half."""
        if defect.neighbour < 0:
            return ()
        opens = self.quotes[defect.quote].opens
        first = defect.neighbour if opens else defect.neighbour - 1
        if first < 0 or first + 1 >= len(self.quotes):
            return ()
        one, other = self.quotes[first], self.quotes[first + 1]
        if not one.opens or other.opens:
            return ()
        return (
            self._piece(KEPT, one.gap, other.gap, self._gap_of(first - 1), self._gap_of(first + 2)),
        )

    def _deletion(self, at: int, defect: Defect) -> Candidate:
        quote = self.quotes[at]
        role = DELETED_OPENING if quote.opens else DELETED_CLOSING
        gone = self._piece(role, quote.gap, quote.gap, self._gap_of(at - 1), self._gap_of(at + 1))
        if at == defect.quote:
            return Candidate(Action.DELETE, quote.gap, at, (gone, *self._kept(defect)))
        # The neighbour goes, and its other half takes the lone mark.
        lone = self.quotes[defect.quote]
        beyond = at + 1 if lone.opens else at - 1
        left: tuple[Piece, ...] = ()
        if 0 <= beyond < len(self.quotes) and self.quotes[beyond].opens is not lone.opens:
            first, second = sorted((defect.quote, beyond))
            left = (
                self._piece(
                    KEPT,
                    self.quotes[first].gap,
                    self.quotes[second].gap,
                    self._gap_of(first - 1),
                    self._gap_of(second + 1),
                ),
            )
        return Candidate(Action.DELETE, quote.gap, at, (gone, *left))

    def _flip(self, defect: Defect, at: int) -> Candidate:
        first, second = (at - 1, at) if self.quotes[at].opens else (at, at + 1)
        piece = self._piece(
            Action.FLIP,
            self.quotes[first].gap,
            self.quotes[second].gap,
            self._gap_of(first - 1),
            self._gap_of(second + 1),
        )
        return Candidate(Action.FLIP, self.quotes[at].gap, at, (piece,))

    def _gap_of(self, at: int) -> int:
        return self.quotes[at].gap if 0 <= at < len(self.quotes) else -1

    def _piece(self, role: int, opening: int, closing: int, before: int, behind: int) -> Piece:
        length = closing - opening
        known = (
            SHORTEST_KNOWN <= length <= LONGEST_KNOWN
            and bool(self.known)
            and self.bare[opening:closing] in self.known
        )
        spaced = (role == Action.INSERT_OPENING and opening in self.spaced) or (
            role == Action.INSERT_CLOSING and closing in self.spaced
        )
        return Piece(role, opening, closing, before, behind, known, spaced)


def spanning(
    paragraphs: Sequence[Paragraph], blocks: Sequence[int], broken: Iterable[int]
) -> set[int]:
    """The paragraphs whose lone marks belong to a quotation that spans several of them.

    Args:
        paragraphs: all of a text, in order.
        blocks: the block that each of them lies in.
        broken: those in which marks do not pair, in order.
    """
    found: set[int] = set()
    for first in broken:
        paragraph = paragraphs[first]
        if first in found or _balance(paragraph) != 1:
            continue
        defects = find_defects(paragraph.quotes)
        opening = paragraph.quotes[defects[-1].quote]
        announced = opening.gap == 0 or paragraph.bare[opening.gap - 1] in "：，。"
        members = [first]
        for at in range(first + 1, min(first + MOST_SPANNED, len(paragraphs))):
            following = paragraphs[at]
            quotes = following.quotes
            balance = _balance(following)
            if balance == 1 and quotes[0].opens and quotes[0].gap == 0:
                members.append(at)
            elif balance == 0 and _opens_anew(following):
                found.update(members)
                break
            elif balance == 0 and announced:
                continue
            elif balance == -1:
                closing = quotes[-1] if not quotes[-1].opens else quotes[0]
                bare = following.bare
                if (blocks[at] == blocks[first] and at == first + 1) or (
                    announced
                    and closing.gap
                    and (bare[closing.gap - 1] in _SENTENCE_ENDS or closing.gap == len(bare))
                ):
                    found.update(members)
                    found.add(at)
                break
            else:
                break
    return found


def _opens_anew(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the last of a quotation that is opened again in each of them."""
    if len(paragraph.quotes) < 2 or paragraph.quotes[0].gap != 0:
        return False
    closing = paragraph.quotes[-1].gap
    return closing > 0 and (
        paragraph.bare[closing - 1] in _SENTENCE_ENDS or closing == len(paragraph.bare)
    )


def _balance(paragraph: Paragraph) -> int:
    return sum(1 if quote.opens else -1 for quote in paragraph.quotes)
