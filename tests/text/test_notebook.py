"""What a notebook shows of results: short, escaped, without scripts."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import textclean

TEXT = "结合党史学习教育,市卫健委号召全市党员干部带头接种疫苗。"
MARKUP = '<script>alert("x")</script>'


class _Reader(HTMLParser):
    """Checks that elements are closed in order; gathers tags, attributes and rows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.said = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attributes}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said += data


def _shown(result: Any) -> _Reader:
    reader = _Reader(result._repr_html_())
    assert set(reader.tags) <= {
        "div", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "del", "ins",
    }  # fmt: skip
    assert reader.attributes <= {"scope", "style"}
    return reader


def test_a_cleaned_text_shows_its_edits() -> None:
    html = textclean.clean(TEXT)._repr_html_()
    assert "1 edit" in html
    assert "P001" in html
    assert html.index("学习教育<del") < html.index(",</del><ins") < html.index("，</ins>市卫健委")
    assert _shown(textclean.clean(TEXT)).tags.count("tr") == 2


def test_a_text_without_edits_has_no_table() -> None:
    reader = _shown(textclean.clean("没有问题。"))
    assert "table" not in reader.tags
    assert "5 characters · 0 edits" in reader.said


def test_only_the_first_are_shown() -> None:
    reader = _shown(textclean.clean(f"{TEXT}\n\n" * 30))
    assert reader.tags.count("tr") == 21
    assert "30 edits" in reader.said
    assert "… and 10 more" in reader.said
    assert len(textclean.clean(f"{TEXT}\n\n" * 3_000)._repr_html_()) < 20_000


def test_markup_is_shown_and_not_obeyed() -> None:
    done = textclean.clean("学习a<b教育,市卫健委a&amp号召")
    assert "a&lt;b教育" in done._repr_html_()
    assert "a&amp号" in _shown(done).said
    paragraph = f"本市各医院即日起恢复普通门诊，实行分时段{MARKUP}预约诊疗制度，请市民提前预约。"
    pytest.importorskip("numpy")
    copies = textclean.deduplicate([paragraph, paragraph])
    assert len(copies.removals) == 1
    assert MARKUP in _shown(copies).said
    corpus = textclean.clean_corpus([(MARKUP, paragraph), ("二", paragraph + TEXT)])
    assert MARKUP in _shown(corpus).said
    assert "2 documents" in _shown(corpus).said


def test_what_cannot_be_seen_is_shown() -> None:
    reader = _shown(textclean.clean("今天\u200b很好\u202e,走吧"))
    assert "<U+200B>" in reader.said
    assert "\u202e" not in reader.said


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_shown(text: str) -> None:
    _shown(textclean.clean(text, tier="suggested"))
