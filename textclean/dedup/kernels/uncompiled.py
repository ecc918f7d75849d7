"""What pairs differ in, without compiled loops: names of `pairing`, `aligning`, `edit_counts`.

For a few pairs: to compile those loops takes seconds, to compare a thousand pairs without them a
tenth of one. And for very long texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from textclean.dedup import verify
from textclean.dedup.fold import shingles
from textclean.dedup.kernels.aligning import ALIGNED, BEYOND, Alignments
from textclean.dedup.kernels.edit_counts import COUNTED, EditCounts
from textclean.dedup.kernels.folding import Folds, text_of
from textclean.dedup.kernels.pairing import Pairs
from textclean.text.lexicon import are_contrasts


class Shingles(NamedTuple):
    """The distinct shingles of some folds: `pairing.Shingles`."""

    values: list[frozenset[str]]

    @classmethod
    def of(cls, folds: Folds) -> Shingles:
        """Those of each fold."""
        return cls(list(map(shingles, folds.texts())))

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many each text has."""
        return np.fromiter(map(len, self.values), np.int64, len(self.values))

    def common(self, pairs: Pairs, needed: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many each pair has in common; 0 if fewer than `needed`."""
        numbers = zip(*(side.tolist() for side in pairs), strict=True)
        shared = (len(self.values[one] & self.values[other]) for one, other in numbers)
        common = np.fromiter(shared, np.int64, len(needed))
        return np.where(common < needed, 0, common)


def align(
    folds: NDArray[np.uint32],
    spans: NDArray[np.int64],
    limits: NDArray[np.int64],
    *,
    traced: bool = True,
) -> Alignments:
    """As `aligning.align`, of characters."""
    stretches: list[tuple[int, int, int, int]] = []
    starts, states = [0], np.full(len(spans), ALIGNED, np.uint8)
    overhangs = np.zeros((len(spans), 2), np.int64)
    for pair, (start, end, start_other, end_other) in enumerate(spans.tolist()):
        one, other = text_of(folds, start, end), text_of(folds, start_other, end_other)
        limit = int(limits[pair])
        if Levenshtein.distance(one, other, score_cutoff=limit) > limit:
            states[pair] = BEYOND
        elif traced:
            for i, j, k, m in reversed(verify.aligned(one, other)):
                stretches.append((start + i, start + j, start_other + k, start_other + m))
            operations = Levenshtein.opcodes(one, other)
            for side, operation in enumerate((operations[0], operations[-1])):
                if operation.tag == "insert":
                    overhangs[pair, side] = operation.dest_end - operation.dest_start
        starts.append(len(stretches))
    rows = np.array(stretches, np.int64).reshape(-1, 4)
    return Alignments(rows, np.array(starts), states, overhangs)


def equal_runs(
    folds: NDArray[np.uint32],
    ones: NDArray[np.int64],
    others: NDArray[np.int64],
    sizes: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """As `aligning.equal_runs`."""
    runs = zip(ones.tolist(), others.tolist(), sizes.tolist(), strict=True)
    same = [np.array_equal(folds[i : i + size], folds[j : j + size]) for i, j, size in runs]
    return np.array(same, np.bool_)


def count_edits(
    folds: NDArray[np.uint32], spans: NDArray[np.int64], *, ordered: bool
) -> tuple[NDArray[np.uint8], EditCounts]:
    """As `edit_counts.count_edits`. Of texts of more than `verify.MAX_ALIGNED` characters only the
    numbers are aligned; no pair is unclear.
    """
    outcomes = np.full(len(spans), COUNTED, np.uint8)
    rows = np.zeros((len(spans), len(EditCounts._fields)), np.int64)
    for pair, (start, end, start_other, end_other) in enumerate(spans.tolist()):
        one, other = text_of(folds, start, end), text_of(folds, start_other, end_other)
        if ordered and one > other:
            one, other = other, one
        frame, another = verify.frame(one), verify.frame(other)
        if frame.form == another.form:
            outcomes[pair] = verify.Verdict.TWINS
        else:
            values = min(len(frame.values), len(another.values))
            rows[pair] = _count(verify.differences(one, other), values)
    counts = EditCounts(*rows.T)
    return outcomes, counts._replace(repeats=counts.repeats > 0)


def _count(changes: Sequence[tuple[str, str]], values: int) -> tuple[int, ...]:
    """What `EditCounts` holds of one pair with these changes, in its order."""
    numbers = digits = singles = 0
    runs: list[int] = []
    gaps: tuple[list[int], list[int]] = ([], [])
    replaced: list[tuple[str, str]] = []
    for one, other in changes:
        if verify.VALUE.fullmatch(one) and verify.VALUE.fullmatch(other):
            numbers += 1
            alike = sum(a == b for a, b in zip(one, other, strict=False))
            digits += len(one) == len(other) == alike + 1
            continue
        # A value is aligned whole, so a misread digit shows as 1434 against 14日4.
        for i, j, k, m in verify.aligned(one, other):
            if i == j:
                gaps[0].append(m - k)
            elif k == m:
                gaps[1].append(j - i)
            elif j - i == m - k == 1:
                singles += 1
            else:
                runs.append(max(j - i, m - k))
            if j - i == m - k:
                replaced += zip(one[i:j], other[k:m], strict=True)
            number, another = _digits(one[i:j]), _digits(other[k:m])
            numbers += bool(number and another and number != another)
    often = sum(count for count in Counter(replaced).values() if count > 1)
    contrasts = (are_contrasts(*change) or verify.SURNAMES.issuperset(change) for change in changes)
    lost = gaps[0] + gaps[1]
    return (
        *(numbers, digits, values, singles, 2 * often >= len(replaced) > 0),
        *(len(runs), sum(runs), max(runs, default=0)),
        *(len(gaps[0]), len(gaps[1]), sum(lost), max(lost, default=0)),
        *(sum(contrasts), sum(size for size in runs + lost if size > 1)),
    )


def _digits(stretch: str) -> str:
    return "".join(character for character in stretch if character in verify.DIGITS)
