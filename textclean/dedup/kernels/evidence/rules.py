"""Is a text a rule, of which each phrase is a condition, and is what it adds one?"""

from __future__ import annotations

from typing import Any

from textclean.dedup.kernels.evidence.characters import is_in, kind_of
from textclean.dedup.kernels.evidence.classes import CLAUSE, LIST, NUMERAL, OPENS
from textclean.dedup.kernels.evidence.numbers import ORDINAL

#: In so many characters a rule has one of the words of rules: so have four tenths of the lines of
#: laws, and a hundredth of those of news, health, technology and reports.
OF_RULES = 60


def is_rule(codes: Any, marks: Any, first: Any, last: Any, lang: Any) -> Any:
    """Whether a text is of a law or a form, in which each phrase is a condition: it is an item or
    an article, ends in 的, or is thick with the words of rules.
    """
    opening = int(codes[first])
    if codes[last - 1] == 0x7684:
        return True
    if opening == ORDINAL and first + 1 < last and kind_of(codes[first + 1], lang) & NUMERAL:
        return True
    if kind_of(opening, lang) & NUMERAL:
        if marks[first] & OPENS or (first + 1 < last and marks[first + 1] & LIST):
            return True
    words = 0
    for at in range(first, last - 1):
        if codes[at] < 0x10000 and codes[at + 1] < 0x10000:
            if is_in(lang.rules, int(codes[at]) << 16 | int(codes[at + 1])):
                words += 1
    return words * OF_RULES >= last - first


def is_condition(codes: Any, marks: Any, start: Any, end: Any, last: Any, lang: Any) -> Any:
    """Whether what one text has, and reads well, says something by itself: what is added with a
    conjunction, a whole clause, a word that says how much or in what case.
    """
    if end - start == 1:
        return is_in(lang.scopes, int(codes[start]))
    if marks[start] & CLAUSE and (end == last or marks[end] & CLAUSE):
        return True
    if is_conjunction(codes[start]) or is_conjunction(codes[end - 1]):
        return True
    return limits(codes, start, end, lang)


def is_conjunction(code: Any) -> Any:
    """Whether a character is one by which something is added: 和 及 与 或 并."""
    return code == 0x548C or code == 0x53CA or code == 0x4E0E or code == 0x6216 or code == 0x5E76


def limits(codes: Any, start: Any, end: Any, lang: Any) -> Any:
    """Whether characters have a word of scope among them."""
    for at in range(start, end - 1):
        if codes[at] < 0x10000 and codes[at + 1] < 0x10000:
            if is_in(lang.scopes, int(codes[at]) << 16 | int(codes[at + 1])):
                return True
    return False


def is_particle(code: Any) -> Any:
    """Whether a character says nothing by itself: 的 了 地 之 着 于."""
    return (
        code == 0x7684 or code == 0x4E86 or code == 0x5730 or code == 0x4E4B or code == 0x7740
        or code == 0x4E8E
    )  # fmt: skip
