"""Each test runs as the user that runs the tests and, where that is root, as an ordinary one."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.program import Program, ordinary_user

if sys.platform == "win32":
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(params=["as we are", "as an ordinary user"])
def program(request: pytest.FixtureRequest) -> Program:
    """The program, as whom it runs."""
    ordinary = request.param != "as we are"
    if ordinary and not ordinary_user():
        pytest.skip("needs root, setpriv and a Python that everybody can run")
    return Program(ordinary=ordinary)


@pytest.fixture
def place(program: Program) -> Iterator[Path]:
    """A folder of the program's user, with no configuration above it that counts."""
    # Not below pytest's own folder, which is closed to others.
    folder = Path(tempfile.mkdtemp(prefix="textclean-")).resolve()
    here = folder / "here"
    here.mkdir()
    (here / "textclean.toml").write_text("")
    folder.chmod(0o755)
    program.give(folder, here, here / "textclean.toml")
    yield here
    shutil.rmtree(folder)
