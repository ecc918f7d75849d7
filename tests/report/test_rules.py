"""The rules' pages: what is on them, and that Markdown shows each example as it is."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from textclean.engine.rule import Rule
from textclean.report.reasons import one_line
from textclean.report.rules import markdown, rule_json, rule_page
from textclean.rules import all_rules
from textclean.text.edit import Tier
from textclean.text.visible import visible


def a_rule(*texts: str, tier: Tier = Tier.SAFE, **more: object) -> Rule:
    values = {
        "code": "P999",
        "name": "a-rule",
        "tier": tier,
        "reason": "Only for a test. More words.",
        "reason_zh": "只为测试。",
        "examples": tuple((text, text + "。") for text in texts),
        "counter_examples": texts,
        "options": (),
        "enabled": None,
        **more,
    }
    return dataclasses.replace(all_rules()[0], **values)  # type: ignore[arg-type]


def code_spans(page: str) -> list[str]:
    """The code that a reader sees in a page's tables and lists."""
    tokens = MarkdownIt("commonmark").enable("table").parse(page)
    return [
        child.content
        for token in tokens
        for child in token.children or ()
        if child.type == "code_inline"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "甲,乙", "`甲,乙`之间", "a | b", "``x`` `y`", " 甲", "甲 ", " ", "\u3000\u3000甲", "甲\n乙",
        "<b>甲", "\\|",
    ],
)  # fmt: skip
def test_markdown_shows_an_example_as_it_is(text: str) -> None:
    spans = code_spans(markdown([a_rule(text)]))
    assert spans[-3:] == [visible(text), visible(text + "。"), visible(text)]


@given(st.text(st.sampled_from("甲,` *_<&\"'()[]"), min_size=1))
def test_markdown_shows_any_text_as_it_is(text: str) -> None:
    assert code_spans(markdown([a_rule(text)]))[-1] == text


def test_every_rule_has_a_section_that_the_table_leads_to() -> None:
    page = markdown(all_rules())
    for rule in all_rules():
        assert page.count(f'<a id="{rule.code.lower()}"></a>') == 1
        assert f"| [{rule.code}](#{rule.code.lower()}) |" in page


def test_one_line_is_the_first_sentence() -> None:
    assert one_line(a_rule(reason="First,\n  e.g. this. Then more.")) == "First, e.g. this."
    assert one_line(a_rule(reason="GB/T 15834-2011 §4.11 says so. More.")) == (
        "GB/T 15834-2011 §4.11 says so."
    )
    assert one_line(a_rule(reason="No stop at all")) == "No stop at all"


def test_a_report_offers_no_tier_that_it_cannot_have() -> None:
    assert "[tiers]" not in rule_page(a_rule("甲", tier=Tier.REPORT))
    assert 'P999 = "safe"' in rule_page(a_rule("甲", tier=Tier.SUGGESTED))
    assert 'P999 = "suggested"' in rule_page(a_rule("甲"))


def test_a_house_style_says_what_turns_it_on() -> None:
    options = (("latin_space", "add"),)
    page = rule_page(a_rule("甲", options=options, enabled=lambda config: False))
    assert "Needs:  --latin-space add" in page


def test_json_holds_plain_values() -> None:
    made = rule_json(a_rule("甲"))
    assert made["family"] == "punctuation and quotes"
    assert made["examples"] == [{"before": "甲", "after": "甲。"}]
