"""Which of many folded texts may hold some of many anchors: a hash of each stretch, in arrays."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

# An odd number whose bits are mixed well: the golden ratio's.
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
# Bits of the table for each anchor: of the other stretches one in so many is looked up.
_BITS = 32
_LEAST = 2


class AnchorFilter:
    """Tells texts that hold two anchors or more from most of the others.

    Args:
        anchors: strings of one length.
        length: that length.
    """

    def __init__(self, anchors: Collection[str], length: int) -> None:
        self._length = length
        self._size = max(10, (_BITS * len(anchors)).bit_length())
        self._shift = np.uint64(64 - self._size)
        self._held = np.zeros(1 << self._size, np.bool_)
        self._hashes = np.zeros(0, np.uint64)
        if anchors:
            codes = _codes("".join(anchors)).reshape(-1, length)
            self._hashes = np.sort(_hashes(codes.T))
            self._held[self._hashes >> self._shift] = True

    def places(self, texts: Sequence[str]) -> list[int]:
        """The places of those texts that may hold two anchors."""
        codes = _codes("".join(texts))
        ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
        count = len(codes) - self._length + 1
        if count <= 0 or not len(self._hashes):
            return []
        hashes = _hashes([codes[at : at + count] for at in range(self._length)])
        # Most are told apart by a table that is read in no order, the rest by a search.
        hits = np.flatnonzero(self._held[hashes >> self._shift])
        at = np.searchsorted(self._hashes, hashes[hits])
        hits = hits[self._hashes[np.minimum(at, len(self._hashes) - 1)] == hashes[hits]]
        # A stretch across two texts counts for the first: that is one by chance.
        found = np.bincount(np.searchsorted(ends, hits, side="right"), minlength=len(texts))
        places: list[int] = np.flatnonzero(found >= _LEAST).tolist()
        return places


def _hashes(columns: Sequence[NDArray[np.uint32]] | NDArray[np.uint32]) -> NDArray[np.uint64]:
    """A number for each row of some columns of characters."""
    value = columns[0].astype(np.uint64)
    for column in columns[1:]:
        value *= _FACTOR
        value += column
    value *= _FACTOR
    return value


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
