from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.dedup.fold import fold, fold_with_offsets


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("近年来，开封市围绕中医药高地。", "近年来,开封市围绕 中医药高地"),
        ("**聚焦提质增效**  \n濮阳市高度重视", "聚焦提质增效濮阳市高度重视"),
        ("２０２０年Ａ级", "2020年a级"),
        ("醫療衛生機構", "医疗卫生机构"),
        ("⻚面与⽂字", "页面与文字"),
        ("“统一”管理", "「統一」管理"),
        ("二○一二年", "二〇一二年"),
        ("××市", "xx市"),
        ("累计投资1.5亿元", "累计投资15亿元"),
        ("> 引文", "引文"),
        ("瑞\u200b安\u00ad市\ufeff", "瑞安市"),
    ],
)
def test_what_copies_differ_in_is_folded_away(text: str, same: str) -> None:
    assert fold(text) == fold(same)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("增长5%", "增长6%"),
        ("气温40℃", "气温40"),
        ("电话138****1234", "电话1381234"),
        ("第二次会议", "第三次会议"),
        ("乾隆年间", "康熙年间"),
        ("患者xx人", "患者人"),
        ("二〇一二年", "二一二年"),
    ],
)
def test_what_texts_say_is_not_folded_away(text: str, other: str) -> None:
    assert fold(text) != fold(other)


def test_marks_alone_fold_to_nothing() -> None:
    assert fold("——……！？ \n\t**") == ""


def test_masked_numbers_are_placeholders() -> None:
    assert fold("138****1234") == "138xxxx1234"
    assert fold("**138**") == "138"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="utf-8")) | st.text("1*＊9a，㈱㎡ "))
def test_offsets_lead_back_to_the_characters_they_came_from(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert len(folded.offsets) == len(folded.text)
    assert list(folded.offsets) == sorted(folded.offsets)
    for offset in folded.offsets:
        assert 0 <= offset < len(text)
