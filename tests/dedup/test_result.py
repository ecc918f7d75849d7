from __future__ import annotations

import pickle

import pytest

from tests.dedup.passages import seed_paragraphs
from textclean.dedup import Deduplicated, Removal, RemovalKind, deduplicate

PARAGRAPH = next(p for p in seed_paragraphs(150) if "医共体" in p)
BLOCKS = [
    PARAGRAPH,
    "独此一段，与其他各段毫无相同之处。",
    PARAGRAPH,
    PARAGRAPH.replace("公立医院", "公医院", 1),
]


@pytest.fixture(scope="module")
def result() -> Deduplicated:
    return deduplicate(BLOCKS)


def test_groups_are_survivors_with_what_went_for_them(result: Deduplicated) -> None:
    [group] = result.groups()
    assert sorted(group) == [0, 2, 3]
    assert group[0] in result.kept
    assert {r.survivor for r in result.removals} == {group[0]}


@pytest.mark.xfail(strict=True, reason="医共体 is no word of the tables, and 共建 joins better")
def test_the_fuller_of_two_copies_stays_where_its_word_is_unknown() -> None:
    assert deduplicate([PARAGRAPH, PARAGRAPH.replace("医共体", "医共", 1)]).kept == [0]


def test_the_closest_call_is_the_near_copy_of_lowest_score(result: Deduplicated) -> None:
    [closest] = result.closest()
    assert closest.kind is RemovalKind.NEAR
    assert result.threshold <= closest.score < 1
    assert result.closest(0) == []


def test_an_explanation_shows_survivor_kind_score_and_difference(result: Deduplicated) -> None:
    [closest] = result.closest(1)
    head, difference = result.explain(closest.index).split("\n", 1)
    assert head == f"{closest.index} -> {closest.survivor} near {closest.score:.3f}"
    assert difference == BLOCKS[0].replace("公立医院", "公{+立+}医院", 1)


def test_an_exact_copy_shows_no_difference_where_there_is_none(result: Deduplicated) -> None:
    exact = next(r for r in result.removals if r.kind is RemovalKind.EXACT)
    assert result.explain(exact.index).endswith(f"exact 1.000\n{BLOCKS[exact.index]}")


def test_only_removed_texts_are_explained(result: Deduplicated) -> None:
    with pytest.raises(KeyError, match="was not removed"):
        result.explain(1)


def test_long_texts_are_compared_clause_by_clause() -> None:
    long = "".join(seed_paragraphs(100)[:20])
    texts = [long, long.replace("医疗", "医療", 1)]
    outcome = deduplicate(texts)
    [removal] = outcome.removals
    assert "[-" in outcome.explain(removal.index)


def test_a_result_is_a_value(result: Deduplicated) -> None:
    assert deduplicate(BLOCKS) == result
    assert pickle.loads(pickle.dumps(result)) == result
    assert str(RemovalKind.NEAR) == "near"
    assert Removal(1, 0, RemovalKind.EXACT, 1.0) < Removal(2, 0, RemovalKind.EXACT, 1.0)
    assert BLOCKS[0] not in repr(result)
