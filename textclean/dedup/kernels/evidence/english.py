"""Is a run of letters an English word, and is one word damage of another or another word?"""

from __future__ import annotations

from typing import Any

from textclean.dedup.kernels.evidence.classes import (
    CLAUSE,
    DAMAGED_ONE,
    DAMAGED_OTHER,
    LIST,
    NUMBER,
    OPENS,
    SPACE,
    STATEMENT,
    UNDECIDED,
    WORDING,
)

#: The share of letters, in hundredths, that two spellings of an English word have in common.
SPELT_ALIKE = 50
#: Up to this length an English word is taken for any other by one letter.
SHORT_WORD = 3


def is_known(codes: Any, start: Any, end: Any, table: Any) -> Any:
    """Whether letters are an English word of a table; as they stand, whatever their case."""
    value = 0
    for at in range(start, end):
        value = (value * 131 + (int(codes[at]) | 0x20)) & 0xFFFFFFFF
    slot = value & (len(table) - 1)
    while table[slot] >= 0:
        if table[slot] == value:
            return True
        slot = (slot + 1) & (len(table) - 1)
    return False


def is_word(codes: Any, start: Any, end: Any, lang: Any) -> Any:
    """Whether letters are an English word, inflected or not."""
    if end - start < 2 or is_known(codes, start, end, lang.words):
        return True
    last = int(codes[end - 1]) | 0x20
    if end - start < 5:
        return False
    if last == 0x73:
        return is_known(codes, start, end - 1, lang.words)
    before = int(codes[end - 2]) | 0x20
    if (last == 0x64 and before == 0x65) or (last == 0x79 and before == 0x6C):
        return is_known(codes, start, end - 2, lang.words)
    return False


def opens_word(marks: Any, at: Any) -> Any:
    """Whether a letter that stands behind another one begins a word."""
    return marks[at] & (SPACE | CLAUSE | LIST | OPENS)


def is_article(code: Any) -> Any:
    """Whether a letter is an English word by itself."""
    return code == 0x61 or code == 0x69 or code == 0x41 or code == 0x49


def is_torn(
    codes: Any, one: Any, one_end: Any, other: Any, other_end: Any, lang: Any, marks: Any
) -> Any:
    """Whether letters that are no word are the ends of a longer stretch whose middle is lost, and
    more than one word with it: no writer leaves out the end of a word with what follows it.

    Args:
        one, one_end: the letters; `other` and `other_end` what stands in their place.
    """
    size, length = one_end - one, other_end - other
    if size >= length or (size > 1 and is_word(codes, one, one_end, lang)):
        return False
    if size == 1 and is_article(codes[one]):
        return False
    for at in range(one + 1, one_end):
        if opens_word(marks, at):
            return False
    head = 0
    while head < size and codes[one + head] == codes[other + head]:
        head += 1
    tail = 0
    while tail < size - head and codes[one_end - 1 - tail] == codes[other_end - 1 - tail]:
        tail += 1
    if head + tail < size:
        return False
    for at in range(other + 1, other_end):
        if opens_word(marks, at) or not 0x61 <= (int(codes[at]) | 0x20) <= 0x7A:
            return True
    return False


def letters_in_common(codes: Any, one: Any, one_end: Any, other: Any, other_end: Any) -> Any:
    """How many letters of the second stand in the first in the same order, found greedily."""
    same = 0
    at = one
    for place in range(other, other_end):
        letter = int(codes[place]) | 0x20
        look = at
        while look < one_end and look < at + 3 and (int(codes[look]) | 0x20) != letter:
            look += 1
        if look < one_end and (int(codes[look]) | 0x20) == letter:
            same += 1
            at = look + 1
    return same


def of_word(codes: Any, one: Any, one_end: Any, other: Any, other_end: Any, lang: Any) -> Any:
    """The class of one English word, or several, in the place of another; 0 if they are equal."""
    size, length = one_end - one, other_end - other
    differ = cased = 0
    if size == length:
        for at in range(size):
            a, b = int(codes[one + at]), int(codes[other + at])
            if a != b:
                differ += 1
                cased += (a | 0x20) == (b | 0x20)
        if differ == 0:
            return 0
        if differ == cased:
            return STATEMENT
    if size == 1 and length == 1:
        if is_article(codes[one]) or is_article(codes[other]):
            return UNDECIDED
        return NUMBER  # labels
    unknown = not is_word(codes, one, one_end, lang)
    unknown_other = not is_word(codes, other, other_end, lang)
    denied = is_known(codes, one, one_end, lang.denials)
    denied_other = is_known(codes, other, other_end, lang.denials)
    if denied != denied_other and not (unknown or unknown_other):
        return STATEMENT
    longest = max(size, length)
    same = letters_in_common(codes, one, one_end, other, other_end)
    alike = 100 * same >= SPELT_ALIKE * longest
    if unknown and not unknown_other:
        return DAMAGED_ONE if alike else UNDECIDED if size == length else WORDING
    if unknown_other and not unknown:
        return DAMAGED_OTHER if alike else UNDECIDED if size == length else WORDING
    if unknown and longest >= 5 and longest - same <= 2:
        return UNDECIDED
    if longest <= SHORT_WORD and longest - same <= 1:
        return UNDECIDED
    return WORDING


def of_words(codes: Any, marks: Any, stretch: Any, bounds: Any, lang: Any) -> Any:
    """The class of a stretch of English words in the place of others: of the pair that is worst."""
    one, one_end, other, other_end = stretch[0], stretch[1], stretch[2], stretch[3]
    words = words_other = 1
    for at in range(one + 1, one_end):
        words += 1 if opens_word(marks, at) else 0
    for at in range(other + 1, other_end):
        words_other += 1 if opens_word(marks, at) else 0
    if words != words_other:
        # A space lost or added, or other words.
        denied = 0
        unknown = unknown_other = 0
        for side in range(2):
            at, end = stretch[2 * side], stretch[2 * side + 1]
            while at < end:
                stop = at + 1
                while stop < end and not opens_word(marks, stop):
                    stop += 1
                if not is_word(codes, at, stop, lang):
                    if side:
                        unknown_other += 1
                    else:
                        unknown += 1
                if is_known(codes, at, stop, lang.denials):
                    denied += 1 if side else -1
                at = stop
        if denied:
            return STATEMENT
        longest = max(one_end - one, other_end - other)
        same = letters_in_common(codes, one, one_end, other, other_end)
        if 100 * same < 2 * SPELT_ALIKE * longest - 30 * longest or unknown == unknown_other:
            return WORDING
        return DAMAGED_ONE if unknown > unknown_other else DAMAGED_OTHER
    worst = one_damaged = other_damaged = undecided = 0
    while one < one_end:
        stop, stop_other = one + 1, other + 1
        while stop < one_end and not opens_word(marks, stop):
            stop += 1
        while stop_other < other_end and not opens_word(marks, stop_other):
            stop_other += 1
        kind = of_word(codes, one, stop, other, stop_other, lang)
        if kind == DAMAGED_ONE:
            one_damaged += 1
        elif kind == DAMAGED_OTHER:
            other_damaged += 1
        elif kind == UNDECIDED:
            undecided += 1
        else:
            worst = max(worst, kind)
        one, other = stop, stop_other
    if worst:
        return worst
    if undecided:
        return UNDECIDED
    return DAMAGED_ONE if one_damaged >= other_damaged else DAMAGED_OTHER
