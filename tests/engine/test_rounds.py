"""Rounds that do not come to rest: in doubt, nothing is done."""

from __future__ import annotations

import pytest

from textclean import Config, Tier, clean
from textclean.text.protect import protected_spans


def test_a_line_whose_repairs_unlock_one_another_is_left_as_it_is() -> None:
    text = "2 0 2 3 年 1 月`x+y`," * 80
    done = clean(text, Config(tier=Tier.SUGGESTED))
    assert clean(done.text, Config(tier=Tier.SUGGESTED)).text == done.text
    assert done.revert() == text


@pytest.mark.parametrize(
    ("piece", "tier"),
    [
        ("嗯，对吧 他说 不是 吧 ", Tier.SAFE),
        ("张三,35,男 ", Tier.SAFE),
        ("&rdquo;", Tier.SUGGESTED),
        ("1 0月: ", Tier.SUGGESTED),
    ],
)
def test_long_lines_are_read_a_bounded_number_of_times(piece: str, tier: Tier) -> None:
    # Nothing is timed: with the square of the length this would not come to an end.
    text = piece * (100_000 // len(piece))
    assert clean(text, Config(tier=tier)).revert() == text


def test_formulas_between_lines_of_dollars_have_any_line_break() -> None:
    for newline in ("\n", "\r\n"):
        text = newline.join(["$$", "速度 = 路程 ,时间", "$$"])
        assert protected_spans(text) == [(0, len(text))]
