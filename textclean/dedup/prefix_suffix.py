"""Heads and tails to the letter: which texts begin or end another one of their document.

They need no net: the digest of every head and tail of a fold is looked up among the digests of
whole folds, for texts that begin or end like another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textclean.dedup.comparing import Searched

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Of the texts that one text is a head or tail of, so many are looked at, the longest first.
MAX_WHOLES = 16


class Wanted(NamedTuple):
    """The texts that may be heads or tails of others, by their digests."""

    #: And the numbers of their texts; equal ones are all looked at, in any order.
    digests: NDArray[np.uint64]
    numbers: NDArray[np.int64]
    #: A bit for each digest, and the shift to it, as `sketching.heads_and_tails` looks it up.
    marked: tuple[NDArray[np.uint8], np.uint64]

    @classmethod
    def of(cls, digests: NDArray[np.uint64], chosen: NDArray[np.bool_]) -> Wanted:
        """Those of the digests that are `chosen`; their places are the numbers of the texts."""
        import numpy as np

        from textclean.dedup.kernels.values import GOLDEN

        numbers = np.flatnonzero(chosen)
        wanted = digests[numbers]
        size = max(13, (32 * len(numbers) + 1).bit_length())
        shift = np.uint64(64 - size)
        places = (wanted * GOLDEN) >> shift
        marked = np.zeros(1 << size, np.bool_)
        marked[places.astype(np.int64)] = True
        return cls(wanted, numbers, (np.packbits(marked, bitorder="little"), shift))

    def meet(self, named: NDArray[np.uint64]) -> tuple[Wanted, NDArray[np.bool_]]:
        """Those that are among some digests, and a few others, sorted by digest; and which of those
        digests are among these, and a few others."""
        import numpy as np

        from textclean.dedup.kernels import pairing

        # Turned round: by their upper bits all of the named are like one that is wanted.
        turned = np.concatenate([self.digests, named])
        turned = turned << np.uint64(32) | turned >> np.uint64(32)
        met, there = np.split(pairing.may_be_shared(turned), [len(self.digests)])
        digests, numbers = self.digests[met], self.numbers[met]
        order = np.argsort(digests)
        return Wanted(digests[order], numbers[order], self.marked), there


def cut_off(
    searched: Searched,
    digests: NDArray[np.uint64],
    wanted: Wanted,
    pieces: tuple[NDArray[np.int64], NDArray[np.uint64]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The texts that begin or end another one of their document, and that one, by their numbers.

    Args:
        digests: those of the searched texts.
        pieces: numbers of texts, and digests of heads and tails of theirs that may be wanted.
    """
    import numpy as np

    _, _, lengths, documents = searched
    wholes, named = pieces
    wanted, there = wanted.meet(named)
    if not len(wanted.digests):
        there[:] = False
    wholes, named = wholes[there], named[there]
    place = np.searchsorted(wanted.digests, named)
    empty = np.zeros(0, np.int64)
    part_numbers, whole_numbers = [empty], [empty]
    # Short texts of several documents may share a digest: each of them is looked at.
    while len(place):
        place[place == len(wanted.digests)] = 0
        same = wanted.digests[place] == named
        wholes, named, place = wholes[same], named[same], place[same]
        part = wanted.numbers[place]
        fits = documents[part] == documents[wholes]
        part_numbers.append(part[fits])
        whole_numbers.append(wholes[fits])
        more = place + 1 < len(wanted.digests)
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
    import numpy as np

    from textclean.dedup.kernels import pairing

    # Sorting is left to the few that may be shared.
    places = np.flatnonzero(pairing.may_be_shared(keys))
    places = places[np.argsort(keys[places])]
    ordered = keys[places]
    same = ordered[1:] == ordered[:-1]
    shared = np.zeros(len(keys), np.bool_)
    shared[places[1:][same]] = True
    shared[places[:-1][same]] = True
    return shared
