"""`find`: every expression with a number in it, with its kind, its value and its tidy form.

One scan stops at digits and Chinese numerals. At each it takes the longest certain reading; a
numeral without one belongs to an idiom. So every digit and numeral of a text lies in exactly one
`Quantity`.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from textclean.quantities import units
from textclean.quantities.abbreviated import FIRST as ABBREVIATED
from textclean.quantities.abbreviated import read_abbreviated
from textclean.quantities.build import code, complete, ordinal, plain
from textclean.quantities.chinese import read_numerals
from textclean.quantities.currency_signs import CURRENCY_SIGNS, read_currency_before
from textclean.quantities.discounts import is_half_price
from textclean.quantities.fast_path import read_frequent
from textclean.quantities.financial_numerals import read_financial
from textclean.quantities.fractions import VULGAR, read_written_fraction
from textclean.quantities.idioms import covering, heads
from textclean.quantities.mixed_numerals import MIXED
from textclean.quantities.numerals import MOST_DIGITS, Number, power_of, read_digits
from textclean.quantities.powers_of_ten import SUPERSCRIPTS
from textclean.quantities.quantity import Kind, Quantity
from textclean.quantities.ranges import ScalarSpan, read_span, single
from textclean.quantities.scalar import SHAPES, Scalar
from textclean.quantities.scalars import read_leading_point, read_number, read_scalar
from textclean.quantities.shapes import DIGIT_CHARACTERS, DIGITS, NUMERALS, SPACES
from textclean.quantities.signs import (
    Sign,
    belongs,
    in_brackets,
    sign_before,
    signed,
    with_tolerance,
)
from textclean.quantities.units import Category
from textclean.text.classes import is_han
from textclean.text.memo import remembered
from textclean.text.patterns import pattern

_FORMAL = "壹贰貳叁叄肆伍陆陸柒捌玖拾"
# One class, so that the search scans for its characters; those of cheques only in a number.
_START = pattern(
    f"[{DIGITS}{NUMERALS}半{VULGAR}{_FORMAL}折](?:(?<=[{DIGITS}{NUMERALS}半{VULGAR}])"
    f"|(?<=[{_FORMAL}])(?:(?=[拾佰仟萬億万亿])|(?=[元圆圓][整正零{_FORMAL}])"
    # 陆百 may be two words (大陆百姓): more of a number must follow.
    f"|(?=[十百千][零一二三四五六七八九十百千万佰仟{_FORMAL}]{{3}}))"
    "|(?<=[对對]折))"
)
_TOKEN = pattern(SHAPES.token)
_NUMBER = pattern(SHAPES.number)
_RATIO = pattern(SHAPES.ratio)
_HOTLINE = pattern(
    r"(?:11[0-49]|12[02]|12\d{3}|9[56]\d{3}|100\d{2}|[48]00\d{7})"
    r"(?:急救|报警|火警|热线|专线|客服|服务热线|政务服务)"
)
# 1/3, 5/10万.
_FRACTION = pattern(r"(\d{1,3})/(\d{1,3})([百千]?[万亿])?(?![\d/.A-Za-z])")
# Names by the character behind their first number: 1+4+1; 8·19讲话, 9·11, a day that names what
# happened (4·3％ is a number with a misread point).
_NAMES = dict.fromkeys("+＋", pattern(SHAPES.sum_code))
_NAMES["·"] = pattern(r"\d{1,2}·\d{1,2}(?![\d·%％])")
_SIGN_WORDS = frozenset("负負")
_SENTENCE_MARKS = frozenset("，。、；：）") | {""}
_TOLERANCES = frozenset("± ")
_RAISED = pattern(
    rf"[{''.join(sorted(SUPERSCRIPTS))}]++|\^(?:\{{[^{{}}\n]{{1,20}}\}}|[-+]?[A-Za-z0-9]{{1,20}})"
)
_TIMES = frozenset("×xX*")
# 1.0×10-3, 6.02×1023: the exponent is no longer raised, and what it was is not certain.
_LOST_POWER = pattern(r"[×xX*]10(?:(?P<minus>[-−–－])[0-9]{1,2}|[1-9][0-9]?)(?![0-9.])")
_ONE_TO_TEN = pattern(r"[1-9]\.[0-9]{1,4}\Z")
_POWER_OF_TEN = pattern(rf"[{''.join(sorted(SUPERSCRIPTS))}^]")
_WIDE_CHAIN = pattern(f"[{DIGITS}]{{1,3}}(?:．[{DIGITS}]{{1,3}}){{2,}}+(?![{DIGITS}])")
_OF_FRACTIONS = frozenset("分又" + VULGAR)
_BEFORE_POINT = frozenset("（(，,、：:=＝<>≤≥±~～\n\t|")
# 取.5, 为.05, 误差.2: words before a number that may begin with its point.
_INTRODUCING = frozenset("取为是达于约值差径到率数设α示者")
_FEW = 3
_OPENING = "“‘「『\"'"
_CLOSING = "”’」』\"'"
_JOINTS = "-–_./"
_BRACKETS = "〕］]"
_SPACES = frozenset(SPACES)
_DASHES = frozenset("-－–—―─~～")
_WIDE_NAME = pattern(rf"[Ａ-Ｚａ-ｚ][{''.join(sorted(_DASHES - {'-'}))}-]?\Z")
# 图-22M3, 米格-29M2: a letter and a digit more, behind a name and a dash.
_MODEL = pattern(r"\d{1,4}[A-Z]\d[A-Za-z\d]*")


def find(text: str) -> list[Quantity]:
    """Every quantity, date, code and numeral idiom of a text, in order and disjoint.

    Offsets are code points. What fits no reading of a number, or two, is a code without a value
    (3千6万), and never cut into others, as are numbers of more than `numerals.MOST_DIGITS` digits.
    Time is linear in the length of the text.
    """
    return list(_read(text))


# Several rules ask about one sentence, and a proof reads the text that the next round begins with.
@remembered(512, longest=1_000)
def _read(text: str) -> list[Quantity]:
    quantities: list[Quantity] = []
    search = _START.search
    end = 0
    start = search(text)
    while start is not None:
        at = start.start()
        if text[at] in DIGIT_CHARACTERS:
            quantity = read_frequent(text, at, end) or _from_digits(text, at, end)
        elif text[at] in _FINANCIAL:
            quantity = read_financial(text, at, end)
        elif text[at] in VULGAR:
            quantity = read_written_fraction(text, at, end) or code(text, at, at + 1)
        elif text[at] == "折":  # 打对折
            if not is_half_price(text, at - 1):
                start = search(text, at + 1)
                continue
            half = Scalar(at + 1, _HALF, "折", Category.RATIO)
            quantity = complete(text, at - 1, end, single(at - 1, half))
        else:
            quantity = read_numerals(text, at, end)
        quantities.append(quantity)
        end = quantity.end
        start = search(text, end)
    return quantities


_FINANCIAL = frozenset(_FORMAL)
_HALF = Number(Decimal(5), 0)


def _from_digits(text: str, at: int, floor: int) -> Quantity:
    """The expression whose first digit is at `at`; nothing before `floor` may be taken."""
    before = text[at - 1] if at > floor else ""
    is_plain = not before or is_han(before)  # nearly always: the rest is about marks and letters
    if not is_plain and before == "." and (number := _pointed(text, at, floor)):
        return number
    if not is_plain and (before in _JOINTS or before.isalnum() or before == " "):
        currency = None
        if before.isascii() and (before.isalpha() or before == " "):
            currency = read_currency_before(text, at, floor)
        name = _name(text, at, floor) if currency is None and before != " " else None
        if name is not None:
            return name
    if not is_plain and _WIDE_NAME.search(text, max(floor, at - 4), at):
        span = read_span(text, at, read_scalar)
        if span is None or span.is_bare or before in _DASHES:
            return _token(text, at)  # ＲＱ—１７０, Ｔ１０次
    if not is_plain and before in _DASHES and at > 1 and text[at - 2].isalnum():
        if model := _MODEL.match(text, at):
            return code(text, at, model.end())
        if text[at - 2].isascii() and not _is_fraction(
            text, at
        ):  # C1—2—3级: a chain, of which no two are a range
            scalar = read_scalar(text, at)
            if scalar is not None and not scalar.is_date:
                lost = _lost_power(text, at, scalar.end)
                return lost or complete(text, at, at, single(at, scalar))
    if (not is_plain or before in _SIGN_WORDS) and (sign := sign_before(text, at, floor)):
        span = read_span(text, at, read_scalar, negative=sign.sign is Sign.NEGATIVE)
        if span is not None and sign.before in CURRENCY_SIGNS and sign.start > floor:
            category = span.scalar.category
            behind = text[span.end : span.end + 1]
            is_formula = sign.before in "$＄" and not (is_han(behind) or behind in _SENTENCE_MARKS)
            if (
                category in (None, Category.CURRENCY) and not span.scalar.is_date and not is_formula
            ):  # ￥-500; not $-1$
                unit = span.scalar.unit or CURRENCY_SIGNS[sign.before]
                scalar = span.scalar._replace(unit=unit, category=Category.CURRENCY)
                return complete(text, at, floor, span._replace(scalar=scalar), sign=sign.start - 1)
        if span is not None and belongs(text, sign, span):
            span = with_tolerance(text, signed(span, sign.sign))
            return complete(text, at, floor, span, sign=sign.start)
    if "．" in text[at + 1 : at + 4] and (chain := _WIDE_CHAIN.match(text, at)):
        return code(text, at, chain.end())  # 3．1．2
    if text[at] in "1489" and (hotline := _HOTLINE.match(text, at)):
        return code(text, at, hotline.end())
    if text[at : at + 2] in heads() and text[at + 1 : at + 2].isascii():
        idiom = covering(text, at)
        if idiom is not None and idiom.start == at:
            return code(text, at, idiom.end)
    # 第3, 第 3; 〔2019〕18号
    start = at - 2 if not is_plain and before in " \u3000" else at - 1
    is_ordinal = text.startswith("第", start) and start >= floor
    if is_ordinal or (not is_plain and before in _BRACKETS):
        span = read_span(text, at, read_number)
        if span is not None and (is_ordinal or text.startswith("号", span.end - 1)):
            return ordinal(text, start if is_ordinal else at, span)
    span = read_span(text, at, read_scalar)
    if span is None:
        return _token(text, at)
    following = text[span.end : span.end + 1]
    if following in _OF_FRACTIONS and (fraction := read_written_fraction(text, at, floor)):
        return fraction
    if following in _TOLERANCES:
        span = with_tolerance(text, span)
        if before and before in "(（" and (whole := in_brackets(text, span)):
            return complete(text, at, floor, whole, sign=at - 1)
    if span.is_bare:
        quantity = _bare(text, at, floor, span)
        if quantity is not None:
            return quantity
    return complete(text, at, floor, span)


def _bare(text: str, at: int, floor: int, span: ScalarSpan) -> Quantity | None:
    """A number without a unit that its surroundings make a code or ratio; else None."""
    following = text[span.end : span.end + 1]
    if not following:
        return None
    if following in _NAMES and (name := _NAMES[following].match(text, at)):
        return code(text, at, name.end())
    is_letter = following.isascii() and following.isalpha()
    if (following == "/" or is_letter) and _POWER_OF_TEN.search(text, at, span.end):
        return None  # 5.2×10⁹/L, 1×10⁵CFU
    if following == "/":
        fraction = _FRACTION.match(text, at)
        power = 10 ** power_of(fraction[3] or "") if fraction else 1
        if fraction and 0 < (part := int(fraction[1])) < (whole := int(fraction[2]) * power):
            share = single(at, Scalar(fraction.end(), category=Category.RATIO))
            return complete(text, at, floor, share, Fraction(part, whole))
        if is_han(text[span.end + 1 : span.end + 2]) and read_currency_before(text, at, floor):
            return None  # RMB500/人
        return _token(text, at)
    if lost := _lost_power(text, at, span.end):
        return lost
    if following in ":：∶比 ":
        ratio = _RATIO.match(text, at)
        if ratio and len(ratio.group()) < MOST_DIGITS:
            left, right = read_digits(ratio["left"]), read_digits(ratio["right"])
            if left and right:
                value_text = f"{left.value:f}:{right.value:f}"
                return plain(text, at, ratio.end(), Kind.RATIO, value_text)
    if (following in ABBREVIATED or following in _DASHES) and (short := read_abbreviated(text, at)):
        return short
    if raised := _RAISED.match(text, span.end):  # 2³, 2^n: no number that we would vouch for
        return code(text, at, raised.end())
    if is_letter or (
        following in "-.–_"
        and text[span.end + 1 : span.end + 2].isalnum()
        and text[span.end + 1].isascii()
    ):
        return _token(text, at)
    if text[at] == "0" and text[at + 1 : at + 2].isdecimal():
        return code(text, at, span.end)
    if following in _CLOSING and at and text[at - 1] in _OPENING:
        return code(text, at, span.end)
    if following.isdecimal():  # digits of another script: no number that we would vouch for
        end = span.end
        while text[end : end + 1].isdecimal():
            end += 1
        return code(text, at, end)
    return None


def _lost_power(text: str, at: int, end: int) -> Quantity | None:
    """The number in ``text[at:end]`` with a power of ten behind it that is no longer raised."""
    if text[end : end + 1] not in _TIMES:
        return None
    match = _LOST_POWER.match(text, end)
    if match is None or not (match["minus"] or _ONE_TO_TEN.match(text, at, end)):
        return None
    return code(text, at, match.end())


def _figures_end(text: str, at: int) -> int:
    while text[at : at + 1] in DIGIT_CHARACTERS and at < len(text):
        at += 1
    return at


def _is_fraction(text: str, at: int) -> bool:
    """Whether the second of two fractions begins here (1/3-1/2), and no range of pairs."""
    match = _FRACTION.match(text, at)
    return match is not None and units.match(text, match.end()) is None


def _pointed(text: str, at: int, floor: int) -> Quantity | None:
    """.5: the number whose point stands before `at`; None where the point may end something."""
    before = text[at - 2] if at > 1 else ""
    sign = sign_before(text, at - 1, floor)
    if sign is not None:
        scalar = read_leading_point(text, at)
        span = single(at - 1, scalar) if scalar else None
        if scalar is None or span is None or not belongs(text, sign, span):
            return None
        if sign.sign is Sign.NEGATIVE and scalar.number is not None:
            number = scalar.number._replace(value=-scalar.number.value)
            span = span._replace(scalar=scalar._replace(number=number))
        return complete(text, at - 1, floor, signed(span, sign.sign), sign=sign.start)
    if floor and at - 1 <= floor:
        return None  # 08:41:13.7
    if before == " ":
        word = text[at - 3 : at - 2]
        if word not in _INTRODUCING and word not in _BEFORE_POINT:
            return None  # 0 .4, 更新到了 .55版
    elif before and before not in _BEFORE_POINT and not is_han(before):
        return None
    scalar = read_leading_point(text, at)
    if scalar is None:
        return None
    if is_han(before) and before not in _INTRODUCING:
        # 完成.5人参加: the point of a sentence that is written in ASCII.
        bare = (
            scalar.unit is None
            and not scalar.power
            and text[scalar.end : scalar.end + 1] in "的，。即以"
        )
        whole = read_scalar(text, at)
        if not bare or whole is None or whole.is_date or scalar.end - at > _FEW:
            return None
    if scalar.category is Category.COUNTER:  # 打击率.315排第三
        scalar = scalar._replace(end=_figures_end(text, at), unit=None, category=None)
    following = text[scalar.end : scalar.end + 1]
    if (
        scalar.unit is None
        and following.isascii()
        and (following.isalnum() or following in ("_", "-"))
    ):
        return None  # .7z
    return complete(text, at - 1, floor, single(at - 1, scalar))


def _name(text: str, at: int, floor: int) -> Quantity | None:
    """A code that begins with letters before its digits: ``COVID-19``, ``G20``."""
    start = at
    least = max(floor, at - 40)
    while start > least and (
        (text[start - 1].isascii() and text[start - 1].isalnum()) or text[start - 1] in _JOINTS
    ):
        start -= 1
    while start < at and text[start] in _JOINTS:
        start += 1
    if start == at:
        return None
    token = _TOKEN.match(text, start)
    if token is None or token.end() <= at:
        return None
    # GDP500亿元: letters run into a quantity.
    span = read_span(text, at, read_scalar)
    if (
        span is not None
        and not span.is_bare
        and span.end > token.end()
        and start + 1 < at
        and not _SPACES.intersection(text[at : span.end])
    ):
        return None
    return code(text, start, token.end())


def _token(text: str, at: int) -> Quantity:
    # A number that is too long for one is taken whole, so that it is looked at once.
    matches = _TOKEN.match(text, at), _NUMBER.match(text, at), MIXED.match(text, at)
    return code(text, at, max(at + 1, *(match.end() for match in matches if match)))
