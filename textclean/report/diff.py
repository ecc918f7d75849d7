"""Unified diffs that ``git apply`` and ``patch -p1`` take, built from what was changed.

The splices say which lines changed, so nothing is compared with everything: a diff costs one pass
over the file, however many blank lines (which line comparers stumble over) it has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, repeat
from typing import NamedTuple

_CONTEXT = 3

#: A slice ``[start:end]`` of a text, and what takes its place.
_Splice = tuple[int, int, str]


#: Slices of a line.
_Spans = list[tuple[int, int]]


class DiffLine(NamedTuple):
    """A line of a diff, and which slices of it are new or gone: less than the line, where the rest
    of it stays.
    """

    #: With its mark (``-``, ``+``, a space) and its end.
    text: str
    spans: _Spans = []  # noqa: RUF012 - never changed


class _Region(NamedTuple):
    """Lines ``first`` to ``last`` (from 0, the last one excluded) and what takes their place."""

    first: int
    last: int
    lines: list[str]
    #: For each old and each new line the slices of it that differ.
    gone: list[_Spans]
    new: list[_Spans]


def split_lines(text: str) -> list[str]:
    """The lines of a text with their ends, as diffs count them: by ``\\n`` alone."""
    lines = [line + "\n" for line in text.split("\n")]
    if lines[-1] == "\n":
        lines.pop()
    else:
        lines[-1] = lines[-1][:-1]
    return lines


def _regions(original: str, lines: Sequence[str], splices: Iterable[_Splice]) -> Iterator[_Region]:
    """The lines that change, in order."""
    starts = [0, *accumulate(map(len, lines))]

    def line_at(offset: int) -> int:
        return min(bisect_right(starts, offset) - 1, len(lines))

    first = last = -1
    held: list[_Splice] = []
    for splice in splices:
        # The line of the end belongs to it: a splice that takes a line break joins two lines.
        begin, end = line_at(splice[0]), min(line_at(splice[1]) + 1, len(lines))
        if held and begin >= last:
            yield _region(original, lines, starts, first, last, held)
            held = []
        if not held:
            first = last = begin
        last = max(last, end)
        held.append(splice)
    if held:
        yield _region(original, lines, starts, first, last, held)


def _region(
    original: str,
    lines: Sequence[str],
    starts: list[int],
    first: int,
    last: int,
    splices: list[_Splice],
) -> _Region:
    pieces: list[str] = []
    gone: _Spans = []
    new: _Spans = []
    at = starts[first]
    length = 0
    for start, end, after in splices:
        pieces += (original[at:start], after)
        length += start - at + len(after)
        gone.append((start - starts[first], end - starts[first]))
        new.append((length - len(after), length))
        at = end
    pieces.append(original[at : starts[last]])
    after_lines = split_lines("".join(pieces))
    old_spans = _by_line(gone, lines[first:last])
    new_spans = _by_line(new, after_lines)
    # Lines that came out as they were are context, not change.
    while after_lines and first < last and after_lines[0] == lines[first]:
        first += 1
        del after_lines[0], old_spans[0], new_spans[0]
    while after_lines and first < last and after_lines[-1] == lines[last - 1]:
        last -= 1
        del after_lines[-1], old_spans[-1], new_spans[-1]
    return _Region(first, last, after_lines, old_spans, new_spans)


def _by_line(spans: _Spans, lines: Sequence[str]) -> list[_Spans]:
    """Sorted slices of all the lines as slices of each."""
    result: list[_Spans] = []
    begin = at = 0
    for line in lines:
        end = begin + len(line)
        inside: _Spans = []
        while at < len(spans) and spans[at][0] < end:
            start, stop = spans[at]
            if stop > begin and stop > start:
                inside.append((max(start, begin) - begin, min(stop, end) - begin))
            if stop > end:
                break
            at += 1
        result.append(inside)
        begin = end
    return result


def unified_diff(path: str, original: str, splices: Iterable[_Splice]) -> Iterator[str]:
    """A unified diff, line by line with its ends; nothing where nothing changes.

    Args:
        path: the file's name, for both headers, behind ``a/`` and ``b/``.
        original: the file's content.
        splices: sorted, disjoint slices ``(start, end)`` of it, each with the text in its place.
    """
    return (line.text for line in diff_lines(path, original, splices))


def diff_lines(path: str, original: str, splices: Iterable[_Splice]) -> Iterator[DiffLine]:
    """The lines of `unified_diff` with what differs in each."""
    return diff_of_parts(path, [(original, splices)])


def diff_of_parts(path: str, parts: Iterable[tuple[str, Iterable[_Splice]]]) -> Iterator[DiffLine]:
    """`diff_lines` of a file that comes in parts of whole lines, each with its own splices.

    In memory is one part, and what of those before belongs to a hunk that is not at its end.
    """
    window = _Window()
    shift = 0  # how many lines longer the new file is up to here
    begun = False
    for hunk in _hunks(_regions_of_parts(parts, window), window):
        if not begun:
            yield DiffLine(f"--- {_header('a', path)}\n")
            yield DiffLine(f"+++ {_header('b', path)}\n")
            begun = True
        low = max(0, hunk[0].first - _CONTEXT)
        high = min(window.end, hunk[-1].last + _CONTEXT)
        growth = sum(len(region.lines) - (region.last - region.first) for region in hunk)
        yield DiffLine(
            f"@@ -{_range(low, high)} +{_range(low + shift, high + shift + growth)} @@\n"
        )
        shift += growth
        for region in hunk:
            yield from _prefixed(" ", window.lines(low, region.first))
            yield from _prefixed("-", window.lines(region.first, region.last), region.gone)
            yield from _prefixed("+", region.lines, region.new)
            low = region.last
        yield from _prefixed(" ", window.lines(low, high))
        window.needed = high - _CONTEXT


class _Window:
    """The lines of a file that are still needed."""

    def __init__(self) -> None:
        self._first = 0
        self._lines: list[str] = []
        #: The number of the first line that a hunk to come may need.
        self.needed = 0

    @property
    def end(self) -> int:
        """How many lines have come."""
        return self._first + len(self._lines)

    def add(self, lines: list[str]) -> None:
        """Take in the next lines."""
        gone = max(0, min(self.needed, self.end) - self._first)
        self._first += gone
        self._lines = self._lines[gone:] + lines

    def lines(self, low: int, high: int) -> list[str]:
        """Some of the lines."""
        return self._lines[max(0, low - self._first) : max(0, high - self._first)]


def _regions_of_parts(
    parts: Iterable[tuple[str, Iterable[_Splice]]], window: _Window
) -> Iterator[_Region]:
    """The lines that change; behind each part an empty region says how far the lines are known."""
    for content, splices in parts:
        base = window.end
        lines = split_lines(content)
        window.add(lines)
        for region in _regions(content, lines, splices):
            yield region._replace(first=region.first + base, last=region.last + base)
        yield _Region(window.end, window.end, [], [], [])


def _header(side: str, path: str) -> str:
    """A name as git writes it: in quotes where it has what would end it."""
    name = f"{side}/{path.lstrip('/')}"
    if _UNSAFE.search(name):
        # As C writes strings, in bytes.
        data = name.encode("utf-8", "surrogateescape")
        return '"' + "".join(map(_quoted_byte, data)) + '"'
    # Without a tab `patch` takes the name to end at its first space.
    return f"{name}\t" if " " in name else name


_UNSAFE = re.compile('[\x00-\x1f\x7f"\\\\\udc80-\udcff]')


def _quoted_byte(byte: int) -> str:
    if byte in b'"\\':
        return "\\" + chr(byte)
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"


def _hunks(regions: Iterable[_Region], window: _Window) -> Iterator[list[_Region]]:
    """Regions that share context. One that is empty belongs to none, but may show that one ends."""
    hunk: list[_Region] = []
    for region in regions:
        if hunk and region.first - hunk[-1].last > 2 * _CONTEXT:
            yield hunk
            hunk = []
        if region.first < region.last or region.lines:
            hunk.append(region)
        elif not hunk:
            window.needed = region.first - _CONTEXT
    if hunk:
        yield hunk


def _range(low: int, high: int) -> str:
    if high - low == 1:
        return str(low + 1)
    # An empty range is named by the line before it.
    return f"{low + 1 if high > low else low},{high - low}"


def _prefixed(mark: str, lines: Iterable[str], spans: Iterable[_Spans] = ()) -> Iterator[DiffLine]:
    for line, inside in zip(lines, chain(spans, repeat(())), strict=False):
        moved = [(start + 1, end + 1) for start, end in inside]
        if line.endswith("\n"):
            yield DiffLine(mark + line, moved)
        else:
            yield DiffLine(f"{mark}{line}\n", moved)
            yield DiffLine("\\ No newline at end of file\n")
