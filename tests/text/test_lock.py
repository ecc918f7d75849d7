from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from textclean.errors import DocumentError
from textclean.text.lock import is_locked, locked


def test_a_file_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with locked(path, wait=0):
        for mode in ("a+b", "rb"):
            with pytest.raises(DocumentError, match="another textclean is using it"):
                locked(path, wait=0.1, mode=mode).__enter__()
    with locked(path, wait=0) as file:
        file.write(b"1")
    assert path.read_bytes() == b"1"


def test_whether_a_file_is_held_can_be_asked_without_holding_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert not is_locked(path)
    assert not path.exists()
    with locked(path, wait=0, remove=True):
        assert is_locked(path)
    assert not is_locked(path)
    path.touch()
    assert not is_locked(path)


def test_an_error_lets_go_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(KeyError), locked(tmp_path / "a", wait=0):
        raise KeyError
    with locked(tmp_path / "a", wait=0):
        pass


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"a: cannot be opened: No such file"):
        locked(tmp_path / "a", wait=0, mode="rb").__enter__()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("mode", ["a+b", "rb"])
def test_a_pipe_is_no_file_to_hold(tmp_path: Path, mode: str) -> None:
    os.mkfifo(tmp_path / "a")
    with pytest.raises(DocumentError, match="a: cannot be opened: it is a pipe"):
        locked(tmp_path / "a", wait=0, mode=mode).__enter__()


@pytest.mark.skipif(sys.platform == "win32", reason="no open file is removed there")
def test_who_waited_for_a_file_that_was_removed_gets_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with locked(path, wait=0):
        path.unlink()
        with locked(path, wait=0) as file:
            file.write(b"2")
    assert path.read_bytes() == b"2"
