"""Are two numbers one, misread, and is a numeral that of an article or an item?"""

from __future__ import annotations

from typing import Any

from textclean.dedup.kernels.evidence.characters import kind_of
from textclean.dedup.kernels.evidence.classes import (
    DAMAGED_ONE,
    DAMAGED_OTHER,
    DIGIT,
    HAN,
    NUMBER,
    NUMERAL,
)

#: The dash of a range, the ideograph that a long dash is read as, and 第.
RANGE, ONE, ORDINAL = 0x7E, 0x4E00, 0x7B2C

#: Characters of such a number, at most.
LONG_NUMBER = 8


def slips(code: Any) -> Any:
    """The sign of a number that a character is taken for, or the character itself."""
    if code == 0x6C or code == 0x69 or code == 0x49:  # l, i
        return 0x31
    if code == 0x6F or code == 0x4F:
        return 0x30
    if code == 0x73:
        return 0x35
    if code == 0x7A:
        return 0x32
    if code == 0x62:
        return 0x38
    if code == ONE:
        return RANGE
    return code


def compare_numbers(
    codes: Any, one: Any, one_end: Any, other: Any, other_end: Any, lang: Any
) -> Any:
    """Whether two numbers are the same but for letters in the place of digits, or an ideograph in
    that of a dash, and which has them: as a class of stretches."""
    if one_end - one != other_end - other:
        return NUMBER
    odd_one = odd_other = 0
    for at in range(one_end - one):
        a, b = int(codes[one + at]), int(codes[other + at])
        if a == b:
            continue
        if slips(a) == b or (b == RANGE and kind_of(a, lang) == HAN):
            odd_one += 1
        elif slips(b) == a or (a == RANGE and kind_of(b, lang) == HAN):
            odd_other += 1
        else:
            return NUMBER
    if odd_one >= odd_other:
        return DAMAGED_ONE
    return DAMAGED_OTHER


def opens_ordinal(codes: Any, start: Any, end: Any, first: Any, lang: Any) -> Any:
    """Whether a gap lies in the number of an item or article: 第…, or from where a text begins."""
    if codes[start] == ORDINAL and end - start > 1 and kind_of(codes[start + 1], lang) & NUMERAL:
        return True
    if not kind_of(codes[start], lang) & NUMERAL:
        return False
    at = start
    while at > first and kind_of(codes[at - 1], lang) & NUMERAL:
        at -= 1
    return at == first or codes[at - 1] == ORDINAL


def follows_number(codes: Any, first: Any, place: Any, lang: Any) -> Any:
    """Whether nothing stands before a place but the number of an item or article, 第二条."""
    if place - first > LONG_NUMBER:
        return False
    if codes[first] != ORDINAL and not kind_of(codes[first], lang) & NUMERAL:
        return False
    for at in range(first + 1, place):
        # 条 款 项 章
        code = codes[at]
        unit = code == 0x6761 or code == 0x6B3E or code == 0x9879 or code == 0x7AE0
        if not unit and not kind_of(code, lang) & (NUMERAL | DIGIT):
            return False
    return True
