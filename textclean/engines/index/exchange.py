"""Sketches of entries for datasketch, and sketches of datasketch's to look up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.candidates import PERMUTATIONS, SEED, band_rows
from textclean.dedup.kernels import sketching
from textclean.dedup.signatures import signatures

if TYPE_CHECKING:
    from datasketch import LeanMinHash

#: The scheme of datasketch's that the signatures of the search are made by.
SCHEME = "affine32"


def exported(texts: Sequence[str], permutations: int | None, seed: int | None) -> list[LeanMinHash]:
    """The sketches of texts; by default those that an index uses."""
    return signatures(
        texts,
        permutations=PERMUTATIONS if permutations is None else permutations,
        seed=SEED if seed is None else seed,
    )


def key_values(sketch: LeanMinHash, threshold: float) -> NDArray[np.uint32]:
    """The keys of the bands of a sketch.

    Raises:
        ValueError: the sketch is not of the permutations that an index uses.
    """
    scheme = getattr(sketch, "scheme", None)
    have = (len(sketch.hashvalues), sketch.seed, scheme)
    if have != (PERMUTATIONS, SEED, SCHEME):
        raise ValueError(
            f"sketch: {have[0]} permutations, seed {have[1]}, scheme {have[2]}; the index has "
            f"{PERMUTATIONS}, {SEED}, {SCHEME}"
        )
    signature = np.asarray(sketch.hashvalues).astype(np.uint32).reshape(1, -1)
    return sketching.band_keys(signature, band_rows(threshold)).ravel()


def similarities(texts: Sequence[str], sketch: LeanMinHash) -> list[float]:
    """The estimated Jaccard similarity of each text to a sketch."""
    return [float(each.jaccard(sketch)) for each in exported(texts, None, None)]
