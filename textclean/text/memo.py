"""Remembering results of functions of strings: the one policy for caches of texts.

A text is read again in every round, and most of it is as it was. A result that is remembered keeps
its string alive, so that of a page without a line break is not. For questions about one whole text
there is `View.once`; for functions of single characters and words `functools.lru_cache`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

_More = ParamSpec("_More")
_Result = TypeVar("_Result")
_OfText = Callable[Concatenate[str, _More], _Result]


class computed(Generic[_Result]):  # noqa: N801  written as a decorator
    """An attribute that is computed when it is first read, as `functools.cached_property` does,
    but without its lock, which costs more than most short texts' answers. Two threads that read it
    at once compute it twice: what is computed is a pure function of the object.
    """

    def __init__(self, func: Callable[[Any], _Result]) -> None:
        self.func = func
        self.__doc__ = func.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> computed[_Result]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> _Result: ...
    def __get__(self, instance: object | None, owner: type) -> _Result | computed[_Result]:
        if instance is None:
            return self
        # From now on it is found on the object itself.
        result = instance.__dict__[self._name] = self.func(instance)
        return result


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


def recalled(
    longest: int,
) -> Callable[[_OfText[_More, _Result]], _OfText[_More, _Result]]:
    """Remember the last two results of a pure function of whole texts, which are compared: to hash
    a text takes longer than much that is asked of it.

    What else the function takes is what is known of the text already: it changes no result.

    Args:
        longest: characters of the texts whose results are remembered.
    """

    def remember(function: _OfText[_More, _Result]) -> _OfText[_More, _Result]:
        last: tuple[tuple[str, _Result], ...] = ()

        @wraps(function)
        def recalling(text: str, /, *known: _More.args, **named: _More.kwargs) -> _Result:
            nonlocal last
            for each, result in last:
                if each == text:
                    return result
            result = function(text, *known, **named)
            if len(text) <= longest:
                last = ((text, result), *last[:1])
            return result

        return recalling

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
