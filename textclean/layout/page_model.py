"""The model of a hard-wrapped page: the probability that a paragraph goes on over each line break.

A hidden Markov model over lines, with exact forward and backward sums. A line is indented by two
characters (the first of a paragraph), or begins at the margin (any other), in a column of some
width; or it stands alone (a heading, a caption). Three kinds of evidence meet:

- *Width*: a line that goes on is full, that is, the next line's first word would not have fitted.
  The last line of a paragraph has any width. First lines may be indented without a space in the
  text, and columns of several widths may follow each other.
- *Characters*: the odds that the two characters at a break give (`bigrams`).
- *Habits*: what a blank line or an indent means differs from page to page (some extractors put a
  blank line behind every line), so it is estimated from the page itself by three rounds of
  expectation maximisation (`estimate`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from textclean.layout.lines import PrintedLine

#: The indent of a paragraph's first line, in columns.
_INDENT = 4.0
#: The least density of a width.
_FLOOR = 1e-12
#: Probability that a line stands alone, density of its width; probability of the same column again.
_STAND_ALONE = 0.12
_ANY_WIDTH = 0.5 / 120
_SAME_COLUMN = 0.88
#: The prior probability that a break is inside a paragraph.
_WITHIN = 0.75
#: By how much a line may exceed its column, in columns.
_OVER = 1.2
#: The weight of the prior, in observations.
_WEIGHT = 6.0


class Habits(NamedTuple):
    """How a page uses blank lines and indents; rows: within a paragraph, between two."""

    blanks: tuple[tuple[float, ...], tuple[float, ...]]
    indents: tuple[tuple[float, ...], tuple[float, ...]]
    #: Share of paragraphs whose first line is indented without a space in the text.
    set_in: float
    #: Share of breaks within a paragraph at which the line is not full (torn lines).
    torn: float


PRIOR = Habits(
    ((0.90, 0.08, 0.02), (0.50, 0.38, 0.12)),
    ((0.96, 0.03, 0.01), (0.60, 0.30, 0.10)),
    0.5,
    0.03,
)


class Page:
    """Lines with everything that does not depend on the page's habits, computed once.

    Args:
        lines: at least two.
        columns: the possible widths of columns.
        odds: by break, the odds that its characters give for going on.
    """

    def __init__(
        self, lines: Sequence[PrintedLine], columns: Sequence[float], odds: Sequence[float]
    ) -> None:
        self.lines = lines
        self.columns = columns
        self.odds = odds
        margin = min(line.indent for line in lines)
        #: By line: 0 at the margin, 1 indented, 2 farther in.
        self.bins = [_bin(line.indent - margin) for line in lines]
        self.blanks = [min(line.blanks, 2) for line in lines]
        rooms = [max(column - _INDENT, 8.0) for column in columns] + list(columns)
        units = [line.unit for line in lines[1:]] + [2.0]
        #: By line and room (columns less the indent, then columns): densities of the line's width
        #: if it is full, if it is torn, and if its paragraph ends.
        self.full = [
            [_full(line, unit, room) for room in rooms]
            for line, unit in zip(lines, units, strict=True)
        ]
        self.torn = [
            [1 / room if line.least_edge <= room + _OVER else 0.0 for room in rooms]
            for line in lines
        ]
        self.last = [[_last(line, room) for room in rooms] for line in lines]
        #: By line: whether it is short of every column.
        self.short = [
            all(line.edge + unit < room or line.least_edge > room + _OVER for room in rooms)
            for line, unit in zip(lines, units, strict=True)
        ]


def _bin(columns: int) -> int:
    return 0 if columns < 2 else 1 if columns <= 9 else 2


def _full(line: PrintedLine, unit: float, room: float) -> float:
    """The density of a line's width, given that its paragraph goes on in the next line."""
    lacking = room - line.edge
    over = line.least_edge - room
    if over > _OVER:
        return 0.02 * math.exp(_OVER - over) + _FLOOR
    if lacking < unit:
        return 0.94 / (unit + _OVER)
    return 0.04 * math.exp((unit - lacking) / 2) + _FLOOR


def _last(line: PrintedLine, room: float) -> float:
    """The density of a line's width, given that its paragraph ends with it."""
    over = line.least_edge - room
    return 0.97 / room if over <= _OVER else 0.02 * math.exp(_OVER - over) + _FLOOR


def sums(
    page: Page, habits: Habits, least: float
) -> tuple[list[float], list[tuple[float, float]], float] | None:
    """Forward and backward sums; states: indented and at the margin (each by column), alone.

    Returns:
        By break, the probability that the paragraph goes on; by line, the probabilities that it is
        a first line with and without an indent; and by how many nats the model explains the page
        better than as lines that stand alone. None if that is less than `least`.
    """
    size, count = len(page.columns), len(page.lines)
    keep, torn = 1 - habits.torn, habits.torn
    # Weights of a paragraph that begins with a line: set in, and not.
    inner = [0.02 if bin_ else habits.set_in for bin_ in page.bins]
    # Of every break: going on, and ending.
    within = [
        _WITHIN * habits.blanks[0][blank] * habits.indents[0][bin_] * odds
        for blank, bin_, odds in zip(page.blanks[1:], page.bins[1:], page.odds, strict=True)
    ]
    between = [
        (1 - _WITHIN) * habits.blanks[1][blank] * habits.indents[1][bin_]
        for blank, bin_ in zip(page.blanks[1:], page.bins[1:], strict=True)
    ]
    on = [
        [keep * full + torn * rest for full, rest in zip(*rows, strict=True)]
        for rows in zip(page.full, page.torn, strict=True)
    ]
    last = page.last
    several, mixed = 1 - _STAND_ALONE, (1 - _SAME_COLUMN) / size
    null = count * math.log(_ANY_WIDTH) + sum(map(math.log, between))

    share = several / size
    forward = [([share * inner[0]] * size, [share * (1 - inner[0])] * size, _STAND_ALONE)]
    fresh_rows = [[share] * size]
    scales = [1.0]
    for at in range(count - 1):
        set_in, margin, alone = forward[-1]
        ons, lasts = on[at], last[at]
        ended = [set_in[k] * lasts[k] + margin[k] * lasts[size + k] for k in range(size)]
        total = sum(ended) + alone * _ANY_WIDTH
        gate = between[at]
        # What follows a line that stood alone may be in any column.
        loose = mixed * total + _SAME_COLUMN / size * alone * _ANY_WIDTH
        fresh = [several * gate * (_SAME_COLUMN * value + loose) for value in ended]
        further = [
            within[at] * (set_in[k] * ons[k] + margin[k] * ons[size + k]) for k in range(size)
        ]
        norm = sum(fresh) + sum(further) + _STAND_ALONE * gate * total
        first, other = inner[at + 1] / norm, (1 - inner[at + 1]) / norm
        forward.append(
            (
                [value * first for value in fresh],
                [value * other + more / norm for value, more in zip(fresh, further, strict=True)],
                _STAND_ALONE * gate * total / norm,
            )
        )
        fresh_rows.append([value / norm for value in fresh])
        scales.append(norm)

    behind = (last[-1][:size], last[-1][size:], _ANY_WIDTH)
    final = _meet(forward[-1], behind)
    ahead = math.log(final) + sum(map(math.log, scales)) - null
    if ahead < least:
        return None
    joined = [0.0] * (count - 1)
    firsts = [(0.0, 0.0)] * count
    firsts[-1] = _firsts(fresh_rows[-1], inner[-1], behind, final)
    for at in range(count - 2, -1, -1):
        set_in, margin, _ = forward[at]
        ons, lasts, norm = on[at], last[at], scales[at + 1]
        first, other = inner[at + 1], 1 - inner[at + 1]
        start = [
            several * (first * one + other * two) for one, two in zip(*behind[:2], strict=True)
        ]
        anywhere = mixed * sum(start) + _STAND_ALONE * behind[2]
        gate = between[at] / norm
        after = [gate * (_SAME_COLUMN * value + anywhere) for value in start]
        goes_on = [within[at] / norm * value for value in behind[1]]
        behind = (
            [ons[k] * goes_on[k] + lasts[k] * after[k] for k in range(size)],
            [ons[size + k] * goes_on[k] + lasts[size + k] * after[k] for k in range(size)],
            gate * _ANY_WIDTH * (_SAME_COLUMN * sum(start) / size + anywhere),
        )
        total = _meet(forward[at], behind)
        through = sum(
            (set_in[k] * ons[k] + margin[k] * ons[size + k]) * goes_on[k] for k in range(size)
        )
        joined[at] = through / total
        firsts[at] = _firsts(fresh_rows[at], inner[at], behind, total)
    return joined, firsts, ahead


_Row = tuple[list[float], list[float], float]


def _meet(one: _Row, two: _Row) -> float:
    return (
        sum(a * b for a, b in zip(one[0], two[0], strict=True))
        + sum(a * b for a, b in zip(one[1], two[1], strict=True))
        + one[2] * two[2]
    )


def _firsts(fresh: list[float], inner: float, behind: _Row, total: float) -> tuple[float, float]:
    return (
        inner * sum(a * b for a, b in zip(fresh, behind[0], strict=True)) / total,
        (1 - inner) * sum(a * b for a, b in zip(fresh, behind[1], strict=True)) / total,
    )


def estimate(page: Page, joined: Sequence[float], firsts: Sequence[tuple[float, float]]) -> Habits:
    """The page's habits, given the last sums."""
    blanks = [[_WEIGHT * share for share in row] for row in PRIOR.blanks]
    indents = [[_WEIGHT * share for share in row] for row in PRIOR.indents]
    set_in, beginnings = _WEIGHT * PRIOR.set_in, _WEIGHT
    torn, within = _WEIGHT * 5 * PRIOR.torn, _WEIGHT * 5
    for at, probability in enumerate(joined):
        blank, bin_ = page.blanks[at + 1], page.bins[at + 1]
        blanks[0][blank] += probability
        blanks[1][blank] += 1 - probability
        indents[0][bin_] += probability
        indents[1][bin_] += 1 - probability
        within += probability
        torn += probability * page.short[at]
        if not page.bins[at]:
            # Only a paragraph of several lines shows whether it was indented.
            inner, outer = firsts[at]
            set_in += inner * probability
            beginnings += (inner + outer) * probability
    rows = [tuple(value / sum(row) for value in row) for row in (*blanks, *indents)]
    return Habits((rows[0], rows[1]), (rows[2], rows[3]), set_in / beginnings, torn / within)
