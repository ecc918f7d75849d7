"""Where words go, and in which language: UTF-8 on every stream, trouble on stderr, colour only
where someone looks.
"""

from __future__ import annotations

import io
import os
import sys
from typing import IO, TYPE_CHECKING

from textclean.report.language import Language, locale_language, tr, use_language

if TYPE_CHECKING:
    from rich.console import Console


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says; a path that is no UTF-8 comes out as its own bytes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


_quiet = False


def settle(language: Language | None = None, *, quiet: bool = False) -> None:
    """Choose the language of all that follows (by default that of the locale), and how much."""
    global _quiet
    _quiet = quiet
    use_language(language or locale_language(os.environ))


def say(line: str) -> None:
    """A line on stderr: what was done, for whoever is watching; nothing when quiet."""
    if not _quiet:
        print(tr(line), file=sys.stderr, flush=True)


def is_quiet() -> bool:
    """Whether only what was asked for is printed."""
    return _quiet


def trouble(message: str) -> None:
    """An error on stderr, after everything that stdout has to say up to now."""
    sys.stdout.flush()
    print(f"{tr('error: ')}{tr(message)}", file=sys.stderr, flush=True)


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
