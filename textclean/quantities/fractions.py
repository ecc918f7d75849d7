"""Parts of a whole in Chinese numerals: 百分之三点五, 三分之一, 三比一; 半天, 一半."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from textclean.quantities import idiom_extent, idioms, units
from textclean.quantities.build import complete, idiom, plain
from textclean.quantities.numerals import Number, read_chinese, read_digits, read_pointed
from textclean.quantities.quantity import Bound, Kind, Quantity
from textclean.quantities.ranges import single
from textclean.quantities.scalars import Scalar
from textclean.quantities.shapes import DIGIT_CHARACTERS, DIGITS, NUMERALS, YEAR_NUMERALS
from textclean.quantities.units import Category
from textclean.text.patterns import pattern

_SHARE = pattern(
    f"(?P<whole>[百千万])分之(?P<part>百|[{NUMERALS}]++(?:点[{YEAR_NUMERALS}]++)?|[{DIGITS}]++"
    f"(?:[.．][{DIGITS}]++)?)"
    f"(?:[至到](?:(?P=whole)分之)?(?P<to>[{NUMERALS}]++(?!分之)(?:点[{YEAR_NUMERALS}]++)?))?"
    "(?P<more>[多余])?"
)
_FRACTION = pattern(f"(?P<whole>[{NUMERALS}]++)分之(?P<part>[{NUMERALS}]++)")
_PROPORTION = pattern(f"(?P<left>[{NUMERALS}]++)比(?P<right>[{NUMERALS}]++)(?![{NUMERALS}较如方])")
_SHARES = {"百": "%", "千": "‰", "万": "‱"}
_HALF_UNIT = pattern("半(?:个(?P<many>多)?)?(?P<unit>小时|钟头|月|年|世纪|天|学期)(?![度轴前])")


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
    if fraction := _FRACTION.match(text, at):
        whole, part = read_chinese(fraction["whole"]), read_chinese(fraction["part"])
        if whole and part and whole.value:
            value = Fraction(int(part.value), int(whole.value))
            scalar = Scalar(fraction.end(), category=Category.RATIO)
            return complete(text, at, floor, single(at, scalar), value)
    return None


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
    if at > floor and text[at - 1] in "大过多减对夜小上下前后折参":
        return idiom(text, at - 1, at + 1)
    return idiom(text, at, idiom_extent.extent(text, at, at + 1))
