"""Shingles compared without compiled loops: `pairing.Shingles`, for a few pairs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.fold import shingles
from textclean.dedup.kernels.folding import Folds
from textclean.dedup.kernels.pairing import Pairs


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
