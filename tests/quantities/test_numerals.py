"""Numbers read from Chinese numerals and digits, and written back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean.quantities.numerals import (
    MOST_DIGITS,
    Number,
    power_of,
    read_chinese,
    read_digits,
    read_figures,
    scale,
    write_chinese,
)


@given(st.integers(0, 10**16 - 1), st.booleans())
def test_what_is_written_reads_back(value: int, financial: bool) -> None:
    number = read_chinese(write_chinese(value, financial=financial))
    assert number is not None
    assert number.value == value


@cases
def test_numerals_as_people_write_them(text: str, value: int) -> None:
    number = read_chinese(text)
    assert number is not None
    assert number.value == value


@pytest.mark.parametrize(
    "text", ["", "三五", "十百", "一二三", "万亿亿", "百", "一百零", "零零", "九" * 99]
)
def test_what_no_rule_makes_is_refused(text: str) -> None:
    assert read_chinese(text) is None


def test_precision_is_the_last_digit_that_is_written() -> None:
    assert read_digits("78.50") == Number(Decimal("78.50"), -2)
    number = read_digits("2625.83")
    assert number is not None
    assert scale(number, power_of("万")) == Number(Decimal(26258300), 2)
    assert str(scale(number, 4).value) == "26258300"


def test_digits_of_both_widths_and_separators_read_alike() -> None:
    assert read_digits("１２，３４５．６") == read_digits("12,345.6")


def test_digits_beyond_the_limit_are_refused() -> None:
    assert read_digits("9" * MOST_DIGITS) is not None
    assert read_digits("9" * (MOST_DIGITS + 1)) is None
    assert read_digits("9" * 100_000) is None
    assert read_digits("١٢٣") is None


def test_years_are_read_figure_by_figure() -> None:
    assert read_figures("二〇二一") == "2021"
    assert read_figures("一九八○") == "1980"
    assert read_figures("二十一") is None


def test_only_whole_numbers_that_have_a_name_are_written() -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        write_chinese(10**16)
    with pytest.raises(ValueError, match="cannot be written"):
        write_chinese(-1)
