"""Words of which recognition took a character for one that looks like it."""

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
def test_what_its_neighbours_do_not_settle_is_reported(text: str, found: str) -> None:
    assert found in clean(text, SUGGESTED).text
    assert found in [finding.before for finding in check(text) if finding.rule == "C107"]
