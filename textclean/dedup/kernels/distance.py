"""Whether two folds can be copies at all, before either is looked at closely.

Edit distance in a band of diagonals (Ukkonen, *Algorithms for approximate string matching*, 1985):
what lies outside the band costs more than is allowed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from textclean.dedup.kernels.compiled import compiled

_FAR = 1 << 30


@compiled
def _distance(
    folds: Any, one: Any, length: Any, other: Any, room: Any, step: Any, most: Any, open_end: Any,
    row: Any,
) -> Any:  # fmt: skip
    """The edit distance of two stretches, or ``most + 1`` if it is more.

    Args:
        one: where the first begins (`step` 1) or ends (`step` -1), read in that direction.
        open_end: whether what the second has left over at its far end costs nothing.
        row: at least ``2 * most + 2`` integers of scratch.
    """
    width = 2 * most + 1
    for off in range(width + 1):
        j = off - most
        row[off] = j if 0 <= j <= room and off < width else _FAR
    for i in range(1, length + 1):
        code = folds[one + step * (i - 1)]
        least = _FAR
        left = _FAR
        for off in range(width):
            j = i + off - most
            cost = _FAR
            if 0 <= j <= room:
                cost = min(row[off + 1], left) + 1
                if j > 0:
                    same = row[off] + (1 if code != folds[other + step * (j - 1)] else 0)
                    cost = min(cost, same)
            row[off] = cost
            left = cost
            least = min(least, cost)
        if least > most:
            return most + 1
    if open_end:
        least = _FAR
        for off in range(width):
            least = min(least, row[off])
        return min(least, most + 1)
    off = room - length + most
    return min(row[off], most + 1) if 0 <= off < width else most + 1


@compiled
def may_be_damage(
    folds: Any, starts: Any, one: Any, other: Any, share: Any, longest: Any, pieces: Any, out: Any
) -> None:
    """Whether each pair can differ by misread characters alone, or by lost ones alone.

    Args:
        share: of the characters of the shorter that may differ; one more may always, of a piece
            two more.
        longest: code points above which a text is not aligned, so that nothing can be said for it.
        pieces: whether the shorter is compared with the head and with the tail of the other.
    """
    row = np.empty(64, np.int64)
    for pair in range(len(one)):
        a, b = one[pair], other[pair]
        if starts[a + 1] - starts[a] > starts[b + 1] - starts[b]:
            a, b = b, a
        length, room = starts[a + 1] - starts[a], starts[b + 1] - starts[b]
        most = int(share * length) + 1
        found = False
        sides = 1
        if pieces:
            most += 1
            room = min(room, length + most)
            sides = 2
        else:
            matched = 0
            for i in range(starts[b], starts[b + 1]):
                if matched < length and folds[i] == folds[starts[a] + matched]:
                    matched += 1
            found = matched == length
        if max(length, room) > longest + most:
            sides = 0
            found = False
        if len(row) < 2 * most + 2:
            row = np.empty(4 * most + 4, np.int64)
        for side in range(sides):
            first = starts[a + 1] - 1 if side else starts[a]
            second = starts[b + 1] - 1 if side else starts[b]
            step = -1 if side else 1
            if not found and (pieces or room - length <= most):
                cost = _distance(folds, first, length, second, room, step, most, pieces, row)
                found = cost <= most
        out[pair] = found
