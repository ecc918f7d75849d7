"""Candidates: pairs of folds that share bands of their sketches, or rare anchors.

Bands find copies that are alike throughout, anchors those that have longer pieces word for word:
what is badly misread, cut off, or glued to something else.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from functools import partial
from math import comb
from operator import call
from typing import TYPE_CHECKING, NamedTuple

from textclean.dedup.buffers import chunks
from textclean.dedup.comparing import Searched, distinct
from textclean.dedup.fragments import Wanted
from textclean.dedup.shingles import SHINGLE_SIZE
from textclean.dedup.threads import each

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Permutations in the signatures of the search.
PERMUTATIONS = 54
#: The bands and anchors that two texts share, together, from which they are compared. Of the pairs
#: of real news that share a single one, one in a thousand is a copy, a twin, or part and whole.
SHARED = 2
#: The share of pairs exactly at the threshold that the bands alone must find. Those that have two
#: dozen characters in a row in common are found by anchors besides. Badly misread copies lie below
#: the threshold: of those at 0.6 eighteen bands of three find 0.93.
RECALL = 0.97
#: In a band that more folds share than this, each is paired with its nearest neighbours only.
MAX_BAND = 400
#: An anchor that more folds share than this is a formula, and is not followed.
MAX_ANCHOR = 16
_NEIGHBOURS = 12
# Anchors are paired in so many parts, so that no more than two of those are copied at once: a part
# for each value of their lowest bits (by the highest they would not be of one size, because a
# winnowed anchor is the least of several hashes).
_PARTS = 16
_SEED = 1


class _Parts(NamedTuple):
    """Packed anchors, part after part, and where each part begins and the last ends."""

    packed: NDArray[np.uint64]
    bounds: NDArray[np.int64]

    @classmethod
    def of(cls, packed: NDArray[np.uint64]) -> _Parts:
        import numpy as np

        parts = (packed >> np.uint64(32)).astype(np.uint8) % np.uint8(_PARTS)
        bounds = np.zeros(_PARTS + 1, np.int64)
        np.cumsum(np.bincount(parts, minlength=_PARTS), out=bounds[1:])
        return cls(packed[np.argsort(parts, kind="stable")], bounds)

    def part(self, number: int) -> NDArray[np.uint64]:
        """One of the parts."""
        return self.packed[self.bounds[number] : self.bounds[number + 1]]


class Sketched(NamedTuple):
    """What is kept of the texts that are long enough to be sketched."""

    #: Their numbers among those searched.
    numbers: NDArray[np.int64]
    #: A row of keys for each band.
    bands: NDArray[np.uint32]
    #: Anchors, packed with numbers among those searched: those of each chunk, by parts.
    anchors: list[_Parts]
    #: Numbers of texts, and the digests of heads and tails of theirs that may be whole texts.
    pieces: tuple[NDArray[np.int64], NDArray[np.uint64]]


def band_rows(threshold: float) -> int:
    """Rows in a band: as many as keep `RECALL` at the threshold.

    A pair of similarity s shares each of b bands of r rows with probability ``s**r`` (Leskovec,
    Rajaraman and Ullman, *Mining of Massive Datasets*, §3.4), independently, and must share
    `SHARED` of them.
    """
    best = 1
    for rows in range(1, PERMUTATIONS // SHARED + 1):
        bands, alike = PERMUTATIONS // rows, threshold**rows
        fewer = sum(
            comb(bands, count) * alike**count * (1 - alike) ** (bands - count)
            for count in range(SHARED)
        )
        if 1 - fewer >= RECALL:
            best = rows
    return best


def sketch(
    searched: Searched,
    threshold: float,
    min_near: int,
    wanted: Wanted | None,
    min_part: int,
    shared: NDArray[np.uint8] | None,
    threads: int | None,
) -> Sketched:
    """Sketch the texts of `min_near` folded characters or more.

    Args:
        wanted: the texts that may be heads or tails of others; None: none may.
        min_part: folded characters from which a text may be a head or a tail.
        shared: of each text whether it begins (bit 0) or ends (bit 1) like another one.
    """
    import numpy as np

    from textclean.dedup.kernels import sketching

    texts, at, lengths, _ = searched
    numbers = np.flatnonzero(lengths >= max(min_near, 1))
    rows = band_rows(threshold)
    multipliers, addends = sketching.permutations(PERMUTATIONS, _SEED)
    nothing = np.zeros(0, np.uint64)
    bands = np.empty((PERMUTATIONS // rows, len(numbers)), np.uint32)

    def work(chunk: range) -> tuple[_Parts, NDArray[np.int64], NDArray[np.uint64]]:
        here = slice(chunk.start, chunk.stop)
        folds = texts.folds(at[numbers[here]])
        signatures = sketching.signatures(folds, SHINGLE_SIZE, multipliers, addends)
        bands[:, here] = sketching.band_keys(signatures, rows)
        anchors = _Parts.of(sketching.anchors(folds, numbers[here])[0])
        if wanted is None or shared is None:
            return anchors, numbers[:0], nothing
        chosen = shared[numbers[here]]
        named, owners = sketching.heads_and_tails(folds, chosen, *wanted.marked, min_part)
        return anchors, numbers[owners + chunk.start], named

    made = each(work, chunks(lengths[numbers]), threads)
    owners = np.concatenate([numbers[:0], *(part for _, part, _ in made)])
    named = np.concatenate([nothing, *(part for _, _, part in made)])
    return Sketched(numbers, bands, [part for part, _, _ in made], (owners, named))


def pairs(
    searched: Searched, digests: NDArray[np.uint64], sketched: Sketched, threads: int | None
) -> NDArray[np.uint64]:
    """All candidate pairs, sorted, each as one integer: the lower number above the higher.

    The anchors are most of what is in memory, and are given up as soon as they are paired.
    """
    import numpy as np

    from textclean.dedup.kernels import pairing

    made = each(call, _anchored(sketched.anchors), threads)
    sketched.anchors.clear()
    crowds: list[tuple[int, int]] = []
    made += each(call, _banded(digests, sketched, crowds), threads)
    found = np.concatenate([*made, np.zeros(0, np.uint64)])
    del made
    if crowds:
        _warn(searched, *max(crowds))
    found = found[pairing.may_be_shared(found)]  # which leaves little to sort
    found.sort()
    return _met_often(found, SHARED)


def _banded(
    digests: NDArray[np.uint64], sketched: Sketched, crowds: list[tuple[int, int]]
) -> Iterator[Callable[[], NDArray[np.uint64]]]:
    """What finds the pairs that share a band, each as one integer, band by band.

    `crowds` takes of each band that too many share how many do, and the first of them.
    """
    import numpy as np

    from textclean.dedup.kernels import pairing

    numbers, bands = sketched.numbers, sketched.bands

    def pair(band: int) -> NDArray[np.uint64]:
        packed = _repeated(_packed(bands[band], numbers))
        pairs, longest = pairing.pairs_of(packed, MAX_BAND)
        if longest <= MAX_BAND:
            return pairs
        # The next bands bring together those of the crowd that have still more in common.
        made = [pairs]
        for start, stop in pairing.runs_longer_than(packed, MAX_BAND):
            members = (packed[start:stop] & np.uint64(0xFFFFFFFF)).astype(np.int64)
            rows = np.searchsorted(numbers, members)
            order = [digests[members]]
            order += [bands[(band + step) % len(bands)][rows] for step in (3, 2, 1)]
            members = members[np.lexsort(order)]
            made += [
                _pair_codes(members[:-step], members[step:]) for step in range(1, _NEIGHBOURS + 1)
            ]
            crowds.append((len(members), int(members[np.argmin(digests[members])])))
        return np.concatenate(made)

    return (partial(pair, band) for band in range(len(bands)))


def _warn(searched: Searched, size: int, first: int) -> None:
    named = searched.texts.texts[int(searched.at[first])][:40]
    warnings.warn(
        f"{size} different texts look alike (among them {named!r}): each is compared with "
        f"{_NEIGHBOURS} of them, so near copies among them may stay",
        stacklevel=2,
    )


def _anchored(
    anchors: list[_Parts],
) -> Iterator[Callable[[], NDArray[np.uint64]]]:
    """What finds the pairs that share an anchor no more than `MAX_ANCHOR` texts have, by parts."""
    import numpy as np

    from textclean.dedup.kernels import pairing

    def pair(part: int) -> NDArray[np.uint64]:
        slices = (chunk.part(part) for chunk in anchors)
        packed = _repeated(np.concatenate([np.zeros(0, np.uint64), *slices]))
        pairs = np.sort(pairing.pairs_of(packed, MAX_ANCHOR)[0])
        # More than is asked for tells no more.
        return np.concatenate([_met_often(pairs, often) for often in range(1, SHARED + 1)])

    return (partial(pair, part) for part in range(_PARTS))


def _met_often(ordered: NDArray[np.uint64], often: int) -> NDArray[np.uint64]:
    """Those of sorted integers that occur so often, once each."""
    ordered = ordered[often - 1 :][ordered[often - 1 :] == ordered[: len(ordered) - often + 1]]
    return distinct(ordered)


def _repeated(packed: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Those of packed keys that occur more than once, and few others, sorted."""
    import numpy as np

    from textclean.dedup.kernels import pairing

    # Most keys are a single text's, and to see that takes less time than to sort them.
    packed = packed[pairing.may_be_shared(packed >> np.uint64(32))]
    packed.sort()
    return packed


def _packed(keys: NDArray[np.uint32], numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
    import numpy as np

    packed = keys.astype(np.uint64)
    packed <<= np.uint64(32)
    packed |= numbers.astype(np.uint64)
    return packed


def _pair_codes(ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.uint64]:
    import numpy as np

    lower, higher = np.minimum(ones, others), np.maximum(ones, others)
    return (lower.astype(np.uint64) << np.uint64(32)) | higher.astype(np.uint64)
