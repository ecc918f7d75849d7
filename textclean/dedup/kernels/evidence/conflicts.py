"""What stands in the place of something else: damage of either, or another statement?"""

from __future__ import annotations

from typing import Any

from textclean.dedup.kernels.evidence.characters import (
    JOINED,
    WORD,
    best_join,
    has_kind,
    is_in,
    join,
    rarity,
)
from textclean.dedup.kernels.evidence.classes import (
    DAMAGED_ONE,
    DAMAGED_OTHER,
    DIGIT,
    LETTER,
    NAME,
    NEGATION,
    NUMBER,
    NUMERAL,
    PHRASE,
    SIGN,
    STATEMENT,
    UNDECIDED,
    WORDING,
    WRITTEN,
)
from textclean.dedup.kernels.evidence.english import is_torn, of_words
from textclean.dedup.kernels.evidence.naming import is_name
from textclean.dedup.kernels.evidence.numbers import compare_numbers

#: A reading is odd if its joins are so much less likely than those of the other, in eighths of a
#: bit a join, and none of them is as likely as those of a word (`JOINED`). Of look-alikes less is
#: enough.
ODD = 9
#: What the model of `oddness` must say of a character, and of a look-alike: read off real edits, of
#: which a fifth lies above the first, and planted damage, of which a twentieth lies below.
#: The other one must be less odd by so much, and what is part of a word be as odd as the last.
ODD_CHARACTER, ODD_LOOK_ALIKE, ODDER, ODD_WORD = -600, -800, 600, 600
FAR_ODDER = 1800
#: A run of other characters may be misread up to this length, longer ones only if they are garbage.
RUN, GARBAGE = 3, -60


def likeness(codes: Any, marks: Any, start: Any, end: Any, first: Any, last: Any, lang: Any) -> Any:
    """How likely a run of characters stands where it does: the mean of its joins, less half of how
    rare its characters are, and the best of its joins above it in one integer."""
    total, best, count = 0, -64, 0
    for at in range(start, end + 1):
        if at < end:
            total -= rarity(codes[at], lang) // 2
        if at == first or at >= last:
            continue
        value = join(codes[at - 1], codes[at], int(marks[at]), lang)
        total += value
        best = max(best, value)
        count += 1
    return (best + 64) * 1024 + (total // max(1, count) + 512)


def oddness(codes: Any, marks: Any, at: Any, right: Any, first: Any, last: Any, lang: Any) -> Any:
    """How much speaks for a character being misread, and another one right, above 0 more than not:
    a linear model of their joins, fitted to what is likely of either.

    Args:
        at: where the character stands, in a text from `first` to `last`.
        right: where the other one stands, in its text.
    """
    before = after = before_right = after_right = 0
    if at > first:
        mark = int(marks[at]) | int(marks[right])
        before = join(codes[at - 1], codes[at], mark, lang)
        before_right = join(codes[at - 1], codes[right], mark, lang)
    if at + 1 < last:
        mark = int(marks[at + 1])
        after = join(codes[at], codes[at + 1], mark, lang)
        after_right = join(codes[right], codes[at + 1], mark, lang)
    best, best_right = max(before, after), max(before_right, after_right)
    score = 15 * best_right - 4 * (before_right + after_right) + 4 * best - 32 * (before + after)
    score += 13 * (rarity(codes[at], lang) - rarity(codes[right], lang)) - 1240
    if best < 16:
        score += 480
    if best_right >= WORD:
        score += 320
    return score


def is_phrase(codes: Any, one: Any, other: Any, lang: Any) -> Any:
    """Whether two pairs of characters are common words, and none that turns a statement round."""
    for at in (one, other):
        if join(codes[at], codes[at + 1], 0, lang) < WORD:
            return False
        if is_in(lang.opposites, int(codes[at]) << 16 | int(codes[at + 1])):
            return False
    return True


def of_denial(codes: Any, marks: Any, one: Any, other: Any, bounds: Any, lang: Any) -> Any:
    """The class of two characters of which one denies: a statement, unless one of them is part of a
    word, and the other reads with nothing (确诊后, 确不后).
    """
    odd_one = oddness(codes, marks, one, other, bounds[0], bounds[1], lang)
    odd_other = oddness(codes, marks, other, one, bounds[2], bounds[3], lang)
    if max(odd_one, odd_other) < ODD_WORD or abs(odd_one - odd_other) < FAR_ODDER:
        return STATEMENT
    best = best_join(codes, marks, one, bounds[0], bounds[1], lang)
    best_other = best_join(codes, marks, other, bounds[2], bounds[3], lang)
    if odd_one > odd_other:
        return DAMAGED_ONE if best <= 0 and best_other >= WORD else STATEMENT
    return DAMAGED_OTHER if best_other <= 0 and best >= WORD else STATEMENT


def of_conflict(codes: Any, marks: Any, stretch: Any, bounds: Any, lang: Any) -> Any:
    """The class of a stretch in which either text has something."""
    one, one_end, other, other_end = stretch[0], stretch[1], stretch[2], stretch[3]
    size, length = one_end - one, other_end - other
    digits = has_kind(codes, one, one_end, DIGIT, lang)
    digits += has_kind(codes, other, other_end, DIGIT, lang)
    if digits:
        return compare_numbers(codes, one, one_end, other, other_end, lang)
    if has_kind(codes, one, one_end, SIGN, lang) or has_kind(codes, other, other_end, SIGN, lang):
        return STATEMENT
    latin = has_kind(codes, one, one_end, LETTER, lang)
    latin_other = has_kind(codes, other, other_end, LETTER, lang)
    if latin == size and is_torn(codes, one, one_end, other, other_end, lang, marks):
        return DAMAGED_ONE
    if latin_other == length and is_torn(codes, other, other_end, one, one_end, lang, marks):
        return DAMAGED_OTHER
    if latin == size and latin_other == length:
        return of_words(codes, marks, stretch, bounds, lang)
    if latin or latin_other:
        if size <= 2 and length <= 2:
            if latin > latin_other:
                return DAMAGED_ONE
            if latin_other > latin:
                return DAMAGED_OTHER
        return WORDING
    denied = has_kind(codes, one, one_end, NEGATION, lang)
    if denied != has_kind(codes, other, other_end, NEGATION, lang):
        if size == 1 and length == 1:
            return of_denial(codes, marks, one, other, bounds, lang)
        return STATEMENT
    numerals = has_kind(codes, one, one_end, NUMERAL, lang)
    others = has_kind(codes, other, other_end, NUMERAL, lang)
    if numerals and others:
        return NUMBER
    if numerals + others and (one == bounds[0] or other == bounds[2]):
        return NUMBER  # of an article or an item
    look_alike = size == length
    if size == length:
        for at in range(size):
            a, b = int(codes[one + at]), int(codes[other + at])
            if a == b:
                continue
            if a >= 0x10000 or b >= 0x10000:
                continue
            if lang.contrasts[a] & lang.contrasts[b]:
                return STATEMENT
            look_alike = look_alike and is_in(lang.confusions, a << 16 | b)
    mine = likeness(codes, marks, one, one_end, bounds[0], bounds[1], lang)
    theirs = likeness(codes, marks, other, other_end, bounds[2], bounds[3], lang)
    best, mean = mine // 1024 - 64, mine % 1024 - 512
    best_other, mean_other = theirs // 1024 - 64, theirs % 1024 - 512
    if max(size, length) > RUN:
        # Beside garbage garbage is no better.
        if mean <= GARBAGE and mean_other >= max(GARBAGE, mean + 2 * ODD):
            return DAMAGED_ONE
        if mean_other <= GARBAGE and mean >= max(GARBAGE, mean_other + 2 * ODD):
            return DAMAGED_OTHER
        return WORDING
    if size == 1 and length == 1:
        least = ODD_LOOK_ALIKE if look_alike else ODD_CHARACTER
        odd_one = oddness(codes, marks, one, other, bounds[0], bounds[1], lang)
        odd_other = oddness(codes, marks, other, one, bounds[2], bounds[3], lang)
        better = other if odd_one > odd_other else one
        if not look_alike:
            if is_name(codes, marks, one, bounds[0], bounds[1], better, lang):
                return NAME
        best = best_join(codes, marks, one, bounds[0], bounds[1], lang)
        best_other = best_join(codes, marks, other, bounds[2], bounds[3], lang)
        odder = best if odd_one > odd_other else best_other
        if (
            max(odd_one, odd_other) >= least
            and abs(odd_one - odd_other) >= ODDER
            and (
                odder < WORD
                or max(odd_one, odd_other) >= ODD_WORD
                or (max(odd_one, odd_other) >= 0 and abs(odd_one - odd_other) >= FAR_ODDER)
            )
        ):
            return DAMAGED_ONE if odd_one > odd_other else DAMAGED_OTHER
        # Of two that are part of a word each is what somebody wrote.
        if min(best, best_other) >= WORD and not look_alike:
            return WRITTEN
        return UNDECIDED
    least = 2 if look_alike else ODD
    odd = 0
    if mean_other - mean >= least and best < JOINED:
        odd = DAMAGED_ONE
    elif mean - mean_other >= least and best_other < JOINED:
        odd = DAMAGED_OTHER
    if look_alike and odd:
        return odd
    if size == 2 and length == 2 and is_phrase(codes, one, other, lang):
        return PHRASE
    # Two wrong characters in a row are seldom, two other words are not.
    return UNDECIDED if odd else WORDING
