"""Long texts: how much of one document stands in another, and whether what differs matters.

The question is the one that is asked of paragraphs, with an answer that may be a share: a document
goes for another one if so much of it stands there, in any order, and nothing that differs says
something else. What many documents have in common (headers, footers, advertisements) is
boilerplate (`shared_lines`), and counts for nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.buffers import StringReader
from textclean.dedup.kernels import covering, decision
from textclean.dedup.kernels.folding import fold_texts
from textclean.dedup.shared_lines import SharedLines, line_name

#: Folded characters from which a text is compared as a document.
LONG = 200
#: So much longer a document may lose all that the threshold allows. A shorter one may lose less,
#: and one of `LONG` nothing, as what is shorter still, so that no verdict jumps at a length.
RAMP = 200


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


def may_lose(counted: int, threshold: float) -> float:
    """How many of so many folded characters a document may lose.

    Args:
        threshold: how much of it must stand in the other one.
    """
    return (1 - threshold) * counted * min(1.0, max(0.0, (counted - LONG) / RAMP))


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


def boilerplate_of(text: str, shared: SharedLines, length: int) -> NDArray[np.bool_] | None:
    """Which folded characters of a document are in lines of boilerplate; None if none are.

    Args:
        shared: the lines that several documents have.
        length: folded characters.
    """
    lines = text.splitlines()
    names = [line_name(line) for line in lines]
    least = shared.least(names)
    if least is None:
        return None
    flags = [shared.documents(name) >= least for name in names]
    if not any(flags):
        return None
    sizes = fold_texts(*StringReader(lines).codes(range(len(lines))))[0].lengths
    skipped = np.repeat(np.array(flags, np.bool_), sizes)
    if len(skipped) != length or skipped.all():
        return None
    return skipped
