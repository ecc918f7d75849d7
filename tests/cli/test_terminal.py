"""What only someone who watches gets to see: colour and a progress bar."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import DAMAGED, ENVIRONMENT
from tests.terminals import written_to

pty = pytest.importorskip("pty", reason="needs pseudo-terminals")


def watched(folder: Path, *arguments: str, stream: str, **environment: str) -> bytes:
    """What a command writes to `stream` while that is a terminal and the other one is not."""
    ours, theirs = pty.openpty()
    other = "stderr" if stream == "stdout" else "stdout"
    process = subprocess.Popen(
        [sys.executable, "-m", "textclean", *arguments],
        cwd=folder,
        env={**ENVIRONMENT, "TERM": "xterm", "NO_COLOR": "", **environment},
        **{stream: theirs, other: subprocess.DEVNULL},  # type: ignore[call-overload]
    )
    os.close(theirs)
    seen = written_to(ours)
    process.wait(timeout=60)
    return seen


def test_a_diff_is_coloured_on_a_terminal(folder: Path) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    shown = watched(folder, "fix", "--diff", "a.txt", stream="stdout").decode()
    assert "\x1b[31m-全市有2800名医务人员\x1b[7m,\x1b[27m组成13个团队。\x1b[0m" in shown
    assert "\x1b[32m+全市有2800名医务人员\x1b[7m，\x1b[27m组成13个团队。\x1b[0m" in shown


def test_a_diff_has_no_colour_for_those_who_want_none(folder: Path) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    shown = watched(folder, "fix", "--diff", "a.txt", stream="stdout", NO_COLOR="1")
    assert b"\x1b" not in shown
    assert "+全市".encode() in shown


def test_a_run_shows_its_progress_on_a_terminal_only(folder: Path) -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    (folder / "a.txt").write_text(DAMAGED)
    assert b"cleaning" in watched(folder, "run", "a.txt", "-o", "one", stream="stderr")
    done = subprocess.run(
        [sys.executable, "-m", "textclean", "run", "a.txt", "-o", "two"],
        cwd=folder, env=ENVIRONMENT, capture_output=True, check=True,
    )  # fmt: skip
    assert b"cleaning" not in done.stderr
    assert b"\x1b" not in done.stdout + done.stderr
