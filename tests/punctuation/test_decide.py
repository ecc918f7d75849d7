"""The shipped weights on damaged newspaper sentences (written for this test, not from the gold)."""

from __future__ import annotations

import pytest

from textclean.punctuation.model import decide


def restored(text: str) -> str:
    pieces = []
    done = 0
    for each in decide(text):
        pieces += [text[done : each.start], each.label]
        done = each.end
    return "".join(pieces) + text[done:]


@pytest.mark.parametrize(
    ("damaged", "printed"),
    [
        ("开展 不忘初心、牢记使命 主题教育。", "开展“不忘初心、牢记使命”主题教育。"),
        ("会议强调 要坚持稳中求进工作总基调。", "会议强调，要坚持稳中求进工作总基调。"),
        ("共建 一带一路 倡议得到广泛响应。", "共建“一带一路”倡议得到广泛响应。"),
    ],
)  # fmt: skip
def test_lost_marks_are_found_again(damaged: str, printed: str) -> None:
    assert restored(damaged) == printed


@pytest.mark.parametrize(
    "text", ["全国各地广泛开展主题教 育活动，", "完成 15 个中心村的改造任务。"]
)
def test_line_ends_and_spaced_numbers_were_nothing(text: str) -> None:
    assert restored(text) == text.replace(" ", "")
