"""Regular expressions that are compiled when they are first used.

The hook checks one small file and ends: compiling every pattern of every rule would be half of its
time. Use `pattern` where ``re.compile`` would stand at the top of a module.
"""

from __future__ import annotations

import re
import sys
from typing import Any, cast

# Before 3.11.5 a possessive repeat of a group may match too little (python/cpython#106052).
_REPEATS_GROUPS_WRONGLY = sys.version_info < (3, 11, 5)
_POSSESSIVE = re.compile(r"(?:[*+?]|\{[0-9]*,?[0-9]*\})\+")
# A character, or what stands for one: an escape, a class.
_ONE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class _Lazy:
    """Stands for a compiled pattern; the first use of a method compiles it, to be kept."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        expression = atomic(self.pattern) if _REPEATS_GROUPS_WRONGLY else self.pattern
        compiled = re.compile(expression, self.flags)
        # From now on these are found on the object itself, at no cost.
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return self.__dict__[name]


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` would return, compiled on first use."""
    return cast("re.Pattern[str]", _Lazy(expression, flags))


def atomic(expression: str) -> str:
    """The expression with possessive repeats of groups as atomic groups: ``(?>(?:…)*)``."""
    parts: list[str] = []
    opened: list[int] = []
    at = 0
    while match := _ONE.match(expression, at):
        one, at = match.group(), match.end()
        parts.append(one)
        if one == "(":
            opened.append(len(parts) - 1)
        elif one == ")":
            first = opened.pop()
            if repeat := _POSSESSIVE.match(expression, at):
                parts[first] = "(?>("
                parts.append(repeat.group()[:-1] + ")")
                at = repeat.end()
    return "".join(parts)
