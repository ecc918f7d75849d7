from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.models.container import Kind, WeightsError, pack
from textclean.models.linear import BITS, Templates, Weights, hash_window, load, to_bytes
from textclean.punctuation import end_model as ends
from textclean.punctuation import quote_model as halves_model

KIND = Kind(b"TCTESTS\n", 3, "python -m textclean.punctuation.tests_train")
SMALL = Weights(bytes(1 << BITS), array("b", bytes(1 << BITS)))


def test_templates_are_flat() -> None:
    assert Templates.of((0,), (), (2, 1)) == Templates((0, 1, 1, 3), (0, 2, 1))


def test_hashes_are_what_they_were() -> None:
    # Weights on disk name features by these: a change makes them worthless.
    out = [0, 0]
    hash_window([20013, 22269], 1, (0, 1, 3), (0, 0, 1), out)
    assert out == [2717375313, 71256074]


@given(st.lists(st.lists(st.integers(0, 0x10FFFF), min_size=22, max_size=22), min_size=1))
def test_arrays_score_windows_the_same(windows: list[list[int]]) -> None:
    pytest.importorskip("numpy")
    from textclean.models.linear_arrays import scores

    # Real weights know hardly any random feature; with these a fingerprint in four is right.
    known = Weights(
        bytes(range(0, 256, 4)) * (1 << BITS - 6), array("b", [-7, 3, 5, 11] * (1 << BITS - 2))
    )
    for weights in (ends.weights(), known):
        one_by_one = [
            [weights.score(window, base, ends.TEMPLATES) for window in windows] for base in (2, 1)
        ]
        assert scores(weights, windows, [2, 1], ends.TEMPLATES) == one_by_one


def test_weights_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "small.bin"
    path.write_bytes(to_bytes(SMALL, KIND))
    assert load(path, KIND) == SMALL


def test_a_table_of_another_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "small.bin"
    path.write_bytes(pack(KIND, {"bits": BITS}, bytes(8)))
    with pytest.raises(WeightsError, match=r"another size.*tests_train"):
        load(path, KIND)


def test_weights_in_the_package_can_be_read_and_are_small() -> None:
    assert any(halves_model.weights().values)
    assert any(ends.weights().values)
    assert halves_model.WEIGHTS.stat().st_size + ends.WEIGHTS.stat().st_size < 2_000_000
