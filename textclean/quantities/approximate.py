"""Approximate numbers: 百余台, 数千人, 上百家, 两三个, 七八百人."""

from __future__ import annotations

from decimal import Decimal

from textclean.quantities.build import complete
from textclean.quantities.number_units import counted
from textclean.quantities.numerals import Number, power_of
from textclean.quantities.quantity import Bound, Kind, Quantity
from textclean.quantities.ranges import single
from textclean.quantities.unit_homographs import NAMING_UNITS
from textclean.quantities.writing import tidy
from textclean.text.classes import is_han
from textclean.text.patterns import pattern

#: Powers of ten, which a word like 数 or 余 may stand beside.
MAGNITUDES = frozenset("十百千万亿")
_PAIR = pattern(
    "(?P<tens>[一二三四五六七八九]?十)?(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九]|(?<=一)两)"
    "(?P<power>[十百千万亿]*+)"
)
_FIGURES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
# Marks and spaces that a number may begin behind.
_STOPS = frozenset("，。、；：？！“‘（《〈「『【〔”’）》〉」』】〕…—～·,.;:?!()\"' \n\t\u3000")
# What may stand before 百, 千, 万 in place of a digit.
_SOME = {"数": Bound.MORE, "几": Bound.MORE, "上": Bound.MORE, "近": Bound.LESS, "超": Bound.MORE,
         "逾": Bound.MORE, "约": Bound.APPROX, "过": Bound.MORE}  # fmt: skip
_NOT_SOME = {
    "数": frozenset("人次总件户个分指函系倍变参整小大多少基级读计无岁"),
    "上": frozenset("以身网线世晚早史实事际基路船马手车床会头脸墙地报桌台街加赶"),
    "近": frozenset("附最靠亲临邻远"),
    "过": frozenset("经通超不越胜难"),
    "约": frozenset("签预合节制条公契"),
}


def read_some(text: str, at: int, end: int, floor: int) -> Quantity | None:
    """百余台, 数千人, 上百家: a magnitude with a word in place of its digit; None for others."""
    numerals = text[at:end]
    if not MAGNITUDES.issuperset(numerals) or len(numerals) > 3:
        return None
    before = text[at - 1] if at > floor else ""
    if numerals[0] == "十" and before not in ("数", "几"):
        return None
    if before and before not in _SOME and not is_han(before) and before not in _STOPS:
        return None  # the magnitude of a number that was redacted or lost
    bound = _SOME.get(before)
    if bound is not None and at - 2 >= 0 and text[at - 2] in _NOT_SOME.get(before, ()):
        bound = None
    start = at - 1 if bound is not None else at
    if bound is not None and text[start - 1 : start] == "好" and start > floor:
        start -= 1
    more = text.startswith(("余", "多"), end)
    if bound is None and not more:
        return None
    number = Number(Decimal(10) ** power_of(numerals), power_of(numerals))
    scalar = counted(text, end + more, number, Bound.MORE if more else bound or Bound.MORE)
    quantity = complete(text, at, max(floor, at), single(at, scalar))
    part = text[start : quantity.end]
    return quantity._replace(start=start, text=part, normalised=tidy(part))


def read_pair(text: str, at: int, floor: int, *, degrees: bool = False) -> Quantity | None:
    """两三个, 七八百人, 十五六岁: two digits side by side, the ends of a range; None for others.

    That 度 is a degree is known if `degrees`; 一二度 may be something else.
    """
    match = _PAIR.match(text, at)
    if match is None or len(match["power"]) > 3:
        return None
    low, high = _FIGURES[match["low"]], _FIGURES[match["high"]]
    if not (high == low + 1 or (low, high) == (3, 5)):
        return None
    power = power_of(match["power"])
    tens = 0
    if match["tens"]:
        tens = 10 * (_FIGURES[match["tens"][0]] if len(match["tens"]) == 2 else 1)
    ends = Decimal((tens + low) * 10**power), Decimal((tens + high) * 10**power)
    scalar = counted(text, match.end(), Number(ends[1], power))
    unit, part = scalar.unit, text[at : scalar.end]
    if not match["power"] and (
        unit is None or unit in NAMING_UNITS - {"周", "度" if degrees else ""}
    ):
        return None
    written, precision = tidy(part), (power, power)
    return Quantity(at, scalar.end, part, Kind.APPROX, ends, unit, Bound.APPROX, written, precision)
