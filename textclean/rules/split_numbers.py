"""Numbers with spaces among their digits: which are one number, and which may be two.

Recognition sets digits apart one by one (``7 4 7 7 2 亿元``), tears a number beside its point
(``12. 5万亩``), or anywhere (``2 1个省``). But where there is a space, a mark may be lost as well:
a point (``6 5%``), a dash (``3 5天``), the comma of a list. A number is one only where no mark can
be missing; else nobody knows, and it is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from textclean.engine.triggers import matches, starting_with
from textclean.quantities.shapes import DAY_PART, DAY_PARTS, POINTED
from textclean.text.classes import COMMON_HAN_CLASS
from textclean.text.patterns import pattern

if TYPE_CHECKING:
    from textclean.engine.rule import View
    from textclean.quantities import Quantity

#: What is called by a number: 第1，200人次 and 图3. 5个 are two numbers.
LABEL = "第表图附件号条章节款项题例卷期版课步骤页层楼室组队栋幢座线届级类班"
#: What happens at a time: 9:30开始.
CLOCK_EVENT = "(?:开[始幕播盘]|举[行办]|召开|结束|出发|抵达|起飞|发车|播出|左右)"

#: A space between the characters of a number, of which one is a digit.
GAP = starting_with(" ", "(?<=[0-9.．:：] )(?=[0-9.．:：])(?:(?<=[0-9] )|(?=[0-9]))")
_OF_NUMBERS = frozenset("0123456789 .．:：,，")
#: Characters around such a space that are looked at; no number in use is as long.
_AROUND = 40

_DIGITS = "[0-9]++(?: [0-9]++)*+"
_NUMBER = pattern(
    rf"(?<![0-9A-Za-z.．+/-])(?<![0-9][.．,，、:： ])(?P<whole>{_DIGITS})"
    rf"(?: ?[.．] ?(?P<places>{_DIGITS}))?+(?! ?[.．，、,:：/~～-] ?[0-9])"
)
_BEHIND_HAN = pattern(f"(?:[{COMMON_HAN_CLASS}](?<![{LABEL}])[ （]?|[～~、])\\Z")
_RIGHT_BEHIND_HAN = pattern(f"[{COMMON_HAN_CLASS}]\\Z")
_LABELLED = pattern(f"(?:[{LABEL}]|方[法案]|公式|附录|[定引]理|法则|类型|实验|模式)[ ]?\\Z")
_POINTED = pattern(f"[ ]?{POINTED}")
_STOPS = (
    starting_with(".", rf" (?<=[{COMMON_HAN_CLASS}]..)"),
    starting_with("．", rf"(?<=[{COMMON_HAN_CLASS}].)"),
)
#: 138 000: digits in threes, as the standards allow.
_IN_THREES = pattern("[0-9]{1,3}(?: [0-9]{3})+")
#: There is no 0th.
_TENTH = pattern("第[1-9] 0(?![0-9])")
#: Three digits and more, each apart.
_APART = pattern(r"(?<![0-9.．,] )(?<![0-9.．,])[0-9](?: [0-9]){2,8}(?![0-9]| [0-9])")
_TIGHT = pattern("[0-9]{2}")
#: So many of them are how the text was recognised.
_HABIT = 2
_FOLLOWING = 16
#: Spaces in 1 2 . 5, which no list has.
_SPACES_OF_POINTED = 3
_SERIES = "0123456789"

_BEHIND_DAY_PART = "(?:{})".format("|".join(f"(?<={part})" for part in sorted(DAY_PARTS)))
# Two digits of a month, day or hour, all of a year, where the second alone is none (0月), or
# what stands before says what they are.
_DATE = pattern(
    r"(?:(?<=年)|(?<=年 ))(?:1 [0-2]|0 [1-9])(?= ?月)"
    r"|(?:(?<=月)|(?<=月 ))(?:[0-2] [0-9]|3 [01])(?= ?[日号])"
    r"|(?<![0-9第.,-])(?<![0-9第.,-] )(?:1 ?9|2 ?0) ?[0-9] ?[0-9](?= ?年)"
    r"|(?<![0-9A-Za-z.,:：/第-])(?<![0-9.,:：/第-] )"
    r"(?:1 0(?= ?月)|[123] 0(?= ?日(?![元本圆]))|[1-9] 0(?=年代)"
    rf"|(?:[12] [0-9]|3 [01])(?=日(?:{DAY_PART}|[晚夜])))"
    rf"|{_BEHIND_DAY_PART}1 [0-2](?= ?(?:时|点[0-9整半钟]|[:：][0-5]))"
    r"|(?<=[日号])(?:[01] [0-9]|2 [0-4])(?= ?时(?![间期代]))"
)
_HOUR_AND_MINUTE = "(?:[01] ?[0-9]|2 ?[0-4]|[0-9]) ?[:：] ?[0-5][0-9](?![0-9:：])"
_CLOCK = pattern(
    rf"{_BEHIND_DAY_PART}{_HOUR_AND_MINUTE}"
    rf"|(?<![0-9:：] )(?<![0-9:：.]){_HOUR_AND_MINUTE}(?={CLOCK_EVENT})"
)


class SplitNumber(NamedTuple):
    """A number or date with spaces inside: ``text[start:end]``."""

    start: int
    end: int
    #: Without its spaces.
    number: str
    #: How sure it is that it is one; 0 where it may be two.
    confidence: float


def split_numbers(view: View) -> list[SplitNumber]:
    """Every number and date of a text with spaces among its digits, in order and disjoint."""
    text = view.text
    windows = list(_windows(text))
    apart = [match for window in windows for match in _APART.finditer(text, *window)]
    habit = sum(not _ascends(match.group()) for match in apart) >= _HABIT
    splits: dict[int, SplitNumber] = {}
    for window in windows:
        for expression in (_DATE, _CLOCK):
            for match in expression.finditer(text, *window):
                if " " in match.group():
                    splits[match.start()] = _date(match, habit=habit)
        for match in _NUMBER.finditer(text, *window):
            if " " in match.group() and match.start() not in splits:
                split = _number(view, match, habit=habit)
                if split is not None:
                    splits[match.start()] = split
    return sorted(splits.values())


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Where such a number may stand: all that is around the spaces between its characters."""
    low = high = 0
    for gap in matches((GAP,), text):
        start = gap.start()
        if start < high - _AROUND:
            high = start + 2 * _AROUND
            continue
        if high:
            yield low, high
        low = start
        while low > max(high, start - _AROUND) and text[low - 1] in _OF_NUMBERS:
            low -= 1
        high = start + 2 * _AROUND
    if high:
        yield low, high


def read_with_unit(text: str, end: int, number: str) -> Quantity | None:
    """A number as one quantity with the unit or magnitude that stands at `end`, or as a date."""
    from textclean.quantities.finding import find

    for quantity in find(number + text[end : end + _FOLLOWING]):
        if quantity.start or quantity.end <= len(number):
            return None
        power = quantity.precision
        has_magnitude = isinstance(power, int) and power > 0
        return quantity if quantity.unit or has_magnitude or _is_date(quantity) else None
    return None


def _is_date(quantity: Quantity) -> bool:
    return quantity.kind in ("date", "time")


def _date(match: re.Match[str], *, habit: bool) -> SplitNumber:
    date = match.group().replace(" ", "")
    may_be_two = date in _SERIES and not habit  # 1 2月 may be 1、2月
    return SplitNumber(*match.span(), date, 0 if may_be_two else 0.9)


def _number(view: View, match: re.Match[str], *, habit: bool) -> SplitNumber | None:
    """The number of a match, where a unit stands behind it."""
    text = view.text
    start, end = match.span()
    written, whole, places = match.group(0, "whole", "places")
    number = written.replace(" ", "").replace("．", ".")
    quantity = read_with_unit(text, end, number)
    if quantity is None:
        return None
    low = max(0, start - 3)
    if " " not in whole + (places or ""):  # 12. 5万亩, 3 . 8%
        is_one = _BEHIND_HAN.search(text, low, start) and _POINTED.match(text, end)
        if is_one and not _is_date(quantity) and not view.once(_has_stops):
            return SplitNumber(start, end, number, 0.9)
        return None
    is_labelled = _LABELLED.search(text, low, start) is not None
    if not is_labelled and not _is_date(quantity):
        if _is_set_apart(written, habit=habit):
            return SplitNumber(start, end, number, 0.9)
        if _RIGHT_BEHIND_HAN.search(text, low, start) and _lacks_nothing(written, quantity):
            return SplitNumber(start, end, number, 0.8)
    if start and _TENTH.match(text, start - 1) and _is_counter(quantity):
        return SplitNumber(start, end, number, 0.8)
    if _RIGHT_BEHIND_HAN.search(text, low, start) and not _IN_THREES.fullmatch(whole):
        return SplitNumber(start, end, number, 0)
    return None


def _has_stops(view: View) -> bool:
    """Whether a typist's stops divide sentences, behind which a number begins one."""
    return any(True for _ in matches(_STOPS, view.text))


def _is_set_apart(written: str, *, habit: bool) -> bool:
    """Whether every digit of a number stands apart: 7 4 7 7 2, 1 5 ．3; of two only by habit."""
    if _TIGHT.search(written):
        return False
    spaces = written.count(" ")
    is_list = _ascends(written) and (
        "." not in written.replace("．", ".") or spaces < _SPACES_OF_POINTED
    )
    return habit or (spaces > 1 and not is_list)


def _lacks_nothing(written: str, quantity: Quantity) -> bool:
    """Whether no mark can be missing at the one space of a number.

    A range and most lists ascend, but their ends have each a sign of per cent (GB/T 15835-2011,
    4.5); a count has no point, and a number has but one.
    """
    first, _, second = written.partition(" ")
    whole, point, _ = second.partition(".")
    if not (first.isdecimal() and whole.isdecimal() and "．" not in second) or len(whole) > 2:
        return False
    is_percentage = bool(point) and quantity.unit in ("%", "‰")
    if not (whole[0] == "0" < whole or is_percentage) and int(first) < int(whole):
        return False
    return bool(point) or (_is_counter(quantity) and quantity.precision == 0)


def _is_counter(quantity: Quantity) -> bool:
    from textclean.quantities.units import Category, named

    unit = named(quantity.unit or "")
    return unit is not None and unit.category is Category.COUNTER


def _ascends(written: str) -> bool:
    """Whether the digits ascend, as numbers of a list do: 1 2 3, 1 3 5."""
    digits = [char for char in written if char.isdecimal()]
    return all(one < other for one, other in pairwise(digits))
