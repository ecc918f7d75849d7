"""Crowds: texts of which very many share a band, settled before pairs are made of them.

All pairs of a crowd would take time with its square, and hardly any of them is needed: of a
thousand copies of one text each is a copy of the best of them. So the best of a crowd leads: all
others are compared with it, and what goes for it is settled, and compared no more. Of texts that
are alike but for numbers one is compared in the place of all.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.comparing import PairVerdicts
from textclean.dedup.folded_texts import CorpusView
from textclean.dedup.graph import order_of
from textclean.dedup.kernels import pairing
from textclean.dedup.preference import KeepBy
from textclean.dedup.spill import Rows

#: Texts that share a band, from which on they are a crowd.
CROWD = 64
#: So many lead a crowd one after another; fewer, if one settles less than a twentieth of it.
LEADERS, SETTLES = 8, 20
# So many of a crowd, taken at random, show whether it is one of a formula: then at most `_FEW` of
# them go for the best ones of them. Where a tenth of the crowd goes for one, that is so once in a
# hundred times; but for one with a misread number nothing goes, so several are asked.
_SAMPLE, _FEW, _ASKED = 64, 1, 2
# Of a large crowd about so many, of every standing, show whether the next leader settles any.
_STANDINGS = 256
# Keys that are counted at a time.
_PIECE = 1 << 20


class Settled(NamedTuple):
    """What came of the crowds."""

    #: Of each text whether it takes no part in the search for pairs.
    settled: NDArray[np.bool_]
    #: Of each text whether it is in a crowd of which few go for any: those of a formula.
    formula: NDArray[np.bool_]
    verdicts: PairVerdicts


def settle(
    view: CorpusView,
    numbers: NDArray[Any],
    bands: Rows,
    forms: NDArray[np.uint64] | None,
    compare: Callable[[Any, Any], PairVerdicts],
    keep: KeepBy,
    own: int,
) -> Settled:
    """Settle the crowds, band by band.

    Args:
        numbers, bands: of the texts that are sketched, as `candidates.Sketches` has them.
        forms: of each text in the view the digest of its form; None: these do not matter.
        compare: gives the verdicts on pairs, by their numbers.
        keep: which of several copies stays.
        own: the texts from this index on are the reference, and are never settled.
    """
    crowds = _Crowds(view, forms, compare, keep, own)
    for band in map(bands.row, range(len(bands))):
        crowds.settle(list(_crowds(band, numbers)))
    return Settled(crowds.settled, crowds.formula, PairVerdicts.joined(crowds.parts))


class _Crowds:
    """What is known of crowds so far; for the arguments see `settle`."""

    def __init__(
        self,
        view: CorpusView,
        forms: NDArray[np.uint64] | None,
        compare: Callable[[Any, Any], PairVerdicts],
        keep: KeepBy,
        own: int,
    ) -> None:
        self._view, self._forms, self._compare = view, forms, compare
        self._keep, self._own = keep, own
        self.settled, self.formula = np.zeros((2, len(view.at)), np.bool_)
        self.parts = [PairVerdicts.none()]

    def settle(self, crowds: list[NDArray[np.int64]]) -> None:
        """Settle the crowds of one band."""
        crowds = self._left(crowds)
        # What is kept for another reason than that it says most may say less than most.
        best = self._keep == "best"
        if best:
            self._find_formulas([members for members in crowds if len(members) > 2 * _SAMPLE])
            crowds = self._left(crowds)
        if not crowds:
            return
        crowds = [self._one_of_each_form(members) for members in self._ordered(crowds)]
        for _ in range(LEADERS):
            crowds = [members for members in crowds if len(members) > CROWD]
            if not crowds:
                break
            # Those of one band have no text in common, so their leaders are compared at once.
            leaders, followers = [each[0] for each in crowds], [each[1:] for each in crowds]
            # Of which hardly any in a sample goes for the leader, hardly any does at all.
            steps = [max(1, len(each) // _STANDINGS if best else 1) for each in followers]
            some = [each[::step] for each, step in zip(followers, steps, strict=True)]
            self._lead(leaders, some)
            few = [best and self.settled[each].sum() * SETTLES < len(each) for each in some]
            self._lead(
                leaders,
                [
                    each[:0] if is_few else np.delete(each, np.s_[::step])
                    for each, step, is_few in zip(followers, steps, few, strict=True)
                ],
            )
            crowds = []
            for each, is_few in zip(followers, few, strict=True):
                left = each[~self.settled[each]]
                if is_few:
                    self.formula[left] = True
                else:
                    crowds.append(left)

    def _left(self, crowds: list[NDArray[np.int64]]) -> list[NDArray[np.int64]]:
        """What is left of crowds, where that is a crowd still."""
        done = self.settled | self.formula
        left = (members[~done[members]] for members in crowds)
        return [members for members in left if len(members) > CROWD]

    def _find_formulas(self, crowds: list[NDArray[np.int64]]) -> None:
        """See by some texts of each crowd whether it is one of a formula, without ordering it."""
        digests = self._view.digests
        asked, samples = [], []
        for members in crowds:
            # By what they say, not by where they stand.
            members = members[np.argsort(digests[members])]
            alone = members[self._is_first_of_form(members)]
            if len(alone) > 2 * _SAMPLE:
                asked.append(members)
                samples.append(alone[:: len(alone) // _SAMPLE])
        if not samples:
            return
        samples = self._ordered(samples)
        goes = np.zeros(len(digests), np.bool_)
        for place in range(_ASKED):
            leaders = [sample[place] for sample in samples]
            goes[self._going(leaders, [sample[_ASKED:] for sample in samples])[0]] = True
        for members, sample in zip(asked, samples, strict=True):
            if goes[sample].sum() <= _FEW:
                self.formula[self._one_of_each_form(members)] = True

    def _one_of_each_form(self, members: NDArray[np.int64]) -> NDArray[np.int64]:
        """The first text of each form; the others are settled."""
        alone = self._is_first_of_form(members)
        self.settled[members[~alone]] = True
        return members[alone]

    def _is_first_of_form(self, members: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which texts are the first of their form, or of the reference."""
        if self._forms is None:
            return np.ones(len(members), np.bool_)
        _, first = np.unique(self._forms[members], return_index=True)
        alone = self._view.at[members] >= self._own
        alone[first] = True
        return alone

    def _lead(self, leaders: list[Any], followers: list[NDArray[np.int64]]) -> None:
        """Compare followers with their leader, and settle those that go for it."""
        gone, edges = self._going(leaders, followers)
        self.parts.append(PairVerdicts.none()._replace(edges=edges))
        self.settled[gone] = True

    def _going(
        self, leaders: list[Any], followers: list[NDArray[np.int64]]
    ) -> tuple[NDArray[np.int64], NDArray[np.void]]:
        """The followers that go for their leader, and the edges that say so."""
        at = self._view.at
        others = np.concatenate(followers)
        leading = np.repeat(leaders, [len(each) for each in followers])
        edges = self._compare(leading, others).edges
        asked = _codes(at[others], at[leading])
        found = _codes(edges["goes"], edges["stays"])
        gone = np.isin(asked, found) & (at[others] < self._own)
        return others[gone], edges[np.isin(found, asked[gone])]

    def _ordered(self, crowds: list[NDArray[np.int64]]) -> list[NDArray[np.int64]]:
        """Each crowd in the order of the graph: a leader would else leave what goes before it."""
        view, members = self._view, np.concatenate(crowds)
        order = order_of(view.texts, view.at[members], self._keep, len(view.texts))
        order = np.searchsorted(view.at, order.astype(view.at.dtype))  # which ascends
        rank = np.zeros(len(view.at), np.int64)
        rank[order] = np.arange(len(order))
        return [crowd[np.argsort(rank[crowd])] for crowd in crowds]


def _crowds(band: NDArray[np.uint32], numbers: NDArray[Any]) -> Iterator[NDArray[np.int64]]:
    """The texts that share a key of a band, if they are a crowd."""
    crowded = _may_be_crowded(band)
    if not len(crowded):
        return
    packed = pairing.pack(band[crowded], numbers[crowded].astype(np.int64))
    packed.sort()
    for start, stop in pairing.runs_longer_than(packed, CROWD):
        yield (packed[start:stop] & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _codes(one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.int64]:
    """Pairs of texts as one number each."""
    return one.astype(np.int64) << 32 | other.astype(np.int64)


def _may_be_crowded(keys: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The places of all keys that more than `CROWD` texts have, and of few others."""
    # So many that by chance hardly any bucket is full; in pieces, for indices take twice the room.
    buckets = 1 << max((len(keys) // 8).bit_length(), 10)
    pieces = [keys[start : start + _PIECE] for start in range(0, len(keys), _PIECE)]
    counts = np.zeros(buckets, np.int64)
    for piece in pieces:
        counts += np.bincount(piece & np.uint32(buckets - 1), minlength=buckets)
    full = counts > CROWD
    if not full.any():
        return np.zeros(0, np.int64)
    held = (np.flatnonzero(full[piece & np.uint32(buckets - 1)]) for piece in pieces)
    return np.concatenate([here + number * _PIECE for number, here in enumerate(held)])


def warn(view: CorpusView, size: int, first: int, neighbours: int) -> None:
    """Say that not all pairs of a crowd are looked at."""
    named = view.texts.texts[int(view.at[first])][:40]
    warnings.warn(
        f"{size} different texts look alike (among them {named!r}): each is compared with "
        f"{neighbours} of them, so near copies among them may stay",
        stacklevel=2,
    )


def without(packed: NDArray[np.uint64], settled: NDArray[np.bool_]) -> NDArray[Any]:
    """Packed keys but those of texts that are settled."""
    return packed[~settled[(packed & np.uint64(0xFFFFFFFF)).astype(np.int64)]]
