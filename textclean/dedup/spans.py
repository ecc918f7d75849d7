"""Texts that share a long span word for word though neither is a copy of the other.

Anchors (`kernels.sketching`) lead to them: a span of forty characters holds several, and what
surrounds an anchor is compared to the left and to the right until it differs. The cost grows with
the text and not with the pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.buffers import StringReader, chunks, reader
from textclean.dedup.fold import fold_with_offsets
from textclean.dedup.kernels import folding, pairing, sketching
from textclean.dedup.policy import is_prose
from textclean.dedup.records import SharedSpan

#: Folded characters from which a shared span is reported.
MIN_SHARED = 40
# An anchor that stands in more places belongs to a formula; following it would cost all its pairs.
_MAX_SHARERS = 20
# Pairs of places that are measured together.
_BLOCK = 1 << 14


def find_shared_spans(texts: Sequence[str], indices: Sequence[int]) -> list[SharedSpan]:
    """Spans of `MIN_SHARED` folded characters or more that prose among `indices` has in common.

    The longest for each pair. What more than twenty texts share is a formula and is not followed,
    so texts that have only formulas in common are not listed, but for a few whose neighbouring
    characters happen to agree as well.
    """
    if len(indices) < 2:
        return []
    readable = reader(texts)
    packed, owners, places = _anchors(readable, np.array(indices, np.int64))
    pairs, _ = pairing.pairs_of(packed, _MAX_SHARERS)
    ones, others = (pairs >> np.uint64(32)).astype(np.int64), pairs.astype(np.uint32)
    # Anchors are numbered text by text, so the first of a pair never stands in the later text.
    meetings = np.stack([owners[ones], owners[others], places[ones], places[others]], axis=1)
    meetings = meetings[meetings[:, 0] != meetings[:, 1]]
    meetings = meetings[np.lexsort(meetings.T[::-1])]
    longest: dict[tuple[int, int], tuple[int, int, int]] = {}
    for start in range(0, len(meetings), _BLOCK):
        block = meetings[start : start + _BLOCK]
        members, numbers = np.unique(block[:, :2], return_inverse=True)
        folds = folding.fold_texts(*readable.codes(members))[0]
        spans = np.empty((len(block), 3), np.int64)
        sketching.extend(*folds[:3], numbers.reshape(-1, 2), block[:, 2:], spans)
        enough = spans[:, 0] >= MIN_SHARED
        for pair, (length, first, second) in zip(
            block[enough, :2].tolist(), spans[enough].tolist(), strict=True
        ):
            span = (length, -first, -second)
            key = (pair[0], pair[1])
            if span > longest.get(key, (0, 0, 0)):
                longest[key] = span
    return [
        SharedSpan(
            first,
            *_original(texts[first], -start, length),
            second,
            *_original(texts[second], -second_start, length),
        )
        for (first, second), (length, start, second_start) in sorted(longest.items())
    ]


def _anchors(texts: StringReader, indices: NDArray[np.int64]) -> tuple[Any, Any, Any]:
    """All anchors of those of `indices` that are prose: sorted by key and packed with their
    numbers; and of each its text and its place."""
    indices = np.sort(indices)
    keys, owners, places = [np.zeros(0, np.uint64)], [indices[:0]], [indices[:0]]
    for chunk in chunks(texts.lengths(indices)):
        here = indices[chunk.start : chunk.stop]
        folds, prose = folding.fold_texts(*texts.codes(here))
        for number in np.flatnonzero(~prose).tolist():
            prose[number] = is_prose(texts[int(here[number])])
        folds = folds._replace(begins=folds.begins[prose], ends=folds.ends[prose])
        anchors, place = sketching.anchors(folds, here[prose])
        keys.append(anchors >> np.uint64(32))
        owners.append((anchors & np.uint64(0xFFFFFFFF)).astype(np.int64))
        places.append(place)
    packed = np.concatenate(keys) << np.uint64(32)
    packed |= np.arange(len(packed), dtype=np.uint64)
    packed.sort()
    return packed, np.concatenate(owners), np.concatenate(places)


def _original(text: str, start: int, length: int) -> tuple[int, int]:
    offsets = fold_with_offsets(text).offsets
    return offsets[start], offsets[start + length - 1] + 1
