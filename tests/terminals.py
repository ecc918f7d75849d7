"""Terminals for tests: what a program writes to one, and one that somebody sits at."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

#: Far above what a loaded machine needs; no assertion is about time.
PATIENCE = 120.0
# A program of its own makes the terminal the controlling one, which editors ask for.
_AT_A_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execvp(sys.argv[1], sys.argv[1:])"
)


def written_to(terminal: int) -> bytes:
    """All that is written to a terminal until nobody has it open any more; then it is closed.

    Args:
        terminal: the end of a pseudo-terminal that reads.
    """
    seen = b""
    try:
        while chunk := os.read(terminal, 65536):
            seen += chunk
    except OSError:  # how a terminal says that nobody writes to it any more
        pass
    finally:
        os.close(terminal)
    return seen


class Sitting:
    """Somebody who sits at a terminal at which a program runs, presses keys and reads the screen.

    Needs pyte, which makes a screen of what a program writes.

    Attributes:
        screen: of pyte, as it is after what was read.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str],
        columns: int = 100,
        lines: int = 24,
    ) -> None:
        import fcntl
        import pty
        import struct
        import termios

        import pyte

        self.screen: Any = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._process = subprocess.Popen(
            [sys.executable, "-c", _AT_A_TERMINAL, *command],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, start_new_session=True,
            env={**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
        )  # fmt: skip
        os.close(theirs)

    def __enter__(self) -> Sitting:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        os.close(self._ours)

    def shown(self) -> str:
        """What stands on the screen."""
        # pyte writes nothing for the second half of a wide character.
        return "\n".join(line.rstrip() for line in self.screen.display)

    def press(self, keys: str) -> None:
        """Press keys, one behind another."""
        os.write(self._ours, keys.encode())

    def wait_for(self, what: str | Callable[[str], bool]) -> None:
        """Read until a text stands on the screen, or a condition holds for what stands there.

        Raises:
            AssertionError: it does not come about.
        """
        last = time.monotonic() + PATIENCE
        while not (what in self.shown() if isinstance(what, str) else what(self.shown())):
            goes_on = self._read(0.1)
            assert goes_on, f"{what} is not shown; the program ended:\n{self.shown()}"
            assert time.monotonic() < last, f"{what} is not shown:\n{self.shown()}"

    def rest(self, seconds: float = 0.5) -> None:
        """Read until nothing is written for some time."""
        while self._read(seconds, once=True):
            pass

    def end(self) -> int:
        """Read to the end; the status of the program.

        Raises:
            AssertionError: it does not end.
        """
        last = time.monotonic() + PATIENCE
        while self._read(0.2):
            assert time.monotonic() < last, f"it does not end:\n{self.shown()}"
        return self._process.wait(PATIENCE)

    def _read(self, seconds: float, *, once: bool = False) -> bool:
        """Read what comes within some time; whether more may come (`once`: whether any came)."""
        if not select.select([self._ours], [], [], seconds)[0]:
            return not once
        try:
            chunk = os.read(self._ours, 65536)
        except OSError:
            return False
        self._stream.feed(chunk)
        return bool(chunk)
