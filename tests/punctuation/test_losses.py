"""Whether a text has lost marks, by how dense its spaces are."""

from __future__ import annotations

import pytest

from textclean.punctuation.evidence import Losses


@pytest.mark.parametrize(
    ("han", "spaces", "lost"),
    [(4000, 320, True), (35, 1, True), (250, 1, False), (5000, 12, False), (0, 0, True)],
)
def test_a_loss_shows_in_the_rate_of_spaces(han: int, spaces: int, lost: bool) -> None:
    assert Losses(han, spaces, 0).throughout is lost


def test_print_is_known_by_lines_that_end_inside_words() -> None:
    assert Losses(4000, 320, 75).of_print
    assert not Losses(590, 16, 0).of_print  # a post without commas
    assert Losses(40, 4, 0).of_print  # too short to tell
    assert not Losses(5000, 12, 8).of_print  # hardly any spaces


def test_a_paragraph_needs_several_spaces() -> None:
    whole = Losses(5000, 20, 0)
    assert whole.within(100, 8)
    assert not whole.within(20, 2)
    assert not whole.within(300, 5)
