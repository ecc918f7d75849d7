"""Classes of characters that answer before they are compiled.

To compile a class of some thousand characters takes as long as to clean several paragraphs, and a
hook that checks one small file needs each class once. The distinct characters of a small text are
few: they are asked one by one before the class would be compiled.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from textclean.text.classes import occurrences
from textclean.text.patterns import pattern

#: A class of characters and ranges alone; or one character, as `re.escape` writes it.
_PLAIN = pattern(
    r"\[([^\]\[\\^-](?:[^\]\[\\]*[^\]\[\\-])?)\]|\\([^A-Za-z0-9])|([^\\^$.|?*+(){}\[\]])"
)
#: From so many characters on, in all the texts that it is asked about, a class is compiled.
_FEW = 20_000


class CharacterClass:
    """The characters that any of some expressions finds: classes and single characters."""

    def __init__(self, expressions: Iterable[str]) -> None:
        self._expressions = tuple(expressions)
        self._pattern = pattern("|".join(self._expressions) or "(?!)")
        self._left = _FEW

    def __contains__(self, char: str) -> bool:
        if self._contents is None:
            return bool(self._pattern.match(char))
        singles, bounds = self._contents
        return char in singles or bool(bisect_right(bounds, ord(char)) & 1)

    def held_by(self, text: str) -> set[str]:
        """Those that a text holds."""
        if self._is_early(text):
            return set(filter(self.__contains__, set(text)))
        return set(self._pattern.findall(text))

    def is_in(self, text: str) -> bool:
        """Whether a text holds one."""
        if self._is_early(text):
            return any(map(self.__contains__, set(text)))
        return bool(self._pattern.search(text))

    def _is_early(self, text: str) -> bool:
        if self._left > 0:
            self._left -= len(text)
        return self._left > 0 and self._contents is not None

    @cached_property
    def _contents(self) -> tuple[frozenset[str], list[int]] | None:
        """The characters that are named, and where ranges begin and have ended, by turns: what is
        in one is behind an odd number of bounds. None if an expression is no plain class.
        """
        singles: set[str] = set()
        ranges: list[tuple[int, int]] = []
        for expression in self._expressions:
            plain = _PLAIN.fullmatch(expression)
            if plain is None:
                return None
            inside = plain[1] or plain[2] or plain[3]
            dashes = [at for at in occurrences(inside, "-") if 0 < at < len(inside) - 1]
            ranges += [(ord(inside[at - 1]), ord(inside[at + 1]) + 1) for at in dashes]
            singles.update(inside.replace("-", "") if dashes else inside)
        bounds: list[int] = []
        for first, end in sorted(ranges):
            if bounds and first <= bounds[-1]:
                bounds[-1] = max(bounds[-1], end)
            else:
                bounds += [first, end]
        return frozenset(singles), bounds
