"""Numbers, dates and units in written Chinese: found, read exactly, written by one standard."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textclean.quantities.finding import find
    from textclean.quantities.normalizing import normalize
    from textclean.quantities.quantity import Bound, Kind, Quantity, Value
    from textclean.quantities.styles import Style

__all__ = ["Bound", "Kind", "Quantity", "Style", "Value", "find", "normalize"]

_HOMES = {
    "find": "finding",
    "normalize": "normalizing",
    "Style": "styles",
    **dict.fromkeys(("Bound", "Kind", "Quantity", "Value"), "quantity"),
}


def __getattr__(name: str) -> Any:
    # The rules of this package are loaded with all others, the reading of numbers when it is asked
    # for: a text without digits costs nothing.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
