"""The median. The standard library's module also has one, but takes longer to import than a page
to clean: it loads fractions, decimals and random numbers.
"""

from __future__ import annotations

from collections.abc import Sequence


def median(values: Sequence[float]) -> float:
    """The value in the middle of some, at least one; of an even number the mean of the two."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
