"""Slots: the placeholders of a text by name, and whether a value fits one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from textclean.placeholders.placeholder import Placeholder
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.text.patterns import pattern


class Numbering:
    """Names slots by their type and their number within it: year-1, year-2, place-1."""

    def __init__(self) -> None:
        self._seen: Counter[Type] = Counter()

    def name(self, kind: Type) -> str:
        """The name of the next slot of a type."""
        self._seen[kind] += 1
        return f"{kind}-{self._seen[kind]}"


def named_slots(placeholders: Sequence[Placeholder]) -> dict[str, Placeholder]:
    """The first placeholder of each slot by the name of the slot, in order of place."""
    slots: dict[str, Placeholder] = {}
    for placeholder in placeholders:
        slots.setdefault(placeholder.slot, placeholder)
    return slots


_DIGITS = r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?"
_N = rf"{_DIGITS}|[零〇一二三四五六七八九十百千万亿两半]+"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_TO = r"[-–—－~～至到]"
_NUMBER = rf"(?:{_N})(?:{_TO}(?:{_N}))?"
_SHAPES = {
    Type.YEAR: rf"[0-9]{{2}}|[0-9]{{4}}(?:{_TO}(?:[0-9]{{4}}|[0-9]{{2}}))?"
    "|[零〇一二三四五六七八九]{4}",
    Type.MONTH: rf"(?:1[0-2]|0?[1-9])(?:{_TO}(?:1[0-2]|0?[1-9]))?|十[一二]?|[一二三四五六七八九]",
    Type.DAY: rf"{_DAY}(?:{_TO}{_DAY})?|[一二三]?十?[一二三四五六七八九]?",
    Type.YEAR_MONTH: r"[0-9]{4}年(?:1[0-2]|0?[1-9])",
    Type.MONTH_DAY: r"(?:1[0-2]|0?[1-9])[月·・•.](?:3[01]|[12][0-9]|0?[1-9])",
    Type.YEAR_MONTH_DAY: r"[0-9]{4}年(?:1[0-2]|0?[1-9])月(?:3[01]|[12][0-9]|0?[1-9])",
    Type.CLOCK: r"[0-9]{1,2}(?:[:：][0-9]{2}){0,2}",
    Type.DURATION: _NUMBER,
    Type.AGE: _NUMBER,
    Type.QUANTITY: _NUMBER,
    Type.MONEY: _NUMBER,
    Type.PERCENT: rf"(?:{_N})[%％‰]?(?:(?:{_TO}|、|和)(?:{_N})[%％‰]?)*",
    Type.RATIO: rf"(?:{_N})[:：∶/](?:{_N})",
    Type.ORDINAL: rf"第?(?:{_N})",
    Type.CODE: r"[A-Za-z0-9+＋/.—-]+",
    Type.PHONE: r"[0-9+][0-9 -]*",
    Type.ID: r"[A-Z]?[0-9]+[0-9Xx]?",
    Type.PLACE: r"[^\d\s]+(?:[ ·][^\d\s]+)*",
    Type.PERSON: r"[^\d\s]+(?:[ ·][^\d\s]+)*",
    Type.ORGANISATION: r"[^\s]+(?:[ ·][^\s]+)*",
    Type.ETHNICITY: r"[^\d\s]+",
    Type.COMPOSITE: r"[^\n]+",
    Type.BLANK: r"[^\n]+",
    Type.UNKNOWN: r"[^\n]+",
}
_PATTERNS = {kind: pattern(shape) for kind, shape in _SHAPES.items()}


def fits(kind: Type, value: str) -> bool:
    """Whether a value can be of a type: a year has two or four digits, a place none."""
    return bool(value) and bool(_PATTERNS[kind].fullmatch(value))
