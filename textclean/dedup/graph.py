"""The graph of copies: a node for each distinct fold, an edge for each verified pair; who stays.

Three steps, each defined by content alone, so that the result is the same for any order of the
texts: near copies give way to the first of them in order of preference; of those kept, what is part
of a longer one goes; what has lost its survivor by that looks for another, or is kept after all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from textclean.dedup import choose, policy, spans, verify
from textclean.dedup.lsh import candidate_pairs
from textclean.dedup.result import Removal, RemovalKind, Twin
from textclean.dedup.shingles import jaccard, shingles

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


_Edges = Mapping[int, Mapping[int, float]]


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
    return [nodes[index] for index in choose.preference(texts, list(nodes))]


def settle(nodes: Sequence[Node], threshold: float, min_near: int, *, contained: bool) -> Settled:
    """Decide which nodes stay, and for whose sake each of the others goes.

    Args:
        nodes: in order of preference.
        min_near: folded characters from which near copies, parts and twins are looked for.
        contained: whether a part of a longer text of the same document goes.
    """
    edges, twins = _verified(nodes, threshold, min_near)
    kept = choose.first_independent_set(range(len(nodes)), edges, set())
    wholes: dict[int, int] = {}
    while contained:
        before = len(kept)
        kept = _without_parts(nodes, kept, min_near)
        if len(kept) == before:
            break
        orphans = [
            node
            for node in range(len(nodes))
            if node not in kept and kept.isdisjoint(edges.get(node, ()))
        ]
        wholes = _wholes(nodes, orphans, kept, min_near)
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
            kind = RemovalKind.NEAR
        else:
            score, survivor, kind = -1.0, wholes[number], RemovalKind.CONTAINED
        removals += [Removal(i, nodes[survivor].at, kind, -score) for i in (node.at, *node.others)]
    return Settled(removals, _twins(nodes, kept, twins, min_near))


def _verified(
    nodes: Sequence[Node], threshold: float, min_near: int
) -> tuple[_Edges, list[tuple[int, int]]]:
    """The edges between near copies, with their scores, and the twins found beside them."""
    long = [n for n, node in enumerate(nodes) if not node.local and len(node.fold) >= min_near]
    edges: defaultdict[int, dict[int, float]] = defaultdict(dict)
    twins: list[tuple[int, int]] = []
    forms = [verify.frame(nodes[number].fold).form for number in long]
    last, own = -1, frozenset[str]()
    for i, j in candidate_pairs([nodes[number].fold for number in long], threshold):
        if forms[i] == forms[j]:
            continue  # twins, as `_twins` will find without comparing them
        first, second = long[i], long[j]
        if first != last:
            last, own = first, shingles(nodes[first].fold)
        score = jaccard(own, shingles(nodes[second].fold))
        if score < threshold:
            continue
        verdict = verify.judge(nodes[first].fold, nodes[second].fold)
        if verdict is verify.Verdict.COPY:
            edges[first][second] = edges[second][first] = score
        elif verdict is verify.Verdict.TWINS:
            twins.append((first, second))
    return edges, twins


def _without_parts(nodes: Sequence[Node], kept: set[int], min_length: int) -> set[int]:
    """`kept` without what is part of a longer text of those that remain."""
    inside = _containers(nodes, kept, kept, min_length)
    remaining = set(kept) - inside.keys()
    # Longest first: whether a text goes depends only on longer ones.
    for number in sorted(inside, key=lambda number: -len(nodes[number].fold)):
        if remaining.isdisjoint(inside[number]):
            remaining.add(number)
    return remaining


def _wholes(
    nodes: Sequence[Node], parts: Iterable[int], kept: set[int], min_length: int
) -> dict[int, int]:
    """For each of `parts` that is part of a kept text, the most preferred of those texts."""
    inside = _containers(nodes, parts, kept, min_length)
    return {part: min(wholes) for part, wholes in inside.items()}


def _containers(
    nodes: Sequence[Node], parts: Iterable[int], wholes: Iterable[int], min_length: int
) -> dict[int, set[int]]:
    """Which of `wholes` each of `parts` is a piece of, where that may be a reason for it to go.

    Only within a document: what is said in part of one text of another document was often said on
    another day.
    """
    parts_in: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for part in parts:
        if not nodes[part].scattered:
            parts_in[nodes[part].document][nodes[part].fold] = part
    wholes_in: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for whole in wholes:
        if nodes[whole].document in parts_in and not nodes[whole].local:
            wholes_in[nodes[whole].document][nodes[whole].fold] = whole
    found: defaultdict[int, set[int]] = defaultdict(set)
    for document, whole_of in wholes_in.items():
        part_of = parts_in[document]
        for part_fold, whole_fold, offset in spans.containers(part_of, whole_of):
            part = part_of[part_fold]
            if policy.may_be_contained(part_fold, whole_fold, offset, nodes[part].text, min_length):
                found[part].add(whole_of[whole_fold])
    return dict(found)


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
