"""What the slot model proposes for a text: which lines it may judge, and how sure it must be.

Lines of prose are judged. A title, a byline, a name set wide, a list of names, a table's columns
have spaces that belong there. A space beside a Latin letter or a digit may be a matter of style: it
is never taken away by default, and beside digits only suggested in lines that have lost marks.

How sure a decision must be was set on held-out text; `docs/model-card.md` has the figures.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import accumulate
from math import exp
from operator import attrgetter
from typing import NamedTuple

from textclean.punctuation.model import Decision, decide
from textclean.punctuation.weights import UNIT
from textclean.rules.registry import View
from textclean.text.blocks import BlockKind
from textclean.text.classes import HAN_CLASS, OPENING_CLASS, PAUSE_CLASS, count_han
from textclean.text.patterns import pattern
from textclean.text.words import is_word


class Kind(Enum):
    """What a finding does, and how sure it is."""

    SPACE = "space"
    PAUSE = "pause"
    QUOTES = "quotes"
    LIKELY_SPACE = "likely space"
    LIKELY_PAUSE = "likely pause"
    LIKELY_QUOTES = "likely quotes"
    MISREAD = "misread"
    UNDECIDED = "undecided"


class Finding(NamedTuple):
    """One slot, and what should stand there."""

    kind: Kind
    start: int
    end: int
    after: str
    #: How sure that is, from 0 to 1, as the model sees it.
    confidence: float
    #: Findings with the same number stand or fall together: the halves of quotations.
    group: int | None


#: By how much a decision must lead, in the model's units (256 to a nat): to be applied by default,
#: and to be offered.
SAFE = {"": 1100, "pause": 1300, "quotes": 1300}
#: What that a pair is one must lead by; 1,300 does for which of its labels it is.
SAFE_PAIR = 2200
LIKELY = 0
#: A pair may be chosen for the company that it leaves room for, though another would gain more.
LIKELY_QUOTES = -2 * UNIT
MISREAD = 900
#: And for a colon that it was a semicolon, which there is only one other mark to be.
MISREAD_COLON = 250

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST})
_LINE = pattern(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_CLAUSE_MARK = pattern("[，；。！？]|[,;](?![0-9])")
_START = attrgetter("start")
_ANY_MARK = pattern("[，；。！？、：,;:]")
_COLUMNS = pattern(r"(?<=\S)(?:\t| {4,}|\u3000{2,})(?=\S)")
_BEFORE = f"{HAN_CLASS}{PAUSE_CLASS}”’）》"
#: A slot between Chinese characters, from its first character to the one behind it: once for each
#: that it may begin with, since a literal is scanned fastest.
SLOT_EXPRESSIONS = tuple(
    rf"{first}(?<=[{_BEFORE}]{first})[ \u3000\"]*+[{HAN_CLASS}“‘（《]"
    for first in (" ", "\u3000", '"')
)
_SLOTS = tuple(map(pattern, SLOT_EXPRESSIONS))
_SLOT = pattern(rf"(?<=[{HAN_CLASS}{PAUSE_CLASS}”’）》])[ \u3000\"]+(?=[{HAN_CLASS}“‘（《])")
#: A line without a clause's mark is prose only if it is longer than titles are.
_LONGEST_TITLE = 45
_LETTER = pattern("[A-Za-z]")
_PAUSES = PAUSE_CLASS + ",;!?"
_COLONS = ":："
_BETWEEN_CHINESE = pattern(f"(?<=[{HAN_CLASS}”’）》 \u3000])[:：][ \u3000]*[{HAN_CLASS}“‘（《]")
_SHORTEST_PROSE = 12
#: What a line opens with, and a space sets apart, is not longer than this.
_LONGEST_OPENING = 12
_ROLE = pattern(
    r"(?:记者|通讯员|摄影|编辑|责编|作者|校对|制图|供图|文字|图文|主编|审核|来源)[ \u3000:：/]*\Z"
    r"|[/／][ \u3000]*(?:文|图|摄)[ \u3000]*\Z"
)
_ROLE_BEHIND = pattern(
    r"(?:摄|文|图|报道|编辑|记者|通讯员|摄影|绘|撰文)(?![\u4e00-\u9fff])|记者|通讯员"
)
_SINGLE_BEHIND = pattern(r"[ \t\u3000]+\S(?![^\s，；。、：？！])")
_SINGLE_BEFORE = pattern(r"(?<![^\s，；。、：？！])\S[ \t\u3000]+\Z")
_PIECE_EDGE = frozenset(' \t\u3000"\r\n' + PAUSE_CLASS + OPENING_CLASS + "”’）》,;:()（）/／")
#: Surnames that most people bear.
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛"
    "叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺"
)
#: Slots between Han characters from which on a line counts as damaged.
_DAMAGED = 3


def findings(view: View, kind: Kind) -> list[Finding]:
    """The findings of one kind in a view, in order of place; computed once for all kinds."""
    known: dict[Kind, list[Finding]] | None = view.__dict__.get("slot_findings")
    if known is None:
        known = view.__dict__["slot_findings"] = {}
        lines = _lines(view)
        texts = [view.text[start:end] for start, end in lines]
        judged = _judged(texts, styled=view.config.latin_space != "keep")
        for finding in _in_text(lines, judged):
            known.setdefault(finding.kind, []).append(finding)
    return known.get(kind, [])


def misread(view: View) -> Iterator[Finding]:
    """The present marks of damaged lines that should be others, in order of place."""
    text = view.text
    lines = [line for line in _lines(view) if len(_SLOT.findall(text, *line)) >= _DAMAGED]
    return _in_text(lines, _ranked([text[start:end] for start, end in lines]))


def _in_text(
    lines: Sequence[tuple[int, int]], found: Sequence[Sequence[Finding]]
) -> Iterator[Finding]:
    """What was found in lines, with offsets and groups of the text."""
    for (line, _), findings_of_line in zip(lines, found, strict=True):
        for kind, start, end, after, confidence, group in findings_of_line:
            whole = None if group is None else line + group
            yield Finding(kind, line + start, line + end, after, confidence, whole)


#: What was found in lines, by what was asked of them: every round asks again for those that it left
#: as they were, and a corpus has many lines twice. Groups and offsets count from the line's start.
_JUDGED: dict[bool, dict[str, list[Finding]]] = {False: {}, True: {}}
_RANKED: dict[str, list[Finding]] = {}
_MOST_KNOWN = 4_000


def _judged(lines: Sequence[str], *, styled: bool) -> list[list[Finding]]:
    """What should stand in the runs of spaces of each line."""

    def judge(missing: Sequence[str]) -> Iterator[list[Finding]]:
        for line, decisions in zip(missing, _decided(missing, marks=False), strict=True):
            yield sorted(_line_findings(line, decisions, styled=styled), key=_START)

    return _remembered(lines, _JUDGED[styled], judge)


def _ranked(lines: Sequence[str]) -> list[list[Finding]]:
    """The present marks of each line that should be others."""

    def judge(missing: Sequence[str]) -> Iterator[list[Finding]]:
        for line, decisions in zip(missing, _decided(missing, marks=True), strict=True):
            yield [
                Finding(
                    Kind.MISREAD, each.start, each.end, each.label,
                    _confidence(each.label_margin), None,
                )
                for each in decisions
                if each.mark and _is_another(line, each)
            ]  # fmt: skip

    return _remembered(lines, _RANKED, judge)


def _is_another(line: str, mark: Decision) -> bool:
    """Whether a present mark should be another one; a half-width colon that is none, the full."""
    if mark.mark not in _COLONS:
        return mark.label != mark.mark and mark.label_margin >= MISREAD
    if not _BETWEEN_CHINESE.match(line, mark.start):
        return False  # a time, a ratio, a setting
    if mark.label == "：":
        return mark.mark != "："
    return mark.label_margin >= MISREAD_COLON


def _remembered(
    lines: Sequence[str],
    known: dict[str, list[Finding]],
    judge: Callable[[Sequence[str]], Iterable[list[Finding]]],
) -> list[list[Finding]]:
    """What is found in each line: as `known`, else by `judge`, which takes all others at once."""
    found = {line: known[line] for line in lines if line in known}
    missing = [line for line in dict.fromkeys(lines) if line not in found]
    new = dict(zip(missing, judge(missing), strict=True))
    if len(known) > _MOST_KNOWN:
        known.clear()
    known.update(new)
    found.update(new)
    return [found[line] for line in lines]


def _decided(lines: Sequence[str], *, marks: bool) -> list[list[Decision]]:
    """The model's decisions on each line, with offsets and indices that count from its start."""
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    found: list[list[Decision]] = [[] for _ in lines]
    number = first = 0
    for index, each in enumerate(decide("\n".join(lines), marks=marks) if lines else ()):
        if each.start >= starts[number + 1]:
            number = bisect_right(starts, each.start) - 1
            first = index
        start = starts[number]
        found[number].append(
            each._replace(
                start=each.start - start,
                end=each.end - start,
                closed_by=each.closed_by - first if each.closed_by >= 0 else -1,
                opened_by=each.opened_by - first if each.opened_by >= 0 else -1,
                opened_at=each.opened_at - start if each.opened_at >= 0 else -1,
            )
        )
    return found


def _lines(view: View) -> list[tuple[int, int]]:
    """The lines of prose that have a slot between Chinese characters."""
    known: list[tuple[int, int]] | None = view.__dict__.get("slot_lines")
    if known is None:
        text = view.text
        lines = [
            (start, end) for start, end in _lines_with_slots(text) if _may_be_prose(text[start:end])
        ]
        known = view.__dict__["slot_lines"] = [
            line
            for line in lines
            if view.blocks[bisect_right(view.blocks, line[0], key=_START) - 1].kind in _PROSE
        ]
    return known


def _lines_with_slots(text: str) -> list[tuple[int, int]]:
    """The lines that have a slot between Chinese characters."""
    lines: list[tuple[int, int]] = []
    for at in sorted(found.start() for slot in _SLOTS for found in slot.finditer(text)):
        if lines and at < lines[-1][1]:
            continue
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        # The other breaks are so rare that they are looked for within lines.
        for line in _LINE.finditer(text, start, end if end >= 0 else len(text)):
            if line.start() <= at < line.end():
                lines.append(line.span())
    return lines


@lru_cache(_MOST_KNOWN)
def _may_be_prose(line: str) -> bool:
    """Whether a line reads like prose: has marks or length, and no columns."""
    if _COLUMNS.search(line) or not _ANY_MARK.search(line):
        return False
    han = count_han(line)
    return han >= _LONGEST_TITLE or (
        han >= _SHORTEST_PROSE and _CLAUSE_MARK.search(line) is not None
    )


def _line_findings(line: str, decisions: Sequence[Decision], *, styled: bool) -> Iterator[Finding]:
    """The findings of one line, from the decisions on its runs of spaces.

    Args:
        styled: whether spaces beside digits are set by a style of their own.
    """
    damaged = len(_SLOT.findall(line)) >= _DAMAGED
    row = range(len(decisions))
    kept = {index for index in row if _belongs(line, decisions[index])}
    # A quotation one end of which is kept is not proposed.
    components = _components(decisions)
    broken = {components[index] for index in kept if index in components}
    levels = _levels(line, decisions, broken, components)
    latin = [_is_latin(line[each.start - 1]) or _is_latin(line[each.end]) for each in decisions]
    for index in row:
        decision = decisions[index]
        low, high = decision.start, decision.end
        if index in kept:
            continue
        group = components.get(index)
        if group is None and not damaged and _sets_apart(line, low, high):
            continue
        if group is not None and group in broken:
            continue
        lead = min(decision.class_margin, decision.label_margin)
        before, behind = line[low - 1], line[high]
        members = [index] if group is None else [i for i in row if components.get(i) == group]
        beside_latin = any(latin[i] for i in members)
        if not decision.label:
            if before in _PAUSES or behind in _PAUSES:
                continue  # the rules of spaces do that
            if beside_latin and (styled or not damaged or _LETTER.search(before + behind)):
                continue  # a matter of style
            what, safe, likely = "", Kind.SPACE, Kind.LIKELY_SPACE
        elif group is not None:
            what, safe, likely = "quotes", Kind.QUOTES, Kind.LIKELY_QUOTES
            lead = min(min(decisions[i].class_margin, decisions[i].label_margin) for i in members)
        else:
            what, safe, likely = "pause", Kind.PAUSE, Kind.LIKELY_PAUSE
        # An opening for which there is not even a space is never set by default, nor at all where a
        # space may set apart what a line opens with.
        unspaced = any(decisions[i].opened_at >= 0 for i in members)
        if unspaced and (
            not damaged
            or any("\u3000" in line[decisions[i].start : decisions[i].end] for i in members)
        ):
            continue
        kind = Kind.UNDECIDED
        pair = group is None or min(decisions[i].class_margin for i in members) >= SAFE_PAIR
        # The space beside a half-width colon is what tells a misread semicolon from a colon set
        # without care (P003): it does not go by default.
        beside_colon = not decision.label and ":" in (before, behind)
        certain = not (beside_latin or unspaced or beside_colon)
        if lead >= SAFE[what] and pair and certain:
            kind = safe
        elif lead >= (LIKELY if group is None else LIKELY_QUOTES):
            kind = likely
        after, opening = levels.get(index, (decision.label, "“"))
        first = None if group is None else decisions[group].start
        yield Finding(kind, low, high, after, _confidence(lead), first)
        if decision.opened_at >= 0:
            at = decision.opened_at
            yield Finding(kind, at, at, opening, _confidence(lead), first)


def _is_latin(char: str) -> bool:
    """Whether a character is an ASCII letter or digit."""
    return char.isascii() and char.isalnum()


def _confidence(lead: int) -> float:
    """Units of lead as a probability, to three places."""
    return round(1 / (1 + exp(-max(lead, 0) / UNIT)), 3)


def _components(decisions: Sequence[Decision]) -> dict[int, int]:
    """Of each slot with a quote, the first slot of the quotations that hang together by slots."""
    found: dict[int, int] = {}
    for index, decision in enumerate(decisions):
        if decision.opened_at >= 0:
            found.setdefault(index, index)
        if decision.closed_by >= 0:
            found[decision.closed_by] = found.setdefault(index, index)
    return found


def _levels(
    line: str,
    decisions: Sequence[Decision],
    broken: set[int],
    components: dict[int, int],
) -> dict[int, tuple[str, str]]:
    """Of slots with quotes their labels, and the openings without a slot of what they close; with
    ‘ ’ for “ ” within another quotation.
    """
    slots = [index for index in sorted(components) if components[index] not in broken]
    if not slots:
        return {}
    places = [(decisions[index].start, index, False) for index in slots]
    places += [
        (decisions[index].opened_at, index, True)
        for index in slots
        if decisions[index].opened_at >= 0
    ]
    found: dict[int, tuple[str, str]] = {}
    openings: dict[int, str] = {}
    depth = 0
    inner: list[bool] = []
    at = 0
    for low, index, unspaced in sorted(places):
        depth += line.count("“", at, low) - line.count("”", at, low)
        depth = max(depth, 0)
        at = low
        if unspaced:
            inner.append(depth > 0)
            openings[index] = "‘" if depth > 0 else "“"
            continue
        label = decisions[index].label
        if "”" in label and inner and inner.pop():
            label = label.replace("”", "’", 1)
        if "“" in label:
            inner.append(depth > 0)
            if depth > 0:
                label = label.replace("“", "‘", 1)
        found[index] = label, openings.get(index, "“")
    return found


def _belongs(line: str, decision: Decision) -> bool:
    """Whether a space belongs where it is: in a byline, in a name set wide."""
    low, high = decision.start, decision.end
    left = low
    while left and line[left - 1] not in _PIECE_EDGE:
        left -= 1
    end = len(line)
    right = high
    while right < end and line[right] not in _PIECE_EDGE:
        right += 1
    if low - left == 1 and right - high == 1:
        # 王 庆, 大 中 小, but not 工 作, nor 跑 改, which is neither a name nor set wide.
        wide = line[left] in _SURNAMES or bool(
            _SINGLE_BEHIND.match(line, right) or _SINGLE_BEFORE.search(line, 0, left)
        )
        return wide and not is_word(line[left] + line[high])
    if low - left == 1 and line[left] in _SURNAMES and line[left - 1 : left] in ("、", "："):
        return not is_word(line[left] + line[high])  # 、张 伟等
    if _ROLE.search(line[max(0, low - 8) : low]) or _ROLE_BEHIND.match(line, high):
        return True
    # A name behind another in a byline.
    if low - left <= 4 and right - high <= 4 and left:
        before = line[max(0, left - 12) : left]
        return bool(_ROLE.search(before) or _IN_BYLINE.search(before))
    return False


def _sets_apart(line: str, low: int, high: int) -> bool:
    """Whether a space stands behind what a line opens with: a number, a speaker, a headword."""
    return "\u3000" in line[low:high] or (
        low <= _LONGEST_OPENING and not _ANY_MARK.search(line, 0, low)
    )


_IN_BYLINE = pattern(
    r"(?:记者|通讯员|摄影|编辑|作者)[ \u3000:：/]*(?:[\u4e00-\u9fff]{2,4}[ \u3000]+)+\Z"
)
