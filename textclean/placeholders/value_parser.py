"""Reading a slot's value off a witness: does what stands there have the form of the mask?

Digits were masked one by one, so a number has as many digits as its mask has marks, and the mask
knows where its point and its per cent sign stand, which a bad copy may have lost. Where the
redactor ate something the candidates say how value and structure lie in turns.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from textclean.placeholders.gazetteer import is_place, rank
from textclean.placeholders.placeholder import NAMES, Placeholder
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.text.patterns import pattern

if TYPE_CHECKING:
    import re


class Reading(NamedTuple):
    """A value as it would be put in the slot's place, and the names in it."""

    value: str
    names: tuple[str, ...] = ()


_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_MASKS = "xX×＊*□#"
_LONGEST_NAME = 12
_MARK = pattern("[，。、；：]")
_AROUND = 40
_STOP = pattern(r"[%％‰ ]*。")
_TIDY = pattern(r"[\s，。、；：！？“”‘’（）《》〈〉…—·,.;:!?()\"'-]")


def read(slot: Placeholder, witness: str, start: int, end: int) -> Reading | None:
    """The value of a slot that a witness has at ``witness[start:end]``, or None if none fits."""
    found = witness[start:end].translate(_FULL_WIDTH)
    # Whatever a run was taken for: as many digits as it has marks is a number, and a name in the
    # gazetteer a place. What a witness shows is better evidence than the words around.
    if found.isdigit() and len(found) == len(slot.text) == sum(c in _MASKS for c in slot.text):
        fits = not _cut_off(witness, start, end) and _plausible(slot.type, found)
        return Reading(witness[start:end]) if fits else None
    if slot.canonical == slot.text == slot.text[:1] * 2 and len(found) > 1 and is_place(found):
        return Reading(found, (found,))
    if slot.type is Type.PERSON or (slot.type in NAMES and slot.canonical == slot.text):
        name = _TIDY.sub("", found)
        # The mask of a name is two marks, or one for a name of one character.
        whole = min(2, len(slot.text)) <= len(name) <= _LONGEST_NAME and not any(
            c.isdigit() for c in name
        )
        # A mask of four and more is as long as the one name, or two marks for each of several.
        if slot.type is Type.PLACE and len(slot.text) > 3 and len(name) != len(slot.text):
            several = _several_places(witness, start, end)
            return several if several and 2 * len(several.names) == len(slot.text) else None
        redacted = all(char in _MASKS for char in name)
        return Reading(name, (name,)) if whole and not redacted and "\n" not in found else None
    if _cut_off(witness, start, end):
        return None
    if slot.type is Type.PLACE and len(slot.text) >= 4:
        return _several_places(witness, start, end)
    for candidate in slot.candidates:
        form = candidate.text
        if form.endswith("。") and not _STOP.match(witness, end):
            form = form[:-1]  # the witness knows better, or has lost its marks and knows nothing
        match = _shape(form, slot.type).fullmatch(found)
        if match is not None:
            reading = _rebuilt(form, match)
            if _plausible(slot.type, reading.value):
                return reading._replace(value=_spaced(slot.text, reading.value))
    return None


def _spaced(run: str, value: str) -> str:
    """A value with the spaces that its mask has: filling a slot mends nothing else."""
    if " " not in run or len(run) - run.count(" ") != len(value):
        return value
    rest = iter(value)
    return "".join(char if char == " " else next(rest) for char in run)


def _several_places(witness: str, start: int, end: int) -> Reading | None:
    """Names of places one after another, which the redactor made one run.

    Names of one rank may stand in a list; a copy without marks does not say whether these do.
    """
    found = witness[start:end]
    has_marks = _MARK.search(witness, max(0, start - _AROUND), end + _AROUND)
    names: list[str] = []
    pieces: list[str] = []
    at = 0
    while at < len(found):
        length = next((n for n in range(8, 1, -1) if is_place(found[at : at + n])), 0)
        if not length:
            if not names or found[at] not in "、和与及至省市县区州盟的":
                return None
            pieces.append(found[at])
            at += 1
            continue
        name = found[at : at + length]
        beside = names and pieces[-1] == names[-1]
        if beside and rank(names[-1]) == rank(name) and not has_marks:
            return None
        names.append(name)
        pieces.append(name)
        at += length
    return Reading("".join(pieces), tuple(names)) if len(names) > 1 else None


def _cut_off(witness: str, start: int, end: int) -> bool:
    """Whether the digits of a witness go on beyond what was aligned with the slot."""
    before, behind = witness[start - 1 : start], witness[end : end + 1]
    return (before.isdigit() and witness[start].isdigit()) or (
        behind.isdigit() and witness[end - 1].isdigit()
    )


@lru_cache(maxsize=256)
def _shape(form: str, kind: Type) -> re.Pattern[str]:
    """What fits a form: a digit for each mark, with the marks of the form there or lost.

    Each run of marks is a group. In a type that holds names a run of two may be a name.
    """
    pieces: list[str] = []
    for number, char_run in enumerate(_runs(form)):
        if char_run[0] in _MASKS:
            digits = f"[0-9]{{{len(char_run)}}}"
            named = kind in (Type.PLACE, Type.COMPOSITE) and len(char_run) == 2
            name = f"[\u4e00-\u9fff]{{2,{_LONGEST_NAME}}}?"
            if kind is Type.PLACE:
                digits = name
            elif named:
                digits = f"{digits}|{name}"
            pieces.append(f"(?P<run{number}>{digits})")
        elif char_run.isalpha() or "\u4e00" <= char_run[0] <= "\u9fff":
            pieces.append(f"{_between(char_run)}")
        else:
            pieces.append(rf"\s*[{_escaped(char_run)}]{{0,{len(char_run) + 1}}}\s*")
    return pattern("".join(pieces))


def _between(word: str) -> str:
    return "".join(f"[{char}{char.lower()}]" for char in word)


def _escaped(marks: str) -> str:
    dashes = any(char in "-–—－~～" for char in marks)
    same = marks + ("-–—－~～" if dashes else "") + (".．" if "." in marks else "")
    same += "%％" if "%" in marks or "％" in marks else ""
    same += ":：∶" if any(char in ":：∶" for char in marks) else ""
    same += "。.．" if "。" in marks else ""
    return "".join("\\" + char if char in "\\]^-" else char for char in same)


def _runs(form: str) -> list[str]:
    """A form cut into runs of the mask and what stands between them."""
    runs: list[str] = []
    for char in form:
        masked = char in _MASKS
        if runs and (runs[-1][0] in _MASKS) == masked and (masked or not _is_word(runs[-1], char)):
            runs[-1] += char
        else:
            runs.append(char)
    return runs


def _is_word(before: str, char: str) -> bool:
    """Words and marks are looked for apart: marks may be lost."""
    return before[-1].isalnum() != char.isalnum()


def _rebuilt(form: str, match: re.Match[str]) -> Reading:
    pieces: list[str] = []
    names: list[str] = []
    for number, char_run in enumerate(_runs(form)):
        if char_run[0] in _MASKS:
            value = match[f"run{number}"]
            if not value.isdigit():
                names.append(value)
            pieces.append(value)
        else:
            pieces.append(char_run)
    return Reading("".join(pieces), tuple(names))


_YEAR = pattern(r"(?:1[0-9]|20)[0-9]{2}")


def _plausible(kind: Type, value: str) -> bool:
    """Whether a number can be what its type says: a misread digit often makes it none."""
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
