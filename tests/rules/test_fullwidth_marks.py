"""Half-width stops inside a line, and half-width marks that belong to something else."""

from __future__ import annotations

from tests.tables import cases
from textclean import Config, Tier, clean

SUGGESTED = Config(tier=Tier.SUGGESTED)


@cases
def test_a_dot_that_ends_a_sentence_is_a_stop(text: str, cleaned: str) -> None:
    assert clean(text, SUGGESTED).text == cleaned


@cases
def test_marks_of_names_numbers_and_code_stay(text: str) -> None:
    assert clean(text, SUGGESTED).text == text
