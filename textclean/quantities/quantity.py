"""What is found: `Quantity`, its kinds, its bounds, and how a value is written down."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class Kind(StrEnum):
    """What an expression with a number in it is."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    RANGE = "range"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    MONEY = "money"
    #: A number with a unit that is none of the others.
    QUANTITY = "quantity"
    #: Anything that is said to be about, above or below its value.
    APPROX = "approx"
    ORDINAL = "ordinal"
    #: Fractions and proportions.
    RATIO = "ratio"
    #: Digits that name something: ``G20``, ``1+4+1``, telephone numbers.
    CODE = "code"
    #: A word that is written with numerals and counts nothing; it never changes.
    IDIOM = "idiom"


class Bound(StrEnum):
    """On which side of the value the truth lies."""

    EXACT = "exact"
    APPROX = "approx"
    MORE = "more"
    LESS = "less"


#: A number; the ends of a range; an ISO 8601 text (``2021-07-30``, ``--01-16T24``; ``3:1`` for a
#: proportion); a fraction; None for what has no value.
Value = Decimal | Fraction | str | tuple[Decimal, Decimal] | tuple[str, str] | None


class Quantity(NamedTuple):
    """An expression with a number in it."""

    #: Offsets in the text, in code points.
    start: int
    end: int
    #: As it stands there.
    text: str
    kind: Kind
    value: Value
    #: The unit's name in the table of units (``m²``, ``h``, ``人次``), or None.
    unit: str | None
    bound: Bound
    #: As it should be written: without stray spaces and damaged units, ranges with their marks.
    normalised: str
    #: The power of ten of the last digit that is written out (2 for 2625.83万); of both ends of a
    #: range; None where there is no number.
    precision: int | tuple[int, int] | None = None
    #: How far the truth may lie from the value (20±2℃: 2), None if it is not said. That of
    #: ±2℃, whose value is 0, is 2.
    tolerance: Decimal | None = None

    @property
    def value_text(self) -> str | None:
        """The value as text: plain decimals, ``lo..hi`` for ranges, ISO 8601 for dates.

        A tolerance stands behind it (``20±2``), or alone (``±2``).
        """
        value = self.value
        if self.tolerance is not None and isinstance(value, Decimal):
            return f"{_plain(value) if value else ''}±{_plain(self.tolerance)}"
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, tuple):
            return "..".join(_plain(end) for end in value)
        return _plain(value)


def _plain(value: Decimal | Fraction | str) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)
