"""Letters, digits and the marks between them at full width."""

from __future__ import annotations

from tests.tables import cases
from textclean import Config, Tier, clean

SUGGESTED = Config(tier=Tier.SUGGESTED)


@cases
def test_what_was_printed_comes_back(text: str, cleaned: str) -> None:
    assert clean(text, SUGGESTED).text == cleaned
    assert clean(cleaned, SUGGESTED).text == cleaned


@cases
def test_what_is_right_stays(text: str) -> None:
    assert clean(text, SUGGESTED).text == text
