"""What stands on a page beside its paragraphs is known by its form and place."""

from __future__ import annotations

import pytest

from textclean import check
from textclean.layout.furniture import FurnitureKind, furniture

PROSE = "馆里的地图按年代排列，最早的一张画在绢上。\n"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("— 21 —", FurnitureKind.PAGE_NUMBER),
        ("5/36", FurnitureKind.PAGE_NUMBER),
        ("第 12 页", FurnitureKind.PAGE_NUMBER),
        ("137", FurnitureKind.PAGE_NUMBER),
        ("图3-2 各馆藏书量", FurnitureKind.CAPTION),
        ("表 4  历年借阅人次", FurnitureKind.CAPTION),
        ("第二节 装裱的材料 …………………… 41", FurnitureKind.CONTENTS),
        ("3.2 Binding ........................ 17", FurnitureKind.CONTENTS),
    ],
)
def test_a_line_of_a_kind_is_known(line: str, kind: FurnitureKind) -> None:
    text = f"{PROSE}{line}\n{PROSE}"
    assert [(text[one.start : one.end], one.kind) for one in furniture(text)] == [(line, kind)]


def test_a_note_is_known_by_its_mark_above() -> None:
    text = f"绢本地图①现藏二楼。\n{PROSE}① 见《馆藏目录》第3页。\n"
    assert [one.kind for one in furniture(text)] == [FurnitureKind.FOOTNOTE]
    assert not [*furniture(text.replace("地图①", "地图"))]


def test_a_running_head_is_known_by_its_return() -> None:
    page = f"书店和顾客\n{PROSE}{PROSE}— {{}} —\n"
    text = "".join(page.format(number) for number in range(14, 18))
    assert sum(one.kind is FurnitureKind.RUNNING_HEAD for one in furniture(text)) >= 3


@pytest.mark.parametrize(
    "text",
    [
        "得分\n21\n24\n3\n总分\n48\n",
        f"{PROSE}图书馆在三楼。\n表面光滑，没有划痕。\n{PROSE}",
        f"{PROSE}图1所示的是东馆。\n图中左侧为正门。\n{PROSE}",
        "订阅号 ………… 另见\n",
        f"{PROSE}2021年，馆藏达到40万册\n{PROSE}",
    ],
)
def test_what_is_none_is_not_reported(text: str) -> None:
    assert not [edit for edit in check(text) if edit.rule == "L007"]


WRAPPED = (
    "馆里的地图按年代排列，最早的一张画在绢上，山用青绿，水用\n白粉，城墙画成齿形。管理员说，修复的师"
    "傅先把背面的旧纸\n一点一点润湿，再用竹镊子揭下来，一天只能揭巴掌大的一块。\n后来的几张都是石印，"
    "线条细了，地名也多了，有的村子今天\n还在，有的已经沉到水库底下。来看的人常常在图上找自己的\n老家，"
    "找到了就叫孩子过来，用手指着。\n"
)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("第二章 装裱", FurnitureKind.HEADING),
        ("三、修复的材料", FurnitureKind.HEADING),
        ("（二）修复的步骤", FurnitureKind.HEADING),
        ("3.2.2. 绢本的清洗", FurnitureKind.HEADING),
        ("附录 B 仪器一览", FurnitureKind.HEADING),
        ("参 考 文 献", FurnitureKind.HEADING),
        ("14(I)", FurnitureKind.MARGIN_NUMBER),
        ("[14]", FurnitureKind.MARGIN_NUMBER),
        ("* 基金项目：古籍保护专项“绢本地图的修复”", FurnitureKind.FOOTNOTE),
        ("注：未注明者均为馆藏。", FurnitureKind.FOOTNOTE),
        ("draw((0,0) -- (3cm,4cm));   // 一条直线", FurnitureKind.CODE),
    ],
)
def test_a_line_of_a_page_is_known(line: str, kind: FurnitureKind) -> None:
    text = f"{WRAPPED}{line}\n{WRAPPED}"
    assert [(text[one.start : one.end], one.kind) for one in furniture(text)] == [(line, kind)]


def test_rows_of_a_table_are_known_on_a_page() -> None:
    rows = ["年代      件数    材料", "明代      12      绢本", "清代      236     纸本"]
    text = WRAPPED + "\n".join(rows) + "\n" + WRAPPED
    assert [text[one.start : one.end] for one in furniture(text)] == rows
    assert {one.kind for one in furniture(text)} == {FurnitureKind.TABLE}


def test_a_note_in_brackets_is_known_by_the_text_above() -> None:
    note = "(3) “绢有经纬，纸无经纬。”见《装潢志》。"
    text = f"{WRAPPED}绢本须先补后裱。(3)纸本不必。\n{WRAPPED}{note}\n"
    assert [text[one.start : one.end] for one in furniture(text)] == [note]
    assert not [*furniture(text.replace("裱。(3)", "裱。"))]


@pytest.mark.parametrize(
    "text",
    [
        # In clean text a heading is what it seems.
        "第二章 装裱\n\n馆里的地图按年代排列，最早的一张画在绢上。\n\n三、修复的材料\n\n纸和绢。",
        # Items of a list.
        f"{WRAPPED}一、清洗\n二、揭裱\n三、补绢\n四、全色\n{WRAPPED}",
        f"{WRAPPED}三、修复的材料有纸、绢和糨糊，都由馆里自己做。\n{WRAPPED}",
        f"{WRAPPED}12 幅绢本地图\n{WRAPPED}",
    ],
)
def test_lines_of_clean_text_and_of_lists_are_no_headings(text: str) -> None:
    assert not [one for one in furniture(text) if one.kind is FurnitureKind.HEADING]
