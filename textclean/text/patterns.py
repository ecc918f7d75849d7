"""Regular expressions that are compiled when they are first used.

The hook checks one small file and ends: compiling every pattern of every rule would be half of its
time. Use `pattern` where ``re.compile`` would stand at the top of a module.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class _Lazy:
    """Stands for a compiled pattern; the first use of a method compiles it, to be kept."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        # From now on these are found on the object itself, at no cost.
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return self.__dict__[name]


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` would return, compiled on first use."""
    return cast("re.Pattern[str]", _Lazy(expression, flags))
