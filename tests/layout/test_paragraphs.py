"""Hard-wrapped lines flow together; everything whose line breaks mean something keeps them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.layout.pages import PARAGRAPHS, page, wrap
from textclean import Config, Tier, clean

REFLOW = Config(select=("L001",), tier=Tier.SUGGESTED)


def reflow(text: str) -> str:
    done = clean(text, REFLOW)
    assert done.revert() == text
    assert clean(done.text, REFLOW).text == done.text
    return done.text


@pytest.mark.parametrize("width", [13, 18, 22, 27, 40])
@pytest.mark.parametrize("indent", ["", "　　", "    "])
def test_paragraphs_flow_together_and_stay_apart(width: int, indent: str) -> None:
    lines = reflow(page(PARAGRAPHS, width, indent=indent)).split("\n")
    assert [line.strip(" \u3000") for line in lines] == list(PARAGRAPHS)


@pytest.mark.parametrize("width", [18, 28])
def test_indents_that_extraction_dropped_are_seen_in_the_widths(width: int) -> None:
    lines = [line.strip("　") for text in PARAGRAPHS for line in wrap(text, width, indent="　　")]
    assert reflow("\n".join(lines)).split("\n") == list(PARAGRAPHS)


def test_blank_lines_between_all_lines_mean_nothing() -> None:
    assert reflow(page(PARAGRAPHS, 27, between="\n\n")).split("\n\n") == list(PARAGRAPHS)


def test_blank_lines_between_paragraphs_stay() -> None:
    text = "\n\n".join("\n".join(wrap(paragraph, 26)) for paragraph in PARAGRAPHS)
    assert reflow(text).split("\n\n") == list(PARAGRAPHS)


def test_lines_that_end_in_a_space_or_a_carriage_return_flow_together() -> None:
    text = page(PARAGRAPHS, 27)
    assert reflow(text.replace("\n", " \n")).replace(" \n", "\n").split("\n") == list(PARAGRAPHS)
    assert reflow(text.replace("\n", "\r\n")).split("\r\n") == list(PARAGRAPHS)


def test_a_closing_mark_pushed_to_the_next_line_comes_back() -> None:
    lines = wrap(PARAGRAPHS[2], 16) + wrap(PARAGRAPHS[3], 16)
    torn = "\n".join(lines).replace("。”", "。\n”")
    assert reflow(torn).split("\n") == list(PARAGRAPHS[2:])


def test_latin_words_keep_one_space() -> None:
    paragraph = (
        "目前各医院普遍使用的磁共振成像设备多由Siemens Healthineers提供，新一代机型在图像重建中"
        "引入了Deep Resolve算法，扫描时间缩短一半以上，患者在检查中的舒适度明显提高，医生的阅片"
        "效率也随之提升，基层医疗合作项目因此受益，影像诊断的同质化水平不断提高。"
    )
    for width in (10, 13, 16, 20):
        assert reflow(page([paragraph], width)) == paragraph


def test_a_word_that_was_hyphened_is_joined() -> None:
    text = (
        page(PARAGRAPHS, 27) + "\n" + page(["采用了internationalization方案，" + PARAGRAPHS[3]], 27)
    )
    assert reflow(text.replace("internationalization", "internationali-\nzation")).count("\n") == 4


def test_headings_captions_page_numbers_and_running_heads_keep_their_lines() -> None:
    body = [page([text], 26) for text in PARAGRAPHS]
    text = "\n".join(
        (
            "第三章 走向新的平衡 349",
            "医共体建设的实践与思考",
            "记者 陈志强 通讯员 刘芳",
            body[0],
            "（二）强化责任落实",
            body[1],
            "图2 各组指标比较",
            body[2],
            body[3],
            "— 24 —",
        )
    )
    assert reflow(text).split("\n") == [
        "第三章 走向新的平衡 349",
        "医共体建设的实践与思考",
        "记者 陈志强 通讯员 刘芳",
        PARAGRAPHS[0],
        "（二）强化责任落实",
        PARAGRAPHS[1],
        "图2 各组指标比较",
        PARAGRAPHS[2],
        PARAGRAPHS[3],
        "— 24 —",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(PARAGRAPHS), id="a paragraph a line"),
        pytest.param(
            "两个黄鹂鸣翠柳，\n一行白鹭上青天。\n窗含西岭千秋雪，\n门泊东吴万里船。",
            id="verse with marks",
        ),
        pytest.param(
            "轻轻的我走了\n正如我轻轻的来\n我轻轻的招手\n作别西天的云彩\n那河畔的金柳\n是夕阳中的新娘",
            id="verse without",
        ),
        pytest.param(
            "甲方：市中心医院\n乙方：县人民医院\n地址：人民路一百二十号\n邮编：450000\n联系人：张三",
            id="a form",
        ),
        pytest.param(
            "- 建立院前院内信息共享平台\n- 推进紧密型医共体建设\n- 加强基层卫生人才培养",
            id="a Markdown list",
        ),
        pytest.param(
            "一、建立信息平台\n二、推进医共体建设\n三、加强人才培养\n四、完善转诊制度\n五、落实家医签约",
            id="a numbered list",
        ),
        pytest.param(
            "| 单位 | 床位 |\n|---|---|\n| 市中心医院 | 1200 |\n| 县人民医院 | 500 |",
            id="a table",
        ),
        pytest.param(
            "市中心医院 1200 860\n县人民医院 500 320\n市妇幼保健院 400 260\n市中医医院 600 410\n",
            id="a table set with spaces",
        ),
        pytest.param(
            "```\n" + page(PARAGRAPHS[:2], 20) + "\n```",
            id="a fence",
        ),
        pytest.param(
            "  \n".join(wrap(PARAGRAPHS[0], 20)),
            id="Markdown's line breaks",
        ),
        pytest.param(
            "全市卫生健康工作会议召开\n市领导调研重点项目建设情况\n我市新增三家三级医院\n"
            "医保报销比例再次提高\n春季传染病防控要点\n健康讲座走进社区校园",
            id="headlines",
        ),
        pytest.param(
            "张三同志：\n您好！来信收到，所提建议已转有关部门研究。\n此致\n敬礼\n市卫生健康委员会\n2020年5月1日",
            id="a letter",
        ),
    ],
)
def test_line_breaks_that_mean_something_stay(text: str) -> None:
    assert reflow(text) == text


def test_by_default_nothing_is_joined() -> None:
    text = page(PARAGRAPHS, 27)
    assert clean(text).text == text
    assert [edit.rule for edit in clean(text).suggestions if edit.changes] == ["L001"] * (
        text.count("\n") - len(PARAGRAPHS) + 1
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=6),
    st.integers(10, 40),
    st.sampled_from(["\n", "\n\n", " \n", "\r\n"]),
    st.text(alphabet="，。“”、 \n　1a是的", max_size=30),
)
def test_only_line_breaks_and_spaces_change_whatever_the_page(
    paragraphs: list[str], width: int, between: str, noise: str
) -> None:
    text = page(paragraphs, width, between=between)
    text = text[: len(text) // 2] + noise + text[len(text) // 2 :]
    done = clean(text, REFLOW)
    assert done.revert() == text
    assert "".join(done.text.split()) == "".join(text.split())
    assert clean(done.text, REFLOW).text == done.text
