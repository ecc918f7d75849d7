"""Rounds: the stages run over one text, again and again until nothing changes.

A round runs every stage once, each on the text that the last one left. Rounds repeat until one
changes nothing, so cleaning what is clean changes nothing by construction: the result is a text of
which one round finds nothing, whatever it was made from. No rule has to prove that for itself. Each
rule strictly lowers a measure of its own, which is why the rounds end.

Protected spans are recognised in the text alone: when the first repair is proposed, and again after
each round that changed something. Within a round they move with the edits. Rules that are not
applied are asked only where findings are wanted: in the first round, each on its stage's text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from textclean.config import Config
from textclean.engine.plan import Plan, PresentLiterals, Step
from textclean.engine.resolve import hits, resolve
from textclean.engine.rule import BulkProposal, Rule, Stage, View
from textclean.text.columns import EditColumns
from textclean.text.compose import compose, project, rewrite, shift_spans
from textclean.text.edit import Cause, Span, Tier
from textclean.text.kinds.document import Register
from textclean.text.protect import merge_spans, protected_beside, protected_spans

#: Far above what real text needs (three).
MOST_ROUNDS = 40
#: A text that has grown to so many times its length, and by so many characters, goes on growing: a
#: rule of the user's own finds what it put there. (Ours add a mark to a clause at most.)
_MOST_GROWTH = 4
_MOST_GROWN = 10_000


class UnsettledError(RuntimeError):
    """Rounds that do not end: a rule's fault, or a contrived line whose repairs unlock others."""


class Views:
    """The views of one text as it is cleaned. What rules said of them stands, so that a second run
    with more rules asks only those, as far as it meets the same texts.
    """

    def __init__(self, text: str, config: Config) -> None:
        self.text = text
        self.config = config
        self._views: list[tuple[Sequence[tuple[int, int]] | None, View]] = []

    def of(self, text: str, protected: Sequence[tuple[int, int]] | None) -> View:
        """The view of what became of the text, with what is protected of it, if that is known."""
        for known, view in self._views:
            if known == protected and view.text == text:
                return view
        view = View(text, protected, self.config)
        self._views.append((protected, view))
        return view


class UnprotectedError(Exception):
    """Repairs that take the protection from code, an address or the like: only contrived text has
    such.

    Attributes:
        spans: what would be protected no longer, in the text before everything, as reports.
    """

    def __init__(self, spans: list[Span]) -> None:
        super().__init__()
        self.spans = spans


def run_rounds(
    views: Views,
    plan: Plan,
    rank: int,
    findings: list[Span] | None = None,
    *,
    beyond_plane: bool = True,
) -> tuple[str, EditColumns]:
    """The text in which nothing is left to change, and the edits that lead there.

    Where a repair would turn what is protected into prose, which a second cleaning would edit, its
    line stays as it is, or its block; the others are repaired.

    Args:
        views: of the text before everything, under the plan's configuration.
        rank: rules whose tier ranks up to this are applied.
        findings: takes up what the other rules find, written against the original, and which lines
            stay as they are.
        beyond_plane: whether the text may have characters beyond the Basic Multilingual Plane.

    Raises:
        UnsettledError: after `MOST_ROUNDS` rounds there is still something to change.
    """
    count = len(findings or ())
    try:
        return _run(views, plan, rank, findings, beyond_plane=beyond_plane, held=())
    except UnprotectedError:
        if findings is not None:
            del findings[count:]
    options: _Options = (views.config, plan, rank, beyond_plane)
    reports: list[Span] = []
    for border in _BORDERS:
        text, edits, found, reports = _holding(views, findings is not None, options, border)
        # So that a second cleaning changes nothing: it holds the same lines.
        if (
            not (reports and edits)
            or not _holding(Views(text, views.config), False, options, _BORDERS[0])[1]
        ):
            break
    else:  # in doubt, nothing is done
        text, edits = views.text, EditColumns()
    if findings is not None:
        findings += found + reports
    return text, edits


_Options = tuple[Config, Plan, int, bool]
# Of a line, and of a block.
_BORDERS = (re.compile(r"\n"), re.compile(r"\n[ \t\r\u3000]*\n"))
# Lines are held one after another as they are seen to be in trouble; then nothing is done.
_MOST_HELD = 16


def _holding(
    views: Views, finding: bool, options: _Options, border: re.Pattern[str]
) -> tuple[str, EditColumns, list[Span], list[Span]]:
    """The text, the edits, what was found, and a report for each place that is held.

    Args:
        border: what parts the slices that are held.
    """
    _, plan, rank, beyond_plane = options
    held: list[tuple[int, int]] = []
    reports: list[Span] = []
    while True:
        found: list[Span] | None = [] if finding else None
        try:
            text, edits = _run(views, plan, rank, found, beyond_plane=beyond_plane, held=held)
        except UnprotectedError as error:
            lost = error.spans
        else:
            return text, edits, found or [], reports
        reports += lost
        bounds = [0, *(match.end() for match in border.finditer(views.text)), len(views.text)]
        for start, end, *_ in lost:
            low = bounds[max(bisect_right(bounds, start) - 1, 0)]
            high = bounds[min(bisect_left(bounds, end, lo=1), len(bounds) - 1)]
            held.append((low, high))
        held = merge_spans(held)
        if len(reports) > _MOST_HELD:
            held = [(0, len(views.text))]


def _run(
    views: Views,
    plan: Plan,
    rank: int,
    findings: list[Span] | None,
    *,
    beyond_plane: bool,
    held: Sequence[tuple[int, int]],
) -> tuple[str, EditColumns]:
    """What `run_rounds` gives.

    Args:
        held: slices of the text that no rule may touch.

    Raises:
        UnprotectedError: repairs would take the protection from something else.
        UnsettledError: as `run_rounds`.
    """
    # Computed from the first repair on: most texts need none, and are not searched for code.
    protected: Sequence[tuple[int, int]] | None = None
    current = text = views.text
    edits = EditColumns()
    groups = _Groups()
    # For the stages that look for characters wherever they stand: those that are there. After the
    # first round that can only be what was there before, or was inserted since.
    rare = plan.rare[rank]
    alphabet = "".join(rare.present_in(text, beyond_plane=beyond_plane)) if rare else ""
    present = PresentLiterals(text, plan.firsts[rank], alphabet if rare else None)
    # Of each step the text in which it found nothing: while that stands, it need not look again.
    quiet: dict[Step, str] = {}
    for round_ in range(MOST_ROUNDS):
        before = current
        if round_:
            alphabet = "".join({char for char in alphabet if char in current})
        # What rules ask of a text is computed once for all stages that see it as it is.
        view: View | None = None
        reports = findings is not None and not round_
        for step, unapplied in plan.stages[rank] if reports else plan.applied[rank]:
            reported = reports and unapplied.rules
            if round_ and quiet.get(step) is current:
                rules = []
            elif step.by_character:
                rules = step.candidate_rules_for(alphabet) if alphabet else []
            else:
                rules = step.candidate_rules(current, present)
            if not (rules or reported):
                quiet[step] = current
                continue
            if view is None:
                view = views.of(current, protected)
            view.alphabet = alphabet if rare else None
            rules, lowered = _by_register(view, rules, rank)
            if findings is not None and reports:
                others = unapplied.candidate_rules(
                    current, PresentLiterals(current, unapplied.firsts, view.alphabet)
                )
                lowered += _by_register(view, others, -1)[1]
                findings += _findings(text, view, lowered, edits, groups)
            changes = _proposals(view, rules, groups) if rules else None
            if changes:
                protected = _protected_from(rules, view, changes)
                changes = resolve(changes, merge_spans([*protected, *held]) if held else protected)
            if not changes:
                quiet[step] = current
                continue
            inserted = set(changes.afters)
            present.note_edits(inserted)
            if rare is not None:
                alphabet += "".join(inserted)
            edits = compose(text, edits, current, changes, groups.unions)
            if rules[0][0].stage is Stage.ENCODINGS:
                protected = None  # bytes that look like code no longer hide what is
            elif protected:
                protected = shift_spans(protected, changes)
            if held:
                held = shift_spans(held, changes)
            current = rewrite(current, 0, len(current), changes)
            view = None
        if current == before:
            edits.groups = groups.renumber(edits.groups)
            return current, edits
        if len(current) > _MOST_GROWTH * len(text) + _MOST_GROWN:
            break
        now = protected_spans(current, alphabet if rare else None)
        if protected and (lost := _uncovered(merge_spans([*now, *held]), protected)):
            raise UnprotectedError(_left_out(text, edits, current, lost))
        if now != protected:
            protected = now
            quiet.clear()
    codes = sorted({cause.rule for cause in changes.causes} if changes else ())
    raise UnsettledError(f"after {round_ + 1} rounds {codes} still propose changes")


class _Groups:
    """Numbers for the groups of a run: unique while it lasts, in order of place at its end."""

    def __init__(self) -> None:
        self._next = 0
        self.unions: list[tuple[int, ...]] = []

    def number(self, numbers: dict[int, int], key: int) -> int:
        """The number of a rule's group `key`, as kept in `numbers` for this pass of the rule."""
        if key not in numbers:
            numbers[key] = self._next
            self._next += 1
        return numbers[key]

    def renumber(self, groups: list[int | None]) -> list[int | None]:
        """The groups of edits in order of place: those that fused made one, counted from 0."""
        if not self._next:
            return groups
        parent: dict[int, int] = {}

        def root(group: int) -> int:
            while group in parent:
                group = parent[group]
            return group

        for union in self.unions:
            first = root(union[0])
            for other in map(root, union[1:]):
                if other != first:
                    parent[other] = first
        final: dict[int, int] = {}
        numbers = {
            group: None if group is None else final.setdefault(root(group), len(final))
            for group in dict.fromkeys(groups)
        }
        return list(map(numbers.__getitem__, groups))


def _proposals(
    view: View, rules: Sequence[tuple[Rule, Tier]], groups: _Groups, *, changes: bool = True
) -> EditColumns:
    """What rules propose; what changes nothing only where `changes` is false."""
    text = view.text
    single: list[Span] = []
    bulk: list[tuple[list[int], int, str, Cause]] = []
    for rule, tier in rules:
        causes: dict[tuple[str, float], Cause] = {}
        numbers: dict[int, int] = {}
        for proposal in view.once(rule.proposals):
            if isinstance(proposal, BulkProposal):
                starts, length, after, evidence, _ = proposal
                bulk.append((starts, length, after, Cause(rule.code, tier, 1.0, evidence)))
                continue
            start, end, after, evidence, confidence, key = proposal
            if changes and text[start:end] == after:
                continue
            cause = causes.get((evidence, confidence))
            if cause is None:
                cause = causes[evidence, confidence] = Cause(rule.code, tier, confidence, evidence)
            group = None if key is None else groups.number(numbers, key)
            single.append((start, end, after, cause, group))
    columns = EditColumns(single)
    for places in bulk:
        columns.add_places(*places)
    return columns


def _by_register(
    view: View, rules: Sequence[tuple[Rule, Tier]], rank: int
) -> tuple[list[tuple[Rule, Tier]], list[tuple[Rule, Tier]]]:
    """The rules whose tier in the view's register ranks up to `rank`, and the others.

    The register is asked before the rules: where it keeps them out, they need not look. Before the
    register, which costs a reading of the text, stands what a rule finds nothing without.
    """
    applied: list[tuple[Rule, Tier]] = []
    lowered: list[tuple[Rule, Tier]] = []
    register: Register | None = None
    for pair in rules:
        rule, tier = pair
        if rule.given is not None and not view.once(rule.given):
            continue
        if not rule.in_register:
            (applied if tier.rank <= rank else lowered).append(pair)
            continue
        register = register or view.kind.register
        here = rule.tier_in(register, tier)
        if here is not None:
            (applied if here.rank <= rank else lowered).append((rule, here))
    return applied, lowered


def _findings(
    original: str,
    view: View,
    rules: Sequence[tuple[Rule, Tier]],
    edits: EditColumns,
    groups: _Groups,
) -> list[Span]:
    """What rules find in a view, written against the original."""
    proposals = _proposals(view, rules, groups, changes=False)
    pages = view.unreadable if proposals else []
    mere = [
        span
        for span in proposals
        if view.text[span[0] : span[1]] == span[2]
        # Of a page that is no text nothing is said but that.
        and (span[:2] in pages or not hits(span[0], span[1], pages))
    ]
    changes: Sequence[Span] = [
        span for span in proposals if view.text[span[0] : span[1]] != span[2]
    ]
    if changes:
        changes = resolve(changes, _protected_from(rules, view, changes))
    return [
        # A finding about what is there says so in the original's own characters.
        *(
            (start, end, original[start:end], cause, group)
            for start, end, _, cause, group in project(edits, view.text, mere)
        ),
        *project(edits, view.text, changes),
    ]


def _protected_from(
    rules: Sequence[tuple[Rule, Tier]], view: View, changes: Sequence[Span]
) -> Sequence[tuple[int, int]]:
    """The spans that the rules of one stage must not touch: that of entities may replace those,
    that of encodings all that would be protected if it were read right.
    """
    stage = rules[0][0].stage
    if stage is Stage.ENCODINGS:
        return protected_beside(view.text, [(change[0], change[1]) for change in changes])
    if stage is not Stage.ENTITIES:
        return view.protected
    kept: list[tuple[int, int]] = []
    changes = sorted(changes)
    at = 0
    for start, end in view.protected:
        while at < len(changes) and changes[at][0] < end:
            if changes[at][0] > start:
                kept.append((start, changes[at][0]))
            start = changes[at][1]
            at += 1
        if start < end:
            kept.append((start, end))
    return kept


def _uncovered(
    spans: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Those of `others` that do not lie within one of `spans`; both sorted and disjoint."""
    at = 0
    found: list[tuple[int, int]] = []
    for start, end in others:
        while at < len(spans) and spans[at][1] < end:
            at += 1
        if at == len(spans) or spans[at][0] > start:
            found.append((start, end))
    return found


def _left_out(
    original: str, edits: EditColumns, current: str, lost: Sequence[tuple[int, int]]
) -> list[Span]:
    """A report, in the original, of each place that would lose its protection: by the rule of the
    edit that is nearest, which most likely did it.
    """
    reports: list[Span] = []
    places = [(start, end, "", edits[0][3], None) for start, end in lost]
    for start, end, *_ in project(edits, current, places):
        # Edits are in order of place: those within, and the next on each side.
        first = max(bisect_left(edits.ends, start) - 2, 0)
        beside = edits[first : bisect_right(edits.starts, end) + 1]
        near = min(beside, key=lambda edit: max(edit[0] - end, start - edit[1]))
        cause = Cause(near[3].rule, Tier.REPORT, near[3].confidence, _LEFT_OUT)
        reports.append((start, end, original[start:end], cause, None))
    return reports


_LEFT_OUT = "repairs here are left out: what is protected would be so no longer"
