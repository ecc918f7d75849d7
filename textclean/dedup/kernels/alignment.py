"""One text aligned inside another: where does what it says stand there, and what differs?

The gap-affine wavefront algorithm (Marco-Sola, Moure, Moreto and Espinosa, *Fast gap-affine
pairwise alignment using the wavefront algorithm*, 2021, §2.3): of each score it keeps how far each
diagonal is reached, so that copies with few differences take hardly longer than reading them. What
the second text has before and behind the first costs nothing.

Written in plain integers: `stages.compiled_functions` compiles it.
"""

from __future__ import annotations

from typing import Any

#: What a replaced character costs, the first of a gap, and each of a gap.
REPLACED, OPENED, EXTENDED = 3, 3, 1
#: Characters of a probe, by which the place of the first text in the second is found; so many.
PROBE, PROBES = 6, 12
#: Up to this difference of lengths no place is looked for: all of them are tried.
NEAR = 24
#: Diagonals beside the place of a probe that are tried, too.
BESIDE = 3
#: Of the probes so many that are found are enough: the text begins near the first of them.
ENOUGH = 3
#: Bounds of a stretch: in the first text and in the second.
BOUNDS = 4
#: What may be spent beyond the share of a text that is aligned.
SLACK = 40
_FAR = -(1 << 30)
_MARGIN = OPENED + EXTENDED + 2


def diagonals(codes: Any, first: Any, n: Any, second: Any, m: Any, out: Any) -> Any:
    """Write the least and the greatest diagonal on which the first text may begin in the second;
    whether any was found.

    Args:
        codes: where both lie, the one from `first` to `n`, the other from `second` to `m`.
    """
    length, room = n - first, m - second
    out[0], out[1] = 0, min(room, max(0, room - length) + 4)
    if room - length <= NEAR:
        return True
    least, most = room, -1
    step = max(1, (length - PROBE) // (PROBES - 1))
    hits = 0
    for place in range(first, n - PROBE + 1, step):
        if hits == ENOUGH:
            break
        hit = False
        for other in range(second, m - PROBE + 1):
            if codes[other] != codes[place]:
                continue
            same = 1
            while same < PROBE and codes[other + same] == codes[place + same]:
                same += 1
            if same == PROBE:
                diagonal = (other - second) - (place - first)
                least = min(least, diagonal)
                most = max(most, diagonal)
                hit = True
        hits += 1 if hit else 0
    if most < 0 and least == room:
        return False
    out[0] = max(0, least - BESIDE)
    out[1] = min(room, max(most, 0) + BESIDE)
    return out[0] <= out[1]


def align(
    codes: Any, first: Any, n: Any, second: Any, m: Any, limit: Any, low: Any, high: Any,
    whole: Any, cells: Any, out: Any,
) -> Any:  # fmt: skip
    """Align the first text inside the second; the number of stretches in which they differ, or -1
    where the score is above the limit.

    Args:
        low, high: the diagonals on which it may begin.
        whole: whether the two are to end together; what one has besides is a gap.
        cells: scratch; if there is too little of it the limit is lowered.
        out: takes the stretches, in order: the bounds in the first text and in the second. The last
            of them, one more, has where the first text begins and ends in the second.
    """
    length, room = n - first, m - second
    left = low - limit - 1
    width = high + limit + 2 - left
    limit = min(limit, len(cells) // (3 * width) - 1)
    row = 3 * width
    # Where both end together, what is further from that end than what may still be spent on a gap
    # leads nowhere. How far it gets counts below, where the limit is above the slack.
    bounded = whole and limit <= SLACK
    final = room - length
    score = ends = furthest = 0
    done = False
    while score <= limit:
        base = score * row
        spread = max(0, score - OPENED) // EXTENDED
        from_diagonal = max(low - spread, -length)
        to_diagonal = min(high + spread, room)
        if bounded:
            from_diagonal = max(from_diagonal, final - (limit - score) // EXTENDED)
            to_diagonal = min(to_diagonal, final + (limit - score) // EXTENDED)
            if from_diagonal > to_diagonal:
                return -1
        # Later scores look a little further.
        opens, closes = base + from_diagonal - left, base + to_diagonal - left + 1
        for at in range(max(base, opens - _MARGIN), opens):
            cells[at] = cells[at + width] = cells[at + 2 * width] = _FAR
        for at in range(closes, min(base + width, closes + _MARGIN)):
            cells[at] = cells[at + width] = cells[at + 2 * width] = _FAR
        if score == 0:
            for at in range(opens, closes):
                cells[at] = 0
                cells[at + width] = cells[at + 2 * width] = _FAR
        if score:
            reach(cells, score, row, width, from_diagonal, to_diagonal, left, length, room)
        for diagonal in range(from_diagonal, to_diagonal + 1):
            at = base + diagonal - left
            reached = int(cells[at])
            if reached < 0 or reached + diagonal < 0:
                cells[at] = _FAR
                continue
            one, other = first + reached, second + reached + diagonal
            while one < n and other < m and codes[one] == codes[other]:
                one += 1
                other += 1
            reached = one - first
            cells[at] = reached
            furthest = max(furthest, reached)
            if reached == length and (not whole or diagonal == final):
                ends = diagonal
                done = True
                break
        if done:
            break
        # Differences are spread over a text, but for a gap: what has cost so much is another one.
        if score > SLACK + furthest * limit // max(1, length):
            return -1
        score += 1
    if not done:
        return -1
    return _trace(cells, row, width, left, score, ends, first, n, second, length, out)


def reach(
    cells: Any, score: Any, row: Any, width: Any, from_diagonal: Any, to_diagonal: Any, left: Any,
    length: Any, room: Any,
) -> None:  # fmt: skip
    """Write how far each diagonal is reached with a score above 0, before equal characters.

    Each row is a slice, read from 0 on: so the compiler makes vectors of it.
    """
    start, size = from_diagonal - left, to_diagonal - from_diagonal + 1
    base = score * row + start
    reached = cells[base : base + size]
    inserted = cells[base + width : base + width + size]
    deleted = cells[base + 2 * width : base + 2 * width + size]
    before = base - EXTENDED * row
    inserting = cells[before + width - 1 : before + width - 1 + size]
    deleting = cells[before + 2 * width + 1 : before + 2 * width + 1 + size]
    if score >= OPENED + EXTENDED:
        before = base - (OPENED + EXTENDED) * row
        above, below = cells[before - 1 : before - 1 + size], cells[before + 1 : before + 1 + size]
        before = base - REPLACED * row
        replacing = cells[before : before + size]
        for at in range(size):
            diagonal = from_diagonal + at
            insert = max(above[at], inserting[at])
            insert = insert if insert + diagonal <= room else _FAR
            delete = max(below[at], deleting[at]) + 1
            delete = delete if delete <= length else _FAR
            replace = replacing[at] + 1
            replace = replace if replace <= min(length, room - diagonal) else _FAR
            inserted[at] = insert
            deleted[at] = delete
            reached[at] = max(replace, insert, delete)
        return
    for at in range(size):
        inserted[at] = deleted[at] = reached[at] = _FAR
        if score >= REPLACED:
            replace = int(cells[base - REPLACED * row + at]) + 1
            if replace <= min(length, room - from_diagonal - at):
                reached[at] = replace


def _trace(
    cells: Any, row: Any, width: Any, left: Any, score: Any, diagonal: Any, first: Any, n: Any,
    second: Any, length: Any, out: Any,
) -> Any:  # fmt: skip
    """Write the stretches that led to the end, in order; their number."""
    count = 0
    end = n + diagonal - first + second
    place = length
    state = 0  # in a match or replacement, in what is inserted, in what is deleted
    open_one, open_other = -1, -1  # end of the stretch that is being read
    while True:
        at = diagonal - left
        if state == 0:
            if score == 0:
                before = 0
            else:
                replaced = inserted = _FAR
                if score >= REPLACED:
                    replaced = cells[(score - REPLACED) * row + at] + 1
                inserted = cells[score * row + width + at]
                deleted = cells[score * row + 2 * width + at]
                before = max(replaced, inserted, deleted)
            if place > before and open_one >= 0:
                count = _write(
                    out, count, first + place, open_one, second + place + diagonal, open_other
                )
                open_one = -1
            place = before
            if score == 0:
                break
            if open_one < 0:
                open_one, open_other = first + place, second + place + diagonal
            if before == replaced:
                score -= REPLACED
                place -= 1
            elif before == inserted:
                state = 1
            else:
                state = 2
        elif state == 1:
            extended = _FAR
            if score >= EXTENDED:
                extended = cells[(score - EXTENDED) * row + width + at - 1]
            opened = _FAR
            if score >= OPENED + EXTENDED:
                opened = cells[(score - OPENED - EXTENDED) * row + at - 1]
            diagonal -= 1
            if opened >= extended:
                score -= OPENED + EXTENDED
                state = 0
            else:
                score -= EXTENDED
        else:
            extended = _FAR
            if score >= EXTENDED:
                extended = cells[(score - EXTENDED) * row + 2 * width + at + 1]
            opened = _FAR
            if score >= OPENED + EXTENDED:
                opened = cells[(score - OPENED - EXTENDED) * row + at + 1]
            diagonal += 1
            place -= 1
            if opened >= extended:
                score -= OPENED + EXTENDED
                state = 0
            else:
                score -= EXTENDED
    if open_one >= 0:
        count = _write(out, count, first, open_one, second + diagonal, open_other)
    for at in range(count // 2):
        for side in range(BOUNDS):
            other = count - 1 - at
            out[at, side], out[other, side] = out[other, side], out[at, side]
    out[count, 0], out[count, 1] = first, n
    out[count, 2], out[count, 3] = second + diagonal, end
    return count


def _write(out: Any, count: Any, one: Any, one_end: Any, other: Any, other_end: Any) -> Any:
    out[count, 0], out[count, 1] = one, one_end
    out[count, 2], out[count, 3] = other, other_end
    return count + 1
