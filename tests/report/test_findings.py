"""What is said of an edit: its place, what becomes what, and nothing that cannot be seen."""

from __future__ import annotations

import dataclasses
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean.report.findings import findings, message, quoted
from textclean.report.formats import text_line
from textclean.rules import all_rules
from textclean.text.edit import Edit, Part, Tier
from textclean.text.visible import visible

NAMES = {
    code: dataclasses.replace(all_rules()[0], code=code, name=name)
    for code, name in (
        ("P001", "half-width-mark"), ("C002", "zero-width"), ("X001", "redacted-value"),
    )
}  # fmt: skip


def an_edit(before: str, after: str, rule: str = "P001", **more: object) -> Edit:
    values = {"tier": Tier.SAFE, "confidence": 1.0, "evidence": "between Han", **more}
    start = int(values.pop("start", 0))  # type: ignore[call-overload]
    return Edit(start, start + len(before), before, after, rule, **values)  # type: ignore[arg-type]


def one_line_place(offset: int) -> tuple[int, int]:
    return 1, offset + 1


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (an_edit(",", "，"), 'half-width-mark: "," → "，"; between Han'),
        (an_edit("\u200b", "", "C002"), 'zero-width: remove "<U+200B>"; between Han'),
        (an_edit("", "。", evidence=""), 'half-width-mark: insert "。"'),
        (an_edit("xxx", "xxx", "X001"), 'redacted-value: "xxx"; between Han'),
        (an_edit("a", "b", "Z999", evidence=""), 'Z999: "a" → "b"'),
    ],
)
def test_a_message_says_what_becomes_what(edit: Edit, said: str) -> None:
    assert message(edit, NAMES) == said


def test_a_message_names_the_rules_that_had_a_part_in_a_fused_edit() -> None:
    parts = (
        Part("\u200b,", ",", "C002", Tier.SAFE, 1.0, ""),
        Part(",", "，", "P001", Tier.SAFE, 1.0, ""),
    )
    assert "(with C002)" in message(an_edit("\u200b,", "，", parts=parts), NAMES)


@cases
def test_what_cannot_be_seen_is_shown_as_its_code_point(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("text", ["", " ", "市卫健委", "，。“”", "a, b", "郑州 2021年7月30日"])
def test_what_can_be_seen_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_quotes_and_backslashes_in_quotes_cannot_be_mistaken() -> None:
    assert quoted('他说"好"\\n') == '"他说\\"好\\"\\\\n"'


def test_a_long_text_keeps_its_beginning_and_end() -> None:
    shown = quoted("统筹疫情防控与各项卫生健康工作" * 20)
    assert len(shown) == 42
    assert shown.startswith('"统筹疫情防控')
    assert shown.endswith('卫生健康工作"')


@given(st.text())
def test_quoted_text_is_one_printable_line(text: str) -> None:
    shown = quoted(text)
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_findings_are_sorted_by_place_with_the_edit_before_the_note() -> None:
    late, early = an_edit(",", "，", start=9), an_edit(",", "，", start=2)
    note = an_edit(",", "、", start=2, tier=Tier.SUGGESTED)
    found = findings("a.txt", [late, early], [note], one_line_place, NAMES)
    assert [(f.column, f.fixable) for f in found] == [(3, True), (3, False), (10, True)]


def test_a_note_is_marked_as_one() -> None:
    edit, report = an_edit(",", "，"), an_edit("xx", "xx", "X001", start=4)
    change, note = findings("新闻/a.txt", [edit], [report], one_line_place, NAMES)
    assert text_line(change) == '新闻/a.txt:1:1: P001 half-width-mark: "," → "，"; between Han'
    assert text_line(note) == '新闻/a.txt:1:5: note: X001 redacted-value: "xx"; between Han'
