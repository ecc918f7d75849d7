"""Postings: which nodes have a key, as sorted arrays of integers, the key above the node.

Each addition leaves an array, and of arrays of about one size `FAN` are merged into one. So a
posting is written anew as often as the index grows by that factor, an addition costs by its own
size, and a key is looked up in a few arrays. Beside an array lies its *fence*, every `STEP`th of
its keys: it is small enough to stay in memory, and leads to the one page that has a key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels.stages import compiled
from textclean.engines.index.store import POSTINGS, SEAL, Transaction, seal

#: Arrays of one size that are merged.
FAN = 4
#: Postings in an array that is merged no more: an array has 512 MB at most.
LARGEST = 1 << 24
#: Postings between two keys of a fence: those of a page.
STEP = 512
# Postings of one key in an array, at most, that are looked at.
_MOST = 256
_HALF = np.uint64(32)

#: A number of each array, and how many postings it has.
Arrays = Sequence[tuple[int, int]]


class Matches(NamedTuple):
    """Nodes that have some of the keys that were looked up, key by key."""

    #: Places of the keys among those looked up, in order, and a node for each.
    places: NDArray[np.int64]
    nodes: NDArray[np.uint32]


class Array(NamedTuple):
    """A sorted array of postings, and its fence."""

    postings: NDArray[np.uint64]
    fence: NDArray[np.uint32]

    @classmethod
    def stored(cls, transaction: Transaction, number: int) -> Array:
        """One that is stored, as it lies in the map: valid within the transaction.

        Its seal is not looked at.
        """
        return transaction.mapped(POSTINGS, _key(number), lambda value: cls.unpacked(value[SEAL:]))

    @classmethod
    def unpacked(cls, value: memoryview) -> Array:
        """The array that was packed."""
        size = int.from_bytes(value[:8], "big")
        end = 8 + 8 * size
        postings: NDArray[np.uint64] = np.frombuffer(value[8:end], np.uint64)
        fence: NDArray[np.uint32] = np.frombuffer(value[end:], np.uint32)
        if not postings.flags.aligned:  # it is so small that it lies among others
            postings, fence = postings.copy(), fence.copy()
        return cls(postings, fence)

    @classmethod
    def packed(cls, postings: NDArray[np.uint64]) -> bytes:
        """Sorted postings with their fence as bytes."""
        fence = (postings[::STEP] >> _HALF).astype(np.uint32)
        return b"".join((len(postings).to_bytes(8, "big"), postings.data, fence.data))


def find(
    transaction: Transaction, arrays: Arrays, keys: NDArray[np.uint32], dead: NDArray[np.uint32]
) -> Matches:
    """The nodes that have each of some keys; of the same key in one array `_MOST` at most.

    Args:
        dead: nodes that are there no more, in order.
    """
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    places, nodes = [np.zeros(0, np.int64)], [np.zeros(0, np.uint32)]
    starts, counts = np.empty((2, len(keys)), np.int64)
    for number, _ in arrays:
        array, fence = Array.stored(transaction, number)
        _runs(array, fence, ordered, _MOST, starts, counts)
        have = np.flatnonzero(counts)
        if not len(have):
            continue
        sizes = counts[have]
        opens = np.cumsum(sizes) - sizes
        at = np.arange(int(sizes.sum())) + np.repeat(starts[have] - opens, sizes)
        nodes.append((array[at] & np.uint64(0xFFFFFFFF)).astype(np.uint32))
        places.append(np.repeat(order[have], sizes))
    found = Matches(np.concatenate(places), np.concatenate(nodes))
    if len(dead):
        place = np.minimum(np.searchsorted(dead, found.nodes), len(dead) - 1)
        alive = dead[place] != found.nodes
        found = Matches(found.places[alive], found.nodes[alive])
    sort = np.lexsort((found.nodes, found.places))
    return Matches(found.places[sort], found.nodes[sort])


@compiled
def _runs(array: Any, fence: Any, keys: Any, most: Any, starts: Any, counts: Any) -> None:
    """Where the postings of each key begin, and how many there are, up to `most`."""
    size = len(array)
    for i in range(len(keys)):
        key = keys[i]
        low, high = 0, len(fence)
        while low < high:
            middle = (low + high) // 2
            if fence[middle] < key:
                low = middle + 1
            else:
                high = middle
        low, high = max(0, low - 1) * STEP, min(size, low * STEP)
        while low < high:
            middle = (low + high) // 2
            if np.uint32(array[middle] >> _HALF) < key:
                low = middle + 1
            else:
                high = middle
        end = low
        while end < size and end - low < most and np.uint32(array[end] >> _HALF) == key:
            end += 1
        starts[i] = low
        counts[i] = end - low


def add(
    transaction: Transaction,
    arrays: Arrays,
    packed: NDArray[np.uint64],
    number: int,
    dead: NDArray[np.uint32],
) -> tuple[list[tuple[int, int]], int]:
    """Write an array, and merge it with others where there are `FAN` of its size.

    Args:
        packed: the postings, in any order.
        number: the first that no array has had.
        dead: nodes whose postings are dropped when they are met, in order.

    Returns:
        The arrays that there are then, and the next number.
    """
    packed = np.sort(packed)
    left = list(arrays)
    while True:
        level = _level(len(packed))
        same = [each for each in left if _level(each[1]) == level]
        if len(same) < FAN - 1 or len(packed) >= LARGEST:
            break
        merged = [packed, *(Array.stored(transaction, each).postings for each, _ in same)]
        packed = np.concatenate(merged)
        if len(dead):
            packed = packed[~np.isin((packed & np.uint64(0xFFFFFFFF)).astype(np.uint32), dead)]
        packed.sort(kind="stable")  # which sees the runs that are sorted
        for each, _ in same:
            transaction.delete(POSTINGS, _key(each))
            transaction.forget(POSTINGS, _key(each))
        left = [each for each in left if each not in same]
    if len(packed):
        key = _key(number)
        transaction.put(POSTINGS, key, seal(POSTINGS, key, Array.packed(packed)))
        left.append((number, len(packed)))
        number += 1
    return left, number


def _level(size: int) -> int:
    return max(size, 1).bit_length() // (FAN.bit_length() - 1)


def numbers(transaction: Transaction) -> Iterator[int]:
    """The numbers of all arrays that are stored."""
    for key in transaction.cursor(POSTINGS).iternext(keys=True, values=False):
        yield int.from_bytes(key, "big")


def _key(number: int) -> bytes:
    return number.to_bytes(8, "big")
