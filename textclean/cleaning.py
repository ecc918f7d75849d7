"""`clean` and `check`: the stages run over one text, again and again until nothing changes.

A round runs every stage once, each on the text that the last one left. Rounds repeat until one
changes nothing, so cleaning what is clean changes nothing by construction: the result is a text of
which one round finds nothing, whatever it was made from. Each rule strictly lowers a measure of its
own, which is why the rounds end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice

from textclean.config import Config
from textclean.errors import ConfigError, InvalidTextError
from textclean.rules.registry import Everywhere, Rule, Stage, Trigger, View, all_rules
from textclean.text.cleaned import Cleaned
from textclean.text.columns import EditColumns
from textclean.text.compose import compose, project, rewrite, shift_spans
from textclean.text.edit import Cause, Edit, Span, Tier
from textclean.text.patterns import pattern
from textclean.text.protect import protected_spans
from textclean.text.resolve import resolve
from textclean.text.spans import Spans

DEFAULT = Config()
_FAMILIES = "CTPSRLQXD"
# Far above what real text needs (three): what is not still by then is a fault in a rule.
_MOST_ROUNDS = 40


def clean(text: str, config: Config | None = None) -> Cleaned:
    """Repair a text: apply what the configuration's tier allows, keep the rest as suggestions.

    Args:
        text: any string of Unicode characters; ``\\r\\n`` and ``\\n`` are kept as they are.
        config: what to run and what to apply; by default all rules, tier ``safe``.

    Raises:
        InvalidTextError: `text` is no string, or holds a lone surrogate.
        ConfigError: the configuration names a rule that does not exist.
    """
    config = DEFAULT if config is None else config
    plan = _plan(config)
    _require_text(text)
    cleaned, spans = _run(text, plan, plan.rank)
    return Cleaned(text, cleaned, EditColumns.from_spans(spans), partial(_suggest, config))


def check(text: str, config: Config | None = None) -> list[Edit]:
    """Everything `clean` finds, applied or not, in order of place."""
    cleaned = clean(text, config)
    return sorted([*cleaned.edits, *cleaned.suggestions], key=lambda e: (e.start, e.end, e.rule))


def clean_many(
    texts: Iterable[str], config: Config | None = None, workers: int | None = None
) -> Iterator[Cleaned]:
    """Clean a stream of texts, in input order; memory holds a few batches, never all of it.

    Args:
        texts: any iterable; it is read as results are taken.
        config: as for `clean`.
        workers: processes to spread the work over; None or 1: this one alone.
    """
    if workers is None or workers <= 1:
        yield from (clean(text, config) for text in texts)
        return
    from collections import deque
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    config = DEFAULT if config is None else config
    suggest = partial(_suggest, config)
    batches = _batches(texts)
    # spawn works everywhere and never copies a process that runs threads.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[tuple[list[str], Future[list[tuple[str, EditColumns]]]]] = deque()
        while True:
            for batch in islice(batches, 2 * workers - len(waiting)):
                waiting.append((batch, pool.submit(_clean_batch, batch, config)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            for original, (text, columns) in zip(batch, future.result(), strict=True):
                yield Cleaned(original, text, columns, suggest)


def _batches(texts: Iterable[str], characters: int = 200_000) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= characters or len(batch) >= 2_000:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _clean_batch(texts: list[str], config: Config) -> list[tuple[str, EditColumns]]:
    return [(done.text, done.columns) for done in (clean(text, config) for text in texts)]


def _require_text(text: object) -> None:
    if not isinstance(text, str):
        raise InvalidTextError(f"expected a string, got {type(text).__name__}")
    try:
        text.encode("utf-16-le")  # the encoding that is cheapest to try
    except UnicodeEncodeError as error:
        raise InvalidTextError(
            f"lone surrogate U+{ord(text[error.start]):04X} at offset {error.start}: this is not "
            "Unicode text; decode it again with errors='strict' to see where it comes from"
        ) from None


class _Step:
    """The rules of one stage, with the tier in force for each, and the gates before them.

    Triggers are kept by what their matches begin with: whether a text holds that character is asked
    once for all of them, and a gate for three or more tells in one scan that none finds a match.
    """

    def __init__(self, rules: Sequence[tuple[Rule, Tier]]) -> None:
        self.rules = tuple(rules)
        #: The rules without triggers, which are always asked.
        self._always = [index for index, (rule, _) in enumerate(rules) if not rule.triggers]
        by_first: dict[str, dict[Trigger, list[int]]] = {}
        for index, (rule, _) in enumerate(rules):
            for trigger in rule.triggers:
                by_first.setdefault(trigger.first, {}).setdefault(trigger, []).append(index)
        self._triggers = [
            (first, _any_of(shared) if first and len(shared) > 2 else None, list(shared.items()))
            for first, shared in by_first.items()
        ]
        #: What the rules look for, if that is characters, wherever they stand.
        self.characters = (
            _any_of(trigger for rule, _ in rules for trigger in rule.triggers)
            if rules and all(rule.by_character for rule, _ in rules)
            else None
        )

    def worth_a_look(self, text: str) -> list[tuple[Rule, Tier]]:
        """The rules that may find something in `text`.

        Where all that they look for is characters, `text` may be just those that a text holds.
        """
        found = set(self._always)
        for first, gate, triggers in self._triggers:
            if first in text and (gate is None or gate.search(text)):
                for trigger, indices in triggers:
                    if not found.issuperset(indices) and trigger.found_in(text):
                        found.update(indices)
        return [self.rules[index] for index in sorted(found)] if found else []


def _any_of(triggers: Iterable[Trigger]) -> re.Pattern[str]:
    return pattern("|".join(dict.fromkeys(trigger.expression for trigger in triggers)))


@dataclass(frozen=True)
class _Plan:
    """The rules that a configuration runs, by stage."""

    #: By the rank of the tier that is applied: stage by stage the rules that are, and the others.
    stages: tuple[tuple[tuple[_Step, _Step], ...], tuple[tuple[_Step, _Step], ...]]
    #: Of these the stages that have rules to apply.
    applied: tuple[tuple[tuple[_Step, _Step], ...], tuple[tuple[_Step, _Step], ...]]
    #: By the same rank: all that the stages look for that look for single characters.
    rare: tuple[re.Pattern[str] | None, re.Pattern[str] | None]
    config: Config
    #: The rank of the configuration's own tier.
    rank: int


@cache
def _plan(config: Config) -> _Plan:
    rules = all_rules()
    codes = [rule.code for rule in rules]
    for option in ("select", "ignore", "tiers"):
        for prefix in getattr(config, option):
            known = any(code.startswith(prefix) for code in codes)
            if not known and not (len(prefix) == 1 and prefix in _FAMILIES):
                raise ConfigError(
                    f"{option}: there is no rule {prefix!r}; `textclean rules` lists them all"
                )
    chosen = [
        (rule, config.tier_of(rule.code, rule.tier))
        for rule in rules
        if config.selects(rule.code) and (rule.enabled is None or rule.enabled(config))
    ]
    stages = [[pair for pair in chosen if pair[0].stage is stage] for stage in Stage]

    def steps(rank: int) -> tuple[tuple[_Step, _Step], ...]:
        return tuple(
            (
                _Step([pair for pair in stage if pair[1].rank <= rank]),
                _Step([pair for pair in stage if pair[1].rank > rank]),
            )
            for stage in stages
            if stage
        )

    def rare(steps: tuple[tuple[_Step, _Step], ...]) -> re.Pattern[str] | None:
        gates = [step.characters.pattern for step, _ in steps if step.characters]
        return pattern("|".join(dict.fromkeys(gates))) if gates else None

    every = steps(0), steps(1)
    applied = tuple(tuple(pair for pair in pairs if pair[0].rules) for pairs in every)
    return _Plan(
        every, (applied[0], applied[1]), (rare(every[0]), rare(every[1])), config, config.tier.rank
    )


def _run(
    text: str, plan: _Plan, rank: int, findings: list[Span] | None = None
) -> tuple[str, Spans]:
    """The text at rest, and the edits that lead there from `text`.

    Args:
        rank: rules whose tier ranks up to this are applied.
        findings: takes up what the other rules find, written against `text`.
    """
    # Known from the first repair on: most texts need none, and are not searched for code.
    protected: Sequence[tuple[int, int]] | None = None
    current = text
    spans = Spans()
    groups = _Groups()
    rare = plan.rare[rank]
    alphabet = ""
    # Of each step the text in which it found nothing: while that stands, it need not look again.
    rested: dict[_Step, str] = {}
    for round_ in range(_MOST_ROUNDS):
        before = current
        # For the stages that look for characters wherever they stand: those that are there. After
        # the first round that can only be what was there before, or was inserted since.
        if rare is not None:
            seen = (
                {char for char in alphabet if char in current} if round_ else rare.findall(current)
            )
            alphabet = "".join(set(seen))
        # What rules ask of a text is computed once for all stages that find it as it is.
        view: View | None = None
        reports = findings is not None and not round_
        for step, unapplied in plan.stages[rank] if reports else plan.applied[rank]:
            asked = reports and unapplied.rules
            if rested.get(step) is current:
                rules = []
            elif step.characters:
                rules = step.worth_a_look(alphabet) if alphabet else []
            else:
                rules = step.worth_a_look(current)
            if not (rules or asked):
                rested[step] = current
                continue
            if view is None:
                view = View(current, protected, plan.config, alphabet if rare is not None else None)
            if findings is not None and asked:
                findings += _findings(text, view, unapplied, spans, groups)
            found = _proposals(view, rules, groups) if rules else None
            if found:
                protected = view.protected
                found = resolve(found, protected)
            if not found:
                rested[step] = current
                continue
            if rare is not None:
                alphabet += "".join(set(found.afters))
            spans = compose(text, spans, current, found, groups.unions)
            if protected:
                protected = shift_spans(protected, found)
            current = rewrite(current, 0, len(current), found)
            view = None
        if current == before:
            spans.groups = groups.renumber(spans.groups)
            return current, spans
        now = protected_spans(current)
        if protected and not _covers(now, protected):
            # Only contrived text gets here: a repair would turn what was code, an address or the
            # like into prose, so that a second cleaning would edit it. In doubt, nothing is done.
            return text, Spans()
        if now != protected:
            protected = now
            rested.clear()
    raise RuntimeError(
        f"the rules do not come to rest: after {_MOST_ROUNDS} rounds "
        f"{sorted({cause.rule for cause in found.causes} if found else ())} still find something"
    )


class _Groups:
    """Numbers for the groups of a run: unique while it lasts, in order of place at its end."""

    def __init__(self) -> None:
        self._next = 0
        self.unions: list[tuple[int, ...]] = []

    def number(self, known: dict[int, int], key: int) -> int:
        """The number of a rule's group `key`, as kept in `known` for this pass of the rule."""
        if key not in known:
            known[key] = self._next
            self._next += 1
        return known[key]

    def renumber(self, groups: list[int | None]) -> list[int | None]:
        """The groups of spans in order of place: those that fused made one, counted from 0."""
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
        return [
            None if group is None else final.setdefault(root(group), len(final)) for group in groups
        ]


def _proposals(
    view: View, rules: Sequence[tuple[Rule, Tier]], groups: _Groups, *, changes: bool = True
) -> Spans:
    """What rules propose; what changes nothing only where `changes` is false."""
    text = view.text
    spans = Spans()
    for rule, tier in rules:
        causes: dict[tuple[str, float], Cause] = {}
        known: dict[int, int] = {}
        for found in rule.find(view):
            if isinstance(found, Everywhere):
                starts, length, after, evidence = found
                cause = Cause(rule.code, tier, 1.0, evidence)
                spans.add_places(starts, length, after, cause)
                continue
            start, end, after, evidence, confidence, key = found
            if changes and text[start:end] == after:
                continue
            known_cause = causes.get((evidence, confidence))
            if known_cause is None:
                known_cause = Cause(rule.code, tier, confidence, evidence)
                causes[evidence, confidence] = known_cause
            group = None if key is None else groups.number(known, key)
            spans.add(start, end, after, known_cause, group)
    return spans


def _findings(
    original: str,
    view: View,
    step: _Step,
    spans: Spans,
    groups: _Groups,
) -> list[Span]:
    """What a step's rules find in a view, written against the original."""
    found = _proposals(view, step.worth_a_look(view.text), groups, changes=False)
    mere = [span for span in found if view.text[span[0] : span[1]] == span[2]]
    changes = [span for span in found if view.text[span[0] : span[1]] != span[2]]
    proposed = resolve(changes, view.protected) if changes else changes
    return [
        # A finding about what is there says so in the original's own characters.
        *(
            (start, end, original[start:end], cause, group)
            for start, end, _, cause, group in project(spans, view.text, mere)
        ),
        *project(spans, view.text, proposed),
    ]


def _covers(spans: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    """Whether each of `others` lies within one of `spans`; both sorted and disjoint."""
    at = 0
    for start, end in others:
        while at < len(spans) and spans[at][1] < end:
            at += 1
        if at == len(spans) or spans[at][0] > start:
            return False
    return True


def _suggest(config: Config, original: str, columns: EditColumns) -> list[Edit]:
    """What would also be changed at tier ``suggested``, and what rules only report."""
    plan = _plan(config)
    findings: list[Span] = []
    _, spans = _run(original, plan, Tier.SUGGESTED.rank, findings)
    applied = set(zip(columns.starts, columns.ends, columns.afters, strict=True))
    more = [_suggested(span) for span in spans if span[:3] not in applied]
    both = sorted(more + findings, key=lambda span: (span[0], span[1], span[3].rule))
    return list(iter_edits(both, original))


def _suggested(span: Span) -> Span:
    """An edit that is only made after suggested ones, and so no safer than they are."""
    start, end, after, cause, group = span
    if cause.tier is Tier.SAFE:
        cause = cause._replace(tier=Tier.SUGGESTED)
    return start, end, after, cause, group


def iter_edits(spans: Iterable[Span], original: str) -> Iterator[Edit]:
    """Spans in coordinates of `original` as edits; they may overlap."""
    for start, end, after, cause, group in spans:
        rule, tier, confidence, evidence, parts = cause
        before = original[start:end]
        yield Edit(start, end, before, after, rule, tier, confidence, evidence, group, parts)
