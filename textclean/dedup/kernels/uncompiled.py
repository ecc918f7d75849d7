"""Pairs compared without compiled loops, with the names of `pairing` and `verdicts`.

For a few pairs: to compile those loops takes seconds, to compare a thousand pairs without them a
tenth of one. And for very long texts.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup import verify
from textclean.dedup.fold import shingles
from textclean.dedup.kernels.folding import Folds
from textclean.dedup.kernels.pairing import Pairs

#: Instead of the share of a piece, where there is none.
NONE = -1.0


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


def judge_pairs(
    folds: Folds, pairs: Pairs, similar: NDArray[np.bool_], misread: float
) -> NDArray[np.uint8]:
    """As `verdicts.judge_pairs`."""
    verdicts = np.empty(len(similar), np.uint8)
    for number, (one, other, alike) in enumerate(zip(*pairs, similar.tolist(), strict=True)):
        pair = sorted((folds.text(one), folds.text(other)))
        verdicts[number] = verify.judge(*pair, similar=alike, misread=misread)
    return verdicts


def find_pieces(folds: Folds, pairs: Pairs, misread: float) -> NDArray[np.float64]:
    """As `verdicts.find_pieces`."""
    pieces = np.full((len(pairs[0]), 2, 2), NONE)
    for number, (smaller, larger) in enumerate(zip(*pairs, strict=True)):
        part, whole = folds.text(smaller), folds.text(larger)
        for start, end, share in verify.pieces(part, whole, misread=misread):
            pieces[number, int(start > 0)] = end - start, share
    return pieces
