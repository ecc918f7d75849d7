"""Remembering results of functions of strings: the one policy for caches of texts.

A text is read again in every round, and most of it is as it was. A result that is remembered keeps
its string alive, so that of a page without a line break is not. For questions about one whole text
there is `View.once`; for functions of single characters and words `functools.lru_cache`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, wraps
from typing import Concatenate, Generic, ParamSpec, TypeVar

_More = ParamSpec("_More")
_Result = TypeVar("_Result")
_OfText = Callable[Concatenate[str, _More], _Result]


#: Characters of the strings that are remembered, at most.
LONGEST = 4_000


def remembered(
    most: int, longest: int = LONGEST
) -> Callable[[_OfText[_More, _Result]], _OfText[_More, _Result]]:
    """Remember the last results of a pure function whose first argument is a string.

    Args:
        most: how many results are kept.
        longest: characters of the strings whose results are.
    """

    def remember(function: _OfText[_More, _Result]) -> _OfText[_More, _Result]:
        cached = lru_cache(most)(function)

        @wraps(function)
        def remembering(text: str, /, *more: _More.args, **named: _More.kwargs) -> _Result:
            if len(text) > longest:
                return function(text, *more, **named)
            return cached(text, *more, **named)  # type: ignore[arg-type]  # hashable or raises

        return remembering

    return remember


class Memory(Generic[_Result]):
    """Remembers results of a pure function that takes many strings at once."""

    def __init__(self, most: int, longest: int = LONGEST) -> None:
        """Be empty.

        Args:
            most: results that are kept; one more, and all are forgotten.
            longest: characters of the strings whose results are.
        """
        self._most, self._longest = most, longest
        self._results: dict[str, _Result] = {}

    def forget(self) -> None:
        """Forget all results."""
        self._results.clear()

    def results(
        self, texts: Sequence[str], function: Callable[[Sequence[str]], Iterable[_Result]]
    ) -> list[_Result]:
        """The result of each text: remembered, or from `function`, which takes all others."""
        results = {text: self._results[text] for text in texts if text in self._results}
        missing = [text for text in dict.fromkeys(texts) if text not in results]
        if missing:
            new = dict(zip(missing, function(missing), strict=True))
            if len(self._results) > self._most:
                self.forget()
            self._results.update(
                (text, result) for text, result in new.items() if len(text) <= self._longest
            )
            results |= new
        return [results[text] for text in texts]
