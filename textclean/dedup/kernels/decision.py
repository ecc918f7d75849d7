"""The decision on pairs of texts: is everything that the one says in the other?

``docs/copies.md`` gives the reasons. Written in plain integers: `stages.compiled_functions`
compiles it, and as it stands it runs without a compiler.
"""

from __future__ import annotations

from typing import Any

from textclean.dedup.kernels.alignment import align, diagonals
from textclean.dedup.kernels.evidence.bounds import settle, widen
from textclean.dedup.kernels.evidence.characters import WORD, is_in, join, kind_of
from textclean.dedup.kernels.evidence.classes import (
    CLAUSE,
    DAMAGED_ONE,
    DAMAGED_OTHER,
    DIGIT,
    DOUBTFUL_ONE,
    DOUBTFUL_OTHER,
    LIST,
    LOSS,
    NAME,
    NEGATION,
    NUMBER,
    NUMERAL,
    PHRASE,
    STATEMENT,
    SURPLUS,
    UNDECIDED,
    WORDING,
    WRITTEN,
)
from textclean.dedup.kernels.evidence.conflicts import of_conflict
from textclean.dedup.kernels.evidence.english import opens_word
from textclean.dedup.kernels.evidence.gaps import ADDED, DOUBTFUL, TORN_OUT, of_gap
from textclean.dedup.kernels.evidence.rules import is_condition, is_particle, is_rule

#: What is said of a pair: flags. The first may go for the second, the second for the first; they
#: differ in numbers alone, or in what may be names alone; and the first, the second, would go on
#: weak evidence: a difference that reads well on both sides.
ONE_GOES, OTHER_GOES, TWINS, NAMES, WEAK_ONE, WEAK_OTHER = (1 << bit for bit in range(6))
#: The columns of a verdict: flags; characters of the longer text before and behind the shorter;
#: characters of the shorter that are damaged; characters that the longer has within, reading well.
FLAGS, BEFORE, BEHIND, DAMAGE, WITHIN = range(5)
#: What the decision rests on: whether the two were aligned; damaged places of the first and of the
#: second; places where neither is odd, and those of them where both are words; names and other
#: words; numbers; statements; lost and surplus characters by themselves; longer losses, their
#: places, and places where the second has more.
ALIGNED, DAMAGED_1, DAMAGED_2, OPEN, WORDS, NAMED, NUMBERS, STATEMENTS = range(5, 13)
SINGLE_LOSSES, SINGLE_SURPLUS, LOST, LOST_PLACES, MORE, MORE_PLACES = range(13, 19)
#: Places where the first, or the second, lacks what is a condition; and where it lacks several
#: characters, and that is damage: they are no weak evidence.
CONDITIONS_1, CONDITIONS_2, TORN_1, TORN_2, COLUMNS = range(19, 24)

#: What an alignment may cost, in hundredths of the shorter text, and for nothing; and at most.
COST, FREE, MOST = 40, 14, 400
#: Texts that differ in length by no more than this, or one in so many characters, are aligned from
#: end to end.
ALIKE, ALIKE_EVERY = 4, 5
#: Of a hundred characters that many may have no like in the other text, and four more.
LACKING = 20
# Counters of characters.
_BAG = 256
#: Equal characters between two differences that are no evidence that these are two.
ISLAND = 1
#: What reads well may be missing up to this share of a text, and in so many places: so many, and
#: one more for so many characters.
MISSING, PLACES, PLACE_EVERY = 50, 3, 30
#: In so many characters one character may stand for another, neither of them odd: so do in all of
#: the corpus two dozen pairs of texts of that length, half of them the same statement.
PER_LENGTH = 40
#: How much damage speaks for one character in the place of another where both are words, if there
#: is a gap, too, that reads well: 警备条令 for 装备管理条例.
PER_WORD = 2
#: In so many characters one common word may stand for another that is no opposite.
PER_PHRASE = 120
#: How much damage of one side speaks for a difference that reads well on both; and for other words
#: or a name, which are no longer than so many characters.
PER_UNDECIDED, PER_NAME, SHORT_WORDING, LONG_WORDING = 1, 3, 3, 100
#: Characters of the longer that may hang over where the two say the same.
OVERHANG = 2
#: For how many places a condition of a rule counts.
OF_RULE = 4
#: Characters behind a text that may be an item, or the number of a title.
TRAILING = 4
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
        tally(codes, marks, spans[pair], lang, cells, out, verdicts[pair])
        if verdicts[pair, ALIGNED]:
            decide(codes, spans[pair], damage, lang, verdicts[pair])


def tally(
    codes: Any, marks: Any, bounds: Any, lang: Any, cells: Any, out: Any, verdict: Any
) -> None:
    """Align a pair, and count what they differ in, by the evidence for it."""
    length = int(bounds[1] - bounds[0])
    more = int(bounds[3] - bounds[2]) - length
    if length == 0:
        return
    if lacks(codes, bounds, cells) * 100 > LACKING * length + 400:
        return
    limit = min(FREE + COST * length // 100, MOST)
    whole = more <= max(ALIKE, length // ALIKE_EVERY)
    low = high = 0
    if not whole:
        if not diagonals(codes, bounds[0], bounds[1], bounds[2], bounds[3], out[0]):
            return
        low, high = int(out[0, 0]), int(out[0, 1])
    count = align(
        codes, bounds[0], bounds[1], bounds[2], bounds[3], limit, low, high, whole, cells, out
    )
    if count < 0:
        return
    begin, end = int(out[count, 2]), int(out[count, 3])
    if whole:
        # What the longer has before and behind is no gap.
        if count and out[0, 1] == bounds[0]:
            begin = int(out[0, 3])
            for at in range(1, count):
                for side in range(4):
                    out[at - 1, side] = out[at, side]
            count -= 1
        if count and out[count - 1, 0] == bounds[1]:
            end = int(out[count - 1, 2])
            count -= 1
    verdict[BEFORE], verdict[BEHIND] = begin - bounds[2], bounds[3] - end
    count = joined(codes, marks, out, count, bounds, lang)
    verdict[ALIGNED] = 1
    phrases = 0
    # Whether they are rules takes a look at the whole text, and matters only for gaps and phrases.
    gaps = False
    for at in range(count):
        gaps = gaps or out[at, 0] == out[at, 1] or out[at, 2] == out[at, 3]
    rule = is_rule(codes, marks, int(bounds[0]), int(bounds[1]), lang) if gaps else False
    for at in range(count):
        stretch = out[at]
        size, other = int(stretch[1] - stretch[0]), int(stretch[3] - stretch[2])
        if size and other:
            kind = of_conflict(codes, marks, stretch, bounds, lang)
            if kind == DAMAGED_ONE or kind == DAMAGED_OTHER:
                if size == 1 and other == 1 and repeats(codes, marks, out, at, count, bounds, lang):
                    kind = NAME
            elif kind == UNDECIDED or kind == WRITTEN:
                # The first or last character is where the longer text goes on with another word.
                opens = stretch[0] == bounds[0] and verdict[BEFORE] > OVERHANG
                if opens or (stretch[1] == bounds[1] and verdict[BEHIND] > OVERHANG):
                    kind = WORDING
        else:
            kind = gap(codes, marks, stretch, 0 if size else 1, bounds, rule, lang)
        perhaps = kind == DOUBTFUL_ONE or kind == DOUBTFUL_OTHER
        if perhaps:
            kind = DAMAGED_ONE if kind == DOUBTFUL_ONE else DAMAGED_OTHER
        if kind == SURPLUS or kind == LOSS:
            side = 1 if kind == SURPLUS else 0
            opens, closes = int(stretch[2 * side]), int(stretch[2 * side + 1])
            single = closes - opens == 1
            matters = rule and not (single and is_particle(codes[opens]))
            if matters or is_condition(
                codes, marks, opens, closes, int(bounds[2 * side + 1]), lang
            ):
                weight = OF_RULE if matters and not single else 1
                verdict[CONDITIONS_1 if side else CONDITIONS_2] += weight
        if kind == DAMAGED_ONE or kind == DAMAGED_OTHER:
            verdict[DAMAGED_1 if kind == DAMAGED_ONE else DAMAGED_2] += 1
            if kind == DAMAGED_ONE:
                verdict[DAMAGE] += size
            # A text that lost a word to damage says less than the other.
            if other - size > OVERHANG and (size == 0 or kind == DAMAGED_ONE):
                verdict[MORE] += other - size
                verdict[MORE_PLACES] += 1
                verdict[TORN_1] += 1 if kind == DAMAGED_ONE and not perhaps else 0
            if size - other > OVERHANG and (other == 0 or kind == DAMAGED_OTHER):
                verdict[LOST] += size - other
                verdict[LOST_PLACES] += 1
                verdict[TORN_2] += 1 if kind == DAMAGED_OTHER and not perhaps else 0
        elif kind == UNDECIDED or kind == WRITTEN:
            verdict[OPEN] += 1 if max(size, other) == 1 else 2
            verdict[WORDS] += 1 if kind == WRITTEN else 0
        elif kind == PHRASE:
            phrases += 1
        elif kind == NUMBER:
            verdict[NUMBERS] += 1
        elif kind == NAME or kind == WORDING:
            verdict[NAMED] += 1 if max(size, other) <= SHORT_WORDING else LONG_WORDING
        elif kind == STATEMENT:
            verdict[STATEMENTS] += 1
        elif kind == LOSS:
            if size == 1:
                verdict[SINGLE_LOSSES] += 1
            else:
                verdict[LOST] += size
                verdict[LOST_PLACES] += 1
        elif other == 1:
            verdict[SINGLE_SURPLUS] += 1
        else:
            verdict[MORE] += other
            verdict[MORE_PLACES] += 1
    if denies(codes, marks, begin, int(bounds[2]), lang):
        verdict[STATEMENTS] += 1
    if phrases and (rule or is_rule(codes, marks, int(bounds[0]), int(bounds[1]), lang)):
        verdict[CONDITIONS_1] += 1
    trailing = trails(codes, marks, end, int(bounds[3]), lang)
    if trailing:
        verdict[NUMBERS if trailing == NUMBER else STATEMENTS] += 1
    if phrases * PER_PHRASE > length:
        verdict[NAMED] += phrases
    else:
        verdict[OPEN] += phrases
    verdict[WITHIN] = verdict[MORE] + verdict[SINGLE_SURPLUS]


def lacks(codes: Any, bounds: Any, cells: Any) -> Any:
    """How many characters of the first the second has not, wherever: that many differ at least."""
    for at in range(_BAG):
        cells[at] = 0
    for at in range(bounds[2], bounds[3]):
        cells[int(codes[at]) % _BAG] += 1
    missing = 0
    for at in range(bounds[0], bounds[1]):
        bag = int(codes[at]) % _BAG
        if cells[bag] > 0:
            cells[bag] -= 1
        else:
            missing += 1
    return missing


def support_of(verdict: Any, length: Any) -> Any:
    """How much more speaks for damage than against it.

    A text that is damaged all over may be damaged where that does not show; if both seem to be,
    that says less, for they may be two statements whose words are rare.
    """
    one, other = verdict[DAMAGED_1], verdict[DAMAGED_2]
    gaps = verdict[MORE_PLACES] + verdict[LOST_PLACES] - verdict[TORN_1] - verdict[TORN_2]
    words = verdict[WORDS] * (PER_WORD if gaps else PER_UNDECIDED)
    undecided = max(words, verdict[OPEN] - length // PER_LENGTH)
    against = undecided + verdict[NAMED] * PER_NAME
    return max(one, other) + min(one, other) // 2 - against


def decide(codes: Any, bounds: Any, damage: Any, lang: Any, verdict: Any) -> None:
    """The flags of a pair that is tallied."""
    length = int(bounds[1] - bounds[0])
    damaged = verdict[DAMAGED_1] + verdict[DAMAGED_2]
    if verdict[STATEMENTS]:
        # A contrast may be one of names: 开封市, 兰考县.
        gaps = verdict[LOST_PLACES] + verdict[MORE_PLACES]
        gaps += verdict[SINGLE_LOSSES] + verdict[SINGLE_SURPLUS]
        if damaged + gaps + verdict[NUMBERS] == 0:
            verdict[FLAGS] = NAMES
        return
    # Where hardly anything is damaged, the lack of a condition is none.
    if verdict[CONDITIONS_1] + verdict[CONDITIONS_2] > damaged:
        # Perhaps it is one: to be listed.
        if damaged + verdict[OPEN] + verdict[NAMED] + verdict[NUMBERS] == 0:
            verdict[FLAGS] = NAMES
        return
    everywhere = damaged + verdict[OPEN] + verdict[NAMED]
    if everywhere * 1000 > damage * length + 1000:
        if everywhere == verdict[NAMED] == LONG_WORDING:
            verdict[FLAGS] = NAMES
        return
    over = verdict[BEFORE] + verdict[BEHIND]
    if length < SHORT and over > OVERHANG and everywhere * SHORT_EVERY > length:
        return
    support = support_of(verdict, length)
    if verdict[NUMBERS]:
        if verdict[LOST_PLACES] == 0 and verdict[MORE_PLACES] <= 1 and support >= 0:
            verdict[FLAGS] = TWINS
        return
    undecided, names = verdict[OPEN], verdict[NAMED]
    if support < 0:
        gaps = verdict[LOST_PLACES] + verdict[MORE_PLACES]
        if damaged == 0 and gaps == 0:
            verdict[FLAGS] = NAMES
        return
    places = PLACES + length // PLACE_EVERY
    single_losses, single_surplus = verdict[SINGLE_LOSSES], verdict[SINGLE_SURPLUS]
    more_places = verdict[MORE_PLACES] - verdict[TORN_1]
    lost_places = verdict[LOST_PLACES] - verdict[TORN_2]
    # The first goes: what it alone says is damage, what the second has besides is free.
    if verdict[LOST_PLACES] == 0 and single_losses * PER_UNDECIDED <= support:
        enough = verdict[MORE] * 100 <= MISSING * length
        if enough and verdict[MORE_PLACES] + single_surplus <= places:
            verdict[FLAGS] |= ONE_GOES
            if undecided + names + single_losses + more_places + single_surplus:
                verdict[FLAGS] |= WEAK_ONE
    begin, end = bounds[2] + verdict[BEFORE], bounds[3] - verdict[BEHIND]
    if over <= OVERHANG and not (over and speaks(codes, bounds, begin, end, lang)):
        if verdict[MORE_PLACES] == 0 and single_surplus * PER_UNDECIDED <= support:
            enough = verdict[LOST] * 100 <= MISSING * length
            if enough and verdict[LOST_PLACES] + single_losses <= places:
                verdict[FLAGS] |= OTHER_GOES
                if undecided + names + single_surplus + lost_places + single_losses:
                    verdict[FLAGS] |= WEAK_OTHER


def joined(codes: Any, marks: Any, out: Any, count: Any, bounds: Any, lang: Any) -> Any:
    """Take the rest of numbers and words into the stretches, and make one of those that meet."""
    for at in range(count):
        settle(codes, marks, out[at], bounds, lang)
        widen(codes, marks, out[at], bounds, lang)
    kept = 0
    for at in range(count):
        if kept:
            before, here = out[kept - 1], out[at]
            gap_one, gap_other = here[0] - before[1], here[2] - before[3]
            meet = gap_one < 0 or gap_other < 0
            if gap_one == 0 and gap_other == 0:
                # Of two words side by side each is a difference by itself.
                opens = here[0] == bounds[1] or opens_word(marks, here[0])
                meet = not (opens and (here[2] == bounds[3] or opens_word(marks, here[2])))
            if gap_one > 0 and gap_one <= ISLAND and gap_other <= ISLAND:
                most = max(before[1] - before[0], before[3] - before[2])
                longest = max(here[1] - here[0], here[3] - here[2])
                meet = most + longest >= 4 and max(most, longest) >= 3
                # What either has more beside one character is another word: 亚伊, 伊素福.
                one_more = before[2] == before[3] and here[0] == here[1]
                other_more = before[0] == before[1] and here[2] == here[3]
                meet = meet or one_more or other_more
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


def repeats(codes: Any, marks: Any, out: Any, at: Any, count: Any, bounds: Any, lang: Any) -> Any:
    """Whether one character stands for another in other places, too, as a name does: neither are
    they look-alikes, nor does one of them belong to a word."""
    one, other = int(codes[out[at, 0]]), int(codes[out[at, 2]])
    if one < 0x10000 and other < 0x10000 and is_in(lang.confusions, one << 16 | other):
        return False
    often = False
    for place in range(count):
        if place != at and out[place, 1] - out[place, 0] == 1 == out[place, 3] - out[place, 2]:
            often = often or (
                int(codes[out[place, 0]]) == one and int(codes[out[place, 2]]) == other
            )
    if not often:
        return False
    for side in range(2):
        place = int(out[at, 2 * side])
        if place > bounds[2 * side]:
            if join(int(codes[place - 1]), int(codes[place]), int(marks[place]), lang) >= WORD:
                return False
        if place + 1 < bounds[2 * side + 1]:
            behind = int(marks[place + 1])
            if join(int(codes[place]), int(codes[place + 1]), behind, lang) >= WORD:
                return False
    return True


def gap(codes: Any, marks: Any, stretch: Any, side: Any, bounds: Any, rule: Any, lang: Any) -> Any:
    """The class of a stretch in which one text, numbered `side`, has nothing."""
    start, end = int(stretch[2 * side]), int(stretch[2 * side + 1])
    first, last = int(bounds[2 * side]), int(bounds[2 * side + 1])
    place = int(stretch[2 - 2 * side])
    begin, finish = int(bounds[2 - 2 * side]), int(bounds[3 - 2 * side])
    # What is missing may be set out in other places: 表团[表团] is [表团]表团. The one that reads
    # best counts: what reads well in one of them was perhaps written so.
    while start > first and place > begin and codes[start - 1] == codes[end - 1]:
        start -= 1
        end -= 1
        place -= 1
    kind = of_gap(codes, marks, start, end, first, last, place, begin, finish, rule, lang)
    while end < last and place < finish and codes[start] == codes[end]:
        start += 1
        end += 1
        place += 1
        another = of_gap(codes, marks, start, end, first, last, place, begin, finish, rule, lang)
        if another == STATEMENT or kind == STATEMENT:
            kind = STATEMENT
        elif another == 0 or another == NUMBER or another == NAME:
            kind = another
        elif another == DOUBTFUL and kind == TORN_OUT:
            kind = another
    if kind == 0:
        return SURPLUS if side else LOSS
    if kind == TORN_OUT:
        return DAMAGED_ONE if side else DAMAGED_OTHER
    if kind == DOUBTFUL:
        return DOUBTFUL_ONE if side else DOUBTFUL_OTHER
    if kind == ADDED:
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


def trails(codes: Any, marks: Any, end: Any, last: Any, lang: Any) -> Any:
    """What the few characters are that the longer text has behind the shorter: `NUMBER` for those
    of a title, 解释（二）, `STATEMENT` for a last item of a list, else 0.
    """
    if end == last or last - end > TRAILING:
        return 0
    if marks[end] & LIST:
        return STATEMENT
    for at in range(end, last):
        if not kind_of(codes[at], lang) & NUMERAL:
            return 0
    return NUMBER


def speaks(codes: Any, bounds: Any, begin: Any, end: Any, lang: Any) -> Any:
    """Whether what hangs over is more than a stray character: a number, a denial."""
    for at in range(bounds[2], begin):
        if kind_of(codes[at], lang) & (DIGIT | NEGATION):
            return True
    for at in range(end, bounds[3]):
        if kind_of(codes[at], lang) & (DIGIT | NEGATION):
            return True
    return False
