"""Windows and the dense network in arrays: the same numbers as `windows` and `dense`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from textclean.punctuation.arrays.features import BATCH
from textclean.punctuation.labels import EDGE
from textclean.punctuation.line_grid import PER_LINE_COUNT
from textclean.punctuation.slot_weights import DenseWeights
from textclean.punctuation.windows import (
    CONTEXT,
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
#: Places of the context of which the rows are kept added up: few values each, so not too many rows.
_TOGETHER = ((0, 11, 12), (1, 2), (3, 4), (5, 6), (7, 8), (9, 10))
#: Tokens of which rows are kept: 31 kB each.
_MOST_KEPT = 2_000


def token_table(characters: Array) -> Array:
    """The token of every code point, from the code points that have one of their own."""
    table = np.full(0x110000, UNKNOWN, np.int32)
    table[characters] = np.arange(FIRST_CHARACTER, FIRST_CHARACTER + characters.size)
    table[ord(EDGE)] = OUTSIDE
    return table


class Windows:
    """The windows of all slots of a squeezed text (`textclean.punctuation.windows.windows`)."""

    def __init__(
        self,
        codes: Array,
        places: Array,
        kinds: Array,
        chain: Array,
        table: Array,
        asked: Array | None = None,
    ) -> None:
        """Take a text and its slots.

        Args:
            chain: of each slot its code on its line's chain, 0 for marks.
            table: the token of every code point (`token_table`).
            asked: indices of the slots whose windows are wanted, if not all are.
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
        if asked is not None:
            self._middle, self._own = self._middle[asked], self._own[asked]

    def of(self, number: int, columns: Sequence[Array]) -> Array:
        """The windows of a batch of slots, int32 [slots, `WINDOW`].

        Args:
            number: which batch (`textclean.punctuation.arrays.features.BATCH`), from nought.
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
    """`textclean.models.dense.DenseNetwork` for many windows at once."""

    def __init__(self, weights: DenseWeights) -> None:
        self._weights = weights
        width = weights.width
        self.table = token_table(np.array(weights.characters))
        # Products and sums of these stay below 2**24, so float32 is exact; the last layer's weights
        # have 16 bits, for which float64 is.
        self._first = _FirstLayer(
            _matrix(weights.embeddings, width, np.float32),
            _matrix(weights.first, weights.units, np.float32),
        )
        self._second = _matrix(weights.second, weights.units2, np.float32)
        self._third = _matrix(weights.third, weights.labels, np.float64)
        self._biases = [
            np.array(bias, np.int32) for bias in (weights.bias, weights.bias2, weights.bias3)
        ]

    def scores(self, window: Array) -> Array:
        """Scores int64 [slots, labels] of windows [slots, `WINDOW`]."""
        weights = self._weights
        hidden = self._hidden(self._first.sums(window), self._biases[0], weights.shift)
        sums = (hidden @ self._second).astype(np.int32)
        hidden = self._hidden(sums, self._biases[1], weights.shift2)
        last = (hidden.astype(np.float64) @ self._third).astype(np.int64)
        scores: Array = (last + self._biases[2]) >> weights.shift3
        return scores

    def _hidden(self, sums: Array, bias: Array, shift: int) -> Array:
        """The values of hidden units; `sums` are used up."""
        sums += bias
        sums >>= shift
        np.clip(sums, 0, self._weights.most, out=sums)
        hidden: Array = sums.astype(np.float32)
        return hidden


class _FirstLayer:
    """What the tokens of windows add up to in the first layer.

    A token adds the same at a place of the window wherever it stands there: one row of the layer's
    units. Adding rows up is a quarter of the work of multiplying, so rows are kept; of characters
    those that were met, since common ones are most of any text.
    """

    def __init__(self, embeddings: Array, first: Array) -> None:
        width = embeddings.shape[1]
        self._embeddings = embeddings
        self._first = first
        self._of_place = [first[at : at + width] for at in range(0, len(first), width)]
        #: Of places behind the middle the rows of their values: of those in one group, of all
        #: values they have together.
        self._context = [self._joined(group) for group in _TOGETHER]
        self._forget()

    def _forget(self) -> None:
        #: Of each token which row is its, at every place of the middle; -1 for none.
        self._row = np.full(len(self._embeddings), -1, np.int32)
        self._known = 0
        self._middle = [np.empty((0, self._first.shape[1]), np.int32)] * MIDDLE

    def sums(self, window: Array) -> Array:
        """Sums int32 [slots, units] of windows [slots, `WINDOW`]."""
        tokens = np.ascontiguousarray(window.T)
        rows = self._row[tokens[:MIDDLE]]
        if (missing := rows < 0).any():
            new = np.unique(tokens[:MIDDLE][missing])
            if new.size > len(window):  # their rows are more work than these windows
                return self._multiplied(window)
            self._learn(new)
            rows = self._row[tokens[:MIDDLE]]
            if (rows < 0).any():
                return self._multiplied(window)
        sums = np.zeros((len(window), self._first.shape[1]), np.int32)
        row = np.empty_like(sums)
        for table, which in zip(self._middle, rows, strict=True):
            sums += table.take(which, axis=0, out=row, mode="clip")
        for table, group in zip(self._context, _TOGETHER, strict=True):
            which = np.zeros(len(window), np.intp)
            for place in group:
                which *= CONTEXT[place][1]
                which += tokens[MIDDLE + place] - CONTEXT_TOKENS[place][1]
            sums += table.take(which, axis=0, out=row, mode="clip")
        return sums

    def _joined(self, group: Sequence[int]) -> Array:
        """What places of the context add together: int32 [values of the first and so on, units]."""
        rows = np.zeros((1, self._first.shape[1]), np.int32)
        for place in group:
            token, size = CONTEXT_TOKENS[place][1], CONTEXT[place][1]
            more = self._rows(MIDDLE + place, slice(token, token + size))
            rows = (rows[:, None] + more).reshape(-1, rows.shape[1])
        return rows

    def _learn(self, tokens: Array) -> None:
        """Keep the rows of tokens that are not known; of too many, forget what was kept."""
        if self._known + tokens.size > _MOST_KEPT:
            self._forget()
        if tokens.size > _MOST_KEPT:
            return
        self._row[tokens] = np.arange(self._known, self._known + tokens.size)
        self._known += tokens.size
        self._middle = [
            np.concatenate([known, self._rows(place, tokens)])
            for place, known in enumerate(self._middle)
        ]

    def _rows(self, place: int, tokens: Array | slice) -> Array:
        """What tokens add at a place: int32 [tokens, units]."""
        rows: Array = (self._embeddings[tokens] @ self._of_place[place]).astype(np.int32)
        return rows

    def _multiplied(self, window: Array) -> Array:
        """The same sums without rows: the embeddings of each window, times the layer."""
        inputs = self._embeddings[window].reshape(len(window), -1)
        sums = np.zeros((len(window), self._first.shape[1]), np.int32)
        for start in range(0, len(self._first), _SUMMED):
            part = slice(start, start + _SUMMED)
            sums += (inputs[:, part] @ self._first[part]).astype(np.int32)
        return sums


def _matrix(values: memoryview, columns: int, kind: Any) -> Array:
    return np.array(values).reshape(-1, columns).astype(kind)
