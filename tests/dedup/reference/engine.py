"""The search in plain Python: every pair of folds that share a shingle is looked at.

What it proposes goes through the same decision on a pair, and a choice of its own (`graph`), so
that what is compared is the search, whether it misses anything, and the graph in arrays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tests.dedup.reference.graph import may_go, settle, without_formulas
from tests.dedup.verdicts import Edge, edges, folds_of
from textclean.dedup import comparing
from textclean.dedup.fold import fold, jaccard, shingles
from textclean.dedup.kernels.choosing import worths
from textclean.dedup.policy import is_prose
from textclean.dedup.preference import preference
from textclean.dedup.records import Removal, RemovalKind

#: The share of the shingles of a part that its whole must have.
_HELD = 0.6


def candidates(folds: Sequence[str], threshold: float) -> set[tuple[int, int]]:
    """Pairs of folds that have enough shingles in common."""
    sets = list(map(shingles, folds))
    least = comparing.floor(threshold)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    found = set()
    for number, own in enumerate(sets):
        for other in {other for shingle in own for other in holders[shingle]}:
            sizes = len(own), len(sets[other])
            common = len(own & sets[other])
            enough = min(least / (1 + least) * sum(sizes), _HELD * min(sizes))
            if common >= int(enough):
                found.add((other, number))
        for shingle in own:
            holders[shingle].append(number)
    return found


def removals_by_reference(
    texts: Sequence[str], threshold: float = 0.7, min_copy: int = 10, min_near: int = 30
) -> list[Removal]:
    """What goes among the blocks of one document, headings apart."""
    folds = {i: fold(text) for i, text in enumerate(texts) if is_prose(text)}
    folds = {i: folded for i, folded in folds.items() if len(folded) >= min_copy}
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index, folded in folds.items():
        groups[folded].append(index)
    nodes = {preference(texts, group)[0]: group for group in groups.values()}

    def found(goes: int, stays: int) -> list[Edge]:
        return list(edges(texts[goes], texts[stays], threshold=threshold, compiled=True))

    def best(goes: int, among: Iterable[Edge]) -> Edge | None:
        """Of several edges from one text to another that which is followed."""
        return min(
            (edge for edge in among if may_go(texts[goes], edge, min_near)),
            key=lambda edge: (edge.kind is RemovalKind.CONTAINED, -edge.score),
            default=None,
        )

    at = list(nodes)
    linked: defaultdict[int, dict[int, list[Edge]]] = defaultdict(dict)
    unlike = []
    long = [index for index in at if len(folds[index]) >= min_near]
    for one, other in candidates([folds[index] for index in long], threshold):
        pair = long[one], long[other]
        for goes, stays in (pair, pair[::-1]):
            if among := found(goes, stays):
                linked[goes][stays] = among
        alike = jaccard(shingles(folds[pair[0]]), shingles(folds[pair[1]]))
        if not (pair[1] in linked[pair[0]] or pair[0] in linked[pair[1]]) and alike >= 0.5:
            unlike.append(pair)
    for goes in at:
        for stays in at:
            one, other = folds[goes], folds[stays]
            if goes == stays or stays in linked[goes]:
                continue
            if other.startswith(one) or other.endswith(one):
                letter = [e for e in found(goes, stays) if e.kind is RemovalKind.CONTAINED]
                linked[goes][stays] = [edge for edge in letter if edge.score == 1]
    chosen = {
        goes: {
            stays: edge
            for stays, among in others.items()
            if (edge := best(goes, among)) is not None
        }
        for goes, others in without_formulas(linked, unlike).items()
    }
    order = preference(texts, at)
    carried = worths(folds_of([texts[index] for index in order]), compiled=False).tolist()
    worth_of = dict(zip(order, carried, strict=True))
    order = sorted(order, key=lambda index: -worth_of[index])
    gone = settle(
        order,
        chosen,
        {index: len(folds[index]) for index in at},
        lambda goes, stays: best(goes, found(goes, stays)),
    )
    removals = []
    for node, group in nodes.items():
        stays, edge = gone.get(node, (node, None))
        kind, score = (edge.kind, edge.score) if edge else (RemovalKind.EXACT, 1.0)
        removals += [Removal(i, stays, kind, score) for i in group if i != stays]
    return sorted(removals)
