"""Remembering what was found out about strings: of many, but of none that is long.

A text is looked at again in every round, and most of it is as it was. What is remembered keeps its
string alive, so a page without a line break must not be.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

_More = ParamSpec("_More")
_Found = TypeVar("_Found")
_OfText = Callable[Concatenate[str, _More], _Found]


#: Characters of the strings that are remembered, at most.
LONGEST = 4_000


def remembered(
    most: int, longest: int = LONGEST
) -> Callable[[_OfText[_More, _Found]], _OfText[_More, _Found]]:
    """Remember the last results of a pure function whose first argument is a string.

    Args:
        most: how many results are kept.
        longest: characters of the strings whose results are.
    """

    def remember(function: _OfText[_More, _Found]) -> _OfText[_More, _Found]:
        known = lru_cache(most)(function)

        @wraps(function)
        def look(text: str, /, *more: _More.args, **named: _More.kwargs) -> _Found:
            if len(text) > longest:
                return function(text, *more, **named)
            return known(text, *more, **named)  # type: ignore[arg-type]  # hashable or raises

        return look

    return remember
