"""Preference among many texts, in arrays: their order, and the representative of each fold.

The order is that of `preference`, which tests hold this to.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.buffers import CHUNK_CHARACTERS, chunks
from textclean.dedup.folded_texts import FoldedTexts
from textclean.dedup.kernels import choosing
from textclean.dedup.kernels.choosing import COLUMNS, DAMAGE, FIRST, SECOND, SIZE
from textclean.dedup.kernels.stages import CHOOSING
from textclean.dedup.preference import ByValue, KeepBy


class Groups(NamedTuple):
    """Texts that have something in common, group after group."""

    members: NDArray[np.int64]
    #: The number of the group that each belongs to, from 0 on.
    numbers: NDArray[np.int64]


def preference_order(texts: FoldedTexts, indices: NDArray[np.int64]) -> NDArray[np.int64]:
    """As `preference`, of many texts."""

    def work_out(new: NDArray[np.int64]) -> NDArray[np.int64]:
        sizes = texts.sizes(new)
        compiled = CHOOSING.runs_compiled(int(sizes.sum()))

        def look(chunk: range) -> NDArray[np.int64]:
            here = new[chunk.start : chunk.stop]
            return choosing.preference_keys(*texts.codes(here), compiled=compiled)

        rows = texts.pool.map(look, chunks(sizes))
        return np.concatenate([np.zeros((0, COLUMNS), np.int64), *rows])

    table = texts.preferences.of(indices, work_out)
    keys = np.stack([table[:, DAMAGE], -table[:, SIZE], -table[:, FIRST], -table[:, SECOND]])
    order = np.lexsort([indices, *keys[::-1]])
    tied = (np.diff(keys[:, order]) == 0).all(axis=0)
    opens = np.flatnonzero(np.diff(tied, prepend=False, append=False))
    # Those that begin alike, too, are sorted by the rest of them.
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


def representatives(texts: FoldedTexts, groups: Groups, keep: KeepBy = "best") -> NDArray[np.int64]:
    """For each of some texts the representative of all with its fold: the first in preference.

    Args:
        keep: whether it is instead the first, the longest or that of greatest value.
        groups: texts, by their indices, whose folds have the same digest; the indices of a group
            ascend. That the folds are equal is seen here.
    """
    members, numbers = groups
    if keep != "best":
        return _representatives_by(texts, groups, keep)
    compiled = CHOOSING.runs_compiled(int(texts.sizes(members).sum()))
    # For each member the place of its representative so far.
    places = np.arange(len(members))
    left = places
    room = CHUNK_CHARACTERS
    while len(left):

        def look(chunk: range, left: NDArray[np.int64] = left) -> NDArray[np.int64]:
            here = left[chunk.start : chunk.stop]
            codes, folds = texts.codes_and_folds(members[here])
            best = choosing.representatives_of(codes, folds, numbers[here], compiled=compiled)
            return here[best]

        blocks = list(chunks(texts.sizes(members[left]), len(left), room))
        best = np.concatenate(texts.pool.map(look, blocks))
        better = np.arange(len(members))
        better[left] = best
        places = better[places]
        if len(blocks) == 1:
            break
        # A group may have been cut: the best of each piece are compared in longer ones.
        left = left[best == left]
        left = left[np.bincount(numbers[left], minlength=1)[numbers[left]] > 1]
        room *= 2
    return members[places]


def _representatives_by(texts: FoldedTexts, groups: Groups, keep: KeepBy) -> NDArray[np.int64]:
    """As `representatives`; folds with one digest are taken for equal."""
    members, numbers = groups
    if keep == "first":
        values = np.zeros(len(members), np.int64)
    elif isinstance(keep, ByValue):
        # Of equal values the best.
        by_place = np.argsort(members)
        order = by_place[np.searchsorted(members[by_place], preference_order(texts, members))]
        members, numbers = members[order], numbers[order]
        values = np.array(keep.ranks(members.tolist()), np.int64)
    else:
        values = texts.exact_sizes(members)
    order = np.lexsort([-values, numbers])
    first = np.flatnonzero(np.diff(numbers[order], prepend=-1))
    return members[order][first][groups.numbers]
