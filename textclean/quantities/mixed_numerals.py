"""Numbers with several magnitudes in which figures, numerals and the forms of cheques mix.

7万5千4百, 6千5百万, 1千零20, 贰万3千, 七十八万五佰零六, 10万万, 13万2. Each part is smaller than the
magnitude before it; a last figure that stands alone takes the next lower one (13万2 is 132 000).
What fits no reading, or two, is refused as a whole (3千6万).
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from textclean.quantities.numerals import Number, power_of, read_chinese, read_digits
from textclean.quantities.shapes import DIGIT_CHARACTERS, DIGITS
from textclean.text.patterns import pattern

#: Single numerals, those of cheques too.
UNIT_NUMERALS = "一二三四五六七八九两兩壹贰貳叁叄肆伍陆陸柒捌玖"
_FORMAL = "壹贰貳叁叄肆伍陆陸柒捌玖"
SMALL_MAGNITUDES = "十百千拾佰仟"
GREAT_MAGNITUDES = "万萬亿億"
_ZEROS = "零〇"
_COEFFICIENT = f"(?:[{DIGITS}]{{1,12}}+(?:[.．][{DIGITS}]{{1,6}}(?=[万萬亿億]))?|[{UNIT_NUMERALS}])"
_SMALL = "(?:[十拾](?!分[之钟])|[百佰](?!分|帕)|[千仟])"
_GREAT = f"(?:[{GREAT_MAGNITUDES}](?![隆松])|兆(?=[零{DIGITS}{UNIT_NUMERALS}]))"
_POWER = f"(?:{_SMALL}(?:[多余几]?{_GREAT}{{1,3}})?|{_GREAT}{{1,3}})"
# A part without a magnitude ends the number: behind 零, or figures. In words it needs the 零, for
# 5万一年 is no number; 3万5% and 2万3.5 are two.
_LAST = (
    f"(?:[{_ZEROS}](?:[{DIGITS}]{{1,4}}|[{UNIT_NUMERALS}])|[{DIGITS}]{{1,4}}|[{_FORMAL}])"
    f"(?![{DIGITS}{SMALL_MAGNITUDES}{GREAT_MAGNITUDES}%％‰年月日号时点分：:/]|[.．,，][{DIGITS}])"
)
#: At least two parts, or magnitudes one upon the other (10万万).
MIXED = pattern(
    f"(?P<parts>(?:{_COEFFICIENT}|(?=[十拾])){_POWER}(?:[{_ZEROS}]?{_COEFFICIENT}{_POWER})*+)"
    f"(?P<last>{_LAST})?"
)
_PART = pattern(
    f"(?P<zero>[{_ZEROS}])?(?P<coefficient>[{DIGITS}.．]+|[{UNIT_NUMERALS}])?"
    f"(?P<power>[{SMALL_MAGNITUDES}]?)[多余几]?(?P<great>[{GREAT_MAGNITUDES}兆]*)"
)
#: What goes on behind a magnitude, in a number of several.
GOES_ON = frozenset(
    DIGIT_CHARACTERS | set(UNIT_NUMERALS + SMALL_MAGNITUDES + GREAT_MAGNITUDES + _ZEROS)
)
_FIGURE_BEHIND = pattern(
    # What stands behind 13万2 where it is a number: nothing that counts 2 of something.
    r"(?=\Z|[\s，。、；：！？’”）)》…～~—至到\-的了被左以多元块美港欧]"
    "|一[斤个张瓶份公条只件本辆台部套间次月年平天位亩吨])"
)
#: The least digit that is written in full, and the room of a small part in a myriad.
_MYRIAD = 4


@lru_cache(4096)
def read_mixed(text: str) -> Number | None:
    """The number that `MIXED` matched; None where no reading, or more than one, fits."""
    total = Decimal(0)  # what the great magnitudes have closed
    section = Decimal(0)  # what they have not
    least = 64  # the power of ten below which the next part must stay
    closed = 64  # the last great magnitude
    precision = 0
    end = 0
    while end < len(text):
        part = _PART.match(text, end)
        if part is None or part.end() == end:
            return None
        end = part.end()
        written, small, great = part["coefficient"], part["power"], part["great"]
        if written is None:
            if part["zero"] or not (small in "十拾" and small):
                return None
            number = Number(Decimal(1), 0)
        else:
            read = read_digits(written) if written[0] in DIGIT_CHARACTERS else read_chinese(written)
            if read is None or not read.value:
                return None
            number = read
        value, power = number.value, power_of(small)
        room = least - power - (1 if part["zero"] else 0)
        if value >= Decimal(10) ** max(0, room) or (power and value >= 10):
            return None
        is_last = end == len(text)
        bare = not small and not great
        if bare and not is_last:
            return None
        if not part["zero"] and not small and value < 10 and least < 64:
            # A single figure behind a magnitude: the next lower one is left out.
            if bare:
                power = least - 1
            elif least in (2, 3):
                return None  # 3千6万
        elif bare and not part["zero"] and value < 100:
            return None  # 1万25
        section += value * Decimal(10) ** power
        precision, least = power + number.precision, power or (1 if great or bare else least)
        if power == 0:
            least = 0
        if great:
            raised = power_of(great)
            if raised >= closed:
                if not (closed == _MYRIAD and raised == 2 * _MYRIAD):
                    return None  # 1万5千亿 is 15 000 times 亿
                section, total = total + section, Decimal(0)
            elif total and section >= Decimal(10) ** (closed - raised):
                return None
            total += section * Decimal(10) ** raised
            section, closed, least = Decimal(0), raised, raised
            precision += raised
    if section and closed == 2 * _MYRIAD and small and section < 10**_MYRIAD and not part["zero"]:
        return None  # 5亿3千: of 万, or of one
    if written is not None and written[0] not in DIGIT_CHARACTERS and section and precision:
        precision = 0  # as in 三百: the positions are written out
    value = total + section
    return Number(value.quantize(Decimal(1)) if precision >= 0 else value, precision)


def mixed_end(text: str, start: int) -> int | None:
    """Where the number of several parts that begins at `start` ends; None if there is none."""
    match = MIXED.match(text, start)
    if match is None:
        return None
    end = match.end()
    last = match["last"]
    if last is not None and last in DIGIT_CHARACTERS and not _FIGURE_BEHIND.match(text, end):
        end = match.end("parts")
    first = _PART.match(text, start)
    if first is None or (first.end() == end and (len(first["great"]) < 2 or first["power"])):
        return None
    return None if first["great"] in ("万亿", "萬億") and first.end() == end else end
