"""Texts and copies of the seeds to work on, and the two ways to call a command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.seeds import ROOT, SEEDS
from textclean.cli import commands

#: In which a process of its own finds the package.
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
DAMAGED = "全市有2800名医务人员,组成13个团队。\n"
CLEAN = "全市有2800名医务人员，组成13个团队。\n"

Call = Callable[..., Result]
Spawn = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, with no configuration file above it that counts."""
    here = tmp_path / "here"
    here.mkdir()
    (here / "textclean.toml").write_text("")
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def seeds(folder: Path) -> Path:
    """The folder ``seeds`` with a copy of each seed, in the current folder."""
    return shutil.copytree(SEEDS, folder / "seeds")


@pytest.fixture
def call(folder: Path) -> Call:
    """A command in this process: ``call("check", "a.txt")``; no terminal anywhere."""

    def call(*args: str | Path, **more: object) -> Result:
        return CliRunner().invoke(commands, list(map(str, args)), prog_name="textclean", **more)  # type: ignore[arg-type]

    return call


@pytest.fixture
def spawn(folder: Path) -> Spawn:
    """A command in a process of its own, as a shell would start it."""

    def spawn(
        *args: str | Path, stdin: bytes = b"", **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "textclean", *map(str, args)],
            input=stdin,
            capture_output=True,
            cwd=folder,
            env={**ENVIRONMENT, **environment},
            check=False,
            timeout=120,
        )

    return spawn
