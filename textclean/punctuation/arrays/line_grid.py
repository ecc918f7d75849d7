"""`textclean.punctuation.line_grid.chain_codes` in arrays: all paragraphs at once, node by node.

What a node can be reached from lies a column's width before it, or two, give or take a few: so the
best chains are kept by column, in one row with room between paragraphs, and looked up by distance.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from textclean.punctuation.line_grid import (
    HISTOGRAM,
    MOST_NODES,
    NARROWEST,
    PER_LINE_COUNT,
    TRIED,
    WIDEST,
)

Array = npt.NDArray[Any]

_NONE = np.int32(-(1 << 20))  # no chain ends here
# A step is a width or two long, give or take a few: widths, by how much they are missed, and what
# the step gains; along the first axis, before rows and nodes.
_ONE, _TWO = np.arange(-4, 5), np.arange(-5, 6)
_WIDTHS = np.repeat([1, 2], [_ONE.size, _TWO.size]).reshape(-1, 1, 1)
_MISSED = np.concatenate([_ONE, _TWO]).reshape(-1, 1, 1)
_GAINS = np.concatenate([np.where(abs(_ONE) <= 2, 2, 2 - abs(_ONE)), -4 - abs(_TWO)])
_GAINS = _GAINS.astype(np.int32).reshape(-1, 1, 1)
_APART = 2 * WIDEST + 8


def chain_codes(bounds: Array, columns: Array, is_slot: Array, totals: Array) -> Array:
    """As the other `chain_codes`, of all paragraphs; returns the codes, int64 [nodes].

    Args:
        bounds: n + 1 offsets: paragraph i has the nodes ``bounds[i]`` to ``bounds[i + 1]``.
    """
    sizes = np.diff(bounds)
    slots = np.add.reduceat(is_slot, bounds[:-1]) if sizes.size else sizes
    kept = (slots >= 2) & (sizes < MOST_NODES)
    codes = np.zeros(columns.size, np.int64)
    if not kept.any():
        return codes
    within = np.repeat(kept, sizes)
    # Paragraphs with most nodes first: those that have an nth node are the first so many.
    order = np.argsort(-sizes[kept], kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes[kept])])[:-1][order]
    within_codes = _codes(
        starts, sizes[kept][order], columns[within], is_slot[within], totals[kept][order]
    )
    codes[within] = within_codes
    return codes


def _codes(starts: Array, sizes: Array, columns: Array, is_slot: Array, totals: Array) -> Array:
    in_place = np.argsort(starts, kind="stable")
    paragraphs = np.repeat(in_place, sizes[in_place])  # of each node
    order, ranks = _ranks(starts, sizes)
    widths = _candidates(_histograms(paragraphs, columns, is_slot, sizes.size))
    last = columns[starts + sizes - 1]
    bases = np.cumsum(np.concatenate([[0], last[:-1] + _APART])) + _APART
    at = columns + bases[paragraphs]
    room = int(bases[-1] + last[-1] + _APART + 1)
    slots = 4 * is_slot[order].astype(np.int32)

    # All widths are tried together, each in a row of its own.
    tried = np.array(widths)
    places = np.arange(len(tried))[:, None] * room + at
    short = columns - tried[:, paragraphs]
    off = np.minimum(abs(short), abs(short + 4))
    # What a chain is worth that begins with a node, by how far that is from a first line's end.
    begun = np.where(off <= 3, 3 - off, 0).astype(np.int32)
    reached = np.full(len(tried) * room, _NONE, np.int32)
    _sweep(reached, ranks, places[:, order], -tried, begun[:, order], slots)
    # Nodes lie paragraph by paragraph, but not in the order of sizes.
    values = np.empty(tried.shape, np.int64)
    values[:, in_place] = np.maximum.reduceat(reached[places], starts[in_place], axis=1)

    width, best = np.zeros(sizes.size, np.int64), np.zeros(sizes.size, np.int64)
    chosen = np.zeros(sizes.size, np.int64)
    for number, (each, value) in enumerate(zip(tried, values, strict=True)):
        ahead = (each > 0) & (
            (width == 0)
            | (
                value * 64 // np.maximum(totals // np.maximum(each, 1), 2)
                > best * 64 // np.maximum(totals // np.maximum(width, 1), 2)
            )
        )
        width = np.where(ahead, each, width)
        best = np.where(ahead, value, best)
        chosen[ahead] = number
    forward = reached[chosen[paragraphs] * room + at]

    backward = np.full(room, _NONE, np.int32)
    nothing = np.zeros((1, at.size), np.int32)
    _sweep(backward, ranks[::-1], at[None, order], width[None], nothing, slots)

    lines = np.maximum(totals // np.maximum(width, 1), 1)
    regularity = np.minimum(best * 2 // lines, 13)
    gap = np.clip(best[paragraphs] - forward - backward[at] + 4, 0, 9)
    of_paragraph = 1 + 10 * regularity + PER_LINE_COUNT * np.minimum(lines, 3)
    known = (is_slot > 0) & (width > 0)[paragraphs]
    return np.where(known, gap + of_paragraph[paragraphs], 0)


def _ranks(starts: Array, sizes: Array) -> tuple[Array, list[slice]]:
    """The first nodes of all paragraphs, then the second …; and where each of these lie therein.

    Args:
        sizes: of the paragraphs, descending: those that have an nth node are the first so many.
    """
    counts = np.searchsorted(-sizes, -np.arange(int(sizes[0])), side="left")
    order = np.concatenate([starts[:count] + rank for rank, count in enumerate(counts.tolist())])
    bounds = [0, *np.cumsum(counts).tolist()]
    return order, [slice(*pair) for pair in pairwise(bounds)]


def _sweep(
    reached: Array, ranks: list[slice], places: Array, where: Array, begun: Array, slots: Array
) -> None:
    """Find the best chains, node by node.

    Args:
        reached: by place, written: what the best chain is worth that ends there.
        ranks: of the nodes, in the order in which they are looked at.
        places: of the nodes in `reached`, [rows, nodes], as `begun`: what chains that begin there
            are worth.
        where: by how much the node lies away that is a width before this one, [rows, paragraphs].
        slots: what a node adds.
    """
    jumps = _WIDTHS * where + _MISSED
    for nodes in ranks:
        here = places[:, nodes]
        # Every place has room around it: "clip" only spares the check.
        values = reached.take(jumps[..., : here.shape[1]] + here, mode="clip")
        values += _GAINS
        best = np.maximum.reduce(values)
        np.maximum(best, begun[:, nodes], out=best)
        best += slots[nodes]
        reached[here] = best


def _histograms(paragraphs: Array, columns: Array, is_slot: Array, count: int) -> Array:
    """Of each paragraph how often slots are so many columns apart, or from its start."""
    slots = np.flatnonzero(is_slot)
    of, here = paragraphs[slots], columns[slots]
    first = (here >= 20) & (here < WIDEST)
    row = of[first] * HISTOGRAM
    keys = [row + here[first], row + np.minimum(here[first] + 4, HISTOGRAM - 1)]
    for back in range(1, slots.size):
        distance = here[back:] - here[:-back]
        near = (of[back:] == of[:-back]) & (distance < WIDEST)
        if not near.any():
            break
        near &= distance >= NARROWEST
        keys.append(of[back:][near] * HISTOGRAM + distance[near])
    counts = np.bincount(np.concatenate(keys), minlength=count * HISTOGRAM)
    return counts.reshape(count, HISTOGRAM)


def _candidates(histograms: Array) -> list[Array]:
    """Three widths for each paragraph that most distances speak for; 0 where there are no more."""
    distances = np.arange(NARROWEST, WIDEST)
    votes = (
        histograms[:, NARROWEST - 1 : WIDEST - 1]
        + 2 * histograms[:, NARROWEST:WIDEST]
        + histograms[:, NARROWEST + 1 : WIDEST + 1]
    )
    taken: list[Array] = []
    for _ in range(TRIED):
        free = votes
        for other in taken[-2:]:
            free = np.where(abs(distances - other[:, None]) > 1, free, 0)
        most = free.argmax(axis=1)
        tried = np.where(free.max(axis=1) > 0, distances[most], 0)
        if taken:
            tried = np.where(taken[-1] > 0, tried, 0)
        taken.append(tried)
    return taken
