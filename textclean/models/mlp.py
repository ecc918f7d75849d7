"""A hashed network in Python's integers: the small path, for texts with few slots.

A row of 8-bit weights is read as one large integer, and its even and odd bytes are masked apart
into lanes of sixteen bits: adding a row to the sum is then two additions, however wide the row.
The second layer is done the same way, with a lane of 64 bits for each label. Weights are biased to
be positive, so that no lane borrows from the next; the biases are taken off at the end.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import cached_property

from textclean.models.hashing import NOT_APPLICABLE
from textclean.punctuation.slot_weights import Weights

#: What biased rows hold too much, and the bias that makes the second layer's weights positive.
ROW_BIAS, OUTPUT_BIAS = 128, 1 << 15
_LANE = 64


class Network:
    """Scores of hashed features, one place at a time."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._rows = bytes(weights.rows)
        self._fingers = bytes(weights.fingers)
        self._even = int.from_bytes(b"\xff\x00" * (weights.width // 2), "little")

    @cached_property
    def _output(self) -> list[int]:
        """Of each hidden unit, its weights for all labels, a lane each."""
        weights = self._weights
        return [
            sum(
                weights.output[label * weights.width + unit] + OUTPUT_BIAS << _LANE * label
                for label in range(weights.labels)
            )
            for unit in range(weights.width)
        ]

    def scores(self, hashes: Iterable[int]) -> list[int]:
        """The score of each label, in `UNIT`s, from the hashes of a place's features."""
        weights, rows, fingers = self._weights, self._rows, self._fingers
        width, mask = weights.width, self._even
        row_shift, finger_shift = 32 - weights.bits, 24 - weights.bits
        from_bytes = int.from_bytes
        even = odd = count = 0
        for h in hashes:
            row = h >> row_shift
            if fingers[row] == h >> finger_shift & 0xFF and h != NOT_APPLICABLE:
                start = row * width
                lanes = from_bytes(rows[start : start + width], "little")
                even += lanes & mask
                odd += lanes >> 8 & mask
                count += 1
        half = width // 2
        lanes16 = struct.Struct(f"<{half}H").unpack
        sums = lanes16(even.to_bytes(width, "little")) + lanes16(odd.to_bytes(width, "little"))
        total = active = 0
        taken = ROW_BIAS * count
        for unit, bias in enumerate(weights.hidden):
            value = sums[(unit & 1) * half + (unit >> 1)] - taken + bias
            if value > 0:
                total += self._output[unit] * value
                active += value
        lanes64 = struct.unpack(f"<{weights.labels}Q", total.to_bytes(weights.labels * 8, "little"))
        taken = OUTPUT_BIAS * active
        return [
            lane - taken + bias >> weights.shift
            for lane, bias in zip(lanes64, weights.bias, strict=True)
        ]
