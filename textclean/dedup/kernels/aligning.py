"""Many pairs of sequences aligned in one compiled loop: characters of folds, or tokens.

Of several alignments at least cost the one is taken that rapidfuzz takes, so that the verdicts
drawn from them are those of `verify`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels.stages import COMPARING

#: What became of a pair: aligned, or it costs more than the limit, or it takes too much room.
ALIGNED, BEYOND, TOO_LONG = 0, 1, 2
# Enough for texts of 500 characters of which any may differ, or of 2,000 of which a tenth does.
_CELLS = 1 << 20
# Counters of characters.
_BAG = 1 << 8
# Stretches that are written before they are moved.
_ROWS = 1 << 14


class Alignments(NamedTuple):
    """What pairs of sequences differ in."""

    #: A row for each stretch: its bounds in the first and in the second. The last of a pair comes
    #: first; those that touch are one.
    stretches: NDArray[np.int64]
    #: Where the stretches of each pair begin, and where the last end.
    starts: NDArray[np.int64]
    #: `ALIGNED`, `BEYOND` or `TOO_LONG`.
    states: NDArray[np.uint8]
    #: How much is inserted at the very beginning of the second, and at its very end.
    overhangs: NDArray[np.int64]

    @property
    def pairs(self) -> NDArray[np.int64]:
        """The number of the pair that each stretch belongs to."""
        return np.repeat(np.arange(len(self.states)), np.diff(self.starts))


@COMPARING.loop
def _align(
    codes: Any, spans: Any, limits: Any, traced: Any, done: Any, cells: Any, out: Any, starts: Any,
    states: Any, overhangs: Any,
) -> Any:  # fmt: skip
    """Align pairs from the one numbered `done` on; return the first for which there was no room.

    Args:
        codes: what the sequences are made of.
        spans: of each pair the bounds of either in `codes`.
        limits: the cost above which a pair is given up.
        traced: whether to write stretches; if not, only states are.
        cells: scratch, int16.
        out: takes the stretches, and `starts`, `states` and `overhangs` as in `Alignments`.
    """
    before = starts[done]
    count = 0
    for pair in range(done, len(spans)):
        first, n = spans[pair, 0], spans[pair, 1]
        second, m = spans[pair, 2], spans[pair, 3]
        limit = limits[pair]
        if count + min(limit, n - first, m - second) + 1 > len(out):
            return pair
        starts[pair + 1] = before + count
        states[pair] = ALIGNED
        overhangs[pair, 0] = overhangs[pair, 1] = 0
        while first < n and second < m and codes[first] == codes[second]:
            first += 1
            second += 1
        while n > first and m > second and codes[n - 1] == codes[m - 1]:
            n -= 1
            m -= 1
        opening = first == spans[pair, 0]
        closing = n == spans[pair, 1]
        columns = n - first
        rows = m - second
        if abs(rows - columns) > limit:
            states[pair] = BEYOND
            continue
        if rows == 0 or columns == 0:
            if rows + columns and traced:
                out[count, 0], out[count, 1], out[count, 2], out[count, 3] = first, n, second, m
                count += 1
                starts[pair + 1] += 1
                overhangs[pair, 0] = rows * opening
                overhangs[pair, 1] = rows * closing
            continue
        if limit < max(rows, columns):
            # At least as much differs as there is of some characters in one and not in the other.
            cells[:_BAG] = 0
            for at in range(first, n):
                cells[codes[at] % _BAG] += 1
            for at in range(second, m):
                cells[codes[at] % _BAG] -= 1
            missing = 0
            for at in range(_BAG):
                missing += max(cells[at], 0)
            if max(missing, missing + rows - columns) > limit:
                states[pair] = BEYOND
                continue
        else:
            limit = max(rows, columns)
        # Cells further than `most` from the diagonal cost more than `most`.
        most = min(limit, abs(rows - columns) + 6)
        far = rows + columns + 1
        while True:
            # Cell (row, column) lies at `row * (width - 1) + column + most + 1`.
            width = 2 * most + 3
            if (rows + 1) * width > len(cells):
                states[pair] = TOO_LONG
                break
            for at in range(width):
                column = at - most - 1
                cells[at] = column if 0 <= column <= min(columns, most) else far
            least = 0
            for row in range(1, rows + 1):
                code = codes[second + row - 1]
                begin = max(1, row - most)
                at = row * (width - 1) + begin + most + 1
                left = row if row <= most else far
                least = left
                cells[at - 1] = left
                cells[row * width - 1] = far  # no cell of that row
                for column in range(begin, min(columns, row + most) + 1):
                    cost = cells[at - width] + (codes[first + column - 1] != code)
                    cost = min(cost, min(cells[at - width + 1], left) + 1)
                    cells[at] = cost
                    left = cost
                    least = min(least, cost)
                    at += 1
                if least > limit:
                    break
            if least > limit:
                states[pair] = BEYOND
                break
            cost = cells[rows * (width - 1) + columns + most + 1]
            if cost <= most:
                break
            if most >= limit:
                states[pair] = BEYOND
                break
            most = min(limit, 2 * most)
        if states[pair] != ALIGNED or not traced:
            continue
        leading = trailing = 0
        ending = True  # nothing but insertions since the end
        row, column = rows, columns
        end_row, end_column = rows, columns
        while row > 0 or column > 0:
            at = row * (width - 1) + column + most + 1
            if row == 0 or (column > 0 and cells[at - 1] + 1 == cells[at]):
                column -= 1
                ending = False
                leading = 0
                continue
            row -= 1
            at += 1 - width
            # Which of several alignments rapidfuzz takes: it asks whether the cost falls along the
            # row above, and of the first row it never says so.
            if column == 0 or (row > 0 and cells[at] == cells[at - 1] - 1):
                trailing += ending
                leading += 1
                continue
            column -= 1
            ending = False
            leading = 0
            if codes[first + column] == codes[second + row]:
                if end_row > row + 1 or end_column > column + 1:
                    out[count, 0], out[count, 1] = first + column + 1, first + end_column
                    out[count, 2], out[count, 3] = second + row + 1, second + end_row
                    count += 1
                end_row, end_column = row, column
        if end_row or end_column:
            out[count, 0], out[count, 1] = first, first + end_column
            out[count, 2], out[count, 3] = second, second + end_row
            count += 1
        starts[pair + 1] = before + count
        overhangs[pair, 0] = leading * opening
        overhangs[pair, 1] = trailing * closing
    return len(spans)


def align(
    codes: Any, spans: NDArray[np.int64], limits: Any = None, *, traced: bool = True
) -> Alignments:
    """The stretches in which pairs of sequences differ, at least cost.

    Args:
        codes: what the sequences are made of.
        spans: a row for each pair, the bounds of either in `codes`.
        limits: the cost above which a pair is given up; None: none is.
        traced: if not, only whether the cost is above the limit is found out.
    """
    if limits is None:
        limits = np.diff(spans)[:, ::2].sum(axis=1)
    count = len(spans)
    starts = np.zeros(count + 1, np.int64)
    states = np.zeros(count, np.uint8)
    overhangs = np.zeros((count, 2), np.int64)
    longest = int(np.diff(spans)[:, ::2].min(axis=1).max(initial=0))
    out = np.empty((max(_ROWS, longest + 1), 4), np.int64)
    cells = np.empty(_CELLS, np.int16)
    stretches = [out[:0]]
    done = 0
    while done < count:
        before = done
        done = _align(codes, spans, limits, traced, done, cells, out, starts, states, overhangs)
        stretches.append(out[: starts[done] - starts[before]].copy())
    return Alignments(np.concatenate(stretches), starts, states, overhangs)


def compile_align() -> None:
    """Compile what takes longest of the loops that compare."""
    align(np.zeros(2, np.uint32), np.array([[0, 1, 1, 2]]))


def equal_runs(
    folds: NDArray[np.uint32],
    ones: NDArray[np.int64],
    others: NDArray[np.int64],
    sizes: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Whether what begins at each of `ones` is what begins at each of `others`."""
    same = np.empty(len(sizes), np.bool_)
    at = np.ascontiguousarray(ones), np.ascontiguousarray(others)
    _equal_at(folds, *at, np.ascontiguousarray(sizes), same)
    return same


@COMPARING.loop
def _equal_at(folds: Any, ones: Any, others: Any, sizes: Any, out: Any) -> None:
    """As `equal_runs`, into `out`."""
    for run in range(len(sizes)):
        one, other = ones[run], others[run]
        length = 0
        while length < sizes[run] and folds[one + length] == folds[other + length]:
            length += 1
        out[run] = length == sizes[run]
