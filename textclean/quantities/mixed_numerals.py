"""Numbers with several magnitudes in which figures, numerals and the forms of cheques mix.

7万5千4百, 6千5百万, 1千零20, 贰万3千, 七十八万五佰零六, 10万万, 13万2. Each part is less than the
magnitude before it; a last figure that stands alone takes the next lower one (13万2 is 132 000).
What fits no reading, or two, is refused as a whole (3千6万).
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from textclean.quantities import units
from textclean.quantities.numerals import Number, power_of, read_chinese, read_digits
from textclean.quantities.shapes import DIGIT_CHARACTERS, DIGITS
from textclean.quantities.units import Category
from textclean.text.patterns import pattern

#: Single numerals, those of cheques too.
UNIT_NUMERALS = "一二三四五六七八九两兩壹贰貳叁叄肆伍陆陸柒捌玖"
_FORMAL = "壹贰貳叁叄肆伍陆陸柒捌玖"
SMALL_MAGNITUDES = "十百千拾佰仟"
GREAT_MAGNITUDES = "万萬亿億"
_ZEROS = "零〇"
_COEFFICIENT = (
    f"(?:[{DIGITS}]{{1,3}}(?:,[{DIGITS}]{{3}})+(?=[万萬亿億])|[{DIGITS}]{{1,12}}+(?:[.．][{DIGITS}]{{1,6}}(?=[万萬亿億]))?"
    f"|[{UNIT_NUMERALS}])"
)
_SMALL = "(?:[十拾](?!分[之钟])|[百佰](?!分|帕)|[千仟])"
_GREAT = f"(?:[{GREAT_MAGNITUDES}](?![隆松])|兆(?=[零{DIGITS}{UNIT_NUMERALS}]))"
_POWER = f"(?:{_SMALL}(?:[多余几]?{_GREAT}{{1,3}})?|{_GREAT}{{1,3}})"
# A part without a magnitude ends the number: behind 零, or figures. In words it needs the 零, for
# 5万一年 is no number; 3万5% and 2万3.5 are two.
_LAST = (
    f"(?:[{_ZEROS}](?:[{DIGITS}]{{1,4}}|[{UNIT_NUMERALS}])|[1-9],[{DIGITS}]{{3}}(?![{DIGITS}])|[{DIGITS}]{{1,4}}|[{_FORMAL}])"
    f"(?![{DIGITS}{SMALL_MAGNITUDES}{GREAT_MAGNITUDES}%％‰年月日号时点分岁周天秒：:/]|[.．,，][{DIGITS}])"
)
#: At least two parts, or magnitudes one upon the other (10万万).
MIXED = pattern(
    f"(?P<parts>(?:{_COEFFICIENT}|(?=[十拾])){_POWER}(?:[{_ZEROS}]?{_COEFFICIENT}{_POWER})*+)"
    f"(?P<last>{_LAST})?"
)
_PART = pattern(
    f"(?P<zero>[{_ZEROS}])?(?P<coefficient>[{DIGITS}.．,]+|[{UNIT_NUMERALS}])?"
    f"(?P<power>[{SMALL_MAGNITUDES}]?)[多余几]?(?P<great>[{GREAT_MAGNITUDES}兆]*)"
)
#: What goes on behind a magnitude, in a number of several.
GOES_ON = frozenset(
    DIGIT_CHARACTERS | set(UNIT_NUMERALS + SMALL_MAGNITUDES + GREAT_MAGNITUDES + _ZEROS)
)
# Behind 13万2: words that make the figure a number of its own (50万8大行业), besides units.
_OWN_NUMBER = frozenset("大强比号届成" + SMALL_MAGNITUDES + GREAT_MAGNITUDES + UNIT_NUMERALS)
_MYRIAD = 4
_NO_LIMIT = 64


class _Part(NamedTuple):
    """5千 in 7万5千4百: a coefficient and its magnitudes."""

    number: Number
    #: Whether it is written in figures, and whether 零 stands before it.
    is_figure: bool
    zero: bool
    #: The powers of ten of its small and its great magnitudes; 0 without.
    small: int
    great: int

    @property
    def is_bare(self) -> bool:
        """Whether it has no magnitude."""
        return not self.small and not self.great


@lru_cache(4096)
def read_mixed(text: str) -> Number | None:
    """The number that `MIXED` matched; None where no reading, or more than one, fits."""
    parts = _parts(text)
    if not parts or any(part.is_bare for part in parts[:-1]):
        return None
    total = Decimal(0)  # what the great magnitudes have closed
    section = Decimal(0)  # what they have not
    least = closed = _NO_LIMIT  # the powers of ten of the last magnitude, and the last great one
    precision = 0
    for part in parts:
        value, power = part.number.value, part.small
        if value >= Decimal(10) ** max(0, least - power - part.zero) or (power and value >= 10):
            return None
        if least < _NO_LIMIT and not part.zero and not power:
            if part.is_bare and value < 10:
                power = least - 1  # the next lower magnitude is left out
            elif part.is_bare and value < min(100, 10 ** (least - 1)):
                return None  # 1万25
            elif value < 10 and least in (2, 3):
                return None  # 3千6万
        section += value * Decimal(10) ** power
        precision, least = power + part.number.precision, power
        if part.great:
            if part.great >= closed:
                is_greater = closed == _MYRIAD and part.great == 2 * _MYRIAD
                if not is_greater and not (closed == part.great == _MYRIAD and part.small == 3):
                    return None  # 4万5千万 is 45 000 times 万
                section, total = total + section, Decimal(0)  # 1万5千亿: 15 000 times 亿
            elif total and section >= Decimal(10) ** (closed - part.great):
                return None
            total += section * Decimal(10) ** part.great
            precision += part.great
            section, closed, least = Decimal(0), part.great, part.great
    last = parts[-1]
    if section and last.small and not last.zero and closed == 2 * _MYRIAD:
        return None  # 5亿3千: of 万, or of one
    if section and not last.is_figure:
        precision = 0  # as in 三百: the positions are written out
    value = total + section
    return Number(value.quantize(Decimal(1)) if precision >= 0 else value, precision)


def _parts(text: str) -> list[_Part] | None:
    parts = []
    end = 0
    while end < len(text):
        match = _PART.match(text, end)
        if match is None or match.end() == end:
            return None
        end = match.end()
        written, zero = match["coefficient"], match["zero"] is not None
        if written is None:
            if zero or match["power"] not in ("十", "拾"):
                return None
            number: Number | None = Number(Decimal(1), 0)
        elif written[0] in DIGIT_CHARACTERS:
            number = read_digits(written)
        else:
            number = read_chinese(written)
        if number is None or not number.value:
            return None
        is_figure = written is not None and written[0] in DIGIT_CHARACTERS
        powers = power_of(match["power"]), power_of(match["great"])
        parts.append(_Part(number, is_figure, zero, *powers))
    return parts


def _counts(text: str, end: int) -> bool:
    """Whether the figure behind a magnitude that ends at `end` counts what follows (50万8年)."""
    following = text[end : end + 1]
    if following == "一":
        return units.match(text, end + 1) is None  # 3万8一辆
    if following in _OWN_NUMBER and following:
        return True
    if following.isascii() and following.isalnum():
        return True
    unit = units.match(text, end)
    return unit is not None and unit.unit.category is not Category.CURRENCY


def mixed_end(text: str, start: int) -> int | None:
    """Where the number of several parts that begins at `start` ends; None if there is none."""
    match = MIXED.match(text, start)
    if match is None:
        return None
    end = match.end()
    last = match["last"]
    if last is not None and last in DIGIT_CHARACTERS and _counts(text, end):
        end = match.end("parts")
    first = _PART.match(text, start)
    if first is None or (first.end() == end and (len(first["great"]) < 2 or first["power"])):
        return None
    return None if first["great"] in ("万亿", "萬億") and first.end() == end else end
