"""A space inside a word, known by the word alone."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean import Config, Tier, clean
from textclean.rules.split_words import _is_between_pieces

SUGGESTED = Config(tier=Tier.SUGGESTED)


@cases
def test_a_word_is_closed_when_asked_for(text: str, cleaned: str) -> None:
    assert clean(text, SUGGESTED).text == cleaned


@cases
def test_words_and_names_stay_apart(text: str) -> None:
    assert clean(text, SUGGESTED).text == text


_HAN = "[\u4e00-\u9fff]"
_BETWEEN = re.compile(
    f" (?={_HAN}(?:{_HAN}|[，。、；：？！]))(?<={_HAN}{{2}}.)(?:(?<={_HAN}{{4}}.)|(?={_HAN}{{4}}))"
)


@given(
    st.text("优惠广泛政策，a々", min_size=2, max_size=5), st.text("优惠广泛政策，。a々", min_size=2)
)
def test_pieces_are_those_that_an_expression_finds(before: str, behind: str) -> None:
    text = f"{before} {behind}"
    expected = _BETWEEN.match(text, len(before)) is not None
    assert _is_between_pieces(text, len(before)) == expected
