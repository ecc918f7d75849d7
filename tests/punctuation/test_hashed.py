from __future__ import annotations

from array import array

import pytest

from textclean.punctuation import ends, halves_model
from textclean.punctuation.hashed import (
    BITS,
    DamagedWeightsError,
    Templates,
    Weights,
    hash_window,
    pack,
    unpack,
)

SMALL = Weights(bytes(1 << BITS), array("b", bytes(1 << BITS)))


def test_templates_are_flat() -> None:
    assert Templates.of((0,), (), (2, 1)) == Templates((0, 1, 1, 3), (0, 2, 1))


def test_hashes_are_what_they_were() -> None:
    # Weights on disk name features by these: a change makes them worthless.
    out = [0, 0]
    hash_window([20013, 22269], 1, (0, 1, 3), (0, 0, 1), out)
    assert out == [2717375313, 71256074]


def test_packed_weights_come_back() -> None:
    assert unpack(pack(SMALL, 3), 3) == SMALL


def test_damaged_or_outdated_weights_are_refused() -> None:
    packed = pack(SMALL, 3)
    for wrong, version in (
        (packed, 4),
        (packed[:-1], 3),
        (packed[:9] + bytes([packed[9] ^ 1]) + packed[10:], 3),
        (b"", 3),
    ):
        with pytest.raises(DamagedWeightsError):
            unpack(wrong, version)


def test_weights_in_the_package_can_be_read_and_are_small() -> None:
    assert any(halves_model.weights().values)
    assert any(ends.weights().values)
    assert halves_model.WEIGHTS.stat().st_size + ends.WEIGHTS.stat().st_size < 2_000_000
