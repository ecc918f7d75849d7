"""Which lines of a hard-wrapped text belong to one paragraph.

`model` says how likely a paragraph goes on over each break of a run of lines. Text that was never
wrapped gets an answer too, so a run is only touched where the whole of it is far better explained
by wrapping than as a paragraph a line, and where its breaks fall inside words as a page's do.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from textclean.layout.bigrams import continues
from textclean.layout.lines import (
    LEAST_WIDTH,
    MOST_WIDTH,
    NEVER_FIRST,
    NEVER_LAST,
    Line,
    lines_of,
    measured,
)
from textclean.layout.page_model import PRIOR, Page, estimate, sums
from textclean.text.classes import CLOSING_CLASS, is_han
from textclean.text.memo import remembered

_MOST_CANDIDATES = 6
#: Lines that are looked at together; a longer run is cut.
_CHUNK = 300
_ROUNDS = 3
#: How far the wrapped reading of a run must be ahead of a paragraph a line, in nats …
_EVIDENCE = 15.0
#: … and for each break over which it goes on.
_EVIDENCE_EACH = 4.5
#: What the characters at a break may add at most, in nats, and how far they are trusted.
_MOST_SAID = 9.0
_TRUST = 0.75
#: What it takes from that to begin like a heading, a caption or an item.
_BEGINS = 4.0
#: What the characters at the breaks must say on average, in eighths of a bit.
_MEAN_SAID = 12
#: How many breaks between characters there must be to judge by.
LEAST_BREAKS = 3
#: … and what share of all breaks must be inside words, for a run to be worth measuring.
_LEAST_INSIDE = 0.15
_NAT = math.log(2) / 8
#: So many runs of lines are remembered: a text is looked at again in every round.
_MOST_KNOWN = 2_000
#: Characters before a run that are looked at.
_BEFORE = 2


class Break(NamedTuple):
    """A break inside a paragraph: from the end of one line's text to the start of the next's."""

    start: int
    end: int
    #: The probability that the paragraph goes on over it.
    probability: float
    #: Columns of the line before it.
    width: float


def widths(lines: Sequence[Line]) -> list[float]:
    """The widths of columns that the lines may have been set in, most frequent first."""
    edges = sorted(line.edge for line in lines if LEAST_WIDTH <= line.edge <= MOST_WIDTH)
    chosen: list[float] = []
    while edges and len(chosen) < _MOST_CANDIDATES:
        count, column = 0, 0.0
        for edge in edges:
            # Lines fall short of their column, they do not pass it.
            near = bisect_right(edges, edge + 0.6) - bisect_left(edges, edge - 2.6)
            at = bisect_right(edges, edge + 0.6) - bisect_left(edges, edge - 0.6)
            if near + 2 * at >= count:
                count, column = near + 2 * at, edge
        number = bisect_right(edges, column + 0.6) - bisect_left(edges, column - 2.6)
        if number < 2 or (chosen and number < 0.025 * len(lines)):
            break
        beyond = bisect_right(edges, column + 2.2) - bisect_right(edges, column + 0.6)
        if 4 * beyond >= number:
            column += 1.0
        chosen.append(column)
        edges = [other for other in edges if not column - 2.6 <= other <= column + 1.2]
    return chosen


def may_be_wrapped(lines: Sequence[str]) -> bool:
    """Whether a run of lines is worth measuring: breaks inside words, as many as a page has."""
    if len(lines) <= LEAST_BREAKS:
        return False
    inside = 0
    for one, two in pairwise(lines):
        before, behind = one.rstrip()[-1:], two.lstrip()[:1]
        inside += is_han(before) and is_han(behind) and continues(before, behind) > 0
    return inside >= max(LEAST_BREAKS, _LEAST_INSIDE * len(lines))


def breaks(text: str, start: int, end: int) -> list[Break]:
    """The breaks of a run of lines over which a paragraph goes on, more likely than not.

    Args:
        start: where the run begins in the text.
        end: where it ends.
    """
    begin = max(0, start - _BEFORE)
    return [
        Break(begin + low, begin + high, probability, width)
        for low, high, probability, width in _breaks_of_run(text[begin:end], start - begin)
    ]


@remembered(_MOST_KNOWN, longest=20_000)
def _breaks_of_run(text: str, start: int) -> Sequence[Break]:
    """The breaks of the run that begins at `start` of a piece of text, and ends with it."""
    raw = lines_of(text, start, len(text))
    if not may_be_wrapped([line for _, line, _ in raw]):
        return []
    lines = [measured(*each) for each in raw]
    found: list[Break] = []
    for at in range(0, len(lines), _CHUNK):
        chunk = lines[at : at + _CHUNK + 1]
        if len(chunk) > LEAST_BREAKS:
            found += _breaks(text, chunk)
    return found


def _breaks(text: str, lines: Sequence[Line]) -> Sequence[Break]:
    """The breaks of lines that are looked at together."""
    columns = widths(lines)
    if not columns:
        return []
    whole, torn = _mended(text, lines, columns)
    if len(whole) < 2:
        return []
    pairs = list(pairwise(whole))
    said = [_said(text, one, two) for one, two in pairs]
    page = Page(whole, columns, said)
    habits = PRIOR
    for left in reversed(range(_ROUNDS)):
        # What is below nought no better knowledge of the page's habits would turn.
        found = sums(page, habits, 0.0 if left else _EVIDENCE)
        if found is None:
            return []
        joined, firsts, ahead = found
        if left:
            habits = estimate(page, joined, firsts)
    count = sum(probability > 0.5 for probability in joined)
    if ahead < _EVIDENCE_EACH * count or not _breaks_words(text, whole, joined):
        return []
    wrapped = [
        Break(one.end, two.start, round(probability, 4), one.edge)
        for (one, two), probability in zip(pairs, joined, strict=True)
        if probability > 0.5
    ]
    return sorted(torn + wrapped)


def _mended(
    text: str, lines: Sequence[Line], columns: Sequence[float]
) -> tuple[list[Line], list[Break]]:
    """Lines that were torn at a mark made whole: `“三道难关”` / `。有二` is one line of print.

    Extraction tears a line where marks are set close. The pieces make a line of a column's width
    together, or the second begins with what cannot begin a line.
    """
    whole: list[Line] = []
    torn: list[Break] = []
    for line in lines:
        if whole and not line.blanks:
            last = whole[-1]
            edge = last.edge + line.edge - line.indent
            least = last.least_edge + line.least_edge - line.indent - 1
            before, behind = text[last.end - 1], text[line.start]
            parts = behind in NEVER_FIRST or before in NEVER_LAST
            fits = any(least <= column + 1.2 for column in columns)
            if not (parts and fits):
                at_mark = behind in NEVER_LAST or before in CLOSING_CLASS
                short = line.edge < min(columns) - 3.5 and not line.begins
                fits = any(
                    column - 3.2 <= edge and least <= column + 1.2 and last.edge < column - 3.5
                    for column in columns
                )
                parts = at_mark and short
            if parts and fits:
                torn.append(Break(last.end, line.start, 0.97, edge))
                whole[-1] = last._replace(end=line.end, edge=edge, least_edge=least)
                continue
        whole.append(line)
    return whole, torn


def _breaks_words(text: str, lines: Sequence[Line], joined: Sequence[float]) -> bool:
    """Whether breaks fall where a page would make them: anywhere, most of them inside words.

    Verse, lists and headings have lines of one length too; theirs end where a phrase ends. On
    pages that were wrapped nine breaks in ten are inside a phrase (two in three where columns are
    read across each other); in lists of headings hardly one in five.
    """
    pairs = [
        (text[lines[at].end - 1 : lines[at].end], text[lines[at + 1].start])
        for at, probability in enumerate(joined)
        if probability > 0.5
    ]
    scores = [continues(*pair) for pair in pairs if all(map(is_han, pair))]
    inside = sum(score > 0 for score in scores)
    return (
        len(scores) >= LEAST_BREAKS
        and inside > 0.6 * len(scores)
        and inside > 0.45 * len(pairs)
        and sum(scores) >= _MEAN_SAID * len(scores)
    )


def _said(text: str, one: Line, two: Line) -> float:
    """What the characters at a break say for its being inside a paragraph, as an odds ratio."""
    before, behind = text[one.end - 2 : one.end], text[two.start]
    if behind in NEVER_FIRST or before[-1:] in NEVER_LAST:
        return math.exp(_MOST_SAID)
    nats = _TRUST * continues(before, behind) * _NAT
    if two.begins:
        nats -= _BEGINS
    return math.exp(max(-_MOST_SAID, min(_MOST_SAID, nats)))
