"""Numbers in the forms of cheques: 壹仟贰佰元."""

from __future__ import annotations

from textclean.quantities import units
from textclean.quantities.assembly import complete, idiom
from textclean.quantities.numerals import read_chinese
from textclean.quantities.quantity import Bound, Quantity
from textclean.quantities.ranges import Span
from textclean.quantities.scalars import Point
from textclean.quantities.shapes import FINANCIAL
from textclean.text.patterns import pattern

_FINANCIAL = pattern(FINANCIAL)


def read_financial(text: str, at: int, floor: int) -> Quantity:
    """A number in the forms of cheques, which begins at `at`: 壹仟贰佰元."""
    found = _FINANCIAL.match(text, at)
    number = read_chinese(found.group()) if found else None
    if found is None or number is None:
        return idiom(text, at, found.end() if found else at + 1)
    matched = units.match(text, found.end())
    point = Point(
        matched.end if matched else found.end(),
        number,
        matched.unit.name if matched else None,
        matched.unit.category if matched else None,
        Bound.EXACT,
    )
    return complete(text, at, floor, Span(at, point.end, point, None, None, number.precision))
