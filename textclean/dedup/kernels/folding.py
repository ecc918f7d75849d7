"""Code points in, folded code points out, by table.

The table is filled from `textclean.dedup.fold`, a character at a time when it is first met, and
signs that depend on their neighbours are settled by `fold_signs`, compiled: so it agrees with the
fold by construction.

Beside each folded character it is written which marks stand before it: a fold has no marks, and
whether a name is an item of a list, or where a clause begins, can't be seen in it.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup import fold_signs
from textclean.dedup.fold import fold_character
from textclean.dedup.kernels.stages import compiled, compiled_functions
from textclean.dedup.policy import PROSE_OPENINGS

#: A code point that the table has not met yet.
UNKNOWN = np.uint32(0xFFFFFFFF)
#: Set where a character folds to several: the rest is their place in `expansions` and their number.
EXPANDS = np.uint32(0x80000000)
#: A sign: what it folds to depends on what stands beside it.
SIGN = np.uint32(0xFFFFFFFE)
#: What stands before a folded character: a comma of a list, the end of a clause, a space or a line
#: break, an opening quote or bracket; and that it is written as a capital.
LIST, CLAUSE, SPACE, OPENS, CAPITAL = (np.uint8(1 << bit) for bit in range(5))
_MARKS = (
    (LIST, "、"),
    (CLAUSE, "，。；：！？,;:!?…"),
    (SPACE, " \t\n\r\u3000\xa0"),
    (OPENS, '“‘「『《〈（(【["'),
)
_LENGTH_BITS = 5


class Folds(NamedTuple):
    """The folds of some texts: code points, and where in them each fold begins and ends."""

    codes: NDArray[np.uint32]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    #: What stands before each of the characters: flags.
    marks: NDArray[np.uint8]

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
                of_character = fold_character(code)
                if of_character is None:
                    self.codes[code] = SIGN
                    continue
                folded = np.array([ord(c) for c in of_character], np.uint32)
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


_signs = compiled_functions((fold_signs,), compiled)
_sign = _signs.sign
_is_mark = _signs.is_mark


@compiled
def _fold(
    codes: Any, starts: Any, table: Any, expansions: Any, openings: Any, kinds: Any, signs: Any,
    elements: Any, out: Any, marks: Any, ends: Any, plain: Any,
) -> Any:  # fmt: skip
    """Fold texts into `out`; the number of code points written, and of unknown ones.

    Unknown code points are written to the front of `out`, and a negative number of folded ones says
    that it was too small: it must hold at least as many as there are code points, and one more.

    Args:
        openings: of each code point below 65,536 whether only prose opens with it.
        kinds: of each code point below 65,536 which flag it is as a mark.
        signs, elements: as `fold_signs.tables` has them.
        marks: takes the flags of what stands before each folded character.
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
        flags = np.uint8(0)
        equals = -1  # not known yet
        i = 0
        while i < len(own):
            code = own[i]
            folded = table[code]
            prose &= code != 0x7C
            if folded < EXPANDS:
                if folded != 0:
                    if not unknown:
                        out[count] = folded
                        marks[count] = flags
                    count += 1
                    flags = np.uint8(0)
                elif code < 0x10000:
                    flags |= kinds[code]
                i += 1
            elif folded == SIGN and _is_mark(own, i, len(own), signs):
                flags |= kinds[code]
                i += 1
            elif folded == SIGN:
                if equals < 0:
                    equals = 0
                    for other in own:
                        equals |= other == 0x3D
                part, following = _sign(own, i, 0, len(own), signs, elements, equals)
                if part != 0:
                    if not unknown:
                        out[count] = part
                        marks[count] = flags | (
                            CAPITAL if signs[code] == fold_signs.CAPITAL else np.uint8(0)
                        )
                    count += 1
                    flags = np.uint8(0)
                elif code < 0x10000:
                    flags |= kinds[code]
                i = following
            elif folded == UNKNOWN or _end_of(folded) > len(expansions):
                # Another thread has learned what lies beyond since: the tables are read anew.
                if unknown < len(out):
                    out[unknown] = code
                    unknown += 1
                i += 1
            else:
                place = (folded & ~EXPANDS) >> _LENGTH_BITS
                length = folded & ((1 << _LENGTH_BITS) - 1)
                if count + length + len(own) - i + left > len(out):
                    return -1, unknown
                if not unknown:
                    for part in range(length):
                        out[count + part] = expansions[place + part]
                        marks[count + part] = flags
                        flags = np.uint8(0)
                count += length
                i += 1
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


@cache
def _kinds_of_marks() -> NDArray[np.uint8]:
    """For each code point below 65,536 which flag it is as a mark; 0 for none."""
    kinds = np.zeros(0x10000, np.uint8)
    for flag, marks in _MARKS:
        kinds[[ord(mark) for mark in marks]] |= flag
    return kinds


@cache
def _tables_of_signs() -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """What `fold_signs.tables` has, as arrays."""
    kinds, elements = fold_signs.tables()
    return np.frombuffer(bytearray(kinds), np.uint8), np.array(elements, np.int64)


def fold_texts(
    codes: NDArray[np.uint32],
    starts: NDArray[np.int64],
    out: tuple[NDArray[np.uint32], NDArray[np.uint8]] | None = None,
) -> tuple[Folds, NDArray[np.bool_]]:
    """The folds of a chunk of texts, one after another; and whether each text is prose at first
    sight: if not, it may still be.

    Args:
        codes: the code points of all texts.
        starts: where each begins, and where the last ends.
        out: where to write code points and marks, of `folded_room` each. What folds to more, as
            little does, is written elsewhere.
    """
    plain = np.empty(len(starts) - 1, np.bool_)
    room = folded_room(codes)
    if out is None:
        out = np.empty(room, np.uint32), np.empty(room, np.uint8)
    ends = np.zeros(len(starts), np.int64)
    while True:
        tables = (
            _table.codes,
            _table.expansions,
            _openings(),
            _kinds_of_marks(),
            *_tables_of_signs(),
        )
        count, unknown = _fold(codes, starts, *tables, *out, ends, plain)
        if unknown:
            _table.learn(out[0][:unknown])
        elif count < 0:
            room *= 2
            out = np.empty(room, np.uint32), np.empty(room, np.uint8)
        else:
            return Folds(out[0][:count], ends[:-1], ends[1:], out[1][:count]), plain


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
