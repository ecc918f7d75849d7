"""Family Q, signs between numbers that recognition took for a character: 一 for a dash, X for ×.

Clean prose has no 一 between two digits: in 25 million characters of news, laws, reports and
technical prose there is none but in 二0一0年. So a dash stood there, and the only question is
which: the hyphen of a label, a date or a code, or the dash of a range or a standard. Where that
cannot be told, or it may have been a minus, nothing is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from textclean.engine.rule import Proposal, View, rule
from textclean.engine.triggers import matches, starting_with, starting_with_any
from textclean.text.classes import COMMON_HAN_CLASS
from textclean.text.edit import Tier
from textclean.text.kinds.document import Register
from textclean.text.patterns import pattern

_NUMERAL = "〇零一二三四五六七八九十百"
_N = "[0-9]{1,6}(?:[.．][0-9]{1,4})?"
_UNIT = rf"[%％‰℃]|°C?|[A-Za-zμ]{{1,3}}|[万亿]?(?!{'|'.join(_NUMERAL)})[{COMMON_HAN_CLASS}]|[万亿]"
_BEGINS = f"(?<![0-9A-Za-z.．{_NUMERAL}=＝+＋×-])(?<![0-9][:：])"
_ENDS = f"(?![0-9{_NUMERAL}=＝×]|[.．:：-][0-9])"
_CLOCK = "(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9]"
_YEAR = "(?:19|20)[0-9]{2}"

_TELEPHONE = rf"{_BEGINS}0[0-9]{{2,3}}一[1-9][0-9]{{6,7}}{_ENDS}"
_DATE = rf"{_BEGINS}{_YEAR}[一-](?:0?[1-9]|1[0-2])[一-](?:0[1-9]|[12][0-9]|3[01]|[1-9]){_ENDS}"
_CODE = rf"{_BEGINS}(?:[0-9]+[一-]){{2,}}[0-9]+(?:[一-][Xx])?{_ENDS}"
_LABEL = rf"(?<=[图表式])[ ]?[0-9]{{1,2}}一[0-9]{{1,2}}{_ENDS}(?![%％℃个万元年月])"
_STANDARD = (
    r"(?<![A-Za-z])[A-Z]{2,4}[0-9]{0,2}(?:/[A-Z]{1,3})? ?[0-9]{2,5}(?:\.[0-9]{1,2})?"
    rf"一(?:{_YEAR}|[0-9]{{2}}){_ENDS}"
)
_YEARS = rf"{_BEGINS}{_YEAR}年?一{_YEAR}{_ENDS}"
_CLOCKS = rf"(?<![0-9:：]){_CLOCK}一{_CLOCK}(?![0-9:：])"
_RANGE = rf"{_BEGINS}(?P<low>{_N})(?P<unit>[ ]?(?:{_UNIT}))?+一(?P<high>{_N}){_ENDS}"
_HYPHENS = pattern("|".join((_TELEPHONE, _DATE, _CODE, _LABEL)))
_DASHES = pattern("|".join((_STANDARD, _YEARS, _CLOCKS)))
_RANGES = pattern(_RANGE)
_NO_QUANTITY = pattern("[A-Za-z]")
_REACH = 32
_TILDES = pattern("[0-9%℃][～~][0-9]")
_EM_DASHES = pattern("[0-9%℃]—[0-9]")

_MISREAD_DASH = starting_with("一", rf"[0-9](?<![{_NUMERAL}].{{2}})")


@rule(
    "Q008",
    Tier.SUGGESTED,
    trigger=_MISREAD_DASH,
    reason="The numeral 一 between digits is a misread dash: that of a telephone number, a date, a "
    "standard, two years or the two ends of a range. A minus may look so, too, and stays.",
    reason_zh="数字之间的“一”是误识的连接号，见于电话号码、日期、标准号、起止年份和数值范围；"
    "可能是减号的不动。",
    examples=[
        ("电话：0571一88888888", "电话：0571-88888888"),
        ("手机138一1234一5678", "手机138-1234-5678"),
        ("2014一2016年增长18%", "2014—2016年增长18%"),
        ("按GB/T 7714一1987执行", "按GB/T 7714—1987执行"),
        ("贮存温度为34℃一39℃", "贮存温度为34℃—39℃"),
        ("疗程10一15天，见图2一1", "疗程10—15天，见图2-1"),
        ("1995一12一13批准", "1995-12-13批准"),
        ("重3～5千克，长10一20厘米", "重3～5千克，长10～20厘米"),
    ],
    counter_examples=[
        "二〇一一年，二0一0年",
        "共2014一次",
        "疗程3一5天",
        "48一12=36",
        "从30一5中减去",
        "总计302 一125.03",
    ],
)
def numeral_for_dash(view: View) -> Iterator[Proposal]:
    """``0571一88888888`` → ``0571-88888888``, ``34℃一39℃`` → ``34℃—39℃``."""
    text = view.text
    done = -1
    for sign in matches((_MISREAD_DASH,), text):
        at = sign.start()
        if at <= done:
            continue
        low, high = view.line_bounds(at)
        low, high = max(low, at - _REACH), min(high, at + _REACH)
        for kind, dash, why in (
            (_HYPHENS, "-", "a number, date or label in parts"),
            (_DASHES, "—", "a standard, or two years or times"),
            (_RANGES, "", "the two ends of a range"),
        ):
            match = _around(kind, text, at, low, high)
            if match is None or (not dash and not _is_range(match, text)):
                continue
            mark = dash or view.once(_range_sign)
            done = match.end() - 1
            for place, char in enumerate(match.group(), match.start()):
                if char == "一":
                    yield Proposal(place, place + 1, mark, why, 0.95, at)
            break


def _around(kind: re.Pattern[str], text: str, at: int, low: int, high: int) -> re.Match[str] | None:
    """What a pattern finds around a place."""
    for match in kind.finditer(text, low, high):
        if match.start() < at < match.end():
            return match
    return None


def _is_range(match: re.Match[str], text: str) -> bool:
    """Whether two numbers ascend, and have one unit: that of the second, or both the same."""
    from textclean.quantities.finding import find

    unit = match["unit"]
    if not unit and len(match["low"]) == len(match["high"]) == 1:
        return False  # 3一5天
    low, high = (Decimal(match[name].replace("．", ".")) for name in ("low", "high"))
    end = match.end()
    if unit:
        return low < high and text.startswith(unit, end)
    read = find(match["high"] + text[end : end + _REACH // 2])
    return low < high and bool(read) and not read[0].start and bool(read[0].unit)


def _range_sign(view: View) -> str:
    """What stands between the ends of ranges in a text: ～ where it has no other, else —."""
    text = view.text
    return "～" if _TILDES.search(text) and not _EM_DASHES.search(text) else "—"


_LENGTH = "(?:[mck]?m(?:[23²³])?|毫米|厘米|分米|公分|公尺|米|英?寸|英?尺)(?![A-Za-z0-9])"
_SIZE = pattern(
    rf"(?<![0-9A-Za-z.+*/=])(?!0[Xx])(?P<first>{_N})(?P<unit> ?{_LENGTH.split('(?!')[0]})?+"
    rf"(?P<others>(?: ?[Xx] ?{_N}(?: ?{_LENGTH.split('(?!')[0]})?+)+)(?![0-9A-Za-z+*/]|[.][0-9])"
)
_SIGN = pattern("[Xx]")
_SAID_BEFORE = pattern("(?:规格|尺寸|大小|面积|外形|开本|长宽|幅面)[ ]?[为是约:：]{0,2}[ ]?\\Z")
_ENDS_IN_LENGTH = pattern(rf"{_LENGTH}\Z")
_RESULT = pattern("[ ]?[=＝][ ]?([0-9]+(?:[.][0-9]+)?)(?![0-9.])")
#: An x that is a variable: then 2x3 may be a term.
_VARIABLE = pattern("(?<![A-Za-z0-9])[xX](?![A-Za-z0-9])")
_TIMES = starting_with_any(
    "Xx", r"(?= ?[0-9])(?:(?<=[0-9].)|(?<=[0-9] .)|(?<=[m米寸尺分].)|(?<=[m米寸尺分] .))"
)


@rule(
    "Q011",
    Tier.SUGGESTED,
    trigger=_TIMES,
    in_register={Register.TECHNICAL: None},  # there x is how sizes are written: 640x480
    reason="A letter X between the numbers of a size with a unit of length, or of a product that "
    "is worked out behind it, is a misread or mistyped multiplication sign.",
    reason_zh="带长度单位的尺寸，或其后写有得数的乘式中，数字之间的字母X是误识或误录的乘号。",
    examples=[
        ("规格为2X3米", "规格为2×3米"),
        ("外形400 mmX200 mmX300 mm", "外形400 mm×200 mm×300 mm"),
        ("女子4x100米接力赛", "女子4×100米接力赛"),
        ("2X3=6", "2×3=6"),
    ],
    counter_examples=[
        "地址0x80",
        "4X4越野车",
        "小米2X3手机",
        "2x3=y",
        "分辨率为640x360",
        "共3X5人",
    ],
)
def letter_for_times(view: View) -> Iterator[Proposal]:
    """``2X3米`` → ``2×3米``."""
    text = view.text
    done = 0
    for sign in sorted(match.start() for match in matches(_TIMES, text)):
        if sign < done:
            continue
        low, high = view.line_bounds(sign)
        match = _around(_SIZE, text, sign, max(low, sign - _REACH), min(high, sign + 2 * _REACH))
        if match is None:
            continue
        done = match.end()
        if not _is_size(match, text, text[low:high]):
            continue
        for place, char in enumerate(match["others"], match.start("others")):
            if char in "Xx":
                yield Proposal(place, place + 1, "×", "between the numbers of a size", 0.95, sign)


def _is_size(match: re.Match[str], text: str, line: str) -> bool:
    result = _RESULT.match(text, match.end())
    if result:
        if _VARIABLE.search(line):
            return False
        factors = _SIGN.split(match.group())
        try:
            product = Decimal(1)
            for factor in factors:
                product *= Decimal(factor.strip())
        except ArithmeticError:  # with units
            return False
        return product == Decimal(result[1])
    return bool(
        _ENDS_IN_LENGTH.search(text, match.start(), match.end())
        or (
            "X" in match.group()
            and _SAID_BEFORE.search(text, max(0, match.start() - 6), match.start())
        )
    )
