"""40k, 1.5w, 3M: thousands, ten thousands and millions by a letter, where the words say a number.

Alone such a letter may be kilobytes (4K), watts (60W), megabits (10M) or a name. A word for pay or
an audience before it, or a unit that counts behind it, makes it a number.
"""

from __future__ import annotations

from decimal import Decimal

from textclean.quantities import units
from textclean.quantities.build import complete
from textclean.quantities.numerals import Number, read_digits, scale
from textclean.quantities.quantity import Bound, Quantity
from textclean.quantities.ranges import ScalarSpan
from textclean.quantities.scalar import Scalar
from textclean.quantities.shapes import DIGITS
from textclean.quantities.units import Category
from textclean.text.patterns import pattern

_POWERS = {"k": 3, "K": 3, "w": 4, "W": 4, "M": 6}
#: The letters.
FIRST = frozenset(_POWERS)
_NUMBER = rf"[{DIGITS}]{{1,6}}(?:\.[{DIGITS}]{{1,4}})?"
_SHORT = pattern(
    rf"(?P<low>{_NUMBER})(?:(?P<first>[kKwWM]?)[-–—~～至到](?P<high>{_NUMBER}))?(?P<letter>[kKwWM])"
    r"(?P<more>\+)?(?![A-Za-z0-9_])"
)
_CUE = pattern(
    "(?:薪|薪资|工资|薪水|收入|年薪|月薪|底薪|房租|赔偿金?|补偿金?|奖金|存款|月入|年入|到手|售价|标价"
    "|价格|租金|预算|粉丝|阅读|阅读量|播放|播放量|点赞|点赞数"
    "|关注|浏览量|销量|下载量|收藏|用户数|访问量|转发|评论|月销|卖出|[¥￥$€£])"
    "(?:范围|区间|待遇)?[数为是约超近达有了过到破共要给高达：: ]{0,3}\\Z"
)
# Farther before a k, in the same sentence: 起薪15k，转正后18k.
_PAY = pattern("(?:薪|工资|奖金|年终奖|面试|月入|年入|房租|跳槽|涨到)[^。！？；\\n]{0,20}\\Z")
# Farther before an M or w: 粉丝数从零涨到2.5M, 合同额1.2M.
_AUDIENCE = pattern(
    "(?:粉丝|播放|阅读|浏览|点赞|销量|[同交售投总营金]额|营收|融资|估值|预算|流水)[^，。！？；\\n]{0,8}\\Z"
)
_FAR = 24
# 4k高清, 2k屏: what the letter names.
_NOTHING_NAMED = pattern(r"(?=\Z|[\s，。、；：！？）)”+～~-]|[的以左多到了每一起和或])")
_SUM_BEHIND = pattern(r"(?=\Z|[\s，。、；：！？）”,.;]|[\u4e00-\u9fff])(?![^\n]{0,40}\$(?![0-9]))")
_PLAIN_COUNTS = frozenset("个人名条次元块位篇份件户单美日港欧")
# 15-25K·14薪: so many months are paid.
_MONTHS_PAID = pattern(r"[ ]?[·•*×xX][ ]?1[2-9]薪")


def read_abbreviated(text: str, at: int) -> Quantity | None:
    """The number at `at` that a letter multiplies, or the range of two; None where in doubt."""
    match = _SHORT.match(text, at)
    if match is None:
        return None
    if match["first"] and match["first"] != match["letter"]:
        return None
    following = text[match.end() : match.end() + 1]
    unit = units.match(text, match.end()) if following in _PLAIN_COUNTS else None
    if unit is not None and unit.unit.category not in (Category.COUNTER, Category.CURRENCY):
        unit = None
    if (
        unit is None
        and not _CUE.search(text, max(0, at - 8), at)
        and not _MONTHS_PAID.match(text, match.end())
    ):
        cue = _PAY if match["letter"] == "k" else _AUDIENCE
        if not _NOTHING_NAMED.match(text, match.end()) or not cue.search(
            text, max(0, at - _FAR), at
        ):
            return None
    if text[at - 1 : at] == "$" and at and not _SUM_BEHIND.match(text, match.end()):
        return None  # $2k-2$: a formula
    numbers = [_read(match[end], match["letter"]) for end in ("low", "high") if match[end]]
    low, high = numbers[0], numbers[-1]
    if low is None or high is None or (match["high"] and not low.value < high.value):
        return None
    end = unit.end if unit else match.end()
    bound = Bound.MORE if match["more"] else Bound.EXACT
    name, category = (unit.unit.name, unit.unit.category) if unit else (None, None)
    scalar = Scalar(end, high, name, category, bound)
    span = ScalarSpan(at, end, scalar, precision=high.precision)
    if match["high"]:
        values: tuple[Decimal, Decimal] = (low.value, high.value)
        span = span._replace(values=values, precision=(low.precision, high.precision))
    return complete(text, at, at - 1 if text[at - 1 : at] in "¥￥$€£" and at else at, span)


def _read(digits: str, letter: str) -> Number | None:
    number = read_digits(digits)
    return scale(number, _POWERS[letter]) if number else None
