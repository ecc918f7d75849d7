"""The graph of copies: a node for each distinct fold, an edge for each verified pair; who stays.

Three steps, each defined by content alone, so that the result is the same for any order of the
texts: near copies give way to the first of them in order of preference; of those kept, what is part
of a longer one goes; what has lost its survivor by that looks for another, or is kept after all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from textclean.dedup import choose, policy, verify
from textclean.dedup.proposals import Part, Proposals
from textclean.dedup.records import Removal, RemovalKind, Twin

# To ask an enumeration for a member takes as long as to make a tuple.
_EXACT, _NEAR, _CONTAINED = RemovalKind.EXACT, RemovalKind.NEAR, RemovalKind.CONTAINED
#: Characters besides numbers that two texts must share to be reported as twins.
_MIN_FORM = 10


class Node(NamedTuple):
    """Texts with one fold. The first in order of preference stands for all of them."""

    text: str
    at: int
    document: int
    #: Folded characters.
    length: int
    #: Too short to be a copy of anything in another document.
    local: bool
    #: Whether some of the others stand in another document.
    scattered: bool
    others: list[int]


class Settled(NamedTuple):
    """What goes and which kept pairs are twins or may be, in no particular order."""

    removals: list[Removal]
    twins: list[Twin]
    possible_twins: list[Twin]


# Texts by their indices: of each the copies of it, or what it is part of, with the scores.
_Edges = Mapping[int, Mapping[int, float]]


def gather(
    texts: Sequence[str],
    groups: Iterable[Sequence[int]],
    document_of: Callable[[int], int],
    length_of: Callable[[int], int],
    across: int,
    folds_of: Callable[[Iterable[int]], Mapping[int, str]],
) -> dict[int, Node]:
    """The nodes of texts with equal folds, by the index of the text that stands for each.

    Args:
        groups: indices of texts whose folds have the same digest, sorted; of short texts only those
            of one document.
        across: folded characters from which texts of different documents may be copies.
        folds_of: the folds of some texts, by their indices.
    """
    nodes: dict[int, Node] = {}
    # The lowest place of each text.
    different = [(group, {texts[at]: at for at in reversed(group)}) for group in groups]
    several = [at for _, firsts in different if len(firsts) > 1 for at in firsts.values()]
    fold_of, merits = folds_of(several), choose.merits(texts, several)
    for group, first_of in different:
        sames: list[tuple[Sequence[int], list[int]]] = [(group, list(first_of.values()))]
        if len(first_of) > 1:
            folds = {fold_of[at] for at in first_of.values()}
            if len(folds) > 1:  # two folds with one digest
                sames = [
                    (
                        [at for at in group if fold_of[first_of[texts[at]]] == folded],
                        [at for at in first_of.values() if fold_of[at] == folded],
                    )
                    for folded in sorted(folds)
                ]
        for members, firsts in sames:
            best = choose.preferred(texts, firsts, merits) if len(firsts) > 1 else firsts[0]
            length = length_of(best)
            scattered = len(set(map(document_of, members))) > 1
            others = [at for at in members if at != best]
            nodes[best] = Node(
                texts[best], best, document_of(best), length, length < across, scattered, others
            )
    return nodes


def settle(
    texts: Sequence[str],
    nodes: Mapping[int, Node],
    proposals: Proposals,
    min_length: int,
    folds_of: Callable[[Iterable[int]], Mapping[int, str]],
) -> Settled:
    """Decide which nodes stay, and for whose sake each of the others goes.

    Args:
        nodes: all that the proposals name as copies, parts and wholes, and all of several texts, as
            `gather` returns them.
        min_length: folded characters from which sentences count as parts.
        folds_of: as of `gather`.
    """
    likely, borne_out = _likely(nodes, proposals)
    edges = _near([*proposals.copies, *likely])
    inside = _inside(nodes, proposals.parts, min_length)
    linked = {*edges, *inside, *chain.from_iterable(inside.values())}
    involved = list(linked)
    order = choose.preference_among_many(texts, involved)
    rank = {at: rank for rank, at in enumerate(order)}
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
                scores = inside[at]
                wholes[at] = min(
                    holding, key=lambda whole: (-scores[whole], nodes[whole].length, rank[whole])
                )
        orphans = [at for at in orphans if at not in wholes]
        kept |= choose.first_independent_set(orphans, edges, kept)
    removals: list[Removal] = []
    gone: set[int] = set()
    for at, node in nodes.items():
        if at in kept or at not in rank:
            if node.others:
                removals += [Removal(i, at, _EXACT, 1.0) for i in node.others]
            continue
        gone.add(at)
        near = [other for other in edges.get(at, ()) if other in kept]
        if near:
            survivor = near[0]
            if len(near) > 1:
                survivor = min(near, key=lambda other: (-edges[at][other], rank[other]))
            kind, score = _NEAR, edges[at][survivor]
        else:
            survivor = wholes[at]
            kind, score = _CONTAINED, inside[at][survivor]
        removals += [Removal(i, survivor, kind, score) for i in (at, *node.others)]
    return Settled(
        removals,
        _twins(gone, proposals, borne_out, folds_of),
        _possible_twins(gone, proposals.names, folds_of),
    )


def _likely(
    nodes: Mapping[int, Node], proposals: Proposals
) -> tuple[list[tuple[int, int, float]], list[tuple[int, int]]]:
    """Of copies but for a digit those that are taken for copies, and those that are twins.

    A misread digit is one that no other copy bears out. Where one of the two has a copy with the
    same numbers, the other speaks of something else, or may.
    """
    witnessed = {at for copy in proposals.copies for at in copy[:2]}
    taken: list[tuple[int, int, float]] = []
    twins: list[tuple[int, int]] = []
    for one, other, score in proposals.likely:
        if any(at in witnessed or nodes[at].others for at in (one, other)):
            twins.append((one, other))
        else:
            taken.append((one, other, score))
    return taken, twins


def _near(copies: Iterable[tuple[int, int, float]]) -> _Edges:
    """The edges between near copies, with their scores."""
    edges: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for one, other, score in copies:
        edges[one][other] = edges[other][one] = score
    return dict(edges)


def _inside(nodes: Mapping[int, Node], parts: Iterable[Part], min_length: int) -> _Edges:
    """What each part is a piece of, where that may be a reason for it to go.

    Only within a document: what is said in part of one text of another document was often said on
    another day.
    """
    inside: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for at, whole_at, length, share, cut, tail in parts:
        part, whole = nodes[at], nodes[whole_at]
        if part.scattered or whole.local or part.document != whole.document:
            continue
        if policy.may_be_contained(part.text, length, min_length, cut=cut, tail=tail):
            inside[at][whole_at] = max(share, inside[at].get(whole_at, 0.0))
    return dict(inside)


def _without_parts(
    nodes: Mapping[int, Node], rank: Mapping[int, int], kept: set[int], inside: _Edges
) -> set[int]:
    """`kept` without what is part of a longer text of those that remain."""
    parts = [at for at in kept if at in inside and not kept.isdisjoint(inside[at])]
    remaining = kept.difference(parts)
    # Longest first: whether a text goes depends only on longer ones.
    for at in sorted(parts, key=lambda at: (-nodes[at].length, rank[at])):
        if remaining.isdisjoint(inside[at]):
            remaining.add(at)
    return remaining


def _twins(
    gone: set[int],
    proposals: Proposals,
    borne_out: Iterable[tuple[int, int]],
    folds_of: Callable[[Iterable[int]], Mapping[int, str]],
) -> list[Twin]:
    """The twins among the kept: by their form, which costs no comparison, and those verified."""
    forms = [[at for at in group if at not in gone] for group in proposals.forms]
    verified = [pair for pair in (*proposals.twins, *borne_out) if gone.isdisjoint(pair)]
    fold_of = folds_of(chain.from_iterable([*forms, *verified]))
    frames = {at: verify.frame(fold) for at, fold in fold_of.items()}
    twins: list[Twin] = []
    for group in forms:
        first_of: dict[str, int] = {}
        for at in sorted(group) if len(group) > 1 else ():
            form, values = frames[at]
            first = first_of.setdefault(form, at)
            if first != at and len(form.replace("#", "")) >= _MIN_FORM:
                twins.append(Twin(first, at, verify.other_values(frames[first].values, values)))
    pairs = {(min(pair), max(pair)) for pair in verified}
    unlike = [(one, other) for one, other in pairs if frames[one].form != frames[other].form]
    return twins + _told_apart(unlike, fold_of)


def _possible_twins(
    gone: set[int],
    names: Iterable[tuple[int, int]],
    folds_of: Callable[[Iterable[int]], Mapping[int, str]],
) -> list[Twin]:
    """The kept texts alike but for names."""
    pairs = {(min(pair), max(pair)) for pair in names if gone.isdisjoint(pair)}
    return _told_apart(pairs, folds_of(chain.from_iterable(pairs)))


def _told_apart(pairs: Iterable[tuple[int, int]], fold_of: Mapping[int, str]) -> list[Twin]:
    return [
        Twin(one, other, verify.differences(fold_of[one], fold_of[other])) for one, other in pairs
    ]
