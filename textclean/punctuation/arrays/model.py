"""`textclean.punctuation.model.Model` in arrays, for texts with many slots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from textclean.punctuation.arrays.features import BulkNetwork, Columns, code_points, hash_columns
from textclean.punctuation.arrays.pairs import (
    PairColumns,
    Pairs,
    Runs,
    candidates,
    in_words,
    odds,
    with_unspaced,
)
from textclean.punctuation.arrays.windows import BulkDenseNetwork, Windows
from textclean.punctuation.bulk_decode import (
    Decided,
    Scores,
    as_decisions,
    best_labels,
    best_marks,
    best_rivals,
    decided,
)
from textclean.punctuation.decode import BONUS, SPLIT
from textclean.punctuation.features import FEATURES
from textclean.punctuation.labels import EDGE
from textclean.punctuation.model import Decision, Scored
from textclean.punctuation.slot_weights import SHARE, DenseWeights, Networks, Weights
from textclean.punctuation.slots import Slots

Array = npt.NDArray[Any]


class SlotScorer:
    """Scores of slots by themselves, from both networks."""

    def __init__(self, slots: Weights, windows: DenseWeights) -> None:
        self._slots = BulkNetwork(slots)
        self._windows = BulkDenseNetwork(windows)

    def scores(
        self, codes: Array, places: Array, kinds: Array, asked: Array | None = None
    ) -> Array:
        """Scores [slots, labels] of the slots of squeezed text.

        Args:
            asked: indices of the slots that are scored, if not all are.
        """
        slots = Columns(codes, places, kinds, asked)
        around = Windows(codes, places, kinds, slots.chain, self._windows.table, asked)
        found = []
        for number, (columns, conditions) in enumerate(slots.batches()):
            hashed = self._slots.scores(hash_columns(FEATURES, columns, conditions))
            dense = self._windows.scores(around.of(number, columns))
            found.append((hashed + dense) * SHARE >> 8)
        return np.concatenate(found)


class BulkModel:
    """Both networks, in arrays."""

    def __init__(self, networks: Networks) -> None:
        self._slots = SlotScorer(networks.slots, networks.windows)
        self._pairs = BulkNetwork(networks.pairs)
        self._lexicon = networks.lexicon

    def decide(self, text: str, slots: Slots) -> list[Decision]:
        """The decisions on slots found in a text."""
        return as_decisions(slots, self.decided(slots), np.arange(len(slots.places)), text)

    def decided(self, slots: Slots) -> Decided:
        """The decisions on slots as columns."""
        return decided(slots, self._scores(slots), np.array(slots.kinds, np.uint8))

    def rank(self, slots: Slots) -> list[tuple[int, int, int]]:
        """Of each present mark among slots its index, and `best_mark`."""
        codes, places, kinds = _arrays(slots)
        asked = np.flatnonzero(kinds)
        if not asked.size:
            return []
        scores = self._slots.scores(codes, places, kinds, asked)
        best, lead = best_marks(scores, kinds[asked])
        return list(zip(asked.tolist(), best.tolist(), lead.tolist(), strict=True))

    def score(self, slots: Slots) -> Scored:
        """Score slots, and pairs of them."""
        found = self._scores(slots)
        runs, pairs = found.runs, found.pairs
        label, lead = best_labels(found.slots, 0)
        return Scored(
            _Rows(found.slots),
            (label.tolist(), lead.tolist()),
            list(zip(runs.opens.tolist(), runs.closes.tolist(), strict=True)),
            found.rivals.tolist(),
            list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)),
            found.gains.tolist(),
            _lines(runs, pairs, found.rivals),
            runs.slots.tolist(),
            runs.places.tolist(),
        )

    def _scores(self, slots: Slots) -> Scores:
        codes, places, kinds = _arrays(slots)
        scores = self._slots.scores(codes, places, kinds)
        runs = with_unspaced(codes, runs_of(codes, places, kinds, scores))
        pairs = candidates(runs)
        found = [
            self._pairs.scores(hashed)
            for hashed in PairColumns(codes, runs, self._lexicon).hashed(pairs)
        ]
        margins = [each[:, 1] - each[:, 0] + BONUS for each in found]
        gains = np.concatenate([np.zeros(0, np.int64), *margins])
        split = SPLIT * in_words(codes, runs.places)
        gains -= split[pairs.first] + split[pairs.second]
        return Scores(scores, runs, pairs, gains, best_rivals(runs, pairs, gains))


def _arrays(slots: Slots) -> tuple[Array, Array, Array]:
    """The code points of squeezed text; places and kinds of its slots."""
    places, kinds = np.array(slots.places, np.int64), np.array(slots.kinds, np.uint8)
    return code_points(slots.text), places, kinds


class _Rows(Sequence[Sequence[int]]):
    """Rows of an array as lists, made when they are asked for."""

    def __init__(self, rows: Array) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: Any) -> Any:
        return self._rows[index].tolist()


def _lines(runs: Runs, pairs: Pairs, best: Array) -> list[tuple[int, int, int, int]]:
    """Lines in which something gains, as ranges of runs and of pairs."""
    lines = np.unique(runs.lines[best > 0])
    first, last = (np.searchsorted(runs.lines, lines, side=side) for side in ("left", "right"))
    begin, end = (np.searchsorted(pairs.first, bound) for bound in (first, last))
    columns = [column.tolist() for column in (first, last, begin, end)]
    return list(zip(*columns, strict=True))


def runs_of(codes: Array, places: Array, kinds: Array, scores: Array) -> Runs:
    """The runs of spaces among scored slots."""
    is_run = kinds == 0
    places = places[is_run]
    lines = np.searchsorted(np.flatnonzero(codes == ord(EDGE)), places)
    return Runs(places, lines, *odds(scores[is_run]), np.flatnonzero(is_run))
