"""From a number that was read to a `Quantity`: its kind, its bound, its value, its tidy form."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from textclean.quantities.bounds import after as bound_after
from textclean.quantities.bounds import before as bound_before
from textclean.quantities.dates import hour_of
from textclean.quantities.quantity import Bound, Kind, Quantity, Value
from textclean.quantities.ranges import Span, read_counted
from textclean.quantities.scalars import read_chinese_number, read_number
from textclean.quantities.units import Category
from textclean.quantities.writing import tidy
from textclean.text.patterns import pattern

_DAY_PARTS = frozenset(
    [
        "上午",
        "下午",
        "凌晨",
        "清晨",
        "早晨",
        "早上",
        "中午",
        "午后",
        "傍晚",
        "晚上",
        "夜间",
        "深夜",
        "晚间",
        "午夜",
    ]
)
# Of a day without a month: what makes it a span of days.
_WITHIN_DAYS = pattern("(?:以内|之内|内(?![瓦蒙地部外阁政塔罗维尔])|以上|以下|的?期限)")
_COUNTED_DAYS = pattern(
    "(?:起满?|少于|超过|不足|不满|未满|满|提前|延长|至少|为期|历时|长达|举行的|前的|后的)\\Z"
)
_CURRENCY_SIGNS = {"¥": "元", "￥": "元", "$": "美元", "＄": "美元", "€": "欧元", "£": "英镑"}
_SIGNED = frozenset(("℃", "℉", "%", "百分点", "K"))
_KINDS = {Category.TIME: Kind.DURATION, Category.CURRENCY: Kind.MONEY}


def ordinal(text: str, start: int, span: Span) -> Quantity:
    """An ordinal, from 第 at `start` to the end of a span."""
    end = span.end
    point = span.point
    value: Value = span.values if span.values is not None else point.number and point.number.value
    kind = Kind.ORDINAL if span.values is None else Kind.RANGE
    written = tidy(text[start:end], span.written and text[start : span.start] + span.written)
    return Quantity(
        start, end, text[start:end], kind, value, point.unit, Bound.EXACT, written, span.precision
    )


def complete(
    text: str, at: int, floor: int, span: Span, fraction: Fraction | None = None
) -> Quantity:
    """A number, range or fraction with the words before and behind it that bound it."""
    start, end = at, span.end
    point = span.point
    bound = point.bound
    unit, category = point.unit, point.category
    value: Value
    if point.is_date:
        days = read_counted(text, span) if span.values is not None else _days(text, at, span)
        if days is None:
            return _date(text, at, floor, span)
        span = days
        point, end = span.point, span.end
        unit, category, bound = point.unit, point.category, point.bound
    if span.values is not None:
        value = span.values
    else:
        value = point.number.value if point.number else fraction
    if at > floor:
        sign = text[at - 1]
        if sign in _CURRENCY_SIGNS and (unit is None or category is Category.CURRENCY):
            start = at - 1
            unit, category = unit or _CURRENCY_SIGNS[sign], Category.CURRENCY
        elif (
            sign in "-−－"
            and unit in _SIGNED
            and span.values is None
            and isinstance(value, Decimal)
        ) and (at - 1 == floor or not (text[at - 2].isascii() and text[at - 2].isalnum())):
            start, value = at - 1, -value
    bounded = bound_before(text, start, floor, category)
    if bounded is not None:
        start, limit = bounded
        bound = limit if bound is Bound.EXACT else bound
    limited = bound_after(text, end, category)
    if limited is not None:
        end, limit = limited
        if bound is Bound.EXACT or limit is Bound.APPROX:
            bound = limit
    if bound is not Bound.EXACT:
        kind = Kind.APPROX
    elif span.values is not None:
        kind = Kind.RANGE
    elif fraction is not None:
        kind = Kind.RATIO
    elif unit in ("%", "‰", "‱"):
        kind = Kind.PERCENT
    elif category is not None:
        kind = _KINDS.get(category, Kind.QUANTITY)
    else:
        places = isinstance(span.precision, int) and span.precision < 0
        kind = Kind.DECIMAL if places else Kind.INTEGER
    core = span.written
    if core is not None:
        core = text[start:at] + core + text[span.end : end]
    written = tidy(text[start:end], core)
    return Quantity(start, end, text[start:end], kind, value, unit, bound, written, span.precision)


def _days(text: str, at: int, span: Span) -> Span | None:
    """The span of days that a day without a month is (三十日内, 不少于十五日), if it is one."""
    parts = span.point.parts
    if parts is None or parts.day is None or span.values is not None or len(parts.iso()) != 5:
        return None
    if text[span.end - 1] != "日" or not (
        _WITHIN_DAYS.match(text, span.end) or _COUNTED_DAYS.search(text, max(0, at - 4), at)
    ):
        return None
    read = read_number if text[at].isdecimal() else read_chinese_number
    point = read(text, at)
    if point is None or point.unit != "日" or point.number is None:
        return None
    return Span(at, point.end, point, None, None, point.number.precision)


def _date(text: str, at: int, floor: int, span: Span) -> Quantity:
    start = at
    point = span.point
    parts = point.parts
    if parts is not None and parts.is_clock and at - 2 >= floor:
        close = at - (text[at - 1] == " ")
        if text[close - 2 : close] in _DAY_PARTS and close - 2 >= floor:
            start = close - 2
            if parts.hour is not None:
                parts = parts._replace(hour=hour_of(text[start:close], parts.hour))
    value: Value
    unit: str | None = None
    kind = Kind.DATE
    if span.values is not None:
        kind, value, unit = Kind.RANGE, span.values, point.unit
    elif parts is None:
        value = point.iso
    else:
        value = parts.iso() if parts.exists else None
        if parts.is_clock:
            kind = Kind.TIME
    core = span.written
    if core is not None:
        core = text[start:at] + core
    end = span.end
    written = tidy(text[start:end], core)
    return Quantity(start, end, text[start:end], kind, value, unit, Bound.EXACT, written)


def code(text: str, start: int, end: int) -> Quantity:
    """Digits that name something."""
    part = text[start:end]
    return Quantity(start, end, part, Kind.CODE, None, None, Bound.EXACT, part)


def plain(text: str, start: int, end: int, kind: Kind, value: Value) -> Quantity:
    """A quantity without a unit, whose value is exact."""
    part = text[start:end]
    return Quantity(start, end, part, kind, value, None, Bound.EXACT, tidy(part, None))


def idiom(text: str, start: int, end: int) -> Quantity:
    """A word that is written with numerals."""
    part = text[start:end]
    bound = Bound.MORE if part.endswith("以上") else Bound.EXACT
    written = tidy(part, None) if " " in part or "\u3000" in part else part
    return Quantity(start, end, part, Kind.IDIOM, None, None, bound, written)
