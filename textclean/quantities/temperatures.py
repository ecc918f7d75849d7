"""Temperatures below zero in words: 零下14℃, 零下二十多度, 零下15到20度."""

from __future__ import annotations

from decimal import Decimal

from textclean.quantities.build import complete
from textclean.quantities.quantity import Quantity
from textclean.quantities.ranges import read_span
from textclean.quantities.scalars import read_chinese_number, read_number
from textclean.quantities.shapes import DIGIT_CHARACTERS

_DEGREES = frozenset(("℃", "度", "℉"))


def read_below_zero(text: str, at: int) -> Quantity | None:
    """The temperature, or range of two, that begins with the 零下 at `at`."""
    start = at + 2
    while text.startswith(" ", start):
        start += 1
    is_figure = text[start : start + 1] in DIGIT_CHARACTERS
    span = read_span(text, start, read_number if is_figure else read_chinese_number)
    if span is None or span.scalar.unit not in _DEGREES:
        return None
    degrees = complete(text, start, start, span)
    value, precision = degrees.value, degrees.precision
    if isinstance(value, Decimal):
        value = -value
    elif isinstance(value, tuple) and isinstance(precision, tuple):
        low, high = value
        if not isinstance(low, Decimal) or not isinstance(high, Decimal):
            return None
        value, precision = (-high, -low), precision[::-1]
    else:
        return None
    part, written = text[at : degrees.end], "零下" + degrees.normalised
    return degrees._replace(
        start=at, text=part, value=value, precision=precision, normalised=written
    )
