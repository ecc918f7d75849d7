"""Words of which recognition took a character for one that looks like it."""

from __future__ import annotations

from tests.rules.printed import SUGGESTED, comes_back, stays
from tests.tables import cases
from textclean import check, clean

test_what_was_printed_comes_back = comes_back(__name__)
test_what_is_right_stays = stays(__name__)


@cases
def test_what_its_neighbours_do_not_settle_is_reported(text: str, found: str) -> None:
    assert found in clean(text, SUGGESTED).text
    assert found in [finding.before for finding in check(text) if finding.rule == "C107"]
