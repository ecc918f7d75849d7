"""What the slot model proposes for the lines of a text.

Lines of prose are judged (`textclean.punctuation.prose_lines`). A byline, a name set wide, a list
of names have spaces that belong there. A space beside a Latin letter or a digit may be a matter of
style: it is never taken away by default, and beside digits only suggested in lines that have lost
marks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import chain
from operator import attrgetter
from string import ascii_letters, digits
from typing import NamedTuple

from textclean.punctuation import certainty
from textclean.punctuation.bylines import belongs, is_set, names_roles
from textclean.punctuation.certainty import ByKind, Finding, Kind, probability
from textclean.punctuation.decisions import Decision, Decisions
from textclean.punctuation.labels import LABELS
from textclean.punctuation.model import decide_columns, misread_marks
from textclean.punctuation.prose_lines import ANY_MARK, Line
from textclean.punctuation.straight_quotes import QUOTE, with_straight_quotes
from textclean.text.classes import HAN_CLASS, PAUSE_CLASS
from textclean.text.memo import Memory
from textclean.text.patterns import pattern

_LETTERS = frozenset(ascii_letters)
_LATIN = _LETTERS | frozenset(digits)
_PAUSES = PAUSE_CLASS + ",;!?"
_COLONS = ":："
#: Behind these no pause was lost.
_DIVIDERS = frozenset(_PAUSES + ".．…—～")
_ENUMERATOR = pattern(r"[0-9][.．、]\Z")
_SAID = pattern(r"[。！？；…][”’」』]\Z")
_BETWEEN_CHINESE = pattern(f"(?<=[{HAN_CLASS}”’）》 \u3000])[:：][ \u3000]*[{HAN_CLASS}“‘（《]")
#: What a line opens with, and a space sets apart, is not longer than this.
_LONGEST_OPENING = 12
#: Slots between Han characters from which on a line counts as damaged.
_DAMAGED = 3
_MOST_KEPT = 4_000

#: Those of present marks: every round asks again for lines that it left as they were.
MARK_FINDINGS: Memory[list[Finding]] = Memory(_MOST_KEPT)


def find_runs(lines: Sequence[Line], *, styled: bool) -> list[ByKind]:
    """What should stand in the runs of spaces of each line of prose.

    Args:
        styled: whether spaces beside digits are set by a style of their own.
    """
    damaged = {line.text for line in lines if line.slots >= _DAMAGED}
    return list(_judge([line.text for line in lines], damaged, styled=styled))


def find_misread(lines: Sequence[Line]) -> Iterator[tuple[int, Finding]]:
    """The present marks of damaged lines of prose that should be others, in order of place, each
    with the offset of its line.
    """
    damaged = [line for line in lines if line.slots >= _DAMAGED]
    of_lines = MARK_FINDINGS.results([line.text for line in damaged], _judge_marks)
    for line, findings in zip(damaged, of_lines, strict=True):
        for finding in findings:
            yield line.start, finding


class _JudgedLine(NamedTuple):
    text: str
    #: Where it stands in the text that was decided.
    begin: int
    #: Whether it has lost marks.
    damaged: bool
    #: What `names_roles` says of it.
    roles: bool


def _judge(lines: Sequence[str], damaged: Set[str], *, styled: bool) -> Iterator[ByKind]:
    decisions = decide_columns("\n".join(lines))
    quoted = sorted(decisions.quoted)
    for line, begin, own in _by_line(lines, decisions.starts):
        judged = _JudgedLine(line, begin, line in damaged, names_roles(line))
        by_kind = _plain_findings(judged, decisions, own, styled=styled)
        here = quoted[bisect_left(quoted, own.start) : bisect_left(quoted, own.stop)]
        if here:
            members = {index: decisions.quoted[index] for index in here}
            for finding in _quoted_findings(judged, members):
                by_kind.setdefault(finding.kind, []).append(finding)
            for findings in by_kind.values():
                findings.sort(key=_START)
        yield with_straight_quotes(line, by_kind)


_START = attrgetter("start")


def _judge_marks(lines: Sequence[str]) -> Iterator[list[Finding]]:
    """The present marks of each line that should be others."""
    decisions = misread_marks("\n".join(lines), certainty.MISREAD_COLON)
    for line, begin, own in _by_line(lines, [each.start for each in decisions]):
        yield [
            Finding(
                Kind.MISREAD, each.start - begin, each.end - begin, each.label,
                probability(each.label_margin), None,
            )
            for each in decisions[own.start : own.stop]
            if _is_another(line, each, each.start - begin)
        ]  # fmt: skip


def _is_another(line: str, mark: Decision, at: int) -> bool:
    """Whether a mark at a place of a line is surely the other one that it is judged to be."""
    if mark.mark in _COLONS:
        return _BETWEEN_CHINESE.match(line, at) is not None  # no time, no ratio, no setting
    return mark.label_margin >= certainty.MISREAD


def _by_line(lines: Sequence[str], starts: Sequence[int]) -> Iterator[tuple[str, int, range]]:
    """Lines, where each starts in them all joined, and the indices of what starts in it."""
    at = first = 0
    for line in lines:
        last = bisect_right(starts, at + len(line), first)
        yield line, at, range(first, last)
        at += len(line) + 1
        first = last


def _plain_findings(
    judged: _JudgedLine, decisions: Decisions, own: range, *, styled: bool
) -> ByKind:
    """The findings of one line but for quotes.

    Args:
        decisions: on all lines of the text.
        own: the indices of those on this one.
        styled: whether spaces beside digits are set by a style of their own.
    """
    line, begin, damaged, roles = judged
    by_kind: ByKind = {}
    quoted = decisions.quoted
    rows = zip(own, decisions.rows(slice(own.start, own.stop)), strict=True)
    for index, (start, end, label, by_class, by_label) in rows:
        if index in quoted:
            continue
        low, high = start - begin, end - begin
        before, behind = line[low - 1], line[high]
        beside_latin = before in _LATIN or behind in _LATIN
        if not label:
            if before in _PAUSES or behind in _PAUSES:
                continue  # the rules of spaces do that
            if beside_latin and (styled or not damaged or before in _LETTERS or behind in _LETTERS):
                continue  # a matter of style
        if label and (before in _DIVIDERS or _SAID.search(line, max(0, low - 2), low)):
            continue  # there is a mark, or a quotation ended with one
        if (
            (not damaged and _sets_apart(line, low, high))
            or belongs(line, low, high, roles=roles)
            or (is_set(line, low, high) and not QUOTE.search(line, low, high))
        ):
            continue
        lead = by_class if by_class < by_label else by_label
        if lead < certainty.LIKELY:
            kind = Kind.UNDECIDED
        elif label:
            sure = lead >= certainty.SAFE_PAUSE and not beside_latin
            kind = Kind.PAUSE if sure else Kind.LIKELY_PAUSE
        else:
            # The space beside a half-width colon is what tells a misread semicolon from a colon set
            # without care (P003): it does not go by default.
            sure = lead >= certainty.SAFE_SPACE and not beside_latin and before != ":" != behind
            kind = Kind.SPACE if sure else Kind.LIKELY_SPACE
        finding = Finding(kind, low, high, LABELS[label], probability(lead), None)
        by_kind.setdefault(kind, []).append(finding)
    return by_kind


def _quoted_findings(judged: _JudgedLine, quoted: Mapping[int, Decision]) -> Iterator[Finding]:
    """The findings of a line's quotations.

    Args:
        quoted: the decisions that open or close one, by their indices, in order.
    """
    line, begin, _, roles = judged
    groups: dict[int, list[int]] = {}
    of_bylines: set[int] = set()
    for index, group in _components(quoted).items():
        groups.setdefault(group, []).append(index)
        decision = quoted[index]
        low, high = decision.start - begin, decision.end - begin
        if not QUOTE.search(line, low, high) and (
            belongs(line, low, high, roles=roles)
            or is_set(line, low, high)
            or _ENUMERATOR.search(line, max(0, low - 2), low)
        ):
            of_bylines.add(group)
    # Skip quotations if either space belongs where it is.
    for group in of_bylines:
        del groups[group]
    at_level = _levels(judged, quoted, sorted(chain(*groups.values())))
    for group, members in groups.items():
        quotation = _quotation(judged, [quoted[index] for index in members])
        if quotation is None:
            continue
        kind, confidence = quotation
        first = quoted[group].start - begin
        for index in members:
            start, end, opened_at = quoted[index].start, quoted[index].end, quoted[index].opened_at
            after, opening = at_level[index]
            yield Finding(kind, start - begin, end - begin, after, confidence, first)
            if opened_at >= 0:
                at = opened_at - begin
                yield Finding(kind, at, at, opening, confidence, first)


def _quotation(judged: _JudgedLine, members: Sequence[Decision]) -> tuple[Kind, float] | None:
    """How sure quotations that hang together are, None if they are not to be proposed."""
    line, begin, damaged, _ = judged
    # An opening for which there is not even a space is never set by default, nor at all where a
    # space may set apart what a line opens with.
    unspaced = any(each.opened_at >= 0 for each in members)
    if unspaced and (
        not damaged
        or any("\u3000" in line[each.start - begin : each.end - begin] for each in members)
    ):
        return None
    surest = min([each.class_margin for each in members])
    which = min([each.label_margin for each in members])
    lead = min(surest, which)
    kind = Kind.LIKELY_QUOTES if lead >= certainty.LIKELY_QUOTES else Kind.UNDECIDED
    least = certainty.SAFE_HALF if len(members) == 1 else certainty.SAFE_PAIR
    if which >= certainty.SAFE_QUOTES and surest >= least and not unspaced:
        beside = [line[at - begin] for each in members for at in (each.start - 1, each.end)]
        if _LATIN.isdisjoint(beside):
            kind = Kind.QUOTES
    return kind, probability(lead)


def _components(quoted: Mapping[int, Decision]) -> dict[int, int]:
    """Of each slot with a quote, the first slot of the quotations that hang together by slots."""
    first_of: dict[int, int] = {}
    for index, decision in quoted.items():
        # What opened without a slot, or is the other half of a printed quote, begins a group too.
        first = first_of.setdefault(index, index)
        if decision.closed_by >= 0:
            first_of[decision.closed_by] = first
    return first_of


def _levels(
    judged: _JudgedLine, decisions: Mapping[int, Decision], slots: Sequence[int]
) -> dict[int, tuple[str, str]]:
    """Of slots with quotes their labels, and the openings without a slot of what they close; with
    ‘ ’ for “ ” within another quotation.
    """
    line, begin = judged.text, judged.begin
    if "“" not in line and "”" not in line:
        return {index: (decisions[index].label, "“") for index in slots}
    places = [(decisions[index].start - begin, index, False) for index in slots]
    places += [
        (decisions[index].opened_at - begin, index, True)
        for index in slots
        if decisions[index].opened_at >= 0
    ]
    labels: dict[int, tuple[str, str]] = {}
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
        labels[index] = label, openings.get(index, "“")
    return labels


def _sets_apart(line: str, low: int, high: int) -> bool:
    """Whether a space stands behind what a line opens with: a number, a speaker, a headword."""
    return "\u3000" in line[low:high] or (
        low <= _LONGEST_OPENING and not ANY_MARK.search(line, 0, low)
    )
