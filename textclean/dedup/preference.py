"""Which of several copies is kept.

The choice is defined, so that every engine reaches it: texts are taken in order of damage, length,
content and place, and each is kept unless one already kept is a copy of it. That is the
lexicographically first maximal independent set of the graph of copies. Every removed text has a
verified edge to the very text that stays, so that a chain of ever less similar texts never
collapses into one. `representatives` has the same order for many texts, in arrays, and
`kernels.choosing` the compiled twin of `damage`, which shares the tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from textclean.config import Keep


class ByValue:
    """Of several copies the one of greatest value stays.

    Args:
        value: gives the value of a text, by its index.
        own: the texts from this index on are a reference, which stays before all others.
    """

    def __init__(self, value: Callable[[int], Any], own: int) -> None:
        self._value, self._own = value, own

    def ranks(self, indices: Sequence[int]) -> list[int]:
        """The place of each text among all values of these texts, from the least on.

        Raises:
            TypeError: the values cannot be compared or hashed.
        """
        values = {index: self._value(index) for index in indices if index < self._own}
        try:
            numbers = {value: number for number, value in enumerate(sorted(set(values.values())))}
        except TypeError as error:
            raise TypeError(f"keep: its values cannot be put in order: {error}") from None
        most = len(numbers)
        return [numbers[values[index]] if index in values else most for index in indices]


#: Which of several copies stays: the best, the first, the longest, or that of greatest value.
KeepBy = Keep | ByValue
#: Quotes and their like, an opening and a closing mark each.
PAIRS = ("“”", "‘’", "「」", "『』", "《》")
#: The pair whose closing mark is also an apostrophe: without any opening one it says nothing.
APOSTROPHES = PAIRS.index("‘’")
STRAIGHT = '"＂'
#: What ends a sentence, and what may stand behind that.
ENDS = "。！？!?….;；:：｡"
CLOSERS = " \t\r\n\u3000*_`~\"'”’」』）)]】》〉>"
#: What a placeholder is made of.
MASKS = "xXｘＸ×*"

#: What may belong to a residue.
RESIDUES = "&<０１２３４５６７８９．-"
_ENDS = frozenset(ENDS)
# Entities and elements of HTML, a word parted at the end of a line, a number in digits of two
# widths.
_RESIDUE = re.compile(
    r"&#?[A-Za-z0-9]{2,8};|</?[A-Za-z][A-Za-z0-9]{0,7}(?:\s[^<>]*)?/?>|[A-Za-z]-\s*\n\s*[a-z]"
    r"|[0-9][.．]?[０-９]|[０-９][.．]?[0-9]|[0-9]．[0-9]"
)
_PLACEHOLDER = re.compile(r"(?<![A-Za-z])[xXｘＸ×]{2,}(?![A-Za-z])|(?<=[0-9０-９])\*{2,}")
_RESIDUE_SIGNS = frozenset(RESIDUES)
_COUNTED = (*"".join(PAIRS), *STRAIGHT, *MASKS)


def damage(text: str) -> int:
    """How much is visibly wrong: a point for each unbalanced quote, lost end, placeholder, and
    residue.
    """
    truncated = int(text.rstrip(CLOSERS)[-1:] not in _ENDS)
    marks = {mark: text.count(mark) for mark in _COUNTED if mark in text}
    if not _RESIDUE_SIGNS.isdisjoint(text):
        truncated += residues(text)
    if not marks:
        return truncated
    count = marks.get
    unbalanced = sum(count(mark, 0) for mark in STRAIGHT) % 2
    for number, pair in enumerate(PAIRS):
        if number != APOSTROPHES or pair[0] in marks:
            unbalanced += abs(count(pair[0], 0) - count(pair[1], 0))
    if marks.keys().isdisjoint(MASKS):
        return truncated + unbalanced
    return truncated + unbalanced + placeholders(text)


def residues(text: str) -> int:
    """How much of HTML, of line breaks within words, or of two widths in one number is left."""
    return sum(1 for _ in _RESIDUE.finditer(text))


def placeholders(text: str) -> int:
    """How many values are masked."""
    return sum(1 for _ in _PLACEHOLDER.finditer(text))


def preference(texts: Sequence[str], indices: Sequence[int], keep: KeepBy = "best") -> list[int]:
    """`indices` of `texts` from the one to keep first to the one to keep last.

    The order of the best is: least damage, then most characters that are not spaces (spaces are
    what a wrapped line or a lost mark leaves), then the content, then the lowest place. Of contents
    the later in code point order comes first: which, is arbitrary, but the same wherever they
    stand. Of equal values the best comes first, of equal lengths the lowest place.
    """
    if len(indices) < 2:
        return list(indices)
    ordered = sorted(indices)
    if keep == "first":
        return ordered
    if keep == "longest":
        return sorted(ordered, key=lambda index: len(texts[index]), reverse=True)
    ordered.sort(key=texts.__getitem__, reverse=True)
    sizes = {index: sum(map(len, texts[index].split())) for index in ordered}
    ordered.sort(key=lambda index: (damage(texts[index]), -sizes[index]))
    if isinstance(keep, ByValue):
        ranks = dict(zip(ordered, keep.ranks(ordered), strict=True))
        ordered.sort(key=ranks.__getitem__, reverse=True)
    return ordered
