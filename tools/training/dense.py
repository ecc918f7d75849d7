"""Fitting the dense network: Adam over windows in small batches, and integers of it.

With decoupled weight decay (Loshchilov and Hutter, 2019) and a rate that falls to nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from textclean.models.mlp import LOGIT_Q8, DenseWeights
from textclean.punctuation.windows import FIRST_CHARACTER, OUTSIDE, WINDOW
from tools.training.compiling import compiled
from tools.training.mlp import flat
from tools.training.optimising import Adam

Array = npt.NDArray[Any]

BATCH = 512
RATE, LAST_RATE, DECAY = 2e-3, 0.03, 1e-4
#: Embeddings and the first layers' weights beyond these are cut off, so that 8 bits serve the rest.
EMBEDDING_LIMIT, FIRST_LIMIT, SECOND_LIMIT = 1.6, 1.1, 1.1
#: A hidden unit in integers is at most this: 256 of them times 8 bits stay below 2**24.
MOST = 511
_BYTE, _SHORT = 127, 8191


class DenseTrainer:
    """The dense network in training."""

    def __init__(
        self, characters: Array, width: int, units: int, units2: int, labels: int, seed: int
    ) -> None:
        """Take the code points that have a token of their own, and the layers' sizes."""
        random = np.random.default_rng(seed)

        def normal(rows: int, columns: int, deviation: float) -> Array:
            return random.normal(0, deviation, (rows, columns)).astype(np.float32)

        self._characters = characters
        self._width = width
        inputs = WINDOW * width
        self._embeddings = normal(FIRST_CHARACTER + characters.size, width, 0.3)
        self._embeddings[OUTSIDE] = 0
        self._layers = [
            normal(inputs, units, (2 / inputs) ** 0.5),
            normal(units, units2, (2 / units) ** 0.5),
            normal(units2, labels, (1 / units2) ** 0.5),
        ]
        self._biases = [np.zeros(size, np.float32) for size in (units, units2, labels)]
        self._parameters = [self._embeddings, *self._layers, *self._biases]
        self._adam = Adam(dict(enumerate(self._parameters)))
        self._random = random

    def fit(self, windows: Array, labels: Array, importance: Array, done: tuple[int, int]) -> float:
        """One pass over windows in a random order; the mean loss.

        Args:
            done: which of how many passes over portions this is; the rate falls with it.
        """
        order = self._random.permutation(labels.size)
        count, total = done
        losses = []
        for start in range(0, order.size - BATCH + 1, BATCH):
            batch = order[start : start + BATCH]
            share = (count + start / order.size) / total
            rate = RATE * max(LAST_RATE, 1 - share)
            losses.append(self._step(windows[batch], labels[batch], importance[batch], rate))
        return float(np.mean(losses)) if losses else 0.0

    def _forward(self, windows: Array) -> list[Array]:
        """Inputs, both hidden layers, scores."""
        values = [self._embeddings[windows].reshape(len(windows), -1)]
        for number, (layer, bias) in enumerate(zip(self._layers, self._biases, strict=True)):
            value = values[-1] @ layer + bias
            values.append(np.maximum(value, 0) if number < 2 else value)
        return values

    def _step(self, windows: Array, labels: Array, importance: Array, rate: float) -> float:
        values = self._forward(windows)
        scores = values[-1]
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        rows = np.arange(labels.size)
        loss = float(-(np.log(chances[rows, labels] + 1e-9) * importance).mean())
        gradient = chances
        gradient[rows, labels] -= 1
        gradient *= (importance / labels.size).astype(np.float32)[:, None]
        layers: list[Array] = []
        biases: list[Array] = []
        for number in (2, 1, 0):
            layers.insert(0, values[number].T @ gradient)
            biases.insert(0, gradient.sum(axis=0))
            gradient = gradient @ self._layers[number].T
            if number:
                gradient *= values[number] > 0
        embeddings = np.zeros_like(self._embeddings)
        _scatter(windows, np.ascontiguousarray(gradient), embeddings)
        embeddings[OUTSIDE] = 0
        self._adam.step(dict(enumerate([embeddings, *layers, *biases])), rate)
        for parameter in self._parameters:
            if parameter.ndim == 2:
                parameter *= np.float32(1 - rate * DECAY)
        return loss

    def weights(self, windows: Array) -> DenseWeights:
        """The network in integers.

        Args:
            windows: some to see from how large the hidden units become.
        """
        _, hidden, hidden2, _ = self._forward(windows)
        embeddings, scale = _integers(self._embeddings, EMBEDDING_LIMIT, _BYTE)
        layers, shifts, biases = [], [], []
        for number, (limit, values) in enumerate(
            [(FIRST_LIMIT, hidden), (SECOND_LIMIT, hidden2), (None, None)]
        ):
            if limit is not None and values is not None:
                layer, factor = _integers(self._layers[number], limit, _BYTE)
                scale *= factor
                largest = float(np.quantile(values, 0.9999)) * scale
                shift = max(0, int(np.ceil(np.log2(max(largest, 1) / MOST))))
            else:
                # The last factor is such that shifting leaves `LOGIT_Q8`.
                most = float(np.abs(self._layers[number]).max())
                shift = int(np.floor(np.log2(_SHORT / most * scale / LOGIT_Q8)))
                factor = LOGIT_Q8 * 2.0**shift / scale
                layer = np.rint(self._layers[number] * factor).astype(np.int16)
                scale *= factor
            layers.append(layer)
            shifts.append(shift)
            biases.append(np.rint(self._biases[number].astype(np.float64) * scale).astype(np.int32))
            scale /= 2**shift
        return DenseWeights(
            width=self._width,
            units=layers[0].shape[1],
            units2=layers[1].shape[1],
            labels=layers[2].shape[1],
            shift=shifts[0],
            shift2=shifts[1],
            shift3=shifts[2],
            most=MOST,
            characters=self._characters.astype(np.int32).data,
            embeddings=flat(embeddings),
            first=flat(layers[0]),
            second=flat(layers[1]),
            third=flat(layers[2]),
            bias=biases[0].data,
            bias2=biases[1].data,
            bias3=biases[2].data,
        )


def _integers(values: Array, limit: float, most: int) -> tuple[Array, float]:
    """Values as 8-bit integers, and what they were multiplied by."""
    factor = most / min(limit, float(np.abs(values).max()))
    return np.clip(np.rint(values * factor), -most, most).astype(np.int8), factor


@compiled
def _scatter(windows: Any, gradient: Any, embeddings: Any) -> None:
    """Add each window's gradient to its tokens' embeddings."""
    width = embeddings.shape[1]
    for index in range(windows.shape[0]):
        for place in range(windows.shape[1]):
            token = windows[index, place]
            for number in range(width):
                embeddings[token, number] += gradient[index, place * width + number]
