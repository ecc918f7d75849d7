"""Which lines of a hard-wrapped text belong to one paragraph.

A hidden Markov model over lines, solved exactly by forward and backward sums. A line is the first
of a paragraph (set in by two characters, or not), or a further one, of a column of some width; or
it stands alone (a heading, a caption). A line that goes on is full: the next line's first word
would not have fitted. A paragraph's last line has any width. What the two characters at the break
say is added (`continuation`), and so are indents and blank lines, whose meaning differs from page
to page and is therefore estimated from the page itself (expectation maximisation, three rounds).

Text that was never wrapped is as likely under the model, so a run of lines is only touched where
the whole of it is far better explained by wrapping than as a paragraph a line.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from textclean.layout.continuation import continues
from textclean.layout.lines import LEAST_WIDTH, MOST_WIDTH, NEVER_FIRST, NEVER_LAST, Line
from textclean.text.classes import CLOSING_CLASS, is_han

_MOST_CANDIDATES = 6
#: Lines that are looked at together; a longer run is cut.
_CHUNK = 300
_ROUNDS = 3
#: How far the wrapped reading of a run must be ahead of a paragraph a line, in nats.
_EVIDENCE = 15.0
#: … and for each break over which it goes on.
_EVIDENCE_EACH = 4.5
#: What the characters at a break may add at most, in nats, and how far they are trusted.
_MOST_SAID = 9.0
_TRUST = 0.75
#: What the characters at the breaks must say on average, in eighths of a bit.
_MEAN_SAID = 12
#: How many breaks between characters there must be to judge by.
_LEAST_BREAKS = 3
_NAT = math.log(2) / 8
_INDENT = 4.0
#: No width is impossible.
_FLOOR = 1e-12
_STAND_ALONE = 0.12
_SAME_COLUMN = 0.88


class Break(NamedTuple):
    """A break inside a paragraph: from the end of one line's text to the start of the next's."""

    start: int
    end: int
    #: The probability that the paragraph goes on over it.
    probability: float
    #: Columns of the line before it.
    width: float


class _Habits(NamedTuple):
    """What a page does with blank lines and indents; rows: within a paragraph, between two."""

    blanks: tuple[tuple[float, ...], tuple[float, ...]]
    indents: tuple[tuple[float, ...], tuple[float, ...]]
    #: Share of paragraphs whose first line is set in though no space is there.
    set_in: float
    #: Share of breaks within a paragraph at which the line is not full (torn lines).
    torn: float


_PRIOR = _Habits(
    ((0.90, 0.08, 0.02), (0.50, 0.38, 0.12)),
    ((0.96, 0.03, 0.01), (0.60, 0.30, 0.10)),
    0.5,
    0.03,
)
#: How many observations the prior is worth.
_WEIGHT = 6.0


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


def breaks(text: str, lines: Sequence[Line]) -> list[Break]:
    """The breaks of a run of lines over which a paragraph goes on, more likely than not."""
    found: list[Break] = []
    for start in range(0, len(lines), _CHUNK):
        found += _breaks(text, lines[start : start + _CHUNK + 1])
    return found


def _breaks(text: str, lines: Sequence[Line]) -> list[Break]:
    if len(lines) < 2:
        return []
    columns = widths(lines)
    if not columns:
        return []
    lines, torn = _mended(text, lines, columns)
    if len(lines) < 2:
        return []
    said = [_said(text, one, two) for one, two in pairwise(lines)]
    margin = min(line.indent for line in lines)
    bins = [_indent_bin(line.indent - margin) for line in lines]
    habits = _PRIOR
    result = _Sums([], 0.0, 0.0, [])
    for _ in range(_ROUNDS):
        result = _sums(lines, columns, said, bins, habits)
        habits = _estimate(lines, columns, bins, result)
    ahead = result.wrapped - result.alone
    count = sum(probability > 0.5 for probability in result.joined)
    if ahead < max(_EVIDENCE, _EVIDENCE_EACH * count):
        return []
    if not _breaks_words(text, lines, result.joined):
        return []
    wrapped = [
        Break(one.end, two.start, round(probability, 4), one.edge)
        for (one, two), probability in zip(pairwise(lines), result.joined, strict=True)
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
        len(scores) >= _LEAST_BREAKS
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
        nats -= 4.0
    return math.exp(max(-_MOST_SAID, min(_MOST_SAID, nats)))


def _indent_bin(columns: int) -> int:
    return 0 if columns < 2 else 1 if columns <= 9 else 2


def _full(line: Line, unit: float, room: float, torn: float) -> float:
    """The density of a line's width, given that its paragraph goes on in the next line."""
    lacking = room - line.edge
    over = line.least_edge - room
    if over > 1.2:
        density = 0.02 * math.exp(1.2 - over)
    elif lacking < unit:
        density = 0.94 / (unit + 1.2)
    else:
        density = 0.04 * math.exp((unit - lacking) / 2)
    return (1 - torn) * density + (torn / room if over <= 1.2 else 0.0) + _FLOOR


def _last(line: Line, room: float) -> float:
    """The density of a line's width, given that its paragraph ends with it."""
    over = line.least_edge - room
    return 0.97 / room if over <= 1.2 else 0.02 * math.exp(1.2 - over) + _FLOOR


class _Sums(NamedTuple):
    #: For every break: the probability that the paragraph goes on.
    joined: list[float]
    #: Logarithms of the likelihood: of the whole model, and with every line alone.
    wrapped: float
    alone: float
    #: For every line: how likely it is a first line that is set in, and one that is not.
    firsts: list[tuple[float, float]]


def _sums(
    lines: Sequence[Line],
    columns: Sequence[float],
    said: Sequence[float],
    bins: Sequence[int],
    habits: _Habits,
) -> _Sums:
    """Forward and backward sums; states: set in, not set in, further (each by column), alone."""
    size = len(columns)
    alone = 3 * size
    count = len(lines)
    # By line: density of going on and of ending, for room = column and for room = column - indent.
    on: list[list[float]] = []
    off: list[list[float]] = []
    for at, line in enumerate(lines):
        unit = lines[at + 1].unit if at + 1 < count else 2.0
        on.append([])
        off.append([])
        for shift in (_INDENT, 0.0):
            for column in columns:
                room = max(column - shift, 8.0)
                on[-1].append(_full(line, unit, room, habits.torn) if at + 1 < count else 0.0)
                off[-1].append(_last(line, room))
    free = [0.5 / 120 for _ in lines]

    def opening(at: int) -> tuple[float, float]:
        """Weights of beginning a paragraph set in, and not, with this line."""
        inner = habits.set_in if not bins[at] else 0.02
        return inner, 1 - inner

    spread = (1 - _STAND_ALONE) / size
    inner, outer = opening(0)
    row = [spread * inner] * size + [spread * outer] * size + [0.0] * size + [_STAND_ALONE]
    forward = [row]
    scale = [1.0]
    null = 0.0
    gaps: list[tuple[float, float]] = []
    for at in range(count - 1):
        blank = min(lines[at + 1].blanks, 2)
        within = habits.blanks[0][blank] * habits.indents[0][bins[at + 1]] * said[at] * 0.75
        between = habits.blanks[1][blank] * habits.indents[1][bins[at + 1]] * 0.25
        gaps.append((within, between))
        here = forward[-1]
        inner, outer = opening(at + 1)
        ended = [0.0] * size
        further = [0.0] * size
        for k in range(size):
            set_in, other = here[k], here[size + k] + here[2 * size + k]
            further[k] = within * (set_in * on[at][k] + other * on[at][size + k])
            ended[k] = between * (set_in * off[at][k] + other * off[at][size + k])
        loose = between * here[alone] * free[at]
        total = sum(ended) + loose
        fresh = [
            (1 - _STAND_ALONE)
            * (ended[k] * _SAME_COLUMN + (total - ended[k] * _SAME_COLUMN) / size)
            for k in range(size)
        ]
        row = (
            [value * inner for value in fresh]
            + [value * outer for value in fresh]
            + further
            + [_STAND_ALONE * total]
        )
        norm = sum(row)
        scale.append(norm)
        forward.append([value / norm for value in row])
        null += math.log(free[at]) + math.log(between)
    backward = [0.0] * (alone + 1)
    for k in range(size):
        backward[k] = off[-1][k]
        backward[size + k] = backward[2 * size + k] = off[-1][size + k]
    backward[alone] = free[-1]
    final = sum(a * b for a, b in zip(forward[-1], backward, strict=True))
    wrapped = math.log(final) + sum(map(math.log, scale))
    null += math.log(free[-1])
    joined = [0.0] * (count - 1)
    firsts = [(0.0, 0.0)] * count
    for at in range(count - 1, -1, -1):
        if at < count - 1:
            within, between = gaps[at]
            inner, outer = opening(at + 1)
            here = forward[at]
            norm = scale[at + 1]
            fresh = [inner * backward[k] + outer * backward[size + k] for k in range(size)]
            mean = (1 - _STAND_ALONE) * sum(fresh) / size + _STAND_ALONE * backward[alone]
            row = [0.0] * (alone + 1)
            goes_on = 0.0
            for k in range(size):
                ahead = within * backward[2 * size + k]
                behind = between * (
                    (1 - _STAND_ALONE)
                    * (_SAME_COLUMN * fresh[k] + (sum(fresh) - _SAME_COLUMN * fresh[k]) / size)
                    + _STAND_ALONE * backward[alone]
                )
                for state, place in ((k, k), (size + k, size + k), (2 * size + k, size + k)):
                    through = on[at][place] * ahead
                    row[state] = (through + off[at][place] * behind) / norm
                    goes_on += here[state] * through / norm
            row[alone] = between * free[at] * mean / norm
            backward = row
            total = sum(a * b for a, b in zip(here, backward, strict=True))
            joined[at] = goes_on / total
        products = [a * b for a, b in zip(forward[at], backward, strict=True)]
        total = sum(products)
        firsts[at] = (
            sum(products[:size]) / total,
            sum(products[size : 2 * size]) / total,
        )
    return _Sums(joined, wrapped, null, firsts)


def _estimate(
    lines: Sequence[Line], columns: Sequence[float], bins: Sequence[int], sums: _Sums
) -> _Habits:
    """The page's habits, as the last sums see them."""
    blanks = [[_WEIGHT * share for share in row] for row in _PRIOR.blanks]
    indents = [[_WEIGHT * share for share in row] for row in _PRIOR.indents]
    set_in, firsts = _WEIGHT * _PRIOR.set_in, _WEIGHT
    torn, within = _WEIGHT * 5 * _PRIOR.torn, _WEIGHT * 5
    for at, probability in enumerate(sums.joined):
        blank, indent = min(lines[at + 1].blanks, 2), bins[at + 1]
        blanks[0][blank] += probability
        blanks[1][blank] += 1 - probability
        indents[0][indent] += probability
        indents[1][indent] += 1 - probability
        within += probability
        line, unit = lines[at], lines[at + 1].unit
        torn += probability * all(
            line.edge + unit < column or line.least_edge > column + 1.2
            for column in (*columns, *(column - _INDENT for column in columns))
        )
    for at, (inner, outer) in enumerate(sums.firsts):
        # Only a paragraph of several lines shows whether it was set in.
        if at < len(sums.joined) and not bins[at]:
            share = sums.joined[at]
            set_in += inner * share
            firsts += (inner + outer) * share
    rows = [tuple(value / sum(row) for value in row) for row in (*blanks, *indents)]
    return _Habits((rows[0], rows[1]), (rows[2], rows[3]), set_in / firsts, torn / within)
