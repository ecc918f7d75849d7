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
from textclean.engine.triggers import matches, starting_with
from textclean.quantities.shapes import DAY_PART
from textclean.rules.split_numbers import CLOCK_EVENT, GAP, LABEL, read_with_unit, split_numbers
from textclean.text.classes import COMMON_HAN_CLASS
from textclean.text.edit import Tier
from textclean.text.patterns import pattern

_BEGINS = f"(?:(?<=[{COMMON_HAN_CLASS}])(?<![{LABEL}])|(?<=[{COMMON_HAN_CLASS}] )(?<![{LABEL}] ))"
_SPACES = pattern(" +")


def _has_unit(text: str, end: int, number: str) -> bool:
    """Whether a number reads as one quantity with the unit that stands at `end`."""
    quantity = read_with_unit(text, end, number)
    return quantity is not None and quantity.unit is not None


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
    rf"(?:{_BEGINS}|(?<![^\r\n：（“]))[1-9][0-9]{{0,2}}"
    r"(?: ?, ?[0-9]{3}(?![0-9]))++(?! ?[,，、][0-9 ])(?: ?\.[0-9]++)?"
)
_REACH = 40  # no number is as long
_GROUPED = pattern(r"(?<![0-9,.])[1-9][0-9]{0,2} ?,[0-9]{3}(?![0-9])")


def _groups_of_thousands(text: str) -> Iterator[re.Match[str]]:
    """Every number with a space beside a comma of its thousands."""
    end = 0
    for comma in matches((_SPACED_COMMA,), text):
        at = comma.start()
        if at < end:
            continue
        for match in _SPACED_GROUPS.finditer(text, max(end, at - _REACH), at + _REACH):
            if match.start() < at < match.end():
                end = match.end()
                yield match
                break


def _groups_thousands(view: View) -> bool:
    """Whether another number of the text has a comma of thousands."""
    return _GROUPED.search(view.text) is not None


def _spaced_groups(view: View, *, sure: bool) -> Iterator[Proposal]:
    """The spaces beside thousands commas: of numbers that are surely one, or of the others."""
    text = view.text
    for match in _groups_of_thousands(text):
        written = match.group()
        number = written.replace(" ", "")
        if number == written or not _has_unit(text, match.end(), number):
            continue
        # Nobody sets a list with its spaces before the commas alone.
        before_only = ", " not in written
        is_list = _may_be_list(number)
        if is_list and not before_only:
            continue
        if sure is (not is_list and (before_only or view.once(_groups_thousands))):
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


@rule(
    "Q006",
    Tier.SUGGESTED,
    trigger=(
        _SPACED_COMMA,
        GAP,
    ),
    reason="A space beside the point or comma of a number with a unit, or among the digits of a "
    "number, date or time that has no other reading: no point, dash or comma can be lost there.",
    reason_zh="带单位的数中小数点、千分位逗号旁的空格，或数、日期、时刻的数字之间的空格，且别无他解："
    "其间不会缺小数点、连接号、逗号。",
    examples=[
        ("市里新建农田12. 5万亩，增长率为3 . 8%。", "市里新建农田12.5万亩，增长率为3.8%。"),
        ("会期为2021年1 0月1 5日。", "会期为2021年10月15日。"),
        ("利润为5, 600元。", "利润为5,600元。"),
        ("1 9 9 7 年1 2 月达到7 4 7 7 2 亿元", "1997 年12 月达到74772 亿元"),
        ("工业年均增长1 5 ．3%，上午9: 30公布。", "工业年均增长15．3%，上午9:30公布。"),
        ("市里派人分赴2 1个县", "市里派人分赴21个县"),
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
        "占全部支出的6 5%，疗程为3 5天",
    ],
)
def space_in_number(view: View) -> Iterator[Proposal]:
    """``12. 5万亩`` → ``12.5万亩``."""
    text = view.text
    yield from _spaced_groups(view, sure=False)
    for split in view.once(split_numbers):
        if split.confidence:
            why = f"one number: {split.number}"
            for space in _SPACES.finditer(text, split.start, split.end):
                yield Proposal(*space.span(), "", why, split.confidence, group=split.start)


@rule(
    "Q009",
    Tier.REPORT,
    trigger=GAP,
    reason="A space divides the digits of a number in running Chinese, and a mark may be lost "
    "there: it may be one number or two.",
    reason_zh="行文中数字之间有空格，或缺一小数点、连接号、顿号：是一数还是两数，不能断定。",
    examples=[
        ("第3 5个名额已经用完。", "3 5"),
        ("占全部支出的6 5%。", "6 5"),
        ("疗程一般为3 5天。", "3 5"),
        ("会期为5月1 2日。", "1 2"),
    ],
    counter_examples=[
        "价格138 000元，转发11 000次",
        "市里派人分赴2 1个省",
        "甲 12 35 乙",
        "第3 组得5 分",
    ],
)
def divided_number(view: View) -> Iterator[Proposal]:
    """``6 5%``: 65% or 6.5%."""
    for split in view.once(split_numbers):
        if not split.confidence:
            why = f"{split.number}, or a mark is lost at the space"
            yield Proposal(split.start, split.end, view.text[split.start : split.end], why)


#: The next number of several: 1．5%、2．5%.
_NEXT = f"(?:{_BEGINS}|(?<=[%％‰{COMMON_HAN_CLASS}][、～~]))"
_WIDE_GROUPS = pattern(
    rf"{_NEXT}[1-9][0-9]{{0,2}}(?:，[0-9]{{3}}(?![0-9]))++(?! ?[,，、][0-9 ])(?:\.[0-9]++)?"
)
_WIDE_POINT = pattern(
    rf"{_NEXT}[0-9]++(?:,[0-9]{{3}})*+．[0-9]++(?![．.:：0-9])(?:(?=[，。；、）\r\n]|\Z)|())"
)
_WIDE_STOP = pattern(f"[{COMMON_HAN_CLASS}]．")
_CLOCK = "(?:[01]?[0-9]|2[0-4])[：:][0-5][0-9](?:[：:][0-5][0-9])?(?![0-9：:])"
_SURE_CLOCK = pattern(
    rf"(?:{DAY_PART}|[日晚天晨]|周[一二三四五六日]|时间(?:[:：]|[为是])?+)[ ]?(?={_CLOCK})"
    rf"|(?<![0-9：:])(?<![0-9] ){_CLOCK}(?:[ ]?[-—–~～至到－]{{1,3}}[ ]?{_CLOCK}"
    rf"|{CLOCK_EVENT})"
)
#: The times of a line that has a sure one; scores and proportions have other words before them.
_ANY_CLOCK = pattern(rf"(?<![0-9比以分胜负])(?<![0-9] )(?<![0-9比分][：:]){_CLOCK}")


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
