"""From sorted keys to pairs of texts, and what the shingles of a pair have in common.

A key and the number of a text are packed into one 64-bit integer (the key above), so that sorting
plain integers brings the texts that share a key together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.fold import SHINGLE_SIZE
from textclean.dedup.kernels.folding import Folds
from textclean.dedup.kernels.stages import COMPARING, SKETCHING, compiled
from textclean.dedup.kernels.values import GOLDEN

#: Two numbers of texts for each pair.
Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]

_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_CODE_BITS = np.uint64(21)
# Bits of the table for each key.
_MARKS = 8
# Pairs that are written before they are moved.
_ROOM = 1 << 16


def pairs_of(packed: NDArray[np.uint64], most: int) -> tuple[NDArray[np.uint64], int]:
    """All pairs of numbers that share a key with at most `most`, each as one integer.

    Args:
        packed: keys, packed with numbers, sorted.

    Returns:
        The pairs, the lower number above the higher; and how many share the most frequent key.
    """
    out = np.empty(max(_ROOM, most * most), np.uint64)
    parts = [out[:0]]
    done = longest = 0
    while done < len(packed):
        count, done, shared = _pairs_of(packed, most, done, out)
        longest = max(longest, shared)
        parts.append(out[:count].copy())
    return np.concatenate(parts), longest


@compiled
def _pairs_of(packed: Any, most: Any, done: Any, out: Any) -> Any:
    """Write pairs from the key at `done` on: how many, where there was no more room; longest."""
    count = 0
    longest = 0
    begin = done
    while begin < len(packed):
        end = begin + 1
        while end < len(packed) and (packed[end] ^ packed[begin]) <= _LOW:
            end += 1
        size = end - begin
        longest = max(longest, size)
        if size <= most:
            if count + size * size > len(out):
                break
            for i in range(begin, end - 1):
                one = packed[i] & _LOW
                for j in range(i + 1, end):
                    other = packed[j] & _LOW
                    if one != other:
                        out[count] = (min(one, other) << _HALF) | max(one, other)
                        count += 1
        begin = end
    return count, begin, longest


def pack(keys: NDArray[np.uint32], numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Keys packed with numbers."""
    packed = keys.astype(np.uint64)
    packed <<= _HALF
    packed |= numbers.view(np.uint64)
    return packed


def runs_longer_than(packed: NDArray[np.uint64], most: int) -> Iterator[tuple[int, int]]:
    """Where more than `most` equal keys lie in a row: the first, and the one after the last."""
    keys = packed >> _HALF
    bounds = np.flatnonzero(np.append(keys[1:] != keys[:-1], True)) + 1
    begins = np.append(0, bounds[:-1])
    for run in np.flatnonzero(bounds - begins > most).tolist():
        yield int(begins[run]), int(bounds[run])


def may_be_shared(keys: NDArray[np.uint64], shift: int = 0) -> NDArray[np.bool_]:
    """Which keys may occur more than once: all that do, and about one in `_MARKS` of the others.

    Args:
        shift: the keys are the bits from there on.
    """
    size = max(6, (_MARKS * len(keys)).bit_length())
    marks = np.zeros((2, 1 << (size - 6)), np.uint64)
    out = np.empty(len(keys), np.bool_)
    _may_be_shared(keys, np.uint64(shift), marks[0], marks[1], np.uint64(64 - size), out)
    return out


@compiled
def _may_be_shared(keys: Any, shift: Any, once: Any, twice: Any, size: Any, out: Any) -> None:
    for i in range(len(keys)):
        place = ((keys[i] >> shift) * GOLDEN) >> size
        bit = np.uint64(1) << (place & np.uint64(63))
        word = place >> np.uint64(6)
        twice[word] |= once[word] & bit
        once[word] |= bit
    for i in range(len(keys)):
        place = ((keys[i] >> shift) * GOLDEN) >> size
        out[i] = (twice[place >> np.uint64(6)] >> (place & np.uint64(63))) & np.uint64(1)


class Parts(NamedTuple):
    """Packed integers in parts by some bits of theirs: part after part."""

    packed: NDArray[np.uint64]
    #: Where each part begins, and where the last ends.
    bounds: NDArray[np.int64]

    @classmethod
    def of(cls, packed: NDArray[np.uint64], count: int, shift: int = 0) -> Parts:
        """`count` parts, a power of two, by the bits from `shift` on."""
        parts = cls(np.empty(len(packed), np.uint64), np.zeros(count + 1, np.int64))
        _part(packed, np.uint64(shift), parts.bounds, parts.packed)
        return parts

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def part(self, number: int) -> NDArray[np.uint64]:
        """One of the parts."""
        return self.packed[self.bounds[number] : self.bounds[number + 1]]


@SKETCHING.loop
def _part(packed: Any, shift: Any, bounds: Any, out: Any) -> None:
    mask = np.uint64(len(bounds) - 2)
    for i in range(len(packed)):
        bounds[((packed[i] >> shift) & mask) + np.uint64(1)] += 1
    for part in range(1, len(bounds)):
        bounds[part] += bounds[part - 1]
    places = bounds[:-1].copy()
    for i in range(len(packed)):
        part = (packed[i] >> shift) & mask
        out[places[part]] = packed[i]
        places[part] += 1


class Shingles(NamedTuple):
    """The distinct shingles of some folds, as their packed code points, text by text."""

    values: NDArray[np.uint64]
    #: Where those of each text begin, and where the last end.
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, folds: Folds) -> Shingles:
        """Those of each fold, in order of appearance."""
        lengths = folds.lengths
        values = np.empty(int(lengths.sum()), np.uint64)
        starts = np.empty(len(lengths) + 1, np.int64)
        _distinct_shingles(*folds[:3], SHINGLE_SIZE, _table(lengths), values, starts)
        return cls(values[: starts[-1]], starts)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many each text has."""
        return np.diff(self.starts)

    def common(self, pairs: Pairs, needed: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many each pair has in common; 0 as soon as `needed` is out of reach.

        Args:
            pairs: equal first texts best stand in a row.
        """
        out = np.empty(len(needed), np.int64)
        _common_shingles(*pairs, *self, needed, _table(self.sizes), out)
        return out


@COMPARING.loop
def _distinct_shingles(
    folds: Any, begins: Any, ends: Any, size: Any, table: Any, out: Any, starts: Any
) -> None:
    window = (np.uint64(1) << (_CODE_BITS * np.uint64(size))) - np.uint64(1)
    count = 0
    for text in range(len(begins)):
        begin, end = begins[text], ends[text]
        starts[text] = count
        room = 4
        while room < 4 * (end - begin):
            room *= 2
        table[:room] = 0
        mask = np.uint64(room - 1)
        packed = np.uint64(0)
        whole = min(begin + size, end) - 1
        for i in range(begin, end):
            packed = ((packed << _CODE_BITS) | np.uint64(folds[i])) & window
            if i < whole:
                continue
            slot = ((packed * GOLDEN) >> _HALF) & mask
            while table[slot] != 0 and table[slot] != packed:
                slot = (slot + np.uint64(1)) & mask
            if table[slot] == 0:
                table[slot] = packed
                out[count] = packed
                count += 1
    starts[len(begins)] = count


@COMPARING.loop
def _common_shingles(
    first: Any, second: Any, shingles: Any, starts: Any, needed: Any, table: Any, out: Any
) -> None:
    mask = np.uint64(0)
    for pair in range(len(first)):
        one = first[pair]
        if pair == 0 or first[pair - 1] != one:
            begin, end = starts[one], starts[one + 1]
            room = 4
            while room < 4 * (end - begin):
                room *= 2
            table[:room] = 0
            mask = np.uint64(room - 1)
            for i in range(begin, end):
                slot = ((shingles[i] * GOLDEN) >> _HALF) & mask
                while table[slot] != 0:
                    slot = (slot + np.uint64(1)) & mask
                table[slot] = shingles[i]
        other = second[pair]
        begin, end = starts[other], starts[other + 1]
        misses = end - begin - needed[pair]
        for i in range(begin, end):
            slot = ((shingles[i] * GOLDEN) >> _HALF) & mask
            while table[slot] != 0 and table[slot] != shingles[i]:
                slot = (slot + np.uint64(1)) & mask
            if table[slot] == 0:
                misses -= 1
                if misses < 0:
                    break
        out[pair] = needed[pair] + misses if misses >= 0 else 0


def _table(lengths: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Room for a hash table of what the longest text holds, at most a quarter of it full."""
    longest = int(lengths.max(initial=1))
    return np.empty(max(4, 1 << (4 * longest - 1).bit_length()), np.uint64)
