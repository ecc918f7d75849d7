"""How many of some documents have each line: what is shared by many, and what is a document's own.

A line is named by what it holds but for spaces. Names are numbers, and only of lines that several
documents have: of millions of documents most lines are in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

#: A line is shared if so many documents have it, and so many times as many as have the lines by
#: which the document is told from others: a fifth of it, which the fewest have.
SHARERS, TIMES, OWN = 3, 3, 5
# Names that are counted together.
_BLOCK = 1 << 20


def line_name(line: str) -> str:
    """What names a line: itself without spaces."""
    return "".join(line.split())


class SharedLines:
    """The lines that several documents have."""

    def __init__(self, texts: Iterable[str]) -> None:
        names: list[int] = []
        blocks: list[NDArray[np.int64]] = []
        for text in texts:
            names += {hash(name) for name in map(line_name, text.splitlines()) if name}
            if len(names) > _BLOCK:
                blocks.append(np.array(names, np.int64))
                names = []
        blocks.append(np.array(names, np.int64))
        counted = np.unique(np.concatenate(blocks), return_counts=True)
        several = counted[1] > 1
        columns = (column[several].tolist() for column in counted)
        self._counts: dict[int, int] = dict(zip(*columns, strict=True))

    def documents(self, name: str) -> int:
        """How many documents have a line, given its name; 1 for what no two have."""
        return self._counts.get(hash(name), 1)

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
