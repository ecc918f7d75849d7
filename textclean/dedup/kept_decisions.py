"""A decision as arrays, so that it can be kept as what a step found, and read back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.graph import Removals
from textclean.dedup.records import Decision, LostPassage
from textclean.dedup.twins import Twins


def to_arrays(decision: Decision) -> list[NDArray[Any]]:
    """The columns of removals, of what is lost by them, of twins and of possible twins."""
    removals = decision.removals
    if not isinstance(removals, Removals):  # there was nothing to decide
        removals = Removals(*(np.zeros(0, kind) for kind in ("i8", "i8", "u1", "f8")))
    lost = [
        (place, passage.start, passage.end)
        for place, passages in sorted(removals.lost.items())
        for passage in passages
    ]
    pairs: list[NDArray[Any]] = []
    for twins in (decision.twins, decision.possible_twins):
        some = twins if isinstance(twins, Twins) else Twins.none()
        pairs += [some.firsts, some.seconds]
    return [*removals.columns, np.array(lost, np.int64).reshape(-1, 3), *pairs]


def of_arrays(arrays: Sequence[NDArray[Any]], texts: Sequence[str]) -> Decision:
    """The decision of which `to_arrays` gave the arrays.

    Args:
        texts: those that were searched.
    """
    indices, survivors, kinds, scores, passages, *pairs = arrays
    removals = Removals(indices, survivors, kinds, scores)
    lost: dict[int, tuple[LostPassage, ...]] = {}
    for place, start, end in passages.tolist():
        text = texts[int(indices[place])][start:end]
        lost[place] = (*lost.get(place, ()), LostPassage(start, end, text))
    removals.losing(lost)
    twins, possible = (Twins(pairs[at], pairs[at + 1], texts.__getitem__) for at in (0, 2))
    return Decision(removals, twins, possible)
