"""Networks of two layers in numpy arrays: many things scored at once.

The classes have the names of those in `textclean.models.mlp`, which score one thing at a time, and
come to the same integers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textclean.models.hashing import FIRST_MIX, NOT_APPLICABLE, SECOND_MIX, STEP, Feature
from textclean.models.mlp import ROW_BIAS, DenseWeights, HashedWeights

Array = npt.NDArray[Any]

#: So many products of two 8-bit numbers add up to less than 2**24.
_SUMMED = 1024
#: Multiplications up to which a library of linear algebra uses one thread, as OpenBLAS has it; for
#: matrices of this size more threads take longer, and each worker process would start as many.
_ONE_THREAD = 1 << 18
#: Tokens of which rows are kept: 31 kB each.
_MOST_KEPT = 2_000


def hashes(table: Sequence[Feature], columns: Sequence[Array], applies: Sequence[Array]) -> Array:
    """`textclean.models.hashing.hashes` of whole columns: uint32 [features, places]."""
    result = np.empty((len(table), columns[0].size), np.uint32)
    step, first, second = np.uint32(STEP), np.uint32(FIRST_MIX), np.uint32(SECOND_MIX)
    for row, (seed, used, condition) in zip(result, table, strict=True):
        h = columns[used[0]] ^ np.uint32(seed)
        h *= step
        for column in used[1:]:
            h ^= columns[column]
            h *= step
        h ^= h >> np.uint32(15)
        h *= first
        h ^= h >> np.uint32(13)
        h *= second
        np.right_shift(h, np.uint32(16), out=row)
        row ^= h
        if condition:
            row[~applies[condition]] = NOT_APPLICABLE
    return result


def product(left: Array, right: Array) -> Array:
    """``left @ right`` by one thread, whatever the library is set to: in pieces of some rows."""
    rows = max(_ONE_THREAD // right.size, 1)
    result: Array = np.empty((len(left), right.shape[1]), np.result_type(left, right))
    for start in range(0, len(left), rows):
        np.matmul(left[start : start + rows], right, out=result[start : start + rows])
    return result


class NarrowPlace(NamedTuple):
    """A place of a window at which only a range of tokens may stand."""

    place: int
    first_token: int
    tokens: int


class HashedNetwork:
    """Scores of hashed features."""

    def __init__(self, weights: HashedWeights) -> None:
        self._weights = weights
        shape = (1 << weights.bits, weights.width)
        # One row more, of zeros, for features that are unknown.
        rows = np.zeros((shape[0] + 1, shape[1]), np.int8)
        biased = np.frombuffer(weights.rows, np.uint8).reshape(shape)
        np.bitwise_xor(biased, np.uint8(ROW_BIAS), out=rows[:-1].view(np.uint8))
        self._rows = rows
        self._fingerprints = np.frombuffer(weights.fingerprints, np.uint8)
        output = np.array(weights.output, np.float64).reshape(weights.labels, weights.width)
        self._output = np.ascontiguousarray(output.T)
        self._hidden = np.array(weights.hidden, np.int32)
        self._bias = np.array(weights.bias, np.int64)

    def scores(self, hashed: Array) -> Array:
        """Scores int64 [places, labels] from hashes [features, places]."""
        weights = self._weights
        rows = (hashed >> np.uint32(32 - weights.bits)).astype(np.intp)
        fingerprints = (hashed >> np.uint32(24 - weights.bits)).astype(np.uint8)
        owned = self._fingerprints.take(rows, mode="clip") == fingerprints
        owned &= hashed != NOT_APPLICABLE
        rows[~owned] = len(self._rows) - 1
        # The sums of so few 8-bit numbers have room in 16 bits, and are added up faster so.
        narrow = np.int16 if len(hashed) < 256 else np.int32
        added = np.zeros((hashed.shape[1], weights.width), narrow)
        taken = np.empty(added.shape, np.int8)
        for which in rows:
            added += self._rows.take(which, axis=0, out=taken, mode="clip")
        sums = added + self._hidden
        np.maximum(sums, 0, out=sums)
        # Products and sums stay far below 2**53, so this is exact and the library multiplies fast.
        products = product(sums.astype(np.float64), self._output)
        scores: Array = (products.astype(np.int64) + self._bias) >> weights.shift
        return scores


class DenseNetwork:
    """Scores of windows."""

    def __init__(self, weights: DenseWeights, narrow: Sequence[Sequence[NarrowPlace]] = ()) -> None:
        """Take the weights.

        Args:
            narrow: the last places of a window, if few tokens may stand there, in groups; for a
                group the sums of all its tokens are kept, so its product must be small.
        """
        self._weights = weights
        # Products and sums of these stay below 2**24, so float32 is exact; the last layer's weights
        # have 16 bits, for which float64 is.
        self._first = _FirstLayer(
            _matrix(weights.embeddings, weights.width, np.float32),
            _matrix(weights.first, weights.units, np.float32),
            narrow,
        )
        self._second = _matrix(weights.second, weights.units2, np.float32)
        self._third = _matrix(weights.third, weights.labels, np.float64)
        self._biases = [
            np.array(bias, np.int32) for bias in (weights.bias, weights.bias2, weights.bias3)
        ]

    def scores(self, window: Array) -> Array:
        """Scores int64 [slots, labels] of windows int32 [slots, tokens]."""
        weights = self._weights
        hidden = self._hidden(self._first.sums(window), self._biases[0], weights.shift)
        sums = product(hidden, self._second).astype(np.int32)
        hidden = self._hidden(sums, self._biases[1], weights.shift2)
        last = product(hidden.astype(np.float64), self._third).astype(np.int64)
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

    def __init__(
        self, embeddings: Array, first: Array, narrow: Sequence[Sequence[NarrowPlace]]
    ) -> None:
        width = embeddings.shape[1]
        self._embeddings = embeddings
        self._first = first
        self._of_place = [first[at : at + width] for at in range(0, len(first), width)]
        self._narrow = narrow
        #: Of each group of narrow places the sums of rows, for all tokens they may have together.
        self._sums_of_group = [self._joined(group) for group in narrow]
        #: The other places are the first ones.
        self._wide = len(self._of_place) - sum(map(len, narrow))
        self._forget()

    def _forget(self) -> None:
        #: Of each token which row is its, at every wide place; -1 for none.
        self._row = np.full(len(self._embeddings), -1, np.int32)
        self._kept = 0
        self._rows_of_place = [np.empty((0, self._first.shape[1]), np.int32)] * self._wide

    def sums(self, window: Array) -> Array:
        """Sums int32 [slots, units] of windows [slots, tokens]."""
        tokens = np.ascontiguousarray(window.T)
        rows = self._row[tokens[: self._wide]]
        if (missing := rows < 0).any():
            new = np.unique(tokens[: self._wide][missing])
            if new.size > len(window):  # their rows are more work than these windows
                return self._multiplied(window)
            self._learn(new)
            rows = self._row[tokens[: self._wide]]
            if (rows < 0).any():
                return self._multiplied(window)
        sums = np.zeros((len(window), self._first.shape[1]), np.int32)
        row = np.empty_like(sums)
        for table, which in zip(self._rows_of_place, rows, strict=True):
            sums += table.take(which, axis=0, out=row, mode="clip")
        for table, group in zip(self._sums_of_group, self._narrow, strict=True):
            which = np.zeros(len(window), np.intp)
            for place, first_token, count in group:
                which *= count
                which += tokens[place] - first_token
            sums += table.take(which, axis=0, out=row, mode="clip")
        return sums

    def _joined(self, group: Sequence[NarrowPlace]) -> Array:
        """What narrow places add together: int32 [tokens of the first, and so on; units]."""
        rows = np.zeros((1, self._first.shape[1]), np.int32)
        for place, first_token, count in group:
            more = self._rows(place, slice(first_token, first_token + count))
            rows = (rows[:, None] + more).reshape(-1, rows.shape[1])
        return rows

    def _learn(self, tokens: Array) -> None:
        """Keep the rows of more tokens; of too many, forget what was kept."""
        if self._kept + tokens.size > _MOST_KEPT:
            self._forget()
        if tokens.size > _MOST_KEPT:
            return
        self._row[tokens] = np.arange(self._kept, self._kept + tokens.size)
        self._kept += tokens.size
        self._rows_of_place = [
            np.concatenate([kept, self._rows(place, tokens)])
            for place, kept in enumerate(self._rows_of_place)
        ]

    def _rows(self, place: int, tokens: Array | slice) -> Array:
        """What tokens add at a place: int32 [tokens, units]."""
        rows: Array = product(self._embeddings[tokens], self._of_place[place]).astype(np.int32)
        return rows

    def _multiplied(self, window: Array) -> Array:
        """The same sums without rows: the embeddings of each window, times the layer."""
        inputs = self._embeddings[window].reshape(len(window), -1)
        sums = np.zeros((len(window), self._first.shape[1]), np.int32)
        for start in range(0, len(self._first), _SUMMED):
            part = slice(start, start + _SUMMED)
            sums += product(inputs[:, part], self._first[part]).astype(np.int32)
        return sums


def _matrix(values: memoryview, columns: int, kind: Any) -> Array:
    return np.array(values).reshape(-1, columns).astype(kind)
