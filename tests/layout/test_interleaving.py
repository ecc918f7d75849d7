"""Columns read row by row. The texts are our own."""

from __future__ import annotations

from itertools import chain, zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.layout.pages import BRIDGE, FLOOD, LIBRARY, check_unrolled
from textclean import Config, check, clean_corpus
from textclean.layout.interleaving import interleaved, unroll


def rows(*columns: list[str], between: str = "\n") -> str:
    """Columns read row by row."""
    return between.join(filter(None, chain.from_iterable(zip_longest(*columns, fillvalue=""))))


def sorted_lines(text: str) -> list[str]:
    found = unroll(text)
    spans = [(0, len(text))] if found is None else found.spans
    return "\n".join(text[start:end] for start, end in spans).split()


@pytest.mark.parametrize("columns", [(LIBRARY, BRIDGE), (BRIDGE, FLOOD)])
@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["lines", "blocks"])
def test_two_columns_read_row_by_row_are_sorted_apart(columns, between):
    assert sorted_lines(rows(*columns, between=between)) == [*columns[0], *columns[1]]


def test_three_columns_are_sorted_apart():
    text = rows(LIBRARY, BRIDGE, FLOOD)
    found = sorted_lines(text)
    for column in (LIBRARY, BRIDGE, FLOOD):
        first = found.index(column[0])
        assert found[first : first + len(column)] == column


def test_a_headline_above_the_columns_stays_above():
    text = f"## 民生速递\n\n{rows(LIBRARY, BRIDGE)}\n"
    assert sorted_lines(text) == ["##", "民生速递", *LIBRARY, *BRIDGE]


def test_pages_are_sorted_one_by_one():
    text = f"{rows(LIBRARY, BRIDGE)}\n\f{rows(BRIDGE, FLOOD)}\n"
    assert sorted_lines(text) == [*LIBRARY, *BRIDGE, *BRIDGE, *FLOOD]


APART = {
    "one column": "\n".join(LIBRARY + BRIDGE),
    "one column, a line a block": "\n\n".join(BRIDGE + FLOOD),
    "paragraphs, one a line": "\n".join("".join(column) for column in (LIBRARY, BRIDGE, FLOOD) * 4),
    "verse": "床前明月光\n疑是地上霜\n举头望明月\n低头思故乡\n" * 4,
    "a list": "\n".join(
        f"{name}街道社区卫生服务中心"
        for name in (
            "东风", "胜利", "解放", "人民", "建设", "光明", "红旗", "和平",
            "新华", "文化", "青年", "友谊", "团结", "长江",
        )
    ),
    "a table's cells, one a line": "\n".join(f"{n}月门诊{n}300人次" for n in range(1, 20)),
    "a few lines": rows(LIBRARY[:4], BRIDGE[:4]),
}  # fmt: skip


@pytest.mark.parametrize("case", APART, ids=str)
def test_what_is_not_interleaved_stays(case):
    assert interleaved(APART[case]) == []
    assert unroll(APART[case]) is None


def test_what_is_protected_stays():
    text = f"```\n{rows(LIBRARY, BRIDGE)}\n```\n"
    assert clean_corpus([("a", text)], Config(tier="suggested")).documents == [("a", text)]
    assert "L103" not in {edit.rule for edit in check(text)}


def test_a_text_by_itself_gets_a_finding():
    text = rows(LIBRARY, BRIDGE)
    (found,) = (edit for edit in check(text) if edit.rule == "L103")
    assert found.before == found.after == LIBRARY[0]
    assert "2 columns" in found.evidence


def test_over_a_corpus_the_columns_are_read_one_after_the_other():
    text = rows(LIBRARY, BRIDGE)
    corpus = clean_corpus([("a", text)], Config(tier="suggested"))
    assert "".join(corpus.documents[0][1].split()) == "".join(LIBRARY + BRIDGE)
    again = clean_corpus(corpus.documents, Config(tier="suggested"))
    assert again.documents == corpus.documents


def test_at_the_safe_tier_the_order_stays():
    text = rows(LIBRARY, BRIDGE)
    cleaned = clean_corpus([("a", text)]).documents[0][1]
    assert cleaned.split() == text.split()


@given(
    st.lists(st.sampled_from([*LIBRARY, *BRIDGE, "", "图1", "一、概况", "- 12 -"]), max_size=40),
    st.sampled_from(["\n", "\n\n", "\r\n"]),
)
def test_the_spans_are_all_of_the_text_and_only_line_breaks_come(lines, between):
    text = between.join(lines)
    found = unroll(text)
    if found is None:
        return
    check_unrolled(found, text)
    assert all(start == end and after == "\n" for start, end, after in found.gutters)
