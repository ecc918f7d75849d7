"""The entries of an index that a search is given for its reference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textclean.engines.index import lookup, postings, sketches
from textclean.engines.index.sketches import Settings, Sketches
from textclean.engines.index.store import Transaction

#: Does work in a transaction, with the arrays of postings and the nodes that are there no more.
Reading = Callable[[Callable[[Transaction, postings.Arrays, NDArray[np.uint32]], Any]], Any]


class Selection:
    """Those entries, and what the search has to be told beside them: see `dedup.indexed`."""

    def __init__(self, reading: Reading, settings: Settings, found: Sketches) -> None:
        self._reading, self._settings = reading, settings
        #: The entries' numbers, in order, and their texts.
        self.numbers: list[int] = []
        self.texts: list[str] = []
        #: The nodes whose first entries they are.
        self.nodes: list[int] = []
        self._grown: set[int] = set()
        self._unsure: set[int] = set()

        def look(transaction: Transaction, arrays: Any, dead: Any) -> lookup.Neighbours:
            near = lookup.neighbours(transaction, arrays, dead, found)
            self._hold(transaction, near.nodes)
            return near

        near: lookup.Neighbours = reading(look)
        #: Of each text the node with its fold; -1: there is none.
        self.equal = near.equal
        self._crowding = near.crowding
        #: Anchors that more texts have than the search may follow.
        self.hot = near.hot

    def notice(self, edges: NDArray[np.void], own: int) -> None:
        """Note the entries for which a text goes on weak evidence.

        Args:
            edges: rows of `comparing.EDGE`.
            own: from which index on they are entries.
        """
        weak = edges[edges["weak"] & (edges["goes"] < own) & (edges["stays"] >= own)]
        self._unsure = {self.nodes[index - own] for index in np.unique(weak["stays"]).tolist()}

    @property
    def unsure(self) -> bool:
        """Whether the neighbours of an entry that was noted are not held yet."""
        return not self._unsure <= self._grown

    def widen(self) -> None:
        """Have the neighbours of all entries, too, for a search that tells nothing."""
        self._unsure = set(self.nodes)
        self.grow()

    def grow(self) -> bool:
        """Have the neighbours of noted entries, too; whether there are any that were not held."""
        nodes = self._unsure - self._grown
        self._unsure = set()
        if not nodes:
            return False
        self._grown |= nodes
        texts = [text for node, text in zip(self.nodes, self.texts, strict=True) if node in nodes]
        found = sketches.sketch(texts, self._settings, asked=True)
        before = len(self.nodes)

        def look(transaction: Transaction, arrays: Any, dead: Any) -> None:
            near = lookup.neighbours(transaction, arrays, dead, found, self._crowding)
            self.hot = np.union1d(self.hot, near.hot)
            self._hold(transaction, np.union1d(near.nodes, np.array(self.nodes, np.uint32)))

        self._reading(look)
        return len(self.nodes) > before

    def _hold(self, transaction: Transaction, nodes: NDArray[np.uint32]) -> None:
        rows = lookup.firsts(transaction, nodes.tolist())
        self.numbers = [number for number, _ in rows]
        self.nodes = [node for _, node in rows]
        self.texts = lookup.texts_of(transaction, self.numbers)
