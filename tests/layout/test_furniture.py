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
