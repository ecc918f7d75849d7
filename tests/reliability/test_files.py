"""Owners, permissions, attributes, other names, other writers, full disks."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.program import CLEAN, DAMAGED, IS_ROOT, NOBODY, Program

needs_root = pytest.mark.skipif(not IS_ROOT, reason="needs root")


def put(program: Program, path: Path, text: str = DAMAGED, mode: int = 0o644) -> Path:
    """A file of the program's user."""
    path.write_text(text)
    program.give(path)
    path.chmod(mode)  # a new owner takes some bits away
    return path


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755, 0o4751, 0o2640])
def test_permissions_stay(program: Program, place: Path, mode: int) -> None:
    path = put(program, place / "a.txt", mode=mode)
    assert program.run(place, "fix", "a.txt").returncode == 0
    assert path.read_text() == CLEAN
    assert stat.S_IMODE(path.stat().st_mode) == mode


@needs_root
def test_root_leaves_a_file_to_its_owner(place: Path, program: Program) -> None:
    if program.ordinary:
        pytest.skip("about root")
    path = put(program, place / "a.txt", mode=0o640)
    os.chown(path, NOBODY, NOBODY)
    assert program.run(place, "fix", "a.txt").returncode == 0
    status = path.stat()
    assert (status.st_uid, status.st_gid, path.read_text()) == (NOBODY, NOBODY, CLEAN)


@needs_root
def test_a_file_whose_owner_cannot_be_kept_is_refused(program: Program, place: Path) -> None:
    if not program.ordinary:
        pytest.skip("about ordinary users")
    path = place / "a.txt"
    path.write_text(DAMAGED)
    path.chmod(0o666)  # root's, in a folder of the user's
    done = program.run(place, "fix", "a.txt")
    assert done.returncode == 2
    assert b"belongs to another user or group" in done.stderr
    assert path.read_text() == DAMAGED
    assert {each.name for each in place.iterdir()} == {"textclean.toml", "a.txt"}


def test_attributes_stay(program: Program, place: Path) -> None:
    path = put(program, place / "a.txt")
    try:
        os.setxattr(path, "user.origin", b"scan 7")
    except (AttributeError, OSError):
        pytest.skip("this file system has no attributes")
    assert program.run(place, "fix", "a.txt").returncode == 0
    assert path.read_text() == CLEAN
    assert os.getxattr(path, "user.origin") == b"scan 7"


def test_a_file_with_other_names_is_refused(program: Program, place: Path) -> None:
    path = put(program, place / "a.txt")
    os.link(path, place / "b.txt")
    put(program, place / "c.txt")
    done = program.run(place, "fix", ".")
    assert done.returncode == 2
    assert b"has other names (hard links)" in done.stderr
    assert path.read_text() == (place / "b.txt").read_text() == DAMAGED
    assert path.samefile(place / "b.txt")
    assert (place / "c.txt").read_text() == CLEAN


@pytest.mark.parametrize("command", [["fix", "a.txt"], ["fix", "a.txt", "--record", "u"]])
def test_a_file_that_somebody_changes_meanwhile_is_left_alone(
    program: Program, place: Path, command: list[str]
) -> None:
    lines = "".join(f"第{n}次,完成{n}个村改造。\n" for n in range(40_000))
    path = put(program, place / "a.txt", lines)
    process = program.popen(place, *command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # It has read the file when it writes beside it, or is at it: so it is changed all the time.
    while process.poll() is None:
        with path.open("a") as file:
            file.write("OTHER WRITER\n")
        try:
            process.wait(0.002)
        except subprocess.TimeoutExpired:
            continue
    _, errors = process.communicate()
    text = path.read_text()
    assert text.startswith(lines)
    assert "OTHER WRITER" in text
    assert process.returncode == 2
    assert b"was changed while it was being worked on" in errors


def test_a_private_file_stays_private_meanwhile_and_in_records(
    program: Program, place: Path
) -> None:
    lines = "".join(f"第{n}次,完成{n}个村改造。\n" for n in range(2_000))
    path = put(program, place / "a.txt", lines, mode=0o600)
    process = program.popen(
        place, "fix", "a.txt", "--record", "u", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    seen: set[int] = set()
    while process.poll() is None:
        for each in place.glob(".textclean-*"):
            try:
                seen.add(stat.S_IMODE(each.stat().st_mode))
            except FileNotFoundError:
                continue
    assert process.returncode == 0
    assert seen <= {0o600}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((place / "u").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("modes", "wanted"), [((0o600, 0o644), 0o600), ((0o640, 0o664), 0o640), ((0o644, 0o755), 0o644)]
)
def test_a_page_is_as_closed_as_the_files_it_shows(
    program: Program, place: Path, modes: tuple[int, int], wanted: int
) -> None:
    pytest.importorskip("jinja2", reason="needs the extra [report]")
    for name, mode in zip("ab", modes, strict=True):
        put(program, place / f"{name}.txt", mode=mode)
    assert program.run(place, "fix", ".", "--report", "page.html").returncode == 0
    assert stat.S_IMODE((place / "page.html").stat().st_mode) == wanted
    # And one that is written again, or from a run.
    for name, mode in zip("ab", modes, strict=True):
        put(program, place / f"{name}.txt", mode=mode)
    (place / "page.html").chmod(0o666)
    assert program.run(place, "fix", ".", "--report", "page.html").returncode == 0
    assert not stat.S_IMODE((place / "page.html").stat().st_mode) & ~(wanted | 0o022)
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    for command in ("run", "dedup"):
        arguments = "a.txt", "b.txt", "-o", f"../{command}", "--report"
        assert program.run(place, command, *arguments).returncode == 0
        assert (
            program.run(place, "report", f"../{command}", "-o", f"{command}.html").returncode == 0
        )
        for page in (place.parent / command / "report.html", place / f"{command}.html"):
            assert stat.S_IMODE(page.stat().st_mode) == wanted


def test_a_run_shows_nobody_what_its_inputs_do_not(program: Program, place: Path) -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    (place / "in").mkdir()
    put(program, place / "in" / "a.txt", mode=0o600)
    put(program, place / "in" / "b.txt", DAMAGED.replace("医", "药") * 2)
    program.give(place / "in")
    assert program.run(place, "run", "in", "-o", "out").returncode == 0
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (place / "out").iterdir()}
    assert modes["a.txt"] == modes["undo.jsonl"] == modes["run.json"] == 0o600
    assert modes["b.txt"] == 0o644
    (place / "in").chmod(0o700)
    (place / "in" / "a.txt").chmod(0o644)
    assert program.run(place, "run", "in", "-o", "more").returncode == 0
    assert all(not path.stat().st_mode & 0o077 for path in (place / "more").iterdir())
    assert not (place / "more").stat().st_mode & 0o077


# What cannot be read or written


def test_what_cannot_be_read_keeps_no_other_from_its_turn(program: Program, place: Path) -> None:
    if not program.ordinary and IS_ROOT:
        pytest.skip("root reads everything")
    for name in ("closed", "listed", "open"):
        (place / name).mkdir()
        put(program, place / name / "a.txt")
    put(program, place / "unreadable.txt", mode=0)
    put(program, place / "read-only.txt", mode=0o444)
    (place / "closed").chmod(0)
    (place / "listed").chmod(0o444)
    program.give(place / "closed", place / "listed", place / "open")
    done = program.run(place, "fix", ".")
    (place / "closed").chmod(0o755)
    (place / "listed").chmod(0o755)
    assert done.returncode == 2
    for said in (
        b"closed: cannot be listed: Permission denied",
        b"listed/a.txt: cannot be read: Permission denied",
        b"unreadable.txt: cannot be read: Permission denied",
        b"read-only.txt: is read-only",
    ):
        assert said in done.stderr
    assert b"Traceback" not in done.stderr
    assert (place / "open" / "a.txt").read_text() == CLEAN


def test_a_folder_that_nothing_can_be_written_in_is_an_error(program: Program, place: Path) -> None:
    if not program.ordinary and IS_ROOT:
        pytest.skip("root writes everywhere")
    (place / "sub").mkdir()
    path = put(program, place / "sub" / "a.txt")
    (place / "sub").chmod(0o555)
    done = program.run(place, "fix", "sub")
    (place / "sub").chmod(0o755)
    assert done.returncode == 2
    assert b"sub/a.txt: cannot be written: Permission denied" in done.stderr
    assert path.read_text() == DAMAGED


@pytest.fixture
def small_disk(program: Program, place: Path) -> Iterator[Path]:
    """A disk of 128 KB."""
    if not IS_ROOT:
        pytest.skip("needs root, to mount a small disk")
    disk = place / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k,mode=777", "tmpfs", disk], check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_loses_nothing(program: Program, place: Path, small_disk: Path) -> None:
    for name in "abc":
        put(program, small_disk / f"{name}.txt", f"{name}{DAMAGED}" * 600)  # 35 KB
    before = {path.name: path.read_bytes() for path in small_disk.iterdir()}
    done = program.run(place, "fix", "disk", "--record", "disk/u")
    assert done.returncode == 2
    assert b"No space left on device" in done.stderr
    assert not list(small_disk.glob(".textclean-*"))
    assert program.run(place, "undo", "--record", "disk/u").returncode in (0, 2)
    for path in small_disk.glob("*.txt"):
        assert path.read_bytes() in (
            before[path.name],
            before[path.name].replace(b",", "，".encode()),
        )


def test_a_full_disk_keeps_the_earlier_run(program: Program, place: Path, small_disk: Path) -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    (place / "in").mkdir()
    put(program, place / "in" / "a.txt", DAMAGED)
    program.give(place / "in")
    assert program.run(place, "run", "in", "-o", "disk/out").returncode == 0
    before = {path.name: path.read_bytes() for path in (small_disk / "out").iterdir()}
    put(program, place / "in" / "a.txt", "".join(f"第{n}次,到{n}村。\n" for n in range(9000)))
    done = program.run(place, "run", "in", "-o", "disk/out", "--force")
    assert done.returncode == 2
    assert b"No space left on device" in done.stderr
    assert {path.name: path.read_bytes() for path in (small_disk / "out").iterdir()} == before
    assert program.run(place, "undo", "disk/out", "-o", "back").returncode == 0
    assert (place / "back" / "a.txt").read_text() == DAMAGED
