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
#: Pairs of a text that are compared at a time where what it was settled on is in doubt: mostly a
#: few more bear it out.
DOUBTS = 4

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
    groups = _Groups(view, own, rank, compare)
    groups.parts.append(compare(codes[~crowded]))
    alive = _Ranked.of(codes[crowded], rank)
    spared = alive.select(np.zeros(len(alive.codes), np.bool_))
    for _ in range(ROUNDS):
        follows = np.zeros(len(view.at), np.bool_)
        follows[alive.behind] = True
        led = ~follows[alive.ahead]
        if not led.any():
            break
        groups.ask(alive.select(led))
        spared, alive = groups.sorted_out(spared, alive.select(~led))
        groups.ask(groups.left_behind(spared, first=True))
        spared, alive = groups.sorted_out(spared, alive)
    groups.ask(alive)
    groups.ask(groups.left_behind(spared))
    for _ in range(ROUNDS):
        if not groups.bear_out(spared, most=DOUBTS):
            break
    groups.bear_out(spared)
    return PairVerdicts.joined(groups.parts)


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

    def at(self, places: NDArray[np.int64]) -> _Ranked:
        return _Ranked(self.codes[places], self.ahead[places], self.behind[places])

    def select(self, chosen: NDArray[np.bool_]) -> _Ranked:
        return self.at(np.flatnonzero(chosen))

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


class _Groups:
    """What has been found out of groups so far.

    Args:
        rank: the places of texts in the order of preference, by their numbers.
    """

    def __init__(
        self, view: CorpusView, own: int, rank: NDArray[np.int64], compare: Compare
    ) -> None:
        self._view, self._own, self._rank, self._compare = view, own, rank, compare
        self._asked = [np.zeros(0, np.uint64)]
        self.parts: list[PairVerdicts] = []
        #: Of each text that is settled the best that it was seen to go for; of others -1.
        self.led_by = np.full(len(view.at), -1, np.int64)

    def unasked(self, codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """The different ones of some pairs that have not been compared."""
        return np.setdiff1d(codes, np.concatenate(self._asked))

    def ask(self, pairs: _Ranked) -> None:
        """Compare pairs, and write of each text that goes for the one ahead what that is."""
        verdicts = self._compare(pairs.codes)
        self.parts.append(verdicts)
        self._asked.append(pairs.codes)
        at, led_by = self._view.at, self.led_by
        goes, stays = (np.searchsorted(at, verdicts.edges[side]) for side in ("goes", "stays"))
        found = goes.astype(np.int64) << 32 | stays
        gone = np.isin(pairs.behind << 32 | pairs.ahead, found) & (at[pairs.behind] < self._own)
        gone &= led_by[pairs.behind] < 0
        best_last = np.flatnonzero(gone)[np.argsort(-self._rank[pairs.ahead[gone]])]
        led_by[pairs.behind[best_last]] = pairs.ahead[best_last]

    def sorted_out(self, spared: _Ranked, alive: _Ranked) -> tuple[_Ranked, _Ranked]:
        """The pairs that need not be compared, with those of `alive` that have a settled text; and
        the others of `alive`.
        """
        free = (self.led_by[alive.ahead] < 0) & (self.led_by[alive.behind] < 0)
        return spared.joined(alive.select(~free)), alive.select(free)

    def left_behind(self, spared: _Ranked, *, first: bool = False) -> _Ranked:
        """The pairs of each text that is left and what a candidate of it went for.

        Args:
            first: of each such text only the one with the best of these.
        """
        left, leaders = [], []
        for one, other in ((spared.ahead, spared.behind), (spared.behind, spared.ahead)):
            chosen = (self.led_by[one] < 0) & (self.led_by[other] >= 0)
            left.append(one[chosen])
            leaders.append(self.led_by[other[chosen]])
        ones, others = np.concatenate(left), np.concatenate(leaders)
        apart = ones != others
        pairs = _Ranked.of(self.unasked(pair_codes(ones[apart], others[apart])), self._rank)
        if not first:
            return pairs
        return pairs.at(_first_of_each(pairs.behind, self._rank[pairs.ahead], 1))

    def bear_out(self, spared: _Ranked, most: int | None = None) -> bool:
        """Compare after all what was settled on evidence that does not count beside all of it.

        Args:
            most: so many pairs of each such text, those with the best texts.

        Returns:
            Whether there was any.
        """
        verdicts = PairVerdicts.joined(self.parts)
        goes = without_formulas(verdicts.edges, verdicts.unlike)["goes"]
        lost = self.led_by >= 0
        lost[np.searchsorted(self._view.at, goes)] = False
        doubted = spared.select(lost[spared.ahead] | lost[spared.behind])
        pairs = _Ranked.of(self.unasked(doubted.codes), self._rank)
        if most is not None:
            chosen = np.zeros(len(pairs.codes), np.bool_)
            for one, other in ((pairs.ahead, pairs.behind), (pairs.behind, pairs.ahead)):
                here = np.flatnonzero(lost[one])
                chosen[here[_first_of_each(one[here], self._rank[other[here]], most)]] = True
            pairs = pairs.select(chosen)
        if len(pairs.codes):
            self.ask(pairs)
        return len(pairs.codes) > 0


def _first_of_each(
    texts: NDArray[np.int64], rank: NDArray[np.int64], most: int
) -> NDArray[np.int64]:
    """The places, ascending, of the `most` entries of each text that come first by rank."""
    order = np.lexsort([rank, texts])
    ordered = texts[order]
    place = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    return np.sort(order[place < most])
