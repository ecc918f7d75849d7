"""One number with all that belongs to it, read at a place: digits, magnitude, unit, date or clock.

A `Scalar` is what stands on either side of a range's mark, or alone.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from textclean.quantities import units
from textclean.quantities.dates import FIRST_YEAR, LAST_YEAR, Parts, hour_of
from textclean.quantities.numerals import (
    MOST_DIGITS,
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
from textclean.quantities.quantity import Bound
from textclean.quantities.shapes import (
    COLONS,
    DAY_PART,
    DAY_PARTS,
    MAGNITUDE,
    MORE,
    NUMERALS,
    SPACE,
    SPACES,
    YEAR_NUMERALS,
    shapes,
)
from textclean.quantities.unit_homographs import begins_a_word
from textclean.quantities.units import Category
from textclean.text.classes import is_han
from textclean.text.patterns import pattern

SHAPES = shapes()
_GAP = f"{SPACE}{{0,2}}"
_D = f"[{SHAPES.digits}]"

_NUMBER = pattern(
    f"(?P<number>{SHAPES.number})"
    f"(?:{_GAP}(?P<many>{MORE})?{_GAP}(?P<magnitude>{MAGNITUDE}(?:[多余]亿)?))?"
    f"(?P<rest>(?<=[万亿千])(?!千瓦)(?:{_D}{{1,4}}(?:[百千]?万|千(?![克米瓦卡焦帕伏安赫字])|百(?!分))|{_D}{{4}}(?!{_D})))?"
    # 超3349万 多地…: behind a magnitude and a space it is another word.
    f"(?:(?:(?<![万亿千百]){_GAP})?(?P<more>{MORE}))?"
)
_CHINESE = pattern(
    f"(?P<number>[{NUMERALS}]++(?:点[{YEAR_NUMERALS}]++(?!分|十|刻))?)"
    f"(?P<many>[余多几来](?=[万亿]))?(?P<magnitude>(?<=[余多几来])(?:万亿|[万亿])"
    f"|(?<=点[{YEAR_NUMERALS}])(?:万亿|[万亿])|(?<=点[{YEAR_NUMERALS}]{{2}})(?:万亿|[万亿]))?"
    f"(?P<more>{MORE})?"
)
_DATE = pattern(SHAPES.date)
_ISO_DATE = pattern(SHAPES.iso_date)
_SMALL = "(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?|卅一?)"
_CHINESE_DATE = pattern(
    f"(?:(?P<year>[{YEAR_NUMERALS}]{{4}}){_GAP}年(?!代)度?)?"
    f"(?:{_GAP}(?P<month>十[一二]?|[一二三四五六七八九元]){_GAP}月(?![亮球薪嫂子饼])份?)?"
    f"(?:{_GAP}(?P<day>{_SMALL}){_GAP}[日号](?![本元店楼线院常志游]))?"
    f"(?:(?P<part>{DAY_PART})?(?P<hour>{_SMALL})"
    "(?:时(?!间|候|代|期|速|段)|点(?=整|半|钟|[一二三四五零][十一二三四五六七八九]*[分刻]))"
    f"(?:(?P<minute>零?{_SMALL})分(?!钟)|(?P<half>半)(?![径夜个小年])|整(?!个))?)?"
)
# 晚上七点: what stands before says that 点 is no decimal point and no dot.
_CHINESE_CLOCK = pattern(
    f"(?P<hour>{_SMALL})点(?:(?P<minute>零?{_SMALL})分?|(?P<half>半))?(?P<year>)(?P<month>)(?P<day>)(?P<part>)"
)
_ERA = pattern(
    f"(?P<year>{_D}{{4}}|{_D}{{2}}|[一二三四五六七八九]十){_GAP}年代(?![表替理办为购课])"
)
_CENTURY = pattern(f"(?P<number>{_D}{{1,2}}|[一二三四五六七八九十]{{1,3}}){_GAP}世纪")
_SPACES = frozenset(SPACES)
# Nouns that 个 counts and that are units of their own: 四个批次 is four 批次, 三个方面 three 个.
_MEASURED_NOUNS = (
    "小时|钟头|星期|礼拜|月|季度|周期|批次|轮次|疗程|世纪|学期|学年|工作日|交易日|百分点|基点|年头|昼夜|财年|年度"
    "|周(?![边围])|回合|潜伏期"
)
_MEASURED_NOUN = pattern(f"个(?:(?P<many>多)|(?P<half>半))?(?P<noun>{_MEASURED_NOUNS})")
#: What stands behind 个 where it is part of another unit or of 个多, 个半.
AFTER_PIECE = frozenset(noun[0] for noun in _MEASURED_NOUNS.split("|")) | {"多", "半"}
# 一年半, 十三斤半; not 3米半径.
_HALF_BEHIND = pattern("半(?![径导个自球决身数])")
_HALVED = frozenset("年天斤里倍成亩米")
#: Characters that name units only by abbreviation, and begin words much more often.
ABBREVIATIONS = frozenset("希勒坎牛欧安焦帕赫卡瓦伏贝库")
# Places that are counted bare, but only in digits: 8区, 12国; 六区 is a name.
_PLACES = frozenset("区县市省州国乡镇村")


class Scalar(NamedTuple):
    """A number with its unit, or a date; it ends at `end`, in code points of the text."""

    end: int
    number: Number | None = None
    #: The unit's name and what it measures; None without a unit.
    unit: str | None = None
    category: Category | None = None
    bound: Bound = Bound.EXACT
    #: The date or time, where it is one; `Parts.exists` says whether the calendar has it.
    parts: Parts | None = None
    #: As it should be written; None where that is as it stands.
    written: str | None = None
    #: The number as written before its magnitude, and the power of ten of the magnitude.
    coefficient: Number | None = None
    power: int = 0
    #: The value of a decade or century (``199``, ``19``), where its years are known.
    iso: str | None = None
    is_date: bool = False
    #: Whether half a unit more is said (一年半).
    half: bool = False


def read_scalar(text: str, start: int) -> Scalar | None:
    """The date or number that begins with a digit at `start`; None for codes and long numbers."""
    return _read_date(text, start) or read_number(text, start)


def read_number(text: str, start: int) -> Scalar | None:
    """The number that begins with a digit at `start`, with its unit; 14号 is one here, no date."""
    match = _NUMBER.match(text, start)
    if match is None or match.end("number") - start > 2 * MOST_DIGITS:
        return None
    digits, many, magnitude, rest, more = match.groups()
    coefficient = number = read_digits(digits)
    if number is None or coefficient is None:
        return None
    power = 0
    if magnitude:
        if magnitude[-2:-1] in ("多", "余"):  # 3万多亿
            many = magnitude[-2]
            magnitude = magnitude[:-2] + magnitude[-1]
        power = power_of(magnitude)
        number = scale(number, power)
        if rest:
            number = _add_rest(number, rest, power)
            if number is None:
                return None
    bound = Bound.MORE if many or more else Bound.EXACT
    return _with_unit(text, match.end(), number, coefficient, power, bound, digits=True)


def read_chinese_scalar(text: str, start: int) -> Scalar | None:
    """The date or number that begins with a Chinese numeral at `start`, or None."""
    return _read_chinese_date(text, start) or read_chinese_number(text, start)


def read_chinese_number(text: str, start: int) -> Scalar | None:
    """The number that begins with a Chinese numeral at `start`, with its unit."""
    match = _CHINESE.match(text, start)
    if match is None:
        return None
    numerals, many, magnitude, more = match.groups()
    coefficient = read_pointed(numerals)
    if coefficient is None:
        return None
    power = power_of(magnitude or "")
    number = scale(coefficient, power)
    bound = Bound.MORE if many or more else Bound.EXACT
    return _with_unit(text, match.end(), number, coefficient, power, bound, digits=False)


def _add_rest(number: Number, rest: str, power: int) -> Number | None:
    """3万5千: the sum of both parts; None if the second is not the smaller one."""
    digits = re.match(_D + "+", rest)
    if digits is None:  # the pattern begins with digits
        return None
    small = read_digits(digits.group())
    if small is None:
        return None
    small = scale(small, power_of(rest[digits.end() :]))
    return add(number, small) if 0 < small.value < 10**power else None


def counted(text: str, end: int, number: Number, bound: Bound = Bound.EXACT) -> Scalar:
    """A number that ends at `end`, with the unit right behind it, if there is one."""
    match = units.match(text, end)
    if match is None:
        return Scalar(end, number, bound=bound)
    return Scalar(match.end, number, match.unit.name, match.unit.category, bound)


def _with_unit(
    text: str,
    end: int,
    number: Number,
    coefficient: Number,
    power: int,
    bound: Bound,
    *,
    digits: bool,
) -> Scalar:
    """A number with the unit behind it, spaces in between or not."""
    at = end
    while at < end + 2 and text[at : at + 1] in _SPACES:
        at += 1
    name: str | None = None
    category: Category | None = None
    written: str | None = None
    half = False
    following = text[at : at + 1]
    if following == "个":
        noun = _MEASURED_NOUN.match(text, at)
        if noun is not None:
            inner = units.lookup(noun["noun"])
            name = inner.name if inner else noun["noun"]
            category = inner.category if inner else Category.COUNTER
            if noun["many"]:
                bound = Bound.MORE
            half = noun["half"] is not None
            end = noun.end()
    if name is None:
        unit_match = units.match(text, at)
        if (
            at > end
            and unit_match is not None
            and unit_match.end == at + 1
            and begins_a_word(text, at, number, power, unit_match.unit.category, digits=digits)
        ):
            unit_match = None
        if unit_match is not None and not (
            following in ABBREVIATIONS
            and unit_match.end == at + 1
            and is_han(text[at + 1 : at + 2])
        ):
            unit = unit_match.unit
            name, category = unit.name, unit.category
            if unit_match.damaged:
                written = name
            end = unit_match.end
            half = _HALF_BEHIND.match(text, end) is not None and following in _HALVED
            end += half
        elif (
            digits
            and not power
            and following
            and following in _PLACES
            and not is_han(text[at + 1 : at + 2])
        ):
            name, category, end = following, Category.COUNTER, at + 1
    if half and not power and number.precision >= 0 and bound is Bound.EXACT:
        number = coefficient = add(number, Number(Decimal("0.5"), -1))
    return Scalar(end, number, name, category, bound, None, written, coefficient, power, half=half)


_DATE_SIGNS = frozenset("年月日号时点分-/.－度" + COLONS + SPACES)
_DATE_NUMERALS = frozenset(YEAR_NUMERALS + "十廿卅" + SPACES)
#: Numerals and spaces before the first sign of a date: 二〇二一  年 has six.
_LONGEST_HEAD = 8
_CHINESE_DATE_SIGNS = frozenset("年月日号时点世")


def _read_iso_date(text: str, start: int) -> Scalar | None:
    match = _ISO_DATE.match(text, start)
    if match is None:
        return None
    parts = Parts(*(int(to_half_width(part)) for part in match.group("year", "month", "day")))
    if not FIRST_YEAR <= (parts.year or 0) <= LAST_YEAR or not parts.exists:
        return None
    return Scalar(match.end(), parts=parts, is_date=True)


_PARTS = ("year", "month", "day", "hour", "minute", "second", "hour2", "minute2", "second2")


def _read_date(text: str, start: int) -> Scalar | None:
    """A date or clock time at `start`, or None."""
    # Nearly every number is none: a look at what follows up to four digits says so.
    at = start
    stop = min(start + 5, len(text))
    while at < stop and (text[at].isdecimal()):
        at += 1
    if text[at : at + 1] not in _DATE_SIGNS or at - start > 4 or at == len(text):
        return None
    sign = text[at]
    if sign in "-/.－":
        return _read_iso_date(text, start) if at - start == 4 else None
    if text.startswith("年代", at) and (era := _ERA.match(text, start)):
        decade = to_half_width(era["year"])
        return Scalar(era.end(), iso=decade[:3] if len(decade) == 4 else None, is_date=True)
    match = _DATE.match(text, start)
    if match is None or match.end() == start:
        return None
    year, month, day, hour, minute, second, hour2, minute2, second2 = [
        int(part) if part else None for part in match.group(*_PARTS)
    ]
    if year is not None:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        if month is None and day is not None:  # 2021年 5日: two things
            day = hour = None
            match = _DATE.match(text, start, match.start("day"))
            if match is None:
                return None
            hour2 = None
    if hour2 is not None:
        hour, minute, second = hour2, minute2, second2
        parts = Parts(year, month, day, hour, minute, second)
        if parts.is_clock and not parts.exists:
            return None  # 100:30
    if year is None and (day is None or month is None) and ((month or 0) > 12 or (day or 0) > 31):
        return None
    if hour is not None:
        hour = hour_of(match["part"], hour)
        if match["half"]:
            minute = 30
    parts = Parts(year, month, day, hour, minute, second)
    return Scalar(start + len(match.group().rstrip(SPACES)), parts=parts, is_date=True)


def _read_chinese_date(text: str, start: int) -> Scalar | None:
    at = start + 1
    stop = min(start + _LONGEST_HEAD, len(text))
    while at < stop and text[at] in _DATE_NUMERALS:
        at += 1
    if at == stop or text[at] not in _CHINESE_DATE_SIGNS:
        return None
    if era := _ERA.match(text, start):
        return Scalar(era.end(), is_date=True)
    if century := _CENTURY.match(text, start):
        number = read_chinese(century["number"])
        if number is not None and number.value > 1:
            iso = f"{int(number.value) - 1:02d}"
            return Scalar(century.end(), iso=iso, is_date=True)
    match = _CHINESE_DATE.match(text, start)
    if match is None or match.end() == start:
        match = _CHINESE_CLOCK.match(text, start) if text[start - 2 : start] in DAY_PARTS else None
    if match is None:
        return None
    groups = match.groupdict()
    if not any(match.group("year", "month", "day", "hour")):
        return None
    figures = read_figures(groups["year"] or "")
    year = int(figures) if figures else None
    if (year is not None and not FIRST_YEAR <= year <= LAST_YEAR) or (
        groups["year"] and groups["day"] and not groups["month"]
    ):
        return None
    smaller: list[int | None] = []
    for written in match.group("month", "day", "hour", "minute"):
        number = read_chinese(written.removeprefix("零").replace("元", "一")) if written else None
        if written and number is None:
            return None
        smaller.append(int(number.value) if number else None)
    month, day, hour, minute = smaller
    if hour is not None:
        hour = hour_of(groups["part"], hour)
    parts = Parts(year, month, day, hour, 30 if groups["half"] else minute)
    return Scalar(start + len(match.group().rstrip(SPACES)), parts=parts, is_date=True)
