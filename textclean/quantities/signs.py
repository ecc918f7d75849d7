"""Signs before a number, and tolerances: -3.2亿元, 负0.2千米, －12～-3℃, ±800千伏, 20±2℃.

A hyphen is a minus where nothing joins it to a name, a number or a word: at the beginning, behind
a mark (：（，=), behind a word before a number that measures (净利润-3.2亿元). 编号-12 and 歼-20
are names.
"""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple

from textclean.quantities.quantity import Bound
from textclean.quantities.ranges import ScalarSpan
from textclean.quantities.scalar import Scalar
from textclean.quantities.scalars import read_number
from textclean.quantities.units import Category, named
from textclean.quantities.units import match as unit_behind
from textclean.text.classes import is_han
from textclean.text.patterns import pattern

MINUS, PLUS = "-−－﹣", "+＋"
#: The last characters of what may be a sign.
LAST = frozenset(MINUS + PLUS + "±负負")
_MEASURED = frozenset((Category.MEASURE, Category.RATIO, Category.CURRENCY))
#: Units that were always read with a minus, whatever mark stands before it.
_OFTEN_NEGATIVE = frozenset(("℃", "℉", "%", "百分点", "K"))
# Marks that no word or number joins to what follows.
_OPENING = frozenset("（([【〔《“‘：:；;，,、。=＝<>＜＞≤≥≈～~〜∼〖「『\n\r\t\u3000")
# 从-20到19, 返回-1: words before a number.
_INTRODUCING = frozenset("从為为至到是于於得值取达達约約近回降低跌")
# 税负, 减负, 担负, 3胜2负: 负 belongs to the word before it, or bears what follows.
_NO_SIGN_AFTER = frozenset(
    "税减担背肩辜抱自胜不荷承债欺身各己须力能要将会应所愿共重只首先方来二三四五六七八九十两0123456789"
)
# 米-28N, 图-160, 附图-3: what is numbered behind a hyphen.
_NAMES = frozenset("版本米图苏歼轰运直强卡伊尔雅格型号式第表附款条章节")
_BORNE = frozenset(("mass",))
_TOLERANCE = pattern("[ ]?±[ ]?(?=[0-9０-９])")


class Sign(IntEnum):
    """What a sign makes of the number behind it."""

    NEGATIVE = -1
    #: ±: a number of which only the size of the deviation is known.
    EITHER = 0
    POSITIVE = 1


class SignMatch(NamedTuple):
    """A sign before a number: where it begins, and what stands before it (nothing, at a start)."""

    start: int
    sign: Sign
    before: str
    is_word: bool = False


def sign_before(text: str, at: int, floor: int) -> SignMatch | None:
    """The sign right before `at`, not before `floor`; None without one."""
    last = text[at - 1] if at > floor else ""
    if not last or last not in LAST:
        return None
    start = at - 1
    if last in "负負":
        if start > floor and text[start - 1] == "正":
            return SignMatch(start - 1, Sign.EITHER, text[start - 2 : start - 1], is_word=True)
        return SignMatch(start, Sign.NEGATIVE, text[start - 1 : start], is_word=True)
    sign = Sign.NEGATIVE if last in MINUS else Sign.POSITIVE if last in PLUS else Sign.EITHER
    if start and start == floor and sign is not Sign.EITHER:
        return None  # 180万-200万: a mark between two numbers
    return SignMatch(start, sign, text[start - 1 : start])


def belongs(text: str, match: SignMatch, span: ScalarSpan) -> bool:
    """Whether a sign is one, before the number in `span`."""
    scalar = span.scalar
    if scalar.is_date or (
        text[span.start] == "0" and text[span.start + 1 : span.start + 2].isdecimal()
    ):
        return False  # -0400: a time zone
    before, unit, category = match.before, scalar.unit, scalar.category
    if match.is_word:
        return _is_negative_word(before, span)
    if before.isascii() and before.isalnum():
        return match.sign is Sign.EITHER
    if before in _NAMES and category is Category.MEASURE and text[span.end - 1].isascii():
        return False
    if match.sign is Sign.EITHER or unit in _OFTEN_NEGATIVE:
        return match.sign is not Sign.POSITIVE or before != " "
    following = text[span.end : span.end + 1]
    if (following and following in "-+－＋/_:：") or (following.isascii() and following.isalnum()):
        return False
    if not before or before in _OPENING:
        if unit is None:
            # A line that begins with a dash may be an item of a list.
            return bool(before.strip() or not following or not following.isalnum())
        return category in _MEASURED or before not in ("", "\n", "\r", "\u3000")
    if before in _NAMES:
        return False
    if is_han(before):
        if match.sign is Sign.POSITIVE and category is not None:
            return category in _MEASURED or text[match.start] == "＋"
        if scalar.power and category in (None, Category.COUNTER):
            return True  # 盈利-300万, 净流出-1.5万人
        is_decimal = scalar.number is not None and scalar.number.precision < 0
        is_decimal = is_decimal and (not following or following in "，。；、）)")
        return category in _MEASURED or (
            category is None and (before in _INTRODUCING or is_decimal)
        )
    return (
        before == " "
        and is_han(text[match.start - 2 : match.start - 1])
        and (category in _MEASURED)
    )


def bears(before: str) -> bool:
    """Whether the 负 behind this character bears something, or is part of a word."""
    return bool(before) and before in _NO_SIGN_AFTER


def _is_negative_word(before: str, span: ScalarSpan) -> bool:
    scalar = span.scalar
    if bears(before):
        return False
    if scalar.category in _MEASURED:
        unit = named(scalar.unit or "")
        return unit is None or unit.dimension not in _BORNE
    if scalar.category is not None or scalar.number is None:
        return False
    is_figure = scalar.number.precision < 0 or (before in _OPENING or before in _INTRODUCING)
    return is_figure and scalar.bound is Bound.EXACT


def with_tolerance(text: str, span: ScalarSpan) -> ScalarSpan:
    """The number in `span` with the tolerance behind it: 20±2℃, 29.1±3.1g; else as it is."""
    match = _TOLERANCE.match(text, span.end)
    first = span.scalar
    if match is None or first.number is None or span.values is not None or first.is_date:
        return span
    second = read_number(text, match.end())
    if second is None or second.number is None or second.bound is not Bound.EXACT:
        return span
    if first.bound is not Bound.EXACT or (first.unit and second.unit not in (None, first.unit)):
        return span
    number, tolerance = first.number, second.number.value
    if first.unit is None and second.power and not first.power:
        return span  # 3±0.2万: of what the magnitude is, nobody knows
    scalar = Scalar(
        second.end, number, second.unit or first.unit, second.category or first.category
    )
    precision = min(number.precision, second.number.precision)
    return ScalarSpan(span.start, second.end, scalar, precision=precision, tolerance=tolerance)


def in_brackets(text: str, span: ScalarSpan) -> ScalarSpan | None:
    """A number with a tolerance whose unit stands behind brackets around both: (37±1)℃."""
    if (
        span.tolerance is None
        or span.scalar.unit
        or text[span.end : span.end + 1] not in (")", "）")
    ):
        return None
    match = unit_behind(text, span.end + 1 + text.startswith(" ", span.end + 1))
    if match is None:
        return None
    unit = match.unit
    scalar = span.scalar._replace(end=match.end, unit=unit.name, category=unit.category)
    return span._replace(end=match.end, scalar=scalar)


def signed(span: ScalarSpan, sign: Sign) -> ScalarSpan:
    """A number as its sign makes it; the number behind ± is a tolerance about nothing."""
    number = span.scalar.number
    if sign is not Sign.EITHER or number is None:
        return span
    scalar = span.scalar._replace(number=number._replace(value=Decimal(0)))
    return span._replace(scalar=scalar, tolerance=number.value)
