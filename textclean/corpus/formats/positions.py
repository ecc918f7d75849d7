"""Lines and columns: an offset in a text as editors count it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_BREAK = re.compile(r"\r\n|\r|\n")


class Position(NamedTuple):
    """A place in a text; both count from 1, columns count code points."""

    line: int
    column: int


class Lines:
    """Where the lines of a text begin: found once, then asked for many offsets."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def position(self, offset: int) -> Position:
        """The line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)
