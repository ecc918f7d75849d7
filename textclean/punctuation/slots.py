"""The slots of a text: where something may have been lost, and what the text is without them.

A slot is a run of spaces and straight quotes between two characters of a line, at least one of
them Chinese. The model reads the line folded and squeezed: slots taken out, digits as 0, Latin
letters as a, half-width marks as full-width. A present pause mark can be a slot too, that of the
mark that should stand there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textclean.punctuation.labels import (
    BREAKS,
    CHINESE_CLASS,
    EDGE,
    MARK_CODES,
    PRESENT_MARKS,
    fold,
)
from textclean.text.patterns import pattern

_SPACE_CLASS = " \t\u3000\u00a0"
_RUN_CLASS = f'[{_SPACE_CLASS}"＂]'
#: A run of spaces and quotes; with an empty group if it is a slot.
_RUN = pattern(
    f"{_RUN_CLASS}(?:(?<=[{CHINESE_CLASS}].){_RUN_CLASS}*+(?=[^{BREAKS}])()"
    f"|(?<=[^{BREAKS}].){_RUN_CLASS}*+(?=[{CHINESE_CLASS}])()|{_RUN_CLASS}*+)"
)
_MARK = pattern(f"[{PRESENT_MARKS}]")
_SPACES = dict.fromkeys(map(ord, _SPACE_CLASS))


class Slots(NamedTuple):
    """The slots of a text, in order of place, as columns; and the text they were taken out of.

    At one place a run of spaces comes before the mark that follows it.
    """

    #: Folded and squeezed; lines end with a line feed, the last too.
    text: str
    #: Offsets into `text`: what stands there follows the slot, or is the mark in question.
    places: list[int]
    #: 0 for a run of spaces and quotes, else the code of the present mark (`MARK_CODES`).
    kinds: list[int]
    #: Offsets of the run, or of the mark, in the text that was given.
    starts: list[int]
    ends: list[int]
    #: Where in `text` pieces of the given text begin, and where in that.
    begins: Sequence[int] = (0,)
    offsets: Sequence[int] = (0,)

    def offset(self, place: int) -> int:
        """Where the character at a place of `text` stands in the given text."""
        piece = bisect_right(self.begins, place) - 1
        return self.offsets[piece] + place - self.begins[piece]


@dataclass(frozen=True)
class Scored:
    """What the networks make of a text's slots, one by one and in pairs: made by either way of
    scoring, read by the decision. All numbers are log-odds (`LOGIT_Q8`)."""

    #: Of each slot, a score for each label.
    scores: Sequence[Sequence[int]]
    #: Of each slot the best label that is no quote; and of each, its lead over the next of those.
    plain: tuple[Sequence[int], Sequence[int]]
    #: Of each run of spaces, unspaced slots among them, in order; and the best of what would make a
    #: quote of it.
    odds_of: Sequence[tuple[int, int]]
    rivals: Sequence[int]
    #: Pairs of runs of one line, as indices of runs, and what each gains (`PAIR_BONUS_Q8` added).
    pairs: Sequence[tuple[int, int]]
    gains: Sequence[int]
    #: Lines in which something gains: their runs and pairs, as ranges.
    lines: Sequence[tuple[int, int, int, int]]
    #: Of each run the index of its slot, -1 for unspaced ones; and its place.
    runs: Sequence[int]
    places: Sequence[int]


def find_slots(text: str, *, marks: bool = False) -> Slots:
    """The slots of a text, whose lines are the model's paragraphs.

    Args:
        marks: whether present pause marks are slots as well.

    Runs at a line's edge are left out of the squeezed text and are no slots. Between two characters
    of which neither is Chinese a run stays: as one space, or as its quotes.
    """
    pieces: list[str] = []
    places: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    begins: list[int] = []
    offsets: list[int] = []
    done = length = 0
    size = len(text)
    for run in _RUN.finditer(text):
        start, end = run.span()
        if start > done:
            pieces.append(text[done:start])
            begins.append(length)
            offsets.append(done)
            length += start - done
        done = end
        if run.lastindex:
            places.append(length)
            starts.append(start)
            ends.append(end)
        elif start and end < size and text[start - 1] not in BREAKS and text[end] not in BREAKS:
            kept = run.group().translate(_SPACES) or " "
            pieces.append(kept)
            length += len(kept)
    pieces.append(text[done:])
    begins.append(length)
    offsets.append(done)
    squeezed = fold("".join(pieces)) + EDGE
    slots = Slots(squeezed, places, [0] * len(places), starts, ends, begins, offsets)
    return _with_marks(slots) if marks else slots


def _with_marks(slots: Slots) -> Slots:
    """Slots of runs, and between them those of present marks inside their lines."""
    squeezed = slots.text
    rows = list(zip(slots.places, slots.kinds, slots.starts, slots.ends, strict=True))
    for mark in _MARK.finditer(squeezed):
        place = mark.start()
        if place and squeezed[place - 1] != EDGE and squeezed[place + 1] != EDGE:
            start = slots.offset(place)
            rows.append((place, MARK_CODES[mark.group()], start, start + 1))
    rows.sort()
    places, kinds, starts, ends = ([row[column] for row in rows] for column in range(4))
    return Slots(squeezed, places, kinds, starts, ends, slots.begins, slots.offsets)


def slotted_lines(text: str, places: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """Lines of squeezed text that hold slots: indices of the first and beyond the last slot, and
    the line's start and end.
    """
    first = 0
    while first < len(places):
        start = text.rfind(EDGE, 0, places[first]) + 1
        end = text.index(EDGE, places[first])
        last = bisect_left(places, end, first + 1)  # the first may stand at the line's very end
        yield first, last, start, end
        first = last
