"""Marks and spaces among the digits of one number, and letters and dashes read for others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean import Config, Tier, clean

SUGGESTED = Config(tier=Tier.SUGGESTED)


@cases
def test_a_number_is_put_together_by_default(text: str, cleaned: str) -> None:
    assert clean(text).text == cleaned


@cases
def test_a_number_is_put_together_when_asked_for(text: str, cleaned: str) -> None:
    assert clean(text, SUGGESTED).text == cleaned
    assert clean(cleaned, SUGGESTED).text == cleaned
    digits = [char for char in text if char.isdigit()]
    assert [char for char in clean(text).text if char.isdigit()] == digits


@cases
def test_numbers_that_may_be_two_stay(text: str) -> None:
    assert clean(text, SUGGESTED).text == text


@given(
    st.from_regex(
        r"[1-9][0-9]{0,5}(?:\.[0-9]{1,3}|,[0-9]{3}(?:\.[0-9])?|:[0-5][0-9])?", fullmatch=True
    ),
    st.sets(st.integers(min_value=1, max_value=8), min_size=1, max_size=4),
    st.sampled_from(["新建农田", "共有", "上午", "第", "为", "（"]),
    st.sampled_from(["万亩", "人", "%", "年", "月", "日", "元", "，另有说明", "开始"]),
)
def test_a_torn_number_is_put_together_or_left(
    number: str, gaps: set[int], before: str, behind: str
) -> None:
    torn = "".join(f" {char}" if at in gaps else char for at, char in enumerate(number))
    text = f"昨天下午，市里召开了工作会议，{before}{torn}{behind}。"
    cleaned = clean(text, SUGGESTED).text
    assert cleaned.replace(" ", "").replace("：", ":") == text.replace(" ", "")
    assert clean(cleaned, SUGGESTED).text == cleaned
