"""How much more often a number than a name stands in a context, counted in clean prose.

``data/contexts.txt`` holds natural logarithms of odds, in tenths, for what follows a value (up to
four characters) and for what goes before it (up to three): the redactor's mask hides which it was,
but what stands around it does not. The longest entry that fits counts. Written by
`tools.training.contexts`; the data folder's README names the sources.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLE = Path(__file__).parent / "data" / "contexts.txt"
_REACH_RIGHT, _REACH_LEFT = 4, 3
# Marks as the corpora have them; what is before the first character of a line and behind its last.
_FOLD = str.maketrans(",;:?!()-–－", "，；：？！（）———")
LINE_END = "\n"


class Context(NamedTuple):
    """What stands around a run: marks full-width, spaces beside it away, lines ended by ``\\n``."""

    left: str
    right: str

    def number(self) -> int:
        """How much speaks for a number and against a name, in tenths of a logarithm of odds."""
        right, left = _tables()
        score = 0
        for length in range(min(_REACH_RIGHT, len(self.right)), 0, -1):
            found = right.get(self.right[:length])
            if found is not None:
                score = found
                break
        for length in range(min(_REACH_LEFT, len(self.left)), 0, -1):
            found = left.get(self.left[-length:])
            if found is not None:
                # What goes before says less: it was counted over all that may follow.
                score += max(-20, min(20, found)) // 2
                break
        return score


def context(text: str, start: int, end: int, reach: int = 8) -> Context:
    """What stands around ``text[start:end]``, up to `reach` characters on either side."""
    left = text[max(0, start - reach - 4) : start].rstrip(" \t\u3000")
    right = text[end : end + reach + 4].lstrip(" \t\u3000")
    if not left or left[-1] in "\r\n":
        left = left.rstrip() + LINE_END
    if not right or right[0] in "\r\n":
        right = LINE_END + right.lstrip()
    return Context(left[-reach:].translate(_FOLD), right[:reach].translate(_FOLD))


@cache
def _tables() -> tuple[Mapping[str, int], Mapping[str, int]]:
    tables: list[dict[str, int]] = []
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("["):
            tables.append({})
            continue
        score, *contexts = line.split(" ")
        for entry in contexts:
            tables[-1][entry.replace("¶", LINE_END).replace("_", " ")] = int(score)
    right, left = tables
    return right, left
