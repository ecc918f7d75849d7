"""One number with all that belongs to it, read at a place: digits, magnitude, unit, date or clock.

A `Scalar` is what stands on either side of a range's mark, or alone.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from textclean.quantities import money_chains, units
from textclean.quantities.dates import FIRST_YEAR, LAST_YEAR, Parts, hour_of
from textclean.quantities.currency_signs import CURRENCY_SIGNS
from textclean.quantities.mixed_numerals import GOES_ON, mixed_end, read_mixed
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
from textclean.quantities.powers_of_ten import FIRST as FIRST_OF_POWER
from textclean.quantities.powers_of_ten import read_power
from textclean.quantities.quantity import Bound
from textclean.quantities.shapes import (
    COLONS,
    DAY_PART,
    DAY_PARTS,
    FINANCIAL,
    MAGNITUDE,
    MORE,
    NUMERAL_RUN,
    NUMERALS,
    SPACE,
    SPACES,
    YEAR_NUMERALS,
    shapes,
)
from textclean.quantities.unit_homographs import begins_a_word
from textclean.quantities.units import Category, Unit
from textclean.text.classes import is_han
from textclean.text.patterns import pattern

SHAPES = shapes()
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
_DECIMALS = pattern(f"(?P<places>{_D}{{1,16}})(?!{_D}|[.．,]{_D})(?P<magnitude>{MAGNITUDE})?")
_FORMAL = pattern(f"{FINANCIAL}|[壹贰貳叁叄肆伍陆陸柒捌玖](?=[元圆圓])")
# What makes a run of numerals go on as a mixed number: 二万5千, 七十八万五佰.
_MIXED_WITH = GOES_ON - frozenset(NUMERALS)
_DATE = pattern(SHAPES.date)
_ISO_DATE = pattern(SHAPES.iso_date)
_SMALL = "(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?|卅一?)"
_MINUTES = "(?:[一二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_CHINESE_DATE = pattern(
    f"(?:(?P<year>[{YEAR_NUMERALS}]{{4}}){_GAP}年(?!代)度?)?"
    f"(?:{_GAP}(?P<month>十[一二]?|[一二三四五六七八九元]){_GAP}月(?![亮球薪嫂子饼])份?)?"
    f"(?:{_GAP}(?P<day>{_SMALL}){_GAP}[日号](?![本元店楼线院常志游]))?"
    f"(?:(?P<part>{DAY_PART})?(?P<hour>{_SMALL})"
    "(?:[时時](?!间|候|代|期|速|段|間)|[点點](?=整|半|钟|鐘|[一二三四五零][十一二三四五六七八九]*[分刻]))"
    f"(?:(?P<minute>零?{_MINUTES})分(?!钟|鐘|之)|(?P<half>半)(?![径夜个小年])|整(?!个))?)?"
)
# 晚上七点: what stands before says that 点 is no decimal point and no dot.
_CHINESE_CLOCK = pattern(
    f"(?P<hour>{_SMALL})[点點](?:(?P<minute>零?{_MINUTES})分?|(?P<half>半))?(?P<year>)(?P<month>)(?P<day>)(?P<part>)"
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
_MEASURED_NOUN = pattern(
    f"[个個](?:(?P<many>多)|(?P<half>半))?(?P<noun>{_MEASURED_NOUNS}|小時|鐘頭|週|百分點|世紀|學期)"
)
#: What stands behind 个 where it is part of another unit or of 个多, 个半.
AFTER_PIECE = frozenset(noun[0] for noun in _MEASURED_NOUNS.split("|")) | {"多", "半"}
# 一年半, 两公里半; not 3米半径, 三天半夜, 3吨半挂车.
_HALF_BEHIND = pattern(
    "半(?![径导个自球决身数夜途山路程马挂年月日信衰公生成价边坡空场辈多透封固干湿熟露潜坐躺蹲圆开闭失岛裸脱硬软])"
)
# Units of ratios that are halved, besides those that measure; nights and days of a month are not.
_HALVED = frozenset("倍成折")
_NOT_HALVED = frozenset(("晚", "晨", "日", "月", "半天", "上午", "下午"))
_PIECE = frozenset("个個")
_DIVIDED = frozenset("成折")
# 六成五, 6成5的: tenths of a tenth.
_TENTH_BEHIND = pattern(
    f"(?P<tenth>[{SHAPES.digits}一二三四五六七八九])"
    rf"(?=\Z|[\s，。、；：！？）)”’~～—至到-]|[的了左以]|[多余](?![{NUMERALS}]))"
)
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
    digits, many, magnitude, more = match.groups()
    if "，" in digits and start and text[start - 1] in CURRENCY_SIGNS:
        unit = units.match(text, match.end())
        if unit is not None and unit.unit.category is Category.CURRENCY:
            # $20，300美元: the comma of a sentence, for the second sum has a unit of its own.
            first = digits.partition("，")[0]
            return _exactly(text, start + len(first), read_digits(first))
    coefficient = number = read_digits(digits)
    if number is None or coefficient is None:
        return None
    end, power = match.end(), 0
    following = text[match.end("number") : match.end("number") + 1]
    if following in FIRST_OF_POWER or following == " ":
        raised = read_power(text, start, match.end("number"), number)
        if raised is not None:
            return _exactly(text, raised[1], raised[0])
    if "．" in digits and not magnitude and text[start - 1 : start] in ("", "\n"):
        unit = units.match(text, end)
        if unit is not None and unit.unit.category is Category.COUNTER:
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
            behind = _MORE.match(text, end)
            if behind is not None:
                more, end = behind.group(), behind.end()
    bound = Bound.MORE if many or more else Bound.EXACT
    return _with_unit(text, end, number, coefficient, power, bound, digits=True)


def _exactly(text: str, end: int, number: Number | None) -> Scalar | None:
    """A number that ends at `end` and has neither magnitude nor bound, with its unit."""
    if number is None:
        return None
    return _with_unit(text, end, number, number, 0, Bound.EXACT, digits=True)


def read_leading_point(text: str, start: int) -> Scalar | None:
    """The number whose decimal point stands before `start`, with its unit: .5, .75亿元."""
    match = _DECIMALS.match(text, start)
    if match is None:
        return None
    places = to_half_width(match["places"])
    coefficient = Number(Decimal(f"0.{places}"), -len(places))
    power = power_of(match["magnitude"] or "")
    number = scale(coefficient, power)
    return _with_unit(text, match.end(), number, coefficient, power, Bound.EXACT, digits=True)


def read_chinese_scalar(text: str, start: int) -> Scalar | None:
    """The date or number that begins with a Chinese numeral at `start`, or None."""
    return _read_chinese_date(text, start) or read_chinese_number(text, start)


def read_chinese_number(text: str, start: int) -> Scalar | None:
    """The number that begins with a Chinese numeral at `start`, with its unit."""
    match = _CHINESE.match(text, start)
    if match is None:
        return None
    numerals, few, few_power, many, magnitude, more = match.groups()
    end = match.end()
    if text[end : end + 1] in _MIXED_WITH and (stop := mixed_end(text, start)):
        several = read_mixed(text[start:stop])
        if several is not None:
            return _with_unit(text, stop, several, several, 0, Bound.EXACT, digits=False)
    coefficient = read_pointed(numerals)
    if coefficient is None:
        if text[end : end + 1] == "折" and not few and (tenths := _discount(numerals)):
            return _with_unit(text, end, tenths, tenths, 0, Bound.EXACT, digits=False)
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
    return _with_unit(text, end, number, coefficient, power, bound, digits=False)


def read_formal_number(text: str, start: int) -> Scalar | None:
    """The number in the forms of cheques that begins at `start`, with its unit: 贰万3千元, 伍元."""
    stop = mixed_end(text, start)
    number = read_mixed(text[start:stop]) if stop else None
    if stop is None or number is None:
        match = _FORMAL.match(text, start)
        number = read_chinese(match.group()) if match else None
        if match is None or number is None:
            return None
        stop = match.end()
    return _with_unit(text, stop, number, number, 0, Bound.EXACT, digits=False)


def _discount(numerals: str) -> Number | None:
    """八五 in 八五折: 8.5. 七八折 is about seven or eight."""
    figures = read_figures(numerals)
    if figures is None or len(figures) != 2 or "0" in figures:
        return None
    if int(figures[1]) - int(figures[0]) == 1:
        return None
    return Number(Decimal(figures) / 10, -1)


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
    if following in _PIECE:
        noun = _MEASURED_NOUN.match(text, at)
        if noun is not None:
            inner = units.lookup(noun["noun"])
            name = inner.name if inner else noun["noun"]
            category = inner.category if inner else Category.COUNTER
            if noun["many"]:
                bound = Bound.MORE
            half = noun["half"] is not None and not power and number.precision >= 0
            end = noun.end()
    elif following in money_chains.SIGNS and at == end and bound is Bound.EXACT:
        chain = money_chains.read_chain(text, at, number)
        if chain is not None:
            number, end = chain
            coefficient, name, category = number, "元", Category.CURRENCY
            other = units.match(text, end)  # 9块8毛6新台币
            if other is not None and other.unit.category is Category.CURRENCY:
                name, end = other.unit.name, other.end
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
            if name in _DIVIDED:
                number, end = _divided(text, end, number, name, digits=digits)
            half = (
                bound is Bound.EXACT
                and not power
                and number.precision >= 0
                and _is_halved(text, end, unit)
            )
            end += half
        elif (
            digits
            and not power
            and following
            and following in _PLACES
            and not is_han(text[at + 1 : at + 2])
        ):
            name, category, end = following, Category.COUNTER, at + 1
    if half:
        number = coefficient = add(number, Number(Decimal("0.5"), -1))
    return Scalar(end, number, name, category, bound, None, written, coefficient, power, half=half)


def _is_halved(text: str, end: int, unit: Unit) -> bool:
    """Whether 半 behind a unit that ends at `end` is half of it more (一吨半, 两公里半)."""
    if text[end : end + 1] != "半" or _HALF_BEHIND.match(text, end) is None:
        return False
    if unit.category not in (Category.MEASURE, Category.TIME):
        return unit.name in _HALVED
    return unit.name not in _NOT_HALVED and is_han(text[end - 1])


def _divided(text: str, end: int, number: Number, name: str, *, digits: bool) -> tuple[Number, int]:
    """六成五 is 6.5 成, 85折 8.5 折."""
    if number.precision:
        return number, end
    if name == "成" and 0 < number.value < 10 and (match := _TENTH_BEHIND.match(text, end)):
        tenth = read_digits(match["tenth"]) or read_chinese(match["tenth"])
        if tenth is not None:
            return add(number, Number(tenth.value / 10, -1)), match.end()
    if name == "折" and digits and 10 < number.value < 100:
        number = Number(number.value / 10, -1)
    return number, end


_DATE_SIGNS = frozenset("年月日号时点分-/.－度" + COLONS + SPACES)
_DATE_NUMERALS = frozenset(YEAR_NUMERALS + "十廿卅" + SPACES)
#: Numerals and spaces before the first sign of a date: 二〇二一  年 has six.
_LONGEST_HEAD = 8
_CHINESE_DATE_SIGNS = frozenset("年月日号时点世時點")


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
