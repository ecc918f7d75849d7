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
from textclean.dedup.verify import (
    CHARACTER_SHARE,
    CONTRASTS,
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

#: Verdicts, as numbers.
COPY, TWINS, DIFFERENT = 1, 2, 3
NUMBERED = {Verdict.COPY: COPY, Verdict.TWINS: TWINS, Verdict.DIFFERENT: DIFFERENT}

# Fields of what is counted of the changes between two folds.
_NUMBERS, _NUMBER_DIGITS, _SINGLES, _RUNS, _RUN_SUM, _RUN_MOST, _CONTRASTS, _ALIKE = range(8)
_GAPS, _GAP_SUM, _GAP_MOST, _OTHER_GAPS, _OTHER_GAP_SUM, _OTHER_GAP_MOST = range(8, 14)
_WORDS, _VALUES = 14, 15
_FIELDS = 16
#: Instead of the share of a piece.
NONE, LONGER = -1.0, -2.0
# Enough for texts of 500 characters of which any may differ, or of 2,000 of which a tenth does.
_CELLS = 1 << 20


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
        *np.empty((2, size), np.uint32),
        *np.empty((2, size + 1), np.int64),
        *np.empty((2, size + 1, 4), np.int64),
        np.empty((size, 2), np.uint32),
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
def _count(
    first: Any, second: Any, kinds: Any, groups: Any, work: Any, cells: Any, field: Any
) -> Any:
    """Count what two folds differ in, as `verify.Changes`; whether both have the same form.

    `field` takes the counts, none if the forms are the same; -1 in the first if `cells` is too
    small to align them.
    """
    ones, others, places, other_places, stretches, inner, singles = work
    n = tokens(first, kinds, ones, places)
    m = tokens(second, kinds, others, other_places)
    for i in range(_FIELDS):
        field[i] = 0
    same = n == m
    if same:
        for i in range(n):
            if ones[i] != others[i] and not (ones[i] & others[i] & VALUE):
                same = False
                break
    if same:
        return True
    values = other_values = 0
    for i in range(n):
        values += (ones[i] & VALUE) != 0
    for i in range(m):
        other_values += (others[i] & VALUE) != 0
    field[_VALUES] = min(values, other_values)
    limit = len(first) + len(second)
    found, _, _ = align(ones[:n], others[:m], limit, cells, stretches)
    if found < 0:
        field[_NUMBERS] = -1
        return False
    single = 0
    for stretch in range(found):
        one = first[places[stretches[stretch, 0]] : places[stretches[stretch, 1]]]
        other = second[other_places[stretches[stretch, 2]] : other_places[stretches[stretch, 3]]]
        if len(one) == 1 and len(other) == 1 and one[0] < 0x10000 and other[0] < 0x10000:
            field[_CONTRASTS] += (groups[one[0]] & groups[other[0]]) != 0
        if (
            len(one)
            and len(other)
            and value_end(one, 0, kinds) == len(one)
            and value_end(other, 0, kinds) == len(other)
        ):
            field[_NUMBERS] += 1
            if len(one) == len(other):
                alike = 0
                for i in range(len(one)):
                    alike += one[i] == other[i]
                field[_NUMBER_DIGITS] += alike + 1 == len(one)
            continue
        changes, _, _ = align(one, other, limit, cells, inner)
        if changes < 0:
            field[_NUMBERS] = -1
            return False
        for change in range(changes):
            lost = inner[change, 1] - inner[change, 0]
            come = inner[change, 3] - inner[change, 2]
            size = max(lost, come)
            if lost == 0:
                field[_GAPS] += 1
                field[_GAP_SUM] += size
                field[_GAP_MOST] = max(field[_GAP_MOST], size)
            elif come == 0:
                field[_OTHER_GAPS] += 1
                field[_OTHER_GAP_SUM] += size
                field[_OTHER_GAP_MOST] = max(field[_OTHER_GAP_MOST], size)
            elif lost == 1 and come == 1:
                singles[single, 0] = one[inner[change, 0]]
                singles[single, 1] = other[inner[change, 2]]
                single += 1
                continue
            else:
                field[_RUNS] += 1
                field[_RUN_SUM] += size
                field[_RUN_MOST] = max(field[_RUN_MOST], size)
            if size > 1:
                field[_WORDS] += size
    field[_SINGLES] = single
    for i in range(single):
        for j in range(single):
            if i != j and singles[i, 0] == singles[j, 0] and singles[i, 1] == singles[j, 1]:
                field[_ALIKE] += 1
                break
    return False


@compiled
def _repeats(field: Any) -> Any:
    return field[_SINGLES] > 0 and 2 * field[_ALIKE] >= field[_SINGLES]


@compiled
def _is_damage(field: Any, length: Any, share: Any) -> Any:
    """`Changes.are_misreadings` or `Changes.are_losses`."""
    if field[_NUMBERS]:
        return False
    alone, runs, run_sum = field[_SINGLES], field[_RUNS], field[_RUN_SUM]
    gaps = field[_GAPS] + field[_OTHER_GAPS]
    longest = max(field[_GAP_MOST], field[_OTHER_GAP_MOST])
    if alone > 0:
        few = gaps <= alone if longest <= 1 else 4 * gaps <= alone
        return (
            3 * field[_CONTRASTS] <= alone + runs - field[_CONTRASTS]
            and not _repeats(field)
            and few
            and longest <= 2
            and field[_RUN_MOST] <= MISREAD_RUN
            and run_sum <= max(WORD_SHARE * length, 2.0 * alone)
            and alone + gaps + run_sum <= share * length + 1
        )
    if runs or (field[_GAPS] and field[_OTHER_GAPS]) or longest > LOST_RUN:
        return False
    lost = field[_GAP_SUM] + field[_OTHER_GAP_SUM]
    if gaps == 1:
        return lost <= max(2.0, LONE_LOSS_SHARE * length)
    return lost <= LOSS_SHARE * length


@compiled
def _verdict(length: Any, field: Any, similar: Any, misread: Any) -> Any:
    """`verify.judge` from the counts, where the forms differ."""
    if _is_damage(field, length, misread):
        return COPY
    if not similar or field[_CONTRASTS]:
        return DIFFERENT
    sizes = field[_SINGLES] + field[_RUN_SUM] + field[_GAP_SUM] + field[_OTHER_GAP_SUM]
    if (
        field[_WORDS] > WORD_SHARE * length
        or (field[_SINGLES] > 1 and _repeats(field))
        or (length < SHORT and sizes > max(1.0, CHARACTER_SHARE * length))
    ):
        return DIFFERENT
    tolerated = max(1.0, NUMBER_SHARE * field[_VALUES]) if length >= SHORT else 0.0
    return TWINS if field[_NUMBERS] > min(field[_NUMBER_DIGITS], tolerated) else COPY


@compiled
def judge_pairs(
    folds: Any, starts: Any, ones: Any, others: Any, similar: Any, misread: Any, looked_up: Any,
    work: Any, cells: Any, out: Any,
) -> None:  # fmt: skip
    """The verdict on each pair: `COPY`, `TWINS` or `DIFFERENT`; 0 where it takes a longer look.

    Args:
        ones: of each pair one text; two texts longer than the scratch arrays hold get no verdict.
        similar: of each pair whether the shingles reach the threshold.
        looked_up: what `tables` returns.
        work: as `scratch` returns it; and `cells`.
    """
    kinds, groups = looked_up
    most_codes = len(work[0])
    field = np.zeros(_FIELDS, np.int64)
    for pair in range(len(ones)):
        first = folds[starts[ones[pair]] : starts[ones[pair] + 1]]
        second = folds[starts[others[pair]] : starts[others[pair] + 1]]
        length = min(len(first), len(second))
        if max(len(first), len(second)) > most_codes:
            out[pair] = 0
            continue
        # In order of content, for alignments of equal cost depend on which is the first.
        i = 0
        while i < length and first[i] == second[i]:
            i += 1
        swap = len(first) > len(second) if i == length else first[i] > second[i]
        if swap:
            first, second = second, first
        if not similar[pair]:
            limit = int(LOSS_SHARE * length) + 2
            distance, _, _ = align(first, second, limit, cells, work[4])
            if distance < 0:
                out[pair] = DIFFERENT if distance == -1 else 0
                continue
        if _count(first, second, kinds, groups, work, cells, field):
            out[pair] = TWINS
        elif field[_NUMBERS] < 0:
            out[pair] = 0
        else:
            out[pair] = _verdict(length, field, similar[pair], misread)


@compiled
def find_pieces(
    folds: Any, starts: Any, smaller: Any, larger: Any, misread: Any, looked_up: Any, work: Any,
    cells: Any, out: Any,
) -> None:  # fmt: skip
    """Where each smaller text is the head (``out[pair, 0]``) or the tail of the larger: a share.

    Args:
        out: takes the start and the end in the larger, and the share that is there: `NONE` if it
            is no piece of it, `LONGER` where it takes a longer look.
    """
    kinds, groups = looked_up
    field = np.zeros(_FIELDS, np.int64)
    for pair in range(len(smaller)):
        part = folds[starts[smaller[pair]] : starts[smaller[pair] + 1]]
        whole = folds[starts[larger[pair]] : starts[larger[pair] + 1]]
        length = len(part)
        rest = len(whole) - length
        out[pair, 0, 2] = out[pair, 1, 2] = NONE
        if rest <= 0:
            continue
        exact = False
        for side in range(2):
            offset = rest if side else 0
            i = 0
            while i < length and part[i] == whole[offset + i]:
                i += 1
            if i == length:
                out[pair, side, 0], out[pair, side, 1] = offset, offset + length
                out[pair, side, 2] = 1.0
                exact = True
        if exact:
            continue
        slack = min(rest, 3 + length // 20)
        if length + slack > len(work[0]):
            out[pair, 0, 2] = LONGER if length <= len(work[0]) else NONE
            continue
        for side in range(2):
            if out[pair, 0, 2] == LONGER:
                continue
            region = whole[rest - slack :] if side else whole[: length + slack]
            limit = int(LOSS_SHARE * (length + 2 * slack)) + 2
            found, leading, trailing = align(part, region, limit, cells, work[4])
            if found < 0:
                if found == -2:
                    out[pair, 0, 2], out[pair, 1, 2] = LONGER, NONE
                continue
            end = len(region) - (leading if side else trailing)
            piece = region[len(region) - end :] if side else region[:end]
            limit = int(LOSS_SHARE * min(length, end)) + 2
            found, _, _ = align(part, piece, limit, cells, work[4])
            if found < 0:
                if found == -2:
                    out[pair, 0, 2], out[pair, 1, 2] = LONGER, NONE
                continue
            if _count(part, piece, kinds, groups, work, cells, field):
                continue
            if field[_NUMBERS] < 0:
                out[pair, 0, 2], out[pair, 1, 2] = LONGER, NONE
            elif _is_damage(field, length, misread):
                sizes = field[_SINGLES] + field[_RUN_SUM] + field[_GAP_SUM] + field[_OTHER_GAP_SUM]
                offset = len(whole) - end if side else 0
                out[pair, side, 0], out[pair, side, 1] = offset, offset + end
                out[pair, side, 2] = 1.0 - min(1.0, sizes / length)
