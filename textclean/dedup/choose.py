"""Which of several copies is kept.

The choice is defined, so that every engine reaches it: texts are taken in order of damage, length,
content and place, and each is kept unless one already kept is a copy of it. That is the
lexicographically first maximal independent set of the graph of copies. Whatever goes has a verified
edge to the very text that stays, so that a chain of ever less similar texts never collapses into
one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PAIRS = ("“”", "‘’", "「」", "『』", "《》")
_ENDS = frozenset("。！？!?….;；:：｡")
_CLOSERS = " \t\r\n\u3000*_`~\"'”’」』）)]】》〉>"
_PLACEHOLDER = re.compile(r"(?<![A-Za-z])[xXｘＸ×]{2,}(?![A-Za-z])|(?<=[0-9０-９])\*{2,}")
# Every mark but a lost end that damage could be told by.
_MARKS = (*"".join(_PAIRS), '"', "＂", *"xXｘＸ×*")
_PLACEHOLDER_MARKS = frozenset("xXｘＸ×*")

#: Damage, and the number of characters that are not spaces, negated: least for what is best.
Merit = tuple[int, int]

# So many texts are looked at one by one; more of them in arrays.
_FEW = 64

Score = TypeVar("Score")


def damage(text: str) -> int:
    """How much is visibly wrong: a point for each unbalanced quote, lost end, and placeholder."""
    truncated = int(text.rstrip(_CLOSERS)[-1:] not in _ENDS)
    marks = {mark: text.count(mark) for mark in _MARKS if mark in text}
    if not marks:
        return truncated
    count = marks.get
    unbalanced = sum(abs(count(pair[0], 0) - count(pair[1], 0)) for pair in _PAIRS)
    # ’ is also an apostrophe: alone, without any ‘, it says nothing.
    if "‘" not in marks:
        unbalanced -= count("’", 0)
    unbalanced += (count('"', 0) + count("＂", 0)) % 2
    if _PLACEHOLDER_MARKS.isdisjoint(marks):
        return truncated + unbalanced
    return truncated + unbalanced + sum(1 for _ in _PLACEHOLDER.finditer(text))


def preferred(texts: Sequence[str], indices: Sequence[int], known: Mapping[int, Merit]) -> int:
    """The first in the order of `preference`, of different texts.

    Args:
        known: what `merits` says of the indices.
    """
    best = min(map(known.__getitem__, indices))
    tied = [index for index in indices if known[index] == best]
    return tied[0] if len(tied) == 1 else max(tied, key=texts.__getitem__)


def preference(texts: Sequence[str], indices: Sequence[int]) -> list[int]:
    """`indices` of `texts` from the one to keep first to the one to keep last.

    The order is: least damage, then most characters that are not spaces (spaces are what a wrapped
    line or a lost mark leaves), then the content, then the lowest place. Of contents the later in
    code point order comes first: which, is arbitrary, but the same wherever they stand.
    """
    ordered = sorted(indices)
    if len(ordered) < 2:
        return ordered
    known = {index: _merit(texts[index]) for index in ordered}
    ordered.sort(key=known.__getitem__)
    chosen: list[int] = []
    for _, equal in groupby(ordered, known.__getitem__):
        tied = list(equal)
        if len(tied) > 1:
            tied.sort(key=texts.__getitem__, reverse=True)
        chosen += tied
    return chosen


def merits(texts: Sequence[str], indices: Sequence[int]) -> dict[int, Merit]:
    """The merit of each of some texts, by their indices; of more than a few by numpy."""
    chosen = [texts[index] for index in indices]
    if len(chosen) <= _FEW:
        return dict(zip(indices, map(_merit, chosen), strict=True))
    damages, sizes = _merits(chosen)
    return dict(zip(indices, zip(damages.tolist(), sizes.tolist(), strict=True), strict=True))


def preference_among_many(texts: Sequence[str], indices: Sequence[int]) -> list[int]:
    """As `preference`, without a Python object for each merit."""
    if len(indices) <= _FEW:
        return preference(texts, indices)
    import numpy as np

    damages, sizes = _merits([texts[index] for index in indices])
    places = np.array(indices)
    order = np.lexsort([places, sizes, damages])
    ordered: list[int] = places[order].tolist()
    tied = (np.diff(damages[order]) == 0) & (np.diff(sizes[order]) == 0)
    opens = np.flatnonzero(np.diff(tied, prepend=False, append=False))
    for start, last in zip(opens[::2].tolist(), opens[1::2].tolist(), strict=True):
        equal = ordered[start : last + 1]
        ordered[start : last + 1] = sorted(equal, key=texts.__getitem__, reverse=True)
    return ordered


def first_independent_set(
    order: Sequence[int], edges: Mapping[int, Mapping[int, Score]], kept: set[int]
) -> set[int]:
    """The nodes to keep of `order`, taken first to last, beside those in `kept` already."""
    chosen: set[int] = set()
    for node in order:
        near = edges.get(node)
        if not near or (near.keys().isdisjoint(chosen) and near.keys().isdisjoint(kept)):
            chosen.add(node)
    return chosen


def _merit(text: str) -> Merit:
    return damage(text), -sum(map(len, text.split()))


# What a character counts as: nothing, one of a pair by its place in `_PAIRS`, or one of these.
_FIRST, _STRAIGHT = 1, 1 + 2 * len(_PAIRS)
_MASK, _SPACE, _KINDS = _STRAIGHT + 1, _STRAIGHT + 2, 16


def _merits(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """As `_merit`, of many texts: characters are looked up in a table and counted."""
    import numpy as np

    kinds, closes, ends = _tables()
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), "<u4")
    codes = np.append(np.minimum(codes, 0xFFFF), np.uint32(0xFFFF))
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    stops = np.cumsum(lengths)
    found = kinds[codes[:-1]]
    marked = np.flatnonzero(found != 0)
    marks = np.searchsorted(stops, marked, side="right") * _KINDS + found[marked]
    counts = np.bincount(marks, minlength=len(texts) * _KINDS).reshape(-1, _KINDS)
    opening, closing = counts[:, _FIRST:_STRAIGHT:2], counts[:, _FIRST + 1 : _STRAIGHT : 2]
    unbalanced = np.abs(opening - closing)
    # ’ is also an apostrophe: alone, without any ‘, it says nothing.
    single = _PAIRS.index("‘’")
    unbalanced[opening[:, single] == 0, single] = 0
    damages = unbalanced.sum(axis=1) + counts[:, _STRAIGHT] % 2
    last = stops - 1
    passed = np.flatnonzero(lengths)
    while len(passed := passed[closes[codes[last[passed]]]]):
        last[passed] -= 1
        passed = passed[last[passed] >= stops[passed] - lengths[passed]]
    damages += ~ends[codes[last]] | (last < stops - lengths)
    for index in np.flatnonzero(counts[:, _MASK]).tolist():
        damages[index] += sum(1 for _ in _PLACEHOLDER.finditer(texts[index]))
    return damages, counts[:, _SPACE] - lengths


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.bool_], NDArray[np.bool_]]:
    """For each code point below 65,535 its kind, whether it closes a sentence or ends it."""
    import numpy as np

    kinds = np.zeros(0x10000, np.uint8)
    kinds[[code for code in range(0xFFFF) if chr(code).isspace()]] = _SPACE
    for number, mark in enumerate("".join(_PAIRS)):
        kinds[ord(mark)] = _FIRST + number
    kinds[[ord(mark) for mark in '"＂']] = _STRAIGHT
    kinds[[ord(mark) for mark in _PLACEHOLDER_MARKS]] = _MASK
    closes, ends = np.zeros((2, 0x10000), np.bool_)
    closes[[ord(mark) for mark in _CLOSERS]] = True
    ends[[ord(mark) for mark in _ENDS]] = True
    return kinds, closes, ends
