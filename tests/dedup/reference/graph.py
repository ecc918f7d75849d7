"""Who stays, in plain Python, as `textclean.dedup.graph` says: with sets and dictionaries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from tests.dedup.verdicts import Edge
from textclean.dedup import graph
from textclean.dedup.policy import may_be_contained
from textclean.dedup.records import RemovalKind


def kept_of(order: Sequence[int], goes_for: Mapping[int, Iterable[int]]) -> set[int]:
    """The nodes that are kept of nodes in order of preference."""
    rank = {node: place for place, node in enumerate(order)}
    gone: set[int] = set()
    while True:
        kept: set[int] = set()
        for node in order:
            if node not in gone and kept.isdisjoint(goes_for.get(node, ())):
                kept.add(node)
        before = len(gone)
        for node in reversed(order):
            later = {other for other in goes_for.get(node, ()) if rank[other] > rank[node]}
            if node in kept and later & kept - gone:
                gone.add(node)
        if len(gone) == before:
            break
    for node in order:
        if node in gone and kept.isdisjoint(goes_for.get(node, ())):
            kept.add(node)
    return kept


def without_formulas(
    edges: Mapping[int, Mapping[int, list[Edge]]], unlike: Iterable[tuple[int, int]]
) -> dict[int, dict[int, list[Edge]]]:
    """The edges but those on weak evidence from or to one of a formula."""
    like: defaultdict[int, set[int]] = defaultdict(set)
    for goes, others in edges.items():
        for stays in others:
            like[goes].add(stays)
            like[stays].add(goes)
    neighbours: defaultdict[int, int] = defaultdict(int)
    for pair in unlike:
        if like[pair[0]].isdisjoint(like[pair[1]]):
            for node in pair:
                neighbours[node] += 1
    formula = {
        node for node, n in neighbours.items() if n >= graph.FORMULA and n >= len(like[node])
    }
    return {
        goes: {
            stays: [edge for edge in found if not (edge.weak and formula & {goes, stays})]
            for stays, found in others.items()
        }
        for goes, others in edges.items()
    }


def may_go(text: str, edge: Edge, min_near: int) -> bool:
    """Whether a paragraph may go along an edge: a part only if it is no title."""
    if edge.kind is not RemovalKind.CONTAINED:
        return True
    ends = edge.ends
    return may_be_contained(
        text, ends.length, min_near, cut=ends.cut, tail=ends.tail, broken=ends.broken
    )


def settle(
    order: Sequence[int],
    edges: Mapping[int, dict[int, Edge]],
    lengths: Mapping[int, int],
    compare: Callable[[int, int], Edge | None],
) -> dict[int, tuple[int, Edge]]:
    """What goes of nodes in order of preference, for what, and in what sense.

    Args:
        lengths: folded characters of each.
        compare: the edge between a node and another one that was not looked at.
    """
    rank = {node: place for place, node in enumerate(order)}
    edges = {goes: dict(others) for goes, others in edges.items()}
    done: set[tuple[int, int]] = set()
    gone: dict[int, tuple[int, Edge]] = {}
    while True:
        kept = kept_of(order, edges)
        gone = {}
        for node in set(order) - kept:
            survivor, edge = min(
                ((other, edge) for other, edge in edges[node].items() if other in kept),
                key=lambda pair: (
                    pair[1].kind is RemovalKind.CONTAINED,
                    -pair[1].score,
                    lengths[pair[0]] if pair[1].kind is RemovalKind.CONTAINED else 0,
                    rank[pair[0]],
                ),
            )
            gone[node] = survivor, edge
        more = {
            (node, survivor)
            for node in kept
            for other in edges.get(node, ())
            if other in gone
            for survivor in (gone[other][0], min(kept & edges[other].keys(), key=rank.__getitem__))
            if survivor != node
        } - done
        done |= more
        found = {pair: edge for pair in more if (edge := compare(*pair)) is not None}
        if not found:
            return gone
        for (node, other), edge in found.items():
            edges.setdefault(node, {})[other] = edge
