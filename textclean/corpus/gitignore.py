"""What ``.gitignore`` files name below a folder, as git reads them.

Those of the folders above count as well, up to the one that holds ``.git``, unless they name the
folder itself: then it is meant. A pattern counts from the folder of its file; the deeper file
decides, and in one file the later line. What is in a folder that is passed over cannot be taken in
again.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from textclean.corpus.glob_patterns import GlobPatterns
from textclean.text.opening import read_ordinary

_NAME = ".gitignore"
# A hundred times what the longest of large repositories has.
_MOST_BYTES = 1 << 20


class GitIgnore:
    """The ``.gitignore`` files that count for what is below a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._patterns = cache(_patterns)
        real = Path(os.path.realpath(root))
        #: The folders above whose files count, the nearest first.
        self._above = _within_repository(real)
        if self._decides([(folder, real) for folder in self._above], is_folder=True):
            self._above = []

    def matches(self, path: Path, *, is_folder: bool) -> bool:
        """Whether a file or folder below the root is passed over; those above it are not."""
        inside = path.relative_to(self._root)
        folders = [self._root.joinpath(*inside.parts[:depth]) for depth in range(len(inside.parts))]
        real = Path(os.path.realpath(self._root), inside)
        places = [(folder, path) for folder in reversed(folders)]
        places += ((folder, real) for folder in self._above)
        return self._decides(places, is_folder=is_folder)

    def _decides(self, places: Sequence[tuple[Path, Path]], *, is_folder: bool) -> bool:
        """What the first of some folders says that says anything of what is below it."""
        for folder, below in places:
            patterns = self._patterns(folder)
            if patterns is None:
                continue
            name = below.relative_to(folder).as_posix() + ("/" if is_folder else "")
            if (decided := patterns.decides(name)) is not None:
                return decided
        return False


def _within_repository(root: Path) -> list[Path]:
    """The folders above one, up to that of its repository; none, where there is no repository."""
    folders: list[Path] = []
    if (root / ".git").exists():
        return folders
    for folder in root.parents:
        folders.append(folder)
        if (folder / ".git").exists():
            return folders
    return []


def _patterns(folder: Path) -> GlobPatterns | None:
    try:
        data = read_ordinary(folder / _NAME, _MOST_BYTES)
    except OSError:
        return None
    return GlobPatterns(data.decode("utf-8", errors="surrogateescape").split("\n"))
