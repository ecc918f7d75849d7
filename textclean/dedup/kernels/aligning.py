"""What many pairs of folds differ in, aligned in one compiled loop and counted.

The steps are those of `verify`, in the same order: values are taken whole as `verify.VALUE` takes
them, and of several alignments at least cost the one is taken that rapidfuzz takes.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels.compiled import compiled
from textclean.dedup.kernels.values import DIGIT, GOLDEN, VALUE, tokens, value_end, value_kinds
from textclean.dedup.verify import (
    LONE_LOSS_SHARE,
    LOSS_SHARE,
    LOST_RUN,
    MAX_ALIGNED,
    MISREAD_RUN,
    SURNAMES,
    WORD_SHARE,
)
from textclean.text.contrasts import CONTRASTS

#: Questions about a pair.
SIMILAR, DISSIMILAR, HEAD, TAIL = 0, 1, 2, 3
# Steps towards an answer: how much of a region a piece covers; whether too much differs; what
# differs, values whole; what differs within each stretch.
_REGION, _APART, _TOKENS, _STRETCH = range(4)
#: Outcomes: all values apart the two are the same, too much differs, and all is counted.
TWINS, DIFFERENT, COUNTED = 2, 3, 6
# Enough for texts of 500 characters of which any may differ, or of 2,000 of which a tenth does.
_CELLS = 1 << 20

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


@cache
def tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """What part of a value each code point may be, and the contrasts that it is in.

    A contrast is a bit, set for each member of the group; surnames are one.
    """
    groups = np.zeros(0x10000, np.uint32)
    for number, group in enumerate(CONTRASTS):
        groups[[ord(character) for character in group]] |= np.uint32(1 << number)
    groups[[ord(character) for character in SURNAMES]] |= np.uint32(1 << len(CONTRASTS))
    return value_kinds(), groups


def scratch() -> tuple[tuple[NDArray[Any], ...], NDArray[np.int16]]:
    """Room to work in for one thread: for tokens and changes, and the cells of an alignment."""
    size = MAX_ALIGNED
    work = (
        np.empty((2, size), np.uint32),
        np.empty((2, size + 1), np.int64),
        *np.empty((2, size + 1, 4), np.int64),
        np.empty((2, size), np.uint32),
    )
    return work, np.empty(_CELLS, np.int16)


@compiled
def align(one: Any, other: Any, limit: Any, cells: Any, out: Any) -> Any:
    """The stretches in which two sequences differ, at least cost; those that touch are one.

    Args:
        limit: a cost above which nothing more is asked.
        cells: scratch, int16.
        out: takes the bounds of each stretch in either, last stretch first.

    Returns:
        The number of stretches; -1 if the cost is above the limit, -2 if `cells` is too small. And
        how much is inserted at the very beginning of the second, and at its very end.
    """
    first = 0
    n = len(one)
    m = len(other)
    while first < n and first < m and one[first] == other[first]:
        first += 1
    while n > first and m > first and one[n - 1] == other[m - 1]:
        n -= 1
        m -= 1
    columns = n - first
    rows = m - first
    last = len(one) - n
    if rows == 0 or columns == 0:
        if rows == columns:
            return 0, 0, 0
        if rows + columns > limit:
            return -1, 0, 0
        out[0, 0], out[0, 1], out[0, 2], out[0, 3] = first, n, first, m
        return 1, rows if first == 0 else 0, rows if last == 0 else 0
    if abs(rows - columns) > limit:
        return -1, 0, 0
    limit = min(limit, max(rows, columns))
    # Cells further than `most` from the diagonal cost more than `most`.
    most = min(limit, abs(rows - columns) + 6)
    far = rows + columns + 1
    while True:
        # Cell (row, column) lies at `row * width + column - row + most + 1`.
        width = 2 * most + 3
        if (rows + 1) * width > len(cells):
            return -2, 0, 0
        for at in range(width):
            column = at - most - 1
            cells[at] = column if 0 <= column <= min(columns, most) else far
        within = True
        for row in range(1, rows + 1):
            code = other[first + row - 1]
            begin = max(1, row - most)
            end = min(columns, row + most)
            own = cells[row * width : (row + 1) * width]
            above = cells[(row - 1) * width : row * width]
            shift = most + 1 - row
            left = row if row <= most else far
            least = left
            own[begin - 1 + shift] = left
            above[width - 1] = far  # no cell of that row
            for column in range(begin, end + 1):
                at = column + shift
                cost = above[at] + (1 if one[first + column - 1] != code else 0)
                cost = min(cost, above[at + 1] + 1, left + 1)
                own[at] = cost
                left = cost
                least = min(least, cost)
            if least > limit:
                within = False
                break
        if not within:
            return -1, 0, 0
        cost = cells[rows * width - rows + most + 1 + columns]
        if cost <= most:
            break
        if most >= limit:
            return -1, 0, 0
        most = min(limit, 2 * most)
    count = 0
    leading = 0
    trailing = 0
    ending = True  # nothing but insertions since the end
    row, column = rows, columns
    end_row, end_column = rows, columns
    while row > 0 or column > 0:
        at = row * width - row + most + 1 + column
        if row == 0 or (column > 0 and cells[at - 1] + 1 == cells[at]):
            column -= 1
            ending = False
            leading = 0
            continue
        row -= 1
        at += 1 - width
        # Which of several alignments rapidfuzz takes: it asks whether the cost falls along the row
        # above, and of the first row it never says so.
        if column == 0 or (row > 0 and cells[at] == cells[at - 1] - 1):
            trailing += ending
            leading += 1
            continue
        column -= 1
        ending = False
        leading = 0
        if one[first + column] == other[first + row]:
            if end_row > row + 1 or end_column > column + 1:
                out[count, 0], out[count, 1] = first + column + 1, first + end_column
                out[count, 2], out[count, 3] = first + row + 1, first + end_row
                count += 1
            end_row, end_column = row, column
    if end_row or end_column:
        out[count, 0], out[count, 1] = first, first + end_column
        out[count, 2], out[count, 3] = first, first + end_row
        count += 1
    return count, leading if first == 0 else 0, trailing if last == 0 else 0


@compiled
def digits_in(codes: Any, begin: Any, end: Any, kinds: Any) -> Any:
    """A digest of the digits in a stretch of a fold, in either script; 0 if there is none."""
    found = np.uint64(0)
    for i in range(begin, end):
        if codes[i] < 0x10000 and kinds[codes[i]] == DIGIT:
            found = (found ^ np.uint64(codes[i])) * GOLDEN
    return found


@compiled
def examine(
    folds: Any, starts: Any, ones: Any, others: Any, asked: Any, looked_up: Any, work: Any,
    cells: Any, outcomes: Any, counts: Any,
) -> None:  # fmt: skip
    """Align each pair as `asked` asks for it, and count what differs.

    One loop for all questions, with one place where texts are aligned, because compiling takes as
    long as there are copies of that in the code.

    Args:
        asked: of each pair `SIMILAR` or `DISSIMILAR`, for `verify.judge` of two texts whose
            shingles reach the threshold or do not; or `HEAD` or `TAIL`, for the piece of that kind
            that `verify.pieces` finds of the first in the second, where it is not one to the
            letter.
        looked_up: what `tables` returns.
        work: as `scratch` returns it; and `cells`.
        outcomes: takes `TWINS` for texts of one form, `DIFFERENT` where too much differs,
            `COUNTED` where `counts` tell, and 0 where it takes a longer look.
        counts: takes a row of `Counts` for each pair.
    """
    kinds, groups = looked_up
    tokens_of, places, stretches, inner, singles = work
    whole = np.int64(0)  # where a value begins that takes up all of a stretch
    for pair in range(len(ones)):
        question = asked[pair]
        first = folds[starts[ones[pair]] : starts[ones[pair] + 1]]
        second = folds[starts[others[pair]] : starts[others[pair] + 1]]
        length = min(len(first), len(second))
        outcomes[pair] = 0
        if question >= HEAD:
            slack = min(len(second) - len(first), 3 + length // 20)
            begin = 0 if question == HEAD else len(second) - length - slack
            second = second[begin : begin + length + slack]
            step = _REGION
            limit = int(LOSS_SHARE * (length + 2 * slack)) + 2
        else:
            # In order of content: of alignments of equal cost it depends on that which is taken.
            i = 0
            while i < length and first[i] == second[i]:
                i += 1
            swap = len(first) > len(second) if i == length else first[i] > second[i]
            if swap:
                first, second = second, first
            step = _APART if question == DISSIMILAR else _TOKENS
            limit = int(LOSS_SHARE * length) + 2
        if max(len(first), len(second)) > tokens_of.shape[1]:
            continue
        one, other, out = first, second, stretches
        own = counts[pair]
        own[:] = 0
        changes = change = replaced = 0
        while True:
            if step == _TOKENS:
                n = m = 0
                for side in range(2):
                    n = m
                    m = tokens(second if side else first, kinds, tokens_of[side], places[side])
                one, other, out = tokens_of[0, :n], tokens_of[1, :m], stretches
                limit = n + m
                same = n == m
                for i in range(n):
                    own[_VALUES] += (one[i] & VALUE) != 0
                    if same and one[i] != other[i] and not (one[i] & other[i] & VALUE):
                        same = False
                for i in range(m):
                    own[_OTHER_VALUES] += (other[i] & VALUE) != 0
                if same:
                    outcomes[pair] = TWINS
                    break
            elif step == _STRETCH:
                begin, end = stretches[change, 0], stretches[change, 1]
                one = first[places[0, begin] : places[0, end]]
                begin, end = stretches[change, 2], stretches[change, 3]
                other = second[places[1, begin] : places[1, end]]
                out = inner
                limit = len(one) + len(other)
                if len(one) == 1 and len(other) == 1 and one[0] < 0x10000 and other[0] < 0x10000:
                    own[_CONTRASTS] += (groups[one[0]] & groups[other[0]]) != 0
                if (
                    len(one) > 0
                    and len(other) > 0
                    and value_end(one, whole, kinds) == len(one)
                    and value_end(other, whole, kinds) == len(other)
                ):
                    own[_NUMBERS] += 1
                    if len(one) == len(other):
                        alike = 0
                        for i in range(len(one)):
                            alike += one[i] == other[i]
                        own[_DIGITS] += alike + 1 == len(one)
                    change += 1
                    if change < changes:
                        continue
                    step = COUNTED
            if step == COUNTED:
                outcomes[pair] = COUNTED
                break
            count, leading, trailing = align(one, other, limit, cells, out)
            if count < 0:
                outcomes[pair] = DIFFERENT if count == -1 else 0
                break
            if step == _REGION:
                # All of the region but what hangs over at its inner end (`verify._reach`).
                begin, end = leading, len(second)
                near = count - 1
                if question == HEAD:
                    begin, end = 0, len(second) - trailing
                    near = 0
                    if count > 0 and out[0, 0] == len(one):
                        near = 1
                elif count > 0 and out[near, 1] == 0:
                    near -= 1
                if 0 <= near < count and out[near, 0] == out[near, 1]:
                    i = 0 if question == TAIL else out[near, 0]
                    last = out[near, 0] if question == TAIL else len(one)
                    shift = out[near, 2] if question == HEAD else out[near, 3] - last
                    shift -= i
                    while i < last and one[i] == second[i + shift]:
                        i += 1
                    if i == last and question == HEAD:
                        end = last + shift
                    elif i == last:
                        begin = shift
                other = second = second[begin:end]
                limit = int(LOSS_SHARE * min(length, len(second))) + 2
                step = _APART
            elif step == _APART:
                step = _TOKENS
            elif step == _TOKENS:
                changes, change = count, 0
                step = _STRETCH if changes else COUNTED
            else:
                for i in range(count):
                    begin, end = inner[i, 0], inner[i, 1]
                    opens, closes = inner[i, 2], inner[i, 3]
                    size = max(end - begin, closes - opens)
                    if begin == end or opens == closes:
                        own[_GAPS if begin == end else _OTHER_GAPS] += 1
                        own[_GAP_SUM] += size
                        own[_GAP_MOST] = max(own[_GAP_MOST], size)
                    elif size == 1:
                        own[_SINGLES] += 1
                    else:
                        own[_RUNS] += 1
                        own[_RUN_SUM] += size
                        own[_RUN_MOST] = max(own[_RUN_MOST], size)
                    if size > 1:
                        own[_WORDS] += size
                    if end - begin == closes - opens:
                        for k in range(size):
                            singles[0, replaced] = one[begin + k]
                            singles[1, replaced] = other[opens + k]
                            replaced += 1
                    number = digits_in(one, begin, end, kinds)
                    another = digits_in(other, opens, closes, kinds)
                    own[_NUMBERS] += number != 0 and another != 0 and number != another
                change += 1
                if change == changes:
                    step = COUNTED
        for i in range(replaced):
            for j in range(replaced):
                if i != j and singles[0, i] == singles[0, j] and singles[1, i] == singles[1, j]:
                    own[_REPEATED] += 1
                    break
        own[_REPLACED] = replaced
        own[_TAKEN] = len(second)


class Counts(NamedTuple):
    """What `examine` counted: of each pair what `verify.Changes` holds of it."""

    numbers: NDArray[np.int64]
    #: Numbers that differ in a single digit.
    digits: NDArray[np.int64]
    #: Values in the first and in the second.
    values: NDArray[np.int64]
    other_values: NDArray[np.int64]
    singles: NDArray[np.int64]
    #: Characters in the place of others, also in runs, and those of them that occur more than once.
    replaced: NDArray[np.int64]
    repeated: NDArray[np.int64]
    runs: NDArray[np.int64]
    run_sum: NDArray[np.int64]
    run_most: NDArray[np.int64]
    #: Of what the first lacks, and of what the second lacks.
    gaps: NDArray[np.int64]
    other_gaps: NDArray[np.int64]
    gap_sum: NDArray[np.int64]
    gap_most: NDArray[np.int64]
    contrasts: NDArray[np.int64]
    #: Characters in runs and gaps of two or more.
    words: NDArray[np.int64]
    #: Characters of a piece.
    taken: NDArray[np.int64]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """All that differs but for the numbers, in characters."""
        return self.singles + self.run_sum + self.gap_sum

    @property
    def repeats(self) -> NDArray[np.bool_]:
        """As `verify.Changes.repeats`."""
        repeats: NDArray[np.bool_] = (self.replaced > 0) & (2 * self.repeated >= self.replaced)
        return repeats

    def are_damage(self, lengths: NDArray[np.int64], misread: float) -> NDArray[np.bool_]:
        """As `verify.Changes.are_misreadings` and `verify.Changes.are_losses`, whichever holds."""
        alone, gaps = self.singles, self.gaps + self.other_gaps
        misreadings = (
            (alone > 0)
            & (3 * self.contrasts <= alone + self.runs - self.contrasts)
            & ~self.repeats
            & (np.where(self.gap_most <= 1, gaps, 4 * gaps) <= alone)
            & (self.gap_most <= 2)
            & (self.run_most <= MISREAD_RUN)
            & (self.run_sum <= np.maximum(WORD_SHARE * lengths, 2.0 * alone))
            & (alone + gaps + self.run_sum <= misread * lengths + 1)
        )
        most = np.where(gaps == 1, np.maximum(2.0, LONE_LOSS_SHARE * lengths), LOSS_SHARE * lengths)
        losses = (
            (alone == 0)
            & (self.runs == 0)
            & ((self.gaps == 0) | (self.other_gaps == 0))
            & (self.gap_most <= LOST_RUN)
            & (self.gap_sum <= most)
        )
        damage: NDArray[np.bool_] = (self.numbers == 0) & (misreadings | losses)
        return damage


(
    _NUMBERS, _DIGITS, _VALUES, _OTHER_VALUES, _SINGLES, _REPLACED, _REPEATED, _RUNS, _RUN_SUM,
    _RUN_MOST, _GAPS, _OTHER_GAPS, _GAP_SUM, _GAP_MOST, _CONTRASTS, _WORDS, _TAKEN,
) = range(len(Counts._fields))  # fmt: skip


def examined(
    folds: NDArray[np.uint32], starts: NDArray[np.int64], pairs: Pairs, asked: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], Counts]:
    """The outcomes and counts of `examine`."""
    outcomes = np.empty(len(asked), np.uint8)
    counts = np.empty((len(asked), len(Counts._fields)), np.int64)
    examine(folds, starts, *pairs, asked, tables(), *scratch(), outcomes, counts)
    return outcomes, Counts(*np.ascontiguousarray(counts.T))
