"""What the search hands to the graph: the verdicts on the pairs that were compared.

Rows of arrays, because a corpus may have millions of them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Two texts, by their indices, and the Jaccard similarity of their shingles.
PAIR = [("one", "i8"), ("other", "i8"), ("score", "f8")]
#: A text that is the head or the tail of another one; how many folded characters of the other it
#: takes up; how much of it is there, 1 if all of it; whether a number or a Latin word runs across
#: its end; whether it is the tail; whether it is a head that `policy.breaks_off`, found
#: out only of those that might be titles.
PART = [
    *(("part", "i8"), ("whole", "i8"), ("length", "i8")),
    *(("share", "f8"), ("cut", "?"), ("tail", "?"), ("broken", "?")),
]


class Groups(NamedTuple):
    """Texts that have something in common, group after group."""

    members: NDArray[np.int64]
    #: The number of the group that each belongs to, from 0 on.
    numbers: NDArray[np.int64]


class PairVerdicts(NamedTuple):
    """The verdicts on candidate pairs. The first four have rows of `PAIR`."""

    copies: NDArray[np.void]
    #: As `copies`, but that a number differs in a digit, which may be a misread one.
    likely: NDArray[np.void]
    #: Texts as alike that differ in values beside other small things.
    twins: NDArray[np.void]
    #: Texts as alike that differ in names alone.
    names: NDArray[np.void]
    #: Rows of `PART`.
    parts: NDArray[np.void]

    @classmethod
    def none(cls) -> PairVerdicts:
        """No pairs."""
        return cls(*(np.zeros(0, kind) for kind in (PAIR, PAIR, PAIR, PAIR, PART)))
