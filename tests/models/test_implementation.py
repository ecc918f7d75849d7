from __future__ import annotations

import sys

import pytest

from textclean.errors import ConfigError, MissingExtraError
from textclean.models import implementation
from textclean.models.implementation import NUMPY, PYTHON, VARIABLE, uses_arrays


def test_the_variable_forces_an_implementation(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numpy")
    monkeypatch.setenv(VARIABLE, NUMPY)
    assert uses_arrays(1, loaded=100, unloaded=None)
    monkeypatch.setenv(VARIABLE, PYTHON)
    assert not uses_arrays(10_000, loaded=100, unloaded=2_000)


@pytest.mark.parametrize("value", ["", None])
def test_else_numbers_decide(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    pytest.importorskip("numpy")
    if value is None:
        monkeypatch.delenv(VARIABLE, raising=False)
    else:
        monkeypatch.setenv(VARIABLE, value)
    assert uses_arrays(100, loaded=100, unloaded=2_000)
    assert not uses_arrays(99, loaded=100, unloaded=2_000)
    monkeypatch.delitem(sys.modules, "numpy")
    assert not uses_arrays(1_999, loaded=100, unloaded=2_000)
    assert uses_arrays(2_000, loaded=100, unloaded=2_000)
    assert not uses_arrays(2_000, loaded=100, unloaded=None)


def test_an_unknown_implementation_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "cuda")
    with pytest.raises(
        ConfigError, match="TEXTCLEAN_IMPLEMENTATION=cuda: expected python, numpy or"
    ):
        uses_arrays(1, loaded=1, unloaded=None)


def test_without_numpy_it_cannot_be_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, NUMPY)
    monkeypatch.setattr(implementation, "_is_installed", lambda: False)
    with pytest.raises(MissingExtraError, match="numpy"):
        uses_arrays(1, loaded=1, unloaded=None)
