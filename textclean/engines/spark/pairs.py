"""Which texts share bands and anchors?

The pairs of one key are all made where its texts lie together after Spark's shuffle; Spark adds up
how often each pair meets. A band that too many texts share is looked at when its crowd is settled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from textclean.dedup.candidates import (
    FORMULA_BANDS,
    MAX_ANCHOR,
    MAX_BAND,
    NEIGHBOURS,
    next_to_alike,
)
from textclean.dedup.crowds import CROWD
from textclean.dedup.kernels import pairing
from textclean.engines.spark.streams import Batches, groups, integers, rows, unsigned

#: How often two texts meet, the lower first: where texts of a formula count, and where not. Or, if
#: `hot`, a text in the place of both, and the code that too many share.
MET = pa.schema(
    [
        *(("one", pa.int64()), ("other", pa.int64())),
        *(("often", pa.int32()), ("late", pa.int32()), ("hot", pa.int64())),
    ]
)
#: Bands from which on texts of a formula are no members.
LATE = 3 * FORMULA_BANDS
#: Keys that more texts share are looked at again.
HOT = min(CROWD, MAX_BAND)
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
# In the place of a code that is not hot.
_NOT_HOT = -1


def met_in_bands(batches: Batches) -> Iterator[pa.RecordBatch]:
    """The pairs that share a band, and the members of hot bands: rows of `MET`.

    Args:
        batches: of ``code`` (the band above its key) and ``node``, sorted by both.
    """
    for table in groups(batches, "code"):
        code, node = integers(table, "code"), integers(table, "node")
        names, packed = _packed(code, node)
        late = code >> 32 >= LATE
        early_pairs = pairing.pairs_of(packed[~late], HOT)[0]
        late_pairs = pairing.pairs_of(packed[late], HOT)[0]
        yield from _counted(names, early_pairs, late_pairs)
        hot = np.zeros(len(node), np.bool_)
        for start, stop in pairing.runs_longer_than(packed, HOT) if len(packed) else ():
            hot[start:stop] = True
        none = np.zeros(int(hot.sum()), np.int32)
        yield rows(MET, one=node[hot], other=node[hot], often=none, late=none, hot=code[hot])


def met_in_anchors(batches: Batches) -> Iterator[pa.RecordBatch]:
    """The pairs that share an anchor that few have: rows of `MET`.

    Args:
        batches: of ``code`` and ``node``, sorted by both; a text may have an anchor twice.
    """
    for table in groups(batches, "code"):
        names, packed = _packed(integers(table, "code"), integers(table, "node"))
        pairs = pairing.pairs_of(packed, MAX_ANCHOR)[0]
        yield from _counted(names, pairs, pairs[:0])


def met_in_crowds(batches: Batches) -> Iterator[pa.RecordBatch]:
    """The pairs of hot bands, of texts that are not settled: rows of `MET`.

    Args:
        batches: of ``code`` (the band above its key), ``node``, ``formula``, ``fold`` and
            ``bands``, sorted by ``code`` and ``node``.
    """
    for table in groups(batches, "code"):
        code, node = integers(table, "code"), integers(table, "node")
        formula = np.asarray(table.column("formula").to_numpy())
        fold = unsigned(table, "fold")
        keys = np.asarray(table.column("bands").combine_chunks().flatten().to_numpy())
        bands = keys.view(np.uint32).reshape(len(node), -1)
        names, packed = _packed(code, node)
        parts: list[NDArray[np.uint64]] = [packed[:0]]
        bounds = np.append(np.flatnonzero(np.diff(code, prepend=code[0] - 1)), len(code))
        for start, stop in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            band = int(code[start] >> 32)
            members = np.arange(start, stop)
            if band >= LATE:
                members = members[~formula[members]]
            if len(members) <= MAX_BAND:
                parts.append(pairing.pairs_of(packed[members], MAX_BAND)[0])
                continue
            beside = [bands[members, (band + step) % bands.shape[1]] for step in (3, 2, 1)]
            members = members[next_to_alike(fold[members], beside)]
            if band >= FORMULA_BANDS:
                members = members[~formula[members]]
            numbers = packed[members] & _LOW
            for step in range(1, NEIGHBOURS + 1):
                ones, others = numbers[:-step], numbers[step:]
                parts.append(np.minimum(ones, others) << _HALF | np.maximum(ones, others))
        yield from _counted(names, np.concatenate(parts), packed[:0])


def _packed(
    code: NDArray[np.int64], node: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """The different nodes; and the rows as `pairing` has them: the number of a run above that of a
    node.
    """
    names, numbers = np.unique(node, return_inverse=True)
    runs = np.cumsum(np.diff(code, prepend=code[:1]) != 0)
    return names, runs.astype(np.uint64) << _HALF | numbers.astype(np.uint64)


def _counted(
    names: NDArray[np.int64], often: NDArray[np.uint64], late: NDArray[np.uint64]
) -> Iterator[pa.RecordBatch]:
    pairs, place = np.unique(np.concatenate([often, late]), return_inverse=True)
    counts: list[Any] = [
        np.bincount(of, minlength=len(pairs)).astype(np.int32)
        for of in (place[: len(often)], place[len(often) :])
    ]
    yield rows(
        MET,
        one=names[(pairs >> _HALF).astype(np.int64)],
        other=names[(pairs & _LOW).astype(np.int64)],
        often=counts[0],
        late=counts[1],
        hot=np.full(len(pairs), _NOT_HOT, np.int64),
    )
