"""Fitting a hashed network: which features get a row, AdaGrad over noise, and integers of it.

A row belongs to one feature: of those that share its place in the table, the one seen most, known
by its fingerprint. That is worth more than letting them share it, and a feature nobody has counted
adds nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from textclean.models.hashing import NOT_APPLICABLE
from textclean.models.mlp import LOGIT_Q8, ROW_BIAS, HashedWeights
from tools.training.compiling import compiled
from tools.training.linear import FEWEST, FINGERPRINT_BITS, owners
from tools.training.optimising import adagrad

Array = npt.NDArray[Any]

RATE = np.float32(0.03)
#: The second layer learns at this share of the rate.
_OUTPUT_SHARE = np.float32(0.3)
#: Steps of one in the integer rows and in the second layer.
ROW_SCALE, OUTPUT_SCALE = 256, 4096


class Trainer:
    """A network in training: count features, select, fit in batches, then take the integers."""

    def __init__(self, bits: int, width: int, labels: int, seed: int) -> None:
        random = np.random.default_rng(seed)
        self.bits, self.width, self.labels = bits, width, labels
        self._counts = np.zeros(1 << (bits + FINGERPRINT_BITS), np.int32)
        self._fingerprints = np.zeros(1 << bits, np.uint8)
        self._used = np.zeros(1 << bits, np.bool_)
        shape = (1 << bits, width)
        self._rows = random.normal(0, 0.05, shape).astype(np.float32)
        self._row_squares = np.full(shape, 1e-2, np.float32)
        # A column more, of the labels' biases.
        self._output = random.normal(0, 0.1, (labels, width + 1)).astype(np.float32)
        self._output_squares = np.full(self._output.shape, 0.1, np.float32)
        self._hidden = np.full(width, 0.1, np.float32)
        self._hidden_squares = np.full(width, 0.1, np.float32)
        self._random = random

    def count(self, hashed: Array) -> None:
        """Count features: hashes uint32 [features, places]."""
        _count(hashed, self._counts, 24 - self.bits)

    def select(self) -> float:
        """Give each row to its most frequent feature; the share of occurrences that have one."""
        self._fingerprints, most = owners(self._counts)
        self._used = most >= FEWEST
        share = float(most[self._used].sum() / max(1, self._counts.sum()))
        self._counts = np.zeros(0, np.int32)
        return share

    def look_up(self, hashed: Array) -> Array:
        """Rows int32 [places, features] of hashes [features, places]; -1 for the unknown."""
        rows: Array = _look_up(hashed, self._fingerprints, self._used, self.bits)
        return rows

    def fit(self, hashed: Array, labels: Array, importance: Array) -> float:
        """One pass over places in a random order; the mean loss."""
        rows = self.look_up(hashed)
        order = self._random.permutation(labels.size)
        return float(
            _fit(
                rows[order], labels[order], importance[order].astype(np.float32),
                self._rows, self._row_squares, self._output, self._output_squares,
                self._hidden, self._hidden_squares, RATE, _OUTPUT_SHARE,
            )
        )  # fmt: skip

    def weights(self) -> HashedWeights:
        """The network in integers: rows in 8 bits, the second layer in 16."""
        rows = np.clip(np.rint(self._rows * ROW_SCALE), -127, 127).astype(np.int16)
        rows[~self._used] = 0
        output = np.rint(self._output[:, :-1] * OUTPUT_SCALE)
        limits = np.iinfo(np.int16)
        output = np.clip(output, limits.min, limits.max).astype(np.int16)
        scale = ROW_SCALE * OUTPUT_SCALE
        return HashedWeights(
            bits=self.bits,
            width=self.width,
            labels=self.labels,
            shift=(scale // LOGIT_Q8).bit_length() - 1,
            rows=memoryview((rows + ROW_BIAS).astype(np.uint8).tobytes()),
            fingerprints=memoryview(self._fingerprints.tobytes()),
            hidden=flat(np.rint(self._hidden * ROW_SCALE).astype(np.int32)),
            output=flat(output),
            bias=flat(np.rint(self._output[:, -1].astype(np.float64) * scale).astype(np.int32)),
        )


def flat(values: Array) -> memoryview:
    """The numbers of an array in a row."""
    return np.ascontiguousarray(values).reshape(-1).data


@compiled
def _count(hashed: Any, counts: Any, shift: Any) -> None:
    for feature in range(hashed.shape[0]):
        for place in range(hashed.shape[1]):
            h = hashed[feature, place]
            if h != NOT_APPLICABLE:
                counts[np.int64(h) >> shift] += 1


@compiled
def _look_up(hashed: Any, fingerprints: Any, used: Any, bits: Any) -> Any:
    features, places = hashed.shape
    rows = np.empty((places, features), np.int32)
    for feature in range(features):
        for place in range(places):
            h = np.int64(hashed[feature, place])
            row = h >> (32 - bits)
            known = (
                h != NOT_APPLICABLE
                and used[row]
                and fingerprints[row] == ((h >> (24 - bits)) & 0xFF)
            )
            rows[place, feature] = row if known else -1
    return rows


@compiled
def _fit(
    places: Any, labels: Any, importance: Any, rows: Any, row_squares: Any, output: Any,
    output_squares: Any, hidden: Any, hidden_squares: Any, rate: Any, output_share: Any,
) -> Any:  # fmt: skip
    count, features = places.shape
    width, classes = hidden.size, output.shape[0]
    h = np.empty(width, np.float32)
    dh = np.empty(width, np.float32)
    p = np.empty(classes, np.float32)
    loss = 0.0
    for i in range(count):
        h[:] = hidden
        for f in range(features):
            row = places[i, f]
            if row >= 0:
                for d in range(width):
                    h[d] += rows[row, d]
        p[:] = output[:, width]
        for d in range(width):
            if h[d] > 0:
                for k in range(classes):
                    p[k] += output[k, d] * h[d]
        most = p.max()
        total = np.float32(0)
        for k in range(classes):
            p[k] = np.exp(p[k] - most)
            total += p[k]
        p /= total
        loss -= np.log(p[labels[i]] + 1e-9)
        p[labels[i]] -= 1
        p *= importance[i]
        dh[:] = 0
        for k in range(classes):
            g = p[k]
            if g > 1e-4 or g < -1e-4:
                for d in range(width):
                    if h[d] > 0:
                        dh[d] += g * output[k, d]
                        adagrad(output, output_squares, (k, d), g * h[d], rate * output_share)
                adagrad(output, output_squares, (k, width), g, rate * output_share)
        moved = False
        for d in range(width):
            if dh[d] != 0:
                moved = True
                adagrad(hidden, hidden_squares, d, dh[d], rate)
        if moved:
            for f in range(features):
                row = places[i, f]
                if row >= 0:
                    for d in range(width):
                        adagrad(rows, row_squares, (row, d), dh[d], rate)
    return loss / max(count, 1)
