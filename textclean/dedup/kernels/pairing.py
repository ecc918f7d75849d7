"""From sorted keys to pairs of texts, and what the shingles of a pair have in common.

A key and the number of a text are packed into one 64-bit integer (the key above), so that sorting
plain integers brings the texts that share a key together.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels.compiled import compiled
from textclean.dedup.kernels.values import GOLDEN

_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_CODE_BITS = np.uint64(21)


class Runs(NamedTuple):
    """Where equal keys lie in a row: the first of each and the one after the last, two or more."""

    begins: NDArray[np.int64]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, packed: NDArray[np.uint64]) -> Runs:
        """Those of sorted keys, packed with numbers."""
        keys = packed >> _HALF
        same = np.zeros(len(packed) + 1, np.bool_)
        np.equal(keys[1:], keys[:-1], out=same[1 : len(packed)])
        # A run begins where the next is the same and the one before is not.
        bounds = np.flatnonzero(same[1:] != same[:-1])
        return cls(bounds[::2], bounds[1::2] + 1)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Keys in each."""
        return self.ends - self.begins

    def longer_than(self, most: int) -> Runs:
        """Those of more than `most` keys."""
        longer = self.sizes > most
        return Runs(self.begins[longer], self.ends[longer])


def pairs_of(packed: NDArray[np.uint64], runs: Runs, most: int) -> NDArray[np.uint64]:
    """All pairs within runs of at most `most` keys, the lower number above the higher."""
    sizes = runs.sizes
    short = sizes <= most
    begins, sizes = runs.begins[short], sizes[short]
    opens = np.cumsum(sizes) - sizes
    places = np.repeat(begins - opens, sizes) + np.arange(int(sizes.sum()))
    left = np.repeat(begins + sizes, sizes)
    numbers = packed & _LOW
    made = [np.zeros(0, np.uint64)]
    for step in range(1, int(sizes.max(initial=1))):
        within = places + step < left
        places, left = places[within], left[within]
        one, other = numbers[places], numbers[places + step]
        pair = np.minimum(one, other) << _HALF | np.maximum(one, other)
        made.append(pair[one != other])
    return np.concatenate(made)


@compiled
def distinct_shingles(folds: Any, starts: Any, size: Any, out: Any, out_starts: Any) -> None:
    """The distinct shingles of each fold, as their packed code points, in order of appearance.

    `out` holds as many as there are code points; text `t` uses ``out[out_starts[t]:...]``.
    """
    longest = 1
    for text in range(len(starts) - 1):
        longest = max(longest, starts[text + 1] - starts[text])
    slots = 4
    while slots < 4 * longest:
        slots *= 2
    table = np.zeros(slots, np.uint64)
    window = (np.uint64(1) << (_CODE_BITS * np.uint64(size))) - np.uint64(1)
    count = 0
    for text in range(len(starts) - 1):
        fold = folds[starts[text] : starts[text + 1]]
        out_starts[text] = count
        room = 4
        while room < 4 * len(fold):
            room *= 2
        table[:room] = 0
        mask = np.uint64(room - 1)
        packed = np.uint64(0)
        whole = min(size, len(fold)) - 1
        for i in range(len(fold)):
            packed = ((packed << _CODE_BITS) | np.uint64(fold[i])) & window
            if i < whole:
                continue
            slot = ((packed * GOLDEN) >> _HALF) & mask
            while table[slot] != 0 and table[slot] != packed:
                slot = (slot + np.uint64(1)) & mask
            if table[slot] == 0:
                table[slot] = packed
                out[count] = packed
                count += 1
    out_starts[len(starts) - 1] = count


@compiled
def common_shingles(
    first: Any, second: Any, shingles: Any, starts: Any, needed: Any, out: Any
) -> None:
    """How many distinct shingles each pair has in common; 0 as soon as `needed` is out of reach.

    Args:
        first: of each pair one text; equal ones best stand in a row.
        second: and the other.
        shingles: the distinct shingles of all texts, text by text.
        starts: where those of each text begin, and where the last ends.
    """
    table = np.zeros(4, np.uint64)
    mask = np.uint64(0)
    for pair in range(len(first)):
        one = first[pair]
        if pair == 0 or first[pair - 1] != one:
            own = shingles[starts[one] : starts[one + 1]]
            room = 4
            while room < 4 * len(own):
                room *= 2
            if room > len(table):
                table = np.zeros(room, np.uint64)
            table[:room] = 0
            mask = np.uint64(room - 1)
            for i in range(len(own)):
                slot = ((own[i] * GOLDEN) >> _HALF) & mask
                while table[slot] != 0:
                    slot = (slot + np.uint64(1)) & mask
                table[slot] = own[i]
        other = second[pair]
        its = shingles[starts[other] : starts[other + 1]]
        misses = len(its) - needed[pair]
        for i in range(len(its)):
            slot = ((its[i] * GOLDEN) >> _HALF) & mask
            while table[slot] != 0 and table[slot] != its[i]:
                slot = (slot + np.uint64(1)) & mask
            if table[slot] == 0:
                misses -= 1
                if misses < 0:
                    break
        out[pair] = needed[pair] + misses if misses >= 0 else 0
