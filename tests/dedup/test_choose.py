from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.dedup.choose import (
    damage,
    first_independent_set,
    merits,
    preference,
    preference_among_many,
    preferred,
)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("各项工作有序推进。", 0),
        ("（本报记者刘尚整理。）", 0),
        ("实行“统一”管理。”", 1),
        ('抓住深化医改机遇期 "层层推进。', 1),
        ("市政府与河南大学开展市校合作,共", 1),
        ("**以夯实为目标**", 1),
        ("截至xxxx年xx月，全市共有xx例。", 3),
        ("It's over. 他说：‘好。’", 0),
        ("the doctor’s bag。", 0),
        ("", 1),
    ],
)
def test_damage_counts_quotes_ends_and_placeholders(text: str, points: int) -> None:
    assert damage(text) == points


def test_the_least_damaged_comes_first_then_the_longest_then_the_lowest_place() -> None:
    texts = ["全面停", "疫情防控取得胜利。", "疫情防控，取得胜利。", "疫情防控，取得胜利。"]
    assert preference(texts, range(4)) == [2, 3, 1, 0]


def test_spaces_do_not_make_a_text_longer() -> None:
    texts = ["瑞 安 市 卫 生 健 康 局。", "瑞安市，卫生健康局。"]
    assert preference(texts, [0, 1]) == [1, 0]


@given(
    st.lists(st.sampled_from(["甲。", "乙。", "丙", "丁“。", "甲 。"]), min_size=1), st.randoms()
)
def test_the_order_of_contents_does_not_depend_on_places(texts: list[str], random: object) -> None:
    shuffled = list(texts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first = [texts[i] for i in preference(texts, range(len(texts)))]
    assert first == [shuffled[i] for i in preference(shuffled, range(len(texts)))]


written = st.text('疫情“”‘’「」《》"＂xX×*37。！… \u3000\n)（𠮷', max_size=12)


@given(st.lists(written, min_size=1, max_size=6))
def test_many_texts_have_the_merits_that_each_has_alone(texts: list[str]) -> None:
    many = [texts[index % len(texts)] for index in range(100)]
    together = merits(many, range(100))
    assert together == {index: merits(many, [index])[index] for index in range(100)}


@given(st.lists(written, min_size=1, max_size=90))
def test_many_texts_are_ordered_as_few_are(texts: list[str]) -> None:
    many = [texts[index % len(texts)] for index in range(100)]
    assert preference_among_many(many, range(100)) == preference(many, range(100))


@given(st.lists(written, min_size=2, max_size=6, unique=True))
def test_the_preferred_of_some_texts_is_the_first_in_order(texts: list[str]) -> None:
    indices = list(range(len(texts)))
    assert preferred(texts, indices, merits(texts, indices)) == preference(texts, indices)[0]


def test_a_chain_keeps_its_first_and_what_is_no_copy_of_that() -> None:
    # 0 - 1 - 2: the middle one is a copy of both, which are no copies of each other.
    edges = {0: {1: 0.8}, 1: {0: 0.8, 2: 0.8}, 2: {1: 0.8}}
    assert first_independent_set([0, 1, 2], edges, set()) == {0, 2}
    assert first_independent_set([1, 0, 2], edges, set()) == {1}


def test_what_is_a_copy_of_something_kept_before_is_not_chosen() -> None:
    assert first_independent_set([1, 2], {1: {7: 0.9}, 2: {}}, {7}) == {2}
