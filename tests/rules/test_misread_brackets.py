"""Brackets of two kinds: one misread, or both halves of other pairs."""

from __future__ import annotations

from tests.tables import cases
from textclean import Config, Tier, check, clean

SUGGESTED = Config(tier=Tier.SUGGESTED)


@cases
def test_what_was_printed_comes_back(text: str, cleaned: str) -> None:
    assert clean(text, SUGGESTED).text == cleaned
    assert clean(cleaned, SUGGESTED).text == cleaned


@cases
def test_what_is_right_stays(text: str) -> None:
    assert clean(text, SUGGESTED).text == text


@cases
def test_half_a_pair_that_may_be_right_stays(text: str, reported: bool) -> None:
    cleaned = clean(text, SUGGESTED).text
    assert all(cleaned.count(mark) == text.count(mark) for mark in "《〈【")
    assert any(finding.rule == "P037" for finding in check(text)) == reported
