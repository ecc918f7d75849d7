"""What a Chinese numeral is part of: a number, a date, an ordinal, a share, or else an idiom.

Chinese numerals are parts of words at least as often as they count. First the lexicon of idioms is
asked, then 第, 百分之 and 分之, then grammar. Only what grammar makes certain
is a number (a measure word behind it, 百分之 before it). In doubt it is an idiom, and no rule
changes an idiom.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from textclean.quantities import idiom_extent, idioms, units
from textclean.quantities.approximate import MAGNITUDES, read_pair, read_some
from textclean.quantities.build import complete, idiom, ordinal, plain
from textclean.quantities.fractions import read_half, read_proportion, read_share
from textclean.quantities.number_units import counted
from textclean.quantities.numerals import FORMAL_FORMS, read_chinese
from textclean.quantities.quantity import Bound, Kind, Quantity
from textclean.quantities.ranges import read_span, single
from textclean.quantities.scalar import Scalar
from textclean.quantities.scalars import read_chinese_number, read_chinese_scalar
from textclean.quantities.shapes import NUMERAL_RUN, NUMERALS
from textclean.quantities.signs import Sign, bears, belongs, sign_before, signed
from textclean.quantities.temperatures import read_degrees
from textclean.quantities.unit_homographs import NAMING_UNITS
from textclean.quantities.units import Category
from textclean.text.classes import is_han
from textclean.text.patterns import pattern

_RUN = pattern(NUMERAL_RUN)
# Symbols' Chinese names of one character that a single numeral counts; 六安 is a town.
_SHORT_MEASURES = frozenset("米吨斤克亩升丈尺寸倍成折番顷元岁两钱噸畝頃歲兩錢")
_LEVELLED = frozenset("省市县区乡镇村旗州盟")
_NEGATIVE = frozenset("负負")
_MONEY = frozenset("元块毛角圆圓塊")
_SEVERAL = frozenset("几数幾數")
# 三毛 is a name, 三毛钱 is none.
_NAMED_MONEY = ("毛钱", "块钱", "角钱")
# Numerals with a space between any two, positions among them: 三 十 五, 一 百 二 十.
_APART = pattern(
    "(?:[一二三四五六七八九](?: [十百千万亿](?: [一二三四五六七八九])?){1,8}+"
    "|十 [一二三四五六七八九])"
    f"(?! ?[{NUMERALS}])"
)
_LONGEST_NAME = 3
_FEWEST_APART = 3
_LISTED = frozenset(" 、（(第")
# What stands before the day of a month, where behind a name a numeral with 号 is a name too.
_BEFORE_DAYS = frozenset("月本上下当于在到至从自截日号的这每底前后天年即是到为和与及或")
# 这一切, 这一些: words of their own.
_AFTER_THIS = frozenset("切些点定直样般旦边幕带系方度阵番")
_DEFINITE = frozenset("这那每某另同整")
_NEXT_OF_SPAN = frozenset("来多半以左内后前里间期中之")


def read_numerals(text: str, at: int, floor: int) -> Quantity:
    """The expression whose first numeral is at `at`; it does not begin before `floor`."""
    first = text[at]
    if first == "半":
        return read_half(text, at, floor)
    run = _RUN.match(text, at)
    end = run.end() if run else at + 1
    following = text[end : end + 1]
    before = text[at - 1] if at > floor else ""
    start = at - 2 if before == " " else at - 1
    if start >= floor and text[start] == "第":
        return _ordinal(text, start, at, end, floor)
    read = None
    if following == "又" or (following == "分" and text.startswith("之", end + 1)):
        read = _signed_share(text, at, floor)
    elif following and following in _MONEY:
        read = _sum_of_money(text, at, floor)
    elif following and following in FORMAL_FORMS:
        scalar = read_chinese_number(text, at)
        # 八佰伴 is a name.
        if scalar is not None and (scalar.unit or scalar.end - at > _LONGEST_NAME):
            read = complete(text, at, floor, single(at, scalar))
    elif following == "折" and end - at > 1:
        read = _number(text, at, end, floor)  # 九九折
    elif following == " ":
        read = _set_apart(text, at, floor)
    elif first == "零" and text.startswith(("下", "上"), at + 1):
        read = read_degrees(text, at)
    elif following == "级":
        read = _graded(text, at, end, floor)
    elif (following == "、" and (not at or text[at - 1] in "\n\r\u3000")) or (
        following and following in "）)" and text[at - 1 : at] in ("（", "(")
    ):
        return idiom(text, at, end)  # （十一）, 十一、
    if read is not None:
        return read
    if before and before in idiom_extent.OPENING:
        closing = idiom_extent.whole(text, at)
        if closing is not None:
            return idiom(text, at, closing)
    word = idioms.covering(text, at)
    if word is None or word.start < floor or word.start > at:
        if first == "一" and end == at + 1:
            closing = idiom_extent.member(text, at)
            if closing is not None:
                return idiom(text, at, closing)
            if following == "半":
                return plain(text, at, at + 2, Kind.RATIO, Fraction(1, 2))
    else:
        quantity = _word(text, at, end, floor, before, word)
        if quantity is not None:
            return quantity
    if following == "号" and is_han(before) and before not in _BEFORE_DAYS:
        return idiom(text, at, end + 1)  # 中星十一号, 启丰二号
    number = _number(text, at, end, floor)
    if number is not None:
        return number
    if _is_this(text, at, end, floor):
        return idiom(text, at - 1, end)
    return idiom(text, at, _doubled(text, _extent(text, at, end)))


def _signed_share(text: str, at: int, floor: int) -> Quantity | None:
    """A share or fraction, below zero where 负 says so: 负百分之二."""
    share = read_share(text, at, floor)
    sign = sign_before(text, at, floor)
    if share is None or sign is None or share.start < at or sign.sign is not Sign.NEGATIVE:
        return share
    if not isinstance(share.value, Decimal) or bears(sign.before):
        return share
    part = text[sign.start : share.end]
    return share._replace(
        start=sign.start,
        text=part,
        value=-share.value,
        normalised=text[sign.start] + share.normalised,
    )


def _sum_of_money(text: str, at: int, floor: int) -> Quantity | None:
    """三块五, 五元三毛: a sum in several units; None for one unit, and for pieces."""
    if text[at] in MAGNITUDES and (text[at] != "十" or text[at - 1 : at] in _SEVERAL):
        return None  # 几十块钱
    scalar = read_chinese_number(text, at)
    if scalar is None or scalar.category is not Category.CURRENCY or scalar.number is None:
        return None
    is_sum = scalar.number.precision < 0 or text[scalar.end - 2 : scalar.end] in _NAMED_MONEY
    return complete(text, at, floor, single(at, scalar)) if is_sum else None


def _set_apart(text: str, at: int, floor: int) -> Quantity | None:
    """三 十 五, 五 百 斤: numerals that a layout set apart, where together they are one number.

    Three characters at least must stand apart: 卷三 百姓 and 三 十月 are words.
    """
    match = _APART.match(text, at)
    if match is None or (at > floor and text[at - 1] in _LISTED):
        return None
    numerals = match.group().replace(" ", "")
    number = read_chinese(numerals)
    if number is None:
        return None
    end = match.end()
    scalar = counted(text, end + 1, number) if text.startswith(" ", end) else Scalar(end, number)
    if scalar.unit is None:
        scalar = counted(text, end, number) if len(numerals) > _FEWEST_APART else scalar
        if len(numerals) < _FEWEST_APART:
            return None
        if scalar.unit is None:
            scalar = Scalar(end, number)
    return complete(text, at, floor, single(at, scalar))


def _word(
    text: str, at: int, end: int, floor: int, before: str, word: idioms.IdiomMatch
) -> Quantity | None:
    """The numeral at `at` where the lexicon has `word` there; None if it counts a duration."""
    start, stop = word
    if stop < end:
        # 统一百货, 三十一中: the idiom would take a part of what may be a number.
        number = read_chinese(text[at:end]) and _number(text, at, end, floor)
        return number or idiom(text, start, stop)
    if text[at] == "一" and start == at and stop == at + 2:
        if before == "这" and _is_noun(text, end):
            return idiom(text, at - 1, end)
        following = text[at + 1]
        if following == "半":
            return plain(text, at, at + 2, Kind.RATIO, Fraction(1, 2))
        if following in "个年天月" and _is_duration(text, at):
            return None
    elif (
        stop - at < 4  # not 一年半载
        and text.startswith(("一个", "一年", "一天", "一月"), at)
        and _is_duration(text, at)
    ):
        return None
    closing = idiom_extent.member(text, at) if stop - at == 2 else None
    return idiom(text, start, closing or _doubled(text, stop))


def _extent(text: str, at: int, end: int) -> int:
    """The end of a slogan, which never cuts a word of the lexicon (三面|五星红旗)."""
    if text[at] in MAGNITUDES and text[at - 1 : at] == "每" and units.match(text, end) is None:
        return end  # 每千常住人口
    closing = idiom_extent.extent(text, at, end)
    inner = _RUN.search(text, end, closing)
    if inner is not None:
        word = idioms.covering(text, inner.start())
        if word is not None and word.start == inner.start() and word.end > closing:
            return inner.start()
    return closing


def _doubled(text: str, end: int) -> int:
    """The end of 一张张, 一块块, where 一张 ends at `end`."""
    is_doubled = text[end - 2 : end - 1] == "一" and text[end - 1] == text[end : end + 1]
    return end + 1 if is_doubled else end


def _graded(text: str, at: int, end: int, floor: int) -> Quantity | None:
    """二级以上 is a grade; 市、县、乡、村四级 counts its levels."""
    if end - at > 1:
        return None
    if text.startswith("以上", end + 1):
        return idiom(text, at, end + 3)
    if text[at] not in "三四五六" or text.startswith("联动", end + 1):
        return None
    scalar = read_chinese_number(text, at)
    if scalar is None or not _counts(text, at, end, scalar):
        return None
    return complete(text, at, floor, single(at, scalar))


def _is_this(text: str, at: int, end: int, floor: int) -> bool:
    """Whether the numeral is that of 这一, 那一 before a noun that no measure word opens."""
    return text[at:end] == "一" and at > floor and text[at - 1] in "这那任" and _is_noun(text, end)


def _is_noun(text: str, at: int) -> bool:
    """Whether what follows 这一 is neither a measure word nor the rest of a pronoun."""
    return text[at : at + 1] not in _AFTER_THIS and units.match(text, at) is None


def _number(text: str, at: int, end: int, floor: int) -> Quantity | None:
    """The number whose numerals are ``text[at:end]``, if it is one that counts something."""
    numerals = text[at:end]
    if numerals[0] in MAGNITUDES:
        quantity = read_some(text, at, end, floor)
        if quantity is not None or numerals[0] != "十":
            return quantity
    if text[at - 1 : at] in _NEGATIVE and (sign := sign_before(text, at, floor)):
        negative = read_span(text, at, read_chinese_scalar, negative=sign.sign is Sign.NEGATIVE)
        if negative is not None and belongs(text, sign, negative):
            return complete(text, at, floor, signed(negative, sign.sign), sign=sign.start)
    span = read_span(text, at, read_chinese_scalar)
    if span is None:
        return None if text.startswith("比", end) else read_pair(text, at, floor)
    scalar = span.scalar
    if scalar.is_date or span.values is not None:
        if text.startswith(("一日", "一时", "一号"), at) and span.end == at + 2:
            return None
        return complete(text, at, floor, span)
    if text.startswith("比", end):
        proportion = read_proportion(text, at)
        if proportion is not None:
            return proportion
    if len(numerals) == 1 and scalar.bound is Bound.EXACT and not scalar.power:
        if scalar.unit is None or not _counts(text, at, end, scalar):
            return None
        if scalar.category is Category.COUNTER:
            closing = idiom_extent.quoted(text, at)
            if closing is not None and closing > span.end:
                return idiom(text, at, closing)
    return complete(text, at, floor, span)


def _counts(text: str, at: int, end: int, scalar: Scalar) -> bool:
    """Whether one numeral with a unit behind it is a count; if not, an idiom."""
    numeral = text[at]
    if scalar.number is not None and scalar.number.precision < 0:
        # 一点三倍, 零点五个百分点, 三块五; 零点三个班次 are three at midnight.
        return numeral != "零" or scalar.category is not Category.COUNTER
    if numeral == "零":
        return False
    form = text[end : scalar.end].lstrip()
    if numeral == "一":
        return (
            _is_duration(text, at)
            or form == "倍"
            or (
                scalar.category in (Category.MEASURE, Category.AGE)
                and (len(form) > 1 or form in "米吨斤亩岁两钱噸畝歲兩錢")
                and text[at - 1 : at] not in _DEFINITE
            )
        )
    if scalar.category in (Category.COUNTER, Category.RATIO):
        if form == "级":
            # 县、乡、村四级; 全省三级医院 is a grade.
            return numeral == "两" or (
                numeral in "三四五六"
                and text[at - 1 : at] in _LEVELLED
                and text[at - 2 : at - 1] in _LEVELLED | frozenset("、）)")
                and not text.startswith(("医院", "甲等", "综合", "以上"), scalar.end)
            )
        return form not in NAMING_UNITS or (numeral == "两" and form in "字队班")
    if scalar.category is Category.TIME:
        return form not in NAMING_UNITS or len(form) > 1 or form == "周"
    return scalar.category is Category.CURRENCY or len(form) > 1 or form in _SHORT_MEASURES


def _is_duration(text: str, at: int) -> bool:
    """Whether 一个周期, 一年, 一小时 is a span of time that is counted."""
    before = text[at - 1 : at]
    if before and (
        before in _DEFINITE or (before in "上下" and text[at - 2 : at - 1] not in ("以", "之"))
    ):
        return False  # 每一年, 上一年度
    scalar = read_chinese_scalar(text, at)
    if scalar is None or scalar.unit is None:
        return False
    form = text[at + 1 : scalar.end]
    if len(form) > 1:
        return form[0] == "个" or scalar.category is Category.TIME
    following = text[scalar.end : scalar.end + 1]
    return scalar.category is Category.TIME and form in "年天周" and following in _NEXT_OF_SPAN


def _ordinal(text: str, start: int, at: int, end: int, floor: int) -> Quantity:
    word = idioms.covering(text, at)
    if word is not None and floor <= word.start <= start and word.end > end:
        return idiom(text, word.start, word.end)
    apart = _APART.match(text, at)
    number = read_chinese(apart.group().replace(" ", "")) if apart else None
    if apart and number is not None:  # 第 二 十 三 条
        stop = apart.end() + text.startswith(" ", apart.end())
        scalar = counted(text, stop, number)
        scalar = scalar if scalar.unit else Scalar(apart.end(), number)
        return ordinal(text, start, single(at, scalar))
    institution = idiom_extent.institution(text, start)
    if institution is not None:
        return idiom(text, start, institution)
    span = read_span(text, at, read_chinese_number)
    return idiom(text, start, end) if span is None else ordinal(text, start, span)
