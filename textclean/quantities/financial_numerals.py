"""Numbers in the forms of cheques: 壹仟贰佰元."""

from __future__ import annotations

from textclean.quantities.build import complete, idiom
from textclean.quantities.numerals import read_chinese
from textclean.quantities.quantity import Quantity
from textclean.quantities.ranges import single
from textclean.quantities.scalars import counted
from textclean.quantities.shapes import FINANCIAL
from textclean.text.patterns import pattern

_FINANCIAL = pattern(FINANCIAL)


def read_financial(text: str, at: int, floor: int) -> Quantity:
    """The number in the forms of cheques that begins at `at`."""
    match = _FINANCIAL.match(text, at)
    number = read_chinese(match.group()) if match else None
    if match is None or number is None:
        return idiom(text, at, match.end() if match else at + 1)
    return complete(text, at, floor, single(at, counted(text, match.end(), number)))
