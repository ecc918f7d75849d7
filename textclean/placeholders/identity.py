"""Which masks of a text stand for the same value, and the names of their slots.

Grammar says so where a mask keeps something of its own: each 李某 or 某甲公司 of a text is one, and
so is <PERSON_1>. ××× keeps nothing, but 原告××× is one party and 被告××× the other. What says
nothing (xx市, 某市, [姓名], blanks) has a slot for each place. A name that both sides of a case
have, and an office that several hold, tell nothing either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from textclean.placeholders.placeholder import MaskKind, Placeholder
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.placeholders.slots import Numbering
from textclean.text.classes import SPACE_CLASS
from textclean.text.patterns import pattern

#: Parties of which a case may have one only. A witness or a judge is one of several.
_ROLE = pattern(
    r"(原告|被告(?!人)|被告人|被上诉人|(?<!被)上诉人|被申请人|(?<!被)申请人|被执行人|被害人|受害人|第三人|死者|患者|甲方|乙方|丙方)"
    rf"(?:[（(][^（）()\n]{{1,10}}[）)])?[：:]?[{SPACE_CLASS}]*\Z"
)
_SIDES = (
    {"原告", "上诉人", "申请人", "被害人", "受害人", "甲方", "死者"},
    {"被告", "被告人", "被上诉人", "被申请人", "被执行人", "乙方"},
)
_REACH = 18
#: Another one of the same office follows: 被告人××、×××.
_LISTED = pattern(r"[、和与及][×＊*xX□●▇█某]")
_NAMELESS = pattern(r"某{1,3}(?:公司|集团|银行|医院|学校|单位|酒店|超市)?\Z")
_BARE_TAG = pattern(r"[\[［【<]\D*\Z")

Key = tuple[str, ...]


def named(text: str, placeholders: Sequence[Placeholder]) -> list[Placeholder]:
    """The placeholders of `text`, each with the name of its slot."""
    roles = [_role(text, each) if each.type is Type.PERSON else "" for each in placeholders]
    shared = _of_both_sides(placeholders, roles)
    several = {
        role
        for each, role in zip(placeholders, roles, strict=True)
        if role and _LISTED.match(text, each.end)
    }
    numbering = Numbering()
    names: dict[Key, str] = {}
    slotted: list[Placeholder] = []
    for each, role in zip(placeholders, roles, strict=True):
        key = _key(each, role if role not in several else "", shared)
        if key is None:
            name = numbering.name(each.type)
        else:
            name = names[key] = names.get(key) or numbering.name(each.type)
        slotted.append(each._replace(slot=name))
    return slotted


def _role(text: str, placeholder: Placeholder) -> str:
    match = _ROLE.search(text, max(0, placeholder.start - _REACH), placeholder.start)
    return match[1] if match is not None else ""


def _of_both_sides(placeholders: Iterable[Placeholder], roles: Iterable[str]) -> set[str]:
    """Names that parties against each other share: 李某 sues 李某."""
    sides: defaultdict[str, set[int]] = defaultdict(set)
    for each, role in zip(placeholders, roles, strict=True):
        sides[each.text].update(number for number, side in enumerate(_SIDES) if role in side)
    return {text for text, found in sides.items() if len(found) > 1}


def _key(placeholder: Placeholder, role: str, shared: set[str]) -> Key | None:
    """What two placeholders of one value have in common; None if nothing says that they are one."""
    kind, run, mask = placeholder.type, placeholder.text, placeholder.mask
    by_role = (kind, run, role) if role else None
    if mask is MaskKind.MARKS:
        return by_role
    if mask is MaskKind.BLANK:
        return None
    if run in shared:
        return by_role
    if mask is MaskKind.NAME:
        return by_role if _NAMELESS.match(run) else (kind, run)
    if mask is MaskKind.TAG:
        return None if _BARE_TAG.match(run) else (kind, run)
    if mask is MaskKind.PARTIAL and kind not in (Type.PERSON, Type.PHONE, Type.ID, Type.CODE):
        return None
    return (kind, run.replace(" ", ""))
