"""The fold of a text: what is left when everything that copies of a text differ in is taken away.

Width, case, Traditional forms, spaces, punctuation, Markdown and HTML marks go. What is content
stays: letters, ideographs and digits; the sign, the point and the range of a number (``-3.5``,
``1969~1975``, whatever the dash); signs of measure; operators, arrows, boxes and emoji; ``C#``;
underscores and capitals of identifiers. So two texts with the same fold say the same, and are exact
copies. The fold only serves to compare: nothing is ever written back from it.

Which sign is content where it stands is said in `fold_signs`. The stars of a masked number
(``138****1234``) become ``x`` like every other placeholder.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterator, Set
from functools import cache
from typing import NamedTuple

from textclean.dedup.fold_signs import SIGNS, sign, tables
from textclean.text.variants import fold_table, radicals

#: Characters of a fold that are a shingle. Three, because a wrong character spoils as many shingles
#: as a shingle is long: at 2 % wrong characters a copy keeps a Jaccard similarity of 0.89 to its
#: original with three and 0.82 with five, and a copy of 60 characters with two of them wrong keeps
#: 0.81 or 0.69, which is below the default threshold. What three lets through, `verify` looks at
#: once more.
SHINGLE_SIZE = 3

_KEPT_SIGNS = frozenset("‰°+±%$€£¥")
_KEPT_CATEGORIES = frozenset("LMN")
_REWRITTEN = {"×": "x", "○": "〇", "◯": "〇", "﹪": "%", "％": "%"}
# Mathematical signs that are typed for a mark; and the blocks of other symbols that say something:
# arrows, ticks and boxes, emoji. Bullets and stars decorate.
_MARKS = frozenset("~|⋯∙⋅∼¬¦")
_SYMBOLS = (range(0x2190, 0x2200), range(0x2600, 0x27C0), range(0x1F000, 0x1FB00))
_ORNAMENTS = frozenset("★☆✦✧✩✪✫✬✭✮✯❖❤♦◆")


class Folded(NamedTuple):
    """A fold, and for each of its characters the offset of the character it came from."""

    text: str
    offsets: array[int]


def fold(text: str) -> str:
    """The fold of `text`: never longer than its compatibility decomposition, possibly empty."""
    if SIGNS.isdisjoint(text):
        return text.translate(_table())
    return "".join(part for part, _ in _parts(text))


def fold_with_offsets(text: str) -> Folded:
    """The fold of `text` with the way back: ``offsets[i]`` is where its character `i` came from."""
    parts: list[str] = []
    offsets = array("q")
    for part, offset in _parts(text):
        parts.append(part)
        offsets.extend([offset] * len(part))
    return Folded("".join(parts), offsets)


def fold_character(code: int) -> str | None:
    """What a code point folds to wherever it stands; None if that depends on what is beside it."""
    return None if chr(code) in SIGNS else _table()[code]


def _parts(text: str) -> Iterator[tuple[str, int]]:
    """What the characters of a text fold to, one after another, and their offsets."""
    table, of_signs = _table(), tables()
    codes = list(map(ord, text))
    at, end, equals = 0, len(codes), "=" in text
    while at < end:
        if text[at] in SIGNS:
            folded, following = sign(codes, at, 0, end, *of_signs, equals)
            if folded:
                yield chr(folded), at
            at = following
        else:
            if part := table[codes[at]]:
                yield part, at
            at += 1


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
    if category == "Sm":
        return character not in _MARKS and character not in SIGNS
    if category == "So":
        kept = any(ord(character) in block for block in _SYMBOLS)
        return kept and character not in _ORNAMENTS
    # Private-use characters are glyphs that an extractor could not name, so they are content.
    # Variation selectors only choose among the shapes of the character before them.
    return category == "Co" or (
        category[0] in _KEPT_CATEGORIES and not unicodedata.name(character, "").startswith("VARIAT")
    )


@cache
def _table() -> _FoldTable:
    return _FoldTable()


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
