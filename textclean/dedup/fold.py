"""The fold of a text: what is left when everything that copies of a text differ in is taken away.

Width, case, Traditional forms, spaces, punctuation and Markdown marks go; letters, ideographs and
digits stay. Two texts with the same fold are exact copies. The fold only serves to compare: nothing
is ever written back from it.

Signs of measure (``℃``, ``‰``) are part of what is said, and stay, as do the stars of a masked
number (``138****1234``), which become ``x`` like every other placeholder. A decimal point goes with
the other marks: where nothing but a point is missing, one copy has lost it, and the longer one is
kept.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import cache
from typing import NamedTuple

from textclean.text.variants import fold_table, radicals

_KEPT_SIGNS = frozenset("‰°+±≤≥$€£¥")
_KEPT_CATEGORIES = frozenset("LMN")
_REWRITTEN = {"×": "x", "○": "〇", "◯": "〇"}

# Whether a star is content depends on what stands beside it, so that is settled before the table
# sees it; one that stays is written as a code point that no text uses (a noncharacter).
_STAR = "\U0001ffff"
_MASKED = re.compile(r"(?<=[0-9０-９])(?:[*＊]+(?=[0-9０-９])|[*＊]{3,})")


class Folded(NamedTuple):
    """A fold, and for each of its characters the offset of the character it came from."""

    text: str
    offsets: array[int]


def fold(text: str) -> str:
    """The fold of `text`: never longer than its compatibility decomposition, possibly empty."""
    return _settle_stars(text).translate(_table())


def fold_with_offsets(text: str) -> Folded:
    """The fold of `text` with the way back: ``offsets[i]`` is where its character `i` came from."""
    table = _table()
    parts: list[str] = []
    offsets = array("q")
    for offset, character in enumerate(_settle_stars(text)):
        if part := table[ord(character)]:
            parts.append(part)
            offsets.extend([offset] * len(part))
    return Folded("".join(parts), offsets)


def fold_character(code: int) -> str:
    """What a code point folds to wherever it stands. Only stars depend on what is beside them."""
    return _table()[code]


def _settle_stars(text: str) -> str:
    return _MASKED.sub(lambda stars: _STAR * len(stars.group()), text)


class _FoldTable(dict[int, str]):
    """What each code point becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        character = radicals().get(character, character)
        plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
        kept = "".join(_REWRITTEN.get(c, c) for c in plain)
        folded = "".join(c for c in kept if _is_content(c)).translate(fold_table())
        self[code] = folded
        return folded


def _is_content(character: str) -> bool:
    if character in _KEPT_SIGNS:
        return True
    category = unicodedata.category(character)
    # Private-use characters are glyphs that an extractor could not name, so they are content.
    # Variation selectors only choose among the shapes of the character before them.
    return category == "Co" or (
        category[0] in _KEPT_CATEGORIES and not unicodedata.name(character, "").startswith("VARIAT")
    )


@cache
def _table() -> _FoldTable:
    return _FoldTable({ord(_STAR): "x"})
