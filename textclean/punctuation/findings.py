"""What the slot model proposes for a text, and how sure it must be.

Lines of prose are judged (`textclean.punctuation.prose_lines`). A byline, a name set wide, a list
of names have spaces that belong there. A space beside a Latin letter or a digit may be a matter of
style: it is never taken away by default, and beside digits only suggested in lines that have lost
marks.

How sure a decision must be was set on held-out text; `docs/model-card.md` has the figures.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from enum import StrEnum
from functools import lru_cache, partial
from itertools import chain
from math import exp
from operator import attrgetter
from string import ascii_letters, digits
from typing import NamedTuple, TypeVar

from textclean.engine.rule import View
from textclean.punctuation.bylines import belongs, names_roles
from textclean.punctuation.model import Decision, decide, decide_in_arrays, misread_marks
from textclean.punctuation.prose_lines import ANY_MARK, lines_of_prose
from textclean.punctuation.slot_weights import UNIT
from textclean.text.classes import HAN_CLASS, PAUSE_CLASS
from textclean.text.memo import LONGEST
from textclean.text.patterns import pattern


class Kind(StrEnum):
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


#: They are very many, and the class's own constructor is Python's code: that of tuples is not.
make_finding = partial(tuple.__new__, Finding)

#: By how much a decision must lead, in the model's units (256 to a nat): to be applied by default,
#: and to be offered.
SAFE = {"": 1100, "pause": 1300, "quotes": 1300}
#: What that a pair is one must lead by; 1,300 does for which of its labels it is.
SAFE_PAIR = 2200
#: And what a half must lead by whose other half is printed.
SAFE_HALF = 900
LIKELY = 0
#: A pair may be chosen for the company that it leaves room for, though another would gain more.
LIKELY_QUOTES = -2 * UNIT
MISREAD = 900
#: And for a colon that it was a semicolon, which there is only one other mark to be.
MISREAD_COLON = 250

START = attrgetter("start")
_Found = TypeVar("_Found")
LETTERS = frozenset(ascii_letters)
LATIN = LETTERS | frozenset(digits)
PAUSES = PAUSE_CLASS + ",;!?"
_COLONS = ":："
_BETWEEN_CHINESE = pattern(f"(?<=[{HAN_CLASS}”’）》 \u3000])[:：][ \u3000]*[{HAN_CLASS}“‘（《]")
#: What a line opens with, and a space sets apart, is not longer than this.
LONGEST_OPENING = 12
#: Slots between Han characters from which on a line counts as damaged.
_DAMAGED = 3


#: The findings of a line, those of each kind in order of place.
ByKind = dict[Kind, list[Finding]]


def findings(view: View, kind: Kind) -> list[Finding]:
    """The findings of one kind in a view, in order of place."""
    return [
        Finding(
            kind, at + start, at + end, after, confidence, None if group is None else at + group
        )
        for at, found in by_line(view, kind)
        for _, start, end, after, confidence, group in found
    ]


def by_line(view: View, kind: Kind) -> list[tuple[int, list[Finding]]]:
    """The findings of one kind in order of place: those of each line, with the line's offset.

    What they say of places, and their groups, counts from there. Computed once for all kinds.
    """
    known: list[tuple[int, ByKind]] | None = view.__dict__.get("slot_findings")
    if known is None:
        lines = lines_of_prose(view)
        damaged = {line.text for line in lines if line.slots >= _DAMAGED}
        judged = _judged(
            [line.text for line in lines], damaged, styled=view.config.latin_space != "keep"
        )
        starts = [line.start for line in lines]
        known = view.__dict__["slot_findings"] = list(zip(starts, judged, strict=True))
    return [(start, found[kind]) for start, found in known if kind in found]


def misread(view: View) -> Iterator[Finding]:
    """The present marks of damaged lines that should be others, in order of place."""
    lines = [line for line in lines_of_prose(view) if line.slots >= _DAMAGED]
    ranked = _ranked([line.text for line in lines])
    for line, found in zip(lines, ranked, strict=True):
        for each in found:
            yield each._replace(start=line.start + each.start, end=line.start + each.end)


#: What was found in lines, by what was asked of them: every round asks again for those that it left
#: as they were, and a corpus has many lines twice. Groups and offsets count from the line's start.
_JUDGED: dict[bool, dict[str, ByKind]] = {False: {}, True: {}}
_RANKED: dict[str, list[Finding]] = {}
_MOST_KNOWN = 4_000


def _judged(lines: Sequence[str], damaged: Set[str], *, styled: bool) -> list[ByKind]:
    """What should stand in the runs of spaces of each line.

    Args:
        damaged: those of the lines that have lost marks.
    """

    def judge(missing: Sequence[str]) -> Iterable[ByKind]:
        text = "\n".join(missing)
        lost = [line in damaged for line in missing]
        if (columns := decide_in_arrays(text)) is not None:
            from textclean.punctuation import bulk_findings

            return bulk_findings.line_findings(missing, *columns, lost, styled=styled)
        return line_findings(missing, decide(text), lost, styled=styled)

    return _remembered(lines, _JUDGED[styled], judge)


def line_findings(
    lines: Sequence[str],
    decisions: Sequence[Decision],
    damaged: Sequence[bool],
    *,
    styled: bool,
) -> Iterator[ByKind]:
    """What should stand in the slots of each line.

    Args:
        lines: they were decided as one text, with a line feed between two.
        decisions: on their slots.
        damaged: of each line whether it has lost marks.
        styled: whether spaces beside digits are set by a style of their own.
    """
    for (line, start, own), lost in zip(_by_line(lines, decisions), damaged, strict=True):
        found: ByKind = {}
        # What opens without a slot is found with what it is closed by: hence sorted.
        for finding in sorted(
            _line_findings(line, start, decisions, own, damaged=lost, styled=styled), key=START
        ):
            found.setdefault(finding.kind, []).append(finding)
        yield found


def _ranked(lines: Sequence[str]) -> list[list[Finding]]:
    """The present marks of each line that should be others."""

    def judge(missing: Sequence[str]) -> Iterator[list[Finding]]:
        decisions = misread_marks("\n".join(missing), MISREAD_COLON)
        for line, start, own in _by_line(missing, decisions):
            yield [
                Finding(
                    Kind.MISREAD, each.start - start, each.end - start, each.label,
                    probability(each.label_margin), None,
                )
                for each in decisions[own.start : own.stop]
                if _is_another(line, each, each.start - start)
            ]  # fmt: skip

    return _remembered(lines, _RANKED, judge)


def _is_another(line: str, mark: Decision, at: int) -> bool:
    """Whether a mark at a place of a line is surely the other one that it is judged to be."""
    if mark.mark in _COLONS:
        return _BETWEEN_CHINESE.match(line, at) is not None  # no time, no ratio, no setting
    return mark.label_margin >= MISREAD


def _remembered(
    lines: Sequence[str],
    known: dict[str, _Found],
    judge: Callable[[Sequence[str]], Iterable[_Found]],
) -> list[_Found]:
    """What is found in each line: as `known`, else by `judge`, which takes all others at once."""
    found = {line: known[line] for line in lines if line in known}
    missing = [line for line in dict.fromkeys(lines) if line not in found]
    new = dict(zip(missing, judge(missing), strict=True)) if missing else {}
    if len(known) > _MOST_KNOWN:
        known.clear()
    known.update((line, what) for line, what in new.items() if len(line) <= LONGEST)
    found.update(new)
    return [found[line] for line in lines]


def _by_line(
    lines: Sequence[str], decisions: Sequence[Decision]
) -> Iterator[tuple[str, int, range]]:
    """Lines, where each starts in them all joined, and the indices of the decisions on it."""
    starts = [each.start for each in decisions]
    at = first = 0
    for line in lines:
        last = bisect_right(starts, at + len(line), first)
        yield line, at, range(first, last)
        at += len(line) + 1
        first = last


def _line_findings(
    line: str,
    begin: int,
    decisions: Sequence[Decision],
    own: range,
    *,
    damaged: bool,
    styled: bool,
) -> Iterator[Finding]:
    """The findings of one line, from the decisions on its runs of spaces.

    Args:
        begin: where the line stands in the text that was decided.
        decisions: on all lines of that text.
        own: the indices of those on this one.
        damaged: whether the line has lost marks.
        styled: whether spaces beside digits are set by a style of their own.
    """
    roles = names_roles(line)
    quoted = {
        index: decisions[index]
        for index in own
        if "“" in decisions[index].label or "”" in decisions[index].label
    }
    yield from _quoted_findings(line, begin, quoted, damaged=damaged, roles=roles)
    for index in own:
        if index in quoted:
            continue
        start, end, _, label, by_class, by_label, _, _, _ = decisions[index]
        low, high = start - begin, end - begin
        before, behind = line[low - 1], line[high]
        beside_latin = before in LATIN or behind in LATIN
        if label:
            safe, kind, likely = SAFE["pause"], Kind.PAUSE, Kind.LIKELY_PAUSE
        else:
            if before in PAUSES or behind in PAUSES:
                continue  # the rules of spaces do that
            if beside_latin and (styled or not damaged or before in LETTERS or behind in LETTERS):
                continue  # a matter of style
            safe, kind, likely = SAFE[""], Kind.SPACE, Kind.LIKELY_SPACE
        if (not damaged and _sets_apart(line, low, high)) or belongs(line, low, high, roles=roles):
            continue
        lead = by_class if by_class < by_label else by_label
        # The space beside a half-width colon is what tells a misread semicolon from a colon set
        # without care (P003): it does not go by default.
        if lead < safe or beside_latin or (not label and ":" in (before, behind)):
            kind = likely if lead >= LIKELY else Kind.UNDECIDED
        yield make_finding((kind, low, high, label, probability(lead), None))


def _quoted_findings(
    line: str, begin: int, quoted: Mapping[int, Decision], *, damaged: bool, roles: bool
) -> Iterator[Finding]:
    """The findings of a line's quotations.

    Args:
        begin: where the line stands in the text that was decided.
        quoted: the decisions that open or close a quotation, by their indices, in order.
        damaged: whether the line has lost marks.
        roles: what `names_roles` says of the line.
    """
    group_of = _components(quoted)
    groups: dict[int, list[int]] = {}
    for index, group in group_of.items():
        groups.setdefault(group, []).append(index)
    for group, members in [*groups.items()]:
        # A quotation one end of which is kept is not proposed.
        spans = [(quoted[index].start - begin, quoted[index].end - begin) for index in members]
        if any(belongs(line, low, high, roles=roles) for low, high in spans):
            del groups[group]
    at_level = levels(line, begin, quoted, sorted(chain(*groups.values()))) if groups else {}
    for group, members in groups.items():
        quotation = _quotation(line, begin, [quoted[index] for index in members], damaged=damaged)
        if quotation is None:
            continue
        kind, confidence = quotation
        first = quoted[group].start - begin
        for index in members:
            start, end, opened_at = quoted[index].start, quoted[index].end, quoted[index].opened_at
            after, opening = at_level[index]
            yield make_finding((kind, start - begin, end - begin, after, confidence, first))
            if opened_at >= 0:
                at = opened_at - begin
                yield make_finding((kind, at, at, opening, confidence, first))


def _quotation(
    line: str, begin: int, members: Sequence[Decision], *, damaged: bool
) -> tuple[Kind, float] | None:
    """How sure quotations that hang together are, None if they are not to be proposed."""
    # An opening for which there is not even a space is never set by default, nor at all where a
    # space may set apart what a line opens with.
    unspaced = any(each.opened_at >= 0 for each in members)
    if unspaced and (
        not damaged
        or any("\u3000" in line[each.start - begin : each.end - begin] for each in members)
    ):
        return None
    surest = min(each.class_margin for each in members)
    which = min(each.label_margin for each in members)
    lead = min(surest, which)
    kind = Kind.LIKELY_QUOTES if lead >= LIKELY_QUOTES else Kind.UNDECIDED
    least = SAFE_HALF if len(members) == 1 else SAFE_PAIR
    if which >= SAFE["quotes"] and surest >= least and not unspaced:
        beside = (line[at - begin] for each in members for at in (each.start - 1, each.end))
        if LATIN.isdisjoint(beside):
            kind = Kind.QUOTES
    return kind, probability(lead)


@lru_cache(_MOST_KNOWN)
def probability(lead: int) -> float:
    """Units of lead as a probability, to three places."""
    return round(1 / (1 + exp(-max(lead, 0) / UNIT)), 3)


def _components(quoted: Mapping[int, Decision]) -> dict[int, int]:
    """Of each slot with a quote, the first slot of the quotations that hang together by slots."""
    found: dict[int, int] = {}
    for index, decision in quoted.items():
        if decision.closed_by >= 0:
            found[decision.closed_by] = found.setdefault(index, index)
        elif "“" in decision.label or "”" in decision.label:
            # What opened without a slot, or the other half of a printed quote.
            found.setdefault(index, index)
    return found


def levels(
    line: str, begin: int, decisions: Mapping[int, Decision], slots: Sequence[int]
) -> dict[int, tuple[str, str]]:
    """Of slots with quotes their labels, and the openings without a slot of what they close; with
    ‘ ’ for “ ” within another quotation.
    """
    places = [(decisions[index].start - begin, index, False) for index in slots]
    places += [
        (decisions[index].opened_at - begin, index, True)
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


def _sets_apart(line: str, low: int, high: int) -> bool:
    """Whether a space stands behind what a line opens with: a number, a speaker, a headword."""
    return "\u3000" in line[low:high] or (
        low <= LONGEST_OPENING and not ANY_MARK.search(line, 0, low)
    )
