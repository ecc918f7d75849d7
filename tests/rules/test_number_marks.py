"""Marks and spaces among the digits of one number, and letters and dashes read for others."""

from __future__ import annotations

from tests.tables import cases
from textclean import Config, Tier, clean

SUGGESTED = Config(tier=Tier.SUGGESTED)


@cases
def test_a_number_is_put_together_by_default(text: str, cleaned: str) -> None:
    assert clean(text).text == cleaned


@cases
def test_a_number_is_put_together_when_asked_for(text: str, cleaned: str) -> None:
    assert clean(text, SUGGESTED).text == cleaned
    assert clean(cleaned, SUGGESTED).text == cleaned
    digits = [char for char in text if char.isdigit()]
    assert [char for char in clean(text).text if char.isdigit()] == digits


@cases
def test_numbers_that_may_be_two_stay(text: str) -> None:
    assert clean(text, SUGGESTED).text == text
