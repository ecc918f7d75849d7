"""Heads of pages are known by their place: beside a number, or again on the next page."""

from __future__ import annotations

import pytest

from tests.layout.pages import PARAGRAPHS, page
from textclean import Config, Tier, clean
from textclean.layout.running_heads import heads_by_place

BODY = page(PARAGRAPHS, 27)


def heads(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in heads_by_place(text)]


@pytest.mark.parametrize(
    "head",
    [
        "12 基层医疗卫生文件选编",
        "12                    基层医疗卫生文件选编",
        "基层医疗卫生文件选编 213",
        "第6期 王明远等：发行版软件包的组织方式 1035",
        "1036 计算机应用 2022年",
    ],
)
def test_a_title_and_a_number_at_the_edge_are_a_head(head: str) -> None:
    assert heads(f"{head}\n{BODY}") == [head]
    assert heads(f"{BODY}\n{head}") == [head]
    assert clean(f"{head}\n{BODY}", Config(select=("L",), tier=Tier.SUGGESTED)).text.startswith(
        f"{head}\n{PARAGRAPHS[0][:9]}"
    )


def test_a_short_line_under_the_number_is_a_head() -> None:
    assert heads(f"14\n\n基层医疗卫生文件选编\n\n{BODY}") == ["基层医疗卫生文件选编"]


def test_what_comes_back_on_the_next_page_is_a_head_whatever_it_says() -> None:
    assert heads(f"山间来客\n{BODY}\f山间来客\n{BODY}") == ["山间来客"] * 2
    # With the titles of book and chapter in turns, and numbers.
    turns = "\f".join(f"{('旧小说选读', '第十六回')[n % 2]}\n{BODY}\n{n}" for n in range(2, 8))
    assert heads(turns) == ["旧小说选读", "第十六回"] * 3


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"2021年，签约服务惠及 13\n个乡镇的居民\n{BODY}",
        f"基层医疗卫生年鉴 2019\n{BODY}",
        f"12 个乡镇的卫生院\n{BODY}",
        "年龄 35\n姓名 张三\n单位 市医院\n电话 12345\n邮编 430000\n地址 武昌",
        f"山间来客\n{BODY}\f另一页的标题\n{BODY}",
        "",
    ],
)
def test_other_lines_at_the_edge_are_none(text: str) -> None:
    assert heads(text) == []
