"""What tells cheaply that no quote of a text can be turned round, beside the search for such."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textclean import Config
from textclean.engine.rule import View
from textclean.punctuation.quote_findings import find_halves, may_turn

_PARAGRAPHS = st.lists(st.text("“”“”甲乙，。：> ", min_size=1, max_size=12), max_size=5)


@pytest.mark.parametrize(
    "text",
    [
        "开展“送医下乡“活动。",
        "暗访”回头看”问题整改情况。",
        "治疗”巧囊“后存在复发现象。",
        "治疗”巧囊\n“后存在复发现象，\n治疗”巧囊“后复查。",
    ],
)
def test_a_mark_may_be_turned(text: str) -> None:
    assert may_turn(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "开展“送医下乡”活动，“送医”“送药”。",
        "这样不行。”他说，“再来一次。",
        "医养结合”健康养老服务模式，有效破解因病致贫。\n\n开展“送医下乡”活动。",
        "推广“互联网+试点之一。\n\n床位”健康养老服务模式，获“全国脱贫攻坚奖”，又开展“送医下乡”活动。",
        "他说：“今天先到这里。\n\n“明天再来。”",
    ],
)
def test_no_mark_may_be_turned(text: str) -> None:
    assert not may_turn(text)


@settings(max_examples=300)
@given(_PARAGRAPHS)
def test_where_none_may_be_turned_the_search_finds_none(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    turned = find_halves(View(text, [], Config()), turned_only=True)
    assert not turned or may_turn(text)


@given(st.text(st.sampled_from("“”\n。，好说\r\u2028"), max_size=30))
def test_what_may_be_turned_is_the_same_for_long_texts(text: str) -> None:
    # Lines without marks before and behind, which no question depends on.
    plain = "各地区认真贯彻落实。" * 50
    assert may_turn(f"{plain}\n{text}\n{plain}") == may_turn(f"\n{text}\n")


@settings(max_examples=300)
@given(st.lists(st.sampled_from(["“好”", "“", "”", "说", "。", "\n", "\0"]), max_size=12))
def test_what_pairs_on_a_line_hides_no_mark_that_may_be_turned(pieces: list[str]) -> None:
    text, plain = "".join(pieces), "各地区认真贯彻落实。" * 50
    assert may_turn(f"{plain}\n{text}\n{plain}") == may_turn(f"\n{text}\n")
