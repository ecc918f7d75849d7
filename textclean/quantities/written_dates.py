"""Dates, clock times, decades and centuries as they are written, in digits and numerals."""

from __future__ import annotations

from textclean.quantities.dates import FIRST_YEAR, LAST_YEAR, Parts, hour_of
from textclean.quantities.numerals import read_chinese, read_figures, to_half_width
from textclean.quantities.scalar import SHAPES, Scalar
from textclean.quantities.shapes import COLONS, DAY_PART, DAY_PARTS, SPACE, SPACES, YEAR_NUMERALS
from textclean.text.patterns import pattern

_GAP = f"{SPACE}{{0,2}}"
_D = f"[{SHAPES.digits}]"
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
# 八点一刻.
_QUARTER = pattern("(?<=[点點])[ ]?(?P<quarters>[一三13])刻(?![不意])")
_QUARTERS = {"一": 15, "1": 15, "三": 45, "3": 45}
_ERA = pattern(
    f"(?P<year>{_D}{{4}}|{_D}{{2}}|[一二三四五六七八九]十){_GAP}年代(?![表替理办为购课])"
)
_CENTURY = pattern(f"(?P<number>{_D}{{1,2}}|[一二三四五六七八九十]{{1,3}}){_GAP}世纪")
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


def read_date(text: str, start: int) -> Scalar | None:
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
        if minute is None and (quarter := _QUARTER.match(text, match.end())):
            minute = _QUARTERS[quarter["quarters"]]
            return Scalar(quarter.end(), parts=Parts(year, month, day, hour, minute), is_date=True)
    parts = Parts(year, month, day, hour, minute, second)
    return Scalar(start + len(match.group().rstrip(SPACES)), parts=parts, is_date=True)


def read_chinese_date(text: str, start: int) -> Scalar | None:
    """A date, clock time, decade or century in numerals at `start`, or None."""
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
        if minute is None and (quarter := _QUARTER.match(text, match.end())):
            minute = _QUARTERS[quarter["quarters"]]
            return Scalar(quarter.end(), parts=Parts(year, month, day, hour, minute), is_date=True)
    parts = Parts(year, month, day, hour, 30 if groups["half"] else minute)
    return Scalar(start + len(match.group().rstrip(SPACES)), parts=parts, is_date=True)
