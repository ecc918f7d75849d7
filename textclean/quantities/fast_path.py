"""The forms that most numbers have, read in one step: 15个, 3.5万人, 80%, 2021年7月30日.

What is read here is read as `finding` reads it by its grammar, some five times as fast; wherever
anything stands beside it that might make it something else, it is left to the grammar.
"""

from __future__ import annotations

from functools import lru_cache

from textclean.quantities import units
from textclean.quantities.bounds import FIRST_WORDS, LAST_WORDS
from textclean.quantities.bounds import before as bound_before
from textclean.quantities.dates import FIRST_YEAR, LAST_YEAR, Parts
from textclean.quantities.idioms import covering, heads
from textclean.quantities.numerals import Number, power_of, read_digits, scale
from textclean.quantities.quantity import Bound, Kind, Quantity
from textclean.quantities.shapes import RANGE_MARKS
from textclean.quantities.units import Category
from textclean.text.patterns import pattern

_SPACES = " \u3000\u00a0"
# Neither a letter, a digit nor a sign: Chinese characters but 第, and marks that end nothing.
_BEFORE = pattern("[\u4e00-\u7b2b\u7b2d-\u9fff，。、；：（“”《》！？\n]")
_NUMBER = pattern(
    r"([0-9]{1,12}+(?:\.[0-9]{1,8}+)?)([万亿]?)([余多]?)(?=[%\u4e00-\u9fff])"
    # Dates, magnitudes, bounds, proportions and the words of hotlines; four digits make a year.
    "(?![月日号时点分度千百十万亿余多来几比至到半于急报火热专客服政]|(?<=[0-9]{4})年|年代)"
)
# 3万隆, 5亿科: towns and names, not magnitudes.
_AFTER_MAGNITUDE = frozenset("一隆松科里州盛")
# 个 before what is counted by a unit of its own (个月, 个百分点), or is more (个多).
_AFTER_PIECE = frozenset("小钟星礼月季周批轮疗世学工交百基年昼财回潜多半")
# Characters that name units only by abbreviation.
_RARE = frozenset("希勒坎牛欧安焦帕赫卡瓦伏贝库")
_BEHIND = frozenset(RANGE_MARKS + _SPACES + "半") | FIRST_WORDS
_PARTS = {"%": Kind.PERCENT, "‰": Kind.PERCENT, "‱": Kind.PERCENT}
_KINDS = {
    Category.TIME: Kind.DURATION,
    Category.CURRENCY: Kind.MONEY,
}
_DATE = pattern(
    "(?:([0-9]{4})年)?(?:([0-9]{1,2})月)?(?:([0-9]{1,2})[日号])?"
    # What follows may be more of a date, a range, or make another word or a span of it.
    "(?<=[年月日号])(?![0-9０-９零〇一二三四五六七八九十元半年月日号时点分份度代轻级产薪均上下凌清早中午傍晚夜深"
    f"以之内的期楼院线店令码房馆机床台厅本{RANGE_MARKS.replace('-', '')}{_SPACES}-])"
)
# Before the day of a month, what may make it a number of days.
_BEFORE_DAYS = frozenset("起满于过足长前少期时达行的后")


def read_frequent(text: str, at: int, floor: int) -> Quantity | None:
    """The quantity or date that begins with the digit at `at`, if it has one of these forms.

    Args:
        text: any text.
        at: the offset of its first digit.
        floor: nothing before this offset may be taken.
    """
    before = text[at - 1] if at > floor else ""
    if before and not _BEFORE.match(before):
        return None
    found = _NUMBER.match(text, at)
    if found is None:
        return _date(text, at, before)
    end = found.end()
    matched = units.match(text, end)
    if matched is None or matched.damaged:
        return None
    sign = text[end]
    digits, magnitude, more = found.groups()
    unit, stop, _ = matched
    behind = text[stop : stop + 1]
    if (
        behind in _BEHIND
        or sign in _RARE
        or (sign == "个" and text[end + 1 : end + 2] in _AFTER_PIECE)
        or (magnitude and sign in _AFTER_MAGNITUDE)
    ):
        return None
    if text[at : at + 2] in heads():
        word = covering(text, at)
        if word is not None and word.start == at:
            return None  # 90后
    number = _valued(digits, magnitude)
    if number is None:
        return None
    start, bound = at, Bound.MORE if more else Bound.EXACT
    category = unit.category
    if before in LAST_WORDS:
        limit = bound_before(text, at, floor, category)
        if limit is not None:
            start = limit[0]
            bound = bound if more else limit[1]
    if bound is Bound.EXACT:
        kind = _PARTS.get(unit.name) or _KINDS.get(category, Kind.QUANTITY)
    else:
        kind = Kind.APPROX
    part = text[start:stop]
    return Quantity(start, stop, part, kind, number.value, unit.name, bound, part, number.precision)


@lru_cache(maxsize=4096)
def _valued(digits: str, magnitude: str) -> Number | None:
    number = read_digits(digits)
    return scale(number, power_of(magnitude)) if number and magnitude else number


def _date(text: str, at: int, before: str) -> Quantity | None:
    found = _DATE.match(text, at)
    if found is None:
        return None
    year, month, day = found.groups()
    if year is None and month is None and before in _BEFORE_DAYS:
        return None
    value = _dated(year, month, day)
    if value is None:
        return None
    part = found.group()
    return Quantity(at, found.end(), part, Kind.DATE, value, None, Bound.EXACT, part)


@lru_cache(maxsize=4096)
def _dated(year: str | None, month: str | None, day: str | None) -> str | None:
    """A date's value; None where there is no such date, or year and day without a month."""
    parts = Parts(*(int(part) if part else None for part in (year, month, day)))
    if (parts.year is not None and not FIRST_YEAR <= parts.year <= LAST_YEAR) or (
        year and day and not month
    ):
        return None
    return parts.iso() if parts.exists else None
