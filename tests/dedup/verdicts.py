"""The verdict on one pair of texts, afresh: what every removal of a search is held to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.dedup.reference.containers import Ends, ends
from textclean.dedup import Removal, RemovalKind, documents
from textclean.dedup.comparing import MAX_ALIGNED, damaged_share
from textclean.dedup.fold import fold, jaccard, shingles
from textclean.dedup.kernels import decision, sketching
from textclean.dedup.kernels.folding import Folds, fold_texts
from textclean.dedup.kernels.values import value_kinds
from textclean.dedup.kernels.verdicts import Judge


class Edge(NamedTuple):
    """In what sense one text may go for another one."""

    kind: RemovalKind
    score: float
    #: Whether the evidence for it is weak.
    weak: bool
    ends: Ends


def folds_of(texts: Sequence[str]) -> Folds:
    codes = np.array([ord(character) for text in texts for character in text], np.uint32)
    return fold_texts(codes, np.cumsum([0, *map(len, texts)]))[0]


def judge(shorter: str, longer: str, *, compiled: bool = False, damage: int = 166) -> NDArray[Any]:
    """The row of `decision.COLUMNS` for two texts, of which the first is no longer."""
    pair = np.array([0]), np.array([1])
    [row] = Judge(folds_of([shorter, longer]), damage, compiled).verdicts(pair)
    return row


def flags(one: str, other: str) -> tuple[bool, bool, int]:
    """Whether the first text may go for the second, and the second for the first; and what else is
    said of them."""
    swap = not shorter_first(one, other)
    row = judge(*((other, one) if swap else (one, other)))
    goes = [bool(row[0] & decision.ONE_GOES), bool(row[0] & decision.OTHER_GOES)]
    return *(goes[::-1] if swap else goes), int(row[0])  # type: ignore[return-value]


@cache
def digest(text: str) -> int:
    folds, out = folds_of([text]), np.empty((1, 4), np.uint64)
    sketching.digests(*folds[:3], value_kinds(), 10, out)
    return int(out[0, 0])


def shorter_first(one: str, other: str) -> bool:
    """Whether two texts are compared in this order."""
    return (len(fold(one)), digest(one)) <= (len(fold(other)), digest(other))


def edges(
    copy: str, survivor: str, *, threshold: float = 0.7, compiled: bool = False
) -> Iterator[Edge]:
    """In what senses one paragraph may go for another one of its document."""
    one, other = fold(copy), fold(survivor)
    if one == other:
        yield Edge(RemovalKind.EXACT, 1.0, False, Ends(len(one), False, False, False))
        return
    alike = jaccard(shingles(one), shingles(other))
    if len(one) < len(other):
        if other.startswith(one):
            yield Edge(RemovalKind.CONTAINED, 1.0, False, ends(other, 0, len(one)))
        if other.endswith(one):
            start = len(other) - len(one)
            yield Edge(RemovalKind.CONTAINED, 1.0, False, ends(other, start, len(other)))
    whole = Ends(len(one), False, False, False)
    damage = damaged_share(threshold)
    if min(len(one), len(other)) > MAX_ALIGNED:
        folds = folds_of([copy, survivor])
        sides = [
            (folds.codes[begin:end], folds.marks[begin:end])
            for begin, end in zip(folds.begins, folds.ends, strict=True)
        ]
        found = documents.cover(sides[0], sides[1], None, compiled=compiled)
        if documents.differ(found, damage) == 0 and found.lost <= decision.OVERHANG:
            near = alike >= threshold
            kind = RemovalKind.NEAR if near else RemovalKind.CONTAINED
            yield Edge(kind, alike if near else found.share, False, whole)
        return
    if shorter_first(copy, survivor):
        row = judge(copy, survivor, compiled=compiled, damage=damage).tolist()
        if not row[decision.FLAGS] & decision.ONE_GOES:
            return
        start, end = row[decision.BEFORE], len(other) - row[decision.BEHIND]
        share = 1 - row[decision.DAMAGE] / len(one)
        kind = RemovalKind.NEAR
        if len(other) - (end - start) > decision.OVERHANG:
            kind = RemovalKind.CONTAINED
        elif row[decision.WITHIN] > 0:
            kind = RemovalKind.CARRIED
        score = alike if kind is RemovalKind.NEAR else share
        weak = bool(row[decision.FLAGS] & decision.WEAK_ONE)
        yield Edge(kind, score, weak, ends(other, start, end))
        return
    row = judge(survivor, copy, compiled=compiled, damage=damage).tolist()
    if row[decision.FLAGS] & decision.OTHER_GOES:
        weak = bool(row[decision.FLAGS] & decision.WEAK_OTHER)
        yield Edge(RemovalKind.NEAR, alike, weak, whole)


def holds(texts: Sequence[str], removal: Removal, *, threshold: float = 0.7) -> bool:
    """Whether a removed paragraph has an edge of its kind and score to the text that is kept."""
    found = edges(texts[removal.index], texts[removal.survivor], threshold=threshold, compiled=True)
    return any((edge.kind, edge.score) == (removal.kind, removal.score) for edge in found)
