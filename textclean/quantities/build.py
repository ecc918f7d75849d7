"""From a scalar or range to a `Quantity`: kind, bound, value and tidy form."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from textclean.quantities import bounds
from textclean.quantities.currency_signs import read_currency_before
from textclean.quantities.dates import hour_of
from textclean.quantities.quantity import Bound, Kind, Quantity, Value
from textclean.quantities.ranges import ScalarSpan, read_counted, single
from textclean.quantities.scalars import read_chinese_number, read_number
from textclean.quantities.shapes import DAY_PARTS
from textclean.quantities.units import Category
from textclean.quantities.writing import tidy
from textclean.text.patterns import pattern

# Of a day without a month: what makes it a span of days.
_WITHIN_DAYS = pattern("(?:以内|之内|内(?![瓦蒙地部外阁政塔罗维尔])|以上|以下|的?期限)")
#: What stands before a number of days: alternatives of a regular expression.
BEFORE_COUNTED_DAYS = (
    "起满?|少于|超过|不足|不满|未满|满|提前|延长|至少|为期|历时|长达|举行的|前的|后的"
)
_COUNTED_DAYS = pattern(f"(?:{BEFORE_COUNTED_DAYS})\\Z")


def ordinal(text: str, start: int, span: ScalarSpan) -> Quantity:
    """An ordinal, from 第 at `start` to the end of its number."""
    end = span.end
    scalar = span.scalar
    value: Value = span.values if span.values is not None else scalar.number and scalar.number.value
    kind = Kind.ORDINAL if span.values is None else Kind.RANGE
    part, unit = text[start:end], scalar.unit
    written = tidy(text[start : span.start] + span.written if span.written else part)
    return Quantity(start, end, part, kind, value, unit, Bound.EXACT, written, span.precision)


def complete(
    text: str,
    at: int,
    floor: int,
    span: ScalarSpan,
    fraction: Fraction | None = None,
    sign: int | None = None,
) -> Quantity:
    """A number, range or fraction with the words before and behind it that bound it.

    `sign` is where its sign begins, if it has one.
    """
    if span.scalar.is_date:
        days = read_counted(text, span) if span.values is not None else _days(text, at, span)
        if days is None:
            return _date(text, at, floor, span)
        span = days
    start, end = at, span.end
    scalar = span.scalar
    unit, category, bound = scalar.unit, scalar.category, scalar.bound
    value: Value = span.values
    if value is None:
        value = scalar.number.value if scalar.number else fraction
    if sign is not None:
        start = sign
    elif unit is None or category is Category.CURRENCY:
        currency = read_currency_before(text, at, floor)
        if currency is not None and (unit in (None, currency[1]) or at - currency[0] == 1):
            start = currency[0]
            unit, category = unit or currency[1], Category.CURRENCY
            minus = text[start - 1 : start]
            before = text[start - 2 : start - 1]
            is_apart = start - 1 > floor or start == 1
            is_minus = minus and minus in "-−－" and is_apart
            if is_minus and isinstance(value, Decimal) and not _is_latin(before):
                start, value = start - 1, -value
    word_before = bounds.before(text, start, floor, category)
    if word_before is not None:
        start, limit = word_before
        bound = limit if bound is Bound.EXACT else bound
    word_behind = bounds.after(text, end, category)
    if word_behind is not None:
        end, limit = word_behind
        if bound is Bound.EXACT or limit is Bound.APPROX:
            bound = limit
    if bound is not Bound.EXACT:
        kind = Kind.APPROX
    elif span.values is not None:
        kind = Kind.RANGE
    elif fraction is not None:
        kind = Kind.RATIO
    elif category is not None:
        kind = kind_of(unit, category)
    else:
        places = isinstance(span.precision, int) and span.precision < 0
        kind = Kind.DECIMAL if places else Kind.INTEGER
    written = part = text[start:end]
    if span.written is not None:
        written = text[start:at] + span.written + text[span.end : end]
    return Quantity(
        start, end, part, kind, value, unit, bound, tidy(written), span.precision, span.tolerance
    )


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def kind_of(unit: str | None, category: Category) -> Kind:
    """The kind of an exact number with a unit."""
    return _PERCENTAGES.get(unit) or _KINDS.get(category, Kind.QUANTITY)


_PERCENTAGES: dict[str | None, Kind] = dict.fromkeys(("%", "‰", "‱"), Kind.PERCENT)
_KINDS = {Category.TIME: Kind.DURATION, Category.CURRENCY: Kind.MONEY}


def _days(text: str, at: int, span: ScalarSpan) -> ScalarSpan | None:
    """A number of days that looks like a day without a month: 三十日内, 不少于十五日."""
    parts = span.scalar.parts
    if parts is None or parts.day is None or span.values is not None or len(parts.iso()) != 5:
        return None
    if text[span.end - 1] != "日" or not (
        _WITHIN_DAYS.match(text, span.end) or _COUNTED_DAYS.search(text, max(0, at - 4), at)
    ):
        return None
    read = read_number if text[at].isdecimal() else read_chinese_number
    scalar = read(text, at)
    if scalar is None or scalar.unit != "日" or scalar.number is None:
        return None
    return single(at, scalar)


def _date(text: str, at: int, floor: int, span: ScalarSpan) -> Quantity:
    """A date or clock time, with the part of the day before it (晚上七点)."""
    start = at
    scalar = span.scalar
    parts = scalar.parts
    if parts is not None and parts.is_clock and at - 2 >= floor:
        close = at - (text[at - 1] == " ")
        if text[close - 2 : close] in DAY_PARTS and close - 2 >= floor:
            start = close - 2
            if parts.hour is not None:
                parts = parts._replace(hour=hour_of(text[start:close], parts.hour))
    value: Value = span.values
    kind, unit = Kind.DATE, None
    if value is not None:
        kind, unit = Kind.RANGE, scalar.unit
    elif parts is None:
        value = scalar.iso
    else:
        value = parts.iso() if parts.exists else None
        kind = Kind.TIME if parts.is_clock else kind
    end = span.end
    written = tidy(text[start:at] + (span.written or text[at:end]))
    return Quantity(start, end, text[start:end], kind, value, unit, Bound.EXACT, written)


def code(text: str, start: int, end: int) -> Quantity:
    """Digits that name something."""
    part = text[start:end]
    return Quantity(start, end, part, Kind.CODE, None, None, Bound.EXACT, part)


def plain(text: str, start: int, end: int, kind: Kind, value: Value) -> Quantity:
    """A quantity without a unit, whose value is exact."""
    part = text[start:end]
    return Quantity(start, end, part, kind, value, None, Bound.EXACT, tidy(part))


def idiom(text: str, start: int, end: int) -> Quantity:
    """A word that is written with numerals."""
    part = text[start:end]
    bound = Bound.MORE if part.endswith("以上") else Bound.EXACT
    written = tidy(part) if " " in part or "\u3000" in part else part
    return Quantity(start, end, part, Kind.IDIOM, None, None, bound, written)
