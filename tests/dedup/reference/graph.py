"""Who stays, in plain Python, as `textclean.dedup.graph` says: with sets and dictionaries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from textclean.dedup import verify
from textclean.dedup.policy import may_be_contained
from textclean.dedup.preference import preference
from textclean.dedup.records import Removal, RemovalKind, Twin

#: Nodes: of each the copies of it, or what it is part of, with the scores.
Edges = Mapping[int, Mapping[int, float]]
#: Characters besides numbers that two texts must share to be reported as twins.
_MIN_FORM = 10


class Part(NamedTuple):
    part: int
    whole: int
    length: int
    share: float
    cut: bool
    tail: bool
    broken: bool


def first_independent_set(order: Sequence[int], edges: Edges, kept: set[int]) -> set[int]:
    """The nodes to keep of `order`, taken first to last, beside those in `kept` already."""
    chosen: set[int] = set()
    for node in order:
        if (chosen | kept).isdisjoint(edges.get(node, ())):
            chosen.add(node)
    return chosen


def decide(
    order: Sequence[int], lengths: Mapping[int, int], edges: Edges, inside: Edges
) -> dict[int, tuple[RemovalKind, int, float]]:
    """What goes of nodes in order of preference: why, for whose sake, and with what score."""
    rank = {node: place for place, node in enumerate(order)}
    kept = first_independent_set(order, edges, set())
    while True:
        parts = {node for node in kept if not kept.isdisjoint(inside.get(node, ()))}
        remaining = kept - parts
        for node in sorted(parts, key=lambda node: (-lengths[node], rank[node])):
            if remaining.isdisjoint(inside[node]):
                remaining.add(node)
        if remaining == kept:
            break
        kept = remaining
        orphans = [
            node
            for node in order
            if node not in kept
            and kept.isdisjoint(edges.get(node, ()))
            and kept.isdisjoint(inside.get(node, ()))
        ]
        kept |= first_independent_set(orphans, edges, kept)
    gone = {}
    for node in order:
        if node in kept:
            continue
        if near := kept.intersection(edges.get(node, ())):
            scores = edges[node]
            best = min(near, key=lambda other: (-scores[other], rank[other]))
            gone[node] = (RemovalKind.NEAR, best, scores[best])
        else:
            scores = inside[node]
            best = min(
                kept.intersection(scores),
                key=lambda whole: (-scores[whole], lengths[whole], rank[whole]),
            )
            gone[node] = (RemovalKind.CONTAINED, best, scores[best])
    return gone


def settle(
    texts: Sequence[str],
    folds: Mapping[int, str],
    groups: Mapping[int, Sequence[int]],
    copies: Iterable[tuple[int, int, float]],
    parts: Iterable[Part],
    twins: Iterable[tuple[int, int]],
    min_length: int,
) -> tuple[list[Removal], list[Twin]]:
    """What goes of one document, and which kept texts are twins.

    Args:
        groups: the texts with the fold of each node, the node among them.
    """
    lengths = {node: len(folds[node]) for node in groups}
    edges: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for one, other, score in copies:
        edges[one][other] = edges[other][one] = score
    inside: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for part, whole, length, share, cut, tail, broken in parts:
        if may_be_contained(texts[part], length, min_length, cut=cut, tail=tail, broken=broken):
            inside[part][whole] = max(share, inside[part].get(whole, 0.0))
    gone = decide(preference(texts, list(groups)), lengths, edges, inside)
    removals = []
    for node, group in groups.items():
        kind, survivor, score = gone.get(node, (RemovalKind.EXACT, node, 1.0))
        removals += [Removal(i, survivor, kind, score) for i in group if i != survivor]
    return removals, _twins(folds, [node for node in groups if node not in gone], twins)


def _twins(
    folds: Mapping[int, str], kept: Sequence[int], verified: Iterable[tuple[int, int]]
) -> list[Twin]:
    found = []
    first_of: dict[str, int] = {}
    frames = {node: verify.frame(folds[node]) for node in kept}
    for node in sorted(kept):
        form, values = frames[node]
        first = first_of.setdefault(form, node)
        if first != node and len(form.replace("#", "")) >= _MIN_FORM:
            found.append(Twin(first, node, verify.other_values(frames[first].values, values)))
    for one, other in sorted({(min(pair), max(pair)) for pair in verified}):
        if one in frames and other in frames and frames[one].form != frames[other].form:
            found.append(Twin(one, other, verify.differences(folds[one], folds[other])))
    return found
