"""The tables of redacted prose: ``contexts.txt``, ``structures.txt``, ``places.txt``.

Prose is redacted by the habit that `textclean.placeholders.structure` describes; what then stands
around numbers and around names is counted (``contexts.txt``), and how often a run had which form
before (``structures.txt``). Only counts are kept; nothing is held out. The names of places are
those of the package cpca::

    pip download --no-deps cpca==0.5.5
"""

from __future__ import annotations

import csv
import io
import math
import re
import textwrap
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import textclean.placeholders
from tools.command import Folders
from tools.training import corpus
from tools.training.tables import write

OUTPUT = Path(textclean.placeholders.__file__).parent / "data"
PORTIONS = ("health:1", "reports:1", "news:5", "laws:12")
WIDTH = 100
HEADER = "# Written by tools/training/contexts.py; the README here says what it is."

_PEOPLE = re.compile(
    "(?:藏|羌|土家|苗|彝|朝鲜|蒙古|布依|哈尼|傣|景颇|侗|壮|回|白|傈僳|哈萨克|柯尔克孜|维吾尔|满|瑶|黎|畲|仡佬|水|"
    "纳西|拉祜|佤|土|撒拉|东乡|保安|裕固|塔吉克|锡伯|达斡尔|鄂温克|鄂伦春|独龙|怒|普米|布朗|仫佬|毛南|京|各)族?$"
)
_SUFFIX = re.compile(
    "(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|矿区|新区|省|市|盟|区|县|旗)$"
)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?%?")
_AFTER_NAME = "省|市|区|县|州|镇|乡|村|路|街道|社区|旗|大道|新区|自治区|自治州|自治县"
#: Stand between two values and are kept: they are part of how a range or a code is written.
_KEPT = frozenset('—-–~～∶+.：:/“”"《》()（）')
_STOPS = "，。！？“”：；"

#: How far contexts reach, how often they must stand, and how much they must say (nats).
RIGHT, LEFT = (4, 8, 0.8), (3, 12, 0.8)


class Redacted(NamedTuple):
    """A run in redacted prose: where it stands, how it read, and the kinds of what it was."""

    start: int
    end: int
    form: str
    kinds: str
    mask: str


def ranked_places(wheel: Path) -> tuple[set[str], set[str], set[str]]:
    """Names of provinces, prefectures and counties, without 省, 市, 县 and the like."""
    with zipfile.ZipFile(wheel) as archive:
        content = archive.read("cpca/resources/adcodes.csv").decode("utf-8")
    ranks: tuple[set[str], set[str], set[str]] = (set(), set(), set())
    for row in csv.DictReader(io.StringIO(content)):
        code, name = row["adcode"], row["name"]
        if name in ("市辖区", "县") or "直辖" in name or "行政区划" in name:
            continue
        whole = _SUFFIX.sub("", name)
        stem = whole
        while (shorter := _PEOPLE.sub("", stem)) != stem and len(shorter) >= 2:
            stem = shorter
        stem = stem if len(stem) >= 2 else whole if len(whole) >= 2 else name
        ranks[0 if code[2:] == "0" * 10 else 1 if code[4:] == "0" * 8 else 2].add(stem)
    provinces, prefectures, counties = ranks
    return provinces, prefectures - provinces, counties - prefectures - provinces


def any_of(words: set[str]) -> str:
    """A regular expression for any of the words, the longest that fits."""
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


def redact(line: str, names: re.Pattern[str]) -> tuple[str, list[Redacted]]:
    """A line redacted by the habit: digits as x, names as xx, single characters between eaten."""
    found = [(*match.span(), "N") for match in _NUMBER.finditer(line)]
    found += [(*match.span(), "P") for match in names.finditer(line)]
    text = ""
    last = 0
    runs: list[Redacted] = []
    for start, end, kind in sorted(found):
        if start < last:
            continue
        gap = line[last:start]
        mask = re.sub("[0-9]", "x", line[start:end]) if kind == "N" else "xx"
        before = runs[-1] if runs and len(gap) == 1 else None
        joined = gap in "—-–~～∶+"
        if before is not None and (
            joined or (gap not in _KEPT and not (gap in _STOPS and not before.mask.endswith("%")))
        ):
            seen = gap + mask if joined else mask
            text += seen
            form, kinds = before.form + gap + mask, before.kinds + kind
            runs[-1] = Redacted(before.start, len(text), form, kinds, before.mask + seen)
        else:
            text += gap + mask
            runs.append(Redacted(len(text) - len(mask), len(text), mask, kind, mask))
        last = end
    return text + line[last:], runs


def lines(folders: Iterable[Path], portions: Iterable[str]) -> Iterator[str]:
    """The lines to count, with the marks that the tables know."""
    for path, (step,) in corpus.portions_of(folders, portions):
        for number, line in enumerate(corpus.lines(path)):
            if number % step == 0 and line:
                yield line.replace("％", "%").replace("－", "—")


def contexts(
    counts: Counter[tuple[str, str]], reach: tuple[int, int, float], *, right: bool
) -> dict[str, int]:
    """Tenths of logarithms of odds for the contexts that say more than shorter ones do."""
    longest, least, more = reach
    table: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for (kind, context), count in counts.items():
        table[context][kind == "P"] += count
    numbers = sum(pair[0] for context, pair in table.items() if len(context) == 1)
    names = sum(pair[1] for context, pair in table.items() if len(context) == 1)
    kept: dict[str, float] = {}

    def shorter(context: str) -> float:
        while context := context[:-1] if right else context[1:]:
            if context in kept:
                return kept[context]
        return 0.0

    for length in range(1, longest + 1):
        for context, (number, name) in sorted(table.items()):
            if len(context) != length or number + name < least:
                continue
            prior = shorter(context)
            share = 1 / (1 + math.exp(-prior))
            # Numbers are twice as frequent as names where something is redacted.
            odds = (number + 3 * share) / (name * numbers / names * 0.5 + 3 * (1 - share))
            if abs(math.log(odds) - prior) >= more:
                kept[context] = math.log(odds)
    return {context: round(10 * score) for context, score in kept.items()}


def structures(forms: Counter[tuple[str, str, str]]) -> Iterator[str]:
    """Lines of ``structures.txt``: how often a run before a unit had which form."""
    wanted = [("日", n) for n in (2, 3, 4, 6, 7, 8)] + [("月", n) for n in (3, 4, 5, 6, 7)]
    wanted += [("年", 8), *((unit, 4) for unit in "市县区省等"), ("", 4)]
    eaten = re.compile("x+(?:[年月、至到和省市县州名]x+)+")
    for unit, length in wanted:
        known = Counter(
            {
                form: count
                for (mask, right, form), count in forms.items()
                if mask == "x" * length
                and right == unit
                and (eaten.fullmatch(form) or (form == mask and length < 3))
            }
        )
        total = sum(known.values())
        common = [(form, count) for form, count in known.most_common(4) if count > 0.02 * total]
        if common:
            said = " ".join(f"{form}={count}" for form, count in common)
            yield f"{unit or '-'} {length} {said}"


def run(
    folders: Folders,
    places: Annotated[Path, "the wheel of cpca"],
    output: Path = OUTPUT,
    portions: Annotated[tuple[str, ...], "NAME:EVERY, every so-many-th line"] = PORTIONS,
) -> None:
    """Write the three tables."""
    ranks = ranked_places(places)
    names = re.compile(
        f"{any_of(ranks[0] | ranks[1])}|{any_of(ranks[2])}(?={_AFTER_NAME})"
        "|(?<=[市县区镇乡])[\u4e00-\u9fa5]{2}(?=镇|乡|街道|社区|村|路|大道)"
    )
    right: Counter[tuple[str, str]] = Counter()
    left: Counter[tuple[str, str]] = Counter()
    forms: Counter[tuple[str, str, str]] = Counter()
    joints: Counter[tuple[str, str]] = Counter()
    for line in lines(folders, portions):
        text, runs = redact(f"\n{line}\n", names)
        for run in runs:
            behind, before = text[run.end : run.end + 4], text[max(0, run.start - 3) : run.start]
            forms[run.mask, behind[:1], run.form] += 1
            forms[run.mask, "", run.form] += 1
            if len(run.kinds) == 1 and "." not in run.mask and "%" not in run.mask:
                for reach in range(1, 5):
                    right[run.kinds, behind[:reach]] += 1
                for reach in range(1, 4):
                    left[run.kinds, before[-reach:]] += 1
            if joint := re.fullmatch(r"[x.]+%([。，；])(x+)", run.form):
                number = run.kinds[-1] == "N" and behind[:1] not in "年月"
                joints["%n" if number else "%d", joint[1]] += 1
    table = [HEADER]
    for side, scores in (
        ("right", contexts(right, RIGHT, right=True)),
        ("left", contexts(left, LEFT, right=False)),
    ):
        table.append(f"[{side}]")
        by_score: defaultdict[int, list[str]] = defaultdict(list)
        for context, score in scores.items():
            by_score[score].append(context.replace("\n", "¶").replace(" ", "_"))
        table += (f"{score} {' '.join(sorted(by_score[score]))}" for score in sorted(by_score))
    write(output / "contexts.txt", table)
    rows = [HEADER]
    rows += structures(forms)
    for key in ("%n", "%d"):
        said = " ".join(f"{mark}={joints[key, mark]}" for mark in "。，；" if joints[key, mark])
        rows.append(f"{key} 0 {said}")
    write(output / "structures.txt", rows)
    listed = [HEADER]
    for rank, found in zip(("province", "prefecture", "county"), ranks, strict=True):
        listed += (f"[{rank}]", *textwrap.wrap(" ".join(sorted(found)), WIDTH))
    write(output / "places.txt", listed)
