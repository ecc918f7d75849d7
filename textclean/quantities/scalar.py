"""A `Scalar`: one number with all that belongs to it, or a date.

It is what stands on either side of a range's mark, or alone.
"""

from __future__ import annotations

from typing import NamedTuple

from textclean.quantities.dates import Parts
from textclean.quantities.numerals import Number
from textclean.quantities.quantity import Bound
from textclean.quantities.shapes import shapes
from textclean.quantities.units import Category

SHAPES = shapes()


class Scalar(NamedTuple):
    """A number with its unit, or a date; it ends at `end`, in code points of the text."""

    end: int
    number: Number | None = None
    #: The unit's name and what it measures; None without a unit.
    unit: str | None = None
    category: Category | None = None
    bound: Bound = Bound.EXACT
    #: The date or time, where it is one; `Parts.exists` says whether the calendar has it.
    parts: Parts | None = None
    #: As it should be written; None where that is as it stands.
    written: str | None = None
    #: The number as written before its magnitude, and the power of ten of the magnitude.
    coefficient: Number | None = None
    power: int = 0
    #: The value of a decade or century (``199``, ``19``), where its years are known.
    iso: str | None = None
    is_date: bool = False
    #: Whether half a unit more is said (一年半).
    half: bool = False
