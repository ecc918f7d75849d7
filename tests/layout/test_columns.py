from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.layout.pages import BRIDGE, FLOOD, LIBRARY, check_unrolled
from textclean import Config, clean_corpus
from textclean.layout.columns import regions, unroll

LEFT, THIRD = LIBRARY, FLOOD
RIGHT = [f"    {BRIDGE[0]}", *BRIDGE[1:]]


def printed(*columns: list[str], width: int = 24) -> str:
    """Columns side by side, each line padded to the column's width."""
    rows = max(map(len, columns))
    lines = [
        "".join(
            (column[row] if row < len(column) else "").ljust(width) for column in columns
        ).rstrip()
        for row in range(rows)
    ]
    return "\n".join(lines) + "\n"


def read(text: str) -> str:
    """A text in reading order, gutters replaced."""
    found = unroll(text)
    if found is None:
        return text
    instead = {start: (end, after) for start, end, after in found.gutters}
    pieces: list[str] = []
    for start, end in found.spans:
        if start in instead:
            start, after = instead[start]
            pieces.append(after)
        pieces.append(text[start:end])
    return "".join(pieces)


def lines(*columns: list[str]) -> str:
    return "".join(f"{line}\n" for column in columns for line in column)


@pytest.mark.parametrize("columns", [(LEFT, RIGHT), (LEFT, RIGHT, THIRD), (RIGHT, THIRD)])
def test_columns_side_by_side_are_read_one_after_the_other(columns):
    assert read(printed(*columns)) == lines(*columns)


def test_what_is_above_and_below_keeps_its_place():
    text = f"第02版 要闻\n\n                大桥明年通车\n{printed(LEFT, RIGHT)}\n     — 2 —\n"
    expected = f"第02版 要闻\n\n                大桥明年通车\n{lines(LEFT, RIGHT)}\n     — 2 —\n"
    assert read(text) == expected


def test_columns_of_unequal_length_are_columns():
    assert read(printed(LEFT, RIGHT[:4])) == lines(LEFT, RIGHT[:4])


def test_each_region_is_read_by_itself():
    text = printed(LEFT, RIGHT) + "\n" + printed(THIRD, LEFT, width=30)
    assert read(text) == lines(LEFT, RIGHT) + "\n" + lines(THIRD, LEFT)


APART = {
    "prose": "\n".join(LEFT) + "\n",
    "indented paragraphs": "\n".join("    " + line for line in LEFT) + "\n",
    "a table": "项目      2021年    2022年\n门诊      3200      4100\n住院      210       260\n"
    "急诊      90        120\n手术      75        83\n",
    "a table of words": "科室        医生        地点\n内科        王小明      门诊楼二层\n"
    "外科        李晓东      门诊楼三层\n儿科        陈芳        门诊楼一层\n"
    "眼科        赵磊        住院楼五层\n",
    "a form": "姓名：张三      性别：男\n年龄：35岁      电话：12345\n"
    "地址：武昌      邮编：430000\n备注：无        日期：今天\n",
    "a contents page": "第一章 总论            1\n第二章 方法            12\n"
    "第三章 结果            25\n第四章 讨论            40\n",
    "a poem in two halves": "床前明月光，    疑是地上霜。\n举头望明月，    低头思故乡。\n"
    "春眠不觉晓，    处处闻啼鸟。\n夜来风雨声，    花落知多少。\n",
    "few lines": printed(LEFT[:3], RIGHT[:3]),
}


@pytest.mark.parametrize("case", APART, ids=str)
def test_what_is_no_columns_stays(case):
    assert unroll(APART[case]) is None


def test_columns_in_a_fence_stay():
    text = f"```\n{printed(LEFT, RIGHT)}```\n"
    corpus = clean_corpus([("a", text)], Config(tier="suggested"))
    assert corpus.documents == [("a", text)]


def test_the_pipeline_unrolls_and_says_what_the_gutters_were():
    text = printed(LEFT, RIGHT)
    corpus = clean_corpus([("a", text)], Config(tier="suggested"))
    assert "".join(corpus.documents[0][1].split()) == "".join(lines(LEFT, RIGHT).split())
    for edit in corpus.edits["a"]:
        assert text[edit.start : edit.end] == edit.before
    assert "L102" in {edit.rule for edit in corpus.edits["a"]}


def test_at_the_safe_tier_columns_stay():
    text = printed(LEFT[:5], RIGHT[:5])
    assert clean_corpus([("a", text)]).documents == [("a", text)]


@given(
    st.lists(
        st.lists(st.sampled_from(["", *LEFT, *RIGHT, "图1", "12", "a b  c", "\u3000\u3000乙"])),
        min_size=1,
        max_size=4,
    ),
    st.integers(10, 30),
)
def test_the_spans_are_all_of_the_text_and_gutters_are_blank(columns, width):
    text = printed(*columns, width=width)
    found = unroll(text)
    if found is None:
        return
    check_unrolled(found, text)
    assert not any((text[start:end] + after).strip() for start, end, after in found.gutters)


def test_regions_have_streams_from_left_to_right():
    text = printed(LEFT, RIGHT, THIRD)
    (region,) = regions(text)
    assert [len(stream) for stream in region.streams] == [8, 8, 8]
    assert text[region.start : region.end] == text
