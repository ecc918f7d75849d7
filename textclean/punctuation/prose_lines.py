"""The lines of a text in which the slot model may judge: prose that has slots.

A title, a name set wide, a table's columns have spaces that belong there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textclean.engine.triggers import starting_with_any
from textclean.text.blocks import BlockKind, kinds_at
from textclean.text.classes import BREAK_CLASS, HAN_CLASS, PAUSE_CLASS, count_han
from textclean.text.kinds.spaces import lines_with
from textclean.text.memo import remembered
from textclean.text.patterns import pattern

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST})
_CLAUSE_MARK = pattern("[，；。！？]|[,;](?![0-9])")
ANY_MARK = pattern("[，；。！？、：,;:]")
_WIDE_SPACES = ("\t", "    ", "\u3000\u3000")
_COLUMNS = pattern(r"(?<=\S)(?:\t| {4,}|\u3000{2,})(?=\S)")
_BEFORE = f"{HAN_CLASS}{PAUSE_CLASS}”’）》"
#: A slot between Chinese characters, from its first character to the one behind it.
_SPACES = (" ", "\u3000", '"')
SLOT_TRIGGERS = starting_with_any(_SPACES, rf"(?<=[{_BEFORE}].)[ \u3000\"]*+[{HAN_CLASS}“‘（《]")
_BY_FIRST = {slot.first: slot.pattern for slot in SLOT_TRIGGERS}
#: A line without a clause's mark is prose only if it is longer than titles are.
_LONGEST_TITLE = 45
_IS_LONG = pattern(rf"(?:[^{HAN_CLASS}]*+[{HAN_CLASS}]){{{_LONGEST_TITLE}}}")
_SHORTEST_PROSE = 12
_MOST_KEPT = 4_000


class Line(NamedTuple):
    """A line of prose in a text, and how many slots it has between Chinese characters."""

    start: int
    text: str
    slots: int


def slotted_lines(text: str) -> list[Line]:
    """The lines that read like prose and have a slot between Chinese characters."""
    lines = lines_with(_BY_FIRST, text, BREAK_CLASS)
    return [Line(start, line, slots) for start, line in lines if (slots := _slots_of_prose(line))]


def lines_of_prose(lines: Sequence[Line], text: str) -> list[Line]:
    """Those of a text's lines that lie in its blocks of prose."""
    kinds = kinds_at(text, [line.start for line in lines])
    return [line for line, kind in zip(lines, kinds, strict=True) if kind in _PROSE]


@remembered(_MOST_KEPT)
def _slots_of_prose(line: str) -> int:
    """How many slots a line has between Chinese characters; 0 for one that is no prose."""
    slots = sum([len(slot.pattern.findall(line)) for slot in SLOT_TRIGGERS if slot.first in line])
    return slots if _may_be_prose(line) else 0


def _may_be_prose(line: str) -> bool:
    """Whether a line reads like prose: has marks or length, and no columns."""
    if not ANY_MARK.search(line):
        return False
    if any(wide in line for wide in _WIDE_SPACES) and _COLUMNS.search(line):
        return False
    return _IS_LONG.match(line) is not None or (
        _CLAUSE_MARK.search(line) is not None and count_han(line) >= _SHORTEST_PROSE
    )
