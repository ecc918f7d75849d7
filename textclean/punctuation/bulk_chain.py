"""`textclean.punctuation.chain.chain_codes` in arrays: all paragraphs at once, node by node.

What a node can be reached from lies a column's width before it, or two, give or take a few: so the
best chains are kept by column, in one row with room between paragraphs, and looked up by distance.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from textclean.punctuation.chain import HISTOGRAM, MOST_NODES, NARROWEST, PER_LINE_COUNT, WIDEST

Array = npt.NDArray[Any]

_NONE = np.int32(-(1 << 20))  # no chain ends here
# By how much a step may miss one width, and two: along the first axis, before rows and nodes.
_ONE, _TWO = np.arange(-4, 5).reshape(-1, 1, 1), np.arange(-5, 6).reshape(-1, 1, 1)
# What a step gains by how far it is from one width, and from two.
_GAIN_ONE = np.where(abs(_ONE) <= 2, 2, 2 - abs(_ONE)).astype(np.int32)
_GAIN_TWO = (-4 - abs(_TWO)).astype(np.int32)
_APART = 2 * WIDEST + 8
_TRIED = 3


def chain_codes(bounds: Array, columns: Array, is_slot: Array, totals: Array) -> Array:
    """As `chain.chain_codes`, whose arguments these are; the codes are returned: int64, [nodes]."""
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
    found = _codes(
        starts, sizes[kept][order], columns[within], is_slot[within], totals[kept][order]
    )
    codes[within] = found
    return codes


def _codes(starts: Array, sizes: Array, columns: Array, is_slot: Array, totals: Array) -> Array:
    in_place = np.argsort(starts, kind="stable")
    paragraphs = np.repeat(in_place, sizes[in_place])  # of each node
    ranks = _ranks(starts, sizes)
    widths = _candidates(_histograms(paragraphs, columns, is_slot, sizes.size))
    last = columns[starts + sizes - 1]
    bases = np.cumsum(np.concatenate([[0], last[:-1] + _APART])) + _APART
    at = columns + bases[paragraphs]
    room = int(bases[-1] + last[-1] + _APART + 1)
    slots = 4 * is_slot.astype(np.int32)

    # All widths are tried together, each in a row of its own.
    tried = np.array(widths)
    rows = np.arange(len(tried))[:, None] * room
    reached = np.full(len(tried) * room, _NONE, np.int32)
    values = np.zeros(tried.shape, np.int64)
    for nodes, some in ranks:
        where = tried[:, some]
        here, place = columns[nodes], rows + at[nodes]
        off = np.minimum(abs(here - where), abs(here - where + 4))
        score = np.maximum(np.where(off <= 3, 3 - off, 0), _step(reached, place, -where))
        score += slots[nodes]
        reached[place] = score
        values[:, some] = np.maximum(values[:, some], score)

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
    for nodes, some in reversed(ranks):
        place = at[nodes]
        score = np.maximum(0, _step(backward, place[None], width[None, some])[0])
        backward[place] = score + slots[nodes]

    lines = np.maximum(totals // np.maximum(width, 1), 1)
    regularity = np.minimum(best * 2 // lines, 13)
    gap = np.clip(best[paragraphs] - forward - backward[at] + 4, 0, 9)
    of_paragraph = 1 + 10 * regularity + PER_LINE_COUNT * np.minimum(lines, 3)
    known = (is_slot > 0) & (width > 0)[paragraphs]
    return np.where(known, gap + of_paragraph[paragraphs], 0)


def _ranks(starts: Array, sizes: Array) -> list[tuple[Array, slice]]:
    """The first nodes of all paragraphs, the second …; and which paragraphs have one."""
    counts = np.searchsorted(-sizes, -np.arange(int(sizes[0])), side="left")
    return [(starts[:count] + rank, slice(0, int(count))) for rank, count in enumerate(counts)]


def _step(reached: Array, at: Array, where: Array) -> Array:
    """The best chains that nodes continue, a width or two from them in the direction of `where`.

    Args:
        at: where the nodes stand in `reached`, [rows, nodes], as `where`.
    """
    one = at + where
    # Every place has room around it: "clip" only spares the check.
    found = reached.take(_ONE + one, mode="clip")
    found += _GAIN_ONE
    further = reached.take(_TWO + (one + where), mode="clip")
    further += _GAIN_TWO
    best: Array = np.maximum(np.maximum.reduce(found), np.maximum.reduce(further))
    return best


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
    for _ in range(_TRIED):
        free = votes
        for other in taken[-2:]:
            free = np.where(abs(distances - other[:, None]) > 1, free, 0)
        most = free.argmax(axis=1)
        tried = np.where(free.max(axis=1) > 0, distances[most], 0)
        if taken:
            tried = np.where(taken[-1] > 0, tried, 0)
        taken.append(tried)
    return taken
