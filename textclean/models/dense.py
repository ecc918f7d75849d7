"""The dense network in Python's integers: a window's tokens embedded, two layers, scores.

A layer adds up rows, one for each input, times that input. A row is one large integer with a lane
of 32 bits for each unit, so that a multiplication serves all units; lanes are signed, which large
integers allow as long as a lane's sum stays within its bits. What one token adds at one place of
the window is kept, since tokens come again.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from textclean.punctuation.slot_weights import DenseWeights
from textclean.punctuation.windows import FIRST_CHARACTER

_LANE = 32
_OFFSET = 1 << (_LANE - 1)
#: What has been added up for so many tokens and places is kept; then all is forgotten.
_KEPT = 20_000


class DenseNetwork:
    """Scores of windows, one at a time."""

    def __init__(self, weights: DenseWeights) -> None:
        self._weights = weights
        self.tokens = tokens_of(weights)
        self._first = _rows(weights.first, weights.units)
        self._second = _rows(weights.second, weights.units2)
        self._third = _rows(weights.third, weights.labels)
        self._biases = [_packed(bias) for bias in (weights.bias, weights.bias2, weights.bias3)]
        self._added: dict[tuple[int, int], int] = {}

    def scores(self, window: Sequence[int]) -> list[int]:
        """The score of each label, in `UNIT`s."""
        weights = self._weights
        if len(self._added) > _KEPT:
            self._added.clear()
        total = self._biases[0]
        for key in enumerate(window):
            added = self._added.get(key)
            if added is None:
                added = self._added[key] = self._add(*key)
            total += added
        hidden = _lanes(total, weights.units)
        total = self._biases[1]
        for value, row in zip(hidden, self._second, strict=True):
            value >>= weights.shift
            if value > 0:
                total += min(value, weights.most) * row
        hidden = _lanes(total, weights.units2)
        total = self._biases[2]
        for value, row in zip(hidden, self._third, strict=True):
            value >>= weights.shift2
            if value > 0:
                total += min(value, weights.most) * row
        return [value >> weights.shift3 for value in _lanes(total, weights.labels)]

    def _add(self, place: int, token: int) -> int:
        """What a token adds to the first layer at a place of the window."""
        width = self._weights.width
        embedding = self._weights.embeddings[token * width : (token + 1) * width]
        rows = self._first[place * width : (place + 1) * width]
        return sum(value * row for value, row in zip(embedding, rows, strict=True) if value)


def tokens_of(weights: DenseWeights) -> dict[str, int]:
    """The tokens of the characters that a network knows."""
    return {chr(code): token for token, code in enumerate(weights.characters, FIRST_CHARACTER)}


def _rows(values: memoryview, size: int) -> list[int]:
    return [_packed(values[start : start + size]) for start in range(0, len(values), size)]


def _packed(values: Sequence[int] | memoryview) -> int:
    """Signed numbers as lanes of one integer."""
    count = len(values)
    biased = struct.pack(f"<{count}I", *(value + _OFFSET for value in values))
    return int.from_bytes(biased, "little") - _offsets(count)


def _lanes(total: int, count: int) -> list[int]:
    """The signed numbers in the lanes of an integer."""
    biased = (total + _offsets(count)).to_bytes(count * _LANE // 8, "little")
    return [value - _OFFSET for value in struct.unpack(f"<{count}I", biased)]


def _offsets(count: int) -> int:
    return int.from_bytes(b"\x00\x00\x00\x80" * count, "little")
