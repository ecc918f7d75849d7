"""Texts with one fold: which of them stands for all, so that each fold is compared once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textclean.dedup import preference as choose
from textclean.dedup.buffers import CHUNK_CHARACTERS, chunks
from textclean.dedup.folding import FoldedTexts
from textclean.dedup.pair_tables import Groups
from textclean.dedup.thread_pool import Crew

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from textclean.dedup.kernels.precompile import Choosing, Compiling


def stand_ins(
    texts: FoldedTexts, groups: Groups, compiling: Compiling, crew: Crew
) -> NDArray[np.int64]:
    """For each of some texts the one that stands for all with its fold: the first of them in the
    order of `choose.preference`.

    Args:
        groups: texts, by their indices, whose folds have the same digest; the indices of a group
            ascend. That the folds are equal is seen here.
    """
    import numpy as np

    members, numbers = groups
    loops = compiling.choosing(int(texts.sizes[members].sum()))
    # For each member the place of the one that stands for it so far.
    found = np.arange(len(members))
    left = found
    room = CHUNK_CHARACTERS
    while len(left):

        def look(chunk: range, left: NDArray[np.int64] = left) -> NDArray[np.int64]:
            here = left[chunk.start : chunk.stop]
            best = _best(texts, members[here], numbers[here], loops)
            return here[best]

        blocks = list(chunks(texts.sizes[members[left]], len(left), room))
        best = np.concatenate(crew.each(look, blocks))
        better = np.arange(len(members))
        better[left] = best
        found = better[found]
        if len(blocks) == 1:
            break
        # A group may have been cut: the best of each piece are compared in longer ones.
        left = left[best == left]
        left = left[np.bincount(numbers[left], minlength=1)[numbers[left]] > 1]
        room *= 2
    return members[found]


def _best(
    texts: FoldedTexts,
    indices: NDArray[np.int64],
    numbers: NDArray[np.int64],
    loops: Choosing,
) -> NDArray[np.int64]:
    """For each text the place of the best with its number and its fold."""
    import numpy as np

    (codes, starts), folds = texts.codes_and_folds(indices)
    merits = choose.merits(codes, starts, loops)
    best = np.empty(len(indices), np.int64)
    loops.stand_ins(codes, starts, folds.begins, folds.ends, folds.codes, numbers, merits, best)
    return best
