"""The weights that come with textclean are whole and small, and refused when they are damaged."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from textclean.dedup.kernels import language
from textclean.layout import bigrams, clause_model, encoder, seam_model
from textclean.models import linear
from textclean.models.container import DATA, WeightsError
from textclean.placeholders import boilerplate
from textclean.punctuation import end_model, quote_model, slot_weights

LOADERS: dict[Path, Callable[[Path], object]] = {
    slot_weights.WEIGHTS: slot_weights.read_networks,
    encoder.WEIGHTS: encoder.load,
    boilerplate.WEIGHTS: boilerplate.load,
} | {
    model.path: partial(linear.load, kind=model.kind)
    for model in (
        *(module.MODEL for module in (quote_model, end_model, seam_model, clause_model, bigrams)),
        language.JOINS,
        language.GAPS,
    )
}
every_file = pytest.mark.parametrize("path", LOADERS, ids=lambda path: path.stem)


def test_every_file_has_a_loader_and_a_line_in_the_readme() -> None:
    assert set(DATA.glob("*.bin")) == set(LOADERS)
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in readme for path in LOADERS)


def test_files_are_small() -> None:
    assert sum(path.stat().st_size for path in LOADERS) < 18_000_000


@every_file
def test_shipped_weights_can_be_read(path: Path) -> None:
    assert LOADERS[path](path)


@every_file
@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data: b"", "not a file of weights"),
        (lambda data: b"PK\x03\x04" * 40, "not a file of weights"),
        (lambda data: data[:40], "not a file of weights"),
        (lambda data: data[:-1], "checksum"),
        (lambda data: data[:-9] + b"x" + data[-8:], "checksum"),
        (lambda data: data[:8] + b"\x09" + data[9:], r"format version .*python -m tools\.training"),
        (lambda data: data[:10] + b"\xfe" + data[11:], r"features version .*tools\.training"),
        (lambda data: data[:44] + b"\xff\xff" + data[46:], "damaged"),
    ],
    ids=["empty", "other", "short", "cut", "changed", "format", "features", "length"],
)
def test_damaged_weights_are_refused(
    path: Path, damage: Callable[[bytes], bytes], message: str, tmp_path: Path
) -> None:
    damaged = tmp_path / path.name
    damaged.write_bytes(damage(path.read_bytes()))
    with pytest.raises(WeightsError, match=message):
        LOADERS[path](damaged)


@every_file
def test_a_missing_file_is_named(path: Path, tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=f"{path.name}: weights cannot be read"):
        LOADERS[path](tmp_path / path.name)
