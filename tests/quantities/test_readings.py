"""Readings that a sample of laws, news and reports showed to be easily missed."""

from fractions import Fraction

import pytest

from tests.tables import cases
from textclean.quantities import Kind, Quantity, find


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


def _touching(text: str, part: str) -> list[Quantity]:
    start = text.index(part)
    return [q for q in find(text) if q.start < start + len(part) and start < q.end]


def _amount(text: str | None) -> object:
    """3/1000000 and 0.000003 are one amount."""
    try:
        return Fraction(text) if text else text
    except ValueError:
        return text


@cases
def test_a_form_of_speech_and_trade_is_one_exact_quantity(
    text: str, part: str, value: str, unit: str | None, bound: str
) -> None:
    (quantity,) = _touching(text, part)
    assert quantity.text == part
    assert _amount(quantity.value_text) == _amount(value)
    assert (quantity.unit, quantity.bound) == (unit, bound)


@cases
def test_what_only_looks_like_such_a_form_is_read_as_before(
    text: str, part: str, value: str, unit: str | None
) -> None:
    (quantity,) = _touching(text, part)
    assert quantity.text == part
    assert (quantity.value_text, quantity.unit) == (value, unit)


@cases
def test_what_has_two_readings_is_refused_whole(text: str, codes: list[str]) -> None:
    read = [q for q in find(text) if q.kind is not Kind.IDIOM]
    assert [q.text for q in read if q.kind is Kind.CODE] == codes
    assert {q.value for q in read if q.kind is Kind.CODE} == {None}


def test_a_tolerance_stands_beside_its_value() -> None:
    (temperature,) = find("20±2℃")
    assert (temperature.value, temperature.tolerance) == (20, 2)
    (voltage,) = find("±800千伏")
    assert (voltage.value, voltage.tolerance, voltage.value_text) == (0, 800, "±800")
    assert find("20℃")[0].tolerance is None
