"""Unified diffs that `patch` and ``git apply -p0`` take, built from what was changed.

The splices say which lines changed, so nothing is compared with everything: a diff costs one pass
over the file, however many blank lines (which line comparers stumble over) it has.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

_CONTEXT = 3

#: A slice ``[start:end]`` of a text, and what takes its place.
_Splice = tuple[int, int, str]


class _Region(NamedTuple):
    """Lines ``first`` to ``last`` (from 0, the last one excluded) and what takes their place."""

    first: int
    last: int
    lines: list[str]


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
    at = starts[first]
    for start, end, new in splices:
        pieces += (original[at:start], new)
        at = end
    pieces.append(original[at : starts[last]])
    after = split_lines("".join(pieces))
    # Lines that came out as they were are context, not change.
    while after and first < last and after[0] == lines[first]:
        first += 1
        del after[0]
    while after and first < last and after[-1] == lines[last - 1]:
        last -= 1
        del after[-1]
    return _Region(first, last, after)


def unified_diff(path: str, original: str, splices: Iterable[_Splice]) -> Iterator[str]:
    """A unified diff, line by line with its ends; nothing where nothing changes.

    Args:
        path: the file's name, for both headers.
        original: the file's content.
        splices: sorted, disjoint slices ``(start, end)`` of it, each with the text in its place.
    """
    lines = split_lines(original)
    regions = _regions(original, lines, splices)
    shift = 0  # how many lines longer the new file is up to here
    # Without a tab `patch` takes the name to end at its first space.
    header = f"{path}\t" if " " in path else path
    for number, hunk in enumerate(_hunks(regions)):
        if not number:
            yield f"--- {header}\n"
            yield f"+++ {header}\n"
        low = max(0, hunk[0].first - _CONTEXT)
        high = min(len(lines), hunk[-1].last + _CONTEXT)
        growth = sum(len(region.lines) - (region.last - region.first) for region in hunk)
        yield f"@@ -{_range(low, high)} +{_range(low + shift, high + shift + growth)} @@\n"
        shift += growth
        for region in hunk:
            yield from _prefixed(" ", lines[low : region.first])
            yield from _prefixed("-", lines[region.first : region.last])
            yield from _prefixed("+", region.lines)
            low = region.last
        yield from _prefixed(" ", lines[low:high])


def _hunks(regions: Iterable[_Region]) -> Iterator[list[_Region]]:
    hunk: list[_Region] = []
    for region in regions:
        if region.first == region.last and not region.lines:
            continue
        if hunk and region.first - hunk[-1].last > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(region)
    if hunk:
        yield hunk


def _range(low: int, high: int) -> str:
    if high - low == 1:
        return str(low + 1)
    # An empty range is named by the line before it.
    return f"{low + 1 if high > low else low},{high - low}"


def _prefixed(mark: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if line.endswith("\n"):
            yield mark + line
        else:
            yield f"{mark}{line}\n"
            yield "\\ No newline at end of file\n"
