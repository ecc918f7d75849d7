"""What is computed of each fold: its digest, its signature and its anchors.

A *digest* names a fold in 64 bits. A *signature* is the MinHash of its shingles, bit for bit that
of ``datasketch.MinHash(scheme="affine32")`` fed with the same hashes: an odd multiplier and an
addend for each permutation, modulo 2³², after the finalizer of MurmurHash3. *Anchors* are the
shingles of `ANCHOR` characters that winnowing leaves (Schleimer, Wilkerson and Aiken, *Winnowing*,
2003, §3): of every `WINDOW` in a row the one of least hash, so that two texts with
`ANCHOR + WINDOW - 1` characters in common have an anchor in common. About two in `WINDOW` + 1 are
left.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels.folding import Folds
from textclean.dedup.kernels.stages import SKETCHING, compiled
from textclean.dedup.kernels.values import GOLDEN, may_open, value_end

#: Characters in an anchor.
ANCHOR = 12
#: Anchors in a row of which one is chosen, at least.
WINDOW = 12

_BASE = np.uint64(0xD6E8FEB86659FD93)
_RING = 16  # a power of two, no less than WINDOW
_CODE_BITS = np.uint64(21)
_HALF = np.uint64(32)
_POWER = np.uint64(pow(int(_BASE), ANCHOR - 1, 1 << 64))


@compiled
def digests(folds: Any, begins: Any, ends: Any, kinds: Any, shortest: Any, out: Any) -> None:
    """64-bit digests, polynomials in the code points: a row of `out` for each fold.

    Of the whole; of its form, which is the fold with every value replaced by the same sign; of its
    first characters, and of its last.

    Args:
        kinds: as `values.value_kinds` returns them.
        shortest: how many characters are the first or the last; of a shorter fold, all.
    """
    for text in range(len(begins)):
        value = np.uint64(0)
        form = np.uint64(0)
        head = np.uint64(0)
        tail = np.uint64(0)
        begin, end = begins[text], ends[text]
        shown = begin
        for i in range(begin, end):
            code = folds[i]
            value = value * _BASE + np.uint64(code + 1)
            if i >= shown:
                if may_open(code, kinds):
                    shown = value_end(folds, i, begin, end, kinds)
                form = form * _BASE + np.uint64(1 if shown > i else code + 1)
            if i < begin + shortest:
                head = value
            if i >= end - shortest:
                tail = tail * _BASE + np.uint64(code + 1)
        out[text, 0] = value + np.uint64(end - begin) * GOLDEN
        out[text, 1] = form
        out[text, 2] = head
        out[text, 3] = tail


@SKETCHING.loop
def shingle_hashes(folds: Any, begins: Any, ends: Any, size: Any, out: Any, starts: Any) -> None:
    """A 32-bit hash of each shingle of each fold, in order, and where those of each begin.

    The code points, 21 bits each, are packed into one integer, which is multiplied by 2⁶⁴ over the
    golden ratio (Knuth, *The Art of Computer Programming* 3, §6.4); the upper half is the hash. A
    fold shorter than a shingle is its own.
    """
    count = 0
    window = (np.uint64(1) << (_CODE_BITS * np.uint64(size))) - np.uint64(1)
    starts[0] = 0
    for text in range(len(begins)):
        begin = begins[text]
        end = ends[text]
        packed = np.uint64(0)
        whole = min(begin + size, end) - 1
        for i in range(begin, end):
            packed = ((packed << _CODE_BITS) | np.uint64(folds[i])) & window
            if i >= whole:
                out[count] = np.uint32((packed * GOLDEN) >> _HALF)
                count += 1
        starts[text + 1] = count


@cache
def permutations(count: int, seed: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Multipliers and addends as datasketch draws them for its scheme ``affine32``."""
    random = np.random.RandomState(seed)
    multipliers = random.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return multipliers, random.randint(0, 1 << 32, count, dtype=np.uint32)


@SKETCHING.loop
def minhash(hashes: Any, starts: Any, multipliers: Any, addends: Any, out: Any) -> None:
    """The MinHash of each set of 32-bit hashes: a row of `out`, uint32. The hashes are overwritten.

    The number of permutations is a multiple of four. Four at a time, because then both the minima
    and the parameters stay in registers while the hashes stream past.
    """
    for i in range(len(hashes)):
        h = hashes[i]
        h ^= h >> np.uint32(16)
        h = np.uint32(h * np.uint32(0x85EBCA6B))
        h ^= h >> np.uint32(13)
        h = np.uint32(h * np.uint32(0xC2B2AE35))
        hashes[i] = h ^ (h >> np.uint32(16))
    for text in range(len(starts) - 1):
        own = hashes[starts[text] : starts[text + 1]]  # so that no index is looked at for its sign
        for k in range(0, len(multipliers), 4):
            a0, a1 = multipliers[k], multipliers[k + 1]
            a2, a3 = multipliers[k + 2], multipliers[k + 3]
            b0, b1, b2, b3 = addends[k], addends[k + 1], addends[k + 2], addends[k + 3]
            m0 = m1 = m2 = m3 = np.uint32(0xFFFFFFFF)
            for i in range(len(own)):
                h = own[i]
                v0 = np.uint32(a0 * h + b0)
                v1 = np.uint32(a1 * h + b1)
                v2 = np.uint32(a2 * h + b2)
                v3 = np.uint32(a3 * h + b3)
                m0 = v0 if v0 < m0 else m0
                m1 = v1 if v1 < m1 else m1
                m2 = v2 if v2 < m2 else m2
                m3 = v3 if v3 < m3 else m3
            out[text, k] = m0
            out[text, k + 1] = m1
            out[text, k + 2] = m2
            out[text, k + 3] = m3


def signatures(
    folds: Folds, size: int, multipliers: NDArray[np.uint32], addends: NDArray[np.uint32]
) -> NDArray[np.uint32]:
    """The signature of each fold's shingles of `size` characters: a row each."""
    hashes = np.empty(int(folds.lengths.sum()), np.uint32)
    starts = np.empty(len(folds.begins) + 1, np.int64)
    shingle_hashes(*folds[:3], size, hashes, starts)
    # Those beyond the last permutation fill up the four, and are thrown away.
    count = len(multipliers)
    filling = np.ones(-count % 4, np.uint32)
    multipliers = np.concatenate([multipliers, filling])
    addends = np.concatenate([addends, filling])
    rows = np.empty((len(starts) - 1, len(multipliers)), np.uint32)
    minhash(hashes[: starts[-1]], starts, multipliers, addends, rows)
    return rows[:, :count]


def band_keys(signatures: NDArray[np.uint32], rows: int) -> NDArray[np.uint32]:
    """A 32-bit key of each band of `rows` rows: row `b` holds band `b` of every text."""
    out = np.empty((signatures.shape[1] // rows, len(signatures)), np.uint32)
    _band_keys(signatures, rows, out)
    return out


@SKETCHING.loop
def _band_keys(signatures: Any, rows: Any, out: Any) -> None:
    for text in range(len(signatures)):
        for band in range(len(out)):
            key = np.uint64(band)
            for row in range(band * rows, (band + 1) * rows):
                key = (key ^ np.uint64(signatures[text, row])) * GOLDEN
                key ^= key >> np.uint64(29)
            out[band, text] = np.uint32(key >> _HALF)


def anchors(
    folds: Folds, numbers: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The winnowed anchors of each fold: their hashes, packed above the fold's number; and places.

    Args:
        numbers: of each fold, below 2³².

    Returns:
        The packed anchors, fold by fold, and where in its fold each begins.
    """
    ring = np.empty(_RING, np.uint32)
    room = int(folds.lengths.sum()) // 3 + len(numbers) + 64
    return _written(room, lambda out, places: _anchors(*folds[:3], numbers, ring, out, places))


def _written(
    room: int, write: Callable[[Any, Any], int]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """What a loop writes into two arrays; it returns how much, or -1 if there is no room for it."""
    while True:
        integers, numbers = np.empty(room, np.uint64), np.empty(room, np.int64)
        count = write(integers, numbers)
        if count >= 0:
            return integers[:count], numbers[:count]
        room *= 2


@SKETCHING.loop
def _anchors(
    folds: Any, begins: Any, ends: Any, numbers: Any, ring: Any, packed: Any, places: Any
) -> Any:
    """Write the anchors; their number, or -1 if there are more than `packed` holds."""
    count = 0
    for text in range(len(begins)):
        begin, end = begins[text], ends[text]
        number = np.uint64(numbers[text])
        rolling = np.uint64(0)
        for i in range(begin, min(begin + ANCHOR - 1, end)):
            rolling = rolling * _BASE + np.uint64(folds[i] + 1)
        least = begin - 1
        lowest = np.uint32(0)
        waiting = False
        for i in range(begin, end - ANCHOR + 1):
            if i > begin:
                rolling -= np.uint64(folds[i - 1] + 1) * _POWER
            rolling = rolling * _BASE + np.uint64(folds[i + ANCHOR - 1] + 1)
            key = np.uint32((rolling * GOLDEN) >> _HALF)
            ring[i & (_RING - 1)] = key
            if least < begin or key < lowest:
                least = i
                lowest = key
                waiting = True
            elif i - least >= WINDOW:
                least = i - WINDOW + 1
                lowest = ring[least & (_RING - 1)]
                for k in range(least + 1, i + 1):
                    if ring[k & (_RING - 1)] < lowest:
                        least = k
                        lowest = ring[k & (_RING - 1)]
                waiting = True
            if waiting and (i - begin >= WINDOW - 1 or i == end - ANCHOR):
                if count >= len(packed):
                    return -1
                packed[count] = (np.uint64(lowest) << _HALF) | number
                places[count] = least - begin
                count += 1
                waiting = False
    return count


def heads_and_tails(
    folds: Folds,
    chosen: NDArray[np.uint8],
    marks: NDArray[np.uint8],
    shift: np.uint64,
    shortest: int,
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Heads and tails of folds whose digest may be that of a whole fold.

    Args:
        chosen: of each fold whether to look at its heads (bit 0) and at its tails (bit 1).
        marks: a bitmap of 2**(61 - `shift`) bytes of the folds that may be parts: the bit for a
            digest is the upper part of its product with `GOLDEN`.
        shortest: characters from which a part counts.

    Returns:
        The digests, to be compared with those of the folds, and for each the number of its fold.
    """
    room = int(folds.lengths.sum()) // 16 + 64
    arguments = chosen, marks, shift, shortest
    return _written(
        room, lambda digests, owners: _heads_and_tails(*folds[:3], *arguments, digests, owners)
    )


@SKETCHING.loop
def _heads_and_tails(
    folds: Any, begins: Any, ends: Any, chosen: Any, marks: Any, shift: Any, shortest: Any,
    digests: Any, numbers: Any,
) -> Any:  # fmt: skip
    """Write the digests; their number, or -1 if there are more than there is room for."""
    count = 0
    for text in range(len(begins)):
        begin, end = begins[text], ends[text]
        for side in range(2):
            if not chosen[text] & (side + 1):
                continue
            digest = np.uint64(0)
            power = np.uint64(1)
            for i in range(1, end - begin):
                if side:
                    digest += np.uint64(folds[end - i] + 1) * power
                    power *= _BASE
                else:
                    digest = digest * _BASE + np.uint64(folds[begin + i - 1] + 1)
                if i < shortest:
                    continue
                named = digest + np.uint64(i) * GOLDEN
                bit = (named * GOLDEN) >> shift
                if marks[bit >> np.uint64(3)] & (np.uint8(1) << (bit & np.uint64(7))):
                    if count >= len(numbers):
                        return -1
                    numbers[count] = text
                    digests[count] = named
                    count += 1
    return count


@compiled
def extend(folds: Any, begins: Any, ends: Any, numbers: Any, places: Any, out: Any) -> None:
    """The common span around each pair of places (of an anchor): its length, where it begins."""
    for pair in range(len(numbers)):
        first, second = begins[numbers[pair, 0]], begins[numbers[pair, 1]]
        first_end, second_end = ends[numbers[pair, 0]], ends[numbers[pair, 1]]
        i, j = first + places[pair, 0], second + places[pair, 1]
        while i > first and j > second and folds[i - 1] == folds[j - 1]:
            i -= 1
            j -= 1
        length = 0
        while (
            i + length < first_end
            and j + length < second_end
            and folds[i + length] == folds[j + length]
        ):
            length += 1
        out[pair, 0] = length
        out[pair, 1] = i - first
        out[pair, 2] = j - second
