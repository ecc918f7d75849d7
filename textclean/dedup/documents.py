"""Long texts: how much of one document stands in another, and whether what differs matters.

The question is the one that is asked of paragraphs, with an answer that may be a share: a document
goes for another one if so much of it stands there, in any order, and nothing that differs says
something else. What many documents have in common (headers, footers, advertisements) is
boilerplate, and counts for nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.fold import fold, fold_with_offsets
from textclean.dedup.kernels import covering, decision
from textclean.dedup.records import Boilerplate

#: Folded characters from which a text is compared as a document.
LONG = 200
#: A line is boilerplate if so many documents have it, and so many times as many as have the lines
#: by which the document is told from others: a fifth of it, which the fewest have.
SHARERS, TIMES, OWN = 3, 3, 5


class Cover(NamedTuple):
    """How one text is covered by another: what `decision` counts of them, how many characters of
    the first count, and how many of these are lost.
    """

    tally: NDArray[np.int64]
    counted: int
    lost: int

    @property
    def share(self) -> float:
        """How much of the first stands in the second."""
        return 1 - self.lost / self.counted if self.counted else 1.0


def cover(
    one: tuple[NDArray[np.uint32], NDArray[np.uint8]],
    other: tuple[NDArray[np.uint32], NDArray[np.uint8]],
    skipped: NDArray[np.bool_] | None,
    *,
    compiled: bool,
) -> Cover:
    """How the first of two folds, code points and marks, is covered by the second.

    Args:
        skipped: which characters of the first are boilerplate.
    """
    codes = np.concatenate([one[0], other[0]])
    marks = np.concatenate([one[1], other[1]])
    size = len(one[0])
    if skipped is None:
        skipped = np.zeros(size, np.bool_)
    tally, lost = covering.cover(codes, marks, size, skipped, compiled=compiled)
    return Cover(tally, int(size - skipped.sum()), lost)


def differ(found: Cover, damage: int) -> int:
    """What the differences of two covered texts amount to: 0 if all of them are damage,
    `decision.TWINS` if they are numbers, -1 if the texts say something else.

    Args:
        damage: the share, in thousandths, that may be damaged.
    """
    tally, length = found.tally, found.counted
    if tally[decision.STATEMENTS] or decision.support_of(tally, length) < 0:
        return -1
    if tally[decision.NUMBERS]:
        return int(decision.TWINS)
    damaged = tally[decision.DAMAGED_1] + tally[decision.DAMAGED_2]
    return -1 if (damaged + tally[decision.OPEN]) * 1000 > damage * length + 1000 else 0


@lru_cache(maxsize=4096)
def _lines(text: str) -> tuple[str, ...]:
    """The folds of the lines of a text: together they are about the fold of the text."""
    return tuple(fold(line) for line in text.splitlines())


def sharers(texts: Iterable[str]) -> Counter[str]:
    """How many of some documents have each line, by its fold."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({line for line in _lines(text) if line})
    return counts


def boilerplate_of(text: str, counts: Counter[str], length: int) -> NDArray[np.bool_] | None:
    """Which folded characters of a document are in lines of boilerplate; None if none are.

    Args:
        counts: of its lines and those of the documents beside it, as `sharers` has them.
        length: folded characters.
    """
    lines = _lines(text)
    most = _most(lines, counts)
    if most is None:
        return None
    flags = [counts[line] >= most for line in lines]
    skipped = np.repeat(np.array(flags, np.bool_), [len(line) for line in lines])
    if len(skipped) != length or not skipped.any() or skipped.all():
        return None
    return skipped


def _most(lines: Sequence[str], counts: Counter[str]) -> int | None:
    """From how many sharers on a line of a document is boilerplate; None if no line may be."""
    own = sorted((counts[line], len(line)) for line in lines if line)
    if not own or own[-1][0] < SHARERS:
        return None
    left = sum(size for _, size in own) // OWN
    for number, size in own:
        left -= size
        if left < 0:
            return max(SHARERS, TIMES * max(1, number))
    return None


def boilerplate(texts: Sequence[str]) -> list[Boilerplate]:
    """The lines that are boilerplate in some of these documents, the most frequent first."""
    counts = sharers(texts)
    found: dict[str, str] = {}
    for text in texts:
        lines = _lines(text)
        most = _most(lines, counts)
        if most is not None:
            for line, name in zip(text.splitlines(), lines, strict=True):
                if name and counts[name] >= most:
                    found.setdefault(name, line.strip())
    return sorted(
        (Boilerplate(line, counts[name]) for name, line in found.items()),
        key=lambda line: (-line.documents, line.text),
    )


def lost_passages(text: str, survivor: str, least: int = 4) -> list[tuple[int, int]]:
    """The passages of a text of which nothing stands in its survivor: where they begin and end.

    Args:
        least: folded characters from which a passage is one.
    """
    folded = fold_with_offsets(text)
    size = len(folded.text)
    runs = covering.runs(_codes(folded.text + fold(survivor)), size)
    ends = [0, *runs[:, 1].tolist()]
    starts = [*runs[:, 0].tolist(), size]
    return [
        (folded.offsets[end], folded.offsets[start - 1] + 1)
        for end, start in zip(ends, starts, strict=True)
        if start - end >= least
    ]


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(bytearray(text.encode("utf-32-le")), np.uint32)
