"""Brackets of two kinds: one misread, or both halves of other pairs."""

from __future__ import annotations

from tests.rules.printed import SUGGESTED, comes_back, stays
from tests.tables import cases
from textclean import check, clean

test_what_was_printed_comes_back = comes_back(__name__)
test_what_is_right_stays = stays(__name__)


@cases
def test_half_a_pair_that_may_be_right_stays(text: str, reported: bool) -> None:
    cleaned = clean(text, SUGGESTED).text
    assert all(cleaned.count(mark) == text.count(mark) for mark in "《〈【")
    assert any(finding.rule == "P037" for finding in check(text)) == reported
