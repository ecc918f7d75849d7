"""The slot model at work: what each slot of a text had been, and how sure that is.

Three steps: slots are found, slots and pairs of slots are scored, and over each line the best set
of quotations is chosen, then each slot's label within what that leaves. Few slots are scored in
Python alone; many, with numpy at hand, in arrays. Scores are integers, so both come to the same.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

from textclean.models.implementation import uses_arrays
from textclean.punctuation.decisions import Decision, Decisions, decide_mark, decide_slots
from textclean.punctuation.slot_weights import shipped
from textclean.punctuation.slots import Scored, Slots, find_slots

#: From so many slots on, loading numpy is worth the time; if it is loaded, from so many on.
MANY, MANY_LOADED = 2_000, 100


class Scorer(Protocol):
    """What scores slots: either implementation."""

    def score(self, slots: Slots) -> Scored:
        """Score slots, and pairs of them."""

    def score_marks(self, slots: Slots) -> list[tuple[int, list[int]]]:
        """Of each present mark among slots its index and its scores."""


def decide(text: str, *, marks: bool = False) -> list[Decision]:
    """What every slot of a text had been, in order of place.

    Args:
        text: lines are the model's paragraphs: join wrapped lines before.
        marks: whether present pause marks are judged as well.

    Raises:
        WeightsError: the shipped weights are damaged.
    """
    return decide_columns(text, marks=marks).in_order()


def decide_columns(text: str, *, marks: bool = False) -> Decisions:
    """What `decide` decides, as columns."""
    slots = find_slots(text, marks=marks)
    if not slots.places:
        return Decisions((), (), (), (), (), {}, {})
    return decide_slots(text, slots, score(slots))


def score(slots: Slots) -> Scored:
    """What the networks make of slots found by others, before any decision.

    Raises:
        WeightsError: the shipped weights are damaged.
    """
    return _scorer(slots).score(slots)


def misread_marks(text: str, least: int) -> list[Decision]:
    """The present marks that should be others, by `least` (`label_margin`, at least 1) or more.

    They are what `decide` finds with `marks`; but runs of spaces are not decided for that.
    """
    slots = find_slots(text, marks=True)
    if not any(slots.kinds):
        return []
    decisions = [
        decide_mark(text, slots, index, scores)
        for index, scores in _scorer(slots).score_marks(slots)
    ]
    return [each for each in decisions if each.label_margin >= least]


def _scorer(slots: Slots) -> Scorer:
    in_arrays = uses_arrays(len(slots.places), loaded=MANY_LOADED, unloaded=MANY)
    return _array_scorer() if in_arrays else _python_scorer()


@cache
def _python_scorer() -> Scorer:
    from textclean.punctuation.scoring import Scorer

    return Scorer(shipped())


@cache
def _array_scorer() -> Scorer:
    from textclean.punctuation.arrays.scoring import Scorer

    return Scorer(shipped())
