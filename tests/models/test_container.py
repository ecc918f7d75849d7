from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.models.container import Kind, WeightsError, pack, read, unpack

KIND = Kind(b"TCTESTS\n", 3, "python -m tools.training tests")


@given(st.binary(max_size=200), st.booleans())
def test_header_and_body_come_back(body: bytes, deflate: bool) -> None:
    data = pack(KIND, {"rows": 7}, body, deflate=deflate)
    header, found = unpack(data, KIND)
    assert (header, bytes(found)) == ({"rows": 7}, body)


@given(st.data())
def test_any_changed_byte_is_found(data: st.DataObject) -> None:
    packed = bytearray(pack(KIND, {"rows": 7}, bytes(range(50))))
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(WeightsError):
        unpack(bytes(packed), KIND)


@pytest.mark.parametrize("left", [0, 7, 40, -1])
def test_a_cut_file_is_found(left: int) -> None:
    with pytest.raises(WeightsError):
        unpack(pack(KIND, {}, b"weights")[:left], KIND)


def test_weights_for_other_features_say_how_to_train_again() -> None:
    data = pack(KIND._replace(features=2), {}, b"")
    with pytest.raises(WeightsError, match=r"features version 2.*tools\.training tests"):
        unpack(data, KIND)


def test_weights_of_another_model_are_refused() -> None:
    with pytest.raises(WeightsError, match="not a file of weights"):
        unpack(pack(KIND._replace(magic=b"TCOTHERS"), {}, b""), KIND)


def test_a_missing_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"none\.bin: weights cannot be read"):
        read(tmp_path / "none.bin", KIND)
