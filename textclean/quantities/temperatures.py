"""Temperatures in words: 零下14℃, 零下二十多度, 零下15到20度, 零上5度, 零下3℃至零上5℃."""

from __future__ import annotations

from decimal import Decimal

from textclean.quantities.approximate import read_pair
from textclean.quantities.build import complete
from textclean.quantities.numerals import read_chinese, read_digits
from textclean.quantities.quantity import Bound, Kind, Quantity
from textclean.quantities.ranges import read_span
from textclean.quantities.scalars import read_chinese_number, read_number
from textclean.quantities.shapes import DIGIT_CHARACTERS, DIGITS, NUMERALS, RANGE_MARKS
from textclean.text.patterns import pattern

_DEGREES = frozenset(("℃", "度", "℉"))
_WITHOUT_UNIT = pattern(
    f"零[下上](?P<number>[{DIGITS}]{{1,3}}(?:[.．][{DIGITS}]{{1,2}})?|[{NUMERALS}]{{1,5}})"
    f"[{RANGE_MARKS}](?=零[下上])"
)
_OTHER_END = pattern(f"[{RANGE_MARKS}](?=零[下上])")


def read_degrees(text: str, at: int) -> Quantity | None:
    """The temperature, or range of two, that begins with the 零下 or 零上 at `at`."""
    low = _read_one(text, at)
    if low is None:
        return _read_shared(text, at)
    mark = _OTHER_END.match(text, low.end)
    high = _read_one(text, mark.end()) if mark else None
    if (
        high is None
        or not (low.bound is high.bound is Bound.EXACT and low.unit == high.unit)
        or not (isinstance(low.value, Decimal) and isinstance(high.value, Decimal))
        or not low.value < high.value
    ):
        return low
    part = text[at : high.end]
    precision = None
    if isinstance(low.precision, int) and isinstance(high.precision, int):
        precision = (low.precision, high.precision)
    return high._replace(
        start=at,
        text=part,
        kind=Kind.RANGE,
        value=(low.value, high.value),
        normalised=low.normalised + text[low.end] + high.normalised,
        precision=precision,
    )


def _read_shared(text: str, at: int) -> Quantity | None:
    """零下5到零上3度: two temperatures, whose unit stands once."""
    match = _WITHOUT_UNIT.match(text, at)
    high = _read_one(text, match.end()) if match else None
    if match is None or high is None or not isinstance(high.value, Decimal):
        return None
    number = read_digits(match["number"]) if match["number"][0] in DIGIT_CHARACTERS else None
    number = number or read_chinese(match["number"])
    if number is None or high.bound is not Bound.EXACT or not isinstance(high.precision, int):
        return None
    low = -number.value if text[at + 1] == "下" else number.value
    if not low < high.value:
        return None
    return high._replace(
        start=at,
        text=text[at : high.end],
        kind=Kind.RANGE,
        value=(low, high.value),
        normalised=text[at : match.end()] + high.normalised,
        precision=(number.precision, high.precision),
    )


def _read_one(text: str, at: int) -> Quantity | None:
    start = at + 2
    while text.startswith(" ", start):
        start += 1
    is_figure = text[start : start + 1] in DIGIT_CHARACTERS
    span = read_span(text, start, read_number if is_figure else read_chinese_number)
    if span is None:
        pair = None if is_figure else read_pair(text, start, start, degrees=True)  # 零下十一二度
        if pair is None or pair.unit not in _DEGREES:
            return None
        degrees = pair
    elif span.scalar.unit not in _DEGREES:
        return None
    else:
        degrees = complete(text, start, start, span)
    value, precision = degrees.value, degrees.precision
    if text[at + 1] == "下":
        if isinstance(value, Decimal):
            value = -value
        elif isinstance(value, tuple) and isinstance(precision, tuple):
            low, high = value
            if not isinstance(low, Decimal) or not isinstance(high, Decimal):
                return None
            value, precision = (-high, -low), precision[::-1]
        else:
            return None
    part, written = text[at : degrees.end], text[at : at + 2] + degrees.normalised
    return degrees._replace(
        start=at, text=part, value=value, precision=precision, normalised=written
    )
