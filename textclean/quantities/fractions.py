"""Parts of a whole in Chinese numerals: 百分之三点五, 三分之一, 三比一; 半天, 一半."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from unicodedata import normalize

from textclean.quantities import idiom_extent, idioms, units
from textclean.quantities.build import complete, idiom, plain
from textclean.quantities.numerals import (
    Number,
    power_of,
    read_chinese,
    read_digits,
    read_pointed,
    scale,
)
from textclean.quantities.quantity import Bound, Kind, Quantity
from textclean.quantities.ranges import single
from textclean.quantities.scalar import Scalar
from textclean.quantities.shapes import DIGIT_CHARACTERS, DIGITS, NUMERALS, YEAR_NUMERALS
from textclean.quantities.units import Category
from textclean.text.classes import HAN_CLASS
from textclean.text.patterns import pattern

_IN_NUMERALS = f"[{NUMERALS}]++(?:[点點][{YEAR_NUMERALS}]++)?"
_IN_DIGITS = f"[{DIGITS}]++(?:[.．][{DIGITS}]++)?"
_SHARE = pattern(
    f"(?P<whole>[百千万萬])分之(?P<part>百|{_IN_NUMERALS}|{_IN_DIGITS})"
    f"(?:[至到](?:(?P=whole)分之)?(?P<to>[{NUMERALS}]++(?!分之)(?:[点點][{YEAR_NUMERALS}]++)?))?"
    "(?P<more>[多余几幾])?"
)
#: Fractions of one character.
VULGAR = "½¼¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_WHOLE = f"[{DIGITS}]{{1,9}}[百千]?[万亿萬億]?|[{NUMERALS}]{{1,9}}"
_PART = (
    f"[{DIGITS}]{{1,9}}+(?:[.．][{DIGITS}]{{1,9}}+)?"
    f"|[{NUMERALS}]{{1,9}}+(?:[点點][{YEAR_NUMERALS}]{{1,9}}+)?"
)
# 1又2/3, 一又三分之二, 3分之1, 百万分之五, 十万分之二到三.
_WRITTEN = pattern(
    f"(?:(?P<units>[{DIGITS}]{{1,9}}|[{NUMERALS}]{{1,9}})又)?(?:(?P<whole>{_WHOLE})分之(?P<part>{_PART})"
    f"(?:[至到](?P<to>{_PART})(?!分之)(?=[^{HAN_CLASS}]|[的左以之，]|\\Z))?"
    f"|(?<=又)(?P<above>[{DIGITS}]{{1,9}})[/／](?P<below>[{DIGITS}]{{1,9}})(?![{DIGITS}/.]))"
    f"|(?P<ones>[{DIGITS}]{{1,9}})?(?P<vulgar>[{VULGAR}])"
)
_PROPORTION = pattern(f"(?P<left>[{NUMERALS}]++)比(?P<right>[{NUMERALS}]++)(?![{NUMERALS}较如方])")
_SHARES = {"百": "%", "千": "‰", "万": "‱", "萬": "‱"}
#: Powers of ten, by themselves the whole of a share: 百万分之五.
MAGNITUDES = frozenset("十百千万亿萬億")
_HALF_UNIT = pattern("半(?:个(?P<many>多)?)?(?P<unit>小时|钟头|月|年|世纪|天|学期)(?![度轴前])")
# 半斤, 半公里: half of what measures; not 半斤八两, 半米色.
_HALF_MEASURE = pattern("半(?P<unit>公?斤(?![八七])|公里|千克|吨|亩|米(?![色白黄]))")


def read_share(text: str, at: int, floor: int) -> Quantity | None:
    """百分之三点五, 三分之一; None if it is neither."""
    share = _SHARE.match(text, at)
    if share:
        unit = _SHARES[share["whole"]]
        low = _read_part(share["part"])
        high = _read_part(share["to"]) if share["to"] else None
        if low is None:
            return None
        bound = Bound.MORE if share["more"] else Bound.EXACT
        span = single(at, Scalar(share.end(), high or low, unit, Category.RATIO, bound))
        if high is not None:
            ends, precision = (low.value, high.value), (low.precision, high.precision)
            span = span._replace(values=ends, precision=precision)
        return complete(text, at, floor, span)
    return read_written_fraction(text, at, floor)


def read_written_fraction(text: str, at: int, floor: int) -> Quantity | None:
    """三分之一, 3分之1, 百万分之五, 1又2/3, 1½; None if it is none of them."""
    match = _WRITTEN.match(text, at)
    if match is None:
        return None
    if match["vulgar"]:
        value = Fraction(normalize("NFKC", match["vulgar"]).replace("\u2044", "/"))
    else:
        whole = _read_whole(match["below"] or match["whole"])
        part = _read_part(match["above"] or match["part"])
        if whole is None or part is None or not whole.value:
            return None
        if match["to"] and (both := _share_range(text, at, floor, match, whole, part)):
            return both
        value = Fraction(part.value) / Fraction(whole.value)
    end = match.end("part") if match["to"] else match.end()
    scalar = Scalar(end, category=Category.RATIO)
    if ones := match["units"] or match["ones"]:
        number = _read_part(ones)
        if number is None or value >= 1:
            return None
        value += Fraction(number.value)
    if ones or match["vulgar"]:  # 1½小时
        unit = units.match(text, match.end())
        if unit is not None and unit.unit.category in (Category.MEASURE, Category.TIME):
            scalar = Scalar(unit.end, unit=unit.unit.name, category=Category.RATIO)
    return complete(text, at, floor, single(at, scalar), value)


def _share_range(
    text: str, at: int, floor: int, match: re.Match[str], whole: Number, low: Number
) -> Quantity | None:
    """十万分之二到三, as decimals; None where they are none."""
    high = _read_part(match["to"])
    if match["units"] or high is None or not low.value < high.value:
        return None
    power = whole.value.adjusted()
    if whole.value != Decimal(10) ** power:
        return None
    ends = scale(low, -power), scale(high, -power)
    span = single(at, Scalar(match.end(), ends[1], category=Category.RATIO))
    values, precision = (ends[0].value, ends[1].value), (ends[0].precision, ends[1].precision)
    return complete(text, at, floor, span._replace(values=values, precision=precision))


def _read_whole(text: str) -> Number | None:
    """What a fraction divides by: 3, 百万, 10万."""
    if text[0] in DIGIT_CHARACTERS:
        digits = text.rstrip("百千万亿萬億")
        number = read_digits(digits)
        return scale(number, power_of(text[len(digits) :])) if number else None
    if MAGNITUDES.issuperset(text):
        return Number(Decimal(10) ** power_of(text), 0)
    return read_chinese(text)


def _read_part(text: str) -> Number | None:
    if text == "百":
        return Number(Decimal(100), 0)
    return read_digits(text) if text[0] in DIGIT_CHARACTERS else read_pointed(text)


def read_proportion(text: str, at: int) -> Quantity | None:
    """三比一; None if it is no proportion."""
    match = _PROPORTION.match(text, at)
    if match:
        left, right = read_chinese(match["left"]), read_chinese(match["right"])
        if left and right:
            value = f"{left.value:f}:{right.value:f}"
            return plain(text, at, match.end(), Kind.RATIO, value)
    return None


def read_half(text: str, at: int, floor: int) -> Quantity:
    """What the 半 at `at` is part of: half a unit of time, or a word."""
    match = _HALF_UNIT.match(text, at)
    if match and text[at - 1 : at] not in ("上", "下", "前", "后", "大", "小", "多"):
        unit = units.lookup(match["unit"])
        scalar = Scalar(
            match.end(),
            Number(Decimal("0.5"), -1),
            unit.name if unit else match["unit"],
            Category.TIME,
            Bound.MORE if match["many"] else Bound.EXACT,
        )
        return complete(text, at, floor, single(at, scalar))
    word = idioms.covering(text, at)
    if word is not None and floor <= word.start <= at:
        return idiom(text, word.start, word.end)
    measure = _HALF_MEASURE.match(text, at)
    if measure and (at <= floor or text[at - 1] not in "上下前后大小多过一"):
        unit = units.lookup(measure["unit"])
        if unit is not None:
            half = Number(Decimal("0.5"), -1)
            scalar = Scalar(measure.end(), half, unit.name, Category.MEASURE)
            return complete(text, at, floor, single(at, scalar))
    if at > floor and text[at - 1] in "大过多减对夜小上下前后折参":
        return idiom(text, at - 1, at + 1)
    return idiom(text, at, idiom_extent.extent(text, at, at + 1))
