"""`clean` and `check`: the stages run over one text, again and again until nothing changes.

A round runs every stage once, each on the text that the last one left. Rounds repeat until one
changes nothing, so cleaning what is clean changes nothing by construction: the result is a text of
which one round finds nothing, whatever it was made from. Each rule strictly lowers a measure of its
own, which is why the rounds end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from textclean.config import Config
from textclean.engine.plan import Held, Plan, Step, plan_of
from textclean.engine.resolve import resolve
from textclean.engine.rule import Everywhere, Rule, View
from textclean.errors import InvalidTextError
from textclean.text.cleaned import Cleaned
from textclean.text.columns import EditColumns
from textclean.text.compose import compose, project, rewrite, shift_spans
from textclean.text.edit import Cause, Edit, Span, Tier
from textclean.text.protect import protected_spans
from textclean.text.spans import Spans

DEFAULT = Config()
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
    plan = plan_of(config)
    beyond_plane = _require_text(text)
    cleaned, spans = _run(text, plan, plan.rank, beyond_plane=beyond_plane)
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


def _require_text(text: object) -> bool:
    """Whether a text has characters beyond the Basic Multilingual Plane; raises if it is none."""
    if not isinstance(text, str):
        raise InvalidTextError(f"expected a string, got {type(text).__name__}")
    try:
        # The encoding that is cheapest to try.
        return len(text.encode("utf-16-le")) > 2 * len(text)
    except UnicodeEncodeError as error:
        raise InvalidTextError(
            f"lone surrogate U+{ord(text[error.start]):04X} at offset {error.start}: this is not "
            "Unicode text; decode it again with errors='strict' to see where it comes from"
        ) from None


def _run(
    text: str,
    plan: Plan,
    rank: int,
    findings: list[Span] | None = None,
    *,
    beyond_plane: bool = True,
) -> tuple[str, Spans]:
    """The text at rest, and the edits that lead there from `text`.

    Args:
        rank: rules whose tier ranks up to this are applied.
        findings: takes up what the other rules find, written against `text`.
        beyond_plane: whether the text may have characters beyond the Basic Multilingual Plane.
    """
    # Known from the first repair on: most texts need none, and are not searched for code.
    protected: Sequence[tuple[int, int]] | None = None
    current = text
    spans = Spans()
    groups = _Groups()
    rare = plan.rare
    alphabet = ""
    held = Held(text, plan.firsts[rank])
    # Of each step the text in which it found nothing: while that stands, it need not look again.
    rested: dict[Step, str] = {}
    for round_ in range(_MOST_ROUNDS):
        before = current
        # For the stages that look for characters wherever they stand: those that are there. After
        # the first round that can only be what was there before, or was inserted since.
        if rare is not None:
            alphabet = "".join(
                {char for char in alphabet if char in current}
                if round_
                else rare.held_by(current, beyond_plane=beyond_plane)
            )
        # What rules ask of a text is computed once for all stages that find it as it is.
        view: View | None = None
        reports = findings is not None and not round_
        for step, unapplied in plan.stages[rank] if reports else plan.applied[rank]:
            asked = reports and unapplied.rules
            if round_ and rested.get(step) is current:
                rules = []
            elif step.by_character:
                rules = step.worth_a_look_for(alphabet) if alphabet else []
            else:
                rules = step.worth_a_look(current, held)
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
            inserted = set(found.afters)
            held.edited(inserted)
            if rare is not None:
                alphabet += "".join(inserted)
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
    single: list[Span] = []
    everywhere: list[tuple[list[int], int, str, Cause]] = []
    for rule, tier in rules:
        causes: dict[tuple[str, float], Cause] = {}
        known: dict[int, int] = {}
        for found in rule.find(view):
            if isinstance(found, Everywhere):
                starts, length, after, evidence = found
                cause = Cause(rule.code, tier, 1.0, evidence)
                everywhere.append((starts, length, after, cause))
                continue
            start, end, after, evidence, confidence, key = found
            if changes and text[start:end] == after:
                continue
            known_cause = causes.get((evidence, confidence))
            if known_cause is None:
                known_cause = Cause(rule.code, tier, confidence, evidence)
                causes[evidence, confidence] = known_cause
            group = None if key is None else groups.number(known, key)
            single.append((start, end, after, known_cause, group))
    spans = Spans(single)
    for places in everywhere:
        spans.add_places(*places)
    return spans


def _findings(
    original: str,
    view: View,
    step: Step,
    spans: Spans,
    groups: _Groups,
) -> list[Span]:
    """What a step's rules find in a view, written against the original."""
    rules = step.worth_a_look(view.text, Held(view.text, step.firsts))
    found = _proposals(view, rules, groups, changes=False)
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
    plan = plan_of(config)
    findings: list[Span] = []
    beyond_plane = _require_text(original)
    _, spans = _run(original, plan, Tier.SUGGESTED.rank, findings, beyond_plane=beyond_plane)
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
