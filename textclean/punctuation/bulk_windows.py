"""Windows and the dense network in arrays: the same numbers as `windows` and `dense`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from textclean.punctuation.alphabet import EDGE
from textclean.punctuation.bulk import BATCH
from textclean.punctuation.chain import PER_LINE_COUNT
from textclean.punctuation.weights import DenseWeights
from textclean.punctuation.windows import (
    FIRST_CHARACTER,
    MARK,
    OFF,
    OFF_CHAIN,
    ON,
    ON_CHAIN,
    OUTSIDE,
    REACH,
    REGULAR,
    SLOT,
    UNKNOWN,
    WINDOW,
)

Array = npt.NDArray[Any]


def token_table(characters: Array) -> Array:
    """The token of every code point, from the code points that have one of their own."""
    table = np.full(0x110000, UNKNOWN, np.int32)
    table[characters] = np.arange(FIRST_CHARACTER, FIRST_CHARACTER + characters.size)
    table[ord(EDGE)] = OUTSIDE
    return table


def windows(
    codes: Array, places: Array, kinds: Array, chain: Array, table: Array
) -> Iterator[Array]:
    """The windows of all slots of a squeezed text, a batch at a time: int32 [slots, `WINDOW`].

    Args:
        chain: of each slot its code on its line's chain, 0 for marks.
        table: the token of every code point (`token_table`).
    """
    is_run = kinds == 0
    code = chain.astype(np.int64)
    gap, regularity = (code - 1) % 10, (code - 1) % PER_LINE_COUNT // 10
    own = np.where(gap <= ON, ON_CHAIN, np.where(gap >= OFF, OFF_CHAIN, SLOT))
    own = np.where((code > 0) & (regularity >= REGULAR), own, SLOT)
    runs = places[is_run]
    outside = np.full(REACH, OUTSIDE, np.int32)
    sequence = np.concatenate([outside, np.insert(table[codes], runs, own[is_run]), outside])
    before = np.where(
        is_run,
        np.searchsorted(runs, places, side="left"),
        np.searchsorted(runs, places, side="right"),
    )
    middle = places + before + REACH
    own = np.where(is_run, own, MARK + kinds)
    offsets = np.arange(-REACH, REACH + 1)
    for first in range(0, places.size, BATCH):
        batch = slice(first, first + BATCH)
        window = sequence[middle[batch, None] + offsets]
        window[:, REACH] = own[batch]
        outer = window == OUTSIDE
        left = np.maximum.accumulate(outer[:, REACH - 1 :: -1], axis=1)[:, ::-1]
        right = np.maximum.accumulate(outer[:, REACH + 1 :], axis=1)
        window[:, :REACH][left] = OUTSIDE
        window[:, REACH + 1 :][right] = OUTSIDE
        yield window


class BulkDenseNetwork:
    """`textclean.punctuation.dense.DenseNetwork` for many windows at once."""

    def __init__(self, weights: DenseWeights) -> None:
        self._weights = weights
        width = weights.width
        self.table = token_table(np.array(weights.characters))
        # Products of 8-bit weights and sums of them stay below 2**24, so float32 is exact; the last
        # layer's weights have 16 bits, for which float64 is.
        self._embeddings = _matrix(weights.embeddings, width, np.float32)
        self._first = _matrix(weights.first, weights.units, np.float32)
        self._second = _matrix(weights.second, weights.units2, np.float32)
        self._third = _matrix(weights.third, weights.labels, np.float64)
        self._biases = [
            np.array(bias, np.int64) for bias in (weights.bias, weights.bias2, weights.bias3)
        ]

    def scores(self, window: Array) -> Array:
        """Scores int64 [slots, labels] of windows [slots, `WINDOW`]."""
        weights = self._weights
        inputs = self._embeddings[window].reshape(-1, WINDOW * weights.width)
        hidden = self._hidden(inputs @ self._first, self._biases[0], weights.shift)
        hidden = self._hidden(hidden @ self._second, self._biases[1], weights.shift2)
        sums = (hidden.astype(np.float64) @ self._third).astype(np.int64)
        scores: Array = (sums + self._biases[2]) >> weights.shift3
        return scores

    def _hidden(self, sums: Array, bias: Array, shift: int) -> Array:
        values = (sums.astype(np.int64) + bias) >> shift
        hidden: Array = np.clip(values, 0, self._weights.most).astype(np.float32)
        return hidden


def _matrix(values: memoryview, columns: int, kind: Any) -> Array:
    return np.array(values).reshape(-1, columns).astype(kind)
