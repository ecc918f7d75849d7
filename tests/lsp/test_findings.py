"""Findings kept up with a text: what moves along, and what is gone with a line that changed."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from textclean import check, clean
from textclean.config import Config
from textclean.lsp.documents import Document
from textclean.lsp.findings import disjoint
from textclean.lsp.positions import Encoding
from textclean.text.edit import Tier

TEXT = (
    "结合党史学习教育,市卫健委号召干部带头接种疫苗。\n"
    "他说:“今天𠮷野家 很 好”\n\n"
    "全年完成产值３０万元 同比增长5% 其中一产10万元,二产20万元\r\n"
    "患者男 45岁 入院时体温 38.5度,门诊随访"
)
SAFE = Config(tier=Tier.SAFE)


def _open(text: str, *, complete: bool = True) -> Document:
    document = Document("file:///a.txt", None, "plaintext", 1, text, Encoding.UTF_16)
    if complete:
        cleaned = clean(document.ask(), SAFE)
        document.answer(list(cleaned.edits), cleaned.suggestions)
    return document


def test_what_was_found_is_what_check_finds() -> None:
    document = _open(TEXT)
    assert document.is_complete
    assert [each.edit for each in document.found] == check(TEXT)


def test_findings_of_other_lines_move_along() -> None:
    document = _open(TEXT)
    document.replace((2, 0), (2, 0), "新的一段，与前后无关。\n")
    expected = [
        (edit.rule, edit.before, edit.after)
        for edit in check(TEXT)
    ]  # fmt: skip
    assert [(each.edit.rule, each.edit.before, each.edit.after) for each in document.found] == [
        each for each, edit in zip(expected, check(TEXT), strict=True)
        if not TEXT.index("\n\n") <= edit.end <= TEXT.index("全年") - 1
    ]  # fmt: skip
    for each in document.found:
        assert document.text[each.edit.start : each.edit.end] == each.edit.before


def test_nothing_is_said_of_a_line_that_changed() -> None:
    document = _open(TEXT)
    at = document.text.index("同比")
    line, units = document.positions.position(at)
    document.replace((line, units), (line, units + 2), "环比")
    start, end = document.positions.line_span(line)
    assert not any(start <= each.edit.start <= end for each in document.found)
    assert any(each.edit.start > end for each in document.found)
    assert any(each.edit.end < start for each in document.found)


def test_an_answer_to_an_older_text_says_nothing_of_lines_that_changed_since() -> None:
    document = _open(TEXT, complete=False)
    cleaned = clean(document.ask(), SAFE)
    document.replace((1, 0), (1, 1), "她")
    document.check_safe(SAFE)
    document.answer(list(cleaned.edits), cleaned.suggestions)
    assert not document.is_complete
    start, end = document.positions.line_span(1)
    here = [each for each in document.found if start <= each.edit.start <= end]
    assert here == [each for each in here if each.applied]
    assert [each.edit for each in document.found if each.applied] == list(
        clean(document.text, SAFE).edits
    )


def test_a_replaced_text_has_no_findings() -> None:
    document = _open(TEXT)
    document.replace_all(TEXT[3:])
    assert document.found == []


def test_edits_that_overlap_are_not_made_together() -> None:
    edits = check(TEXT)
    chosen = disjoint([*edits, *edits])
    assert chosen == disjoint(edits)
    assert all(one.end <= other.start for one, other in pairwise(chosen))


@given(st.data())
def test_whatever_changes_what_is_left_stands_where_it_says(data: st.DataObject) -> None:
    document = _open(TEXT)
    for _ in range(data.draw(st.integers(1, 4))):
        old = document.text
        start = data.draw(st.integers(0, len(old)))
        end = data.draw(st.integers(start, min(len(old), start + 12)))
        new = data.draw(st.text(st.sampled_from("的,\n\r 😀"), max_size=4))
        document.replace(document.positions.position(start), document.positions.position(end), new)
        for each in document.found:
            edit = each.edit
            assert document.text[edit.start : edit.end] == edit.before
            group = [other for other in document.found if other.group == each.group]
            known = [other for other in check(TEXT) if other.group == edit.group]
            assert edit.group is None or len(group) <= len(known)
