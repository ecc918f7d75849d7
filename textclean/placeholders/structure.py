"""What the redactor ate beside the values, and the forms a run may have had before.

One habit explains nearly all of it. Every digit became an ``x`` and every name ``xx``; and where a
single character stood between two things that were redacted, it went as well: 月 in 7月30日, 年 in
2020年12月, the dash in 0—6岁, 省 in 福建省三明市, 。 in 100%。宝鸡. A full stop behind a
percentage at the end of a paragraph went, too. So a run that is too long for what it stands for was
two, and what stood between them is known as well as clean prose agrees on it:
`data/structures.txt` holds how often clean prose, redacted by that habit, had which form. No digit
is ever put back.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textclean.placeholders.context_odds import LINE_END, Context
from textclean.placeholders.placeholder import Candidate
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.text.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TABLE = Path(__file__).parent / "data" / "structures.txt"
#: Readings with less than this share are not worth naming.
_LEAST = 0.04
#: Counts that sum up to less say nothing.
_FEW = 10


#: What stands behind a short run that lost something: units of time and age; or spaces, or nothing.
_BEHIND = "日月岁周个 \t\u3000"


def may_be_eaten(run: str, text: str, end: int) -> bool:
    """Whether `rebuild` may change a run that ends at `end`; most it never does."""
    if " " in run or (len(run) > 3 and "." not in run):
        return True
    behind = text[end : end + 1]
    if "%" in run or "％" in run or "‰" in run:
        return run[-1] not in "%％‰" or behind in "\r\n \t\u3000" or len(_PARTS.findall(run)) > 1
    return len(run) > 3 or (len(run) > 1 and behind in _BEHIND)


class Rebuilt(NamedTuple):
    """The readings of a run, best first, and its type in that light."""

    type: Type
    candidates: tuple[Candidate, ...]


_PARTS = pattern(r"[^%％‰]+[%％‰]?")
_OF_THIS_YEAR = pattern(r"(?:今年|去年|明年|当年|同年|[0-9xX×]年)\Z")
_BESIDE_MONTH = pattern(r"月\Z")
_CHILDREN = pattern(r"岁(?:的)?(?:儿童|婴幼|幼儿|学龄前)")
_GROUP = pattern(
    r"(?:周?岁|个?月龄)(?:的)?(?:儿|婴|幼|青少|少年|人群|人口|妇女|适龄|学生|女[性童]|男[性童]|之间|年龄段|组)"
)
_LIMIT = pattern(r"(?:周?岁|个?月龄)(?:及?以[上下内]|以前|以后)")
_AND_OTHERS = pattern(r"等")
_MARKS = "，。；、：！？…”）》"


def rebuild(run: str, mask: str, kind: Type, around: Context, text: str, start: int) -> Rebuilt:
    """The forms that a run may have had, with the type that the best of them gives it.

    Args:
        run: the run as it stands.
        mask: the redactor's character.
        kind: what `kinds.classify` says.
        around: what stands on either side.
        text: all of the text, for the habits it has elsewhere.
        start: where the run begins in it.
    """
    as_it_is = Rebuilt(kind, (Candidate(run, 1.0),))
    if run[-1] in "%％‰" or kind is Type.COMPOSITE:
        return _percentages(run, mask, kind, around, text, start)
    length = len(run)
    if run.count(mask) != length or kind is Type.PERSON:
        return as_it_is
    if kind in _BY_UNIT:
        unit = _BY_UNIT[kind]
        if kind is Type.DAY and (length != 2 or _BESIDE_MONTH.search(around.left)):
            return as_it_is
        counts = dict(_structures().get((unit, length), {}))
        if kind is Type.DAY and _OF_THIS_YEAR.search(around.left):
            counts.pop("x" * length, None)
        found = _candidates(counts, mask)
        if not found:
            return as_it_is
        moved = Type.MONTH_DAY if kind is Type.DAY and found[0].text != run else kind
        return Rebuilt(moved, found)
    if kind is Type.CLOCK:
        hours = mask * (length - 2)
        return (
            Rebuilt(
                kind,
                tuple(
                    Candidate(f"{hours}{one}{mask * 2}", s)
                    for one, s in (("时", 0.5), ("点", 0.45))
                ),
            )
            if length > 2
            else as_it_is
        )
    if kind is Type.AGE:
        return _age(run, mask, around, text, start)
    if kind is Type.PLACE and length >= 4 and length % 2 == 0:
        return _places(run, mask, around)
    return as_it_is


#: The unit in the table of structures that runs of a type stand before.
_BY_UNIT = {
    Type.YEAR: "年",
    Type.MONTH: "月",
    Type.YEAR_MONTH: "月",
    Type.DAY: "日",
    Type.MONTH_DAY: "日",
    Type.YEAR_MONTH_DAY: "日",
}


def _candidates(counts: Mapping[str, int], mask: str) -> tuple[Candidate, ...]:
    total = sum(counts.values())
    shares = sorted(((count / total, form) for form, count in counts.items()), reverse=True)
    return tuple(
        Candidate(form.replace("x", mask), round(share, 3))
        for share, form in shares
        if share >= _LEAST
    )


def _age(run: str, mask: str, around: Context, text: str, start: int) -> Rebuilt:
    length = len(run)
    plain, spread = run, f"{mask}—{mask * (length - 1)}" if length < 4 else f"{mask * 2}—{mask * 2}"
    months = around.right.startswith(("月龄", "个月龄"))
    if length == 1:
        return Rebuilt(Type.AGE, (Candidate(plain, 1.0),))
    if length == 2:
        if _CHILDREN.match(around.right):
            return Rebuilt(Type.AGE, (Candidate(spread, 0.8), Candidate(plain, 0.2)))
        return Rebuilt(Type.AGE, (Candidate(plain, 1.0),))
    if length > 4:
        return Rebuilt(Type.AGE, (Candidate(plain, 1.0),))
    if _LIMIT.match(around.right):
        # Nobody is xxx岁以下, and a range has no 以下: a name and its suffix stand before the age.
        suffix = _habitual_suffix(text, start, mask)
        found = [
            Candidate(
                mask * 2 + one + mask * (length - 2) if length > 3 else mask * 2 + one + mask, s
            )
            for one, s in suffix
        ]
        return Rebuilt(Type.COMPOSITE, tuple(found))
    worded = spread.replace("—", "至")
    if length == 4 or months or _GROUP.match(around.right):
        found = [Candidate(spread, 0.9), Candidate(worded, 0.06), Candidate(plain, 0.04)]
        return Rebuilt(Type.AGE, tuple(found))
    return Rebuilt(Type.AGE, (Candidate(plain, 0.6), Candidate(spread, 0.4)))


def _habitual_suffix(text: str, start: int, mask: str) -> list[tuple[str, float]]:
    """What mostly follows a name of a place around here: 省, 市, 县 or 区, with shares."""
    near = text[max(0, start - 1500) : start + 1500]
    counts = {one: 1 + 2 * near.count(mask * 2 + one) for one in "省市县区"}
    # The nearest name of all: the paragraph is mostly about one place.
    last = max((near.rfind(mask * 2 + one, 0, min(start, 1500)), one) for one in "省市县区")
    if last[0] >= 0:
        counts[last[1]] *= 2
    total = sum(counts.values()) * 1.2
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(one, round(count / total, 3)) for one, count in ranked if count / total >= _LEAST]


def _places(run: str, mask: str, around: Context) -> Rebuilt:
    """Several names in one run, each of two characters, and what stood between them."""
    name = mask * 2
    number = len(run) // 2
    if number == 2:
        unit = "等" if _AND_OTHERS.match(around.right) else around.right[:1]
        counts = _structures().get((unit, 4), {})
        if sum(counts.values()) < _FEW:
            counts = _structures().get(("", 4), {})
        # Between names no date's 月 stands.
        counts = {form: count for form, count in counts.items() if "月" not in form}
        found = _candidates(counts, mask)
        if found:
            return Rebuilt(Type.PLACE, found)
    if number == 3 and around.right[:1] in ("县", "区", "镇", "乡", "村"):
        larger = ("省", "市") if around.right[0] in "县区" else ("市", "县")
        whole = (
            "".join(name + suffix for name, suffix in zip([name] * 2, larger, strict=True)) + name
        )
        return Rebuilt(Type.PLACE, (Candidate(whole, 0.6), Candidate(run, 0.2)))
    if around.right.startswith("等"):
        return Rebuilt(Type.PLACE, (Candidate("、".join([name] * number), 0.9),))
    return Rebuilt(Type.PLACE, (Candidate(run, 0.5), Candidate("、".join([name] * number), 0.4)))


def _percentages(
    run: str, mask: str, kind: Type, around: Context, text: str, start: int
) -> Rebuilt:
    parts: Sequence[str] = _PARTS.findall(run)
    joined = any(part[0] in "-–—－~～∶:/+＋" for part in parts)
    stop = _ends_sentence(around, text, start)
    if len(parts) == 1 or joined:
        if stop:
            return Rebuilt(kind, (Candidate(run + "。", 0.95), Candidate(run, 0.05)))
        return Rebuilt(kind, (Candidate(run, 1.0),))
    if run[-1] in "%％‰":
        comma, word = _habitual_joint(text, start)
        ends = "。" if stop else ""
        ranked = sorted((("、", comma), ("和", word)), key=lambda item: -item[1])
        return Rebuilt(
            Type.PERCENT,
            tuple(Candidate(joint.join(parts) + ends, round(share, 3)) for joint, share in ranked),
        )
    # A percentage, and then something else: a sentence or a clause ended between them.
    following = parts[-1]
    counts = dict(_structures().get(("%" + _follows(following, around), 0), {}))
    # A stop behind a percentage was eaten wherever it stood, a comma only between two values.
    counts["，"] = counts.get("，", 0) // 2
    found = []
    for candidate in _candidates(counts, "x"):
        joint = candidate.text
        found.append(Candidate("".join(parts[:-1]) + joint + following, candidate.score))
    return Rebuilt(Type.COMPOSITE, tuple(found) or (Candidate(run, 1.0),))


def _follows(run: str, around: Context) -> str:
    """What goes on behind a percentage: ``d`` a date or a name, ``n`` a count."""
    right = around.right
    number = run.count("x") != 2 and right[:1] not in "年月"
    return "n" if number or _COUNTED.match(right) else "d"


_COUNTED = pattern(r"[余多]?[万亿]?(?:[岁个名人家项件批种张例户台条所次场份]|周岁)")


def _ends_sentence(around: Context, text: str, start: int) -> bool:
    """Whether a paragraph of prose ends here, and not a heading."""
    if not around.right.startswith(LINE_END):
        return False
    line = text[text.rfind("\n", 0, start) + 1 : start].strip()
    return len(line) > 30 or any(mark in line for mark in "。，,；")


def _habitual_joint(text: str, start: int) -> tuple[float, float]:
    """How likely 、 and 和 stood between two percentages: counted in prose, and around here."""
    near = text[max(0, start - 3000) : start + 3000]
    comma = 137 + 60 * len(_WITH_COMMA.findall(near))
    word = 217 + 60 * len(_WITH_WORD.findall(near))
    return comma / (comma + word), word / (comma + word)


_WITH_COMMA = pattern(r"[xX×](?:[年月日]|[%％]|[万亿][元人]?|[个家名])?、[xX×]")
_WITH_WORD = pattern(r"[xX×](?:[年月日]|[%％]|[万亿][元人]?|[个家名])?和[xX×]")


@cache
def _structures() -> Mapping[tuple[str, int], Mapping[str, int]]:
    tables: dict[tuple[str, int], dict[str, int]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        unit, length, *forms = line.split(" ")
        tables["" if unit == "-" else unit, int(length)] = {
            form: int(count) for form, count in (each.rsplit("=", 1) for each in forms)
        }
    return tables
