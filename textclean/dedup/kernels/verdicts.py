"""`verify.judge` and `verify.pieces` for many pairs of folds at once, in arrays.

What differs is aligned by a compiled loop (`aligning`) and counted (`edit_counts`); the verdicts
are drawn from the counts here, for all pairs at once, in the same steps. Counts and verdicts are
numpy's work, which takes no compiling. Texts of more than `verify.MAX_ALIGNED` characters are left
to `uncompiled`, and so are pairs that `aligning` has no room for. Tests hold the two together.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels import uncompiled
from textclean.dedup.kernels.aligning import ALIGNED, BEYOND, TOO_LONG, Alignments, align
from textclean.dedup.kernels.edit_counts import COUNTED, UNCLEAR, count_edits
from textclean.dedup.kernels.folding import Folds
from textclean.dedup.kernels.pairing import Pairs
from textclean.dedup.kernels.stages import COMPARING
from textclean.dedup.kernels.uncompiled import NONE
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

# Instead of the share of a piece: it takes a longer look.
_LONGER = -2.0


def judge_pairs(
    folds: Folds, pairs: Pairs, similar: NDArray[np.bool_], misread: float
) -> NDArray[np.uint8]:
    """The verdict on each pair, that of `verify.judge`, as its number.

    Args:
        similar: of each pair whether the shingles reach the threshold.
    """
    one, other = pairs
    sizes = folds.lengths
    lengths = np.minimum(sizes[one], sizes[other])
    verdicts = np.full(len(one), UNCLEAR, np.uint8)
    bounds = (folds.begins[one], folds.ends[one], folds.begins[other], folds.ends[other])
    spans = np.stack(bounds, axis=1)
    looked = np.flatnonzero(np.maximum(sizes[one], sizes[other]) <= MAX_ALIGNED)
    unlike = looked[~similar[looked]]
    apart = unlike[_cost_more(folds.codes, spans[unlike], _most(lengths[unlike]))]
    verdicts[apart] = Verdict.DIFFERENT
    looked = looked[verdicts[looked] != Verdict.DIFFERENT]
    verdicts[looked] = _judge(folds.codes, spans[looked], lengths[looked], similar[looked], misread)
    left = np.flatnonzero(verdicts == UNCLEAR)
    verdicts[left] = uncompiled.judge_pairs(folds, (one[left], other[left]), similar[left], misread)
    return verdicts


def _judge(
    folds: NDArray[np.uint32],
    spans: NDArray[np.int64],
    lengths: NDArray[np.int64],
    similar: NDArray[np.bool_],
    misread: float,
) -> NDArray[np.uint8]:
    outcomes, counts = count_edits(folds, spans, np.ones(len(spans), np.bool_))
    short = lengths < SHORT
    apart = (
        ~similar
        | (counts.contrasts > 0)
        | (counts.words > WORD_SHARE * lengths)
        | ((counts.singles > 1) & counts.repeats)
        | (short & (counts.sizes > np.maximum(1.0, CHARACTER_SHARE * lengths)))
    )
    replaced = (counts.gaps + counts.other_gaps + counts.numbers == 0) & (
        counts.run_most <= LONGEST_NAME
    )
    strict = short | (counts.words > 0)
    tolerated = np.where(strict, 0.0, np.maximum(1.0, NUMBER_SHARE * counts.values))
    twins = counts.numbers > np.minimum(counts.digits, tolerated)
    verdicts = np.select(
        [counts.are_damage(lengths, misread), apart & similar & replaced, apart, twins],
        [Verdict.COPY, Verdict.REPLACED, Verdict.DIFFERENT, Verdict.TWINS],
        np.where(counts.numbers > 0, Verdict.LIKELY, Verdict.COPY),
    )
    return np.where(outcomes == COUNTED, verdicts, outcomes).astype(np.uint8)


def find_pieces(folds: Folds, pairs: Pairs, misread: float) -> NDArray[np.float64]:
    """Where each first text is the head (``[pair, 0]``) and the tail (``[pair, 1]``) of the second.

    Returns:
        How many characters of the second that is, and the share of the first that is there, or
        `NONE` if it is no piece of it.
    """
    smaller, larger = pairs
    lengths = folds.lengths
    pieces = np.empty((len(smaller), 2, 2))
    pieces[:, :, 0] = lengths[smaller][:, None]
    exact = whole_ends(folds, pairs)
    pieces[:, :, 1] = np.where(exact, 1.0, NONE)
    rest = np.flatnonzero(~exact.any(axis=1) & (lengths[smaller] < lengths[larger]))
    small, large = smaller[rest], larger[rest]
    length = lengths[small]
    slack = np.minimum(lengths[large] - length, 3 + length // 20)
    opens, closes = folds.begins[large], folds.ends[large]
    part = folds.begins[small], folds.ends[small]
    heads = np.stack([*part, opens, opens + length + slack], axis=1)
    tails = np.stack([*part, closes - length - slack, closes], axis=1)
    sizes, shares = _pieces(folds.codes, np.stack([heads, tails]), length, slack, misread)
    pieces[rest, :, 0], pieces[rest, :, 1] = sizes.T, shares.T
    left = np.flatnonzero((pieces[:, :, 1] == _LONGER).any(axis=1))
    pieces[left] = uncompiled.find_pieces(folds, (smaller[left], larger[left]), misread)
    return pieces


def _pieces(
    folds: NDArray[np.uint32],
    regions: NDArray[np.int64],
    length: NDArray[np.int64],
    slack: NDArray[np.int64],
    misread: float,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """What of the outermost characters of texts others are, as `find_pieces` returns it.

    Args:
        regions: ``[0, pair]`` the bounds of the part and of the beginning of the whole that it may
            be, ``[1, pair]`` of the part and of the end of the whole.
        length: characters of the parts.
        slack: characters by which the regions are longer.
    """
    taken = np.zeros(regions.shape[:2], np.int64)
    shares = np.full(regions.shape[:2], _LONGER)
    looked = np.flatnonzero(length + slack <= MAX_ALIGNED)
    shares[:, looked] = NONE
    for tail in range(2):
        spans = regions[tail, looked]
        alignments = align(folds, spans, _most(length[looked] + 2 * slack[looked]))
        shares[tail, looked[alignments.states == TOO_LONG]] = _LONGER
        near = np.flatnonzero(alignments.states == ALIGNED)
        opens, closes = _reach(folds, spans, alignments, tail=bool(tail))
        spans[:, 2], spans[:, 3] = opens, closes
        spans, at = spans[near], looked[near]
        sizes = spans[:, 3] - spans[:, 2]
        close = ~_cost_more(folds, spans, _most(np.minimum(length[at], sizes)))
        spans, at, sizes = spans[close], at[close], sizes[close]
        outcomes, counts = count_edits(folds, spans, np.zeros(len(spans), np.bool_))
        damage = (outcomes == COUNTED) & counts.are_damage(length[at], misread)
        share = np.where(damage, 1.0 - np.minimum(1.0, counts.sizes / length[at]), NONE)
        taken[tail, at] = sizes
        shares[tail, at] = np.where(outcomes == UNCLEAR, _LONGER, share)
    return taken, shares


def _cost_more(folds: Any, spans: Any, limits: Any) -> NDArray[np.bool_]:
    """Which pairs differ in more than the limit."""
    more: NDArray[np.bool_] = align(folds, spans, limits, traced=False).states == BEYOND
    return more


def _most(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The cost above which two texts differ in more than could be misread or lost."""
    return (LOSS_SHARE * lengths).astype(np.int64) + 2


def _reach(
    folds: NDArray[np.uint32], spans: NDArray[np.int64], alignments: Alignments, *, tail: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where in each region the piece lies that the part covers, as `verify._reach` has it."""
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


def equal_runs(
    folds: NDArray[np.uint32],
    ones: NDArray[np.int64],
    others: NDArray[np.int64],
    sizes: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Whether what begins at each of `ones` is what begins at each of `others`."""
    same = np.empty(len(sizes), np.bool_)
    at = np.ascontiguousarray(ones), np.ascontiguousarray(others)
    _equal_at(folds, *at, np.ascontiguousarray(sizes), same)
    return same


@COMPARING.loop
def _equal_at(folds: Any, ones: Any, others: Any, sizes: Any, out: Any) -> None:
    """As `equal_runs`, into `out`."""
    for run in range(len(sizes)):
        one, other = ones[run], others[run]
        length = 0
        while length < sizes[run] and folds[one + length] == folds[other + length]:
            length += 1
        out[run] = length == sizes[run]


def whole_ends(folds: Folds, pairs: Pairs) -> NDArray[np.bool_]:
    """Whether each smaller text is the head, and whether it is the tail, of the larger."""
    smaller, larger = pairs
    codes, begins, ends = folds
    lengths = folds.lengths
    exact = np.zeros((len(smaller), 2), np.bool_)
    places = np.flatnonzero(lengths[smaller] < lengths[larger])
    exact[places[lengths[smaller[places]] == 0]] = True
    places = places[lengths[smaller[places]] > 0]
    for side in range(2):
        held = begins[larger] if side == 0 else ends[larger] - lengths[smaller]
        # Most differ in the first character already.
        same = places[codes[begins[smaller[places]]] == codes[held[places]]]
        sizes = lengths[smaller[same]]
        exact[same, side] = equal_runs(codes, begins[smaller[same]], held[same], sizes)
    return exact
