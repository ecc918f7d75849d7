"""The reader's editor, opened at a line of a file."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

from textclean.cli.output import trouble


def open_in_editor(path: Path, line: int) -> bool:
    """Open a file in the reader's editor and wait; False: it cannot be."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    words = shlex.split(editor)
    how = _AT_LINE.get(Path(words[0]).stem, _plus)
    try:
        return subprocess.run([*words, *how(path, line)], check=False).returncode == 0
    except OSError as error:
        trouble(f"{editor}: {error.strerror}")
        return False


def _plus(path: Path, line: int) -> list[str]:
    return [f"+{line}", str(path)]


def _goto(path: Path, line: int) -> list[str]:
    return ["--wait", "--goto", f"{path}:{line}"]


def _colon(path: Path, line: int) -> list[str]:
    return [f"{path}:{line}"]


# How editors are told a line; those that are not here take it as vi does.
_AT_LINE: dict[str, Callable[[Path, int], list[str]]] = {
    "code": _goto,
    "codium": _goto,
    "subl": _colon,
    "hx": _colon,
    "zed": _colon,
}
