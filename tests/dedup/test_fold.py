from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.steps import steps
from tests.tables import cases
from textclean.dedup.fold import fold, fold_with_offsets


@cases
def test_what_copies_differ_in_is_folded_away(text: str, same: str) -> None:
    assert fold(text) == fold(same)


@cases
def test_what_texts_say_is_not_folded_away(text: str, other: str) -> None:
    assert fold(text) != fold(other)


def test_marks_alone_fold_to_nothing() -> None:
    assert fold("——……！？ \n\t**") == ""


def test_masked_numbers_are_placeholders() -> None:
    assert fold("138****1234") == "138xxxx1234"
    assert fold("**138**") == "138"


@given(st.text(st.characters(categories=["L", "N", "Z"])))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="utf-8")) | st.text("1*＊9a，㈱㎡ "))
def test_offsets_lead_back_to_the_characters_they_came_from(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert len(folded.offsets) == len(folded.text)
    assert list(folded.offsets) == sorted(folded.offsets)
    for offset in folded.offsets:
        assert 0 <= offset < len(text)


def test_names_masks_and_quotes_are_looked_through_for_so_many_characters() -> None:
    name = "LONG_" + "A" * 59
    assert fold(name) == name
    assert fold(name + "A") == (name + "A").lower()
    assert fold("1" + "*" * 64 + "1") == "1" + "x" * 64 + "1"
    assert fold("1" + "*" * 65 + "1") == "11"
    assert fold("> " * 32 + "医院") == "医院"
    assert fold("=" * 100 + "医院 == 1") == "医院==1"


@pytest.mark.parametrize("piece", ["X", "Ａ", "> ", ">", "*", "1*", "=", "a_B", "<", "&a", "-"])
def test_folding_takes_steps_by_the_length_of_the_text(piece: str) -> None:
    few, many = (steps(partial(fold, "1" + piece * size)) for size in (300, 1200))
    assert many < 6 * few
