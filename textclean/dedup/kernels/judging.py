"""`verify.judge` and `verify.pieces` for many pairs of folds at once, in arrays.

What differs is counted by compiled loops (`aligning`); the verdicts are drawn from the counts here,
for all pairs at once, in the same steps. Tests hold the two together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels.aligning import (
    COUNTED,
    DIFFERENT,
    DISSIMILAR,
    HEAD,
    SIMILAR,
    TAIL,
    TWINS,
    Pairs,
    examined,
)
from textclean.dedup.names import LONGEST
from textclean.dedup.verify import CHARACTER_SHARE, NUMBER_SHARE, SHORT, WORD_SHARE, Verdict

#: Verdicts, as numbers, beside `TWINS` and `DIFFERENT`.
COPY = 1
#: As `DIFFERENT`, of texts that reach the threshold and differ in short runs in others' places.
REPLACED = 4
#: As `COPY`, but one number differs in a digit, which may be a misread one.
LIKELY = 5
NUMBERED = {Verdict.COPY: COPY, Verdict.TWINS: TWINS, Verdict.DIFFERENT: DIFFERENT}

#: Instead of the share of a piece.
NONE, LONGER = -1.0, -2.0


def judge_pairs(
    folds: NDArray[np.uint32],
    starts: NDArray[np.int64],
    pairs: Pairs,
    similar: NDArray[np.bool_],
    misread: float,
) -> NDArray[np.uint8]:
    """The verdict on each pair: that of `verify.judge`, or 0 where it takes a longer look.

    Args:
        folds: those of a chunk of texts, one after another.
        starts: where each begins, and where the last ends.
        pairs: two numbers of texts for each.
        similar: of each pair whether the shingles reach the threshold.
    """
    sizes = np.diff(starts)
    lengths = np.minimum(sizes[pairs[0]], sizes[pairs[1]])
    asked = np.where(similar, np.uint8(SIMILAR), np.uint8(DISSIMILAR))
    outcomes, counts = examined(folds, starts, pairs, asked)
    short = lengths < SHORT
    apart = (
        ~similar
        | (counts.contrasts > 0)
        | (counts.words > WORD_SHARE * lengths)
        | ((counts.singles > 1) & counts.repeats)
        | (short & (counts.sizes > np.maximum(1.0, CHARACTER_SHARE * lengths)))
    )
    replaced = (counts.gaps + counts.other_gaps + counts.numbers == 0) & (
        counts.run_most <= LONGEST
    )
    values = np.minimum(counts.values, counts.other_values)
    strict = short | (counts.words > 0)
    tolerated = np.where(strict, 0.0, np.maximum(1.0, NUMBER_SHARE * values))
    twins = counts.numbers > np.minimum(counts.digits, tolerated)
    told = np.select(
        [counts.are_damage(lengths, misread), apart & similar & replaced, apart, twins],
        [COPY, REPLACED, DIFFERENT, TWINS],
        np.where(counts.numbers > 0, LIKELY, COPY),
    )
    return np.where(outcomes == COUNTED, told, outcomes).astype(np.uint8)


def find_pieces(
    folds: NDArray[np.uint32], starts: NDArray[np.int64], pairs: Pairs, misread: float
) -> NDArray[np.float64]:
    """Where each first text is the head (``[pair, 0]``) and the tail (``[pair, 1]``) of the second.

    Returns:
        How many characters of the second that is, and the share of the first that is there: `NONE`
        if it is no piece of it, `LONGER` where that takes a longer look.
    """
    smaller, larger = pairs
    lengths = np.diff(starts)
    found = np.empty((len(smaller), 2, 2))
    found[:, :, 0] = lengths[smaller][:, None]
    exact = whole_ends(folds, starts, pairs)
    found[:, :, 1] = np.where(exact, 1.0, NONE)
    rest = np.flatnonzero(~exact.any(axis=1) & (lengths[smaller] < lengths[larger]))
    length = lengths[smaller[rest]]
    for side, question in enumerate((HEAD, TAIL)):
        asked = np.full(len(rest), question, np.uint8)
        outcomes, counts = examined(folds, starts, (smaller[rest], larger[rest]), asked)
        damage = (outcomes == COUNTED) & counts.are_damage(length, misread)
        share = np.where(damage, 1.0 - np.minimum(1.0, counts.sizes / length), NONE)
        found[rest, side, 0] = counts.taken
        found[rest, side, 1] = np.where(outcomes == 0, LONGER, share)
    unclear = (found[:, :, 1] == LONGER).any(axis=1)
    found[unclear, 0, 1], found[unclear, 1, 1] = LONGER, NONE
    return found


def whole_ends(
    folds: NDArray[np.uint32], starts: NDArray[np.int64], pairs: Pairs
) -> NDArray[np.bool_]:
    """Whether each smaller text is the head, and whether it is the tail, of the larger."""
    smaller, larger = pairs
    lengths = np.diff(starts)
    found = np.zeros((len(smaller), 2), np.bool_)
    places = np.flatnonzero(lengths[smaller] < lengths[larger])
    found[places[lengths[smaller[places]] == 0]] = True
    places = places[lengths[smaller[places]] > 0]
    for side in range(2):
        held = starts[larger] if side == 0 else starts[1:][larger] - lengths[smaller]
        # Most differ in the first character already.
        same = places[folds[starts[smaller[places]]] == folds[held[places]]]
        if not len(same):
            continue
        sizes = lengths[smaller[same]]
        opens = np.cumsum(sizes) - sizes
        steps = np.arange(int(sizes.sum())) - np.repeat(opens, sizes)
        one = folds[np.repeat(starts[smaller[same]], sizes) + steps]
        other = folds[np.repeat(held[same], sizes) + steps]
        found[same, side] = np.logical_and.reduceat(one == other, opens)
    return found
