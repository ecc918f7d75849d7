"""Numbers, dates and units in written Chinese: found, read exactly, written by one standard."""

from __future__ import annotations

from textclean.quantities.find import find
from textclean.quantities.quantity import Bound, Kind, Quantity, Value

__all__ = ["Bound", "Kind", "Quantity", "Value", "find"]
