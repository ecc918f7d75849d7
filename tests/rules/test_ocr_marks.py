"""Marks that recognition misread, where only one reading is left."""

from __future__ import annotations

from tests.tables import cases
from textclean import Config, Tier, clean

SUGGESTED = Config(tier=Tier.SUGGESTED)


@cases
def test_a_misread_mark_is_restored_when_asked_for(text: str, cleaned: str) -> None:
    assert clean(text, SUGGESTED).text == cleaned
    assert clean(cleaned, SUGGESTED).text == cleaned


@cases
def test_what_may_be_right_stays(text: str) -> None:
    assert clean(text, SUGGESTED).text == text


def test_nothing_of_it_is_done_by_default() -> None:
    assert clean("新概念一一“精准医疗”").text == "新概念一一“精准医疗”"
