"""The odds of a number against a name in a context, counted in clean prose.

``data/contexts.txt`` holds log-odds in tenths of a nat for the text behind a value (up to four
characters) and before it (up to three). The longest entry that fits counts. No row of the gold set
is in it. `tools.training.contexts` writes it; the README of the data folder names the sources.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textclean.text.classes import SPACE_CLASS
from textclean.text.lexicon_files import read_lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLE = Path(__file__).parent / "data" / "contexts.txt"
_REACH_RIGHT, _REACH_LEFT = 4, 3
# Marks as the corpora have them; the sign for a line end.
_FOLD = str.maketrans(",;:?!()-–－", "，；：？！（）———")
LINE_END = "\n"


class Context(NamedTuple):
    """The text around a run: marks full-width, no spaces beside it, line ends as ``\\n``."""

    left: str
    right: str

    def number(self) -> int:
        """The log-odds of a number against a name, in tenths of a nat."""
        right, left = _tables()
        behind = [self.right[:length] for length in range(_REACH_RIGHT, 0, -1)]
        before = [self.left[-length:] for length in range(_REACH_LEFT, 0, -1)]
        score = next((right[entry] for entry in behind if entry in right), 0)
        odds = next((left[entry] for entry in before if entry in left), 0)
        # The text before says less: it was counted over everything that may follow.
        return score + max(-20, min(20, odds)) // 2


def context(text: str, start: int, end: int, reach: int = 8) -> Context:
    """The context of ``text[start:end]``, up to `reach` characters on either side."""
    left = text[max(0, start - reach - 4) : start].rstrip(SPACE_CLASS)
    right = text[end : end + reach + 4].lstrip(SPACE_CLASS)
    if not left or left[-1] in "\r\n":
        left = left.rstrip() + LINE_END
    if not right or right[0] in "\r\n":
        right = LINE_END + right.lstrip()
    return Context(left[-reach:].translate(_FOLD), right[:reach].translate(_FOLD))


@cache
def _tables() -> tuple[Mapping[str, int], Mapping[str, int]]:
    tables: list[dict[str, int]] = []
    for line in read_lexicon(_TABLE).splitlines():
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
