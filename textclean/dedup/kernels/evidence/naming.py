"""Does a difference name something else: a person, a country, a place, an item of a list?"""

from __future__ import annotations

from typing import Any

from textclean.dedup.kernels.evidence.characters import WORD, is_in, join, kind_of
from textclean.dedup.kernels.evidence.classes import CLAUSE, LETTER, LIST, OPENS, SPACE, SURNAME

#: Characters of what may be an item of a list, a name, a word before the name of an organisation.
ITEM, NAMED, SPECIFIED = 12, 4, 4


def is_item(codes: Any, marks: Any, start: Any, end: Any, last: Any, lang: Any) -> Any:
    """Whether what stands there is an item of a list, whole.

    Args:
        last: the end of the text.
    """
    if end - start > ITEM + 12:
        return False
    latin = kind_of(codes[start], lang) & LETTER
    if not latin and end - start > ITEM:
        return False
    for at in range(start + 1, end):
        if marks[at] & CLAUSE:
            return False
    opens = marks[start] & (LIST | CLAUSE if latin else LIST)
    closes = end == last or marks[end] & (LIST | CLAUSE)
    if end < last and not closes:
        code = codes[end]
        # 和 及 与 等 以及; and, or.
        closes = code == 0x548C or code == 0x53CA or code == 0x4E0E or code == 0x7B49
        closes = closes or code == 0x4EE5
        if latin and end + 2 < last:
            closes = closes or (codes[end] == 0x61 and codes[end + 1] == 0x6E)
            closes = closes or (codes[end] == 0x6F and codes[end + 1] == 0x72)
    if opens and closes:
        return True
    if end < last and marks[end] & LIST and not latin:
        if marks[start] & (CLAUSE | SPACE | OPENS | LIST):
            return True
        return end - start <= NAMED and (kind_of(codes[start], lang) & SURNAME) != 0
    return False


def names_more(codes: Any, marks: Any, start: Any, end: Any, last: Any, lang: Any) -> Any:
    """Whether a few characters specify the name of an organisation or a place behind them."""
    if end - start > SPECIFIED or end >= last or marks[end] & (CLAUSE | LIST | OPENS):
        return False
    # 省 市 县 州: the others end many words.
    code = codes[end]
    if code == 0x7701 or code == 0x5E02 or code == 0x53BF or code == 0x5DDE:
        return True
    if end + 1 >= last or codes[end] >= 0x10000 or codes[end + 1] >= 0x10000:
        return False
    return is_in(lang.organisations, int(codes[end]) << 16 | int(codes[end + 1]))


def is_name_of(codes: Any, start: Any, end: Any, lang: Any) -> Any:
    """Whether characters end with the word for an organisation: 常务委员会, 县级以上人民政府."""
    if end - start < 2 or codes[end - 2] >= 0x10000 or codes[end - 1] >= 0x10000:
        return False
    return is_in(lang.organisations, int(codes[end - 2]) << 16 | int(codes[end - 1]))


def is_name(codes: Any, marks: Any, at: Any, first: Any, last: Any, better: Any, lang: Any) -> Any:
    """Whether a character that stands for another one is perhaps part of a name.

    Of a person: behind a surname that belongs to no word, itself no part of one. Of a country:
    中墨关系, 同墨方. Of a place or organisation: before the word that says so.

    Args:
        better: where the likelier of the two characters stands, in its text.
    """
    before = int(codes[at - 1]) if at > first else 0
    after = int(codes[at + 1]) if at + 1 < last else 0
    # 关 系 两 国 友 双 建 贸 边 乌; 方; 同 与 和 对 赴 驻 访 在
    if before == 0x4E2D and (
        after == 0x5173 or after == 0x4E24 or after == 0x56FD or after == 0x53CB
        or after == 0x53CC or after == 0x5EFA or after == 0x8D38 or after == 0x8FB9
    ):  # fmt: skip
        return True
    if before == 0x540C or before == 0x4E0E or before == 0x5BF9 or before == 0x8D74:
        if after == 0x65B9 or after == 0x56FD or after == 0x6295 or after == 0x8D38:
            return True
    if better + 1 < len(codes) and after:
        behind = join(int(codes[better]), after, int(marks[better + 1]), lang)
        if behind >= WORD:
            return False
    if names_more(codes, marks, at, at + 1, last, lang):
        # Not so if it ends the word before: 执法总队.
        if before == 0 or join(before, int(codes[better]), int(marks[better]), lang) < WORD:
            return True
    for back in range(1, 3):
        place = at - back
        if place < first or marks[place + 1] & (CLAUSE | OPENS):
            return False
        if not kind_of(codes[place], lang) & SURNAME:
            continue
        if join(int(codes[place]), int(codes[better - back + 1]), 0, lang) >= WORD:
            continue
        if place > first and not marks[place] & (CLAUSE | LIST | SPACE | OPENS):
            if join(int(codes[place - 1]), int(codes[place]), 0, lang) >= WORD:
                continue
        if back == 2 and join(int(codes[better - 1]), int(codes[better]), 0, lang) >= 2 * WORD:
            continue
        return True
    return False
