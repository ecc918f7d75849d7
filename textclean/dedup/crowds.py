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
# Of a large crowd about so many, of every standing, show whether it is one of a formula.
_SAMPLE = 256
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
    settled, formula = np.zeros((2, len(view.at)), np.bool_)
    parts = [PairVerdicts.none()]
    best = keep == "best"

    def lead(leaders: list[Any], followers: list[NDArray[np.int64]]) -> None:
        """Compare followers with their leader, and settle those that go for it."""
        others = np.concatenate(followers)
        if not len(others):
            return
        leading = np.repeat(leaders, [len(each) for each in followers])
        edges = compare(leading, others).edges
        asked = _codes(view.at[others], view.at[leading])
        found = _codes(edges["goes"], edges["stays"])
        gone = np.isin(asked, found) & (view.at[others] < own)
        parts.append(PairVerdicts.none()._replace(edges=edges[np.isin(found, asked[gone])]))
        settled[others[gone]] = True

    for band in map(bands.row, range(len(bands))):
        crowds = [
            members
            for crowd in _crowds(band, numbers)
            for members in [crowd[~(settled[crowd] | formula[crowd])]]
            if len(members) > CROWD
        ]
        if not crowds:
            continue
        crowds = _ordered(view, crowds, keep)
        if forms is not None:
            for place, members in enumerate(crowds):
                _, first = np.unique(forms[members], return_index=True)
                alone = view.at[members] >= own
                alone[first] = True
                settled[members[~alone]] = True
                crowds[place] = members[alone]
        for _ in range(LEADERS):
            crowds = [members for members in crowds if len(members) > CROWD]
            if not crowds:
                break
            # Those of one band have no text in common, so their leaders are compared at once.
            leaders, followers = [each[0] for each in crowds], [each[1:] for each in crowds]
            # Of which hardly any in a sample goes for the leader, hardly any does at all. What is
            # kept for another reason may say less than most.
            steps = [max(1, len(each) // _SAMPLE if best else 1) for each in followers]
            some = [each[::step] for each, step in zip(followers, steps, strict=True)]
            lead(leaders, some)
            few = [best and settled[each].sum() * SETTLES < len(each) for each in some]
            lead(
                leaders,
                [
                    each[:0] if is_few else np.delete(each, np.s_[::step])
                    for each, step, is_few in zip(followers, steps, few, strict=True)
                ],
            )
            crowds = []
            for each, is_few in zip(followers, few, strict=True):
                left = each[~settled[each]]
                if is_few:
                    formula[left] = True
                else:
                    crowds.append(left)
    return Settled(settled, formula, PairVerdicts.joined(parts))


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


def _ordered(
    view: CorpusView, crowds: list[NDArray[np.int64]], keep: KeepBy
) -> list[NDArray[np.int64]]:
    """Each crowd in the order of the graph: a leader would else leave there what goes before it."""
    members = np.concatenate(crowds)
    order = order_of(view.texts, view.at[members], keep, len(view.texts))
    order = np.searchsorted(view.at, order.astype(view.at.dtype))  # which ascends
    rank = np.zeros(len(view.at), np.int64)
    rank[order] = np.arange(len(order))
    return [crowd[np.argsort(rank[crowd])] for crowd in crowds]


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
