"""Signals, closed pipes, closed streams, and what a terminal is shown."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.reliability.program import CLEAN, DAMAGED, Program, environment
from tests.terminals import written_to
from textclean.report.terminal import one_line, shown

MANY = "".join(f"第{n}次,完成{n}个村改造。\n" for n in range(3_000))
PIPES = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}


def put(program: Program, *paths: Path, text: str = DAMAGED) -> None:
    for path in paths:
        path.write_text(text)
        program.give(path)


# Signals


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)],
    ids=["SIGTERM", "SIGHUP", "SIGINT"],
)
def test_a_signal_leaves_no_temporary_file(
    program: Program, place: Path, number: signal.Signals, status: int
) -> None:
    records = "".join(f'{{"text": "第{n}次,完成{n}个村改造。"}}\n' for n in range(26_000))
    put(program, place / "a.jsonl", text=records)
    process = program.popen(
        place, "fix", "a.jsonl", "--record", "u", **PIPES,
        preexec_fn=lambda: [signal.signal(each, signal.SIG_DFL) for each in (1, 2, 15)],
    )  # fmt: skip
    while process.poll() is None and not list(place.glob(".textclean-*")):
        time.sleep(0.002)
    process.send_signal(number)
    _, errors = process.communicate()
    assert process.returncode == status
    assert b"Traceback" not in errors
    assert not list(place.glob(".textclean-*"))
    assert (place / "a.jsonl").read_text() == records
    assert program.run(place, "undo", "--record", "u").returncode in (0, 2)


def test_nohup_is_heeded(program: Program, place: Path) -> None:
    put(program, place / "a.txt", text=MANY)
    process = program.popen(
        place, "fix", "a.txt", **PIPES, preexec_fn=lambda: signal.signal(1, signal.SIG_IGN)
    )
    while process.poll() is None:
        process.send_signal(signal.SIGHUP)
        time.sleep(0.05)
    process.communicate()
    assert process.returncode == 0


@pytest.mark.parametrize("after", [0.0, 0.01, 0.03, 0.06, 0.1])
def test_ctrl_c_in_start_up_is_quiet(program: Program, place: Path, after: float) -> None:
    put(program, place / "a.txt")
    ready = (  # from the first line of the program on: before it the signal is Python's affair
        "import signal, os, sys, threading, time\n"
        "sys.argv = ['textclean', 'fix', 'a.txt']\n"
        "from textclean.__main__ import main\n"
        "def stop():\n"
        "    while signal.getsignal(2) is signal.default_int_handler: pass\n"
        "    time.sleep(%s)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "threading.Thread(target=stop, daemon=True).start()\nmain()\n"
    )
    done = subprocess.run(
        [*program.start, "-c", ready % after], cwd=place, env=environment(),
        capture_output=True, check=False, preexec_fn=lambda: signal.signal(2, signal.SIG_DFL),
    )  # fmt: skip
    assert done.returncode in (0, 130, -signal.SIGINT)
    assert b"Traceback" not in done.stderr
    assert (place / "a.txt").read_text() in (DAMAGED, CLEAN)
    assert not list(place.glob(".textclean-*"))


# Streams


def test_a_reader_that_leaves_stops_no_repair(program: Program, place: Path) -> None:
    paths = [place / f"{number:03}.txt" for number in range(300)]
    put(program, *paths)
    process = program.popen(place, "fix", ".", **PIPES)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    errors = process.stderr.read()
    assert process.wait() == 0
    assert b"300 files read: 300 changed" in errors
    assert b"Broken" not in errors
    assert all(path.read_text() == CLEAN for path in paths)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_output_stops_no_repair_and_is_said(program: Program, place: Path) -> None:
    paths = [place / f"{number}.txt" for number in range(3)]
    put(program, *paths)
    with Path("/dev/full").open("wb") as full:
        process = program.popen(place, "fix", ".", stdout=full, stderr=subprocess.PIPE)
        _, errors = process.communicate()
    assert process.returncode == 2
    assert b"standard output: No space left on device" in errors
    assert all(path.read_text() == CLEAN for path in paths)


@pytest.mark.parametrize("stream", [0, 1, 2])
@pytest.mark.parametrize("command", [("fix", "."), ("check", "."), ("fix", "-")])
def test_a_closed_stream_is_no_traceback(
    program: Program, place: Path, stream: int, command: tuple[str, ...]
) -> None:
    put(program, place / "a.txt")
    streams = {0: "stdin", 1: "stdout", 2: "stderr"}
    given = {name: subprocess.PIPE for number, name in streams.items() if number != stream}
    process = program.popen(place, *command, **given, preexec_fn=lambda: os.close(stream))
    out, errors = process.communicate()
    assert b"Traceback" not in (out or b"") + (errors or b"")
    assert process.returncode in (0, 1, 2)
    if command == ("fix", "."):
        assert (place / "a.txt").read_text() == CLEAN


def test_check_ends_quietly_when_nobody_reads(program: Program, place: Path) -> None:
    put(program, place / "a.txt", text=MANY)
    process = program.popen(place, "check", "a.txt", **PIPES)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    assert process.wait() == 141
    assert errors == b""


# Terminals

EVIL = "甲\x1b]0;owned\x07乙,丙\u202e丁,\x9b31m戊\r己,庚。\n"


def on_terminal(program: Program, folder: Path, *arguments: str) -> str:
    ours, theirs = pty.openpty()
    process = program.popen(
        folder, *arguments, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
        env=environment(TERM="xterm", NO_COLOR="1"),
    )  # fmt: skip
    os.close(theirs)
    seen = written_to(ours)
    process.wait()
    return seen.decode()


@pytest.mark.parametrize(
    "command",
    [("fix", "--diff", "a.txt"), ("check", "a.txt", "--output-format", "full"),
     ("check", "a.txt", "--output-format", "json"), ("check", "a.txt", "--statistics"),
     ("restore", "a.txt", "--slots"), ("fix", "a.txt")],
    ids=["diff", "full", "json", "statistics", "slots", "fix"],
)  # fmt: skip
def test_a_terminal_is_shown_control_characters_and_obeys_none(
    program: Program, place: Path, command: tuple[str, ...]
) -> None:
    put(program, place / "a.txt", text=EVIL)
    seen = on_terminal(program, place, *command)
    # What the program itself writes there: it clears its line of progress.
    seen = seen.replace("\r\n", "\n").replace("\r", "")
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(seen)
    if "--diff" in command:
        assert "甲<U+001B>]0;owned<U+0007>乙" in seen


def test_a_pipe_gets_a_diff_as_it_is(program: Program, place: Path) -> None:
    put(program, place / "a.txt", text=EVIL)
    done = program.run(place, "fix", "--diff", "a.txt")
    assert "-" + EVIL.rstrip("\n") in done.stdout.decode()


def test_what_is_shown_for_what_is_not_seen() -> None:
    assert one_line("a\nb\x1b\u202e") == "a\\nb<U+001B><U+202E>"
    assert one_line("a\udcff") == "a\udcff"
    assert one_line("a\udcff", stray=True) == "a\\xff"
    assert shown("甲，\t乙\r\n丙\r丁\n") == "甲，\t乙\n丙\\r丁\n"
    assert one_line("甲，“乙” é　丙😀") == "甲，“乙” é　丙😀"
