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
from collections.abc import Set
from functools import cache
from typing import NamedTuple

from textclean.text.variants import fold_table, radicals

#: Characters of a fold that are a shingle. Three, because a wrong character spoils as many shingles
#: as a shingle is long: at 2 % wrong characters a copy keeps a Jaccard similarity of 0.89 to its
#: original with three and 0.82 with five, and a copy of 60 characters with two of them wrong keeps
#: 0.81 or 0.69, which is below the default threshold. What three lets through, `verify` looks at
#: once more.
SHINGLE_SIZE = 3

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


def shingles(fold: str) -> frozenset[str]:
    """The distinct shingles of a fold; a fold shorter than one is its own, the empty one has none.

    >>> sorted(shingles("一江春水"))
    ['一江春', '江春水']
    """
    if len(fold) <= SHINGLE_SIZE:
        return frozenset([fold] if fold else [])
    return frozenset(map("".join, zip(fold, fold[1:], fold[2:], strict=False)))


def jaccard(first: Set[str], second: Set[str]) -> float:
    """``|A ∩ B| / |A ∪ B|``, from 0 to 1; of two empty sets 0, for nothing is no copy."""
    common = len(first & second)
    union = len(first) + len(second) - common
    return common / union if union else 0.0
