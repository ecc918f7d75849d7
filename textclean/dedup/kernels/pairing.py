"""From sorted keys to pairs of texts, and what the shingles of a pair have in common.

A key and the number of a text are packed into one 64-bit integer (the key above), so that sorting
plain integers brings the texts that share a key together.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from textclean.dedup.kernels.compiled import compiled
from textclean.dedup.kernels.values import GOLDEN

_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_CODE_BITS = np.uint64(21)


@compiled
def count_pairs(packed: Any, most: Any) -> Any:
    """Pairs in runs of equal keys of at most `most` texts, and the length of the longest run."""
    pairs = 0
    longest = 0
    start = 0
    for i in range(1, len(packed) + 1):
        if i == len(packed) or packed[i] >> _HALF != packed[start] >> _HALF:
            run = i - start
            longest = max(longest, run)
            if run <= most:
                pairs += run * (run - 1) // 2
            start = i
    return pairs, longest


@compiled
def write_pairs(packed: Any, most: Any, out: Any) -> Any:
    """Write the pairs that `count_pairs` counts: the lower number above the higher; how many."""
    count = 0
    start = 0
    for i in range(1, len(packed) + 1):
        if i == len(packed) or packed[i] >> _HALF != packed[start] >> _HALF:
            if 1 < i - start <= most:
                for j in range(start, i):
                    for k in range(j + 1, i):
                        one = packed[j] & _LOW
                        other = packed[k] & _LOW
                        if one != other:
                            out[count] = (min(one, other) << _HALF) | max(one, other)
                            count += 1
            start = i
    return count


@compiled
def crowded_runs(packed: Any, most: Any, out: Any) -> Any:
    """Write the bounds of the runs of more than `most` equal keys; how many bounds."""
    count = 0
    start = 0
    for i in range(1, len(packed) + 1):
        if i == len(packed) or packed[i] >> _HALF != packed[start] >> _HALF:
            if i - start > most:
                out[count] = start
                out[count + 1] = i
                count += 2
            start = i
    return count


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
