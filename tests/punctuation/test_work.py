"""Work grows with the length of a line, not with its square: counted in steps, not in seconds."""

from __future__ import annotations

from typing import SupportsIndex

import pytest

from tests.steps import steps
from textclean import Config, Tier, clean
from textclean.punctuation import quote_reranker
from textclean.punctuation.decode import other_halves
from textclean.punctuation.end_model import remainder

SUGGESTED = Config(tier=Tier.SUGGESTED)


@pytest.mark.parametrize(
    "piece",
    [
        "“医", "医”", "‘医", "，", "”“ ", ' " ', "“医 院", "医 院”", "，大 中 小 ",
        "党员干部闻令而动，扎实推进“健康城市建设，取得了成效。",
    ],
)  # fmt: skip
def test_one_long_line_takes_work_by_its_length(piece: str) -> None:
    clean(piece * 10, SUGGESTED)  # loads what is loaded once
    clean("一" * 20_000, SUGGESTED)  # compiles the classes that small texts are asked without
    few, many = (steps(lambda n=n: clean(piece * n, SUGGESTED)) for n in (50, 200))
    assert many < 5 * few


@pytest.mark.parametrize("piece", ["。1", "！一", "。”", "“好。"])
def test_the_last_words_are_found_in_one_pass(piece: str) -> None:
    class Text(str):
        """A string that counts the characters of the pieces that are cut out of it."""

        cut = 0

        def __getitem__(self, key: SupportsIndex | slice) -> str:
            piece = super().__getitem__(key)
            self.cut += len(piece)
            return piece

    text = Text(piece * 500)
    remainder(text, 0, len(text))
    assert text.cut <= 2 * len(text)


def test_lost_halves_are_looked_for_by_the_number_of_quotes() -> None:
    def look(n: int) -> object:
        return other_halves("“医院" * n + "\n", range(2, 3 * n, 3), [(-5_000, -5_000)] * n)

    assert steps(lambda: look(800)) < 5 * steps(lambda: look(200))


def test_a_paragraph_with_many_defects_is_ranked_only_to_be_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def rank(*arguments: object) -> None:
        raise AssertionError("ranked")

    monkeypatch.setattr(quote_reranker, "rank", rank)
    for tier in Tier.SAFE, Tier.SUGGESTED:
        text = "扎实推进“健康城市建设，取得了成效。" * 5
        assert clean(text, Config(select=("P040", "P041", "P042"), tier=tier)).text == text
