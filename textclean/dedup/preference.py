"""Which of several copies is kept.

The choice is defined, so that every engine reaches it: texts are taken in order of damage, length,
content and place, and each is kept unless one already kept is a copy of it. That is the
lexicographically first maximal independent set of the graph of copies. Whatever goes has a verified
edge to the very text that stays, so that a chain of ever less similar texts never collapses into
one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from textclean.dedup.buffers import chunks
from textclean.dedup.thread_pool import Crew

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from textclean.dedup.folding import FoldedTexts
    from textclean.dedup.kernels.precompile import Choosing, Compiling

_PAIRS = ("“”", "‘’", "「」", "『』", "《》")
_ENDS = frozenset("。！？!?….;；:：｡")
_CLOSERS = " \t\r\n\u3000*_`~\"'”’」』）)]】》〉>"
_PLACEHOLDER = re.compile(r"(?<![A-Za-z])[xXｘＸ×]{2,}(?![A-Za-z])|(?<=[0-9０-９])\*{2,}")
# Every mark but a lost end that damage could be told by.
_MARKS = (*"".join(_PAIRS), '"', "＂", *"xXｘＸ×*")
_PLACEHOLDER_MARKS = frozenset("xXｘＸ×*")


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
    if len(ordered) < 2:
        return ordered
    sizes = {index: sum(map(len, texts[index].split())) for index in ordered}
    known = {index: (damage(texts[index]), -sizes[index]) for index in ordered}
    ordered.sort(key=known.__getitem__)
    chosen: list[int] = []
    for _, equal in groupby(ordered, known.__getitem__):
        tied = list(equal)
        if len(tied) > 1:
            tied.sort(key=texts.__getitem__, reverse=True)
        chosen += tied
    return chosen


def merits(
    codes: NDArray[np.uint32], starts: NDArray[np.int64], loops: Choosing
) -> NDArray[np.int64]:
    """What the order of `preference` asks of some texts: a row each of `kernels.choosing.COLUMNS`.

    Args:
        codes: their code points.
        starts: where each begins, and where the last ends.
    """
    import numpy as np

    from textclean.dedup.kernels.choosing import COLUMNS, DAMAGE, MASKS

    found = np.empty((len(starts) - 1, COLUMNS), np.int64)
    loops.weigh(codes, starts, _kinds_of_characters(), _PAIRS.index("‘’"), found)
    for text in np.flatnonzero(found[:, MASKS] > 1).tolist():
        own = codes[starts[text] : starts[text + 1]].tobytes().decode("utf-32-le")
        found[text, DAMAGE] += sum(1 for _ in _PLACEHOLDER.finditer(own))
    return found


def ranked(
    texts: FoldedTexts, indices: NDArray[np.int64], compiling: Compiling, crew: Crew
) -> NDArray[np.int64]:
    """As `preference`, of many texts."""
    import numpy as np

    from textclean.dedup.kernels.choosing import COLUMNS, DAMAGE, FIRST, SECOND, SIZE

    sizes = texts.sizes[indices]
    loops = compiling.choosing(int(sizes.sum()))

    def look(chunk: range) -> NDArray[np.int64]:
        return merits(*texts.codes(indices[chunk.start : chunk.stop]), loops)

    found = crew.each(look, chunks(sizes))
    told = np.concatenate([np.zeros((0, COLUMNS), np.int64), *found])
    told = np.stack([told[:, DAMAGE], -told[:, SIZE], -told[:, FIRST], -told[:, SECOND]])
    order = np.lexsort([indices, *told[::-1]])
    tied = (np.diff(told[:, order]) == 0).all(axis=0)
    opens = np.flatnonzero(np.diff(tied, prepend=False, append=False))
    # Those that begin alike, too, are told apart by the rest of them.
    together = np.zeros(len(order), np.bool_)
    together[1:] |= tied
    together[:-1] |= tied
    among = indices[order[together]]
    content = dict(zip(among.tolist(), texts.texts.strings(among), strict=True))
    ordered: list[int] = indices[order].tolist()
    for start, last in zip(opens[::2].tolist(), opens[1::2].tolist(), strict=True):
        equal = ordered[start : last + 1]
        ordered[start : last + 1] = sorted(equal, key=content.__getitem__, reverse=True)
    return np.array(ordered, np.int64)


@cache
def _kinds_of_characters() -> NDArray[np.uint8]:
    """The kind of each code point below 65,536, as `kernels.choosing.weigh` takes it."""
    import numpy as np

    from textclean.dedup.kernels.choosing import CLOSES, ENDS, MASK, SPACE, STRAIGHT

    kinds = np.zeros(0x10000, np.uint8)
    kinds[[code for code in range(0x10000) if chr(code).isspace()]] = SPACE
    for number, mark in enumerate("".join(_PAIRS), 1):
        kinds[ord(mark)] = number
    kinds[[ord(mark) for mark in '"＂']] = STRAIGHT
    kinds[[ord(mark) for mark in _PLACEHOLDER_MARKS]] = MASK
    kinds[[ord(mark) for mark in _CLOSERS]] |= CLOSES
    kinds[[ord(mark) for mark in _ENDS]] |= ENDS
    return kinds
