"""Numbers read at a place, with magnitude and unit: 3.5万吨, 7万5千元, 三十几个, 1.5×10⁵."""

from __future__ import annotations

from decimal import Decimal

from textclean.quantities import units
from textclean.quantities.currency_signs import CURRENCY_SIGNS
from textclean.quantities.mixed_numerals import GOES_ON, mixed_end, read_mixed
from textclean.quantities.number_units import with_unit
from textclean.quantities.numerals import (
    FORMAL_FORMS,
    MOST_DIGITS,
    TO_ORDINARY,
    Number,
    add,
    power_of,
    read_chinese,
    read_digits,
    read_figures,
    read_pointed,
    scale,
    to_half_width,
)
from textclean.quantities.powers_of_ten import FIRST as FIRST_OF_POWER
from textclean.quantities.powers_of_ten import read_power
from textclean.quantities.quantity import Bound
from textclean.quantities.scalar import SHAPES, Scalar
from textclean.quantities.shapes import (
    DIGIT_CHARACTERS,
    MAGNITUDE,
    MORE,
    NUMERAL_RUN,
    NUMERALS,
    SPACE,
    YEAR_NUMERALS,
)
from textclean.quantities.units import Category
from textclean.quantities.written_dates import read_chinese_date, read_date
from textclean.text.patterns import pattern

_GAP = f"{SPACE}{{0,2}}"
_D = f"[{SHAPES.digits}]"
_NUMBER = pattern(
    f"(?P<number>{SHAPES.number})"
    f"(?:{_GAP}(?P<many>{MORE})?{_GAP}(?P<magnitude>{MAGNITUDE}(?:(?<=[十百千])[多余几][万亿]|(?<=万)[多余]亿)?))?"
    # 超3349万 多地…: behind a magnitude and a space it is another word.
    f"(?:(?:(?<![万亿千百]){_GAP})?(?P<more>{MORE}))?"
)
_CHINESE = pattern(
    f"(?P<number>{NUMERAL_RUN}(?:[点點][{YEAR_NUMERALS}]++(?!分|十|刻))?)"
    "(?:(?P<few>[几幾][十百千]{1,2})(?P<few_power>万亿|[万亿萬億])?"
    "|(?P<many>[余多餘几幾来](?=[万亿萬億]))?(?P<magnitude>(?<=[余多餘几幾来])(?:万亿|[万亿萬億])"
    f"|(?<=[点點][{YEAR_NUMERALS}])(?:万亿|[万亿萬億])|(?<=[点點][{YEAR_NUMERALS}]{{2}})(?:万亿|[万亿萬億])"
    "|兆(?=[元美日韩新臺台])))?"
    f"(?P<more>{MORE})?"
)
_MORE = pattern(MORE)
# 12 000 r/min: thousands set apart, of which the first three figures have a zero at their head.
_SPACED_GROUPS = pattern(
    "[1-9][0-9]{0,2}(?: 0[0-9]{2})(?: [0-9]{3})*+(?![0-9])(?![.][0-9]{4})(?:[.][0-9]+)?"
)
# ￥3 500.00: behind the sign of a currency the cents say that it is one sum.
_SPACED_SUM = pattern(r"[1-9][0-9]{0,2}(?: [0-9]{3})+\.[0-9]{2}(?![0-9.])")
_ROUND_PAIR = pattern(f"[{SHAPES.digits}][0０]{{2}}，[1-9１-９][0０]{{2}}\\Z")
_MORE_INSIDE = pattern("[多余几]")
_DECIMALS = pattern(f"(?P<places>{_D}{{1,16}})(?!{_D}|[.．,]{_D})(?P<magnitude>{MAGNITUDE})?")
# Ordinary numerals and the forms of cheques together: 柒百玖十玖万, 七十八万五佰零六.
_FORMAL = pattern(f"[{NUMERALS}{FORMAL_FORMS}]{{1,32}}+")
# What makes a run of numerals go on as a mixed number: 二万5千, 七十八万五佰.
_MIXED_WITH = GOES_ON - frozenset(NUMERALS)


def read_scalar(text: str, start: int) -> Scalar | None:
    """The date or number that begins with a digit at `start`; None for codes and long numbers."""
    return read_date(text, start) or read_number(text, start)


def read_number(text: str, start: int) -> Scalar | None:
    """The number that begins with a digit at `start`, with its unit; 14号 is one here, no date."""
    match = _NUMBER.match(text, start)
    if match is None or match.end("number") - start > 2 * MOST_DIGITS:
        return None
    digits, magnitude, more = match.group("number", "magnitude", "more")
    many: object = match["many"]
    if "，" in digits and start and text[start - 1] in CURRENCY_SIGNS:
        unit = units.match(text, match.end())
        if unit is not None and unit.unit.category is Category.CURRENCY:
            # $20，300美元: the comma of a sentence, for the second sum has a unit of its own.
            first = digits.partition("，")[0]
            return _exactly(text, start + len(first), read_digits(first))
    if "，" in digits and _ROUND_PAIR.match(digits):  # 男子100，200米: two distances
        first = digits.partition("，")[0]
        if int(to_half_width(first)) < int(to_half_width(digits[len(first) + 1 :])):
            return Scalar(start + len(first), read_digits(first))
    coefficient = number = read_digits(digits)
    if number is None or coefficient is None:
        return None
    end, power = match.end(), 0
    following = text[match.end("number") : match.end("number") + 1]
    if following in FIRST_OF_POWER or following == " ":
        raised = read_power(text, start, match.end("number"), number)
        if raised is not None:
            return _exactly(text, raised[1], raised[0])
        if following == " " and (groups := _SPACED_GROUPS.match(text, start)):
            whole = _exactly(text, groups.end(), read_digits(groups.group().replace(" ", "")))
            # 2 019年 is a damaged year.
            if whole is not None and whole.unit not in (None, "年"):
                return whole
        if start and text[start - 1] in CURRENCY_SIGNS and following == " ":
            groups = _SPACED_SUM.match(text, start)
            if groups is not None:
                return _exactly(text, groups.end(), read_digits(groups.group().replace(" ", "")))
    if "．" in digits and not magnitude and text[start - 1 : start] in ("", "\n"):
        unit = units.match(text, end)
        if unit is not None and unit.unit.category in (Category.COUNTER, Category.TIME):
            first = digits.partition("．")[0]  # 4．8名: the number of an item
            return Scalar(start + len(first), read_digits(first))
    if magnitude:
        if magnitude[-2:-1] in ("多", "余", "几"):  # 3万多亿
            many = magnitude[-2]
            magnitude = magnitude[:-2] + magnitude[-1]
        power = power_of(magnitude)
        number = scale(number, power)
        if not more and text[end : end + 1] in GOES_ON and (stop := mixed_end(text, start)):
            several = read_mixed(text[start:stop])
            if several is None:
                return None
            number, end = several, stop
            many = many or _MORE_INSIDE.search(text, start, stop)
            behind = _MORE.match(text, end)
            if behind is not None:
                more, end = behind.group(), behind.end()
    bound = Bound.MORE if many or more else Bound.EXACT
    scalar = with_unit(text, end, number, coefficient, power, bound, digits=True)
    if scalar.category is Category.COUNTER and start and text[start - 1] in CURRENCY_SIGNS:
        return Scalar(end, number, bound=bound, coefficient=coefficient, power=power)  # ￥99起
    return scalar


def _exactly(text: str, end: int, number: Number | None) -> Scalar | None:
    """A number that ends at `end` and has neither magnitude nor bound, with its unit."""
    if number is None:
        return None
    return with_unit(text, end, number, number, 0, Bound.EXACT, digits=True)


def read_leading_point(text: str, start: int) -> Scalar | None:
    """The number whose decimal point stands before `start`, with its unit: .5, .75亿元."""
    match = _DECIMALS.match(text, start)
    if match is None:
        return None
    places = to_half_width(match["places"])
    coefficient = Number(Decimal(f"0.{places}"), -len(places))
    power = power_of(match["magnitude"] or "")
    number = scale(coefficient, power)
    return with_unit(text, match.end(), number, coefficient, power, Bound.EXACT, digits=True)


def read_chinese_scalar(text: str, start: int) -> Scalar | None:
    """The date or number that begins with a Chinese numeral at `start`, or None."""
    return read_chinese_date(text, start) or read_chinese_number(text, start)


def read_chinese_number(text: str, start: int) -> Scalar | None:
    """The number that begins with a Chinese numeral at `start`, with its unit."""
    match = _CHINESE.match(text, start)
    if match is None:
        return None
    numerals, few, few_power, many, magnitude, more = match.groups()
    end = match.end()
    if text[end : end + 1] in FORMAL_FORMS and end < len(text):
        formal = read_formal_number(text, start)
        if formal is not None:
            return formal
    if text[end : end + 1] in _MIXED_WITH and (stop := mixed_end(text, start)):
        several = read_mixed(text[start:stop])
        if several is not None:
            return with_unit(text, stop, several, several, 0, Bound.EXACT, digits=False)
    coefficient = read_pointed(numerals)
    if numerals[0] in "零〇" and len(numerals) == 2 and text.startswith("年", end):
        return None  # 零八年: a year
    if coefficient is None:
        if text[end : end + 1] == "折" and not few and (tenths := _discount(numerals)):
            return with_unit(text, end, tenths, tenths, 0, Bound.EXACT, digits=False)
        return None
    if more in ("几", "幾") and len(numerals) == 1:
        more = None if units.match(text, end) is None else more
        if more is None:
            return None  # 你十几了？
    if few:  # 一百几十户: 110 and more
        least = power_of(few[1:])
        if coefficient.value % 10 ** (least + 1):
            return None
        coefficient = add(coefficient, Number(Decimal(10**least), least))
        magnitude, many = few_power, few
    power = power_of(magnitude or "")
    number = scale(coefficient, power)
    bound = Bound.MORE if many or more else Bound.EXACT
    return with_unit(text, end, number, coefficient, power, bound, digits=False)


def read_formal_number(text: str, start: int) -> Scalar | None:
    """The number in the forms of cheques that begins at `start`, with its unit: 贰万3千元, 伍元."""
    match = _FORMAL.match(text, start)
    number = read_chinese(match.group().translate(TO_ORDINARY)) if match else None
    stop = match.end() if match else start
    if text[stop : stop + 1] in DIGIT_CHARACTERS or number is None:
        stop = mixed_end(text, start) or start
        number = read_mixed(text[start:stop]) if stop > start else None
    if number is None:
        return None
    return with_unit(text, stop, number, number, 0, Bound.EXACT, digits=False)


def _discount(numerals: str) -> Number | None:
    """八五 in 八五折: 8.5. 七八折 is about seven or eight."""
    figures = read_figures(numerals)
    if figures is None or len(figures) != 2 or "0" in figures:
        return None
    if int(figures[1]) - int(figures[0]) == 1:
        return None
    return Number(Decimal(figures) / 10, -1)
