"""Columns interleaved line by line, as pdfminer and OCR of a whole page leave them: sorted apart.

Such a page was read row by row: the first line of each column, then the second of each. No gutter
is left, so only the text tells which lines belong together (`torn_page`).

A page is examined only if many of its lines do not read on, and sorted only if the result reads far
better and reads on nearly everywhere. In between it is reported as torn (L103).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from textclean.layout.columns import Unrolled
from textclean.layout.median import median
from textclean.text.memo import remembered
from textclean.text.patterns import pattern


class Interleaved(NamedTuple):
    """A stretch of a text with interleaved columns."""

    start: int
    end: int
    #: The number of columns; 0 if the lines could not be sorted.
    columns: int
    #: The lines in reading order, each with the white space behind it: all of ``text[start:end]``;
    #: empty if they could not be sorted.
    order: tuple[tuple[int, int], ...]


_LINE = pattern(r"[^\n]*\S[^\n]*")
#: Lines of a page that is examined, at least and at most.
_SHORTEST, _LONGEST = 12, 500
#: Characters of a column's line, at most.
_LONGEST_LINE = 40
#: Least share of lines about as long as the typical one: of a page that is sorted, and of one that
#: is reported.
_EVEN, _UNEVEN = 0.5, 0.3


def interleaved(text: str) -> list[Interleaved]:
    """The stretches of a text with interleaved columns, from top to bottom."""
    if text.count("\n") < _SHORTEST - 1:
        return []
    stretches: list[Interleaved] = []
    at = 0
    for piece in text.split("\f"):  # a page's end
        for start, end, columns, order in _of_page(piece):
            lines = tuple((first + at, last + at) for first, last in order)
            stretches.append(Interleaved(start + at, end + at, columns, lines))
        at += len(piece) + 1
    return stretches


def unroll(text: str, protected: Sequence[tuple[int, int]] = ()) -> Unrolled | None:
    """The text with its columns one after the other; None if none were sorted.

    Stretches that touch `protected` spans stay as they are.
    """
    spans: list[tuple[int, int]] = []
    last = 0
    for stretch in interleaved(text):
        if not stretch.order or any(
            start < stretch.end and stretch.start < end for start, end in protected
        ):
            continue
        if last < stretch.start:
            spans.append((last, stretch.start))
        spans += stretch.order
        last = stretch.end
    if not spans:
        return None
    if last < len(text):
        spans.append((last, len(text)))
    breaks = [
        (start, start, "\n")
        for (_, end), (start, _) in pairwise(spans)
        if text[end - 1] not in "\n\f"
    ]
    return Unrolled(spans, breaks)


@remembered(64, longest=40_000)
def _of_page(text: str) -> tuple[Interleaved, ...]:
    lengths = [length for length in map(len, text.split("\n")) if length]
    if not _SHORTEST <= len(lengths) <= _LONGEST:
        return ()
    typical = median(lengths)
    near = sum(0.8 * typical <= length <= 1.25 * typical for length in lengths)
    is_even = near >= _EVEN * len(lengths)
    if typical < 8 or not (
        is_even or (typical <= _LONGEST_LINE and near >= _UNEVEN * len(lengths))
    ):
        return ()  # not lines of a column's width
    from textclean.layout.torn_page import TornPage  # here, because it loads the models

    lines = [line.span() for line in _LINE.finditer(text)]
    page = TornPage([text[start:end] for start, end in lines])
    if not is_even:
        # Lists and short lines in the columns: in which order they belong is not clear.
        return (Interleaved(lines[0][0], len(text), 0, ()),) if page.is_torn() else ()
    if not page.may_be_torn():
        return ()
    stretches: list[Interleaved] = []
    starts = [start for start, _ in lines]
    for first, stop in page.sections():
        sorted_lines = page.sorted(first, stop)
        if sorted_lines is None:
            continue
        columns, order = sorted_lines
        bounds = [*starts[first:stop], starts[stop] if stop < len(starts) else len(text)]
        spans = tuple((bounds[at - first], bounds[at - first + 1]) for at in order)
        stretches.append(Interleaved(bounds[0], bounds[-1], columns, spans))
    return tuple(stretches)
