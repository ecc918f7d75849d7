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
from typing import TypeVar

_PAIRS = ("“”", "‘’", "「」", "『』", "《》")
_ENDS = frozenset("。！？!?….;；:：｡")
_CLOSERS = " \t\r\n\u3000*_`~\"'”’」』）)]】》〉>"
_PLACEHOLDER = re.compile(r"(?<![A-Za-z])[xXｘＸ×]{2,}(?![A-Za-z])|(?<=[0-9０-９])\*{2,}")
# Every mark but a lost end that damage could be told by.
_MARKS = (*"".join(_PAIRS), '"', "＂", *"xXｘＸ×*")
_PLACEHOLDER_MARKS = frozenset("xXｘＸ×*")

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


def preference(texts: Sequence[str], indices: Sequence[int]) -> list[int]:
    """`indices` of `texts` from the one to keep first to the one to keep last.

    The order is: least damage, then most characters that are not spaces (spaces are what a wrapped
    line or a lost mark leaves), then the content, then the lowest place. Of contents the later in
    code point order comes first: which, is arbitrary, but the same wherever they stand.
    """
    ordered = sorted(indices)
    if len(ordered) > 1:
        ordered.sort(key=texts.__getitem__, reverse=True)
        ordered.sort(key=lambda index: _merit(texts[index]))
    return ordered


def first_independent_set(
    order: Sequence[int], edges: Mapping[int, Mapping[int, Score]], kept: set[int]
) -> set[int]:
    """The nodes to keep of `order`, taken first to last, beside those in `kept` already."""
    chosen: set[int] = set()
    for node in order:
        neighbours = edges.get(node, {}).keys()
        if neighbours.isdisjoint(chosen) and neighbours.isdisjoint(kept):
            chosen.add(node)
    return chosen


def _merit(text: str) -> tuple[int, int]:
    """Least for what is best: damage, and the number of characters that are not spaces, negated."""
    return damage(text), -sum(map(len, text.split()))
