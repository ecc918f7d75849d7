"""The value of a slot from a stretch of a witness, if that has the form of the mask.

Digits were masked one by one, so a number has as many digits as its mask has marks. The mask also
shows the decimal point and per cent sign that a bad copy may have lost. Where the redactor ate
characters, the slot's candidates show how values and structure alternate.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from textclean.placeholders.gazetteer import is_place, place_at, rank
from textclean.placeholders.names import SERIES
from textclean.placeholders.placeholder import BARS, MASKS, NAMES, MaskKind, Placeholder
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.text.classes import COMMON_HAN_CLASS, DIGITS_TO_HALF_WIDTH
from textclean.text.patterns import pattern

if TYPE_CHECKING:
    import re


class SlotValue(NamedTuple):
    """The text to put in the slot's place, and the names in it."""

    text: str
    names: tuple[str, ...] = ()


_LONGEST_NAME = 12
_MARK = pattern("[，。、；：]")
_AROUND = 40
_STOP = pattern(r"[%％‰ ]*。")
_TIDY = pattern(r"[\s，。、；：！？“”‘’（）《》〈〉…—·,.;:!?()\"'-]")


def read(slot: Placeholder, witness: str, start: int, end: int) -> SlotValue | None:
    """The value of a slot in ``witness[start:end]``, or None if that does not fit."""
    stretch = witness[start:end].translate(DIGITS_TO_HALF_WIDTH)
    # Whatever the slot's type: as many digits as it has marks are a number, and a name in the
    # gazetteer is a place. The witness is better evidence than the words around the slot.
    if stretch.isdigit() and len(stretch) == len(slot.text) == sum(c in MASKS for c in slot.text):
        fits = not _cut_off(witness, start, end) and _plausible(slot.type, stretch)
        return SlotValue(witness[start:end]) if fits else None
    if slot.canonical == slot.text == slot.text[:1] * 2 and len(stretch) > 1 and is_place(stretch):
        return SlotValue(stretch, (stretch,))
    if slot.type is Type.PERSON or (slot.type in NAMES and slot.canonical == slot.text):
        name = _TIDY.sub("", stretch)
        # The mask of a name is two marks, or one for a name of one character.
        whole = min(2, len(slot.text)) <= len(name) <= _LONGEST_NAME and not any(
            c.isdigit() for c in name
        )
        # A mask of four and more is as long as the one name, or two marks for each of several.
        if slot.type is Type.PLACE and len(slot.text) > 3 and len(name) != len(slot.text):
            several = _several_places(witness, start, end)
            return several if several and 2 * len(several.names) == len(slot.text) else None
        redacted = all(char in MASKS + BARS for char in name) or "某" in name
        fits = whole and not redacted and "\n" not in stretch and _agrees(slot, name)
        return SlotValue(name, (name,)) if fits else None
    if _cut_off(witness, start, end):
        return None
    if slot.type is Type.PLACE and len(slot.text) >= 4:
        return _several_places(witness, start, end)
    for candidate in slot.candidates:
        form = candidate.text
        if form.endswith("。") and not _STOP.match(witness, end):
            form = form[:-1]  # the witness knows better, or has lost its marks and knows nothing
        match = _shape(form, slot.type).fullmatch(stretch)
        if match is not None:
            value = _rebuilt(form, match)
            if _plausible(slot.type, value.text):
                return value._replace(text=_spaced(slot.text, value.text))
    return None


_SHOWN = pattern(rf"[^某{MASKS}{BARS}]*")
_ENDS_SHOWN = pattern("某([\u4e00-\u9fff])\\Z")


def _agrees(slot: Placeholder, name: str) -> bool:
    """Whether a name has what the mask left of it: 李某某 was a 李, 罗某斌 ends with 斌."""
    if slot.mask not in (MaskKind.NAME, MaskKind.PARTIAL):
        return name not in slot.text  # the other copy has the tag, too: [姓名]
    shown, last = _SHOWN.match(slot.text), _ENDS_SHOWN.search(slot.text)
    begins = shown is None or name.startswith(shown.group().rstrip("0123456789"))
    return begins and (last is None or last[1] in "某" + SERIES or name.endswith(last[1]))


def _spaced(run: str, value: str) -> str:
    """A value with the spaces of its mask: filling a slot repairs nothing else."""
    if " " not in run or len(run) - run.count(" ") != len(value):
        return value
    rest = iter(value)
    return "".join(char if char == " " else next(rest) for char in run)


def _several_places(witness: str, start: int, end: int) -> SlotValue | None:
    """Names of places that the redactor made one run.

    Names of one rank may form a list; in a copy without marks that cannot be told.
    """
    stretch = witness[start:end]
    has_marks = _MARK.search(witness, max(0, start - _AROUND), end + _AROUND)
    names: list[str] = []
    pieces: list[str] = []
    at = 0
    while at < len(stretch):
        length = place_at(stretch, at)
        if not length:
            if not names or stretch[at] not in "、和与及至省市县区州盟的":
                return None
            pieces.append(stretch[at])
            at += 1
            continue
        name = stretch[at : at + length]
        beside = names and pieces[-1] == names[-1]
        if beside and rank(names[-1]) == rank(name) and not has_marks:
            return None
        names.append(name)
        pieces.append(name)
        at += length
    return SlotValue("".join(pieces), tuple(names)) if len(names) > 1 else None


def _cut_off(witness: str, start: int, end: int) -> bool:
    """Whether the digits of a witness go on beyond ``witness[start:end]``."""
    before, behind = witness[start - 1 : start], witness[end : end + 1]
    return (before.isdigit() and witness[start].isdigit()) or (
        behind.isdigit() and witness[end - 1].isdigit()
    )


@lru_cache(maxsize=256)
def _shape(form: str, kind: Type) -> re.Pattern[str]:
    """Matches values of a form: a digit for each mask character, other marks there or lost.

    Each run of the mask is a group. In types that hold names, a run of two may be a name.
    """
    pieces: list[str] = []
    for number, char_run in enumerate(_runs(form)):
        if char_run[0] in MASKS + BARS:
            value = f"[0-9]{{{len(char_run)}}}"
            name = f"[{COMMON_HAN_CLASS}]{{2,{_LONGEST_NAME}}}?"
            if kind is Type.PLACE:
                value = name
            elif kind is Type.COMPOSITE and len(char_run) == 2:
                value = f"{value}|{name}"
            pieces.append(f"(?P<run{number}>{value})")
        elif char_run.isdecimal():
            pieces.append(char_run)  # the digits that the mask left
        elif char_run.isalpha() or "\u4e00" <= char_run[0] <= "\u9fff":
            pieces += (f"[{char}{char.lower()}]" for char in char_run)
        else:
            pieces.append(rf"\s*[{_escaped(char_run)}]{{0,{len(char_run) + 1}}}\s*")
    return pattern("".join(pieces))


def _escaped(marks: str) -> str:
    dashes = any(char in "-–—－~～" for char in marks)
    same = marks + ("-–—－~～" if dashes else "") + (".．" if "." in marks else "")
    same += "%％" if "%" in marks or "％" in marks else ""
    same += ":：∶" if any(char in ":：∶" for char in marks) else ""
    same += "。.．" if "。" in marks else ""
    return "".join("\\" + char if char in "\\[]^-" else char for char in same)


def _runs(form: str) -> list[str]:
    """A form cut into runs of the mask, words and marks, which alone may be lost."""
    marks = MASKS + BARS
    runs = groupby(
        form, key=lambda char: (char in marks, char in marks or char.isalnum(), char.isdecimal())
    )
    return ["".join(run) for _, run in runs]


def _rebuilt(form: str, match: re.Match[str]) -> SlotValue:
    pieces: list[str] = []
    names: list[str] = []
    for number, char_run in enumerate(_runs(form)):
        is_value = char_run[0] in MASKS + BARS
        pieces.append(match[f"run{number}"] if is_value else char_run)
        if is_value and not pieces[-1].isdigit():
            names.append(pieces[-1])
    return SlotValue("".join(pieces), tuple(names))


_YEAR = pattern(r"(?:1[0-9]|20)[0-9]{2}")


def _plausible(kind: Type, value: str) -> bool:
    """Whether a number can be of its type; a misread digit often makes it impossible."""
    numbers = _NUMBERS.findall(value)
    if kind in (Type.YEAR, Type.YEAR_MONTH, Type.YEAR_MONTH_DAY):
        if not all(_YEAR.fullmatch(number) for number in numbers if len(number) == 4):
            return False
        numbers = [number for number in numbers if len(number) < 4]
    if kind in (Type.MONTH, Type.YEAR_MONTH):
        return all(1 <= int(number) <= 12 for number in numbers)
    if kind is Type.DAY:
        return all(1 <= int(number) <= 31 for number in numbers)
    if kind in (Type.MONTH_DAY, Type.YEAR_MONTH_DAY) and len(numbers) == 2:
        return 1 <= int(numbers[0]) <= 12 and 1 <= int(numbers[1]) <= 31
    if kind is Type.AGE:
        return all(int(number) <= 120 for number in numbers)
    return not (value[:1] == "0" and len(value) > 1 and value[1].isdigit())


_NUMBERS = pattern("[0-9]+")
