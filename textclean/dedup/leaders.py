"""Pairs within groups, compared in the order of preference: what goes for one is compared no more.

All pairs of a group of copies take time with its square, and hardly any of them matters: what is
kept of it is the text that all others go for, and those that go for none. So a text that is
preferred to all its candidates leads: they are compared with it, and those that go for it are
settled. A text that is left, and has settled ones among its candidates, is compared with what these
went for. The candidates that are left after a few rounds are compared all at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.comparing import PairVerdicts, distinct, pair_codes, pair_numbers
from textclean.dedup.folded_texts import CorpusView
from textclean.dedup.graph import order_of, without_formulas
from textclean.dedup.preference import KeepBy

#: Texts with so many candidates, or whose candidates have, are compared in rounds; all others at
#: once: of two or three texts hardly a pair could be spared.
FEWEST = 12
#: Rounds. Of 114,061 pairs of groups of 5 to 1,000 misread copies 25,000 are compared after one
#: round and the rest, 18,000 after four, 16,000 after eight.
ROUNDS = 4

Compare = Callable[[NDArray[np.uint64]], PairVerdicts]


def compare_by_leaders(
    view: CorpusView, codes: NDArray[np.uint64], keep: KeepBy, own: int, compare: Compare
) -> PairVerdicts:
    """The verdicts on candidate pairs, but for those that do not matter.

    Args:
        codes: the pairs, the lower number above the higher in one integer, sorted.
        keep: which of several copies stays.
        own: the texts from this index on are the reference, and are never settled.
        compare: gives the verdicts on such pairs.
    """
    crowded = _in_groups(codes, len(view.at))
    if not crowded.any():
        return compare(codes)
    rank = _ranks(view, codes[crowded], keep, own)
    alive = _Ranked.of(codes[crowded], rank)
    # No pair is compared twice: it would be counted twice where it says that a text is a formula.
    asked = [codes[~crowded]]
    parts = [compare(asked[0])]
    led_by = np.full(len(view.at), -1, np.int64)
    spared = alive.select(np.zeros(len(alive.codes), np.bool_))
    for _ in range(ROUNDS):
        follows = np.zeros(len(view.at), np.bool_)
        follows[alive.behind] = True
        led = ~follows[alive.ahead]
        if not led.any():
            break
        leading, alive = alive.select(led), alive.select(~led)
        parts.append(compare(leading.codes))
        asked.append(leading.codes)
        _settle(view, leading, parts[-1].edges, own, rank, led_by)
        free = (led_by[alive.ahead] < 0) & (led_by[alive.behind] < 0)
        spared, alive = spared.joined(alive.select(~free)), alive.select(free)
    parts.append(compare(alive.codes))
    asked.append(alive.codes)
    more = _left_behind(spared, led_by, np.concatenate(asked))
    parts.append(compare(more))
    asked.append(more)
    verdicts = PairVerdicts.joined(parts)
    # What was settled on evidence that does not count beside all of it is compared after all.
    borne_out = np.searchsorted(view.at, without_formulas(verdicts.edges, verdicts.unlike)["goes"])
    lost = led_by >= 0
    lost[borne_out] = False
    again = spared.codes[lost[spared.ahead] | lost[spared.behind]]
    again = np.setdiff1d(again, np.concatenate(asked))
    return PairVerdicts.joined([verdicts, compare(again)]) if len(again) else verdicts


class _Ranked(NamedTuple):
    """Pairs: as codes, and the numbers of the text to keep rather and of the other one."""

    codes: NDArray[np.uint64]
    ahead: NDArray[np.int64]
    behind: NDArray[np.int64]

    @classmethod
    def of(cls, codes: NDArray[np.uint64], rank: NDArray[np.int64]) -> _Ranked:
        firsts, seconds = pair_numbers(codes)
        swap = rank[firsts] > rank[seconds]
        return cls(codes, np.where(swap, seconds, firsts), np.where(swap, firsts, seconds))

    def select(self, chosen: NDArray[np.bool_]) -> _Ranked:
        return _Ranked(self.codes[chosen], self.ahead[chosen], self.behind[chosen])

    def joined(self, other: _Ranked) -> _Ranked:
        columns: Any = zip(self, other, strict=True)
        return _Ranked(*map(np.concatenate, columns))


def _in_groups(codes: NDArray[np.uint64], count: int) -> NDArray[np.bool_]:
    """Which pairs have a text with `FEWEST` candidates."""
    firsts, seconds = pair_numbers(codes)
    several = np.bincount(firsts, minlength=count) + np.bincount(seconds, minlength=count) >= FEWEST
    return several[firsts] | several[seconds]


def _ranks(
    view: CorpusView, codes: NDArray[np.uint64], keep: KeepBy, own: int
) -> NDArray[np.int64]:
    """The places of the texts of some pairs in the order of preference, by their numbers."""
    members = distinct(np.sort(np.concatenate(pair_numbers(codes))))
    order = order_of(view.texts, view.at[members].astype(np.int64), keep, own)
    rank = np.zeros(len(view.at), np.int64)
    rank[np.searchsorted(view.at, order.astype(view.at.dtype))] = np.arange(len(order))
    return rank


def _settle(
    view: CorpusView,
    pairs: _Ranked,
    edges: NDArray[np.void],
    own: int,
    rank: NDArray[np.int64],
    led_by: NDArray[np.int64],
) -> None:
    """Write of each text that goes for the leader of a pair which that is, of several the best."""
    goes, stays = (np.searchsorted(view.at, edges[side]) for side in ("goes", "stays"))
    found = goes.astype(np.int64) << 32 | stays
    gone = np.isin(pairs.behind << 32 | pairs.ahead, found) & (view.at[pairs.behind] < own)
    best_last = np.flatnonzero(gone)[np.argsort(-rank[pairs.ahead[gone]])]
    led_by[pairs.behind[best_last]] = pairs.ahead[best_last]


def _left_behind(
    spared: _Ranked, led_by: NDArray[np.int64], asked: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """The pairs of each text that is left and what a candidate of it went for."""
    pairs = []
    for one, other in ((spared.ahead, spared.behind), (spared.behind, spared.ahead)):
        left = (led_by[one] < 0) & (led_by[other] >= 0)
        pairs.append((one[left], led_by[other[left]]))
    ones, leaders = map(np.concatenate, zip(*pairs, strict=True))
    apart = ones != leaders
    return np.setdiff1d(pair_codes(ones[apart], leaders[apart]), asked)
