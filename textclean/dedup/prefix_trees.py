"""Documents that begin others to the letter, settled before pairs are made of them.

Threads of replies, drafts and growing logs come as trees, in which each document begins with the
one before it. All pairs of a branch would take time with its square, and one is enough: each text
goes for the leaf that says all of it. Sorted by their folds, a text that begins others stands right
before one of them, so the trees show in one pass.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.buffers import chunks
from textclean.dedup.comparing import CONTAINED, EDGE, NEAR
from textclean.dedup.folded_texts import CorpusView
from textclean.dedup.graph import order_of
from textclean.dedup.kernels import pairing, uncompiled
from textclean.dedup.kernels.stages import COMPARING
from textclean.dedup.preference import KeepBy
from textclean.dedup.prefix_suffix import shared_keys


class Prefixes(NamedTuple):
    """What came of the trees."""

    #: Of each text whether it takes no part in the search for pairs.
    settled: NDArray[np.bool_]
    #: For each of those an edge to the leaf that it goes for: rows of `comparing.EDGE`.
    edges: NDArray[np.void]


def settle_prefixes(
    view: CorpusView,
    heads: NDArray[np.uint64],
    least: int,
    threshold: float,
    keep: KeepBy,
    own: int,
) -> Prefixes:
    """Settle the texts that begin another one, unless that may go for them.

    Args:
        heads: of each text in the view the digest of its first `least` folded characters.
        least: folded characters from which a text is looked at.
        threshold: the similarity from which a text is a near copy, and not a part.
        keep: which of several copies stays.
        own: the texts from this index on are the reference, and are never settled.
    """
    settled = np.zeros(len(view.at), np.bool_)
    long = np.flatnonzero(view.lengths >= least)
    long = long[shared_keys(heads[long])]
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number, head in zip(long.tolist(), heads[long].tolist(), strict=True):
        groups[head].append(number)
    linked: dict[int, int] = {}  # each text, and the one before it that it begins with
    for members in groups.values():
        linked.update(_parents(view, np.array(members)))
    if not linked:
        return Prefixes(settled, np.zeros(0, EDGE))
    numbers = np.array(sorted({*linked, *linked.values()}))
    order = order_of(view.texts, view.at[numbers], keep, own)
    rank = dict(
        zip(
            np.searchsorted(view.at, order.astype(view.at.dtype)).tolist(),
            range(len(order)),
            strict=True,
        )
    )
    # The leaves of each, of which the first in preference is what it goes for.
    best = {number: (rank[number], number) for number in {*linked} - {*linked.values()}}
    for number in reversed([*linked]):  # a text comes behind what it begins with
        parent = linked[number]
        best[parent] = min(best[number], best.get(parent, best[number]))
    size = view.lengths
    pairs = [
        (number, leaf)
        for number in sorted({*linked.values()})
        for place, leaf in [best[number]]
        # A leaf that is hardly longer may go for the text, where that is to be kept.
        if view.at[number] < own and (place < rank[number] or size[number] < threshold * size[leaf])
    ]
    goes, stays = np.array(pairs, np.int64).reshape(-1, 2).T
    settled[goes] = True
    sizes = _shingles(view, numbers)
    here, there = np.searchsorted(numbers, goes), np.searchsorted(numbers, stays)
    alike = sizes[here] / np.maximum(sizes[there], 1)
    near = alike >= threshold
    edges = np.zeros(len(pairs), EDGE)
    edges["goes"], edges["stays"] = view.at[goes], view.at[stays]
    edges["kind"] = np.where(near, NEAR, CONTAINED)
    edges["score"] = np.where(near, alike, 1.0)
    edges["length"] = view.lengths[goes]
    return Prefixes(settled, edges)


def _parents(view: CorpusView, members: NDArray[np.int64]) -> dict[int, int]:
    """For each of some texts that begins with another one of them the longest such."""
    folds = view.texts.folds(view.at[members])
    bounds = zip(folds.begins.tolist(), folds.ends.tolist(), members.tolist(), strict=True)
    texts = sorted((folds.codes[start:end].tobytes(), number) for start, end, number in bounds)
    found: dict[int, int] = {}
    branch: list[tuple[bytes, int]] = []
    for text, number in texts:
        while branch and not text.startswith(branch[-1][0]):
            branch.pop()
        if branch:
            found[number] = branch[-1][1]
        branch.append((text, number))
    return found


def _shingles(view: CorpusView, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many different shingles each of some texts has."""
    sizes = view.lengths[numbers]
    kind: Any = pairing if COMPARING.runs_compiled(int(sizes.sum())) else uncompiled
    parts = view.texts.pool.map(
        lambda chunk: (
            kind.Shingles.of(view.texts.folds(view.at[numbers[chunk.start : chunk.stop]])).sizes
        ),
        chunks(sizes),
    )
    return np.concatenate(parts)
