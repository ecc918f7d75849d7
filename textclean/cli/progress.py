"""Progress on stderr: stage, how far it is, rate and time left.

On a terminal that is one line, written again and again and taken away in the end; elsewhere a line
a minute, so that short work leaves nothing in a log. When quiet there is nothing.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from textclean.cli.output import is_quiet
from textclean.corpus.stages import StageProgress
from textclean.report.language import tr

# Seconds between two lines on a terminal, and elsewhere.
_SOON, _LATE = 0.2, 60.0


@contextmanager
def progress_line() -> Iterator[StageProgress | None]:
    """What shows progress while the context lasts; None when quiet."""
    if is_quiet():
        yield None
        return
    line = _Line(on_terminal=sys.stderr.isatty())
    try:
        yield line
    finally:
        line.clear()


class _Line:
    """The line as it is now."""

    def __init__(self, *, on_terminal: bool) -> None:
        self._on_terminal = on_terminal
        now = time.monotonic()
        self._stage, self._began = "", now
        self._next = now + (0 if on_terminal else _LATE)
        self._width = 0

    def __call__(self, stage: str, done: int, total: int | None, unit: str) -> None:
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._began = stage, now
            self._next = min(self._next, now) if self._on_terminal else self._next
        if now < self._next:
            return
        self._next = now + (_SOON if self._on_terminal else _LATE)
        text = described(tr(stage), done, total, unit, now - self._began)
        if self._on_terminal:
            text = text[: shutil.get_terminal_size().columns - 1]
            self._write("\r" + text.ljust(self._width))
            self._width = len(text)
        else:
            self._write(text + "\n")

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            self._write("\r" + " " * self._width + "\r")

    @staticmethod
    def _write(text: str) -> None:
        with suppress(OSError):  # that nobody sees it keeps nothing from being done
            sys.stderr.write(text)
            sys.stderr.flush()


def described(stage: str, done: int, total: int | None, unit: str, seconds: float) -> str:
    """A line that says how far a stage is.

    Args:
        done, total: in `unit`; bytes are shown in MB. None: it is not known how much there is.
        seconds: since the stage began.
    """
    if not total:
        return f"{stage} …"
    rate = done / seconds if seconds > 0 else 0
    scale, name = (1e6, "MB") if unit == "bytes" else (1, unit)
    digits = 1 if unit == "bytes" else 0
    share = f"{stage} {100 * done // total} %"
    amounts = f"{done / scale:,.{digits}f} of {total / scale:,.{digits}f} {name}"
    parts = [share, amounts]
    if rate:
        parts.append(f"{rate / scale:,.{digits}f} {name}/s")
        parts.append(f"{_clock((total - done) / rate)} left")
    return ", ".join(parts)


def _clock(seconds: float) -> str:
    """A span of time as hours, minutes and seconds."""
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
