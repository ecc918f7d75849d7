"""What many pairs of folds differ in, counted, and what the counts look like."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels.aligning import TOO_LONG, align
from textclean.dedup.kernels.folding import places_of
from textclean.dedup.kernels.values import (
    CLOSE,
    OTHER,
    WHOLE,
    compare_values,
    value_kinds,
    write_tokens,
)
from textclean.dedup.verify import (
    LONE_LOSS_SHARE,
    LOSS_SHARE,
    LOST_RUN,
    MISREAD_RUN,
    SURNAMES,
    WORD_SHARE,
    Verdict,
)
from textclean.text.lexicon import CONTRASTS

#: Outcomes beside `Verdict.TWINS`: too long to be aligned here; aligned and counted.
UNCLEAR, COUNTED = 0, 6

_CODE_BITS = 21


class EditCounts(NamedTuple):
    """What the two aligned folds of each pair differ in."""

    #: Values in the place of other values, also where characters beside them differ too.
    numbers: NDArray[np.int64]
    #: Those of them that differ in a single digit, as a misread one does.
    digits: NDArray[np.int64]
    #: Values in the one that has fewer.
    values: NDArray[np.int64]
    #: Characters in the place of others, one for one.
    singles: NDArray[np.int64]
    #: Whether most of the replaced characters are replaced alike: a name, not damage.
    repeats: NDArray[np.bool_]
    #: Runs of two or more characters in the place of others: their number, sum and longest.
    runs: NDArray[np.int64]
    run_sum: NDArray[np.int64]
    run_most: NDArray[np.int64]
    #: Of what the first lacks, and of what the second lacks.
    gaps: NDArray[np.int64]
    other_gaps: NDArray[np.int64]
    gap_sum: NDArray[np.int64]
    gap_most: NDArray[np.int64]
    #: Singles of which one says the opposite of the other, or both are surnames.
    contrasts: NDArray[np.int64]
    #: Characters in runs and gaps of two or more.
    words: NDArray[np.int64]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """All that differs but for the numbers, in characters."""
        return self.singles + self.run_sum + self.gap_sum

    def are_damage(self, lengths: NDArray[np.int64], misread: float) -> NDArray[np.bool_]:
        """Whether they look like what recognition does to a text, or one text only lacks words.

        Args:
            lengths: characters of the texts, or what is left of them.
            misread: the share of characters that may be misread; one more may always be.
        """
        alone, gaps = self.singles, self.gaps + self.other_gaps
        misreadings = (
            (alone > 0)
            & (3 * self.contrasts <= alone + self.runs - self.contrasts)
            & ~self.repeats
            & (np.where(self.gap_most <= 1, gaps, 4 * gaps) <= alone)
            & (self.gap_most <= 2)
            & (self.run_most <= MISREAD_RUN)
            & (self.run_sum <= np.maximum(WORD_SHARE * lengths, 2.0 * alone))
            & (alone + gaps + self.run_sum <= misread * lengths + 1)
        )
        most = np.where(gaps == 1, np.maximum(2.0, LONE_LOSS_SHARE * lengths), LOSS_SHARE * lengths)
        losses = (
            (alone == 0)
            & (self.runs == 0)
            & ((self.gaps == 0) | (self.other_gaps == 0))
            & (self.gap_most <= LOST_RUN)
            & (self.gap_sum <= most)
        )
        damage: NDArray[np.bool_] = (self.numbers == 0) & (misreadings | losses)
        return damage


class Tokens(NamedTuple):
    """The characters of pairs of texts, but values whole: what `write_tokens` writes."""

    codes: NDArray[np.uint32]
    places: NDArray[np.int64]
    bounds: NDArray[np.int64]
    values: NDArray[np.int64]
    alike: NDArray[np.bool_]


def tokenize(folds: NDArray[np.uint32], spans: NDArray[np.int64], *, ordered: bool) -> Tokens:
    """The tokens of pairs; the arguments are those of `count_edits`."""
    count = len(spans)
    spans = spans.copy()
    size = int(np.diff(spans)[:, ::2].sum()) + 2 * count
    room = Tokens(
        np.empty(size, np.uint32),
        np.empty(size, np.int64),
        np.empty((count, 4), np.int64),
        np.empty((count, 2), np.int64),
        np.empty(count, np.bool_),
    )
    write_tokens(folds, spans, np.full(count, ordered), value_kinds(), *room)
    return room


def count_edits(
    folds: NDArray[np.uint32], spans: NDArray[np.int64], *, ordered: bool
) -> tuple[NDArray[np.uint8], EditCounts]:
    """Align pairs, values whole, then what differs character by character; count what differs.

    Args:
        folds: the folds of a chunk of texts, one after another.
        spans: of each pair the bounds of either in `folds`.
        ordered: whether the two of a pair are taken in order of content: of alignments of equal
            cost it depends on the order which is taken.

    Returns:
        Of each pair `Verdict.TWINS`, `COUNTED` or `UNCLEAR`; and the counts, which are meaningful
        only for pairs that are `COUNTED`.
    """
    count = len(spans)
    tokens = tokenize(folds, spans, ordered=ordered)
    outcomes = np.where(tokens.alike, np.uint8(Verdict.TWINS), np.uint8(COUNTED))
    rest = np.flatnonzero(~tokens.alike)
    coarse = align(tokens.codes, tokens.bounds[rest])
    outcomes[rest[coarse.states == TOO_LONG]] = UNCLEAR
    pairs, spans = rest[coarse.pairs], tokens.places[coarse.stretches]
    contrasts = _tally(pairs[_are_contrasts(folds, spans)], count)
    signs = compare_numbers(folds, spans)
    whole = (signs & WHOLE) != 0
    numbers = _tally(pairs[whole], count)
    digits = _tally(pairs[(signs & CLOSE) != 0], count)
    # A value is aligned whole, so a misread digit shows as 1434 against 14日4.
    pairs, spans = pairs[~whole], spans[~whole]
    fine = align(folds, spans)
    outcomes[pairs[fine.states == TOO_LONG]] = UNCLEAR
    pairs, spans = pairs[fine.pairs], fine.stretches
    numbers += _tally(pairs[(compare_numbers(folds, spans) & OTHER) != 0], count)
    one, other = np.diff(spans)[:, ::2].T
    sizes = np.maximum(one, other)
    lacking, surplus = one == 0, other == 0
    gap = lacking | surplus
    single = ~gap & (sizes == 1)
    run = ~gap & ~single
    words = sizes > 1
    repeats = _repeats(folds, pairs[one == other], spans[one == other], count)
    return outcomes, EditCounts(
        numbers=numbers,
        digits=digits,
        values=tokens.values.min(axis=1),
        singles=_tally(pairs[single], count),
        repeats=repeats,
        runs=_tally(pairs[run], count),
        run_sum=_tally(np.repeat(pairs[run], sizes[run]), count),
        run_most=_most(pairs[run], sizes[run], count),
        gaps=_tally(pairs[lacking], count),
        other_gaps=_tally(pairs[surplus], count),
        gap_sum=_tally(np.repeat(pairs[gap], sizes[gap]), count),
        gap_most=_most(pairs[gap], sizes[gap], count),
        contrasts=contrasts,
        words=_tally(np.repeat(pairs[words], sizes[words]), count),
    )


def _tally(pairs: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    tally: NDArray[np.int64] = np.bincount(pairs, minlength=count)
    return tally


def _most(pairs: NDArray[np.int64], sizes: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    most = np.zeros(count, np.int64)
    np.maximum.at(most, pairs, sizes)
    return most


def compare_numbers(folds: NDArray[np.uint32], spans: NDArray[np.int64]) -> NDArray[np.uint8]:
    """How the numbers in stretches of two texts differ: flags of `compare_values`."""
    signs = np.empty(len(spans), np.uint8)
    compare_values(folds, spans, value_kinds(), signs)
    return signs


@cache
def _groups() -> NDArray[np.uint32]:
    """The contrasts that each code point is in: a bit for each; surnames are one."""
    groups = np.zeros(0x10000, np.uint32)
    for number, group in enumerate((*CONTRASTS, SURNAMES)):
        groups[[ord(character) for character in group]] |= np.uint32(1 << number)
    return groups


def _are_contrasts(folds: NDArray[np.uint32], spans: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether one character stands in the place of another that it is a contrast to."""
    contrasts = np.zeros(len(spans), np.bool_)
    alone = np.flatnonzero((np.diff(spans)[:, ::2] == 1).all(axis=1))
    codes = folds[spans[alone][:, ::2]]
    alone, codes = alone[(codes < 0x10000).all(axis=1)], codes[(codes < 0x10000).all(axis=1)]
    one, other = _groups()[codes].T
    contrasts[alone] = (one & other) != 0
    return contrasts


def _repeats(
    folds: NDArray[np.uint32], pairs: NDArray[np.int64], spans: NDArray[np.int64], count: int
) -> NDArray[np.bool_]:
    """Whether most of the replaced characters of each pair are replaced alike."""
    sizes = spans[:, 1] - spans[:, 0]
    pairs = np.repeat(pairs, sizes)
    one = folds[places_of(spans[:, 0], sizes)].astype(np.int64)
    other = folds[places_of(spans[:, 2], sizes)].astype(np.int64)
    order = np.sort((pairs << 2 * _CODE_BITS) | (one << _CODE_BITS) | other)
    same = np.zeros(len(order) + 1, np.bool_)
    np.equal(order[1:], order[:-1], out=same[1 : len(order)])
    repeated = order[same[1:] | same[:-1]] >> 2 * _CODE_BITS
    replaced = _tally(pairs, count)
    repeats: NDArray[np.bool_] = (replaced > 0) & (2 * _tally(repeated, count) >= replaced)
    return repeats
