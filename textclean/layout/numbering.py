"""The numbers that lines begin with, and what they say of the order in which columns are read.

第八条 follows 第七条, and （三） follows （二）: where one column ends with one and another begins
with the next, that tells their order, whatever else stands at their seams.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textclean.text.classes import SPACE_CLASS
from textclean.text.patterns import pattern

_CHINESE = "[一二三四五六七八九十百零〇]{1,6}"
_DIGITS = "[0-9]{1,3}"
_FORMS = {
    "article": pattern(rf"第(?:({_CHINESE})|({_DIGITS}))条"),
    "chapter": pattern(rf"第(?:({_CHINESE})|({_DIGITS}))章"),
    "section": pattern(rf"第(?:({_CHINESE})|({_DIGITS}))节"),
    "bracket": pattern(rf"[（(](?:({_CHINESE})|({_DIGITS}))[）)]"),
    "item": pattern(rf"(?:({_CHINESE})[、.．]|({_DIGITS})[、.．](?![0-9]))"),
}
_INDENT = pattern(f"[{SPACE_CLASS}]*")


class Numbered(NamedTuple):
    """What a line begins with: how it is numbered, and the number."""

    form: str
    value: int


def number_of(line: str) -> Numbered | None:
    """The number that a line begins with; None if it begins with none."""
    from textclean.quantities.numerals import read_chinese

    start = _INDENT.match(line)
    at = start.end() if start else 0
    for name, form in _FORMS.items():
        match = form.match(line, at)
        if match is None:
            continue
        numerals, digits = match.groups()
        if digits:
            return Numbered(f"{name} in digits", int(digits))
        number = read_chinese(numerals)
        return None if number is None else Numbered(name, int(number.value))
    return None


def agreement(columns: Sequence[Sequence[Numbered]]) -> int:
    """What their numbers say for columns being read in this order.

    Returns:
        How often a column goes on counting where those before it ended (第七条, 第八条), less how
        often it counts from less than that. One that begins anew says nothing, for lists do; nor
        does one that jumps ahead, for what is between may be lost.
    """
    total = 0
    last: dict[str, int] = {}
    for column in columns:
        first = dict(reversed(column))
        for form in first.keys() & last.keys():
            total += first[form] == last[form] + 1
            total -= 1 < first[form] <= last[form]
        last.update(column)
    return total
