"""Which findings of the slot model a text bears out, and which spaces and quotes are its own."""

from __future__ import annotations

from tests.tables import cases
from textclean import Config, Tier, check, clean

#: The rules of lost marks alone.
SLOTS = Config(select=("P02", "P12"), tier=Tier.SUGGESTED)
#: Prose that has its marks.
WHOLE = (
    "今年以来，全市各级各部门认真贯彻落实党中央决策部署，扎实推进各项工作，经济运行总体平稳，"
    "民生保障有力有效，社会大局和谐稳定。下一步，要继续加大投入，改善条件，提高质量，让群众满意。"
) * 4
#: A post of somebody who types no commas.
POST = (
    "去年我看东西时 总觉得有块黑影 后来被确诊为黄斑渗出 经过一段时间的服药 黑影变淡了 但是在今年"
    "上半年的时候 黑影又再次出现 而且在闭眼时 轻按眼球会发现指甲大小的一块亮斑，请问像我这样的情况 "
    "有没有完全治愈的可能？"
)


@cases
def test_spaces_that_their_writer_set_stay(text: str) -> None:
    assert clean(text, SLOTS).text == text


@cases
def test_markers_of_lists_and_quotes_stay(damaged: str, printed: str) -> None:
    assert clean(damaged, SLOTS).text == printed


@cases
def test_a_single_space_in_a_text_that_has_its_marks_is_no_lost_mark(text: str) -> None:
    whole = f"{WHOLE}\n\n{text}\n\n{WHOLE}"
    assert clean(whole, SLOTS).text == whole


def test_the_single_space_is_reported() -> None:
    lone = "会议听取了汇报，讨论了有关的文件。会议指出 要坚持稳中求进工作总基调，全面深化改革开放。"
    assert clean(f"{WHOLE}\n\n{lone}", SLOTS).edits == []
    reported = check(f"{WHOLE}\n\n{lone}", Config(select=("P124",)))
    assert [edit.rule for edit in reported] == ["P124"]


def test_a_paragraph_that_has_lost_marks_gets_pauses_in_a_text_that_has_not() -> None:
    text = f"{WHOLE}\n\n{POST}\n\n{WHOLE}"
    cleaned = clean(text, SLOTS).text
    assert cleaned.count("，") > text.count("，") + 4
    assert "“" not in cleaned


def test_where_no_line_broke_inside_a_word_no_quotes_were_lost() -> None:
    text = f"{POST}\n\n{POST}\n\n{POST}\n\n他平时吃 倍他洛克 和 阿司匹林 ，没有什么不舒服的感觉。"
    assert "“" not in clean(text, SLOTS).text


def test_the_end_of_a_printed_line_inside_a_word_is_mended_anywhere() -> None:
    text = "各级卫生健康部门要进一步加强组织领 导，压实工作责任，把各项措施落到实处。"
    assert "组织领导" in clean(f"{WHOLE}\n\n{text}", Config(select=("P02",))).text


@cases
def test_straight_quotes_pair_as_they_stand(damaged: str, printed: str) -> None:
    cleaned = clean(damaged, Config(select=("P010", "P02", "P12"), tier=Tier.SUGGESTED)).text
    assert cleaned == printed


@cases
def test_a_straight_quote_is_never_lost(text: str) -> None:
    for whole in (text, f"{WHOLE}\n\n{text}"):
        cleaned = clean(whole, SLOTS).text
        quotes = sum(map(cleaned.count, '"“”‘’'))
        assert quotes >= text.count('"')
        assert clean(cleaned, SLOTS).text == cleaned


def test_a_mark_behind_a_quotation_that_has_its_own_is_none() -> None:
    text = "“当着大家的面，快说！” 她顿时红了脸 低下头去 什么也不说了 大家都笑了。"
    assert "！”，" not in clean(text, SLOTS).text
