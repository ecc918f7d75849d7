"""Family Q, marks and spaces among the digits of one number.

Recognition sets a space beside the point or the thousands comma of a number, or reads the mark at
full width. But digits with a mark between them are as often a list, a label, a ratio, or the end of
one sentence and the number that opens the next. So a number is put together only where it reads as
one with its unit, and no label stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textclean.engine.rule import Proposal, View, rule
from textclean.engine.triggers import starting_with
from textclean.quantities.shapes import DAY_PART, POINTED
from textclean.text.classes import COMMON_HAN_CLASS
from textclean.text.edit import Tier
from textclean.text.patterns import pattern

# What is called by a number: 第1，200人次 and 图3. 5个 are two numbers.
_LABEL = "第表图附件号条章节款项题例卷期版课步骤页层楼室组队栋幢座线届级类"
_BEGINS = f"(?:(?<=[{COMMON_HAN_CLASS}])(?<![{_LABEL}])|(?<=[{COMMON_HAN_CLASS}] )(?<![{_LABEL}] ))"
_FIRST_GROUP = f"{_BEGINS}[1-9][0-9]{{0,2}}"
_SPACES = pattern(" +")
_FOLLOWING = 16


def _has_unit(text: str, end: int, number: str) -> bool:
    """Whether a number reads as one quantity with the unit that stands at `end`."""
    from textclean.quantities.finding import find

    read = find(number + text[end : end + _FOLLOWING])
    return bool(read) and not read[0].start and read[0].end > len(number) and bool(read[0].unit)


def _may_be_list(number: str) -> bool:
    """Whether groups of digits may be numbers of their own: those of a list are of one size."""
    first, *others = number.partition(".")[0].split(",")
    return any(other[0] != "0" and 10 * int(first) > int(other) for other in others)


def _is_round(number: str) -> bool:
    """Whether all groups of digits are round, as the sizes, prices and distances of a list are."""
    return all(int(group) % 50 == 0 for group in number.partition(".")[0].split(","))


def _without_spaces(match: re.Match[str], why: str, confidence: float = 1.0) -> Iterator[Proposal]:
    """The spaces in a match go, all or none."""
    start = match.start()
    for space in _SPACES.finditer(match.group()):
        low, high = space.span()
        yield Proposal(start + low, start + high, "", why, confidence, group=start)


_SPACED_COMMA = starting_with(",", r"(?:(?<=[0-9] ,)|(?<=[0-9],)(?= )) ?[0-9]{3}(?![0-9])")
_SPACED_GROUPS = pattern(
    rf"{_FIRST_GROUP}(?: ?, ?[0-9]{{3}}(?![0-9]))++(?! ?[,，、][0-9 ])(?:\.[0-9]++)?"
)
_GROUPED = pattern(r"(?<![0-9,.])[1-9][0-9]{0,2} ?,[0-9]{3}(?![0-9])")


def _spaced_groups(view: View, *, sure: bool) -> Iterator[Proposal]:
    """The spaces beside thousands commas: of numbers that are surely one, or of the others."""
    text = view.text
    habit = _GROUPED.search(text) is not None
    for match in _SPACED_GROUPS.finditer(text):
        written = match.group()
        number = written.replace(" ", "")
        if number == written or not _has_unit(text, match.end(), number):
            continue
        # Nobody sets a list with its spaces before the commas alone.
        before_only = ", " not in written
        is_list = _may_be_list(number)
        if is_list and not before_only:
            continue
        if sure is (not is_list and (before_only or habit)):
            yield from _without_spaces(match, f"one number: {number}", 1.0 if sure else 0.9)


@rule(
    "Q005",
    Tier.SAFE,
    trigger=_SPACED_COMMA,
    reason="A space beside the comma of thousands in a number with a unit. It goes where it stands "
    "before the comma, or where the text writes another number with such a comma; the groups of a "
    "list (100, 200米) are of one size and stay.",
    reason_zh="带单位的数中，千分位逗号旁的空格。空格在逗号之前，或全文另有千分位写法时删去；并列的数"
    "（100, 200米）大小相近，不动。",
    examples=[
        ("面积2 ,350平方米。", "面积2,350平方米。"),
        ("产值为3 ,400万元，利润为5, 600元。", "产值为3,400万元，利润为5,600元。"),
    ],
    counter_examples=[
        "男子100, 200米冠军",
        "第2 ,350人次",
        "选择1, 200, 300元三档",
        "编号为2 ,350，另有说明",
        "利润为5, 600元。",
    ],
)
def space_at_thousands_comma(view: View) -> Iterator[Proposal]:
    """``2 ,350平方米`` → ``2,350平方米``."""
    return _spaced_groups(view, sure=True)


_SPACED_POINT = pattern(rf"{_BEGINS}[0-9]{{1,9}}(?: \. ?|\. )[0-9]{{1,4}}(?![0-9.])(?={POINTED})")
_STOP_AND_SPACE = pattern(rf"[{COMMON_HAN_CLASS}]\. ")
_SERIES = "0123456789"
# Digits that are all set apart.
_APART = pattern(r"(?<![0-9.,] )(?<![0-9.,])[0-9](?: [0-9]){2,8}(?![0-9.,]| [0-9.,])")
# Two digits of a month or day, all of a year.
_SPLIT_DATE = pattern(
    r"(?<=年)(?:1 [0-2]|0 [1-9])(?= ?月)|(?<=月)(?:[0-2] [0-9]|3 [01])(?= ?日)"
    r"|(?<![0-9第.,-])(?<![0-9第.,-] )(?:1 ?9|2 ?0) ?[0-9] ?[0-9](?= ?年)"
)


@rule(
    "Q006",
    Tier.SUGGESTED,
    trigger=(
        _SPACED_COMMA,
        starting_with(".", r"(?:(?<=[0-9] \.)|(?<=[0-9]\.)(?= )) ?[0-9]"),
        starting_with(" ", "(?<=[0-9] )(?=[0-9])"),
    ),
    reason="A space beside the point or comma of a number with a unit, or among the digits of a "
    "date that has no other reading.",
    reason_zh="带单位的数中小数点、千分位逗号旁的空格，或日期数字之间的空格，且别无他解。",
    examples=[
        ("市里新建农田12. 5万亩，增长率为3 . 8%。", "市里新建农田12.5万亩，增长率为3.8%。"),
        ("会期为2021年1 0月1 5日。", "会期为2021年10月15日。"),
        ("利润为5, 600元。", "利润为5,600元。"),
        ("1 9 9 7 年1 2 月达到7 4 7 7 2 亿元", "1997 年12 月达到74772 亿元"),
    ],
    counter_examples=[
        "1 2 3 班和2 4 6 ，都在",
        "1. 5万亩农田",
        "工作结束. 下面见图2. 5万人参加",
        "工作结束. 参加者共有2. 5万元是经费",
        "会期为2021年1 2月，5月1 2日",
        "男子100, 200米冠军",
        "第20 21年度",
        "版本为2. 3，另有说明",
    ],
)
def space_in_number(view: View) -> Iterator[Proposal]:
    """``12. 5万亩`` → ``12.5万亩``."""
    text = view.text
    yield from _spaced_groups(view, sure=False)
    has_stops = _STOP_AND_SPACE.search(text) is not None
    for match in () if has_stops else _SPACED_POINT.finditer(text):
        number = match.group().replace(" ", "")
        if _has_unit(text, match.end(), number):
            yield from _without_spaces(match, f"one number: {number}", 0.9)
    apart = list(_APART.finditer(text))
    for match in apart:
        number = match.group().replace(" ", "")
        end = match.end() + text.startswith(" ", match.end())
        if number not in _SERIES and _has_unit(text, end, number):
            yield from _without_spaces(match, f"one number: {number}", 0.9)
    for match in _SPLIT_DATE.finditer(text):
        date = match.group().replace(" ", "")
        if " " in match.group() and (apart or date not in _SERIES):  # 1 2月 may be 1、2月
            yield from _without_spaces(match, f"a date: {date}", 0.9)


_WIDE_GROUPS = pattern(
    rf"{_FIRST_GROUP}(?:，[0-9]{{3}}(?![0-9]))++(?! ?[,，、][0-9 ])(?:\.[0-9]++)?"
)
_WIDE_POINT = pattern(
    rf"{_BEGINS}[0-9]++(?:,[0-9]{{3}})*+．[0-9]++(?![．.:：0-9])(?:(?=[，。；、）\r\n]|\Z)|())"
)
_WIDE_STOP = pattern(f"[{COMMON_HAN_CLASS}]．")
_CLOCK = "(?:[01]?[0-9]|2[0-4])[：:][0-5][0-9](?:[：:][0-5][0-9])?(?![0-9：:])"
_SURE_CLOCK = pattern(
    rf"(?:{DAY_PART}|[日晚天晨]|周[一二三四五六日]|时间(?:[:：]|[为是])?+)[ ]?(?={_CLOCK})"
    rf"|(?<![0-9：:]){_CLOCK}(?:[ ]?[-—–~～至到－]{{1,3}}[ ]?{_CLOCK}"
    "|(?:开[始幕播盘]|举[行办]|召开|结束|出发|抵达|起飞|发车|播出|左右))"
)
#: The times of a line that has a sure one; scores and proportions have other words before them.
_ANY_CLOCK = pattern(rf"(?<![0-9比以分胜负])(?<![0-9比分][：:]){_CLOCK}")


@rule(
    "Q007",
    Tier.SUGGESTED,
    trigger=(
        starting_with("．", "[0-9](?<=[0-9]..)"),
        starting_with("，", "[0-9]{3}(?<=[0-9].{4})(?![0-9])"),
        starting_with("：", "[0-5][0-9](?<=[0-9].{3})(?![0-9])"),
    ),
    reason="The point and the comma of a number with a unit and the colon of a time are half-width "
    "(GB/T 15835-2011, GB/T 7408-2005). Lists, labels, ratios and scores are left alone.",
    reason_zh="带单位的数中的小数点、千分位逗号，以及时刻中的冒号为半角（GB/T 15835-2011、"
    "GB/T 7408-2005）；并列的数、编号、比例与比分不动。",
    examples=[
        ("圆周率约为3．14。", "圆周率约为3.14。"),
        ("会议于上午9：30开始。", "会议于上午9:30开始。"),
        ("人均收入达到12，345元。", "人均收入达到12,345元。"),
    ],
    counter_examples=[
        "第1，2，3组",
        "分别为1，2，3",
        "男子100，200米冠军，第1，200人次",
        "比例尺为1：100，比分为3：15",
        "1．5年内完成，见图3．1。",
        "共分3．1．2三级",
        "记为3．下面是证明．若有3．5，则成立．",
        "2020年共有12，100人参加",
    ],
)
def fullwidth_mark_in_number(view: View) -> Iterator[Proposal]:
    """``3．14`` → ``3.14``, ``9：30`` → ``9:30``, ``12，345元`` → ``12,345元``."""
    text = view.text
    groups = [(match, match.group().replace("，", ",")) for match in _WIDE_GROUPS.finditer(text)]
    groups = [(match, number) for match, number in groups if _has_unit(text, match.end(), number)]
    # Where one is a number beyond doubt, so are those of one size that are not round.
    sure = any(not _may_be_list(number) for _, number in groups)
    for match, number in groups:
        if not _may_be_list(number) or (sure and not _is_round(number)):
            yield from _halved(match, "，", ",", f"one number: {number}")
    has_stops = _WIDE_STOP.search(text) is not None
    for match in _WIDE_POINT.finditer(text):
        number = match.group().replace("．", ".")
        if (match.lastindex is None and not has_stops) or _has_unit(text, match.end(), number):
            yield from _halved(match, "．", ".", f"one number: {number}")
    end = 0
    for sure_clock in _SURE_CLOCK.finditer(text):
        if sure_clock.start() < end:
            continue
        low, end = view.line_bounds(sure_clock.start())
        for match in _ANY_CLOCK.finditer(text, low, end):
            yield from _halved(match, "：", ":", "a time")


def _halved(match: re.Match[str], full: str, half: str, why: str) -> Iterator[Proposal]:
    start = match.start()
    for at, char in enumerate(match.group(), start):
        if char == full:
            yield Proposal(at, at + 1, half, why, 0.95, group=start)
