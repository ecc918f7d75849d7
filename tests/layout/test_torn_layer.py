"""Pages with a character or a clause a line are put together; tables, verse and lists stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean import Config, Tier, clean
from textclean.layout.torn_layer import tears

TORN = Config(select=("L006",), tier=Tier.SUGGESTED)


def put_together(text: str) -> str:
    done = clean(text, TORN)
    assert done.revert() == text
    assert clean(done.text, TORN).text == done.text
    return done.text


def in_pieces(text: str) -> str:
    """A text as the layer gives it: a break behind every mark and every digit or letter."""
    torn = ""
    for char, following in zip(text, f"{text[1:]}\n", strict=True):
        ascii_ = char.isascii() and char.isalnum()
        breaks = char in "，、（）《》" or ascii_ or char in "./"
        torn += char
        if breaks and following not in " \n" and not following.isspace():
            torn += "\n"
    return torn


CLAUSES = (
    "1 范围\n"
    "本规则适用于馆藏纸张（手稿、信札、拓片）的检查、修补、装裱，也可用于地图、照片、唱片封套。\n"
    "2 检查\n"
    "2.1 每年3月、9月各查一次，查后填表，存入《藏品日志》，保存至2031年。\n"
    "2.2 温度超过26度时，先降温，后开箱，再登记。依据GB/T 7714.2检索。\n"
    "3 修补\n"
    "3.1 纸浆浓度不高于1.25克，补后压平，晾干，入库。\n"
)


def test_a_torn_page_is_put_together() -> None:
    assert put_together(in_pieces(CLAUSES)) == CLAUSES


def test_blank_lines_behind_all_pieces_mean_nothing() -> None:
    text = in_pieces(CLAUSES).replace("\n", "\n\n")
    assert put_together(text) == CLAUSES.replace("\n", "\n\n")


def test_a_date_in_pieces_is_one_date() -> None:
    text = (
        "县、\n市、\n省、\n直辖市（\n含新区）\n自２\n０\n２\n１\n年７\n月１\n日起，\n"
        "逐馆，\n逐件，\n如实登记。"
    )
    done = clean(text, Config(tier=Tier.SUGGESTED)).text
    assert done == "县、市、省、直辖市（含新区）自2021年7月1日起，逐馆，逐件，如实登记。"


def test_a_number_ends_where_the_next_clause_begins() -> None:
    text = in_pieces("5.1 甲、乙、丙、丁，戊，己，庚（辛）比为1:500\n5.2 其余，照旧。\n6 附则\n")
    assert "\n5.2 其余" in put_together(text)


def test_where_a_number_may_be_two_the_break_stays() -> None:
    # No clause before it says whether this is 12 and 3.1 or 123.1.
    text = "甲、\n乙、\n丙、\n丁，\n戊，\n己，\n共1\n2\n3\n.\n1 庚辛，\n壬（\n癸）\n见4\n/\n5"
    assert "123" not in put_together(text)


def test_a_clause_that_follows_no_other_is_no_end_of_a_number() -> None:
    text = in_pieces(
        "1 甲、乙、丙、丁，戊，己，庚（辛）\n比为1:500\n7.3 其余，照旧，如前，不改。\n"
    )
    assert "\n7.3 其余" in put_together(text)


def test_numbers_and_words_on_lines_that_end_in_a_space_are_put_together() -> None:
    text = (
        "书架高 \n2. \n4 \nm( \n2. \n4 \n米)，共 \n12 \n列。依据 GB/T \n7714 \n编排。\n"
        "地图另存。\n照片另存。\n拓片另存。\n唱片另存。\n手稿另存。\n信札另存。\n书画另存。\n"
        "期刊另存。\n报纸另存。\n缩微另存。\n"
    )
    assert "2.4 m(2.4" in put_together(text)


def test_quotations_of_markdown_are_no_torn_page() -> None:
    text = "".join(f"> 第{number}句。\n> \n> 又一句。\n\n" for number in "一二三四五六七八")
    assert put_together(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "苹果、\n香蕉、\n葡萄、\n橙子、\n柚子",
        "春眠不觉晓，\n处处闻啼鸟。\n夜来风雨声，\n花落知多少。",
        "人生若只如初见，\n何事秋风悲画扇。\n等闲变却故人心，\n却道故人心易变，\n骊山语罢清宵半，\n泪雨霖铃终不怨。",
        "5\n3\n4\n/\n2\n1\n3\n/\n5\n6\n2\n/",
        "1\n2\n3\n4\n5\n6\n7\n8\n9",
        "A\nB\nC\nD\n1\n2\n3",
        "姓名：张三\n年龄：35\n电话：12345",
        "目录\n1\n2\n第一章\n3\n4\n第二章\n5",
        "逗号\n，\n顿号\n、\n句号\n。\n引号\n“",
    ],
)
def test_tables_verse_and_lists_keep_their_lines(text: str) -> None:
    assert put_together(text) == text


@given(st.text("１2年、，（）．/甲乙 \n", max_size=80))
def test_tears_are_single_breaks_in_order(text: str) -> None:
    found = tears(text)
    assert [*found] == sorted(found)
    for tear in found:
        assert text[tear.start : tear.end].strip() == ""
        assert text[tear.start : tear.end].count("\n") in (1, 2)
