"""Numbers read exactly and written back: digits of both widths, Chinese numerals, powers of ten.

Nothing here rounds: a number that cannot be read exactly is refused. A run of more than
`MOST_DIGITS` digits is refused unread, so that time is bounded.
"""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow, Rounded
from functools import lru_cache
from typing import NamedTuple

from textclean.text.classes import DIGITS_TO_HALF_WIDTH

#: More digits than this are no number but damage or data.
MOST_DIGITS = 64
# Room for every product of numbers within that limit; what would not fit raises.
_EXACT = Context(prec=4 * MOST_DIGITS, traps=[Inexact, InvalidOperation, Overflow, Rounded])

_WIDTH = DIGITS_TO_HALF_WIDTH | str.maketrans("．。，", "..,", " \u3000\u00a0")
_GROUPING = str.maketrans("", "", ",")

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "Ｏ": 0, "两": 2, "兩": 2, "壹": 1, "贰": 2, "貳": 2, "叁": 3, "叄": 3,
    "肆": 4, "伍": 5, "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_POWERS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3}
_MYRIADS = {"万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12}
_TENS = {"廿": 2, "卅": 3}
_WRITTEN = "零一二三四五六七八九"
_FINANCIAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
#: The forms of cheques; where they mix with ordinary numerals they are read as those.
FORMAL_FORMS = "壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟"
TO_ORDINARY = str.maketrans(FORMAL_FORMS, "一二二三三四五六六七八九十百千")


class Number(NamedTuple):
    """A number as it was written."""

    value: Decimal
    #: The power of ten of its last written digit.
    precision: int


def to_half_width(text: str) -> str:
    """Digits, points and commas at half width, without spaces."""
    return text.translate(_WIDTH)


@lru_cache(maxsize=8192)
def read_digits(text: str) -> Number | None:
    """A number in digits of either width, with or without separators and a decimal point.

    None where it is longer than `MOST_DIGITS`.
    """
    if len(text) > 2 * MOST_DIGITS:
        return None
    plain = text.translate(_WIDTH).translate(_GROUPING)
    if len(plain) > MOST_DIGITS:
        return None
    whole, _, places = plain.partition(".")
    if not (whole + places).isascii() or not (whole + places).isdigit():
        return None
    return Number(Decimal(plain), -len(places))


def scale(number: Number, power: int) -> Number:
    """A number times a power of ten; whole numbers come out without an exponent."""
    if not power:
        return number
    value = number.value.scaleb(power, _EXACT)
    if value.as_tuple().exponent > 0:  # type: ignore[operator]
        value = value.quantize(Decimal(1), context=_EXACT)
    return Number(value, number.precision + power)


def add(left: Number, right: Number) -> Number:
    """The sum of two numbers; as precise as the second, which is the smaller part (3万 + 5千)."""
    return Number(_EXACT.add(left.value, right.value), right.precision)


def power_of(magnitude: str) -> int:
    """The power of ten that a word like 千万 or 万亿 stands for; 0 for ''."""
    return sum(_POWERS.get(char) or _MYRIADS[char] for char in magnitude)


@lru_cache(maxsize=8192)
def read_chinese(text: str) -> Number | None:
    """A Chinese numeral read by its positions: 三千零五, 两万, 一百二十亿, 廿三, 壹仟.

    None for what is no numeral (三五, 十百, 一二三, 万亿亿). The grammar is that of whole numbers
    below 10**16: 零 stands where a position is skipped, and nowhere else. 二百五 and 一万二, which
    leave out the last position, are read as speakers mean them.
    """
    if not text or len(text) > MOST_DIGITS // 2:
        return None
    text = text.replace("万万", "亿")  # 四万万 is 400 million
    total = 0
    section = 0  # below the myriad that is being read
    pending: int | None = None  # a digit that waits for its position
    lowest = 17  # the position last filled, in powers of ten
    low_in_section = 4
    zero = False
    for char in text:
        if char in _MYRIADS:
            power = _MYRIADS[char]
            if pending is not None:
                section += pending
                pending = None
            if zero and not section:
                return None
            if power == 8 and total > 0 and lowest == 4:  # 一万亿: the myriad itself is multiplied
                total = (total + section) * 10**8
                lowest = 8
            elif power == 4 and lowest == 4 and section >= 1_000:  # 四万五千万
                total = (total + section) * 10**4
                lowest = 4
            elif power >= lowest or not section:
                return None
            else:
                total += section * 10**power
                lowest = power
            section, low_in_section, zero = 0, 4, False
        elif char in _POWERS:
            power = _POWERS[char]
            if power >= low_in_section:
                return None
            if pending is None:
                # 十 alone is 一十; 百 and 千 need their digit.
                if power != 1 or section or (total and not zero):
                    return None
                pending = 1
            elif pending == 0:
                return None
            section += pending * 10**power
            pending, low_in_section, zero = None, power, False
        elif char in _TENS:
            if pending is not None or low_in_section <= 1:
                return None
            section += _TENS[char] * 10
            low_in_section, zero = 1, False
        else:
            digit = _DIGITS.get(char)
            if digit is None or pending is not None or low_in_section == 0:
                return None
            if digit == 0:
                if zero:
                    return None
                zero = True
                if len(text) == 1:
                    return Number(Decimal(0), 0)
            else:
                pending = digit
    if pending is not None:
        if not zero and low_in_section in (2, 3):  # 二百五, 三千六
            power = low_in_section - 1
            return Number(Decimal(total + section + pending * 10**power), 0)
        if not zero and not section and total and lowest in (4, 8) and len(text) > 1:  # 一万二
            if text[-2] not in _MYRIADS:
                return None
            power = lowest - 1
            return Number(Decimal(total + pending * 10**power), power)
        section += pending
        zero = False
    if zero:
        return None
    # 十, 百 and 千 are positions that are written out: 三百 is 300; 万 and 亿 are magnitudes.
    return Number(Decimal(total + section), 0 if section else lowest)


def read_figures(text: str) -> str | None:
    """Chinese figures read one by one, as in years: 二〇二一 is ``2021``; None for others."""
    figures = [0 if char in "0０" else _DIGITS.get(char) for char in text]
    if not figures or len(figures) > MOST_DIGITS or None in figures:
        return None
    return "".join(map(str, figures))


def read_pointed(text: str) -> Number | None:
    """A Chinese numeral, with figures behind 点 or without: 三点一四."""
    whole, _, places = text.replace("點", "点").partition("点")
    number = read_chinese(whole)
    if number is None or not places:
        return number
    figures = read_figures(places)
    return Number(Decimal(f"{number.value:f}.{figures}"), -len(places)) if figures else None


def write_chinese(value: int, *, financial: bool = False) -> str:
    """A whole number from 0 to 10**16 - 1 as `read_chinese` reads it; in 壹贰叁 if `financial`.

    Raises:
        ValueError: the number is not in that range.
    """
    if not 0 <= value < 10**16:
        raise ValueError(f"{value} cannot be written in Chinese numerals")
    if value == 0:
        return "零"
    text = _written(value)
    if financial:
        return text.translate(_FINANCIAL)
    return text[1:] if text.startswith("一十") else text


def _written(value: int, names: str = "亿万千百十") -> str:
    """A number in positions of these names, 一十 at its head included; nothing for 0."""
    if not names:
        return _WRITTEN[value] if value else ""
    power = power_of(names[0])
    high, low = divmod(value, 10**power)
    text = _written(high, names[1:]) + names[0] if high else ""
    if high and low and (low < 10 ** (power - 1) or high % 10 == 0):
        text += "零"
    return text + _written(low, names[1:])
