"""Dashes that are signs themselves, and marks of two kinds in a row."""

from __future__ import annotations

from itertools import permutations

import pytest

from textclean import check, clean


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("老张的主意--先修水渠--大家都赞成。", "老张的主意——先修水渠——大家都赞成。"),
        ("（第二部分--结论）", "（第二部分——结论）"),
        ("长选项以两个连字符（--）开头，短选项以一个（-）开头。", None),
        ("文中的“--”表示没有数据。", None),
    ],
)
def test_a_dash_is_long_unless_it_is_the_sign_itself(text: str, after: str | None) -> None:
    assert clean(text, select=["P008"]).text == (after or text)


@pytest.mark.parametrize("marks", ["".join(pair) for pair in permutations("，、；：。", 2)])
def test_two_marks_are_reported_whichever_they_are(marks: str) -> None:
    found = check(f"村里、乡里{marks}县里都派了人。", select=["P016"])
    assert [each.before for each in found] == [marks]
