"""Networks of two layers in Python's integers: the small path, for few things to be scored.

A row of weights is read as one large integer with a lane for each unit, so that one addition or
multiplication serves all units at once. `textclean.models.mlp_arrays` has classes of the same names
that score many things at once, with the same results.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from textclean.models.hashing import NOT_APPLICABLE

#: Scores are log-odds in 256ths of a nat: eight fractional bits.
LOGIT_Q8 = 256
#: What the rows of a hashed network hold too much, so that no lane of bytes borrows from the next.
ROW_BIAS = 128
#: The same for the weights of its second layer, which have 16 bits.
_OUTPUT_BIAS = 1 << 15
#: Bits of a lane: of the sums of a hashed network, and of signed ones (`packed`).
_OUTPUT_LANE, _SIGNED_LANE = 64, 32
_SIGNED_BIAS = 1 << (_SIGNED_LANE - 1)
#: Sums that a dense network keeps: of so many tokens and places.
_MOST_KEPT = 20_000


class HashedWeights(NamedTuple):
    """A hashed network: features looked up in a table of rows, rows summed, a second layer."""

    #: Rows are found by so many leading bits of a hash; the next eight are the fingerprint.
    bits: int
    #: Hidden units.
    width: int
    labels: int
    #: How far a score is shifted to come to `LOGIT_Q8`.
    shift: int
    #: uint8 [2**bits, width]: the rows, plus `ROW_BIAS`.
    rows: memoryview
    #: uint8 [2**bits]: the fingerprint that a feature must have to own its row.
    fingerprints: memoryview
    #: int32 [width], in the rows' scale.
    hidden: memoryview
    #: int16 [labels, width] and int32 [labels].
    output: memoryview
    bias: memoryview


class DenseWeights(NamedTuple):
    """A dense network: the tokens of a window embedded, two hidden layers, scores."""

    #: Numbers in an embedding, hidden units, labels.
    width: int
    units: int
    units2: int
    labels: int
    #: How far each layer's sums are shifted; what a hidden unit is at most then.
    shift: int
    shift2: int
    shift3: int
    most: int
    #: int32: code points of the characters that have tokens of their own.
    characters: memoryview
    #: int8 [tokens, width], [window * width, units], [units, units2]; int16 [units2, labels].
    embeddings: memoryview
    first: memoryview
    second: memoryview
    third: memoryview
    #: int32, of each layer.
    bias: memoryview
    bias2: memoryview
    bias3: memoryview


class HashedNetwork:
    """Scores of hashed features, one place at a time.

    The even and the odd bytes of a row are masked apart into lanes of sixteen bits; the second
    layer has a lane of 64 bits for each label. Biases make all weights positive, so that no lane
    borrows from the next, and are taken off at the end.
    """

    def __init__(self, weights: HashedWeights) -> None:
        self._weights = weights
        self._rows = bytes(weights.rows)
        self._fingerprints = bytes(weights.fingerprints)
        self._even = int.from_bytes(b"\xff\x00" * (weights.width // 2), "little")

    @cached_property
    def _output(self) -> list[int]:
        """Of each hidden unit, its weights for all labels, a lane each."""
        weights = self._weights
        return [
            sum(
                weights.output[label * weights.width + unit] + _OUTPUT_BIAS << _OUTPUT_LANE * label
                for label in range(weights.labels)
            )
            for unit in range(weights.width)
        ]

    def scores(self, hashes: Iterable[int]) -> list[int]:
        """The score of each label (`LOGIT_Q8`), from the hashes of a place's features."""
        weights, rows, fingerprints = self._weights, self._rows, self._fingerprints
        width, mask = weights.width, self._even
        row_shift, fingerprint_shift = 32 - weights.bits, 24 - weights.bits
        from_bytes = int.from_bytes
        even = odd = count = 0
        for h in hashes:
            row = h >> row_shift
            if fingerprints[row] == h >> fingerprint_shift & 0xFF and h != NOT_APPLICABLE:
                start = row * width
                lanes = from_bytes(rows[start : start + width], "little")
                even += lanes & mask
                odd += lanes >> 8 & mask
                count += 1
        half = width // 2
        lanes16 = struct.Struct(f"<{half}H").unpack
        sums = lanes16(even.to_bytes(width, "little")) + lanes16(odd.to_bytes(width, "little"))
        total = active = 0
        bias_of_rows = ROW_BIAS * count
        for unit, bias in enumerate(weights.hidden):
            value = sums[(unit & 1) * half + (unit >> 1)] - bias_of_rows + bias
            if value > 0:
                total += self._output[unit] * value
                active += value
        lanes64 = struct.unpack(f"<{weights.labels}Q", total.to_bytes(weights.labels * 8, "little"))
        bias_of_output = _OUTPUT_BIAS * active
        return [
            lane - bias_of_output + bias >> weights.shift
            for lane, bias in zip(lanes64, weights.bias, strict=True)
        ]


class DenseNetwork:
    """Scores of windows, one at a time.

    A layer adds up rows, one for each input, times that input; lanes of 32 bits are signed, which
    large integers allow as long as a lane's sum stays within its bits. What one token adds at one
    place of the window is kept, since tokens come again.
    """

    def __init__(self, weights: DenseWeights) -> None:
        self._weights = weights
        self._first = _rows(weights.first, weights.units)
        self._bias = packed(weights.bias)
        # Of each layer behind: the shift of its inputs, its rows, biases and size.
        self._layers = [
            (shift, _rows(rows, size), packed(bias), size)
            for shift, rows, bias, size in (
                (weights.shift, weights.second, weights.bias2, weights.units2),
                (weights.shift2, weights.third, weights.bias3, weights.labels),
            )
        ]
        self._added = lru_cache(_MOST_KEPT)(self._add)

    def scores(self, window: Sequence[int]) -> list[int]:
        """The score of each label (`LOGIT_Q8`)."""
        weights = self._weights
        total = sum(map(self._added, range(len(window)), window), self._bias)
        sums = lanes(total, weights.units)
        for shift, rows, total, size in self._layers:
            for value, row in zip(sums, rows, strict=True):
                value >>= shift
                if value > 0:
                    total += min(value, weights.most) * row
            sums = lanes(total, size)
        return [value >> weights.shift3 for value in sums]

    def _add(self, place: int, token: int) -> int:
        """What a token adds to the first layer at a place of the window."""
        width = self._weights.width
        embedding = self._weights.embeddings[token * width : (token + 1) * width]
        rows = self._first[place * width : (place + 1) * width]
        return sum(value * row for value, row in zip(embedding, rows, strict=True) if value)


def _rows(values: memoryview, size: int) -> list[int]:
    return [packed(values[start : start + size]) for start in range(0, len(values), size)]


def packed(values: Sequence[int] | memoryview) -> int:
    """Signed numbers as lanes of one integer, which sums and multiples of it keep."""
    written = array("i", values)
    if sys.byteorder == "big":
        written.byteswap()
    # To turn the sign's bit of a lane is to add the bias to it.
    biases = _biases(len(written))
    return (int.from_bytes(written.tobytes(), "little") ^ biases) - biases


def lanes(total: int, count: int) -> list[int]:
    """The signed numbers in the lanes of an integer."""
    biased = (total + _biases(count)).to_bytes(count * _SIGNED_LANE // 8, "little")
    return [value - _SIGNED_BIAS for value in struct.unpack(f"<{count}I", biased)]


@lru_cache
def _biases(count: int) -> int:
    return int.from_bytes(b"\x00\x00\x00\x80" * count, "little")
