"""Links, pipes, devices, modules and names that lie where texts are cleaned."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from tests.reliability import traps
from tests.reliability.program import CLEAN, DAMAGED, Program


def owned(program: Program, folder: Path) -> None:
    """Let all below a folder, and what lies beside it, belong to the program's user."""
    program.give(*folder.parent.rglob("*"))


def test_every_trap_at_once(program: Program, place: Path) -> None:
    traps.all_of(place)
    owned(program, place)
    done = program.run(place, "fix", ".", "--record", ".u")
    assert done.returncode == 2  # of the link to itself
    assert b"Traceback" not in done.stderr
    assert (place / "a.txt").read_text() == CLEAN
    assert (place / "sub" / "deep.txt").read_text() == CLEAN
    assert (place.parent / "outside" / "secret.txt").read_text() == DAMAGED
    assert not (place / traps.MARK).exists()
    for name in traps.NAMES:
        assert (place / os.fsdecode(name)).read_text() == CLEAN
    assert program.run(place, "undo", "--record", ".u").returncode == 0
    for name in traps.NAMES:
        assert (place / os.fsdecode(name)).read_text() == DAMAGED
    assert (place / "a.txt").read_text() == DAMAGED


def test_every_trap_at_once_in_a_run(program: Program, place: Path) -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    traps.all_of(place)
    owned(program, place)
    done = program.run(place, "run", ".", "-o", "../cleaned", "--workers", "2")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert not (place / traps.MARK).exists()
    out = place.parent / "cleaned"
    assert (out / "a.txt").read_text() == CLEAN
    assert program.run(place, "undo", "../cleaned", "-o", "../back").returncode == 0
    for name in (b"a.txt", *traps.NAMES):
        assert (place.parent / "back" / os.fsdecode(name)).read_text() == DAMAGED


# Links


def test_links_out_of_a_folder_are_passed_over_and_counted(program: Program, place: Path) -> None:
    traps.links(place)
    (place / "self.txt").unlink()
    owned(program, place)
    done = program.run(place, "fix", ".")
    assert done.returncode == 0
    assert b"3 files passed over: links out of the folder 2, links to nothing 1\n" in done.stderr
    assert b"1 file read: 1 changed" in done.stderr
    assert (place.parent / "outside" / "secret.txt").read_text() == DAMAGED
    assert (place / "sub" / "deep.txt").read_text() == CLEAN
    assert (place / "inside.txt").is_symlink()


@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_link_to_itself_keeps_no_other_from_its_turn(
    program: Program, place: Path, command: str
) -> None:
    (place / "b.txt").write_text(DAMAGED)
    (place / "a.txt").symlink_to("a.txt")
    owned(program, place)
    done = program.run(place, command, ".")
    assert done.returncode == 2
    assert b"error: a.txt: cannot be read: Too many levels of symbolic links" in done.stderr
    assert b"b.txt" in done.stdout


@pytest.mark.parametrize("command", [("check",), ("fix",), ("run", "-o", "../out")])
def test_a_link_to_nothing_is_passed_over_and_counted(
    program: Program, place: Path, command: tuple[str, ...]
) -> None:
    (place / "b.txt").write_text(DAMAGED)
    (place / "a.txt").symlink_to("gone.txt")
    (place / "c.txt").symlink_to("b.txt/gone.txt")
    (place / "d.txt").symlink_to("a.txt")
    owned(program, place)
    done = program.run(place, *command, ".")
    assert done.returncode == int(command == ("check",))
    assert b"3 files passed over: links to nothing 3\n" in done.stderr
    assert b"error" not in done.stderr
    # A link that is named is an error, as a file that is not there is.
    done = program.run(place, "fix", "a.txt")
    assert done.returncode == 2


# Pipes, sockets, devices


def test_nothing_but_ordinary_files_is_opened_in_a_walk(program: Program, place: Path) -> None:
    traps.devices(place)
    (place / "a.txt").write_text(DAMAGED)
    owned(program, place)
    done = program.run(place, "fix", ".")
    assert done.returncode == 0, done.stderr
    assert b"1 file read: 1 changed" in done.stderr


@pytest.mark.parametrize(
    ("name", "what"),
    [("pipe.txt", b"a pipe"), ("to_pipe.txt", b"a pipe"), ("zero.txt", b"a device"),
     ("socket.txt", b"a socket")],
)  # fmt: skip
@pytest.mark.parametrize("command", ["check", "fix", "restore"])
def test_what_is_no_ordinary_file_is_refused_by_name(
    program: Program, place: Path, name: str, what: bytes, command: str
) -> None:
    traps.devices(place)
    owned(program, place)
    more = ["--slots"] if command == "restore" else []
    done = program.run(place, command, name, *more)
    assert done.returncode == 2
    assert b"cannot be read: it is " + what + b", not an ordinary file" in done.stderr


@pytest.mark.parametrize("name", ["run.json", ".gitignore", "textclean.toml", "pyproject.toml"])
def test_files_that_are_looked_at_by_themselves_are_ordinary(
    program: Program, place: Path, name: str
) -> None:
    (place / "in").mkdir()
    os.mkfifo(place / "in" / name)
    (place / "in" / "undo.jsonl").write_text("")
    (place / "in" / "a.txt").write_text(DAMAGED)
    owned(program, place)
    assert program.run(place / "in", "check", "a.txt", "--isolated").returncode == 1
    assert program.run(place, "check", "in").returncode in (1, 2)


def test_a_socket_stays_unopened(program: Program, place: Path) -> None:
    here = Path.cwd()
    os.chdir(place)
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("s.txt")
            listening.listen()
            listening.setblocking(False)
            program.run(place, "check", "s.txt")
            with pytest.raises(BlockingIOError):
                listening.accept()
    finally:
        os.chdir(here)


# Modules


def test_processes_import_nothing_from_the_current_folder(program: Program, place: Path) -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    traps.modules(place)
    (place / "in").mkdir()
    for name in "ab":
        (place / "in" / f"{name}.txt").write_text(f"{name}{DAMAGED}" * 20)
    owned(program, place)
    cache = place.parent / "cache"
    cache.mkdir(mode=0o777)
    program.give(cache)
    more = {"NUMBA_CACHE_DIR": str(cache)}  # a cold one: the compiling process starts, too
    done = program.run(place, "run", "in", "-o", "out", "--workers", "2", **more)
    assert done.returncode == 0, done.stderr
    assert not (place / traps.MARK).exists()


# Names


def test_names_are_shown_on_one_line_and_obeyed_by_nobody(program: Program, place: Path) -> None:
    traps.named_files(place)
    owned(program, place)
    for command in (["check", "."], ["fix", "."], ["check", ".", "--output-format", "github"]):
        done = program.run(place, *command)
        said = done.stdout + done.stderr
        for bad in (b"\x1b", b"\x07", b"\r", b"\xc2\x9b", "\u202e".encode()):
            assert bad not in said
        assert b"\nbreak" not in said
    assert b"\xff" in program.run(place, "check", ".", "--statistics").stdout  # a path for programs


@pytest.mark.parametrize("output", ["json", "json-lines", "sarif"])
def test_json_is_utf_8_whatever_files_are_called(
    program: Program, place: Path, output: str
) -> None:
    traps.named_files(place)
    owned(program, place)
    done = program.run(place, "check", ".", "--output-format", output)
    assert done.returncode == 1
    text = done.stdout.decode("utf-8")
    assert "\u202e" not in text
    for line in [text] if output != "json-lines" else text.splitlines():
        json.loads(line)
    if output == "json":
        paths = {each["path"] for each in json.loads(text)}
        assert {os.fsencode(path) for path in paths} == set(traps.NAMES)


def test_a_baseline_and_a_diff_take_any_name(program: Program, place: Path) -> None:
    traps.named_files(place)
    owned(program, place)
    assert program.run(place, "check", ".", "--write-baseline", "known.json").returncode == 0
    assert program.run(place, "check", ".", "--baseline", "known.json").returncode == 0
    assert program.run(place, "fix", "--diff", ".").returncode == 1


# Hidden files


def test_a_strangers_record_changes_no_hidden_file(program: Program, place: Path) -> None:
    hidden = traps.hidden_files(place)
    owned(program, place)
    names = [path.relative_to(place).as_posix() for path in hidden]
    assert program.run(place, "fix", *names, "--record", "u").returncode == 0
    done = program.run(place, "undo", "--record", "u")
    assert done.returncode == 2
    assert done.stderr.count(b"is hidden") == 2
    assert all(path.read_text() == CLEAN for path in hidden)
    assert program.run(place, "undo", "--record", "u", "--force").returncode == 0
    assert all(path.read_text() == DAMAGED for path in hidden)
