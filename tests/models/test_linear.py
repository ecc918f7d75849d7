from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.models.container import Kind, WeightsError, pack
from textclean.models.hashing import MISSING, SEAMS, WINDOWS, absorb, hash_window
from textclean.models.linear import Templates, load, to_bytes

KIND = Kind(b"TCTESTS\n", 3, "python -m tools.training tests")
INDICES = st.dictionaries(st.integers(0, (1 << 20) - 1), st.integers(-128, 127))


def hashes(window: list[int], templates: Templates, base: int = 0) -> list[int]:
    mix, seeds, starts, fields = templates
    out = [0] * len(starts)
    return out[: hash_window(window, seeds[base], starts, fields, mix, out)]


def test_templates_are_flat() -> None:
    templates = Templates.of(SEAMS, [(5, (0,)), (6, ()), (7, (2, 1))])
    assert templates == Templates(SEAMS, ((5, 6, 7),), (0, 1, 1, 3), (0, 2, 1))


def test_hashes_are_what_they_were() -> None:
    # Weights on disk name features by these: a change makes them worthless.
    templates = Templates.numbered(2, (0,), (0, 1))
    assert hashes([20013, 22269], templates) == [2717375313, 71256074]
    assert hashes([20013, 22269], Templates.of(SEAMS, [(0x9E3779B1, (0, 1))])) == [1765983593]


def test_a_template_of_what_is_missing_does_not_apply() -> None:
    templates = Templates.of(WINDOWS, [(5, (0,)), (6, (1,)), (7, ())])
    assert len(hashes([20013, MISSING], templates)) == 2


def test_windows_of_different_bases_share_no_feature() -> None:
    templates = Templates.numbered(2, (0,), (1,))
    window = [20013, 20013]
    assert not set(hashes(window, templates, 0)) & set(hashes(window, templates, 1))


@given(st.integers(0, 0xFFFFFFFF), st.lists(st.integers(0, 0x10FFFF), min_size=1))
def test_arrays_are_hashed_as_numbers_are(h: int, values: list[int]) -> None:
    np = pytest.importorskip("numpy")
    mixed = absorb(np.full(len(values), h, np.uint32), np.array(values, np.uint32), 0x9E3779B1, 15)
    assert mixed.tolist() == [absorb(h, value, 0x9E3779B1, 15) for value in values]


@given(INDICES)
def test_weights_come_back_as_they_were_written(tmp_path_factory, weights: dict[int, int]) -> None:
    path = tmp_path_factory.mktemp("weights") / "small.bin"
    indices = sorted(weights)
    values = bytes(weights[index] & 0xFF for index in indices)
    path.write_bytes(to_bytes(indices, values, KIND, 20))
    assert load(path, KIND).items() == (indices, values)


def test_a_score_is_the_sum_of_the_weights_of_the_features_there_are(tmp_path: Path) -> None:
    templates = Templates.numbered(1, (0,), (0, 1), (1,))
    first, both, _ = (h >> 12 for h in hashes([20013, 22269], templates))
    weights = dict(sorted({first: 7, both: -3, 0: 100}.items()))
    path = tmp_path / "small.bin"
    path.write_bytes(to_bytes([*weights], bytes(v & 0xFF for v in weights.values()), KIND, 20))
    assert load(path, KIND).score([20013, 22269], templates) == 4


@pytest.mark.parametrize("header", [{}, {"bits": 20, "number": 1}, {"bits": 3, "number": 0}])
def test_a_table_of_another_size_is_refused(tmp_path: Path, header: dict[str, int]) -> None:
    path = tmp_path / "small.bin"
    path.write_bytes(pack(KIND, header, bytes(8)))
    with pytest.raises(WeightsError, match=r"another size.*tools\.training tests"):
        load(path, KIND)
