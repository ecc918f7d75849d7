"""The graph of copies: a node for each distinct fold, an edge for each verified pair; who stays.

Three steps, each defined by content alone, so that the result is the same for any order of the
texts: near copies give way to the first of them in order of preference; of those kept, what is part
of a longer one goes; what has lost its survivor by that looks for another, or is kept after all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from textclean.dedup import choose, policy, verify
from textclean.dedup.result import Removal, RemovalKind, Twin

#: Characters besides numbers that two texts must share to be reported as twins.
_MIN_FORM = 10


class Place(NamedTuple):
    """A text that may be removed: its index and that of its document, and its fold."""

    at: int
    document: int
    fold: str
    #: Too short to be a copy of anything in another document.
    local: bool = False


class Node(NamedTuple):
    """Texts with one fold. The first in order of preference stands for all of them."""

    fold: str
    text: str
    at: int
    document: int
    local: bool
    #: Whether some of the others stand in another document.
    scattered: bool
    others: list[int]


class Settled(NamedTuple):
    """What goes and which kept pairs are twins, in no particular order."""

    removals: list[Removal]
    twins: list[Twin]


class Proposals(NamedTuple):
    """What the search found worth a closer look; texts by their indices."""

    #: Two texts and the Jaccard similarity of their shingles.
    near: Iterable[tuple[int, int, float]] = ()
    #: A text and another one of which it may be a part.
    parts: Iterable[tuple[int, int]] = ()
    #: Texts that may be alike but for the values in them.
    forms: Iterable[Sequence[int]] = ()


# Texts by their indices: of each the copies of it, or what it is part of, with the scores.
_Edges = Mapping[int, Mapping[int, float]]


def gather(texts: Sequence[str], places: Iterable[Place]) -> dict[int, Node]:
    """The nodes of some texts, by the index of the text that stands for each."""
    groups: defaultdict[tuple[str, int | None], list[Place]] = defaultdict(list)
    for place in places:
        groups[place.fold, place.document if place.local else None].append(place)
    nodes: dict[int, Node] = {}
    for members in groups.values():
        firsts: dict[str, Place] = {}
        for place in members:
            firsts.setdefault(texts[place.at], place)
        candidates = {place.at: place for place in firsts.values()}
        best = candidates[choose.preference(texts, list(candidates))[0]]
        others = [place.at for place in members if place.at != best.at]
        scattered = any(place.document != best.document for place in members)
        nodes[best.at] = Node(
            best.fold, texts[best.at], best.at, best.document, best.local, scattered, others
        )
    return nodes


def settle(
    texts: Sequence[str],
    nodes: Mapping[int, Node],
    proposals: Proposals,
    threshold: float,
    misread: float,
    min_length: int,
) -> Settled:
    """Decide which nodes stay, and for whose sake each of the others goes.

    Args:
        nodes: all that the proposals name, and all of several texts, as `gather` returns them.
        misread: the share of characters that may be misread in a copy.
        min_length: folded characters from which sentences count as parts, and twins are listed.
    """
    edges, twins = _verified(nodes, proposals, threshold, misread)
    inside = _inside(nodes, proposals, misread, min_length)
    linked = {*edges, *inside, *chain.from_iterable(inside.values())}
    rank = {at: rank for rank, at in enumerate(choose.preference(texts, list(linked)))}
    kept = choose.first_independent_set(list(rank), edges, set())
    wholes: dict[int, int] = {}
    while inside:
        before = len(kept)
        kept = _without_parts(nodes, rank, kept, inside)
        if len(kept) == before:
            break
        orphans = [at for at in rank if at not in kept and kept.isdisjoint(edges.get(at, ()))]
        wholes = {}
        for at in orphans:
            if holding := kept.intersection(inside.get(at, ())):
                wholes[at] = min(holding, key=rank.__getitem__)
        orphans = [at for at in orphans if at not in wholes]
        kept |= choose.first_independent_set(orphans, edges, kept)
    removals: list[Removal] = []
    gone: set[int] = set()
    for at, node in nodes.items():
        if at in kept or at not in rank:
            removals += [Removal(i, at, RemovalKind.EXACT, 1.0) for i in node.others]
            continue
        gone.add(at)
        near = [other for other in edges.get(at, ()) if other in kept]
        if near:
            survivor = min(near, key=lambda other: (-edges[at][other], rank[other]))
            kind, score = RemovalKind.NEAR, edges[at][survivor]
        else:
            survivor = wholes[at]
            kind, score = RemovalKind.CONTAINED, inside[at][survivor]
        removals += [Removal(i, survivor, kind, score) for i in (at, *node.others)]
    return Settled(removals, _twins(nodes, gone, proposals.forms, twins, min_length))


def _verified(
    nodes: Mapping[int, Node], proposals: Proposals, threshold: float, misread: float
) -> tuple[_Edges, list[tuple[int, int]]]:
    """The edges between near copies, with their scores, and the twins found beside them."""
    edges: defaultdict[int, dict[int, float]] = defaultdict(dict)
    twins: list[tuple[int, int]] = []
    for one, other, score in proposals.near:
        similar = score >= threshold
        first, second = sorted((nodes[one].fold, nodes[other].fold))
        verdict = verify.judge(first, second, similar=similar, misread=misread)
        if verdict is verify.Verdict.COPY:
            edges[one][other] = edges[other][one] = score
        elif verdict is verify.Verdict.TWINS and similar:
            twins.append((one, other))
    return dict(edges), twins


def _inside(
    nodes: Mapping[int, Node], proposals: Proposals, misread: float, min_length: int
) -> _Edges:
    """What each part is a piece of, where that may be a reason for it to go.

    Only within a document: what is said in part of one text of another document was often said on
    another day.
    """
    inside: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for at, whole_at in proposals.parts:
        part, whole = nodes[at], nodes[whole_at]
        if part.scattered or whole.local or part.document != whole.document:
            continue
        for piece in verify.pieces(part.fold, whole.fold, misread=misread):
            held = whole.fold[piece.start : piece.end]
            if policy.may_be_contained(held, whole.fold, piece.start, part.text, min_length):
                inside[at][whole_at] = max(piece.share, inside[at].get(whole_at, 0.0))
    return {at: wholes for at, wholes in inside.items() if wholes}


def _without_parts(
    nodes: Mapping[int, Node], rank: Mapping[int, int], kept: set[int], inside: _Edges
) -> set[int]:
    """`kept` without what is part of a longer text of those that remain."""
    parts = [at for at in kept if at in inside and not kept.isdisjoint(inside[at])]
    remaining = kept.difference(parts)
    # Longest first: whether a text goes depends only on longer ones.
    for at in sorted(parts, key=lambda at: (-len(nodes[at].fold), rank[at])):
        if remaining.isdisjoint(inside[at]):
            remaining.add(at)
    return remaining


def _twins(
    nodes: Mapping[int, Node],
    gone: set[int],
    forms: Iterable[Sequence[int]],
    verified: Iterable[tuple[int, int]],
    min_length: int,
) -> list[Twin]:
    """The twins among the kept: by their form, which costs no comparison, and those verified."""
    pairs: set[tuple[int, int]] = set()
    for group in forms:
        first_of: dict[str, int] = {}
        for at in sorted(group):
            if at in gone or len(nodes[at].fold) < min_length:
                continue
            form = verify.frame(nodes[at].fold).form
            first = first_of.setdefault(form, at)
            if first != at and len(form.replace("#", "")) >= _MIN_FORM:
                pairs.add((first, at))
    for one, other in verified:
        if one in gone or other in gone:
            continue
        if verify.frame(nodes[one].fold).form != verify.frame(nodes[other].fold).form:
            pairs.add((min(one, other), max(one, other)))
    return [
        Twin(one, other, verify.differences(nodes[one].fold, nodes[other].fold))
        for one, other in pairs
    ]
