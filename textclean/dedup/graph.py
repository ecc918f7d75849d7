"""The graph of copies: a node for each distinct fold, an edge for each verified pair; who stays.

Three steps, each defined by content alone, so that the result is the same for any order of the
texts: near copies give way to the first of them in order of preference; of those kept, what is part
of a longer one goes; what has lost its survivor by that looks for another, or is kept after all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    near: Sequence[tuple[int, int, float]] = ()
    #: A text and another one of which it may be a part.
    parts: Sequence[tuple[int, int]] = ()


_Edges = Mapping[int, Mapping[int, float]]
#: Of each part the texts that it is a part of, and how much of it each of them holds.
_Wholes = Mapping[int, Mapping[int, float]]


def gather(texts: Sequence[str], places: Iterable[Place]) -> list[Node]:
    """The nodes of the graph, in order of preference."""
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
    return in_order(texts, nodes)


def in_order(texts: Sequence[str], nodes: Mapping[int, Node]) -> list[Node]:
    """Nodes, by the index of their text, in order of preference."""
    return [nodes[index] for index in choose.preference(texts, list(nodes))]


def settle(
    nodes: Sequence[Node], proposals: Proposals, threshold: float, misread: float, min_length: int
) -> Settled:
    """Decide which nodes stay, and for whose sake each of the others goes.

    Args:
        nodes: in order of preference.
        misread: the share of characters that may be misread in a copy.
        min_length: folded characters from which sentences count as parts, and twins are listed.
    """
    number_of = {node.at: number for number, node in enumerate(nodes)}
    edges, twins = _verified(nodes, number_of, proposals, threshold, misread)
    inside = _inside(nodes, number_of, proposals, misread, min_length)
    kept = choose.first_independent_set(range(len(nodes)), edges, set())
    wholes: dict[int, tuple[int, float]] = {}
    while inside:
        before = len(kept)
        kept = _without_parts(nodes, kept, inside)
        if len(kept) == before:
            break
        orphans = [
            node
            for node in range(len(nodes))
            if node not in kept and kept.isdisjoint(edges.get(node, ()))
        ]
        wholes = {}
        for node in orphans:
            holding = kept.intersection(inside.get(node, ()))
            if holding:
                wholes[node] = min(holding), inside[node][min(holding)]
        orphans = [node for node in orphans if node not in wholes]
        kept |= choose.first_independent_set(orphans, edges, kept)
    removals: list[Removal] = []
    for number, node in enumerate(nodes):
        if number in kept:
            removals += [Removal(i, node.at, RemovalKind.EXACT, 1.0) for i in node.others]
            continue
        near = [(-s, other) for other, s in edges.get(number, {}).items() if other in kept]
        if near:
            score, survivor = min(near)
            kind, score = RemovalKind.NEAR, -score
        else:
            survivor, score = wholes[number]
            kind = RemovalKind.CONTAINED
        removals += [Removal(i, nodes[survivor].at, kind, score) for i in (node.at, *node.others)]
    return Settled(removals, _twins(nodes, kept, twins, min_length))


def _verified(
    nodes: Sequence[Node],
    number_of: Mapping[int, int],
    proposals: Proposals,
    threshold: float,
    misread: float,
) -> tuple[_Edges, list[tuple[int, int]]]:
    """The edges between near copies, with their scores, and the twins found beside them."""
    edges: defaultdict[int, dict[int, float]] = defaultdict(dict)
    twins: list[tuple[int, int]] = []
    for one, other, score in proposals.near:
        first, second = sorted((number_of[one], number_of[other]))
        verdict = verify.judge(
            nodes[first].fold, nodes[second].fold, similar=score >= threshold, misread=misread
        )
        if verdict is verify.Verdict.COPY:
            edges[first][second] = edges[second][first] = score
        elif verdict is verify.Verdict.TWINS and score >= threshold:
            twins.append((first, second))
    return edges, twins


def _inside(
    nodes: Sequence[Node],
    number_of: Mapping[int, int],
    proposals: Proposals,
    misread: float,
    min_length: int,
) -> _Wholes:
    """What each part is a piece of, where that may be a reason for it to go.

    Only within a document: what is said in part of one text of another document was often said on
    another day.
    """
    inside: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for at, whole_at in proposals.parts:
        number, whole_number = number_of[at], number_of[whole_at]
        part, whole = nodes[number], nodes[whole_number]
        if part.scattered or whole.local or part.document != whole.document:
            continue
        for piece in verify.pieces(part.fold, whole.fold, misread=misread):
            held = whole.fold[piece.start : piece.end]
            if policy.may_be_contained(held, whole.fold, piece.start, part.text, min_length):
                best = max(piece.share, inside[number].get(whole_number, 0.0))
                inside[number][whole_number] = best
    return dict(inside)


def _without_parts(nodes: Sequence[Node], kept: set[int], inside: _Wholes) -> set[int]:
    """`kept` without what is part of a longer text of those that remain."""
    parts = [number for number in kept if number in inside and not kept.isdisjoint(inside[number])]
    remaining = kept.difference(parts)
    # Longest first: whether a text goes depends only on longer ones.
    for number in sorted(parts, key=lambda number: (-len(nodes[number].fold), number)):
        if remaining.isdisjoint(inside[number]):
            remaining.add(number)
    return remaining


def _twins(
    nodes: Sequence[Node], kept: set[int], verified: Iterable[tuple[int, int]], min_length: int
) -> list[Twin]:
    """The twins among the kept: by their form, which costs no comparison, and those verified."""
    first_of: dict[str, int] = {}
    pairs: list[tuple[int, int]] = []
    in_place = sorted(kept, key=lambda number: nodes[number].at)
    form_of: dict[int, str] = {}
    for number in in_place:
        if len(nodes[number].fold) >= min_length:
            form = form_of[number] = verify.frame(nodes[number].fold).form
            first = first_of.setdefault(form, number)
            if first != number and len(form.replace("#", "")) >= _MIN_FORM:
                pairs.append((first, number))
    pairs += [
        (first, second)
        for first, second in verified
        if first in kept and second in kept and form_of[first] != form_of[second]
    ]
    found: list[Twin] = []
    for pair in pairs:
        one, other = sorted((nodes[number] for number in pair), key=lambda node: node.at)
        found.append(Twin(one.at, other.at, verify.differences(one.fold, other.fold)))
    return found
