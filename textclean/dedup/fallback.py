"""What `kernels.pairing` and `kernels.judging` tell of pairs, without compiled loops: for a few.

To compile those loops takes seconds, to compare a thousand pairs without them a tenth of one. The
verdicts are left to `verify`, which gives the same ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textclean.dedup.shingles import shingles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from textclean.dedup.kernels.folding import Folds
    from textclean.dedup.kernels.pairing import Pairs


class ShingleSets(NamedTuple):
    """The distinct shingles of some folds: `kernels.pairing.Shingles`."""

    values: list[frozenset[str]]

    @classmethod
    def of(cls, folds: Folds) -> ShingleSets:
        """Those of each fold."""
        return cls(list(map(shingles, folds.texts())))

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many each text has."""
        import numpy as np

        return np.fromiter(map(len, self.values), np.int64, len(self.values))

    def common(self, pairs: Pairs, needed: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many each pair has in common; 0 if fewer than `needed`."""
        import numpy as np

        numbers = zip(*(side.tolist() for side in pairs), strict=True)
        found = (len(self.values[one] & self.values[other]) for one, other in numbers)
        common = np.fromiter(found, np.int64, len(needed))
        return np.where(common < needed, 0, common)
