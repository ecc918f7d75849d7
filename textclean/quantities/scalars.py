"""One number with all that belongs to it, read at a place: digits, magnitude, unit, date or clock.

A `Point` is what stands on either side of a range's mark, or alone.
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
    scale,
    to_half_width,
)
from textclean.quantities.quantity import Bound
from textclean.quantities.shapes import (
    DAY_PART,
    MAGNITUDE,
    MORE,
    NUMERALS,
    SPACE,
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
    f"(?P<number>[{NUMERALS}]++)(?P<places>点[{YEAR_NUMERALS}]++(?!分|十|刻))?"
    f"(?P<many>[余多几来](?=[万亿]))?(?P<magnitude>(?<=[余多几来])(?:万亿|[万亿])"
    f"|(?<=点[{YEAR_NUMERALS}])(?:万亿|[万亿])|(?<=点[{YEAR_NUMERALS}]{{2}})(?:万亿|[万亿]))?"
    f"(?P<more>{MORE})?"
)
_DATE = pattern(SHAPES.date)
_ISO_DATE = pattern(SHAPES.iso_date)
_CHINESE_YEAR = pattern(f"[{YEAR_NUMERALS}]{{4}}(?={_GAP}年)|[{YEAR_NUMERALS}]{{2}}(?={_GAP}年)")
_SMALL = "(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?|卅一?)"
_CHINESE_DATE = pattern(
    f"(?:(?P<year>[{YEAR_NUMERALS}]{{4}}){_GAP}年(?!代)度?)?"
    f"(?:{_GAP}(?P<month>十[一二]?|[一二三四五六七八九元]){_GAP}月(?![亮球薪嫂子饼])份?)?"
    f"(?:{_GAP}(?P<day>{_SMALL}){_GAP}[日号](?![本元店楼线院常志游]))?"
    f"(?:(?P<part>{DAY_PART})?(?P<hour>{_SMALL})"
    "(?:时(?!间|候|代|期|速|段)|点(?=整|半|钟|[一二三四五零][十一二三四五六七八九]*[分刻]))"
    f"(?:(?P<minute>零?{_SMALL})分(?!钟)|(?P<half>半)(?![径夜个小年])|整(?!个))?)?"
)
# 晚上七点: what stands before says that 点 is no point and no dot.
_CHINESE_CLOCK = pattern(
    f"(?P<hour>{_SMALL})点(?:(?P<minute>零?{_SMALL})分?|(?P<half>半))?(?P<year>)(?P<month>)(?P<day>)(?P<part>)"
)
_PARTS_OF_DAY = frozenset(DAY_PART[3:-1].split("|"))
_ERA = pattern(
    f"(?P<year>{_D}{{4}}|{_D}{{2}}|[一二三四五六七八九]十){_GAP}年代(?![表替理办为购课])"
)
_CENTURY = pattern(f"(?P<number>{_D}{{1,2}}|[一二三四五六七八九十]{{1,3}}){_GAP}世纪")
_SPACE_RUN = pattern(_GAP)
# Nouns that 个 counts and that are units of their own: 四个批次 is four 批次, 三个方面 three 个.
_MEASURED_NOUNS = pattern(
    "个(?:(?P<many>多)|(?P<half>半))?(?P<noun>小时|钟头|星期|礼拜|月|季度|周期|批次|轮次|疗程|世纪|学期|学年|工作日|交易日"
    "|百分点|基点|年头|昼夜|财年|年度|周(?![边围])|回合|潜伏期)"
)
# 一年半, 十三斤半; not 3米半径.
_HALF_BEHIND = pattern("半(?![径导个自球决身数])")
_HALVED = frozenset("年天斤里倍成亩米")
# Characters that name units only by abbreviation, and begin words much more often.
_RARE = frozenset("希勒坎牛欧安焦帕赫卡瓦伏贝库")
# Places that are counted bare, but only in digits: 8区, 12国; 六区 is a name.
_PLACES = frozenset("区县市省州国乡镇村")


class Point(NamedTuple):
    """A number or a date that was read."""

    end: int
    number: Number | None
    #: The unit's name and what it measures; None without a unit.
    unit: str | None
    category: Category | None
    bound: Bound
    #: The date or time, where it is one; `valid` says whether it exists.
    parts: Parts | None = None
    #: As it should be written; None where that is as it stands.
    written: str | None = None
    #: The number as written before its magnitude, and the power of ten of the magnitude.
    coefficient: Number | None = None
    power: int = 0
    #: A date that is none: an era, a year of two figures.
    iso: str | None = None
    is_date: bool = False
    half: bool = False


def read_point(text: str, start: int) -> Point | None:
    """What begins with a digit at `start`; None for a number that is too long or is a code."""
    return _read_date(text, start) or read_number(text, start)


def read_number(text: str, start: int) -> Point | None:
    """The number that begins with a digit at `start`, with its unit; 14号 is one here, no date."""
    found = _NUMBER.match(text, start)
    if found is None or found.end("number") - start > 2 * MOST_DIGITS:
        return None
    digits, many, magnitude, rest, more = found.groups()
    coefficient = number = read_digits(digits)
    if number is None or coefficient is None:
        return None
    end = found.end()
    power = 0
    if magnitude:
        if magnitude[-2:-1] in ("多", "余"):  # 3万多亿
            many = magnitude[-2]
            magnitude = magnitude[:-2] + magnitude[-1]
        power = power_of(magnitude)
        number = scale(number, power)
        if rest:
            joined = _add_rest(number, rest, power)
            if joined is None:
                return None
            number = joined
    bound = Bound.MORE if many or more else Bound.EXACT
    return _with_unit(text, end, number, coefficient, power, bound, digits=True)


def read_chinese_point(text: str, start: int) -> Point | None:
    """What begins with a Chinese numeral at `start`, if its numerals make a number or a date."""
    return _read_chinese_date(text, start) or read_chinese_number(text, start)


def read_chinese_number(text: str, start: int) -> Point | None:
    """The number that begins with a Chinese numeral at `start`, with its unit."""
    found = _CHINESE.match(text, start)
    if found is None:
        return None
    numerals, places, many, magnitude, more = found.group(
        "number", "places", "many", "magnitude", "more"
    )
    number = read_chinese(numerals)
    if number is None:
        return None
    end = found.end()
    if places:
        figures = read_figures(places[1:])
        if figures is None:
            return None
        number = Number(Decimal(f"{number.value:f}.{figures}"), -len(figures))
    coefficient = number
    power = 0
    if magnitude:
        power = power_of(magnitude)
        number = scale(number, power)
    bound = Bound.MORE if many or more else Bound.EXACT
    return _with_unit(text, end, number, coefficient, power, bound, digits=False)


def _add_rest(number: Number, rest: str, power: int) -> Number | None:
    """3万5千: the part behind the magnitude, if it is smaller."""
    digits = re.match(_D + "+", rest)
    if digits is None:  # the pattern begins with digits
        return None
    small = read_digits(digits.group())
    if small is None:
        return None
    small = scale(small, power_of(rest[digits.end() :]))
    return add(number, small) if 0 < small.value < 10**power else None


def _with_unit(
    text: str,
    end: int,
    number: Number,
    coefficient: Number,
    power: int,
    bound: Bound,
    *,
    digits: bool,
) -> Point:
    """A number with the unit behind it, if there is one."""
    at = _skip_space(text, end)
    name: str | None = None
    category: Category | None = None
    written: str | None = None
    half = False
    following = text[at : at + 1]
    if following == "个":
        noun = _MEASURED_NOUNS.match(text, at)
        if noun is not None:
            inner = units.lookup(noun["noun"])
            name = inner.name if inner else noun["noun"]
            category = inner.category if inner else Category.COUNTER
            if noun["many"]:
                bound = Bound.MORE
            half = noun["half"] is not None
            end = noun.end()
    if name is None:
        matched = units.match(text, at)
        if (
            at > end
            and matched is not None
            and matched.end == at + 1
            and begins_a_word(text, at, number, power, matched.unit.category, digits=digits)
        ):
            matched = None
        if matched is not None and not (
            following in _RARE and matched.end == at + 1 and is_han(text[at + 1 : at + 2])
        ):
            unit = matched.unit
            name, category = unit.name, unit.category
            if matched.damaged:
                written = name
            end = matched.end
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
    return Point(end, number, name, category, bound, None, written, coefficient, power, half=half)


def _skip_space(text: str, at: int) -> int:
    if text[at : at + 1] in _SPACES and at < len(text):
        found = _SPACE_RUN.match(text, at)
        return found.end() if found else at
    return at


_SPACES = " \u3000\u00a0"
_DATE_SIGNS = frozenset("年月日号时点分:：∶-/.－度 \u3000\u00a0")


_DATE_NUMERALS = frozenset(YEAR_NUMERALS + "十廿卅" + " \u3000\u00a0")
_CHINESE_DATE_SIGNS = frozenset("年月日号时点世")


def _read_iso_date(text: str, start: int) -> Point | None:
    found = _ISO_DATE.match(text, start)
    if found is None:
        return None
    parts = Parts(*(int(to_half_width(part)) for part in found.group("year", "month", "day")))
    if not FIRST_YEAR <= (parts.year or 0) <= LAST_YEAR or not parts.exists:
        return None
    return Point(found.end(), None, None, None, Bound.EXACT, parts, is_date=True)


_PARTS = ("year", "month", "day", "hour", "minute", "second", "hour2", "minute2", "second2")


def _read_date(text: str, start: int) -> Point | None:
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
    if sign == "年" and text.startswith("代", at + 1):
        era = _ERA.match(text, start)
        if era:
            decade = to_half_width(era["year"])
            iso = decade[:3] if len(decade) == 4 else None
            return Point(era.end(), None, None, None, Bound.EXACT, iso=iso, is_date=True)
    found = _DATE.match(text, start)
    if found is None or found.end() == start:
        return None
    year, month, day, hour, minute, second, hour2, minute2, second2 = [
        int(part) if part else None for part in found.group(*_PARTS)
    ]
    if year is not None:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        if month is None and day is not None:  # 2021年 5日: two things
            day = hour = None
            found = _DATE.match(text, start, found.start("day"))
            if found is None:
                return None
            hour2 = None
    if hour2 is not None:
        hour, minute, second = hour2, minute2, second2
        if (
            year is None
            and month is None
            and day is None
            and not Parts(hour=hour, minute=minute, second=second).exists
        ):
            return None  # 100:30
    if month is not None and month > 12 and year is None and day is None:
        return None
    if day is not None and month is None and year is None and day > 31:
        return None
    if hour is not None:
        hour = hour_of(found["part"], hour)
        if found["half"]:
            minute = 30
    parts = Parts(year, month, day, hour, minute, second)
    end = found.end()
    while text[end - 1] in _SPACES:
        end -= 1
    return Point(end, None, None, None, Bound.EXACT, parts, is_date=True)


def _read_chinese_date(text: str, start: int) -> Point | None:
    at = start + 1
    stop = len(text)
    while at < stop and text[at] in _DATE_NUMERALS:
        at += 1
    if at == stop or text[at] not in _CHINESE_DATE_SIGNS:
        return None
    year = _CHINESE_YEAR.match(text, start)
    if year and len(year.group()) == 2 and not text.startswith("年", year.end()):
        year = None
    era = _ERA.match(text, start)
    if era:
        return Point(era.end(), None, None, None, Bound.EXACT, None, None, iso=None, is_date=True)
    century = _CENTURY.match(text, start)
    if century and not text.startswith("个", century.end() - 2):
        number = read_chinese(century["number"])
        if number is not None and number.value > 1:
            iso = f"{int(number.value) - 1:02d}"
            return Point(century.end(), None, None, None, Bound.EXACT, iso=iso, is_date=True)
    found = _CHINESE_DATE.match(text, start)
    if found is None or found.end() == start:
        found = (
            _CHINESE_CLOCK.match(text, start) if text[start - 2 : start] in _PARTS_OF_DAY else None
        )
    if found is None:
        return None
    groups = found.groupdict()
    if not any(groups[name] for name in ("year", "month", "day", "hour")):
        return None
    numbers: dict[str, int | None] = {}
    for name in ("year", "month", "day", "hour", "minute"):
        written = groups[name]
        if not written:
            numbers[name] = None
            continue
        if name == "year":
            figures = read_figures(written)
            numbers[name] = int(figures) if figures else None
            continue
        number = read_chinese(written.removeprefix("零").replace("元", "一"))
        if number is None:
            return None
        numbers[name] = int(number.value)
    if numbers["year"] is not None and not FIRST_YEAR <= numbers["year"] <= LAST_YEAR:
        return None
    hour = numbers["hour"]
    if hour is not None:
        hour = hour_of(groups["part"], hour)
    minute = 30 if groups.get("half") else numbers["minute"]
    parts = Parts(numbers["year"], numbers["month"], numbers["day"], hour, minute)
    if groups["day"] and not groups["month"] and groups["year"]:
        return None
    end = found.end()
    while text[end - 1] in _SPACES:
        end -= 1
    return Point(end, None, None, None, Bound.EXACT, parts, is_date=True)
