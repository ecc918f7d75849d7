"""What the table of bigrams says of breaks."""

from __future__ import annotations

import pytest

from textclean.layout.bigrams import continues, fold, meets


@pytest.mark.parametrize("pair", ["帕金", "政府", "医院", "，但", "的人", "20"])
def test_what_stands_inside_paragraphs_goes_on(pair: str) -> None:
    assert continues(pair[0], pair[1]) > 0


@pytest.mark.parametrize(
    ("before", "behind"), [("。", "今"), ("。”", "这"), ("讯", "今"), ("。", "“")]
)
def test_what_ends_and_begins_paragraphs_does_not(before: str, behind: str) -> None:
    assert continues(before, behind) < 0


def test_a_quote_behind_a_stop_ends_a_paragraph_sooner_than_a_quote_alone() -> None:
    assert continues("。”", "他") < continues("化”", "他")


def test_characters_that_were_never_seen_say_little() -> None:
    assert continues("\U00020000", "\U00020001") < 0
    assert not meets("\U00020000", "\U00020001")


def test_digits_and_letters_count_as_one_each() -> None:
    assert fold("3月12日，CT检查。”") == "0月00日，aa检查\ue000"


def test_edges_of_a_text_meet_nothing() -> None:
    assert not meets("", "医")
    assert not meets("医院", "医")
    assert continues("", "") < 0
