"""Several readings of one text: `consensus`, and what it returns.

``tokens`` and ``alignment`` lay readings on each other, ``columns`` is what each has at each place.
``base`` chooses the reading that the others mend, ``lost_lines`` is what it lost whole;
``reliability`` and ``voting`` weigh the readings and how they read, ``decisions`` says what that
decides.

The package has the name of what it does, ``textclean.consensus(readings)``, so it can be called.
Nothing is loaded before: the rules need but the codes.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textclean.consensus.merging import consensus
    from textclean.consensus.result import Consensus, Source

__all__ = ["Consensus", "Source", "consensus"]

_MODULES = {"Consensus": "result", "Source": "result", "consensus": "merging"}


def __dir__() -> list[str]:
    return sorted(__all__)


class _Package(ModuleType):
    """This package: a module that can be called."""

    def __call__(self, *args: Any, **kwargs: Any) -> Consensus:
        from textclean.consensus.merging import consensus

        return consensus(*args, **kwargs)


if not TYPE_CHECKING:  # for a type checker a name that is not above is an error

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
        globals()[name] = value
        return value


sys.modules[__name__].__class__ = _Package
