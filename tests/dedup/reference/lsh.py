"""The candidate search: pairs of folds that may be near copies, without comparing all with all.

Each fold is sketched by a MinHash signature of its shingles, the signature is cut into bands, and
two folds that agree in a whole band are candidates (locality-sensitive hashing; Leskovec, Rajaraman
and Ullman, *Mining of Massive Datasets*, §3.4). The bands are as selective as they can be while a
pair at the threshold is still missed less than once in a thousand. Every pair is verified
afterwards, so a band may be wrong about a pair but not miss it.

This is the reference for `textclean.dedup.search`, which owes the same pairs, and more of them.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from textclean.dedup.fold import SHINGLE_SIZE
from textclean.errors import MissingExtraError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Permutations in a signature.
SIGNATURE_SIZE = 128
#: The share of pairs exactly at the threshold that the bands must find.
RECALL = 0.999
#: In a band that more folds share than this, each is paired with its nearest neighbours only.
MAX_BAND = 400
_NEIGHBOURS = 30

# Shingles are hashed this many at a time: a signature's work array has a row for each.
_BATCH = 8192


def candidate_pairs(folds: Sequence[str], threshold: float) -> list[tuple[int, int]]:
    """Pairs ``(i, j)``, ``i < j``, sorted, of distinct folds that may reach the threshold.

    Args:
        folds: distinct, none empty.
        threshold: Jaccard similarity in (0, 1].

    Warns:
        UserWarning: more than `MAX_BAND` folds share a band, so not all of its pairs are looked at.

    Raises:
        MissingExtraError: numpy or datasketch is not installed.
    """
    if len(folds) < 2:
        return []
    numpy = _numpy()
    sketches = signatures(folds)
    rows, bands = band_shape(threshold)
    found: set[int] = set()
    crowded = (0, "")
    for band in range(bands):
        keys = _band_keys(sketches[:, band * rows : (band + 1) * rows])
        order = numpy.argsort(keys, kind="stable")
        for members in _runs(keys[order], order):
            if len(members) > MAX_BAND:
                members.sort(key=folds.__getitem__)
                crowded = max(crowded, (len(members), folds[members[0]]))
                pairs = _windowed(members, _NEIGHBOURS)
            else:
                pairs = _windowed(members, len(members))
            found.update(i * len(folds) + j if i < j else j * len(folds) + i for i, j in pairs)
    if crowded[0]:
        warnings.warn(
            f"{crowded[0]} different texts look alike (among them {crowded[1][:40]!r}): each is "
            f"compared with the {_NEIGHBOURS} that follow it in order of text, so near copies "
            "among them may stay",
            stacklevel=2,
        )
    return [divmod(code, len(folds)) for code in sorted(found)]


def band_shape(threshold: float, size: int = SIGNATURE_SIZE) -> tuple[int, int]:
    """Rows in a band and number of bands: the most rows that keep `RECALL` at the threshold.

    A pair of similarity s shares at least one of b bands of r rows with probability
    ``1 - (1 - s**r)**b``.
    """
    best = 1
    for rows in range(1, size + 1):
        if 1 - (1 - threshold**rows) ** (size // rows) >= RECALL:
            best = rows
    return best, size // best


def signatures(folds: Sequence[str]) -> NDArray[np.uint32]:
    """The MinHash signatures of the folds' shingles: a row of `SIGNATURE_SIZE` for each fold.

    Equal to those of ``datasketch.MinHash(scheme="affine32")`` fed with `shingle_hashes`.
    """
    numpy = _numpy()
    try:
        from datasketch import MinHash
    except ImportError:
        raise MissingExtraError("near-duplicate search", "dedup") from None
    sketch = MinHash(SIGNATURE_SIZE, hashfunc=int, scheme="affine32")
    rows: NDArray[np.uint32] = numpy.empty((len(folds), SIGNATURE_SIZE), numpy.uint32)
    for row, fold in zip(rows, folds, strict=True):
        sketch.clear()
        hashes = shingle_hashes(fold)
        for start in range(0, len(hashes), _BATCH):
            sketch.update_batch(hashes[start : start + _BATCH].tolist())
        row[:] = sketch.hashvalues
    return rows


def shingle_hashes(fold: str) -> NDArray[np.uint32]:
    """A 32-bit hash of each shingle of a fold, with repetitions, in order.

    Three code points of 21 bits are packed into one integer, which is multiplied by 2⁶⁴ over the
    golden ratio (Knuth, *The Art of Computer Programming* 3, §6.4); the upper half is the hash.
    """
    numpy = _numpy()
    codes = numpy.frombuffer(fold.encode("utf-32-le", "surrogatepass"), "<u4").astype(numpy.uint64)
    count = max(len(codes) - SHINGLE_SIZE + 1, 1)
    packed = numpy.zeros(count, numpy.uint64)
    for place in range(min(SHINGLE_SIZE, len(codes))):
        packed = (packed << numpy.uint64(21)) | codes[place : place + count]
    mixed = packed * numpy.uint64(0x9E3779B97F4A7C15)
    hashes: NDArray[np.uint32] = (mixed >> numpy.uint64(32)).astype(numpy.uint32)
    return hashes


def _band_keys(band: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """One integer for each row of a band; different rows that share one are merely candidates."""
    numpy = _numpy()
    keys: NDArray[np.uint64] = numpy.zeros(len(band), numpy.uint64)
    for column in band.T:
        keys = (keys ^ column.astype(numpy.uint64)) * numpy.uint64(0x9E3779B97F4A7C15)
        keys ^= keys >> numpy.uint64(29)
    return keys


def _runs(keys: NDArray[np.uint64], order: NDArray[np.int64]) -> Iterator[list[int]]:
    """The members of each run of two or more equal keys; `keys` sorted, `order` their places."""
    numpy = _numpy()
    starts = numpy.flatnonzero(numpy.concatenate(([True], keys[1:] != keys[:-1])))
    lengths = numpy.diff(numpy.append(starts, len(keys)))
    for start, length in zip(
        starts[lengths > 1].tolist(), lengths[lengths > 1].tolist(), strict=True
    ):
        yield order[start : start + length].tolist()


def _windowed(members: list[int], width: int) -> Iterator[tuple[int, int]]:
    for at, first in enumerate(members):
        for second in members[at + 1 : at + 1 + width]:
            yield first, second


def _numpy() -> Any:
    try:
        import numpy as np
    except ImportError:
        raise MissingExtraError("near-duplicate search", "dedup") from None
    return np
