from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from textclean.dedup.fold import jaccard, shingles


def test_a_fold_is_cut_into_overlapping_triples() -> None:
    assert shingles("基层医疗服务") == {"基层医", "层医疗", "医疗服", "疗服务"}


def test_a_repeated_shingle_counts_once() -> None:
    assert shingles("全覆盖全覆盖全覆盖") == {"全覆盖", "覆盖全", "盖全覆"}


def test_a_short_fold_is_its_own_shingle_and_an_empty_one_has_none() -> None:
    assert shingles("医疗") == {"医疗"}
    assert shingles("") == frozenset()


def test_nothing_is_no_copy_of_nothing() -> None:
    assert jaccard(frozenset(), frozenset()) == 0


@given(st.text("医疗卫生服务", max_size=20), st.text("医疗卫生服务", max_size=20))
def test_similarity_is_symmetric_and_one_only_for_equal_sets(first: str, second: str) -> None:
    one, other = shingles(first), shingles(second)
    assert jaccard(one, other) == jaccard(other, one)
    assert (jaccard(one, other) == 1) == (one == other and one != frozenset())
