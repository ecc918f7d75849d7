"""Numbers in the forms of cheques: 壹仟贰佰元, 贰万3千, 叁拾元伍角."""

from __future__ import annotations

from textclean.quantities.build import complete, idiom
from textclean.quantities.quantity import Quantity
from textclean.quantities.ranges import single
from textclean.quantities.scalars import read_formal_number
from textclean.quantities.shapes import FINANCIAL
from textclean.text.patterns import pattern

_FINANCIAL = pattern(FINANCIAL)


def read_financial(text: str, at: int, floor: int) -> Quantity:
    """The number in the forms of cheques that begins at `at`."""
    scalar = read_formal_number(text, at)
    if scalar is None:
        match = _FINANCIAL.match(text, at)
        return idiom(text, at, match.end() if match else at + 1)
    return complete(text, at, floor, single(at, scalar))
