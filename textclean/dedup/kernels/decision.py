"""The decision on pairs of texts: is everything that the one says in the other?

``docs/copies.md`` gives the reasons. Written in plain integers: `stages.compiled_functions` compiles
it, and as it stands it runs without a compiler.
"""

from __future__ import annotations

from typing import Any

from textclean.dedup.kernels.alignment import align, diagonals
from textclean.dedup.kernels.evidence import (
    CLAUSE,
    DAMAGED_ONE,
    DAMAGED_OTHER,
    DIGIT,
    LOSS,
    NAME,
    NEGATION,
    NUMBER,
    STATEMENT,
    SURPLUS,
    UNDECIDED,
    WORDING,
    is_in,
    kind_of,
    of_conflict,
    of_gap,
    widen,
)

#: What is said of a pair: flags. The first may go for the second, the second for the first; they
#: differ in numbers alone, or in what may be names alone; and the first, the second, would go on
#: weak evidence: a difference that reads well on both sides.
ONE_GOES, OTHER_GOES, TWINS, NAMES, WEAK_ONE, WEAK_OTHER = (1 << bit for bit in range(6))
#: The columns of a verdict: flags; characters of the longer text before and behind the shorter;
#: characters of the shorter that are damaged; characters that the longer has within, reading well.
FLAGS, BEFORE, BEHIND, DAMAGE, WITHIN, COLUMNS = range(6)

#: What an alignment may cost, in hundredths of the shorter text, and for nothing; and at most.
COST, FREE, MOST = 45, 14, 400
#: Equal characters between two differences that are no evidence that these are two.
ISLAND = 1
#: What reads well may be missing up to this share of a text, and in so many places: so many, and
#: one more for so many characters.
MISSING, PLACES, PLACE_EVERY = 50, 3, 30
#: Characters of the longer that may hang over where the two say the same.
OVERHANG = 2
#: Characters before a text, where it stands in the other, that may deny what it says.
REACH = 2
#: In shorter texts that are part of another one, no more than one in so many may be damaged.
SHORT, SHORT_EVERY = 30, 12


def judge(
    codes: Any, marks: Any, spans: Any, damage: Any, lang: Any, cells: Any, out: Any, verdicts: Any
) -> None:
    """Judge pairs.

    Args:
        codes, marks: of folds, one after another.
        spans: of each pair the bounds of either; the first is no longer than the second.
        damage: the share of a text, in thousandths, that may be damaged.
        cells: scratch for alignments, `out` for stretches.
        verdicts: takes a row for each pair.
    """
    for pair in range(len(spans)):
        for column in range(COLUMNS):
            verdicts[pair, column] = 0
        judge_pair(codes, marks, spans[pair], damage, lang, cells, out, verdicts[pair])


def judge_pair(
    codes: Any, marks: Any, bounds: Any, damage: Any, lang: Any, cells: Any, out: Any, verdict: Any
) -> None:
    """As `judge`, one pair."""
    length = int(bounds[1] - bounds[0])
    if length == 0 or not diagonals(codes, bounds[0], bounds[1], bounds[2], bounds[3], out[0]):
        return
    low, high = int(out[0, 0]), int(out[0, 1])
    limit = min(FREE + COST * length // 100, MOST)
    count = align(
        codes, bounds[0], bounds[1], bounds[2], bounds[3], limit, low, high, cells, out
    )
    if count < 0:
        return
    begin, end = int(out[count, 2]), int(out[count, 3])
    verdict[BEFORE], verdict[BEHIND] = begin - bounds[2], bounds[3] - end
    count = joined(codes, marks, out, count, bounds, lang)
    damaged = numbers = names = blocked = 0
    undecided = undecided_one = undecided_other = 0
    lost = lost_places = within = within_places = 0
    damage_one = damage_other = 0
    for at in range(count):
        stretch = out[at]
        size, other = int(stretch[1] - stretch[0]), int(stretch[3] - stretch[2])
        if size and other:
            kind = of_conflict(codes, marks, stretch, bounds, lang)
            if kind == DAMAGED_ONE or kind == DAMAGED_OTHER:
                if size == 1 and other == 1 and repeats(codes, out, at, count, lang):
                    kind = UNDECIDED
        elif size:
            kind = gap(codes, marks, stretch, 0, bounds, lang)
        else:
            kind = gap(codes, marks, stretch, 1, bounds, lang)
        if kind == DAMAGED_ONE or kind == DAMAGED_OTHER:
            damaged += 1
            if kind == DAMAGED_ONE:
                damage_one += max(size, 1) if size else 0
            else:
                damage_other += max(other, 1) if other else 0
            # A text that lost a word to damage says less than the other.
            if size == 0 and other > OVERHANG:
                within += other
                within_places += 1
            if other == 0 and size > OVERHANG:
                lost += size
                lost_places += 1
        elif kind == UNDECIDED:
            undecided += 1
        elif kind == NUMBER:
            numbers += 1
        elif kind == NAME or kind == WORDING:
            names += 1
        elif kind == STATEMENT:
            blocked += 1
        elif kind == LOSS:
            if size == 1:
                undecided_one += 1
            lost += size
            lost_places += 1
        elif kind == SURPLUS:
            if other == 1:
                undecided_other += 1
            within += other
            within_places += 1
    if denies(codes, marks, begin, int(bounds[2]), lang):
        blocked += 1
    share = damage * length
    if (damaged + undecided) * 1000 > share + 1000:
        return
    if length < SHORT and verdict[BEFORE] + verdict[BEHIND] > OVERHANG:
        if (damaged + undecided) * SHORT_EVERY > length:
            return
    if blocked:
        return
    if numbers or names:
        if lost_places or within_places > 1 or 2 * undecided > damaged:
            return
        if names == 0:
            verdict[FLAGS] = TWINS
        elif numbers == 0 and damaged == 0:
            verdict[FLAGS] = NAMES
        return
    verdict[DAMAGE], verdict[WITHIN] = damage_one, within
    places = PLACES + length // PLACE_EVERY
    if 2 * undecided > damaged:
        return
    flags = 0
    # The first goes: what it alone says is damage, what the second has besides is free.
    support = damaged - 2 * undecided
    single = lost_places == undecided_one and lost == undecided_one
    if lost_places == 0 or (single and 2 * undecided_one <= support):
        if within * 100 <= MISSING * length and within_places <= places:
            flags |= ONE_GOES
            if undecided or undecided_one or within_places:
                flags |= WEAK_ONE
    over = int(verdict[BEFORE] + verdict[BEHIND])
    single = within_places == undecided_other and within == undecided_other
    if over <= OVERHANG and not (over and speaks(codes, bounds, begin, end, lang)):
        if within_places == 0 or (single and 2 * undecided_other <= support):
            if lost * 100 <= MISSING * length and lost_places <= places:
                flags |= OTHER_GOES
                if undecided or undecided_other or lost_places:
                    flags |= WEAK_OTHER
    verdict[FLAGS] = flags


def joined(codes: Any, marks: Any, out: Any, count: Any, bounds: Any, lang: Any) -> Any:
    """Take the rest of numbers and words into the stretches, and make one of those that meet."""
    for at in range(count):
        widen(codes, marks, out[at], bounds, lang)
    kept = 0
    for at in range(count):
        if kept:
            before, here = out[kept - 1], out[at]
            gap_one, gap_other = here[0] - before[1], here[2] - before[3]
            meet = gap_one <= 0 or gap_other <= 0
            if not meet and gap_one <= ISLAND and gap_other <= ISLAND:
                most = max(before[1] - before[0], before[3] - before[2])
                longest = max(here[1] - here[0], here[3] - here[2])
                meet = most + longest >= 4 and max(most, longest) >= 3
            if meet:
                before[1] = max(before[1], here[1])
                before[3] = max(before[3], here[3])
                before[0] = min(before[0], here[0])
                before[2] = min(before[2], here[2])
                continue
        for side in range(4):
            out[kept, side] = out[at, side]
        kept += 1
    return kept


def repeats(codes: Any, out: Any, at: Any, count: Any, lang: Any) -> Any:
    """Whether one character stands for another in other places, too, as a name does, and no
    look-alikes are taken for one another. (Of the stretches before it only the ends are left.)"""
    one, other = codes[out[at, 1] - 1], codes[out[at, 3] - 1]
    if one < 0x10000 and other < 0x10000:
        if is_in(lang.confusions, int(one) << 16 | int(other)):
            return False
    for place in range(count):
        if place == at or out[place, 3] == 0:
            continue
        if codes[out[place, 1] - 1] == one and codes[out[place, 3] - 1] == other:
            return True
    return False


def gap(codes: Any, marks: Any, stretch: Any, side: Any, bounds: Any, lang: Any) -> Any:
    """The class of a stretch in which one text, numbered `side`, has nothing."""
    start, end = int(stretch[2 * side]), int(stretch[2 * side + 1])
    first, last = int(bounds[2 * side]), int(bounds[2 * side + 1])
    place = int(stretch[2 - 2 * side])
    begin, finish = int(bounds[2 - 2 * side]), int(bounds[3 - 2 * side])
    # What is missing may be set out in other places: 表团[表团] is [表团]表团. The one that reads best
    # counts: what reads well in one of them was perhaps written so.
    while start > first and place > begin and codes[start - 1] == codes[end - 1]:
        start -= 1
        end -= 1
        place -= 1
    kind = of_gap(codes, marks, start, end, first, last, place, begin, finish, lang)
    while end < last and place < finish and codes[start] == codes[end]:
        start += 1
        end += 1
        place += 1
        another = of_gap(codes, marks, start, end, first, last, place, begin, finish, lang)
        if another == STATEMENT or kind == STATEMENT:
            kind = STATEMENT
        elif another == 0 or another == NUMBER:
            kind = another
    if kind == 0:
        return SURPLUS if side else LOSS
    if kind == 1:
        return DAMAGED_ONE if side else DAMAGED_OTHER
    if kind == 2:
        return DAMAGED_OTHER if side else DAMAGED_ONE
    return kind


def denies(codes: Any, marks: Any, begin: Any, first: Any, lang: Any) -> Any:
    """Whether what stands before a text inside the other one denies it."""
    at = begin
    while at > first and begin - at < REACH:
        if marks[at] & CLAUSE:
            return False
        at -= 1
        if kind_of(codes[at], lang) & NEGATION:
            return True
    return False


def speaks(codes: Any, bounds: Any, begin: Any, end: Any, lang: Any) -> Any:
    """Whether what hangs over is more than a stray character: a number, a denial."""
    for at in range(bounds[2], begin):
        if kind_of(codes[at], lang) & (DIGIT | NEGATION):
            return True
    for at in range(end, bounds[3]):
        if kind_of(codes[at], lang) & (DIGIT | NEGATION):
            return True
    return False
