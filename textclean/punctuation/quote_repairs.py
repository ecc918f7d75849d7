"""All that could mend a quote without its other half, each a change of one mark.

The missing half at some gap between two characters, one of the marks at fault taken out, or one
turned round. Which of them it was is for `textclean.punctuation.quote_model` to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from textclean.punctuation.quote_defects import (
    LONGEST_KNOWN,
    SHORTEST_KNOWN,
    Defect,
    Paragraph,
    Quote,
)

#: Characters between a mark and its other half, if no pause says that it could lie further away.
REACH = 60
#: And if one does.
FAR_REACH = 400
_PAUSES = "，。；：！？、…"


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
        ways = [self._insertion(defect, gap) for gap in self._gaps(defect)]
        ways.append(self._deletion(defect.quote, defect))
        if defect.neighbour >= 0:
            ways.append(self._deletion(defect.neighbour, defect))
        turned = turned_mark(self.quotes, defect)
        if turned >= 0:
            ways.append(self._flip(turned))
        return ways

    def _gaps(self, defect: Defect) -> Iterator[int]:
        """Where the missing half could stand."""
        bare = self.bare
        quote = self.quotes[defect.quote]
        limit = self._gap_of(defect.neighbour)
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
        at, beyond = defect.quote, self._gap_of(defect.neighbour)
        lone = self.quotes[at].gap
        if self.quotes[at].opens:
            action = Action.INSERT_CLOSING
            piece = self._piece(action, lone, gap, self._gap_of(at - 1), beyond)
        else:
            action = Action.INSERT_OPENING
            piece = self._piece(action, gap, lone, beyond, self._gap_of(at + 1))
        return Candidate(action, gap, -1, (piece, *self._kept(defect)))

    def _kept(self, defect: Defect) -> tuple[Piece, ...]:
        """The quotation that the wrong neighbour belongs to, if it has its other half."""
        first = defect.neighbour if self.quotes[defect.quote].opens else defect.neighbour - 1
        if first < 0 or first + 1 >= len(self.quotes):
            return ()
        if not self.quotes[first].opens or self.quotes[first + 1].opens:
            return ()
        return (self._between(KEPT, first, first + 1),)

    def _deletion(self, at: int, defect: Defect) -> Candidate:
        quote = self.quotes[at]
        role = DELETED_OPENING if quote.opens else DELETED_CLOSING
        gone = self._between(role, at, at)
        if at == defect.quote:
            return Candidate(Action.DELETE, quote.gap, at, (gone, *self._kept(defect)))
        # The neighbour goes, and its other half takes the lone mark.
        lone = self.quotes[defect.quote]
        beyond = at + 1 if lone.opens else at - 1
        left: tuple[Piece, ...] = ()
        if 0 <= beyond < len(self.quotes) and self.quotes[beyond].opens is not lone.opens:
            left = (self._between(KEPT, *sorted((defect.quote, beyond))),)
        return Candidate(Action.DELETE, quote.gap, at, (gone, *left))

    def _flip(self, at: int) -> Candidate:
        first = at - 1 if self.quotes[at].opens else at
        piece = self._between(Action.FLIP, first, first + 1)
        return Candidate(Action.FLIP, self.quotes[at].gap, at, (piece,))

    def _gap_of(self, at: int) -> int:
        return self.quotes[at].gap if 0 <= at < len(self.quotes) else -1

    def _between(self, role: int, first: int, second: int) -> Piece:
        """The piece between two marks that are there, by their places."""
        before, behind = self._gap_of(first - 1), self._gap_of(second + 1)
        return self._piece(role, self._gap_of(first), self._gap_of(second), before, behind)

    def _piece(self, role: int, opening: int, closing: int, before: int, behind: int) -> Piece:
        length = closing - opening
        may_be_known = bool(self.known) and SHORTEST_KNOWN <= length <= LONGEST_KNOWN
        known = may_be_known and self.bare[opening:closing] in self.known
        spaced = (role == Action.INSERT_OPENING and opening in self.spaced) or (
            role == Action.INSERT_CLOSING and closing in self.spaced
        )
        return Piece(role, opening, closing, before, behind, known, spaced)
