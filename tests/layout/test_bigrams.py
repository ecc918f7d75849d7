"""The table of continuations: what it says of pairs, and that it is read as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from textclean.layout.bigrams import Pairs, Table, continues, fold, load, meets, to_bytes


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


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    table = Table({"医": 3, "院": -7}, {"医": 0, "院": 90}, {"医院": 40, "院医": -33})
    (tmp_path / "table.bin").write_bytes(to_bytes(table))
    assert load(tmp_path / "table.bin") == table


def test_pairs_answer_as_the_dictionary_they_were_made_of() -> None:
    known = {"医院": 40, "医生": 12, "院医": -33, "院\U00020000": 5}
    ordered = sorted(known)
    pairs = Pairs(
        "".join(pair[0] for pair in ordered),
        "".join(pair[1] for pair in ordered),
        [known[pair] for pair in ordered],
    )
    assert pairs == known
    assert len(pairs) == 4
    for unknown in ("医", "", "医院院", "生医", "院院"):
        assert pairs.get(unknown) is None


def test_pairs_whose_columns_differ_in_length_are_refused() -> None:
    with pytest.raises(ValueError, match="equally many"):
        Pairs("医", "院生", [1, 2])
