"""Signatures of texts, to be stored and queried with datasketch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textclean.dedup.containers import as_texts
from textclean.dedup.fold import SHINGLE_SIZE
from textclean.dedup.inputs import StringArray, check, require
from textclean.errors import MissingExtraError

if TYPE_CHECKING:
    from datasketch import LeanMinHash


def signatures(
    texts: Iterable[str] | StringArray,
    *,
    permutations: int = 128,
    seed: int = 1,
    size: int = SHINGLE_SIZE,
) -> list[LeanMinHash]:
    """The MinHash of each text's folded shingles of `size` characters.

    They are those of ``datasketch.MinHash(permutations, seed=seed, scheme="affine32")`` fed with
    the shingles' 32-bit hashes, and estimate the Jaccard similarity of the shingles. The sketch of
    a text that folds to nothing is that of the empty set.

    Raises:
        ValueError: `size` is not from 1 to 3, or `permutations` is less than 1.
        TypeError, InvalidTextError: as `deduplicate`.
        MissingExtraError: a package of the extra ``[datasketch]`` is not installed.
    """
    if not 1 <= size <= 3:
        raise ValueError(f"size: {size} is not from 1 to 3")
    if permutations < 1:
        raise ValueError(f"permutations: {permutations} is less than 1")
    given = as_texts(texts)
    check(given)
    try:
        from datasketch import LeanMinHash
    except ImportError:
        raise MissingExtraError("signatures for datasketch", "datasketch") from None
    require()
    from textclean.dedup.buffers import read, reader
    from textclean.dedup.kernels import folding, sketching

    readable = reader(given)
    multipliers, addends = sketching.permutations(permutations, seed)
    sketches: list[LeanMinHash] = []
    for _, codes in read(readable, range(len(readable))):
        folds = folding.fold_texts(*codes)[0]
        sketches += (
            LeanMinHash(seed=seed, hashvalues=row.copy(), scheme="affine32")
            for row in sketching.signatures(folds, size, multipliers, addends)
        )
    return sketches
