"""Windows and the dense network in arrays: the same numbers as `windows` and `dense`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from textclean.punctuation.alphabet import EDGE
from textclean.punctuation.bulk import BATCH
from textclean.punctuation.chain import PER_LINE_COUNT
from textclean.punctuation.compiling import at_hand
from textclean.punctuation.weights import DenseWeights
from textclean.punctuation.windows import (
    CONTEXT_TOKENS,
    FIRST_CHARACTER,
    MARK,
    MIDDLE,
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

#: So many products of two 8-bit numbers add up to less than 2**24.
_SUMMED = 1024


def token_table(characters: Array) -> Array:
    """The token of every code point, from the code points that have one of their own."""
    table = np.full(0x110000, UNKNOWN, np.int32)
    table[characters] = np.arange(FIRST_CHARACTER, FIRST_CHARACTER + characters.size)
    table[ord(EDGE)] = OUTSIDE
    return table


class Windows:
    """The windows of all slots of a squeezed text (`textclean.punctuation.windows.windows`)."""

    def __init__(
        self, codes: Array, places: Array, kinds: Array, chain: Array, table: Array
    ) -> None:
        """Take a text and its slots.

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
        self._sequence = np.concatenate(
            [outside, np.insert(table[codes], runs, own[is_run]), outside]
        )
        before = np.where(
            is_run,
            np.searchsorted(runs, places, side="left"),
            np.searchsorted(runs, places, side="right"),
        )
        self._middle = places + before + REACH
        self._own = np.where(is_run, own, MARK + kinds)

    def of(self, number: int, columns: Sequence[Array]) -> Array:
        """The windows of a batch of slots, int32 [slots, `WINDOW`].

        Args:
            number: which batch (`textclean.punctuation.bulk.BATCH`), from nought.
            columns: of its slots.
        """
        batch = slice(number * BATCH, (number + 1) * BATCH)
        offsets = np.arange(-REACH, REACH + 1)
        window = np.empty((columns[0].size, WINDOW), np.int32)
        middle = window[:, :MIDDLE]
        middle[:] = self._sequence[self._middle[batch, None] + offsets]
        middle[:, REACH] = self._own[batch]
        outer = middle == OUTSIDE
        left = np.maximum.accumulate(outer[:, REACH - 1 :: -1], axis=1)[:, ::-1]
        right = np.maximum.accumulate(outer[:, REACH + 1 :], axis=1)
        middle[:, :REACH][left] = OUTSIDE
        middle[:, REACH + 1 :][right] = OUTSIDE
        for place, (column, token) in enumerate(CONTEXT_TOKENS, MIDDLE):
            window[:, place] = columns[column] + np.uint32(token)
        return window


class BulkDenseNetwork:
    """`textclean.punctuation.dense.DenseNetwork` for many windows at once."""

    def __init__(self, weights: DenseWeights) -> None:
        self._weights = weights
        width = weights.width
        self.table = token_table(np.array(weights.characters))
        # Sums of so few products of 8-bit weights stay below 2**24, so float32 is exact; the last
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
        if (loop := at_hand(_add_tokens)) is not None:
            sums = np.zeros((len(window), weights.units), np.int32)
            loop(window, self._embeddings, self._first, *self._added, sums)
        else:
            inputs = self._embeddings[window].reshape(-1, WINDOW * weights.width)
            sums = np.zeros((len(window), weights.units), np.int32)
            for start in range(0, len(self._first), _SUMMED):
                part = slice(start, start + _SUMMED)
                sums += (inputs[:, part] @ self._first[part]).astype(np.int32)
        hidden = self._hidden(sums, self._biases[0], weights.shift)
        hidden = self._hidden(hidden @ self._second, self._biases[1], weights.shift2)
        last = (hidden.astype(np.float64) @ self._third).astype(np.int64)
        scores: Array = (last + self._biases[2]) >> weights.shift3
        return scores

    @cached_property
    def _added(self) -> tuple[Array, Array]:
        """What each token adds to the first layer at each place, and what is known of that.

        Some 90 MB of address space, of which only what is met is ever touched.
        """
        shape = WINDOW, len(self._embeddings)
        return np.empty((*shape, self._weights.units), np.int16), np.zeros(shape, np.uint8)

    def _hidden(self, sums: Array, bias: Array, shift: int) -> Array:
        values = (sums.astype(np.int64) + bias) >> shift
        hidden: Array = np.clip(values, 0, self._weights.most).astype(np.float32)
        return hidden


#: Of what a token adds at a place: not known, kept, or too large for 16 bits and not kept.
_UNKNOWN, _KEPT, _LARGE = 0, 1, 2
_SHORT = 32_767


def _add_tokens(
    window: Any, embeddings: Any, first: Any, added: Any, known: Any, sums: Any
) -> None:
    """The first layer's sums, token by token; what a token adds at a place is kept."""
    width = embeddings.shape[1]
    slots, places = window.shape
    units = sums.shape[1]
    total = np.zeros(units, np.int32)
    for slot in range(slots):
        for place in range(places):
            token = window[slot, place]
            if known[place, token] != _KEPT:
                for unit in range(units):
                    total[unit] = 0
                for number in range(width):
                    value = np.int32(embeddings[token, number])
                    for unit in range(units):
                        total[unit] += value * np.int32(first[place * width + number, unit])
                if known[place, token] == _UNKNOWN:
                    most = 0
                    for unit in range(units):
                        most = max(most, abs(total[unit]))
                        added[place, token, unit] = total[unit]
                    known[place, token] = _KEPT if most <= _SHORT else _LARGE
                if known[place, token] == _LARGE:
                    for unit in range(units):
                        sums[slot, unit] += total[unit]
                    continue
            for unit in range(units):
                sums[slot, unit] += added[place, token, unit]


def _matrix(values: memoryview, columns: int, kind: Any) -> Array:
    return np.array(values).reshape(-1, columns).astype(kind)
