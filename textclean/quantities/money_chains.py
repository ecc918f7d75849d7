"""Sums of money in several units: 50元6角三分, 3元零5分, 三块五, 五元三毛, 两块八一斤."""

from __future__ import annotations

from decimal import Decimal

from textclean.quantities.mixed_numerals import UNIT_NUMERALS
from textclean.quantities.numerals import Number, add, read_chinese, read_digits
from textclean.quantities.shapes import DIGIT_CHARACTERS, DIGITS, NUMERALS
from textclean.text.patterns import pattern

#: With what the names of the greater unit begin.
SIGNS = frozenset("元块圆圓塊角毛")
_FIGURE = f"[{DIGITS}{UNIT_NUMERALS}]"
_FEN = "分(?![之别布析钟开成为享类子店校公部])钱?"
# A last figure without its unit: 三块五, 1块4毛4. What follows shows that it counts nothing:
# 三块五花肉 are pieces. 两块八一斤 is a price.
_NOTHING_COUNTED = (
    r"(?=\Z|[\s，。、；：！？“”‘’（）()《》…～~—至到/,;!?\-]|[的了吧呢啊呀就都还才多左以每降涨升跌买卖提]|新?[台臺]币|港币"
    "|一[斤个张瓶份公条只件本杯碗袋盒包次天支吨克升里度平])"
)
_COUNTED = "个斤两张只条瓶本块元角毛分年月日天名次"
_CHAIN = pattern(
    f"(?:元|圆|圓|[块塊]钱?)(?:零?(?P<jiao>{_FIGURE})[角毛](?![度落形利铁钢板尺函星])钱?"
    f"(?:零?(?P<fen>{_FIGURE})(?:{_FEN}|{_NOTHING_COUNTED}|(?<=毛.)(?![{DIGITS}{NUMERALS}{_COUNTED}])))?"
    f"|零(?P<fen_only>{_FIGURE}){_FEN})"
    f"|[块塊](?P<lone>[{DIGITS}一二三四五六七八九]){_NOTHING_COUNTED}"
    f"|[角毛]钱?(?P<fen_of_jiao>{_FIGURE})(?:{_FEN}|{_NOTHING_COUNTED})"
)

_ALONE = pattern(f"毛{_NOTHING_COUNTED}")
_TEN = 10


def read_chain(text: str, at: int, number: Number) -> tuple[Number, int] | None:
    """The sum in 元 of `number`, whose unit begins at `at`, and of the units behind, and its end.

    None where nothing goes on behind the unit.
    """
    match = _CHAIN.match(text, at) if number.precision >= 0 else None
    if match is None:
        return None
    if match["fen_of_jiao"]:  # 3角5分
        is_figure = match["fen_of_jiao"] in DIGIT_CHARACTERS
        if number.precision or number.value >= _TEN:
            return None
        if is_figure != (text[at - 1] in DIGIT_CHARACTERS):
            return None  # 八角2-3颗 is a spice
        jiao = Number(number.value / _TEN, -1)
        return add(jiao, _part(match["fen_of_jiao"], -2)), match.end()
    tenths, hundredths = match["jiao"] or match["lone"], match["fen"] or match["fen_only"]
    if tenths:
        number = add(number, _part(tenths, -1))
    if hundredths:
        number = add(number, _part(hundredths, -2))
    return number, match.end()


def is_alone(text: str, at: int) -> bool:
    """Whether the 毛 at `at` is a sum by itself: 2毛, 5毛一个; not 8毛病."""
    return _ALONE.match(text, at) is not None


def _part(figure: str, power: int) -> Number:
    read = read_digits(figure) if figure in DIGIT_CHARACTERS else read_chinese(figure)
    value = read.value if read else Decimal(0)  # the pattern has figures only
    return Number(value.scaleb(power), power)
