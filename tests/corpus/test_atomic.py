from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from textclean.corpus.atomic import write_atomic
from textclean.errors import DocumentError

posix = pytest.mark.skipif(sys.platform == "win32", reason="permission bits and links of POSIX")


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "通知.txt"
    write_atomic(path, "卫生".encode())
    write_atomic(path, "健康".encode())
    assert path.read_bytes() == "健康".encode()
    assert list(tmp_path.iterdir()) == [path]


@posix
def test_a_replaced_file_keeps_its_mode_unless_told_otherwise(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"1")
    path.chmod(0o640)
    write_atomic(path, b"2")
    assert path.stat().st_mode & 0o777 == 0o640
    write_atomic(path, b"3", mode=0o600)
    assert path.stat().st_mode & 0o777 == 0o600


@posix
def test_a_new_file_gets_what_any_new_file_gets(tmp_path):
    (tmp_path / "plain").write_bytes(b"")
    write_atomic(tmp_path / "a.txt", b"1")
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "plain").stat().st_mode


@posix
def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path):
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "a.txt"
    target.write_bytes(b"1")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    write_atomic(link, b"2")
    assert link.is_symlink()
    assert target.read_bytes() == b"2"


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DocumentError, match=r"a\.txt: cannot be written: No space left"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupt_leaves_no_temporary_file(tmp_path, monkeypatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(tmp_path / "a.txt", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_file_with_other_bytes_than_those_to_be_replaced_stays(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"other")
    with pytest.raises(DocumentError, match="was changed while"):
        write_atomic(path, b"new", replacing=b"old")
    assert path.read_bytes() == b"other"
    write_atomic(path, b"new", replacing=b"other")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_the_files_place_is_an_error_that_names_it(tmp_path: Path):
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(DocumentError, match=r"a\.txt: cannot be written"):
        write_atomic(tmp_path / "a.txt", b"1")
    assert list(tmp_path.iterdir()) == [tmp_path / "a.txt"]
