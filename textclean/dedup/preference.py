"""Which of several copies is kept.

The choice is defined, so that every engine reaches it: texts are taken in order of damage, length,
content and place, and each is kept unless one already kept is a copy of it. That is the
lexicographically first maximal independent set of the graph of copies. Every removed text has a
verified edge to the very text that stays, so that a chain of ever less similar texts never
collapses into one. `representatives` has the same order for many texts, in arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from textclean.dedup.damage import damage


def preference(texts: Sequence[str], indices: Sequence[int]) -> list[int]:
    """`indices` of `texts` from the one to keep first to the one to keep last.

    The order is: least damage, then most characters that are not spaces (spaces are what a wrapped
    line or a lost mark leaves), then the content, then the lowest place. Of contents the later in
    code point order comes first: which, is arbitrary, but the same wherever they stand.
    """
    ordered = sorted(indices)
    if len(ordered) < 2:
        return ordered
    sizes = {index: sum(map(len, texts[index].split())) for index in ordered}
    keys = {index: (damage(texts[index]), -sizes[index]) for index in ordered}
    ordered.sort(key=keys.__getitem__)
    preferred: list[int] = []
    for _, equal in groupby(ordered, keys.__getitem__):
        tied = list(equal)
        if len(tied) > 1:
            tied.sort(key=texts.__getitem__, reverse=True)
        preferred += tied
    return preferred
