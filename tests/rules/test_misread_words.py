"""Words of which recognition took a character for one that looks like it."""

from __future__ import annotations

from tests.tables import cases
from textclean import Config, Tier, check, clean
from textclean.rules.misread_words import TWINS
from textclean.text.words import MisreadKind, misread_words

SUGGESTED = Config(tier=Tier.SUGGESTED)


@cases
def test_what_was_printed_comes_back(text: str, cleaned: str) -> None:
    assert clean(text, SUGGESTED).text == cleaned
    assert clean(cleaned, SUGGESTED).text == cleaned


@cases
def test_what_is_right_stays(text: str) -> None:
    assert clean(text, SUGGESTED).text == text


@cases
def test_what_its_neighbours_do_not_settle_is_reported(text: str, found: str) -> None:
    assert found in clean(text, SUGGESTED).text
    assert found in [finding.before for finding in check(text) if finding.rule == "C107"]


def test_every_twin_of_the_table_is_looked_for() -> None:
    wrong = {
        one
        for pair, (word, kind) in misread_words().items()
        if kind is not MisreadKind.ALIKE
        for one, other in zip(pair, word, strict=True)
        if one != other
    }
    assert set(TWINS) == wrong
