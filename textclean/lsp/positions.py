"""Positions as editors count them: lines from 0, and units of UTF-16, UTF-8 or UTF-32 within them.

A line ends with ``\\n``, ``\\r\\n`` or ``\\r`` and with nothing else, as the protocol says: a form
feed or a line separator of Unicode stands within its line.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

_BREAK = re.compile(r"\r\n|\r|\n")
_BEYOND_PLANE = re.compile("[\U00010000-\U0010ffff]")


class Encoding(StrEnum):
    """What a client counts in."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    UTF_32 = "utf-32"


class Positions:
    """The lines of one text; from offsets in code points to positions of a client, and back."""

    def __init__(
        self, text: str, encoding: Encoding = Encoding.UTF_16, starts: list[int] | None = None
    ) -> None:
        """Find the lines of a text.

        Args:
            starts: where its lines begin, if that is known.
        """
        self.text = text
        self.encoding = encoding
        self.starts = [0, *_starts_within(text, 0, len(text))] if starts is None else starts
        self._widths: dict[int, list[int]] = {}

    def edited(self, start: int, end: int, new: str) -> Positions:
        """The positions of the text in which ``text[start:end]`` is replaced by `new`.

        Only the lines around the place are read again.
        """
        text = self.text[:start] + new + self.text[end:]
        delta = len(new) - (end - start)
        # A break may come about, or go, with the character before the place.
        first = bisect_right(self.starts, max(start - 1, 0))
        last = bisect_right(self.starts, end)
        low = self.starts[first - 1]
        high = self.starts[last] if last < len(self.starts) else len(self.text)
        starts = [
            *self.starts[:first],
            *(at for at in _starts_within(text, low, high + delta) if at < high + delta),
            *(at + delta for at in self.starts[last:]),
        ]
        if last == len(self.starts) and _ends_with_break(text):
            starts.append(len(text))
        return Positions(text, self.encoding, starts)

    def position(self, offset: int) -> tuple[int, int]:
        """The line of an offset, and how many units stand before it there."""
        line = bisect_right(self.starts, offset) - 1
        return line, self._units(line, offset)

    def offset(self, line: int, units: int) -> int:
        """The offset of a position; behind a line's end it is that end, within a character that
        character's start.
        """
        if line >= len(self.starts):
            return len(self.text)
        start, end = self.line_span(line)
        # The last offset that no more than so many units stand before.
        low, high = start, min(end, start + units)
        while low < high:
            middle = (low + high + 1) // 2
            if self._units(line, middle) <= units:
                low = middle
            else:
                high = middle - 1
        return low

    def line_span(self, line: int) -> tuple[int, int]:
        """Where a line begins, and where its text ends, without the break."""
        start = self.starts[line]
        end = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return start, end

    def lines_around(self, start: int, end: int) -> tuple[int, int]:
        """The span of the whole lines, with their breaks, that a span touches."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end)
        after = self.starts[last] if last < len(self.starts) else len(self.text)
        return self.starts[first], after

    def _units(self, line: int, offset: int) -> int:
        start = self.starts[line]
        characters = offset - start
        if self.encoding is Encoding.UTF_16:
            beyond = self._beyond_plane
            if not beyond:
                return characters
            return characters + bisect_left(beyond, offset) - bisect_left(beyond, start)
        if self.encoding is Encoding.UTF_8:
            return self._bytes_of(line)[characters]
        return characters

    @cached_property
    def _beyond_plane(self) -> list[int]:
        """Where the characters are that take two units of UTF-16."""
        return [match.start() for match in _BEYOND_PLANE.finditer(self.text)]

    def _bytes_of(self, line: int) -> list[int]:
        """How many bytes stand before each character of a line, and behind the last."""
        known = self._widths.get(line)
        if known is None:
            start = self.starts[line]
            end = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)
            lengths = (len(each.encode()) for each in self.text[start:end])
            known = self._widths[line] = list(accumulate(lengths, initial=0))
        return known


def _starts_within(text: str, start: int, end: int) -> Iterator[int]:
    for match in _BREAK.finditer(text, start, end):
        yield match.end()


def _ends_with_break(text: str) -> bool:
    return text.endswith(("\n", "\r"))
