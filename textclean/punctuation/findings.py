"""What the slot model proposes for a text: which lines it may judge, and how sure it must be.

Lines of prose are judged. A title, a byline, a name set wide, a list of names, a table's columns
have spaces that belong there. A space beside a Latin letter or a digit may be a matter of style: it
is never taken away by default, and beside digits only suggested in lines that have lost marks.

How sure a decision must be was set on held-out text; `docs/model-card.md` has the figures.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum
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
SAFE = {"": 1100, "pause": 1400, "quotes": 1150}
LIKELY = 0
MISREAD = 1300

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST})
_LINE = pattern(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_CLAUSE_MARK = pattern("[，；。！？]|[,;](?![0-9])")
_ANY_MARK = pattern("[，；。！？、：,;:]")
_COLUMNS = pattern(r"(?<=\S)(?:\t| {4,}|\u3000{2,})(?=\S)")
_SLOT = pattern(rf"(?<=[{HAN_CLASS}{PAUSE_CLASS}”’）》])[ \u3000\"]+(?=[{HAN_CLASS}“‘（《])")
#: A line without a clause's mark is prose only if it is longer than titles are.
_LONGEST_TITLE = 45
_LETTER = pattern("[A-Za-z]")
_PAUSES = PAUSE_CLASS + ",;!?"
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


def findings(view: View) -> list[Finding]:
    """All findings in a view, in order of place; computed once for all rules."""
    known = view.__dict__.get("slot_findings")
    if known is None:
        known = view.__dict__["slot_findings"] = list(_find(view))
    return known


def misread(view: View) -> list[Finding]:
    """The present marks of damaged lines that should be others, in order of place."""
    text = view.text
    lines = [
        (start, end)
        for start, end in _lines(view)
        if sum(1 for _ in _SLOT.finditer(text, start, end)) >= _DAMAGED
    ]
    return [
        Finding(
            Kind.MISREAD,
            start + decision.start,
            start + decision.end,
            decision.label,
            _confidence(decision.label_margin),
            None,
        )
        for (start, _), decisions in zip(lines, _decided(text, lines, marks=True), strict=True)
        for decision in decisions
        if decision.mark and decision.label != decision.mark and decision.label_margin >= MISREAD
    ]


def _find(view: View) -> Iterator[Finding]:
    text = view.text
    lines = list(_lines(view))
    styled = view.config.latin_space != "keep"
    for (start, end), decisions in zip(lines, _decided(text, lines, marks=False), strict=True):
        found = _line_findings(text, start, end, decisions, styled=styled)
        yield from sorted(found, key=attrgetter("start"))


#: What was decided of lines, since every round asks again for those that it left as they were.
_KNOWN: dict[tuple[str, bool], list[Decision]] = {}
_MOST_KNOWN = 4_000


def _decided(text: str, lines: Sequence[tuple[int, int]], *, marks: bool) -> list[list[Decision]]:
    """The model's decisions on each line, with offsets and indices that count from its start."""
    wanted = [(text[start:end], marks) for start, end in lines]
    if len(_KNOWN) > _MOST_KNOWN:
        _KNOWN.clear()
    found = {key: _KNOWN[key] for key in wanted if key in _KNOWN}
    missing = [key for key in dict.fromkeys(wanted) if key not in found]
    starts: list[int] = []
    at = 0
    for line, _ in missing:
        starts.append(at)
        at += len(line) + 1
        found[line, marks] = []
    firsts: dict[int, int] = {}
    for index, decision in enumerate(
        decide("\n".join(line for line, _ in missing), marks=marks) if missing else ()
    ):
        number = bisect_right(starts, decision.start) - 1
        first, start = firsts.setdefault(number, index), starts[number]
        found[missing[number]].append(
            decision._replace(
                start=decision.start - start,
                end=decision.end - start,
                closed_by=decision.closed_by - first if decision.closed_by >= 0 else -1,
                opened_by=decision.opened_by - first if decision.opened_by >= 0 else -1,
                opened_at=decision.opened_at - start if decision.opened_at >= 0 else -1,
            )
        )
    _KNOWN.update((key, found[key]) for key in missing)
    return [found[key] for key in wanted]


def _lines(view: View) -> Iterator[tuple[int, int]]:
    """The lines of prose that have a slot between Chinese characters."""
    text = view.text
    for block in view.blocks:
        if block.kind not in _PROSE or not _SLOT.search(text, block.start, block.end):
            continue
        for line in _LINE.finditer(text, block.start, block.end):
            start, end = line.span()
            if not _SLOT.search(text, start, end) or _COLUMNS.search(text, start, end):
                continue
            han = count_han(line.group())
            if han < _SHORTEST_PROSE or not _ANY_MARK.search(text, start, end):
                continue
            if not _CLAUSE_MARK.search(text, start, end) and han < _LONGEST_TITLE:
                continue
            yield start, end


def _line_findings(
    text: str,
    start: int,
    end: int,
    decisions: Sequence[Decision],
    *,
    styled: bool,
) -> Iterator[Finding]:
    """The findings of one line of `text`, from the decisions on its runs of spaces.

    Args:
        styled: whether spaces beside digits are set by a style of their own.
    """
    damaged = sum(1 for _ in _SLOT.finditer(text, start, end)) >= _DAMAGED
    row = range(len(decisions))
    kept = {index for index in row if _belongs(text, start, end, decisions[index])}
    # A quotation one end of which is kept is not proposed.
    components = _components(decisions)
    broken = {components[index] for index in kept if index in components}
    levels = _levels(text, start, decisions, broken, components)
    for index in row:
        decision = decisions[index]
        low, high = decision.start + start, decision.end + start
        if index in kept:
            continue
        group = components.get(index)
        if group is None and not damaged and _sets_apart(text, start, low, high):
            continue
        if group is not None and group in broken:
            continue
        lead = min(decision.class_margin, decision.label_margin)
        before, behind = text[low - 1], text[high]
        members = [index] if group is None else [i for i in row if components.get(i) == group]
        beside_latin = any(
            _is_latin(text[decisions[i].start + start - 1])
            or _is_latin(text[decisions[i].end + start])
            for i in members
        )
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
        # An opening for which there is not even a space is never set by default.
        unspaced = any(decisions[i].opened_at >= 0 for i in members)
        kind = Kind.UNDECIDED
        if lead >= SAFE[what] and not beside_latin and not unspaced:
            kind = safe
        elif lead >= LIKELY:
            kind = likely
        label, opening = levels.get(index, (decision.label, "“"))
        confidence = _confidence(lead)
        yield Finding(kind, low, high, label, confidence, group)
        if decision.opened_at >= 0:
            at = decision.opened_at + start
            yield Finding(kind, at, at, opening, confidence, group)


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
    text: str,
    start: int,
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
    opened = {decisions[index].opened_at: index for index in slots}
    opened.pop(-1, None)
    events = sorted([*((at, True) for at in opened), *((decisions[i].start, False) for i in slots)])
    starts = {decisions[index].start: index for index in slots}
    found: dict[int, tuple[str, str]] = {}
    openings: dict[int, str] = {}
    depth = 0
    inner: list[bool] = []
    at = start
    for place, is_opening in events:
        low = place + start
        depth += text.count("“", at, low) - text.count("”", at, low)
        depth = max(depth, 0)
        at = low
        if is_opening:
            inner.append(depth > 0)
            openings[opened[place]] = "‘" if depth > 0 else "“"
            continue
        index = starts[place]
        label = decisions[index].label
        if "”" in label and inner and inner.pop():
            label = label.replace("”", "’", 1)
        if "“" in label:
            inner.append(depth > 0)
            if depth > 0:
                label = label.replace("“", "‘", 1)
        found[index] = label, openings.get(index, "“")
    return found


def _belongs(text: str, start: int, end: int, decision: Decision) -> bool:
    """Whether a space belongs where it is: in a byline, in a name set wide."""
    low, high = decision.start + start, decision.end + start
    left = low
    while left > start and text[left - 1] not in _PIECE_EDGE:
        left -= 1
    right = high
    while right < end and text[right] not in _PIECE_EDGE:
        right += 1
    if low - left == 1 and right - high == 1:
        # 王 庆, 大 中 小, but not 工 作, nor 跑 改, which is neither a name nor set wide.
        wide = text[left] in _SURNAMES or bool(
            _SINGLE_BEHIND.match(text, right, end) or _SINGLE_BEFORE.search(text, start, left)
        )
        return wide and not is_word(text[left] + text[high])
    if low - left == 1 and text[left] in _SURNAMES and text[left - 1 : left] in ("、", "："):
        return not is_word(text[left] + text[high])  # 、张 伟等
    if _ROLE.search(text[max(start, low - 8) : low]) or _ROLE_BEHIND.match(text, high, end):
        return True
    # A name behind another in a byline.
    if low - left <= 4 and right - high <= 4 and left > start:
        before = text[max(start, left - 12) : left]
        return bool(_ROLE.search(before) or _IN_BYLINE.search(before))
    return False


def _sets_apart(text: str, start: int, low: int, high: int) -> bool:
    """Whether a space stands behind what a line opens with: a number, a speaker, a headword."""
    return "\u3000" in text[low:high] or (
        low - start <= _LONGEST_OPENING and not _ANY_MARK.search(text, start, low)
    )


_IN_BYLINE = pattern(
    r"(?:记者|通讯员|摄影|编辑|作者)[ \u3000:：/]*(?:[\u4e00-\u9fff]{2,4}[ \u3000]+)+\Z"
)
