"""What a Chinese numeral is part of: a number, a date, an ordinal, a share; if nothing, an idiom.

Chinese numerals stand in words at least as often as they count. A number is read where grammar
leaves no other reading (a measure word behind it, 百分之 before it); in doubt it is an idiom, which
nothing ever changes.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from textclean.quantities import idioms, slogans, units
from textclean.quantities.assembly import complete, ordinal, plain
from textclean.quantities.assembly import idiom as make_idiom
from textclean.quantities.numerals import Number, power_of, read_chinese, read_digits, read_figures
from textclean.quantities.points import Point, read_chinese_number, read_chinese_point, read_number
from textclean.quantities.quantity import Bound, Kind, Quantity
from textclean.quantities.ranges import Span, read_span
from textclean.quantities.shapes import DIGITS, FINANCIAL, NUMERALS, YEAR_NUMERALS
from textclean.quantities.units import Category
from textclean.quantities.writing import tidy
from textclean.text.classes import is_han
from textclean.text.patterns import pattern

_FINANCIAL = pattern(FINANCIAL)
_RUN = pattern(f"[{NUMERALS}]++")
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
_PAIR = pattern(
    "(?P<tens>[一二三四五六七八九]?十)?(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])"
    "(?P<power>[十百千万亿]*+)"
)
_FIGURES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_MAGNITUDES = frozenset("十百千万亿")
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
# Units that a single Chinese numeral does not count: 六院, 三期, 两国, 四面 name or enumerate.
_NAMING_UNITS = frozenset(
    "院馆校厂店村镇乡县市区省州岛湖河站港闸坝井库国号星点线楼山战胜负球冠字词室厅卫厨手代辈等路师军连营团旅班排"
    "队味服口眼期里度头圈车包贴旬季面方角分双桥隧令桌弹箭枪炮拳脚掌腿剑鞭棍棒斧锤声响环式招曲出版集周色街道社区"
) | {
    "社区",
    "街道",
    "机组",
    "等级",
    "星级",
    "年级",
    "车道",
    "号线",
    "楼层",
    "院",
    "维",
    "元组",
    "进制",
}
# Symbols' Chinese names of one character that a single numeral counts; 六安 is a town.
_SHORT_MEASURES = frozenset("米吨斤克亩升丈尺寸倍成折番顷元岁")
_LEVELLED = frozenset("省市县区乡镇村旗州盟")
# What stands before the day of a month, where behind a name a numeral with 号 is a name too.
_BEFORE_DAYS = frozenset("月本上下当于在到至从自截日号的这每底前后天年即是到为和与及或")
# 这一切, 这一些: words of their own.
_AFTER_THIS = frozenset("切些点定直样般旦边幕带系方度阵番")
_DEFINITE = frozenset("这那每某另同整")
_DEGREES = frozenset(("℃", "度", "℉"))
_FIGURE_DIGITS = frozenset("0123456789０１２３４５６７８９")
_NEXT_OF_SPAN = frozenset("来多半以左内后前里间期中之")


def read_numerals(text: str, at: int, floor: int) -> Quantity:
    """The expression whose first numeral is at `at`; nothing before `floor` may be taken."""
    run = _RUN.match(text, at)
    if run is None:  # 半
        return _half(text, at, floor)
    end = run.end()
    before = text[at - 1] if at > floor else ""
    if before == "第" or (before == " " and at - 2 >= floor and text[at - 2] == "第"):
        return _ordinal(text, at - 1 if before == "第" else at - 2, at, end, floor)
    if text.startswith("分之", end):
        share = _share(text, at, floor)
        if share is not None:
            return share
    if text.startswith("零下", at):
        below = _below_zero(text, at)
        if below is not None:
            return below
    if text[at - 1 : end + 1] in _marked(text[at:end]) or (
        text[end : end + 1] == "、" and (not at or text[at - 1] in "\n\r\u3000")
    ):
        return make_idiom(text, at, end)  # （十一）, 十一、
    if text[end : end + 1] == "级":
        graded = _graded(text, at, end, floor)
        if graded is not None:
            return graded
    if before in slogans.OPENING and before:
        closing = slogans.whole(text, at)
        if closing is not None:
            return make_idiom(text, at, closing)
    idiom = idioms.covering(text, at)
    if idiom is not None and (idiom.start < floor or idiom.start > at):
        idiom = None
    if idiom is not None and idiom.end < end and read_chinese(text[at:end]) is not None:
        # 统一百货, 三十一中: the idiom would take a part of what may be a number.
        number = _number(text, at, end, floor)
        return number if number is not None else make_idiom(text, idiom.start, idiom.end)
    if idiom is None and text[at:end] == "一":
        closing = slogans.member(text, at)
        if closing is not None:
            return make_idiom(text, at, closing)
    if text.startswith("一半", at) and (idiom is None or idiom.end == at + 2):
        return plain(text, at, at + 2, Kind.RATIO, Fraction(1, 2))
    if idiom is not None and (idiom.end > end or idiom.start < at or idiom.end == end):
        short = idiom.end - idiom.start == 2 and idiom.start == at
        if short and before == "这" and text[at] == "一" and _is_noun(text, end):
            return make_idiom(text, at - 1, end)
        if not text.startswith(("一个", "一年", "一天", "一月"), at) or not _is_duration(text, at):
            closing = slogans.member(text, at) if idiom.end - at == 2 else None
            return make_idiom(text, idiom.start, closing or _doubled(text, idiom.end))
    elif idiom is not None:
        return make_idiom(text, idiom.start, idiom.end)
    if text.startswith("号", end) and is_han(before) and before not in _BEFORE_DAYS:
        return make_idiom(text, at, end + 1)  # 中星十一号, 启丰二号
    number = _number(text, at, end, floor)
    if number is not None:
        return number
    if _is_this(text, at, end, floor):
        return make_idiom(text, at - 1, end)
    return make_idiom(text, at, _doubled(text, _extent(text, at, end)))


def _marked(numerals: str) -> tuple[str, str]:
    return f"（{numerals}）", f"({numerals})"


def _extent(text: str, at: int, end: int) -> int:
    """Where a slogan ends, which runs over no word that the lexicon has (三面|五星红旗)."""
    closing = slogans.extent(text, at, end)
    inner = _RUN.search(text, end, closing)
    if inner is not None:
        idiom = idioms.covering(text, inner.start())
        if idiom is not None and idiom.start == inner.start() and idiom.end > closing:
            return inner.start()
    return closing


def _below_zero(text: str, at: int) -> Quantity | None:
    """零下14℃, 零下二十多度."""
    start = at + 2
    while text[start : start + 1] == " ":
        start += 1
    is_figure = text[start : start + 1] in _FIGURE_DIGITS and start < len(text)
    read = read_number if is_figure else read_chinese_number
    span = read_span(text, start, read) if is_figure or _RUN.match(text, start) else None
    if span is None or span.values is not None or span.point.unit not in _DEGREES:
        return None
    found = complete(text, start, start, span)
    if not isinstance(found.value, Decimal):
        return None
    part = text[at : found.end]
    return found._replace(
        start=at, text=part, value=-found.value, normalised="零下" + found.normalised
    )


def _doubled(text: str, end: int) -> int:
    """The end of 一张张, 一块块, where 一张 ends at `end`."""
    is_doubled = text[end - 2 : end - 1] == "一" and text[end - 1] == text[end : end + 1]
    return end + 1 if is_doubled else end


def _graded(text: str, at: int, end: int, floor: int) -> Quantity | None:
    """二级以上 is a grade; 市、县、乡、村四级 counts its levels."""
    if end - at > 1:
        return None
    if text.startswith("以上", end + 1):
        return make_idiom(text, at, end + 3)
    if text[at] not in "三四五六" or text.startswith("联动", end + 1):
        return None
    point = read_chinese_number(text, at)
    if point is None or not _counts(text, at, end, floor, point):
        return None
    return complete(text, at, floor, Span(at, point.end, point, None, None, 0))


def _is_this(text: str, at: int, end: int, floor: int) -> bool:
    """Whether the numeral is that of 这一, 那一 before a noun that no measure word opens."""
    return text[at:end] == "一" and at > floor and text[at - 1] in "这那任" and _is_noun(text, end)


def _is_noun(text: str, at: int) -> bool:
    """Whether what follows 这一 is neither a measure word nor the rest of a pronoun."""
    return text[at : at + 1] not in _AFTER_THIS and units.match(text, at) is None


def _number(text: str, at: int, end: int, floor: int) -> Quantity | None:
    """The number whose numerals are ``text[at:end]``, if it is one that counts something."""
    numerals = text[at:end]
    if numerals[0] in _MAGNITUDES:
        some = _some(text, at, end, floor)
        if some is not None or numerals[0] != "十":
            return some
    span = read_span(text, at, read_chinese_point)
    if span is None:
        if text.startswith("比", end):
            return None
        return _pair(text, at, floor)
    point = span.point
    if point.is_date or span.values is not None:
        if text.startswith(("一日", "一时", "一号"), at) and span.end == at + 2:
            return None
        return complete(text, at, floor, span)
    if text.startswith("比", end):
        proportion = _PROPORTION.match(text, at)
        if proportion:
            left, right = read_chinese(proportion["left"]), read_chinese(proportion["right"])
            if left and right:
                value = f"{left.value:f}:{right.value:f}"
                return plain(text, at, proportion.end(), Kind.RATIO, value)
    if point.unit is None:
        if len(numerals) > 1 or point.bound is not Bound.EXACT or point.power:
            return complete(text, at, floor, span)
        return None
    if len(numerals) == 1 and point.bound is Bound.EXACT and not point.power:
        if not _counts(text, at, end, floor, point):
            return None
        if point.category is Category.COUNTER:
            closing = slogans.quoted(text, at)
            if closing is not None and closing > span.end:
                return make_idiom(text, at, closing)
    return complete(text, at, floor, span)


def _counts(text: str, at: int, end: int, floor: int, point: Point) -> bool:
    """Whether one numeral with a unit behind it is a count; if not, an idiom."""
    numeral = text[at]
    if numeral == "零":
        return False
    if point.number is not None and point.number.precision < 0:
        return True  # 一点三倍
    form = text[end : point.end].lstrip()
    if numeral == "一":
        return (
            _is_duration(text, at)
            or form == "倍"
            or (
                point.category in (Category.MEASURE, Category.AGE)
                and (len(form) > 1 or form in "米吨斤亩岁")
                and text[at - 1 : at] not in _DEFINITE
            )
        )
    if point.category is Category.COUNTER or point.category is Category.RATIO:
        if form == "级":
            if numeral == "两":
                return True
            # 县、乡、村四级; 全省三级医院 is a grade.
            listed = text[at - 2 : at - 1]
            return (
                numeral in "三四五六"
                and text[at - 1 : at] in _LEVELLED
                and (listed in _LEVELLED or listed in ("、", "）", ")"))
                and not text.startswith(("医院", "甲等", "综合", "以上"), point.end)
            )
        if numeral == "两":
            return form not in _NAMING_UNITS or form in "字队班"
        return form not in _NAMING_UNITS
    if point.category is Category.TIME:
        return form not in _NAMING_UNITS or len(form) > 1 or form in ("周",)
    if point.category is Category.CURRENCY:
        return True
    return len(form) > 1 or form in _SHORT_MEASURES


def _is_duration(text: str, at: int) -> bool:
    """Whether 一个周期, 一年, 一小时 is a span of time that is counted."""
    before = text[at - 1 : at]
    if before in _DEFINITE and before:
        return False
    point = read_chinese_point(text, at)
    if point is None or point.unit is None:
        return False
    form = text[at + 1 : point.end]
    if form.startswith("个") and len(form) > 1:
        return True
    if point.category is not Category.TIME:
        return False
    if len(form) > 1:
        return True
    return (
        form in "年天周"
        and text[point.end : point.end + 1] in _NEXT_OF_SPAN
        and bool(text[point.end : point.end + 1])
    )


def _some(text: str, at: int, end: int, floor: int) -> Quantity | None:
    """百余台, 数千人, 上百家: a magnitude without a digit, which some word stands for."""
    numerals = text[at:end]
    if any(char not in _MAGNITUDES for char in numerals):
        return None
    before = text[at - 1] if at > floor else ""
    following = text[end : end + 1]
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
    more = following in "余多" and bool(following)
    if bound is None and not more:
        return None
    if len(numerals) > 3:
        return None
    matched = units.match(text, end + more)
    value = Decimal(10) ** power_of(numerals)
    point = Point(
        matched.end if matched else end + more,
        Number(value, power_of(numerals)),
        matched.unit.name if matched else None,
        matched.unit.category if matched else None,
        Bound.MORE if more else bound or Bound.MORE,
    )
    span = Span(at, point.end, point, None, None, power_of(numerals))
    found = complete(text, at, max(floor, at), span)
    part = text[start : found.end]
    return found._replace(start=start, text=part, normalised=tidy(part, None))


def _pair(text: str, at: int, floor: int) -> Quantity | None:
    """两三个, 七八百人, 十五六岁: two digits side by side, between which the number lies."""
    found = _PAIR.match(text, at)
    if found is None or len(found["power"]) > 3:
        return None
    low, high = _FIGURES[found["low"]], _FIGURES[found["high"]]
    if not (high == low + 1 or (low, high) == (3, 5)):
        return None
    matched = units.match(text, found.end())
    if matched is None and not found["power"]:
        return None
    if matched is not None and not found["power"] and matched.unit.name in _NAMING_UNITS - {"周"}:
        return None
    power = power_of(found["power"])
    tens = 0
    if found["tens"]:
        tens = 10 * (_FIGURES[found["tens"][0]] if len(found["tens"]) == 2 else 1)
    ends = Decimal((tens + low) * 10**power), Decimal((tens + high) * 10**power)
    end = matched.end if matched else found.end()
    unit = matched.unit.name if matched else None
    part = text[at:end]
    written = tidy(part, None)
    precision = (power, power)
    return Quantity(at, end, part, Kind.APPROX, ends, unit, Bound.APPROX, written, precision)


def read_financial(text: str, at: int, floor: int) -> Quantity:
    """A number in the forms of cheques, which begins at `at`: 壹仟贰佰元."""
    found = _FINANCIAL.match(text, at)
    number = read_chinese(found.group()) if found else None
    if found is None or number is None:
        return make_idiom(text, at, found.end() if found else at + 1)
    matched = units.match(text, found.end())
    point = Point(
        matched.end if matched else found.end(),
        number,
        matched.unit.name if matched else None,
        matched.unit.category if matched else None,
        Bound.EXACT,
    )
    return complete(text, at, floor, Span(at, point.end, point, None, None, number.precision))


def _share(text: str, at: int, floor: int) -> Quantity | None:
    """百分之三点五, 三分之一."""
    share = _SHARE.match(text, at)
    if share:
        unit = _SHARES[share["whole"]]
        low = _read_part(share["part"])
        high = _read_part(share["to"]) if share["to"] else None
        if low is None:
            return None
        bound = Bound.MORE if share["more"] else Bound.EXACT
        point = Point(share.end(), high or low, unit, Category.RATIO, bound)
        values = (low.value, high.value) if high else None
        precision = (low.precision, high.precision) if high else low.precision
        return complete(text, at, floor, Span(at, share.end(), point, values, None, precision))
    fraction = _FRACTION.match(text, at)
    if fraction:
        whole, part = read_chinese(fraction["whole"]), read_chinese(fraction["part"])
        if whole and part and whole.value and whole.value == whole.value.to_integral_value():
            value = Fraction(int(part.value), int(whole.value))
            point = Point(fraction.end(), None, None, Category.RATIO, Bound.EXACT)
            return complete(text, at, floor, Span(at, point.end, point), value)
    return None


def _read_part(text: str) -> Number | None:
    if text == "百":
        return Number(Decimal(100), 0)
    if text[0] in "0123456789０１２３４５６７８９":
        return read_digits(text)
    whole, _, places = text.partition("点")
    number = read_chinese(whole)
    if number is None or not places:
        return number
    figures = read_figures(places)
    return Number(Decimal(f"{number.value:f}.{figures}"), -len(places)) if figures else None


def _ordinal(text: str, start: int, at: int, end: int, floor: int) -> Quantity:
    idiom = idioms.covering(text, at)
    if idiom is not None and floor <= idiom.start <= start and idiom.end > end:
        return make_idiom(text, idiom.start, idiom.end)
    named = slogans.institution(text, start)
    if named is not None:
        return make_idiom(text, start, named)
    span = read_span(text, at, read_chinese_number)
    if span is None:
        number = read_chinese(text[at:end])
        if number is None:
            return make_idiom(text, start, end)
        point = Point(end, number, None, None, Bound.EXACT)
        span = Span(at, end, point, None, None, number.precision)
    return ordinal(text, start, span)


def _half(text: str, at: int, floor: int) -> Quantity:
    found = _HALF_UNIT.match(text, at)
    if found and text[at - 1 : at] not in ("上", "下", "前", "后", "大", "小", "多"):
        unit = units.lookup(found["unit"])
        point = Point(
            found.end(),
            Number(Decimal("0.5"), -1),
            unit.name if unit else found["unit"],
            Category.TIME,
            Bound.MORE if found["many"] else Bound.EXACT,
        )
        return complete(text, at, floor, Span(at, point.end, point, None, None, -1))
    idiom = idioms.covering(text, at)
    if idiom is not None and floor <= idiom.start <= at:
        return make_idiom(text, idiom.start, idiom.end)
    if at > floor and text[at - 1] in "大过多减对夜小上下前后折参" and text[at - 1 : at]:
        return make_idiom(text, at - 1, at + 1)
    return make_idiom(text, at, slogans.extent(text, at, at + 1))
