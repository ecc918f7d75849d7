"""A space inside a word, known by the word alone."""

from __future__ import annotations

from tests.tables import cases
from textclean import Config, Tier, clean

SUGGESTED = Config(tier=Tier.SUGGESTED)


@cases
def test_a_word_is_closed_when_asked_for(text: str, cleaned: str) -> None:
    assert clean(text, SUGGESTED).text == cleaned


@cases
def test_words_and_names_stay_apart(text: str) -> None:
    assert clean(text, SUGGESTED).text == text
