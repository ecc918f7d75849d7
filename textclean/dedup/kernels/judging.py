"""`verify.judge` and `verify.pieces` for many pairs of folds at once, in arrays.

The same steps in the same order, so that both reach the same verdict for every pair: values are
taken whole as `verify.VALUE` takes them, and of several alignments at least cost the one is taken
that rapidfuzz takes. Tests hold the two together.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels.compiled import compiled
from textclean.dedup.kernels.values import VALUE, tokens, value_end, value_kinds
from textclean.dedup.names import LONGEST
from textclean.dedup.verify import (
    CHARACTER_SHARE,
    LONE_LOSS_SHARE,
    LOSS_SHARE,
    LOST_RUN,
    MAX_ALIGNED,
    MISREAD_RUN,
    NUMBER_SHARE,
    SHORT,
    WORD_SHARE,
    Verdict,
)
from textclean.text.contrasts import CONTRASTS

#: Verdicts, as numbers.
COPY, TWINS, DIFFERENT = 1, 2, 3
#: As `DIFFERENT`, of texts that reach the threshold and differ in short runs in others' places.
REPLACED = 4
NUMBERED = {Verdict.COPY: COPY, Verdict.TWINS: TWINS, Verdict.DIFFERENT: DIFFERENT}

#: Questions about a pair.
SIMILAR, DISSIMILAR, HEAD, TAIL = 0, 1, 2, 3
# Steps towards an answer: how much of a region a piece covers; whether too much differs; what
# differs, values whole; what differs within each stretch; and all is counted.
_REGION, _APART, _TOKENS, _STRETCH, _COUNTED = range(5)
#: Instead of the share of a piece.
NONE, LONGER = -1.0, -2.0
# Enough for texts of 500 characters of which any may differ, or of 2,000 of which a tenth does.
_CELLS = 1 << 20

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


@cache
def tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """What part of a value each code point may be, and the contrasts that it is in.

    A contrast is a bit, set for each member of the group.
    """
    groups = np.zeros(0x10000, np.uint32)
    for number, group in enumerate(CONTRASTS):
        groups[[ord(character) for character in group]] |= np.uint32(1 << number)
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
def examine(
    folds: Any, starts: Any, ones: Any, others: Any, asked: Any, misread: Any, looked_up: Any,
    work: Any, cells: Any, verdicts: Any, found: Any,
) -> None:  # fmt: skip
    """What each pair is: what `asked` asks for it.

    One loop for all questions, with one place where texts are aligned, because compiling takes as
    long as there are copies of that in the code.

    Args:
        asked: of each pair `SIMILAR` or `DISSIMILAR`, for `verify.judge` of two texts whose
            shingles reach the threshold or do not; or `HEAD` or `TAIL`, for the piece of that kind
            that `verify.pieces` finds of the first in the second, where it is not one to the
            letter.
        looked_up: what `tables` returns.
        work: as `scratch` returns it; and `cells`.
        verdicts: takes `COPY`, `TWINS`, `DIFFERENT` or `REPLACED`, and `COPY` for a piece; 0 where
            it takes a longer look.
        found: takes the length of a piece, and the share of the first that is there.
    """
    kinds, groups = looked_up
    tokens_of, places, stretches, inner, singles = work
    whole = np.int64(0)  # where a value begins that takes up all of a stretch
    for pair in range(len(ones)):
        question = asked[pair]
        first = folds[starts[ones[pair]] : starts[ones[pair] + 1]]
        second = folds[starts[others[pair]] : starts[others[pair] + 1]]
        length = min(len(first), len(second))
        verdicts[pair] = 0
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
        numbers = digits = runs = run_sum = run_most = contrasts = words = 0
        gaps = gap_sum = other_gaps = other_gap_sum = gap_most = single = values = 0
        changes = change = 0
        while True:
            if step == _TOKENS:
                n = m = 0
                for side in range(2):
                    n = m
                    m = tokens(second if side else first, kinds, tokens_of[side], places[side])
                one, other, out = tokens_of[0, :n], tokens_of[1, :m], stretches
                limit = n + m
                same = n == m
                values = other_values = 0
                for i in range(n):
                    values += (one[i] & VALUE) != 0
                    if same and one[i] != other[i] and not (one[i] & other[i] & VALUE):
                        same = False
                for i in range(m):
                    other_values += (other[i] & VALUE) != 0
                values = min(values, other_values)
                if same:
                    verdicts[pair] = TWINS
                    break
            elif step == _STRETCH:
                begin, end = stretches[change, 0], stretches[change, 1]
                one = first[places[0, begin] : places[0, end]]
                begin, end = stretches[change, 2], stretches[change, 3]
                other = second[places[1, begin] : places[1, end]]
                out = inner
                limit = len(one) + len(other)
                if len(one) == 1 and len(other) == 1 and one[0] < 0x10000 and other[0] < 0x10000:
                    contrasts += (groups[one[0]] & groups[other[0]]) != 0
                if (
                    len(one) > 0
                    and len(other) > 0
                    and value_end(one, whole, kinds) == len(one)
                    and value_end(other, whole, kinds) == len(other)
                ):
                    numbers += 1
                    if len(one) == len(other):
                        alike = 0
                        for i in range(len(one)):
                            alike += one[i] == other[i]
                        digits += alike + 1 == len(one)
                    change += 1
                    if change < changes:
                        continue
                    step = _COUNTED
            if step == _COUNTED:
                break
            count, leading, trailing = align(one, other, limit, cells, out)
            if count < 0:
                verdicts[pair] = DIFFERENT if count == -1 else 0
                break
            if step == _REGION:
                # All of the region but what hangs over at its inner end.
                end = len(second) - trailing
                other = second = second[:end] if question == HEAD else second[leading:]
                limit = int(LOSS_SHARE * min(length, len(second))) + 2
                step = _APART
            elif step == _APART:
                step = _TOKENS
            elif step == _TOKENS:
                changes, change = count, 0
                step = _STRETCH if changes else _COUNTED
            else:
                for i in range(count):
                    lost = inner[i, 1] - inner[i, 0]
                    come = inner[i, 3] - inner[i, 2]
                    size = max(lost, come)
                    if lost == 1 and come == 1:
                        singles[0, single] = one[inner[i, 0]]
                        singles[1, single] = other[inner[i, 2]]
                        single += 1
                        continue
                    if lost == 0:
                        gaps += 1
                        gap_sum += size
                        gap_most = max(gap_most, size)
                    elif come == 0:
                        other_gaps += 1
                        other_gap_sum += size
                        gap_most = max(gap_most, size)
                    else:
                        runs += 1
                        run_sum += size
                        run_most = max(run_most, size)
                    if size > 1:
                        words += size
                change += 1
                if change == changes:
                    step = _COUNTED
        if step != _COUNTED:
            continue
        repeated = 0
        for i in range(single):
            for j in range(single):
                if i != j and singles[0, i] == singles[0, j] and singles[1, i] == singles[1, j]:
                    repeated += 1
                    break
        repeats = single > 0 and 2 * repeated >= single
        all_gaps = gaps + other_gaps
        sizes = single + run_sum + gap_sum + other_gap_sum
        # `Changes.are_misreadings`, `Changes.are_losses`
        if numbers:
            damage = False
        elif single > 0:
            damage = (
                3 * contrasts <= single + runs - contrasts
                and not repeats
                and (all_gaps if gap_most <= 1 else 4 * all_gaps) <= single
                and gap_most <= 2
                and run_most <= MISREAD_RUN
                and run_sum <= max(WORD_SHARE * length, 2.0 * single)
                and single + all_gaps + run_sum <= misread * length + 1
            )
        elif runs or (gaps and other_gaps) or gap_most > LOST_RUN:
            damage = False
        elif all_gaps == 1:
            damage = gap_sum + other_gap_sum <= max(2.0, LONE_LOSS_SHARE * length)
        else:
            damage = gap_sum + other_gap_sum <= LOSS_SHARE * length
        if damage:
            verdicts[pair] = COPY
            found[pair, 0], found[pair, 1] = len(second), 1.0 - min(1.0, sizes / length)
            continue
        replaced = gaps + other_gaps + numbers == 0 and run_most <= LONGEST
        verdicts[pair] = REPLACED if replaced and question == SIMILAR else DIFFERENT
        if (
            question != SIMILAR
            or contrasts
            or words > WORD_SHARE * length
            or (single > 1 and repeats)
            or (length < SHORT and sizes > max(1.0, CHARACTER_SHARE * length))
        ):
            continue
        tolerated = max(1.0, NUMBER_SHARE * values) if length >= SHORT else 0.0
        verdicts[pair] = TWINS if numbers > min(digits, tolerated) else COPY


def judge_pairs(
    folds: NDArray[np.uint32],
    starts: NDArray[np.int64],
    pairs: Pairs,
    similar: NDArray[np.bool_],
    misread: float,
) -> NDArray[np.uint8]:
    """The verdict on each pair, as of `examine`; 0 where it takes a longer look.

    Args:
        folds: those of a chunk of texts, one after another.
        starts: where each begins, and where the last ends.
        pairs: two numbers of texts for each.
        similar: of each pair whether the shingles reach the threshold.
    """
    verdicts = np.empty(len(similar), np.uint8)
    asked = np.where(similar, np.uint8(SIMILAR), np.uint8(DISSIMILAR))
    found = np.empty((len(similar), 2))
    examine(folds, starts, *pairs, asked, misread, tables(), *scratch(), verdicts, found)
    return verdicts


def find_pieces(
    folds: NDArray[np.uint32], starts: NDArray[np.int64], pairs: Pairs, misread: float
) -> NDArray[np.float64]:
    """Where each first text is the head (``[pair, 0]``) and the tail (``[pair, 1]``) of the second.

    Returns:
        How many characters of the second that is, and the share of the first that is there: `NONE`
        if it is no piece of it, `LONGER` where that takes a longer look.
    """
    smaller, larger = pairs
    found = np.empty((len(smaller), 2, 2))
    found[:, :, 0] = np.diff(starts)[smaller][:, None]
    exact = np.empty((len(smaller), 2), np.bool_)
    whole_ends(folds, starts, smaller, larger, exact)
    found[:, :, 1] = np.where(exact, 1.0, NONE)
    rest = np.flatnonzero(~exact.any(axis=1) & (np.diff(starts)[smaller] < np.diff(starts)[larger]))
    for side, question in enumerate((HEAD, TAIL)):
        verdicts = np.empty(len(rest), np.uint8)
        asked = np.full(len(rest), question, np.uint8)
        there = np.empty((len(rest), 2))
        examine(
            folds, starts, smaller[rest], larger[rest], asked, misread, tables(), *scratch(),
            verdicts, there,
        )  # fmt: skip
        there[verdicts != COPY, 1] = NONE
        there[verdicts == 0, 1] = LONGER
        found[rest, side] = there
    unclear = (found[:, :, 1] == LONGER).any(axis=1)
    found[unclear, 0, 1], found[unclear, 1, 1] = LONGER, NONE
    return found


@compiled
def whole_ends(folds: Any, starts: Any, smaller: Any, larger: Any, out: Any) -> None:
    """Whether each smaller text is the head, and whether it is the tail, of the larger."""
    for pair in range(len(smaller)):
        part = folds[starts[smaller[pair]] : starts[smaller[pair] + 1]]
        whole = folds[starts[larger[pair]] : starts[larger[pair] + 1]]
        rest = len(whole) - len(part)
        for side in range(2):
            i = 0
            if rest > 0:
                held = whole[rest:] if side else whole
                while i < len(part) and part[i] == held[i]:
                    i += 1
            out[pair, side] = rest > 0 and i == len(part)
