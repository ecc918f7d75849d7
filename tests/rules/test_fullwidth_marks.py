"""Half-width stops inside a line, and half-width marks that belong to something else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean import Config, Tier, clean
from textclean.rules.fullwidth_marks import _APART, _BESIDE_HAN

SUGGESTED = Config(tier=Tier.SUGGESTED)


@cases
def test_a_dot_that_ends_a_sentence_is_a_stop(text: str, cleaned: str) -> None:
    assert clean(text, SUGGESTED).text == cleaned


@cases
def test_marks_of_names_numbers_and_code_stay(text: str) -> None:
    assert clean(text, SUGGESTED).text == text


@given(st.text(st.sampled_from(",;)>-会议a\r\n "), max_size=30))
def test_a_pause_has_han_on_a_side_or_on_none(text: str) -> None:
    for half in ",;":
        beside = {match.start() for match in _BESIDE_HAN[half].finditer(text)}
        apart = {match.start() for match in _APART[half].finditer(text)}
        faces = {
            at
            for face in (";)", ";-)", ";>)")
            for at in range(len(text))
            if text.startswith(face, at)
        }
        every = {at for at, char in enumerate(text) if char == half}
        assert not beside & apart
        assert beside | apart == (every - faces if half == ";" else every)
        for at in beside:
            left = text[at - 1 : at] if at else ""
            assert left
            assert left in "会议" or (text[at + 1] in "会议" and left not in "\r\n")
