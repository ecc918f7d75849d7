"""Ranges: which two numbers or dates with a mark between them are one, and what its ends are."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from textclean.quantities import units
from textclean.quantities.dates import FIRST_YEAR, LAST_YEAR, Parts
from textclean.quantities.numerals import read_chinese, read_digits, scale
from textclean.quantities.quantity import Bound
from textclean.quantities.scalar import SHAPES, Scalar
from textclean.quantities.shapes import (
    DIGIT_CHARACTERS,
    DIGITS,
    NUMERALS,
    RANGE_MARKS,
    SPACE,
    SPACES,
)
from textclean.quantities.units import Category
from textclean.text.patterns import pattern

_MARK = pattern(
    f"(?P<mark>{SHAPES.range_mark})(?:(?P<sign>[-−－+＋](?=[{DIGITS}])|[负負]))?(?=[{DIGITS}{NUMERALS}])"
)
_HYPHENS = frozenset("-－‐‑")
_FIRST = frozenset(RANGE_MARKS + SPACES)
# 7月5-8日, 2020年1-3月, 5日0-24时: the mark stands inside a date.
_INNER = pattern(
    f"(?P<low>[{DIGITS}]{{1,2}})(?P<mark>{SHAPES.range_mark})(?P<high>[{DIGITS}]{{1,2}})"
    f"{SPACE}{{0,2}}(?P<sign>日|号|月份?|时(?![间候代期速段半0-9]))"
)
# What the sign says, and the greater part that must stand before.
_SIGNS = {
    "月": ("month", "year"), "日": ("day", "month"), "号": ("day", "month"), "时": ("hour", "day"),
}  # fmt: skip
_MONTH = pattern(r"((?:19|20)\d\d)[.．](0[1-9]|1[0-2])")
_MAGNITUDES = pattern("[十百千]?万亿|[十百千]?[万亿]|[千百]")
_WORDS = "至到"
_YEARS = frozenset(("学年", "财年", "年度", "赛季"))


class ScalarSpan(NamedTuple):
    """``text[start:end]`` read as a scalar, or as a range of two."""

    start: int
    end: int
    #: The scalar itself; of a range the second one, whose unit both share.
    scalar: Scalar
    #: The ends of a range: numbers, or ISO 8601 texts.
    values: tuple[Decimal, Decimal] | tuple[str, str] | None = None
    #: How it should be written, where that differs from how it stands.
    written: str | None = None
    #: As in `Quantity.precision`.
    precision: int | tuple[int, int] | None = None
    #: As in `Quantity.tolerance`.
    tolerance: Decimal | None = None

    @property
    def is_bare(self) -> bool:
        """Whether it is a number and nothing else."""
        scalar = self.scalar
        return (
            self.values is None
            and self.tolerance is None
            and scalar.number is not None
            and scalar.unit is None
            and not scalar.power
            and scalar.bound is Bound.EXACT
        )


def single(start: int, scalar: Scalar) -> ScalarSpan:
    """A scalar that is no part of a range."""
    precision = scalar.number.precision if scalar.number else None
    return ScalarSpan(start, scalar.end, scalar, precision=precision)


Reader = Callable[[str, int], Scalar | None]


def read_span(text: str, start: int, read: Reader, *, negative: bool = False) -> ScalarSpan | None:
    """The scalar at `start`, or the range that it begins; None if nothing is read there.

    The number at `start` is below zero if `negative`; the sign itself stands before it.
    """
    first = read(text, start)
    if first is None:
        return None
    if negative and not first.is_date:
        first = _negated(first)
    following = text[first.end : first.end + 1]
    if first.parts is not None and following in DIGIT_CHARACTERS:
        inner = _inner(text, start, first)
        if inner is not None:
            return inner
    if following in _FIRST:
        mark = _MARK.match(text, first.end)
        if mark is not None:
            sign, between = mark["sign"] or "", mark["mark"]
            if sign and between.strip() in _HYPHENS and not negative:
                sign, between = "", between + sign  # 3--5
            elif between.strip() == "--" and negative:
                sign, between = "-", "-"  # -12--3℃
            second = read(text, mark.end())
            if second is not None and not second.half:
                if sign and sign not in "+＋":
                    second = _negated(second)
                pair = _range_of(text, start, first, between, mark.end() - len(sign), second)
                if pair is not None:
                    return pair
    alone = single(start, first)
    if first.written is None:
        return alone
    return alone._replace(written=_with_unit(text, start, first))


def _negated(scalar: Scalar) -> Scalar:
    number, coefficient = scalar.number, scalar.coefficient
    if number is not None:
        number = number._replace(value=-number.value)
    if coefficient is not None:
        coefficient = coefficient._replace(value=-coefficient.value)
    return scalar._replace(number=number, coefficient=coefficient)


def _with_unit(text: str, start: int, scalar: Scalar) -> str:
    """The text of a scalar whose unit's form is damaged, with the unit's name."""
    for at in range(start + 1, scalar.end):
        match = units.match(text, at)
        if match is not None and match.end == scalar.end and match.unit.name == scalar.unit:
            return text[start:at] + str(scalar.written)
    return text[start : scalar.end]


def _inner(text: str, start: int, first: Scalar) -> ScalarSpan | None:
    """A range whose mark stands inside a date that begins with `first`: 7月5-8日."""
    parts = first.parts
    if parts is None or parts.hour is not None:
        return None
    match = _INNER.match(text, first.end)
    if match is None:
        return None
    low, high = int(match["low"]), int(match["high"])
    if low >= high:
        return None
    name, greater = _SIGNS[match["sign"][0]]
    if getattr(parts, name) is not None or getattr(parts, greater) is None:
        return None
    ends = parts._replace(**{name: low}), parts._replace(**{name: high})
    written = text[start : first.end] + match["low"] + _written(match["mark"], "—")
    written += text[match.start("high") : match.end()]
    return _of_dates(start, first._replace(end=match.end()), ends, written)


def _written(mark: str, sign: str) -> str:
    """A range's mark by the standard: a word stays, anything else becomes the sign."""
    return mark if mark.strip() in _WORDS else sign


def _of_dates(
    start: int, scalar: Scalar, ends: tuple[Parts, Parts], written: str
) -> ScalarSpan | None:
    if not (ends[0].exists and ends[1].exists):
        return None
    values = ends[0].iso(), ends[1].iso()
    return ScalarSpan(start, scalar.end, scalar, values, written)


def _range_of(
    text: str, start: int, first: Scalar, mark: str, at: int, second: Scalar
) -> ScalarSpan | None:
    left, right = text[start : first.end], text[at : second.end]
    if second.is_date:
        if second.parts is None:
            return None
        if first.is_date:
            return _of_two_dates(start, first, mark, second, left, right)
        return _of_number_and_date(start, first, mark, second, left, right)
    if first.is_date or first.number is None or second.number is None:
        return None
    low, high = _MONTH.fullmatch(left), _MONTH.fullmatch(right)
    if low and high:  # 1988.02－1990.08
        ends = Parts(*map(int, low.groups())), Parts(*map(int, high.groups()))
        if ends[0] < ends[1]:
            return _of_dates(start, second, ends, left + _written(mark, "—") + right)
    return _of_numbers(text, start, first, mark, second, left, right)


def _of_two_dates(
    start: int, first: Scalar, mark: str, second: Scalar, left: str, right: str
) -> ScalarSpan | None:
    if first.parts is None or second.parts is None:
        return None
    if first.parts.is_clock != second.parts.is_clock and first.parts.hour is None:
        return None
    ends = first.parts, second.parts.completed_by(first.parts)
    if all(end.year is not None and end.month is None and end.hour is None for end in ends):
        second = second._replace(unit="年")  # as in 2014-2016年
    return _of_dates(start, second, ends, left + _written(mark, "—") + right)


def _of_number_and_date(
    start: int, first: Scalar, mark: str, second: Scalar, left: str, right: str
) -> ScalarSpan | None:
    """5-8日, 7-8月, 2014-2016年, 9-11时: the sign behind the second is that of both."""
    number, parts = first.number, second.parts
    if number is None or parts is None or first.unit or first.power or number.precision:
        return None
    given = {name: part for name, part in parts._asdict().items() if part is not None}
    if len(given) != 1:
        return None
    ((name, high),) = given.items()
    value = int(number.value)
    written = left + _written(mark, "—") + right
    if not value < high:
        return None
    if name == "year":
        if not FIRST_YEAR <= value <= LAST_YEAR:
            return None
        values = Decimal(value), Decimal(high)
        return ScalarSpan(start, second.end, second._replace(unit="年"), values, written)
    return _of_dates(start, second, (Parts(**{name: value}), parts), written)


def _of_numbers(
    text: str, start: int, first: Scalar, mark: str, second: Scalar, left: str, right: str
) -> ScalarSpan | None:
    low, high = first.number, second.number
    if low is None or high is None or first.bound is not Bound.EXACT:
        return None
    if left[0] in "0０" and left[1:2].isdecimal():
        return None  # 03-06星: numbers of things
    wave = _written(mark, "～")
    if second.written is not None:
        right = _with_unit(right, 0, second._replace(end=len(right)))
    if first.unit is not None:
        if first.unit != second.unit:
            return None
    elif (
        second.power
        and not first.power
        and (first.coefficient and second.coefficient)
        and first.coefficient.value < second.coefficient.value
    ):
        low = scale(low, second.power)
        magnitude = _MAGNITUDES.search(right)
        if magnitude and mark.strip() not in _WORDS:
            # 2-5万: surely 20 000 to 50 000; with 至 it is said so, and needs no second 万.
            left += magnitude.group()
    if not low.value < high.value:
        return None
    if second.unit in _YEARS and FIRST_YEAR <= low.value <= high.value <= LAST_YEAR:
        wave = _written(mark, "—")  # 2017-2018学年
    if second.unit in ("%", "‰") and first.unit is None and wave == "～":
        left += str(second.unit)
    if second.unit is None and not second.power:
        following = text[second.end : second.end + 1]
        if (
            mark.strip() in _HYPHENS
            and (following in "-－–—/.:：+" or (following.isascii() and following.isalnum()))
            and following
        ):
            return None
        wave = mark  # 图3-5, 2:1-3: what a mark between bare numbers is, nobody knows
    values, precision = (low.value, high.value), (low.precision, high.precision)
    return ScalarSpan(start, second.end, second, values, left + wave + right, precision)


# 3-5日 in 每3-5日, 3-5日内: so many days, not from the 3rd to the 5th; 2-3月 likewise.
_COUNTED = pattern(
    rf"(?P<low>[{DIGITS}]{{1,2}}|[{NUMERALS}]{{1,3}})(?P<mark>{SHAPES.range_mark})"
    rf"(?P<high>[{DIGITS}]{{1,2}}|[{NUMERALS}]{{1,3}}){SPACE}{{0,2}}(?P<unit>[日月])\Z"
)
_COUNTED_BEHIND = {
    "日": pattern("以内|之内|内(?![瓦蒙地部外阁政塔罗维尔])|以上|以下|左右|前|后|期限|为宜|一次"),
    "月": pattern("以内|之内|左右|后|为宜|一次"),
}
_COUNTED_BEFORE = pattern(
    "(?:[≥≤＞＜每隔约满逾]|需要?|术后|[产伤病]后|出生后|治疗|疗程|持续|历时|停药|[用服]药|连[续服]|住院|观察|间隔"
    r"|为期|长达|最[长短多少]|[至不]少|经过?|只需|仅需|[超不]过|少于|提前|延长)\Z"
)


def read_counted(text: str, span: ScalarSpan) -> ScalarSpan | None:
    """A range of dates as a number of days or months, where the words around it say so."""
    match = _COUNTED.match(text[span.start : span.end])
    if match is None or span.values is None:
        return None
    unit = match["unit"]
    if not (
        _COUNTED_BEHIND[unit].match(text, span.end)
        or _COUNTED_BEFORE.search(text, max(0, span.start - 4), span.start)
    ):
        return None
    low, high = (read_digits(part) or read_chinese(part) for part in match.group("low", "high"))
    if low is None or high is None:
        return None
    scalar = span.scalar._replace(parts=None, unit=unit, category=Category.TIME, is_date=False)
    written = match["low"] + _written(match["mark"], "～") + match.group()[match.start("high") :]
    return ScalarSpan(span.start, span.end, scalar, (low.value, high.value), written, (0, 0))
