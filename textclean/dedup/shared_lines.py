"""How many of some documents have each line: what is shared by many, and what is a document's own.

A line is named by what it holds but for spaces. Names are numbers, and only of lines that several
documents have: of millions of documents most lines are in one.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from textclean.dedup.spill import PartStore


#: A line is shared if so many documents have it, and so many times as many as have the lines by
#: which the document is told from others: a fifth of it, which the fewest have.
SHARERS, TIMES, OWN = 3, 3, 5
# Names that are sorted into parts together, and in how many.
_BLOCK, _PARTS = 1 << 18, 32


def line_name(line: str) -> str:
    """What names a line: itself without spaces."""
    return "".join(line.split())


class SharedLines:
    """The lines that several documents have.

    Args:
        store: where names are kept until all are known; it is given up then. None: in memory.
    """

    def __init__(self, texts: Iterable[str], store: PartStore | None = None) -> None:
        names: list[int] = []
        blocks: list[NDArray[np.int64]] = []

        def keep() -> None:
            block = np.array(names, np.int64)
            names.clear()
            if store is None:
                blocks.append(block)
            else:
                store.split(block.view(np.uint64), _PARTS)

        for text in texts:
            names += {hash(name) for name in map(line_name, text.splitlines()) if name}
            if len(names) > _BLOCK:
                keep()
        keep()
        if store is None:
            parts = iter([np.concatenate(blocks)])
        else:
            parts = (store.joined(part).view(np.int64) for part in range(_PARTS))
        #: Their names, by parts in order, and how many documents have each.
        self._names: list[array[int]] = []
        self._counts: list[array[int]] = []
        for part in parts:
            counted, counts = np.unique(part, return_counts=True)
            several = counts > 1
            self._names.append(array("q", counted[several].tobytes()))
            self._counts.append(array("i", counts[several].astype(np.intc).tobytes()))
        if store is not None:
            store.clear()

    def documents(self, name: str) -> int:
        """How many documents have a line, given its name; 1 for what no two have."""
        number = hash(name)
        part = number % len(self._names)
        names = self._names[part]
        place = bisect_left(names, number)
        if place == len(names) or names[place] != number:
            return 1
        return self._counts[part][place]

    def least(self, names: Sequence[str]) -> int | None:
        """From how many documents on a line of one document is shared; None if none of it is.

        Args:
            names: of its lines.
        """
        own = sorted((self.documents(name), len(name)) for name in names if name)
        if not own or own[-1][0] < SHARERS:
            return None
        left = sum(size for _, size in own) // OWN
        for number, size in own:
            left -= size
            if left < 0:
                return max(SHARERS, TIMES * number)
        return None
