"""Places where two texts meet in an anchor, and how far they go on alike from there."""

from __future__ import annotations

from typing import Any

from textclean.dedup.kernels.compiled import compiled


@compiled
def extend(folds: Any, begins: Any, ends: Any, numbers: Any, places: Any, out: Any) -> None:
    """The common span around each pair of places: its length, and where it begins in either."""
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
