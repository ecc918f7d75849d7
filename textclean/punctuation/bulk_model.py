"""`textclean.punctuation.model.Model` in arrays, for texts with many slots."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from textclean.punctuation.alphabet import EDGE
from textclean.punctuation.bulk import BulkNetwork, Columns, code_points
from textclean.punctuation.bulk_pairs import PairColumns, Runs, candidates, odds
from textclean.punctuation.bulk_windows import BulkDenseNetwork, windows
from textclean.punctuation.model import Decision, Scored, decisions
from textclean.punctuation.pairs import Odds
from textclean.punctuation.slots import Slots
from textclean.punctuation.weights import SHARE, DenseWeights, Networks, Weights

Array = npt.NDArray[Any]


class SlotScorer:
    """Scores of slots by themselves, from both networks."""

    def __init__(self, slots: Weights, windows: DenseWeights) -> None:
        self._slots = BulkNetwork(slots)
        self._windows = BulkDenseNetwork(windows)

    def scores(self, codes: Array, places: Array, kinds: Array) -> Array:
        """Scores [slots, labels] of the slots of squeezed text."""
        columns = Columns(codes, places, kinds)
        around = windows(codes, places, kinds, columns.chain, self._windows.table)
        found = [
            (self._slots.scores(hashed) + self._windows.scores(window)) * SHARE >> 8
            for hashed, window in zip(columns.hashed(), around, strict=True)
        ]
        return np.concatenate(found)


class BulkModel:
    """Both networks, in arrays."""

    def __init__(self, networks: Networks) -> None:
        self._slots = SlotScorer(networks.slots, networks.windows)
        self._pairs = BulkNetwork(networks.pairs)

    def decide(self, text: str, slots: Slots) -> list[Decision]:
        """The decisions on slots found in a text."""
        return decisions(text, slots, self.score(slots))

    def score(self, slots: Slots) -> Scored:
        """Score slots, and pairs of them."""
        codes = code_points(slots.text)
        places, kinds = np.array(slots.places, np.int64), np.array(slots.kinds, np.uint8)
        scores = self._slots.scores(codes, places, kinds)
        runs = runs_of(codes, places, kinds, scores)
        pairs = candidates(runs)
        gains = [
            (found := self._pairs.scores(hashed))[:, 1] - found[:, 0]
            for hashed in PairColumns(codes, runs).hashed(pairs)
        ]
        return Scored(
            scores.tolist(),
            list(map(Odds, runs.opens.tolist(), runs.closes.tolist())),
            list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)),
            np.concatenate(gains).tolist() if gains else [],
        )


def runs_of(codes: Array, places: Array, kinds: Array, scores: Array) -> Runs:
    """The runs of spaces among scored slots."""
    is_run = kinds == 0
    places = places[is_run]
    lines = np.searchsorted(np.flatnonzero(codes == ord(EDGE)), places)
    return Runs(places, lines, *odds(scores[is_run]))
