"""Who stays of copies, parts and wholes: the graph in arrays beside the one in plain Python."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dedup.reference.graph import Edges, decide
from textclean.dedup.kernels import choosing
from textclean.dedup.records import RemovalKind

KINDS = {choosing.NEAR: RemovalKind.NEAR, choosing.CONTAINED: RemovalKind.CONTAINED}
Pair = tuple[int, int, float]
Ways = pytest.mark.parametrize("compiled", [True, False], ids=["compiled", "as written"])


def settled(
    compiled: bool, lengths: list[int], near: Iterable[Pair], parts: Iterable[Pair]
) -> dict[int, tuple[RemovalKind, int, float]]:
    """What goes of nodes numbered in order of preference."""
    count = len(lengths)
    edges = [
        choosing.Edges.of(count, *(np.array(column) for column in zip(*pairs, strict=True)))
        if pairs
        else choosing.Edges.of(count, *np.zeros((2, 0), np.int64), np.zeros(0))
        for pairs in ([*near, *((b, a, score) for a, b, score in near)], list(parts))
    ]
    kinds, survivors, scores = choosing.decide(*edges, np.array(lengths), compiled=compiled)
    return {
        node: (KINDS[kinds[node]], int(survivors[node]), float(scores[node]))
        for node in np.flatnonzero(kinds).tolist()
    }


def both_ways(pairs: Iterable[Pair]) -> Edges:
    edges: dict[int, dict[int, float]] = {}
    for one, other, score in pairs:
        edges.setdefault(one, {})[other] = edges.setdefault(other, {})[one] = score
    return edges


@Ways
def test_a_chain_keeps_its_first_and_what_is_no_copy_of_that(compiled: bool) -> None:
    # 0 - 1 - 2: the middle one is a copy of both, which are no copies of each other.
    chain = [(0, 1, 0.8), (1, 2, 0.9)]
    assert settled(compiled, [9, 9, 9], chain, []) == {1: (RemovalKind.NEAR, 2, 0.9)}
    star = [(0, 1, 0.8), (0, 2, 0.9)]
    assert settled(compiled, [9, 9, 9], star, []).keys() == {1, 2}


@Ways
def test_what_loses_its_survivor_goes_for_another_or_is_kept(compiled: bool) -> None:
    # 1 is a copy of 0, which is part of 2: 1 is part of nothing, so it stays, and 0 goes for it.
    gone = settled(compiled, [20, 20, 50], [(0, 1, 0.9)], [(0, 2, 1.0)])
    assert gone == {0: (RemovalKind.NEAR, 1, 0.9)}
    both = settled(compiled, [20, 20, 50], [(0, 1, 0.9)], [(0, 2, 1.0), (1, 2, 0.95)])
    assert both == {0: (RemovalKind.CONTAINED, 2, 1.0), 1: (RemovalKind.CONTAINED, 2, 0.95)}


@Ways
def test_of_several_wholes_the_one_that_has_most_of_it_then_the_shortest(compiled: bool) -> None:
    parts = [(0, 1, 0.9), (0, 2, 1.0), (0, 3, 1.0)]
    assert settled(compiled, [20, 90, 80, 70], [], parts) == {0: (RemovalKind.CONTAINED, 3, 1.0)}


SCORE = st.sampled_from([0.7, 0.8, 0.9, 1.0])


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[int], list[Pair], list[Pair]]:
    count = draw(st.integers(1, 12))
    lengths = draw(st.lists(st.integers(10, 14), min_size=count, max_size=count))
    node = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(node, node, SCORE), max_size=20, unique_by=lambda p: p[:2]))
    near = [pair for pair in pairs if pair[0] < pair[1]]
    parts = [
        pair
        for pair in draw(st.lists(st.tuples(node, node, SCORE), max_size=20))
        if lengths[pair[0]] < lengths[pair[1]]
    ]
    return lengths, near, parts


@Ways
@settings(max_examples=300)
@given(graph=graphs())
def test_the_loop_decides_as_sets_and_dictionaries_do(
    compiled: bool, graph: tuple[list[int], list[Pair], list[Pair]]
) -> None:
    lengths, near, parts = graph
    inside: dict[int, dict[int, float]] = {}
    for part, whole, share in parts:
        inside.setdefault(part, {})[whole] = max(share, inside.get(part, {}).get(whole, 0.0))
    order = range(len(lengths))
    expected = decide(order, dict(enumerate(lengths)), both_ways(near), inside)
    assert settled(compiled, lengths, near, parts) == expected
