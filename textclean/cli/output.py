"""Where words go, and in which language: UTF-8 on every stream, trouble on stderr, colour only
where someone looks.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from textclean.report.language import Language, locale_language, tr, use_language
from textclean.report.terminal import one_line, shown

if TYPE_CHECKING:
    from rich.console import Console


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says; a path that is no UTF-8 comes out as its own bytes."""
    global _failure
    _failure = None
    # A stream that was closed before the start is None.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def _nowhere() -> IO[str]:
    return Path(os.devnull).open("w", encoding="utf-8")


def silence(stream: IO[str]) -> None:
    """Let what is written from now on go nowhere: nobody reads it, or there is no room for it."""
    with suppress(OSError, ValueError):  # not a file
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


_quiet = False


def settle(language: Language | None = None, *, quiet: bool = False) -> None:
    """Choose the language of all that follows (by default that of the locale), and how much."""
    global _quiet
    _quiet = quiet
    use_language(language or locale_language(os.environ))


def say(line: str) -> None:
    """A line on stderr: what was done, for whoever is watching; nothing when quiet."""
    if not _quiet:
        _print(tr(line), sys.stderr)


def tell(line: str) -> None:
    """A line on stdout about what was done. That nobody reads it keeps nothing from being done."""
    _print(line, sys.stdout)


#: What became of stdout, unless it was closed by its reader.
_failure: OSError | None = None


def unheard() -> OSError | None:
    """Why what was told did not all arrive; None too where its reader had read enough."""
    try:
        if not sys.stdout.closed:  # the language server closes it when it is told to end
            sys.stdout.flush()
    except OSError as error:
        _fail(error, sys.stdout)
    return _failure


def _print(line: str, stream: IO[str]) -> None:
    try:
        print(one_line(line, stray=stream.isatty()), file=stream, flush=stream is sys.stderr)
    except OSError as error:
        _fail(error, stream)


def _fail(error: OSError, stream: IO[str]) -> None:
    global _failure
    if stream is sys.stdout and not isinstance(error, BrokenPipeError):
        _failure = _failure or error
    silence(stream)


def is_quiet() -> bool:
    """Whether only what was asked for is printed."""
    return _quiet


def trouble(message: str) -> None:
    """An error on stderr, after everything that stdout has to say up to now."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _fail(error, sys.stdout)
    _print(f"{tr('error: ')}{tr(message)}", sys.stderr)


def put(data: bytes) -> None:
    """A text that was asked for, on stdout: its bytes, or what can be shown of it on a terminal."""
    if sys.stdout.isatty():
        sys.stdout.write(shown(data.decode("utf-8", "surrogateescape")))
    else:
        sys.stdout.buffer.write(data)


def put_lines(lines: Iterable[str]) -> None:
    """Lines with their ends on stdout; on a terminal as `put` shows them."""
    sys.stdout.writelines(map(shown, lines) if sys.stdout.isatty() else lines)


def in_colour(stream: IO[str]) -> bool:
    """Whether a stream is a terminal whose owner has nothing against colour (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def console(stream: IO[str]) -> Console:
    """A rich console for tables; in a pipe it is as wide as the table wants to be."""
    from rich.console import Console

    return Console(file=stream, width=None if stream.isatty() else 1000, highlight=False)


def count(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it belongs."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
