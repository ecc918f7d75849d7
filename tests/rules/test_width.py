"""Letters, digits and the marks between them at full width."""

from __future__ import annotations

import pytest

from tests.rules.printed import comes_back, stays
from textclean import Config, clean

test_what_was_printed_comes_back = comes_back(__name__)
test_what_is_right_stays = stays(__name__)


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("２０个村改造／", "20个村改造／"),
        ("１．改造．", "1．改造．"),
        ("１．１．", "1.1．"),
    ],
)
def test_the_mark_at_the_end_joins_nothing_to_the_number_at_the_beginning(
    text: str, repaired: str
) -> None:
    assert clean(text, Config(select=("C007",))).text == repaired
