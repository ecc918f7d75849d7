"""The short way of reading frequent forms and the grammar agree, whatever stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean.quantities import finding
from textclean.quantities.fast_path import read_frequent
from textclean.quantities.quantity import Quantity

# Longer than what `find` remembers: each text is read anew.
_PADDING = "\n" + "字" * 1_000

PIECES = [
    *"0123456789.万亿多余年月日号时点个人元米岁天%％第约近超不足以上",
    *"左右的比至到-—～ ，。、；（）“”千百十半度起满内/:",
    *["15", "2021年", "7月", "30日", "小时", "百分点", "平方米", "公里", "热线", "120", "急救"],
    *["90后", "3.5", "12", "月份", "年代", "学年", "周年", "下午", "kg", "m2"],
]


def grammar(text: str, monkeypatch: pytest.MonkeyPatch) -> list[Quantity]:
    with monkeypatch.context() as patch:
        patch.setattr(finding, "read_frequent", lambda text, at, floor: None)
        return finding.find(text + _PADDING)


@cases
def test_frequent_forms_are_read_in_one_step_and_others_left(
    text: str, expected: str | None
) -> None:
    at = next(place for place, char in enumerate(text) if char.isdecimal() and char.isascii())
    found = read_frequent(text, at, 0)
    assert (found and found.text.removeprefix("近")) == expected


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=12))
def test_the_short_way_and_the_grammar_agree(pieces: list[str]) -> None:
    text = "".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        assert finding.find(text + _PADDING) == grammar(text, patch)


@cases
def test_hard_neighbours_are_read_alike(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        assert finding.find(text + _PADDING) == grammar(text, patch)
