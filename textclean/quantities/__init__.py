"""Numbers, dates and units in written Chinese: `find` reads them, `normalize` writes them by a
standard. Importing the package costs nothing; its modules are imported on first use.
"""

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


if not TYPE_CHECKING:  # so that type checkers reject a wrong name

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
