"""Numbers of one text that contradict one another, or the calendar; they are only reported.

Only sentences that may hold a contradiction, and paragraphs that are the same without numbers,
marks and spaces, are read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from textclean.quantities.alike_lines import alike_lines
from textclean.quantities.finding import find
from textclean.quantities.quantity import Bound, Kind, Quantity, Value
from textclean.quantities.shapes import BEHIND_LARGE, DIGITS, NUMERALS, ODD_DATE, PERCENT_SIGNS
from textclean.quantities.windows import sentences
from textclean.text.classes import HAN_CLASS
from textclean.text.patterns import pattern

_DATE = pattern(ODD_DATE)
_LARGE_SHARE = pattern(f"[{PERCENT_SIGNS}]{BEHIND_LARGE}")
# Removed between numbers.
_NO_LETTERS = pattern(rf"[^{HAN_CLASS}{DIGITS}A-Za-z]+")
_NUMERAL = pattern(f"[{NUMERALS}{DIGITS}]")
# Characters before 其中 in which a total has some numeral.
_TOTAL = 40
# Characters before 其中 in which its sentence begins.
_FAR = 1_000

_SENTENCE_END = pattern("[。！？\n\r]")
_LISTED = pattern("其中(?![每平])(?:[:：,，])?")
_INCREASE = pattern("增加|增长|增幅|减少|下降|提高|多|比|超收?|均")
# Sums within this share of the total are meant to make it: one digit was misread.
_NEAR = Decimal("0.03")
#: Parts that a list is read for.
_MOST_PARTS = 40
_RATE = pattern(
    "(?:(?<!债务)占(?!有)(?!国内生产总值)比?[^，。；,;%增升降长提高债是为倍]{0,12}|(?:接种|(?<!拨备)覆盖|治愈|合格|满意|就诊|入住|使用|出勤|参保|参与|有效|死亡|患病|感染|发病|及格"
    "|升学|普及|失业|识字|控制|救治|办结|知晓|绿化|入学|通过|检出|阳性|回收|治疗|就业|签约|达标)(?:率|度))"
    "(?:[^，。；,;%0-9增升降长提高是倍过去上年]{0,6})$"
)


def impossible_dates(text: str) -> Iterator[Quantity]:
    """Dates with a month or day that no calendar has."""
    for quantity in _read_where(_DATE, text):
        is_day = quantity.kind is Kind.DATE and quantity.text[-1] in "日号月"
        if is_day and quantity.value is None:
            yield quantity


def shares_above_whole(text: str) -> Iterator[Quantity]:
    """Percentages above 100 that the words before call a share or a rate of a whole."""
    for quantity in _read_where(_LARGE_SHARE, text):
        if (
            quantity.unit == "%"
            and isinstance(quantity.value, Decimal)
            and quantity.value > 100
            and _RATE.search(text[max(0, quantity.start - 24) : quantity.start])
        ):
            yield quantity


def _read_where(expression: re.Pattern[str], text: str) -> Iterator[Quantity]:
    """The quantities of the sentences in which a pattern matches."""
    for low, high in sentences(text, (match.start() for match in expression.finditer(text))):
        yield from _read(text, low, high)


def _read(text: str, low: int, high: int) -> Iterator[Quantity]:
    for quantity in find(text[low:high]):
        yield quantity._replace(start=low + quantity.start, end=low + quantity.end)


def wrong_totals(text: str) -> Iterator[tuple[Quantity, str]]:
    """Totals before 其中 that their listed parts miss narrowly or exceed, each with the reason."""
    for total, reason, _ in totals_and_parts(text):
        yield total, reason


def totals_and_parts(text: str) -> Iterator[tuple[Quantity, str, Sequence[Quantity]]]:
    """`wrong_totals`, each with the parts that were listed."""
    end = 0
    for first in _LISTED.finditer(text):
        if first.start() < end:
            continue
        low = end
        for stop in _SENTENCE_END.finditer(text, max(end, first.start() - _FAR), first.start()):
            low = stop.end()
        last = _SENTENCE_END.search(text, first.end())
        end = last.start() if last else len(text)
        if any(
            _NUMERAL.search(text, max(low, listed.start() - _TOTAL), listed.start())
            for listed in _LISTED.finditer(text, low, end)
        ):
            yield from _totals_of_sentence(text, low, end)


def _totals_of_sentence(
    text: str, low: int, high: int
) -> Iterator[tuple[Quantity, str, Sequence[Quantity]]]:
    everything = list(_read(text, low, high))
    ends = [quantity.end for quantity in everything]
    for listed in _LISTED.finditer(text, low, high):
        first = bisect_right(ends, listed.start())
        if not first or not _is_counted(everything[first - 1]):
            continue
        total = everything[first - 1]
        if total.end < listed.start() - 20 or _INCREASE.search(
            text, max(low, total.start - 8), total.start
        ):
            continue  # the parts are of what has increased, not of the increase
        near = everything[max(0, first - 1 - _MOST_PARTS) : first - 1]
        wholes = [quantity.value for quantity in near if quantity.unit == total.unit]
        parts: list[Quantity] = []
        for quantity in everything[first : first + 2 * _MOST_PARTS]:
            if not _is_counted(quantity):
                continue
            if quantity.unit != total.unit or len(parts) == _MOST_PARTS:
                break
            parts.append(quantity)
        semicolon = text.find("；", listed.end(), parts[-1].end) if parts else -1
        clause = [part for part in parts if semicolon < 0 or part.end <= semicolon]
        reason = _excess(total, clause, wholes) or _shortfall(total, parts)
        if reason is not None:
            yield total, reason, parts


def _is_counted(quantity: Quantity) -> bool:
    """Whether it is an exact number of something."""
    return (
        isinstance(quantity.value, Decimal)
        and quantity.unit is not None
        and quantity.bound is Bound.EXACT
        and quantity.kind in (Kind.QUANTITY, Kind.MONEY)
    )


def _excess(total: Quantity, parts: Sequence[Quantity], wholes: Sequence[Value]) -> str | None:
    """The finding on a part that exceeds its total; None if another total near is large enough."""
    whole = total.value
    values = [part.value for part in parts if isinstance(part.value, Decimal)]
    if not isinstance(whole, Decimal) or not values or max(values) <= whole:
        return None
    if any(not isinstance(other, Decimal) or other >= max(values) for other in wholes):
        return None
    return f"a part ({max(values):f}) is greater than the whole ({whole:f})"


def _shortfall(total: Quantity, parts: Sequence[Quantity]) -> str | None:
    """The finding on parts whose sum nearly equals their total, or None."""
    whole = total.value
    values = [part.value for part in parts if isinstance(part.value, Decimal)]
    if not isinstance(whole, Decimal) or len(values) < 2 or max(values) > whole:
        return None
    # Each number was rounded at its last written digit; whole numbers are counts, not rounded.
    slack = sum(
        Decimal(5).scaleb(each.precision - 1)
        for each in (*parts, total)
        if isinstance(each.precision, int) and each.precision > 0
    )
    sums = list(accumulate(values))
    if all(abs(made - whole) > slack for made in sums) and abs(sums[-1] - whole) <= _NEAR * whole:
        return f"the parts make {sums[-1]:f}, not {whole:f}"
    return None


def two_values(text: str) -> Iterator[tuple[Quantity, Quantity]]:
    """Pairs (later, earlier) of the one value in which two otherwise equal paragraphs differ.

    What lies between the numbers must have the same characters; marks and spaces may differ.
    """
    for lines in alike_lines(text):
        yield from _differing(text, lines)


def opposites(text: str) -> dict[tuple[str, int, int], tuple[int, int] | None]:
    """What each contradictory number stands against, by rule and span of the number.

    The parts of a total; the other of two values; None for what is impossible by itself. That a
    number is here does not say that its rule reports it: rules ask more of the text.
    """
    found: dict[tuple[str, int, int], tuple[int, int] | None] = {}
    for number in impossible_dates(text):
        found["Q021", number.start, number.end] = None
    for number, _, parts in totals_and_parts(text):
        found["Q022", number.start, number.end] = parts[0].start, parts[-1].end
    for number in shares_above_whole(text):
        found["Q023", number.start, number.end] = None
    for number, other in two_values(text):
        found["Q024", number.start, number.end] = other.start, other.end
    return found


def _differing(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[tuple[Quantity, Quantity]]:
    by_skeleton: dict[str, list[Quantity]] = {}
    seen = set()
    for low, high in lines:
        line = text[low:high]
        if line in seen:
            continue
        seen.add(line)
        # Idioms and codes are words.
        inside = [q for q in _read(text, low, high) if q.kind not in (Kind.IDIOM, Kind.CODE)]
        if len(inside) < 2:
            continue
        earlier = by_skeleton.setdefault(_skeleton(text, low, high, inside), inside)
        if earlier is inside:
            continue
        differing = [
            (new, old)
            for new, old in zip(inside, earlier, strict=True)
            if (new.value, new.unit) != (old.value, old.unit)
        ]
        if len(differing) == 1 and differing[0][0].kind not in (Kind.DATE, Kind.ORDINAL):
            yield differing[0]


def _skeleton(text: str, start: int, end: int, inside: Sequence[Quantity]) -> str:
    starts = (start, *(quantity.end for quantity in inside))
    ends = (*(quantity.start for quantity in inside), end)
    return "\0".join(
        _NO_LETTERS.sub("", text[low:high]) for low, high in zip(starts, ends, strict=True)
    )
