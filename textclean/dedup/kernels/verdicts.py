"""The verdicts on pairs of folds, as `verify` says what they are; and which is a piece of which.

What differs is aligned and counted by compiled loops (`aligning`, `edit_counts`) or without them
(`uncompiled`); the verdicts are drawn from the counts, for all pairs at once. Texts of more than
`verify.MAX_ALIGNED` characters are left to `uncompiled`, and so are pairs that `aligning` has no
room for. Tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels import aligning, edit_counts, uncompiled
from textclean.dedup.kernels.aligning import ALIGNED, BEYOND, TOO_LONG, Alignments
from textclean.dedup.kernels.edit_counts import COUNTED, UNCLEAR, EditCounts
from textclean.dedup.kernels.folding import Folds
from textclean.dedup.kernels.pairing import Pairs
from textclean.dedup.verify import (
    CHARACTER_SHARE,
    LONGEST_NAME,
    LOSS_SHARE,
    MAX_ALIGNED,
    NUMBER_SHARE,
    SHORT,
    WORD_SHARE,
    Verdict,
)

#: Instead of the share of a piece: there is none; it takes a longer look.
NONE, _LONGER = -1.0, -2.0


class _Loops(NamedTuple):
    """What finds the differences of pairs."""

    align: Callable[..., Alignments]
    equal_runs: Callable[..., NDArray[np.bool_]]
    count_edits: Callable[..., tuple[NDArray[np.uint8], EditCounts]]


_COMPILED = _Loops(aligning.align, aligning.equal_runs, edit_counts.count_edits)
_UNCOMPILED = _Loops(uncompiled.align, uncompiled.equal_runs, uncompiled.count_edits)


class Judge(NamedTuple):
    """Compares folds of a chunk of texts; pairs are given by the numbers of both folds."""

    folds: Folds
    #: The share of characters up to which misread ones make no other text.
    misread: float
    #: Whether by compiled loops.
    compiled: bool

    @property
    def _loops(self) -> _Loops:
        return _COMPILED if self.compiled else _UNCOMPILED

    def verdicts(self, pairs: Pairs, similar: NDArray[np.bool_]) -> NDArray[np.uint8]:
        """The verdict on each pair, as its number.

        Args:
            similar: of each pair whether the shingles reach the threshold. Where they do not, the
                two are copies only if all their differences are misread or lost characters.
        """
        one, other = pairs
        folds = self.folds
        bounds = (folds.begins[one], folds.ends[one], folds.begins[other], folds.ends[other])
        spans = np.stack(bounds, axis=1)
        sizes = np.diff(spans)[:, ::2]
        long = sizes.max(axis=1) > MAX_ALIGNED
        apart = ~similar & long
        unlike = np.flatnonzero(~similar & ~long)
        apart[unlike] = self._cost_more(spans[unlike], _most(sizes[unlike].min(axis=1)))
        verdicts = np.where(apart, Verdict.DIFFERENT, UNCLEAR).astype(np.uint8)
        looked = np.flatnonzero(~apart & ~(long & self.compiled))
        verdicts[looked] = self._judge(spans[looked], similar[looked])
        left = np.flatnonzero(verdicts == UNCLEAR)
        if left.size:  # only of compiled loops
            pairs = one[left], other[left]
            verdicts[left] = self._replace(compiled=False).verdicts(pairs, similar[left])
        return verdicts

    def _judge(self, spans: NDArray[np.int64], similar: NDArray[np.bool_]) -> NDArray[np.uint8]:
        outcomes, counts = self._loops.count_edits(self.folds.codes, spans, ordered=True)
        sizes = np.diff(spans)[:, ::2]
        lengths, aligned = sizes.min(axis=1), sizes.max(axis=1) <= MAX_ALIGNED
        words = np.where(aligned, counts.words, 0)
        short = lengths < SHORT
        apart = (
            ~similar
            | (counts.contrasts > 0)
            | (words > WORD_SHARE * lengths)
            | (aligned & (counts.singles > 1) & counts.repeats)
            | (aligned & short & (counts.sizes > np.maximum(1.0, CHARACTER_SHARE * lengths)))
        )
        in_place = (counts.gaps + counts.other_gaps == 0) & (counts.run_most <= LONGEST_NAME)
        replaced = apart & similar & aligned & in_place & (counts.numbers == 0)
        strict = short | (words > 0)
        tolerated = np.where(strict, 0.0, np.maximum(1.0, NUMBER_SHARE * counts.values))
        twins = counts.numbers > np.minimum(counts.digits, tolerated)
        verdicts = np.select(
            [aligned & counts.are_damage(lengths, self.misread), replaced, apart, twins],
            [Verdict.COPY, Verdict.REPLACED, Verdict.DIFFERENT, Verdict.TWINS],
            np.where(counts.numbers > 0, Verdict.LIKELY, Verdict.COPY),
        )
        return np.where(outcomes == COUNTED, verdicts, outcomes).astype(np.uint8)

    def pieces(self, pairs: Pairs) -> NDArray[np.float64]:
        """Where each first text is the head (``[pair, 0]``) and the tail (``[pair, 1]``) of the
        second: to the letter, or but for misread characters if it is not longer than `MAX_ALIGNED`.

        Returns:
            How many characters of the second that is, and the share of the first that is there, or
            `NONE` if it is no piece of it.
        """
        smaller, larger = pairs
        folds = self.folds
        lengths = folds.lengths
        pieces = np.empty((len(smaller), 2, 2))
        pieces[:, :, 0] = lengths[smaller][:, None]
        exact = self.whole_ends(pairs)
        pieces[:, :, 1] = np.where(exact, 1.0, NONE)
        rest = np.flatnonzero(~exact.any(axis=1) & (lengths[smaller] < lengths[larger]))
        small, large = smaller[rest], larger[rest]
        length = lengths[small]
        slack = np.minimum(lengths[large] - length, 3 + length // 20)
        opens, closes = folds.begins[large], folds.ends[large]
        part = folds.begins[small], folds.ends[small]
        heads = np.stack([*part, opens, opens + length + slack], axis=1)
        tails = np.stack([*part, closes - length - slack, closes], axis=1)
        sizes, shares = self._pieces(np.stack([heads, tails]), length, slack)
        pieces[rest, :, 0], pieces[rest, :, 1] = sizes.T, shares.T
        left = np.flatnonzero((pieces[:, :, 1] == _LONGER).any(axis=1))
        if left.size:  # only of compiled loops
            pairs = smaller[left], larger[left]
            pieces[left] = self._replace(compiled=False).pieces(pairs)
        return pieces

    def _pieces(
        self, regions: NDArray[np.int64], length: NDArray[np.int64], slack: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """What of the outermost characters of texts others are, as `pieces` returns it.

        Args:
            regions: ``[0, pair]`` the bounds of the part and of the beginning of the whole that it
                may be, ``[1, pair]`` of the part and of the end of the whole.
            length: characters of the parts.
            slack: characters by which the regions are longer.
        """
        taken = np.zeros(regions.shape[:2], np.int64)
        shares = np.full(regions.shape[:2], _LONGER if self.compiled else NONE)
        looked = np.flatnonzero((length + slack if self.compiled else length) <= MAX_ALIGNED)
        shares[:, looked] = NONE
        for tail in range(2):
            spans = regions[tail, looked]
            limits = _most(length[looked] + 2 * slack[looked])
            alignments = self._loops.align(self.folds.codes, spans, limits)
            shares[tail, looked[alignments.states == TOO_LONG]] = _LONGER
            near = np.flatnonzero(alignments.states == ALIGNED)
            spans[:, 2], spans[:, 3] = self._reach(spans, alignments, tail=bool(tail))
            spans, at = spans[near], looked[near]
            sizes = spans[:, 3] - spans[:, 2]
            close = ~self._cost_more(spans, _most(np.minimum(length[at], sizes)))
            spans, at, sizes = spans[close], at[close], sizes[close]
            outcomes, counts = self._loops.count_edits(self.folds.codes, spans, ordered=False)
            damage = (outcomes == COUNTED) & counts.are_damage(length[at], self.misread)
            share = np.where(damage, 1.0 - np.minimum(1.0, counts.sizes / length[at]), NONE)
            taken[tail, at] = sizes
            shares[tail, at] = np.where(outcomes == UNCLEAR, _LONGER, share)
        return taken, shares

    def _cost_more(self, spans: Any, limits: Any) -> NDArray[np.bool_]:
        """Which pairs differ in more than the limit."""
        alignments = self._loops.align(self.folds.codes, spans, limits, traced=False)
        more: NDArray[np.bool_] = alignments.states == BEYOND
        return more

    def _reach(
        self, spans: NDArray[np.int64], alignments: Alignments, *, tail: bool
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where in each region the piece lies that the part covers: all but what hangs over inside.

        Where the innermost characters of the part stand twice, what hangs over may have been
        aligned as an insertion behind them. It costs the same to take it for what it is.
        """
        folds, equal_runs = self.folds.codes, self._loops.equal_runs
        part, end, opens, closes = spans.T.copy()
        before, after = alignments.overhangs.T
        # The innermost stretch, but for one at the part's own end. The last of a pair comes first.
        innermost = alignments.starts[1:] - 1 if tail else alignments.starts[:-1].copy()
        padded = np.append(alignments.stretches, np.full((1, 4), -1), axis=0)
        held = (alignments.starts[:-1] <= innermost) & (innermost < alignments.starts[1:])
        if tail:
            innermost -= held & (padded[innermost, 1] == part)
            opens += before
        else:
            innermost += held & (padded[innermost, 0] == end)
            closes -= after
        held = (alignments.starts[:-1] <= innermost) & (innermost < alignments.starts[1:])
        held &= padded[innermost, 0] == padded[innermost, 1]
        at = np.flatnonzero(held)
        place, _, opening, closing = padded[innermost[at]].T
        if tail:
            begin = closing - (place - part[at])
            same = equal_runs(folds, part[at], begin, place - part[at])
            opens[at[same]] = begin[same]
        else:
            same = equal_runs(folds, place, opening, end[at] - place)
            closes[at[same]] = (opening + end[at] - place)[same]
        return opens, closes

    def whole_ends(self, pairs: Pairs) -> NDArray[np.bool_]:
        """Whether each smaller text is the head, and whether it is the tail, of the larger."""
        smaller, larger = pairs
        codes, begins, ends = self.folds
        lengths = self.folds.lengths
        exact = np.zeros((len(smaller), 2), np.bool_)
        places = np.flatnonzero(lengths[smaller] < lengths[larger])
        exact[places[lengths[smaller[places]] == 0]] = True
        places = places[lengths[smaller[places]] > 0]
        for side in range(2):
            held = begins[larger] if side == 0 else ends[larger] - lengths[smaller]
            # Most differ in the first character already.
            same = places[codes[begins[smaller[places]]] == codes[held[places]]]
            sizes = lengths[smaller[same]]
            ones, others = begins[smaller[same]], held[same]
            exact[same, side] = self._loops.equal_runs(codes, ones, others, sizes)
        return exact


def _most(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The cost above which two texts differ in more than could be misread or lost."""
    return (LOSS_SHARE * lengths).astype(np.int64) + 2
