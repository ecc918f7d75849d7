"""Hard-wrapped lines flow together; everything whose line breaks mean something keeps them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.layout.pages import PARAGRAPHS, page, wrap
from tests.tables import cases
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
    lines = [
        *("第三章 走向新的平衡 349", "医共体建设的实践与思考", "记者 陈志强 通讯员 刘芳"),
        *(PARAGRAPHS[0], "（二）强化责任落实", PARAGRAPHS[1], "图2 各组指标比较"),
        *(PARAGRAPHS[2], PARAGRAPHS[3], "— 24 —"),
    ]
    text = "\n".join(page([line], 26) if line in PARAGRAPHS else line for line in lines)
    assert reflow(text).split("\n") == lines


@cases
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


def _in_page(lines: str) -> str:
    return f"{page(PARAGRAPHS, 27)}\n{lines}\n{page(PARAGRAPHS, 27)}"


@pytest.mark.parametrize(
    "lines",
    [
        # A heading far from full.
        "3.2.2. 文件系统\n硬盘和网络文件系统的挂载选项可以在配置文件里设置，"
        "\n也可以在命令行上给出。",
        # Code, and a list of what is done.
        "./configure --prefix=/usr\nMakefile.am\n",
        # A full stop that is a point.
        "The dotted note lasts half as long in small letters.\n一个音符的时值由后面的数字决定。",
    ],
)
def test_headings_code_and_the_end_of_a_sentence_keep_their_breaks(lines: str) -> None:
    first, second, *_ = lines.split("\n")
    assert f"{first}\n{second[:6]}" in reflow(_in_page(lines))


def test_what_someone_said_ends_the_line() -> None:
    said = "智深道：“大丈夫作事却休要翻悔。”\n周通折箭为誓。"
    assert said in reflow(_in_page(said))
