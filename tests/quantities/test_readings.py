"""Readings that a sample of laws, news and reports showed to be easily missed."""

import pytest

from tests.tables import cases
from textclean.quantities import find


@cases
def test_an_expression_is_read_whole(
    text: str, part: str, value: str, unit: str | None, bound: str
) -> None:
    read = [(quantity.text, quantity.value_text, quantity.unit) for quantity in find(text)]
    bounds = [str(quantity.bound) for quantity in find(text)]
    if bound == "approx":  # the word that bounds it is part of it
        assert [value_text for _, value_text, _ in read] == [value]
    else:
        assert read == [(part, value, unit)]
    assert bounds == [bound]


@pytest.mark.parametrize("text", ["（十一）坚持原则", "十四、促进和平", "三面五星红旗升起"])
def test_what_numbers_a_list_or_belongs_to_words_is_an_idiom(text: str) -> None:
    assert {str(quantity.kind) for quantity in find(text)} == {"idiom"}


@cases
def test_words_and_names_have_no_value(text: str, words: list[str]) -> None:
    assert [(quantity.text, quantity.value) for quantity in find(text)] == [
        (word, None) for word in words
    ]


@pytest.mark.parametrize("text", ["18日上午举行", "截至30日凌晨", "30日内瓦会议", "1月30日内"])
def test_a_day_of_a_month_stays_a_date(text: str) -> None:
    assert {str(quantity.kind) for quantity in find(text)} == {"date"}
