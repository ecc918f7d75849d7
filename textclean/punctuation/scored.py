"""What the networks make of a text's slots: made by either way of scoring, read by the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Scored:
    """A text's slots, scored one by one and in pairs. All numbers are log-odds (`LOGIT_Q8`)."""

    #: Of each slot, a score for each label.
    scores: Sequence[Sequence[int]]
    #: Of each slot the best label that is no quote; and of each, its lead over the next of those.
    plain: tuple[Sequence[int], Sequence[int]]
    #: Of each run of spaces, unspaced slots among them, in order; and the best of what would make a
    #: quote of it.
    odds_of: Sequence[tuple[int, int]]
    rivals: Sequence[int]
    #: Pairs of runs of one line, as indices of runs, and what each gains (`PAIR_BONUS_Q8` added).
    pairs: Sequence[tuple[int, int]]
    gains: Sequence[int]
    #: Lines in which something gains: their runs and pairs, as ranges.
    lines: Sequence[tuple[int, int, int, int]]
    #: Of each run the index of its slot, -1 for unspaced ones; and its place.
    runs: Sequence[int]
    places: Sequence[int]
