"""How much of a long text stands in another one, in any order, and what differs where it does not.

Runs of equal characters are found by the hashes of `GRAM` in a row. What lies between two runs that
follow each other in both texts is judged as a pair of short texts is (`decision.tally`), and all of
it is counted together; the rest of the first text is lost. Written in plain integers:
`stages.compiled_functions` compiles it.
"""

from __future__ import annotations

from typing import Any

from textclean.dedup.kernels.decision import (
    ALIGNED,
    BEFORE,
    BEHIND,
    COLUMNS,
    DAMAGE,
    DAMAGED_1,
    DAMAGED_2,
    LOST,
    LOST_PLACES,
    MORE,
    MORE_PLACES,
    NAMED,
    tally,
)

#: Characters in a row by which a run is found, and places of them that are tried.
GRAM, TRIED = 8, 8
#: What is longer between two runs is no difference of readings.
LONGEST = 160
#: Characters of the runs beside it that are judged with a difference.
CONTEXT = 16
#: What the second has more, up to so many characters, is looked at, too: it may deny something.
DENIAL = 12
#: What is so many times as long as what stands in its place is no reading of it.
TIMES = 3
#: Bounds of a run: in the first text and in the second.
BOUNDS = 4


def index(codes: Any, begin: Any, end: Any, heads: Any, nexts: Any) -> None:
    """Note where each `GRAM` characters of a text stand: the first in `heads`, more in `nexts`."""
    for at in range(len(heads)):
        heads[at] = -1
    for at in range(end - GRAM, begin - 1, -1):
        slot = gram_hash(codes, at) & (len(heads) - 1)
        nexts[at - begin] = heads[slot]
        heads[slot] = at


def gram_hash(codes: Any, at: Any) -> Any:
    """A hash of `GRAM` characters."""
    value = 0
    for place in range(at, at + GRAM):
        value = (value * 31 + int(codes[place]) * 40503) & 0xFFFFFFFF
    return value ^ (value >> 15)


def runs(
    codes: Any, first: Any, n: Any, second: Any, m: Any, heads: Any, nexts: Any, out: Any
) -> Any:
    """Write the runs of the first text that stand in the second, in order; their number.

    Args:
        heads, nexts: scratch, for the `index` of the second.
    """
    index(codes, second, m, heads, nexts)
    count = 0
    at = first
    free = first  # what is taken by no run yet
    diagonal = second - first
    while at + GRAM <= n and count < len(out):
        best, where = 0, 0
        expected = at + diagonal
        if second <= expected and expected + GRAM <= m:
            length = equal(codes, at, n, expected, m)
            if length >= GRAM:
                best, where = length, expected
        if best == 0:
            place = int(heads[gram_hash(codes, at) & (len(heads) - 1)])
            tried = 0
            while place >= 0 and tried < TRIED:
                length = equal(codes, at, n, place, m)
                if length >= GRAM and length > best:
                    best, where = length, place
                place = int(nexts[place - second])
                tried += 1
        if best == 0:
            at += 1
            continue
        begin, other = at, where
        while begin > free and other > second and codes[begin - 1] == codes[other - 1]:
            begin -= 1
            other -= 1
        out[count, 0], out[count, 1] = begin, at + best
        out[count, 2], out[count, 3] = other, where + best
        count += 1
        free = at = at + best
        diagonal = where + best - at
    return count


def equal(codes: Any, one: Any, n: Any, other: Any, m: Any) -> Any:
    """How many characters are the same from two places on."""
    length = 0
    while one + length < n and other + length < m and codes[one + length] == codes[other + length]:
        length += 1
    return length


def cover(
    codes: Any, marks: Any, bounds: Any, skipped: Any, lang: Any, heads: Any, nexts: Any,
    blocks: Any, cells: Any, out: Any, part: Any, verdict: Any,
) -> Any:  # fmt: skip
    """Count what two texts differ in, as `decision.tally` does, and return how many characters of
    the first are lost: neither in the second nor misread there.

    Args:
        bounds: of both texts.
        skipped: which characters of the first do not count.
        heads, nexts, blocks, cells, out, part: scratch.
    """
    first, n, second, m = int(bounds[0]), int(bounds[1]), int(bounds[2]), int(bounds[3])
    for column in range(COLUMNS):
        verdict[column] = 0
    verdict[ALIGNED] = 1
    count = runs(codes, first, n, second, m, heads, nexts, blocks)
    lost = 0
    span = blocks[len(blocks) - 1]
    for at in range(count + 1):
        begin = int(blocks[at - 1, 1]) if at else first
        end = int(blocks[at, 0]) if at < count else n
        other = int(blocks[at - 1, 3]) if at else second
        other_end = int(blocks[at, 2]) if at < count else m
        size, length = end - begin, other_end - other
        if size == 0 and (length <= 0 or length > DENIAL):
            continue
        # A sentence that the second has not is lost; it contradicts nothing.
        near = 0 <= length <= LONGEST and size <= max(DENIAL, TIMES * length) and size <= LONGEST
        if at == 0 or at == count:
            # What hangs over is no difference, unless as much hangs over on the other side.
            near = near and size > 0 and length <= 2 * size + DENIAL
        missing = size
        if near:
            left = min(CONTEXT, begin - int(blocks[at - 1, 0])) if at else 0
            right = min(CONTEXT, int(blocks[at, 1]) - end) if at < count else 0
            swap = size > length
            here, there = (2, 0) if swap else (0, 2)
            span[here], span[here + 1] = begin - left, end + right
            span[there], span[there + 1] = other - left, other_end + right
            for column in range(COLUMNS):
                part[column] = 0
            tally(codes, marks, span, lang, cells, out, part)
            if part[ALIGNED] and part[NAMED] < 100:
                for column in range(DAMAGED_1, COLUMNS):
                    if column not in (LOST, LOST_PLACES, MORE, MORE_PLACES, DAMAGED_1, DAMAGED_2):
                        verdict[column] += part[column]
                verdict[DAMAGED_1] += part[DAMAGED_2 if swap else DAMAGED_1]
                verdict[DAMAGED_2] += part[DAMAGED_1 if swap else DAMAGED_2]
                missing = part[MORE] if swap else part[LOST]
                missing += (part[BEFORE] + part[BEHIND]) if swap else 0
                verdict[MORE] += part[LOST] if swap else part[MORE]
                verdict[DAMAGE] += part[DAMAGE]
        if missing:
            counted = 0
            for place in range(begin, end):
                counted += 0 if skipped[place - first] else 1
            lost += min(missing, counted)
    return lost
