"""A table of the package that is damaged is an error, never another result."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from textclean.text import lexicon_files
from textclean.text.lexicon_files import PACKAGE, SUMS, LexiconError, read_lexicon, written_sums

TABLES = [line.split()[0] for line in SUMS.read_text().splitlines()]


def test_the_checksums_are_those_of_the_tables() -> None:
    """Who changed a table runs `python -m tools.lexicon_sums`."""
    assert SUMS.read_text(encoding="ascii") == written_sums()
    assert len(TABLES) > 20


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tables of the package, to be damaged."""
    for name in TABLES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGE / name, tmp_path / name)
    monkeypatch.setattr(lexicon_files, "PACKAGE", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_is_not_as_it_was_written_is_refused(package: Path, name: str) -> None:
    path = package / name
    data = path.read_bytes()
    assert read_lexicon(path) == data.decode()
    middle = len(data) // 2
    flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    for damaged in (b"", data[:middle], data[:-3], flipped, b"\0" * len(data), data + b"x"):
        path.write_bytes(damaged)
        with pytest.raises(LexiconError, match="damaged"):
            read_lexicon(path)
    path.unlink()
    with pytest.raises(LexiconError):
        read_lexicon(path)


def test_line_ends_of_windows_are_no_damage(package: Path) -> None:
    path = package / "text/data/words.txt"
    content = read_lexicon(path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_lexicon(path).splitlines() == content.splitlines()


def test_commands_end_with_an_error_that_names_the_table(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "textclean", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "a.txt").write_text(
        "落实 ,完成２０个村改造，為了醫院，占地二十平方公里。\n", "utf-8"
    )
    for name in (
        "text/data/traditional.txt",
        "text/data/standard.txt",
        "quantities/data/units.tsv",
    ):
        path = tmp_path / "textclean" / name
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
        command = [
            sys.executable,
            "-m",
            "textclean",
            "check",
            "a.txt",
            "--style",
            "gbt15835-symbols",
        ]
        done = subprocess.run(
            command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        path.write_bytes(data)
        assert done.returncode == 2, (name, done.stdout)
        assert f"{name}: this table of the package is damaged" in done.stderr
        assert "Traceback" not in done.stderr
