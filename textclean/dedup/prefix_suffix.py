"""Heads and tails to the letter: which texts begin or end another one of their document.

No sketches are needed: the digest of every head and tail of a fold is looked up among the digests
of whole folds, for texts that begin or end like another.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.folded_texts import CorpusView
from textclean.dedup.kernels import pairing
from textclean.dedup.kernels.values import GOLDEN

#: Of the texts that one text is a head or tail of, so many are looked at, the longest first.
MAX_WHOLES = 16


class PrefixIndex(NamedTuple):
    """The texts that may be heads or tails of others, by their digests."""

    digests: NDArray[np.uint64]
    #: Number of the text each digest came from; duplicates allowed, unordered.
    numbers: NDArray[np.int64]
    #: A bit for each digest, and the shift to it, as `sketching.heads_and_tails` looks it up.
    marks: tuple[NDArray[np.uint8], np.uint64]

    @classmethod
    def of(cls, digests: NDArray[np.uint64], chosen: NDArray[np.bool_]) -> PrefixIndex:
        """Those of the digests that are `chosen`; their places are the numbers of the texts."""
        numbers = np.flatnonzero(chosen)
        digests = digests[numbers]
        size = max(13, (32 * len(numbers) + 1).bit_length())
        shift = np.uint64(64 - size)
        places = (digests * GOLDEN) >> shift
        marks = np.zeros(1 << size, np.bool_)
        marks[places.astype(np.int64)] = True
        return cls(digests, numbers, (np.packbits(marks, bitorder="little"), shift))

    def meet(self, named: NDArray[np.uint64]) -> tuple[PrefixIndex, NDArray[np.bool_]]:
        """Those that are among some digests, and a few others, sorted by digest; and which of those
        digests are among these, and a few others."""
        # Turned round: by their upper bits all of the named are like one of the index.
        turned = np.concatenate([self.digests, named])
        turned = turned << np.uint64(32) | turned >> np.uint64(32)
        common, there = np.split(pairing.may_be_shared(turned), [len(self.digests)])
        digests, numbers = self.digests[common], self.numbers[common]
        order = np.argsort(digests)
        return PrefixIndex(digests[order], numbers[order], self.marks), there


def cut_off(
    view: CorpusView, index: PrefixIndex, pieces: tuple[NDArray[np.int64], NDArray[np.uint64]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The texts that begin or end another one of their document, and that one, by their numbers.

    Args:
        pieces: numbers of texts, and digests of heads and tails of theirs that may be in `index`.
    """
    _, _, lengths, documents, digests = view
    wholes, named = pieces
    index, there = index.meet(named)
    if not len(index.digests):
        there[:] = False
    wholes, named = wholes[there], named[there]
    place = np.searchsorted(index.digests, named)
    empty = np.zeros(0, np.int64)
    part_numbers, whole_numbers = [empty], [empty]
    # Short texts of several documents may share a digest: each of them is looked at.
    while len(place):
        place[place == len(index.digests)] = 0
        same = index.digests[place] == named
        wholes, named, place = wholes[same], named[same], place[same]
        part = index.numbers[place]
        fits = documents[part] == documents[wholes]
        part_numbers.append(part[fits])
        whole_numbers.append(wholes[fits])
        more = place + 1 < len(index.digests)
        wholes, named, place = wholes[more], named[more], place[more] + 1
    part, whole = np.concatenate(part_numbers), np.concatenate(whole_numbers)
    ranked = np.lexsort([digests[whole], -lengths[whole], part])
    part, whole = part[ranked], whole[ranked]
    opens = np.flatnonzero(np.diff(part, prepend=-1))
    rank = np.arange(len(part)) - np.repeat(opens, np.diff(np.append(opens, len(part))))
    few = rank < MAX_WHOLES
    return part[few], whole[few]


def shared_keys(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which keys occur more than once."""
    # Sorting is left to the few that may be shared.
    places = np.flatnonzero(pairing.may_be_shared(keys))
    places = places[np.argsort(keys[places])]
    ordered = keys[places]
    same = ordered[1:] == ordered[:-1]
    shared = np.zeros(len(keys), np.bool_)
    shared[places[1:][same]] = True
    shared[places[:-1][same]] = True
    return shared
