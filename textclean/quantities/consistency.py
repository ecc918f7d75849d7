"""Numbers of one text that contradict one another, or the calendar: found, and only reported."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from textclean.quantities.quantity import Bound, Kind, Quantity
from textclean.text.patterns import pattern

_SENTENCE_END = pattern("[。！？\n\r]")
_LISTED = pattern("其中(?:[:：,，])?")
# Sums within this share of the total are meant to make it: one digit was misread.
_NEAR = Decimal("0.03")
#: Parts that a list is read for.
_MOST_PARTS = 40
_RATE = pattern(
    "(?:占比?[^，。；,;%]{0,12}|(?:接种|覆盖|治愈|合格|满意|就诊|入住|使用|出勤|参保|参与|有效|死亡|患病|感染|发病|及格"
    "|升学|普及|失业|识字|控制|救治|办结|知晓|绿化|入学|通过|检出|阳性|回收|治疗|就业|签约|达标)(?:率|度))"
    "(?:[^，。；,;%0-9增升降长提高]{0,6})$"
)
#: Characters from which a paragraph says enough to be the same as another.
_LONG_ENOUGH = 30


def impossible_dates(quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    """Dates with a month or day that no calendar has."""
    for quantity in quantities:
        if (
            quantity.kind is Kind.DATE
            and quantity.value is None
            and quantity.text[-1:] in ("日", "号", "月")
        ):
            yield quantity


def wrong_totals(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[Quantity, str]]:
    """Totals before 其中 whose listed parts, of the same unit, nearly make them, or exceed them."""
    counted = [
        quantity
        for quantity in quantities
        if isinstance(quantity.value, Decimal)
        and quantity.unit is not None
        and quantity.bound is Bound.EXACT
        and quantity.kind in (Kind.QUANTITY, Kind.MONEY)
    ]
    starts = [quantity.start for quantity in counted]
    for listed in _LISTED.finditer(text):
        first = bisect_left(starts, listed.start())
        if not first or counted[first - 1].end < listed.start() - 20:
            continue
        total = counted[first - 1]
        if _SENTENCE_END.search(text, total.end, listed.start()):
            continue
        stop = _SENTENCE_END.search(text, listed.end())
        end = stop.start() if stop else len(text)
        parts: list[Quantity] = []
        for quantity in counted[first : first + _MOST_PARTS]:
            if quantity.start >= end or quantity.unit != total.unit:
                break
            parts.append(quantity)
        reason = _contradiction(total, parts)
        if reason is not None:
            yield total, reason


def _contradiction(total: Quantity, parts: Sequence[Quantity]) -> str | None:
    whole = total.value
    values = [part.value for part in parts if isinstance(part.value, Decimal)]
    if not isinstance(whole, Decimal) or not values:
        return None
    if max(values) > whole:
        return f"a part ({max(values):f}) is greater than the whole ({whole:f})"
    if len(values) < 2:
        return None
    # Each number was rounded at its last written digit.
    slack = sum((_rounding(part) for part in (*parts, total)), Decimal(0))
    running = Decimal(0)
    for value in values:
        running += value
        if abs(running - whole) <= slack:
            return None
    if abs(running - whole) <= _NEAR * whole:
        return f"the parts make {running:f}, not {whole:f}"
    return None


def _rounding(quantity: Quantity) -> Decimal:
    precision = quantity.precision
    if not isinstance(precision, int):
        return Decimal(0)
    # Whole numbers are counts, not rounded.
    return Decimal(5).scaleb(precision - 1) if precision > 0 else Decimal(0)


def shares_above_whole(text: str, quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    """Percentages above 100 that the words before call a share or a rate of a whole."""
    for quantity in quantities:
        if (
            quantity.unit == "%"
            and isinstance(quantity.value, Decimal)
            and quantity.value > 100
            and _RATE.search(text[max(0, quantity.start - 24) : quantity.start])
        ):
            yield quantity


def two_values(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Pairs (later, earlier) of the one value in which two paragraphs, else the same, differ."""
    known: dict[str, list[Quantity]] = {}
    for start, end, inside in _paragraphs(text, quantities):
        if end - start < _LONG_ENOUGH or len(inside) < 2:
            continue
        skeleton = _skeleton(text, start, end, inside)
        earlier = known.setdefault(skeleton, inside)
        if earlier is inside:
            continue
        differing = [
            (new, old)
            for new, old in zip(inside, earlier, strict=True)
            if (new.value, new.unit) != (old.value, old.unit)
        ]
        if len(differing) == 1 and differing[0][0].kind not in (Kind.DATE, Kind.ORDINAL):
            yield differing[0]


def _paragraphs(
    text: str, quantities: Sequence[Quantity]
) -> Iterator[tuple[int, int, list[Quantity]]]:
    """Lines with the quantities in them; idioms and codes are words."""
    at = 0
    start = 0
    numbers = [q for q in quantities if q.kind not in (Kind.IDIOM, Kind.CODE)]
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        inside = []
        while at < len(numbers) and numbers[at].start < end:
            inside.append(numbers[at])
            at += 1
        yield start, end, inside
        start = end


def _skeleton(text: str, start: int, end: int, inside: Sequence[Quantity]) -> str:
    parts = []
    at = start
    for quantity in inside:
        parts.append(text[at : quantity.start])
        at = quantity.end
    parts.append(text[at:end].rstrip())
    return "\0".join(parts)
