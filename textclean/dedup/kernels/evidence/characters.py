"""What is a character, how rare is it, and how well does it join its neighbours?"""

from __future__ import annotations

from typing import Any

from textclean.dedup.kernels.evidence.classes import CLAUSE, HAN, LIST, OPENS, SIGN

#: What a word joins with, at least, and what is as likely as a word, in eighths of a bit.
WORD, JOINED = 24, 20


def kind_of(code: Any, lang: Any) -> Any:
    """The flags of a character; emoji are signs, rare ideographs are ideographs."""
    if code < 0x10000:
        return int(lang.kinds[code])
    if code >= 0x1F000 and code < 0x20000:
        return SIGN
    return HAN


def has_kind(codes: Any, start: Any, end: Any, kind: Any, lang: Any) -> Any:
    """How many characters are of a kind."""
    count = 0
    for at in range(start, end):
        if kind_of(codes[at], lang) & kind:
            count += 1
    return count


def is_in(table: Any, value: Any) -> Any:
    """Whether a sorted table has a value."""
    low, high = 0, len(table)
    while low < high:
        middle = (low + high) // 2
        if table[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low < len(table) and table[low] == value


def slot_of(table: Any, key: Any) -> Any:
    """The slot of a key in a table of open addresses; -1 if it has none."""
    slot = key * 40503 & (len(table) - 1)
    while table[slot] >= 0:
        if table[slot] == key:
            return slot
        slot = (slot + 1) & (len(table) - 1)
    return -1


def join(one: Any, other: Any, mark: Any, lang: Any) -> Any:
    """How much likelier two characters meet than by chance; 0 where that says nothing: over a
    mark, or beside others."""
    if mark & (CLAUSE | LIST | OPENS):
        return 0
    if one >= 0x10000 or other >= 0x10000:
        return -40
    if not (lang.kinds[one] & HAN and lang.kinds[other] & HAN):
        return 0
    row, column = int(lang.rows[one]), int(lang.rows[other])
    if row == 0 or column == 0:
        return -40
    slot = slot_of(lang.pairs, row << 13 | column)
    if slot >= 0:
        return int(lang.joins[slot])
    expected = 2 * (int(lang.alone[one]) + int(lang.alone[other])) + 215
    return -min(40, max(0, expected))


def best_join(codes: Any, marks: Any, at: Any, first: Any, last: Any, lang: Any) -> Any:
    """The better of the joins of a character."""
    best = -64
    if at > first:
        best = join(codes[at - 1], codes[at], int(marks[at]), lang)
    if at + 1 < last:
        best = max(best, join(codes[at], codes[at + 1], int(marks[at + 1]), lang))
    return best


def rarity(code: Any, lang: Any) -> Any:
    """How rare an ideograph is, in eighths of a bit; 0 of other characters."""
    if code >= 0x10000:
        return 240
    if not lang.kinds[code] & HAN:
        return 0
    return -2 * int(lang.alone[code])


def is_doubled(codes: Any, marks: Any, at: Any, first: Any, last: Any, lang: Any) -> Any:
    """Whether an ideograph stands behind its like, and they are no word (看看), nor the end of one
    and the beginning of another (上海海洋): 提提前."""
    if at <= first or codes[at] != codes[at - 1] or not kind_of(codes[at], lang) & HAN:
        return False
    if marks[at] & (CLAUSE | LIST | OPENS):
        return False
    if join(codes[at], codes[at], int(marks[at]), lang) >= WORD:
        return False
    if at - 1 == first or at + 1 >= last:
        return True
    return (
        join(codes[at - 2], codes[at - 1], int(marks[at - 1]), lang) < WORD
        or join(codes[at], codes[at + 1], int(marks[at + 1]), lang) < WORD
    )
