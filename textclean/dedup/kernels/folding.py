"""Code points in, folded code points out, by table.

The table is filled from `textclean.dedup.fold`, a character at a time when it is first met, so it
agrees with it by construction; only the stars of masked numbers, which depend on their neighbours,
are settled in the loop.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.fold import fold_character
from textclean.dedup.kernels.stages import compiled
from textclean.dedup.policy import PROSE_OPENINGS

#: A code point that the table has not met yet.
UNKNOWN = np.uint32(0xFFFFFFFF)
#: Set where a character folds to several: the rest is their place in `expansions` and their number.
EXPANDS = np.uint32(0x80000000)
#: A star, which folds to nothing unless it belongs to a masked number.
STAR = np.uint32(0xFFFFFFFE)
_LENGTH_BITS = 5


class Folds(NamedTuple):
    """The folds of some texts: code points, and where in them each fold begins and ends."""

    codes: NDArray[np.uint32]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Folded characters."""
        return self.ends - self.begins

    def text(self, number: int) -> str:
        """One of the folds as a string."""
        return text_of(self.codes, self.begins[number], self.ends[number])

    def texts(self) -> list[str]:
        """All of them as strings."""
        if len(self.begins) == 1:
            return [self.text(0)]
        sizes = self.lengths
        stops = np.cumsum(sizes)
        joined = text_of(self.codes[places_of(self.begins, sizes)], 0, None)
        bounds = zip((stops - sizes).tolist(), stops.tolist(), strict=True)
        return [joined[start:stop] for start, stop in bounds]


def text_of(codes: NDArray[np.uint32], start: Any, end: Any) -> str:
    """Code points as a string."""
    return codes[start:end].tobytes().decode("utf-32-le")


def places_of(starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places in runs that begin at `starts` and are `sizes` long, run after run."""
    opens = np.cumsum(sizes) - sizes
    places: NDArray[np.int64] = np.arange(int(sizes.sum())) + np.repeat(starts - opens, sizes)
    return places


class FoldTable:
    """What each code point folds to: itself or another, 0 for nothing, or a run of `expansions`."""

    def __init__(self) -> None:
        self.codes: NDArray[np.uint32] = np.full(0x110000, UNKNOWN)
        self.codes[[0x2A, 0xFF0A]] = STAR
        self.expansions: NDArray[np.uint32] = np.zeros(0, np.uint32)
        self._lock = Lock()

    def learn(self, codes: NDArray[np.uint32]) -> None:
        """Fill in the code points that are not known yet.

        Raises:
            UnicodeEncodeError: one is no character but half of a surrogate pair.
        """
        with self._lock:
            for code in np.unique(codes).tolist():
                if self.codes[code] != UNKNOWN:
                    continue
                chr(code).encode("utf-8")  # which tells
                folded = np.array([ord(c) for c in fold_character(code)], np.uint32)
                if len(folded) > 1:
                    place = np.uint32(len(self.expansions) << _LENGTH_BITS | len(folded))
                    self.expansions = np.concatenate([self.expansions, folded])
                    self.codes[code] = EXPANDS | place
                else:
                    self.codes[code] = folded[0] if len(folded) else 0


@compiled
def _end_of(folded: Any) -> Any:
    """Where the run of `expansions` ends that a character folds to."""
    return ((folded & ~EXPANDS) >> _LENGTH_BITS) + (folded & ((1 << _LENGTH_BITS) - 1))


@compiled
def _fold(
    codes: Any, starts: Any, table: Any, expansions: Any, openings: Any, out: Any, ends: Any,
    plain: Any,
) -> Any:  # fmt: skip
    """Fold texts into `out`; the number of code points written, and of unknown ones.

    Unknown code points are written to the front of `out`, and a negative number of folded ones says
    that it was too small: it must hold at least as many as there are code points, and one more.

    Args:
        openings: of each code point below 65,536 whether only prose opens with it.
        plain: takes whether each text is prose at first sight: whether it opens so, but for an
            indent and a number, and no ``|`` stands in it that a table could have.
    """
    count = 0
    unknown = 0
    left = len(codes)
    for text in range(len(starts) - 1):
        own = codes[starts[text] : starts[text + 1]]
        left -= len(own)
        opening = 0
        while opening < len(own) and (own[opening] == 0x20 or own[opening] == 0x3000):
            opening += 1
        while opening < len(own) and 0x30 <= own[opening] <= 0x39:
            opening += 1
        first = own[opening] if opening < len(own) else np.uint32(0)
        prose = first < 0x10000 and openings[first]
        masked = 0  # up to here stars are a masked number's
        for i in range(len(own)):
            code = own[i]
            folded = table[code]
            prose &= code != 0x7C
            if folded < EXPANDS:
                if not unknown:
                    out[count] = folded
                count += folded != 0
            elif folded == STAR:
                if i >= masked:
                    run = i + 1
                    while run < len(own) and (own[run] == 0x2A or own[run] == 0xFF0A):
                        run += 1
                    after = own[run] if run < len(own) else np.uint32(0)
                    before = own[i - 1] if i else np.uint32(0)
                    if (0x30 <= before <= 0x39 or 0xFF10 <= before <= 0xFF19) and (
                        run - i >= 3 or 0x30 <= after <= 0x39 or 0xFF10 <= after <= 0xFF19
                    ):
                        masked = run
                if i < masked:
                    if not unknown:
                        out[count] = 0x78
                    count += 1
            elif folded == UNKNOWN or _end_of(folded) > len(expansions):
                # Another thread has learned what lies beyond since: the tables are read anew.
                if unknown < len(out):
                    out[unknown] = code
                    unknown += 1
            else:
                place = (folded & ~EXPANDS) >> _LENGTH_BITS
                length = folded & ((1 << _LENGTH_BITS) - 1)
                if count + length + len(own) - i + left > len(out):
                    return -1, unknown
                if not unknown:
                    for part in range(length):
                        out[count + part] = expansions[place + part]
                count += length
        ends[text + 1] = count
        plain[text] = prose
    return count, unknown


_table = FoldTable()


@cache
def _openings() -> NDArray[np.bool_]:
    """Of each code point below 65,536 whether it is among `policy.PROSE_OPENINGS`."""
    openings = np.zeros(0x10000, np.bool_)
    for ends in PROSE_OPENINGS:
        openings[ord(ends[0]) : ord(ends[1]) + 1] = True
    return openings


def fold_texts(
    codes: NDArray[np.uint32], starts: NDArray[np.int64], out: NDArray[np.uint32] | None = None
) -> tuple[Folds, NDArray[np.bool_]]:
    """The folds of a chunk of texts, one after another; and whether each text is prose at first
    sight: if not, it may still be.

    Args:
        codes: the code points of all texts.
        starts: where each begins, and where the last ends.
        out: where to write, of `folded_room` code points. What folds to more, as little does, is
            written elsewhere.
    """
    plain = np.empty(len(starts) - 1, np.bool_)
    room = folded_room(codes)
    if out is None:
        out = np.empty(room, np.uint32)
    ends = np.zeros(len(starts), np.int64)
    while True:
        tables = _table.codes, _table.expansions, _openings()
        count, unknown = _fold(codes, starts, *tables, out, ends, plain)
        if unknown:
            _table.learn(out[:unknown])
        elif count < 0:
            room *= 2
            out = np.empty(room, np.uint32)
        else:
            return Folds(out[:count], ends[:-1], ends[1:]), plain


def folded_room(codes: NDArray[np.uint32]) -> int:
    """How much room to offer for the folds of some texts."""
    return len(codes) + 64


# Unsigned, because numba looks at the sign of every other index.
_1, _2, _3, _4 = (np.uint64(step) for step in (1, 2, 3, 4))


@compiled
def _decode(data: Any, offsets: Any, out: Any, starts: Any) -> Any:
    """Well-formed UTF-8 to code points; the number of code points."""
    count = np.uint64(0)
    for text in range(len(offsets) - 1):
        i = np.uint64(offsets[text])
        end = np.uint64(offsets[text + 1])
        while i < end:
            byte = np.uint32(data[i])
            if 0xE0 <= byte < 0xF0:  # most of Chinese
                out[count] = (
                    (byte & 0x0F) << 12
                    | np.uint32(data[i + _1] & 0x3F) << 6
                    | (data[i + _2] & 0x3F)
                )
                i += _3
            elif byte < 0x80:
                out[count] = byte
                i += _1
            elif byte < 0xE0:
                out[count] = (byte & 0x1F) << 6 | (data[i + _1] & 0x3F)
                i += _2
            else:
                out[count] = (
                    (byte & 0x07) << 18
                    | np.uint32(data[i + _1] & 0x3F) << 12
                    | np.uint32(data[i + _2] & 0x3F) << 6
                    | (data[i + _3] & 0x3F)
                )
                i += _4
            count += _1
        starts[text + 1] = count
    return count


def decode_utf8(
    data: NDArray[np.uint8], offsets: NDArray[np.int64]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The code points of texts in UTF-8, which must be well-formed, and where each begins."""
    out = np.empty(int(offsets[-1] - offsets[0]), np.uint32)
    starts = np.zeros(len(offsets), np.int64)
    count = _decode(data, offsets, out, starts)
    return out[:count], starts
