"""The characters that the redactor ate between values, and the forms a run may have had before.

One habit explains nearly all of it. Every digit became an ``x`` and every name ``xx``. A single
character between two redacted things went as well: 月 in 7月30日, 年 in 2020年12月, the dash in
0—6岁, 省 in 福建省三明市, 。 in 100%。宝鸡. So did a full stop behind a percentage at the end of a
paragraph. Hence a run that is too long for its type was two, and clean prose tells what stood
between them: `data/structures.txt` counts the forms of clean prose redacted by that habit. A form
with nine tenths of the counts is certain (X001); otherwise all readings are reported (X002). No
digit is ever put back.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textclean.placeholders.context_odds import LINE_END, Context
from textclean.placeholders.placeholder import Candidate
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.text.classes import SPACE_CLASS
from textclean.text.lexicon_files import read_lexicon
from textclean.text.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TABLE = Path(__file__).parent / "data" / "structures.txt"
#: The least share of a reading that is named.
_LEAST = 0.04
#: Smaller sums of counts say nothing.
_FEW = 10
#: What follows a short run that lost characters: units of time and age, spaces, or nothing.
_BEHIND = "日月岁周个" + SPACE_CLASS


def may_be_eaten(run: str, text: str, end: int) -> bool:
    """Whether `rebuild` may change a run that ends at `end`: a cheap test that most runs fail."""
    if " " in run or (len(run) > 3 and "." not in run):
        return True
    behind = text[end : end + 1]
    if "%" in run or "％" in run or "‰" in run:
        return (
            run[-1] not in "%％‰" or behind in "\r\n" + SPACE_CLASS or len(_PARTS.findall(run)) > 1
        )
    return len(run) > 3 or (len(run) > 1 and behind in _BEHIND)


class Readings(NamedTuple):
    """The readings of a run, best first, and its type in that light."""

    type: Type
    candidates: tuple[Candidate, ...]


_PARTS = pattern(r"[^%％‰]+[%％‰]?")
_OF_THIS_YEAR = pattern(r"(?:今年|去年|明年|当年|同年|[0-9xX×]年)\Z")
_CHILDREN = pattern(r"岁(?:的)?(?:儿童|婴幼|幼儿|学龄前)")
_GROUP = pattern(
    r"(?:周?岁|个?月龄)(?:的)?(?:儿|婴|幼|青少|少年|人群|人口|妇女|适龄|学生|女[性童]|男[性童]|之间|年龄段|组)"
)
_LIMIT = pattern(r"(?:周?岁|个?月龄)(?:及?以[上下内]|以前|以后)")
_MARKS = "，。；、：！？…”）》"


def rebuild(run: str, mask: str, kind: Type, around: Context, text: str, start: int) -> Readings:
    """The forms that a run may have had, and its type by the best of them.

    `kind` is the type that `kinds.classify` returns. The run begins at `start` in `text`, the whole
    of it: how a text writes elsewhere decides between readings.
    """
    as_it_is = Readings(kind, (Candidate(run, 1.0),))
    if run[-1] in "%％‰" or kind is Type.COMPOSITE:
        return _percentages(run, mask, kind, around, text, start)
    length = len(run)
    if run.count(mask) != length or kind is Type.PERSON:
        return as_it_is
    if kind in _BY_UNIT:
        unit = _BY_UNIT[kind]
        if kind is Type.DAY and (length != 2 or around.left.endswith("月")):
            return as_it_is
        counts = dict(_structures().get((unit, length), {}))
        if kind is Type.DAY and _OF_THIS_YEAR.search(around.left):
            counts.pop("x" * length, None)
        candidates = _candidates(counts, mask)
        if not candidates:
            return as_it_is
        is_date = kind is Type.DAY and candidates[0].text != run
        return Readings(Type.MONTH_DAY if is_date else kind, candidates)
    if kind is Type.CLOCK:
        if length < 3:
            return as_it_is
        hours, minutes = mask * (length - 2), mask * 2
        spelt = (Candidate(f"{hours}{sign}{minutes}", p) for sign, p in (("时", 0.5), ("点", 0.45)))
        return Readings(kind, tuple(spelt))
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


def _age(run: str, mask: str, around: Context, text: str, start: int) -> Readings:
    length = len(run)
    plain, spread = run, f"{mask}—{mask * (length - 1)}" if length < 4 else f"{mask * 2}—{mask * 2}"
    months = around.right.startswith(("月龄", "个月龄"))
    if length == 2 and _CHILDREN.match(around.right):
        return Readings(Type.AGE, (Candidate(spread, 0.8), Candidate(plain, 0.2)))
    if not 2 < length < 5:
        return Readings(Type.AGE, (Candidate(plain, 1.0),))
    if _LIMIT.match(around.right):
        # Nobody is xxx岁以下, and a range has no 以下: a name and its suffix stand before the age.
        name, age = mask * 2, mask * (length - 2)
        shares = _habitual_suffix(text, start, mask)
        return Readings(
            Type.COMPOSITE, tuple(Candidate(name + suffix + age, share) for suffix, share in shares)
        )
    worded = spread.replace("—", "至")
    if length == 4 or months or _GROUP.match(around.right):
        candidates = Candidate(spread, 0.9), Candidate(worded, 0.06), Candidate(plain, 0.04)
        return Readings(Type.AGE, candidates)
    return Readings(Type.AGE, (Candidate(plain, 0.6), Candidate(spread, 0.4)))


def _habitual_suffix(text: str, start: int, mask: str) -> list[tuple[str, float]]:
    """The suffixes of places near a run (省, 市, 县 or 区) and their shares."""
    near = text[max(0, start - 1500) : start + 1500]
    counts = {suffix: 1 + 2 * near.count(mask * 2 + suffix) for suffix in "省市县区"}
    # The nearest name of all: the paragraph is mostly about one place.
    last = max((near.rfind(mask * 2 + char, 0, min(start, 1500)), char) for char in "省市县区")
    if last[0] >= 0:
        counts[last[1]] *= 2
    total = sum(counts.values()) * 1.2
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(char, round(count / total, 3)) for char, count in ranked if count / total >= _LEAST]


def _places(run: str, mask: str, around: Context) -> Readings:
    """The readings of several names in one run, each of two characters."""
    name = mask * 2
    number = len(run) // 2
    if number == 2:
        counts = _structures().get((around.right[:1], 4), {})
        if sum(counts.values()) < _FEW:
            counts = _structures().get(("", 4), {})
        # Between names no date's 月 stands.
        counts = {form: count for form, count in counts.items() if "月" not in form}
        candidates = _candidates(counts, mask)
        if candidates:
            return Readings(Type.PLACE, candidates)
    if number == 3 and around.right[:1] in ("县", "区", "镇", "乡", "村"):
        whole = name.join(("", *("省市" if around.right[0] in "县区" else "市县"), ""))
        return Readings(Type.PLACE, (Candidate(whole, 0.6), Candidate(run, 0.2)))
    if around.right.startswith("等"):
        return Readings(Type.PLACE, (Candidate("、".join([name] * number), 0.9),))
    return Readings(Type.PLACE, (Candidate(run, 0.5), Candidate("、".join([name] * number), 0.4)))


def _percentages(
    run: str, mask: str, kind: Type, around: Context, text: str, start: int
) -> Readings:
    parts: Sequence[str] = _PARTS.findall(run)
    joined = any(part[0] in "-–—－~～∶:/+＋" for part in parts)
    stop = _ends_sentence(around, text, start)
    if len(parts) == 1 or joined:
        if stop:
            return Readings(kind, (Candidate(run + "。", 0.95), Candidate(run, 0.05)))
        return Readings(kind, (Candidate(run, 1.0),))
    if run[-1] in "%％‰":
        comma, word = _habitual_joint(text, start)
        ends = "。" if stop else ""
        ranked = sorted((("、", comma), ("和", word)), key=lambda item: -item[1])
        return Readings(
            Type.PERCENT,
            tuple(Candidate(joint.join(parts) + ends, round(share, 3)) for joint, share in ranked),
        )
    # A percentage, and then something else: a sentence or a clause ended between them.
    following = parts[-1]
    counts = dict(_structures().get(("%" + _follows(following, around), 0), {}))
    # A stop behind a percentage was eaten wherever it stood, a comma only between two values.
    counts["，"] = counts.get("，", 0) // 2
    percentages = "".join(parts[:-1])
    candidates = tuple(
        Candidate(percentages + joint + following, score)
        for joint, score in _candidates(counts, "x")
    )
    return Readings(Type.COMPOSITE, candidates or (Candidate(run, 1.0),))


def _follows(run: str, around: Context) -> str:
    """What follows a percentage: ``d`` for a date or a name, ``n`` for a count."""
    right = around.right
    number = run.count("x") != 2 and right[:1] not in "年月"
    return "n" if number or _COUNTED.match(right) else "d"


_COUNTED = pattern(r"[余多]?[万亿]?(?:[岁个名人家项件批种张例户台条所次场份]|周岁)")


def _ends_sentence(around: Context, text: str, start: int) -> bool:
    """Whether a paragraph of prose, not a heading, ends here."""
    if not around.right.startswith(LINE_END):
        return False
    line = text[text.rfind("\n", 0, start) + 1 : start].strip()
    return len(line) > 30 or any(mark in line for mark in "。，,；")


def _habitual_joint(text: str, start: int) -> tuple[float, float]:
    """The shares of 、 and 和 between two percentages, by counts in prose and near the run."""
    near = text[max(0, start - 3000) : start + 3000]
    comma = 137 + 60 * len(_WITH_COMMA.findall(near))
    word = 217 + 60 * len(_WITH_WORD.findall(near))
    return comma / (comma + word), word / (comma + word)


_VALUE = "[xX×](?:[年月日]|[%％]|[万亿][元人]?|[个家名])?"
_WITH_COMMA, _WITH_WORD = (pattern(f"{_VALUE}{joint}[xX×]") for joint in "、和")


@cache
def _structures() -> Mapping[tuple[str, int], Mapping[str, int]]:
    tables: dict[tuple[str, int], dict[str, int]] = {}
    for line in read_lexicon(_TABLE).splitlines():
        if not line or line.startswith("#"):
            continue
        unit, length, *forms = line.split(" ")
        tables["" if unit == "-" else unit, int(length)] = {
            form: int(count) for form, count in (entry.rsplit("=", 1) for entry in forms)
        }
    return tables
