"""The slot model's scores in arrays, for texts with many slots: as `textclean.punctuation.scoring`.

Both modules have a class `Scorer`, with the same results; `textclean.punctuation.model` chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from textclean.models.mlp import DenseWeights, HashedWeights
from textclean.models.mlp_arrays import DenseNetwork, HashedNetwork, hashes
from textclean.punctuation import decode
from textclean.punctuation.arrays.features import Columns, code_points
from textclean.punctuation.arrays.pairs import (
    PairColumns,
    Pairs,
    Runs,
    candidates,
    in_words,
    odds,
    with_unspaced,
)
from textclean.punctuation.arrays.windows import NARROW, Windows, token_table
from textclean.punctuation.features import FEATURES
from textclean.punctuation.labels import EDGE
from textclean.punctuation.slot_weights import SHARE, Networks
from textclean.punctuation.slots import Scored, Slots

Array = npt.NDArray[Any]


class SlotScorer:
    """Scores of slots by themselves, from both networks."""

    def __init__(self, slots: HashedWeights, windows: DenseWeights) -> None:
        self._slots = HashedNetwork(slots)
        self._windows = DenseNetwork(windows, NARROW)
        self._tokens = token_table(np.array(windows.characters))

    def scores(
        self, codes: Array, places: Array, kinds: Array, which: Array | None = None
    ) -> Array:
        """Scores [slots, labels] of the slots of squeezed text.

        Args:
            which: indices of the slots that are scored; all if None.
        """
        slots = Columns(codes, places, kinds, which)
        around = Windows(codes, places, kinds, slots.chain, self._tokens, which)
        scores = []
        for number, (columns, conditions) in enumerate(slots.batches()):
            hashed = self._slots.scores(hashes(FEATURES, columns, conditions))
            dense = self._windows.scores(around.of(number, columns))
            scores.append((hashed + dense) * SHARE >> 8)
        return np.concatenate(scores)


class Scorer:
    """All networks, in arrays."""

    def __init__(self, networks: Networks) -> None:
        self._slots = SlotScorer(networks.slots, networks.windows)
        self._pairs = HashedNetwork(networks.pairs)
        self._lexicon = networks.lexicon

    def score_marks(self, slots: Slots) -> list[tuple[int, list[int]]]:
        """Of each present mark among slots its index and its scores."""
        codes, places, kinds = _arrays(slots)
        marks = np.flatnonzero(kinds)
        if not marks.size:
            return []
        scores = self._slots.scores(codes, places, kinds, marks)
        return list(zip(marks.tolist(), scores.tolist(), strict=True))

    def score(self, slots: Slots) -> Scored:
        """Score slots, and pairs of them."""
        codes, places, kinds = _arrays(slots)
        scores = self._slots.scores(codes, places, kinds)
        runs = with_unspaced(codes, runs_of(codes, places, kinds, scores))
        pairs = candidates(runs)
        columns = PairColumns(codes, runs, self._lexicon)
        batches = [self._pairs.scores(hashed) for hashed in columns.hashed(pairs)]
        leads = [batch[:, 1] - batch[:, 0] + decode.PAIR_BONUS_Q8 for batch in batches]
        gains = np.concatenate([np.zeros(0, np.int64), *leads])
        split = decode.SPLIT_WORD_PENALTY_Q8 * in_words(codes, runs.places)
        gains -= split[pairs.first] + split[pairs.second]
        rivals = _rivals(runs, pairs, gains)
        labels, lead = _plain(scores)
        return Scored(
            _Rows(scores),
            (labels.tolist(), lead.tolist()),
            list(zip(runs.opens.tolist(), runs.closes.tolist(), strict=True)),
            rivals.tolist(),
            list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)),
            gains.tolist(),
            _lines(runs, pairs, rivals),
            runs.slots.tolist(),
            runs.places.tolist(),
        )


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


def _plain(scores: Array) -> tuple[Array, Array]:
    """Of each slot the best label that is no quote, and its lead (`decode.best_label`)."""
    labels = np.array(decode.LABELS_OF[0])
    ranked = scores[:, labels]
    best = ranked.argmax(axis=1)
    top = np.partition(ranked, -2, axis=1)[:, -2:]
    return labels[best], top[:, 1] - top[:, 0]


def _rivals(runs: Runs, pairs: Pairs, gains: Array) -> Array:
    """Of each run the best of what would make a quote of it (`decode.rivals`)."""
    best: Array = np.maximum(runs.opens, runs.closes) - decode.LONE_HALF_PENALTY_Q8
    np.maximum.at(best, pairs.first, gains)
    np.maximum.at(best, pairs.second, gains)
    return best


def _lines(runs: Runs, pairs: Pairs, rivals: Array) -> list[tuple[int, int, int, int]]:
    """Lines in which something gains, as ranges of runs and of pairs."""
    lines = np.unique(runs.lines[rivals > 0])
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
