"""Who stays of texts and what they may go for: the graph in arrays beside one in plain Python."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dedup.reference.containers import Ends
from tests.dedup.reference.graph import kept_of, settle
from tests.dedup.verdicts import Edge
from textclean.dedup.kernels import choosing
from textclean.dedup.records import RemovalKind

Ways = pytest.mark.parametrize("compiled", [True, False], ids=["compiled", "as written"])
WHOLE = Ends(20, False, False, False)
LENGTHS = dict.fromkeys(range(4), 20)


def kept(compiled: bool, count: int, pairs: Iterable[tuple[int, int]]) -> set[int]:
    """Which of nodes numbered in order of preference stay, given which may go for which."""
    ordered = sorted(set(pairs))
    goes = np.array([pair[0] for pair in ordered], np.int64)
    stays = np.array([pair[1] for pair in ordered], np.int64)
    starts = np.searchsorted(goes, np.arange(count + 1))
    return set(np.flatnonzero(choosing.decide(starts, stays, compiled=compiled)).tolist())


def both_ways(*pairs: tuple[int, int]) -> list[tuple[int, int]]:
    return [*pairs, *(pair[::-1] for pair in pairs)]


@Ways
def test_a_chain_keeps_its_first_and_what_is_no_copy_of_that(compiled: bool) -> None:
    # 0 - 1 - 2: the middle one is a copy of both, which are no copies of each other.
    assert kept(compiled, 3, both_ways((0, 1), (1, 2))) == {0, 2}
    assert kept(compiled, 3, both_ways((0, 1), (0, 2))) == {0}


@Ways
def test_what_says_more_is_kept_though_it_is_preferred_less(compiled: bool) -> None:
    # 0 is part of 2, and 1 of nothing: 0 goes, though it comes first.
    assert kept(compiled, 3, [(0, 2)]) == {1, 2}
    # A chain of parts: only the whole is kept.
    assert kept(compiled, 3, [(0, 1), (1, 2), (0, 2)]) == {2}


@Ways
def test_what_loses_its_survivor_goes_for_another_or_is_kept(compiled: bool) -> None:
    # 1 is a copy of 0, which is part of 2; 1 is part of nothing, so it stays, and 0 goes.
    assert kept(compiled, 3, [*both_ways((0, 1)), (0, 2)]) == {1, 2}
    assert kept(compiled, 3, [*both_ways((0, 1)), (0, 2), (1, 2)]) == {2}


@Ways
def test_an_edge_has_a_direction(compiled: bool) -> None:
    assert kept(compiled, 2, [(1, 0)]) == {0}
    assert kept(compiled, 2, [(0, 1)]) == {1}


GRAPHS = st.integers(1, 12).flatmap(
    lambda count: st.tuples(
        st.just(count),
        st.sets(
            st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(
                lambda pair: pair[0] != pair[1]
            ),
            max_size=24,
        ),
    )
)


@Ways
@settings(max_examples=300)
@given(GRAPHS)
def test_the_loop_decides_as_sets_and_dictionaries_do(
    compiled: bool, graph: tuple[int, set[tuple[int, int]]]
) -> None:
    count, pairs = graph
    goes_for: dict[int, set[int]] = {}
    for goes, stays in pairs:
        goes_for.setdefault(goes, set()).add(stays)
    stay = kept(compiled, count, pairs)
    assert stay == kept_of(range(count), goes_for)
    # Whatever goes, something is kept that it may go for.
    assert all(goes_for.get(node, set()) & stay for node in set(range(count)) - stay)


def test_of_several_near_goes_first_then_the_best_then_the_most_preferred() -> None:
    near = Edge(RemovalKind.NEAR, 0.8, False, WHOLE)
    part = Edge(RemovalKind.CONTAINED, 1.0, False, WHOLE)
    better = near._replace(score=0.9)
    gone = settle(range(4), {3: {0: part, 1: near, 2: better}}, LENGTHS, lambda *_: None)
    assert gone == {3: (2, better)}
    gone = settle(range(4), {3: {0: part, 1: near, 2: near}}, LENGTHS, lambda *_: None)
    assert gone == {3: (1, near)}


def test_what_pointed_to_a_text_that_went_is_compared_with_the_survivor() -> None:
    near = Edge(RemovalKind.NEAR, 0.8, False, WHOLE)
    linked = {1: {0: near}, 2: {1: near}}
    asked = []

    def compare(goes: int, stays: int) -> Edge | None:
        asked.append((goes, stays))
        return near

    assert settle(range(3), linked, LENGTHS, compare) == {1: (0, near), 2: (0, near)}
    assert asked == [(2, 0)]
    assert settle(range(3), linked, LENGTHS, lambda *_: None) == {1: (0, near)}


def test_a_part_goes_for_the_shortest_whole_that_has_most_of_it() -> None:
    part = Edge(RemovalKind.CONTAINED, 1.0, False, WHOLE)
    less = part._replace(score=0.9)
    gone = settle(
        range(4), {3: {0: part, 1: part, 2: less}}, {0: 90, 1: 80, 2: 70}, lambda *_: None
    )
    assert gone == {3: (1, part)}


def test_a_copy_of_a_part_is_compared_with_the_whole_though_the_part_went_for_it() -> None:
    # 1 is part of 0 and a copy of 2, which is a copy of it: 2 is kept unless it is part of 0, too.
    near = Edge(RemovalKind.NEAR, 0.8, False, WHOLE)
    part = Edge(RemovalKind.CONTAINED, 1.0, False, WHOLE)
    linked = {1: {0: part, 2: near}, 2: {1: near}}
    gone = settle(range(3), linked, LENGTHS, lambda *_: part)
    assert gone == {1: (0, part), 2: (0, part)}
