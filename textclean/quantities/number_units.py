"""The unit behind a number, and what makes the two one: 个半 and 半, chains of money, tenths.

一吨半 is 1.5 t, 三块五 3.5 元, 六成五 6.5 成, 85折 8.5 折.
"""

from __future__ import annotations

from decimal import Decimal

from textclean.quantities import money_chains, units
from textclean.quantities.numerals import (
    Number,
    add,
    read_chinese,
    read_digits,
    read_figures,
    scale,
    to_half_width,
)
from textclean.quantities.quantity import Bound
from textclean.quantities.scalar import Scalar
from textclean.quantities.shapes import DIGIT_CHARACTERS, DIGITS, NUMERALS, SPACES
from textclean.quantities.unit_homographs import begins_a_word
from textclean.quantities.units import Category, Unit
from textclean.text.classes import is_han
from textclean.text.patterns import pattern

_SPACES = frozenset(SPACES)
# Nouns that 个 counts and that are units of their own: 四个批次 is four 批次, 三个方面 three 个.
_MEASURED_NOUNS = (
    "小时|钟头|星期|礼拜|月|季度|周期|批次|轮次|疗程|世纪|学期|学年|工作日|交易日|百分点|基点|年头|昼夜|财年|年度"
    "|周(?![边围])|回合|潜伏期"
)
_MEASURED_NOUN = pattern(
    f"[个個](?:(?P<many>[多来])|(?P<half>半))?(?P<noun>{_MEASURED_NOUNS}|小時|鐘頭|週|百分點|世紀|學期)"
)
#: What stands behind 个 where it is part of another unit, of 个多, 个半 or of 个亿.
AFTER_PIECE = frozenset(noun[0] for noun in _MEASURED_NOUNS.split("|")) | frozenset("多来半亿億")
# 一年半, 两公里半; not 3米半径, 三天半夜, 3吨半挂车.
_HALF_BEHIND = pattern(
    "半(?![径导个自球决身数夜途山路程马挂年月日信衰公生成价边坡空场辈透封固干湿熟露潜坐躺蹲圆开闭失岛裸脱硬软斤])"
)
# Units of ratios and of what is poured or cut that are halved, besides those that measure;
# nights and days of a month are not.
_HALVED = frozenset("倍成折勺匙杯碗瓶袋箱根棵盒罐壶桶圈页")
_NOT_HALVED = frozenset(("晚", "晨", "日", "月", "半天", "上午", "下午"))
_PIECE = frozenset("个個")
# 2个亿, 3个多亿: pieces of a hundred million.
_HUNDRED_MILLIONS = pattern("[个個](?P<many>多)?[亿億](?![万萬千百级級])")
# 11秒2, 59秒94: the places of a time that was taken; 一米七八, 1米78: those of a height.
_PLACES_BEHIND = pattern(
    f"(?:秒(?P<seconds>[{DIGITS}]{{1,2}})(?=\\Z|[\\s，。、；：！？）)”]|[的夺获排跑完成创摘名居以])"
    f"|米(?P<metres>[{DIGITS}]{{1,2}}|[一二三四五六七八九]{{1,2}})"
    "(?=\\Z|[\\s，。、；：！？）)”]|[的多高以左长宽深厚]))"
)
_WITH_PLACES = frozenset("秒米")
_TEN = 10
_HUNDRED_MILLION = 8
_DIVIDED = frozenset("成折")
# 六成五, 6成5的: tenths of a tenth.
_TENTH_BEHIND = pattern(
    f"(?P<tenth>[{DIGITS}一二三四五六七八九])"
    rf"(?=\Z|[\s，。、；：！？）)”’~～—至到-]|[的了左以]|[多余](?![{NUMERALS}]))"
)
#: Characters that name units only by abbreviation, and begin words much more often.
ABBREVIATIONS = frozenset("希勒坎牛欧安焦帕赫卡瓦伏贝库")
# Places that are counted bare, but only in digits: 8区, 12国; 六区 is a name.
_PLACES = frozenset("区县市省州国乡镇村")


def counted(text: str, end: int, number: Number, bound: Bound = Bound.EXACT) -> Scalar:
    """A number that ends at `end`, with the unit right behind it, if there is one."""
    if text[end : end + 1] in _PIECE and (pieces := _HUNDRED_MILLIONS.match(text, end)):
        number, end = scale(number, _HUNDRED_MILLION), pieces.end()
    match = units.match(text, end)
    if match is None:
        return Scalar(end, number, bound=bound)
    return Scalar(match.end, number, match.unit.name, match.unit.category, bound)


def with_unit(
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
    if following in _PIECE and not power and (pieces := _HUNDRED_MILLIONS.match(text, at)):
        number, power = scale(number, _HUNDRED_MILLION), _HUNDRED_MILLION
        bound = Bound.MORE if pieces["many"] else bound
        at = end = pieces.end()
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
    elif digits and following == "毛" and money_chains.is_alone(text, at):
        name, category, end = "角", Category.CURRENCY, at + 1  # 2毛一斤
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
            if following in _WITH_PLACES and not power and number.precision == 0:
                number, end = _with_places(text, at, end, number, digits=digits)
                coefficient = number
            if name in _DIVIDED:
                number, end = _divided(text, end, number, name, digits=digits)
            half = (
                bound is Bound.EXACT
                and not power
                and number.precision >= 0
                and _is_halved(text, end, unit)
            )
            end += half
            if half and text.startswith(("钟", "鐘"), end):  # 1分半钟
                name, end = ("min", end + 1) if name == "分" else (name, end)
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


def _with_places(
    text: str, at: int, end: int, number: Number, *, digits: bool
) -> tuple[Number, int]:
    """The number with the places behind its unit, which stands at `at`, and where they end."""
    match = _PLACES_BEHIND.match(text, at)
    is_height = number.value < _TEN
    if match is None or (match["seconds"] and not digits) or (match["metres"] and not is_height):
        return number, end
    written = match["seconds"] or match["metres"]
    figures = to_half_width(written) if written[0] in DIGIT_CHARACTERS else read_figures(written)
    part = read_digits(figures) if figures else None
    if part is None or (written[0] in DIGIT_CHARACTERS) != digits:
        return number, end
    return add(number, scale(part, -len(written))), match.end()


def _is_halved(text: str, end: int, unit: Unit) -> bool:
    """Whether 半 behind a unit that ends at `end` is half of it more (一吨半, 两公里半)."""
    if text[end : end + 1] != "半" or _HALF_BEHIND.match(text, end) is None:
        return False
    if unit.category not in (Category.MEASURE, Category.TIME, Category.AGE):
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
