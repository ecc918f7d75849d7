"""Which entries of an index matter for some texts, so that a search among these few decides as one
among all would.

Those are the texts that the search in memory would compare: with an equal fold, `SHARED` bands and
anchors, or the same end. And where a verdict rests on weak evidence, what those are compared with
themselves: whether a text is one of a formula depends on its neighbours (`dedup.graph`).

What very many have says little, and is bounded: an anchor that more than `MAX_ANCHOR` texts have is
passed over, as in memory; of a band that more than `MAX_BAND` have the first `LEADERS` lead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.candidates import MAX_ANCHOR, MAX_BAND, SHARED
from textclean.dedup.crowds import LEADERS
from textclean.engines.index import entries, postings
from textclean.engines.index.sketches import ANCHOR, BAND, END, FOLD, Sketches
from textclean.engines.index.store import Transaction

#: Texts with one end that are looked at.
MAX_ENDS = 64
_HALF = np.uint64(32)


class Crowding(NamedTuple):
    """How many of the texts that are looked up have each key."""

    values: NDArray[np.uint32]
    counts: NDArray[np.int64]

    def among(self, values: NDArray[np.uint32]) -> NDArray[np.int64]:
        """For each of some keys how many have it."""
        if not len(self.values):
            return np.zeros(len(values), np.int64)
        place = np.minimum(np.searchsorted(self.values, values), len(self.values) - 1)
        return np.where(self.values[place] == values, self.counts[place], 0)


class Neighbours(NamedTuple):
    """The nodes that matter for some texts."""

    #: Of each text the node with its fold; -1: there is none.
    equal: NDArray[np.int64]
    #: All that may be alike, in order.
    nodes: NDArray[np.uint32]
    #: Anchors that too many have.
    hot: NDArray[np.uint32]
    #: What the texts add to the crowds of the index.
    crowding: Crowding


def neighbours(
    transaction: Transaction,
    arrays: postings.Arrays,
    dead: NDArray[np.uint32],
    sketches: Sketches,
    crowding: Crowding | None = None,
) -> Neighbours:
    """The nodes that matter for texts with these sketches.

    Args:
        arrays, dead: as `postings.find` takes them.
        crowding: how many texts beside those of the index have each key, where the texts are of
            the index themselves; None: that is worked out from the texts.
    """
    keys = sketches.keys
    places, nodes = postings.find(transaction, arrays, keys.values, dead)
    there = np.bincount(places, minlength=len(keys.values))
    equal = np.full(len(sketches.folds), -1, np.int64)
    of_fold = keys.kinds[places] == FOLD
    for row, node in zip(keys.rows[places[of_fold]].tolist(), nodes[of_fold].tolist(), strict=True):
        if entries.fold_name(transaction, node) == sketches.folds[row]:
            equal[row] = node
    if crowding is None:
        own = keys.chosen(np.isin(keys.rows, _first_of_folds(sketches, equal)))
        crowding = Crowding(*np.unique(own.values, return_counts=True))
        # The node stands for a text with its fold.
        asked = (equal < 0) | ~sketches.removable
    else:
        asked = np.ones(len(equal), np.bool_)
    crowd = there + crowding.among(keys.values)
    # The number of each match among those of its key.
    opens = np.cumsum(there) - there
    rank = np.arange(len(places)) - opens[places]
    kind, hot = keys.kinds[places], crowd[places]
    counted = ((kind == BAND) & (hot <= MAX_BAND)) | ((kind == ANCHOR) & (hot <= MAX_ANCHOR))
    counted &= asked[keys.rows[places]]
    at_once = ((kind == BAND) & (hot > MAX_BAND) & (rank < LEADERS)) | (
        (kind == END) & (rank < MAX_ENDS)
    )
    at_once &= asked[keys.rows[places]]
    codes = keys.rows[places[counted]].astype(np.uint64) << _HALF | nodes[counted]
    pairs, often = np.unique(codes, return_counts=True)
    shared = (pairs[often >= SHARED] & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    same = equal[equal >= 0].astype(np.uint32)
    chosen = np.unique(np.concatenate([shared, nodes[at_once], same]))
    formulas = np.unique(keys.values[(keys.kinds == ANCHOR) & (crowd > MAX_ANCHOR)])
    return Neighbours(equal, chosen, formulas, crowding)


def _first_of_folds(sketches: Sketches, equal: NDArray[np.int64]) -> list[int]:
    """The first text with each fold that no node has."""
    rows: dict[bytes, int] = {}
    for row, fold in enumerate(sketches.folds):
        if fold and equal[row] < 0:
            rows.setdefault(fold, row)
    return list(rows.values())


def firsts(transaction: Transaction, nodes: Iterable[int]) -> list[tuple[int, int]]:
    """The first entry of each of some nodes, and the node, in order of the entries."""
    found = ((entries.first_of(transaction, node), node) for node in nodes)
    return sorted((number, node) for number, node in found if number is not None)


def texts_of(transaction: Transaction, numbers: Sequence[int]) -> list[str]:
    """The texts of some entries."""
    return [entries.text_of(transaction, number) for number in numbers]
