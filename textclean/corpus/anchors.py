"""Which of many texts may hold some of many anchors: they are folded and hashed in arrays."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from textclean.placeholders.alignment import folded

# An odd number whose bits are mixed well: the golden ratio's.
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
# Bits of the table for each anchor: of the other stretches one in so many is looked up.
_BITS = 32
_LEAST = 2
# A code point that was not met yet.
_UNKNOWN = np.uint32(0xFFFFFFFF)


class AnchorFilter:
    """Tells texts that hold two anchors or more from most of the others.

    Args:
        anchors: strings of one length, folded as `alignment.folded` does it.
        length: that length, a power of two.
    """

    def __init__(self, anchors: Collection[str], length: int) -> None:
        self._length = length
        self._size = max(10, (_BITS * len(anchors)).bit_length())
        self._shift = np.uint64(64 - self._size)
        self._held = np.zeros(1 << self._size, np.bool_)
        # What each code point folds to: one or, as 0, none.
        self._table = np.full(0x110000, _UNKNOWN)
        self._hashes = np.zeros(0, np.uint64)
        if anchors:
            codes = _codes("".join(anchors))
            self._hashes = np.sort(_hashes(codes, length)[::length])
            self._held[self._hashes >> self._shift] = True

    def hits(self, texts: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
        """The places of those texts that may hold two anchors, and where in their folds."""
        codes, ends = self._folded(texts)
        if len(codes) < self._length or not len(self._hashes):
            return
        hashes = _hashes(codes, self._length)
        # Most are told apart by a table that is read in no order, the rest by a search.
        hits = np.flatnonzero(self._held[hashes >> self._shift])
        at = np.searchsorted(self._hashes, hashes[hits])
        hits = hits[self._hashes[np.minimum(at, len(self._hashes) - 1)] == hashes[hits]]
        # A stretch across two texts counts for the first: that is one by chance.
        starts = np.concatenate([[0], ends[:-1]])
        of = np.searchsorted(ends, hits, side="right")
        bounds = np.searchsorted(of, np.arange(len(texts) + 1))
        for place in np.flatnonzero(np.diff(bounds) >= _LEAST).tolist():
            here = hits[bounds[place] : bounds[place + 1]] - starts[place]
            yield place, here.tolist()

    def _folded(self, texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The folds of some texts, one after another, and where each ends."""
        codes = _codes("".join(texts))
        made = self._table[codes]
        if (unknown := made == _UNKNOWN).any():
            for code in np.unique(codes[unknown]).tolist():
                self._table[code] = ord(folded(chr(code)) or "\0")
            made = self._table[codes]
        stays = made != 0
        ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
        sizes = np.zeros(len(codes) + 1, np.int64)
        np.cumsum(stays, out=sizes[1:])
        return made[stays], sizes[ends]


def _hashes(codes: NDArray[np.uint32], length: int) -> NDArray[np.uint64]:
    """A number for each stretch of so many characters: from those of its two halves."""
    value, size = codes.astype(np.uint64), 1
    while size < length:
        # Another factor for each size, or halves that change places would have one hash.
        value = value[:-size] * (_FACTOR + np.uint64(2 * size)) + value[size:]
        size *= 2
    value *= _FACTOR
    return value


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
