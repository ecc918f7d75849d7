"""Decisions obeyed: what becomes of a cleaned text when single changes were accepted or rejected.

What was rejected is not made, and what stands or falls with it neither. What was accepted is made,
whatever its tier, in place of applied edits that it overlaps. The result is cleaned again, under
the same decisions, until nothing more is found; so a second run finds nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from textclean.cleaning import Outcome, clean
from textclean.config import Config
from textclean.corpus.decisions import (
    Decisions,
    Occurrence,
    Passage,
    Verdict,
    document_name,
    numbered,
    occurrences,
    words_digest,
)
from textclean.corpus.formats.base import DecodedFile
from textclean.text.cleaned import Cleaned
from textclean.text.columns import EditColumns, EditSequence
from textclean.text.compose import compose, rewrite
from textclean.text.edit import Cause, Edit, Span, Tier

#: Above what real text needs (two); each round makes a repair that the last one left room for.
_MOST_ROUNDS = 6


def decided(
    decisions: Decisions, document: str, original: str, outcome: Outcome, config: Config
) -> Outcome:
    """What becomes of a text that cleaning made `outcome` of.

    Args:
        document: the text's name in decisions.
        original: the text before the edits of `outcome`.
    """
    if not decisions.concern(document):
        return outcome
    columns = _chosen(decisions, document, original, outcome.columns, config)
    if columns is None:
        return outcome
    text = rewrite(original, 0, len(original), columns)
    for _ in range(_MOST_ROUNDS):
        more = clean(text, config).columns
        chosen = _chosen(decisions, document, text, more, config)
        more = more if chosen is None else chosen
        if not len(more):
            break
        columns = EditColumns.of(compose(original, columns, text, more))
        text = rewrite(text, 0, len(text), more)
    return Outcome(text, columns.packed())


def decided_text(decisions: Decisions, document: str, cleaned: Cleaned, config: Config) -> Cleaned:
    """`decided` for a text that was cleaned by itself."""
    before = Outcome(cleaned.text, cleaned.columns)
    after = decided(decisions, document, cleaned.original, before, config)
    if after is before:
        return cleaned

    def suggest(original: str, columns: EditColumns) -> list[Edit]:
        applied = set(zip(columns.starts, columns.ends, columns.afters, strict=True))
        rest = (*cleaned.suggestions, *(e for e in cleaned.edits if _span_key(e) not in applied))
        return sorted(
            (each for each in rest if _span_key(each) not in applied),
            key=lambda each: (each.start, each.end, each.rule),
        )

    return Cleaned(cleaned.original, after.text, after.columns, suggest)


def _span_key(edit: Edit) -> tuple[int, int, str]:
    return edit.start, edit.end, edit.after


def _chosen(
    decisions: Decisions, document: str, text: str, columns: EditColumns, config: Config
) -> EditColumns | None:
    """The edits that are made instead of those of cleaning; None: the same."""
    edits = EditSequence(columns, text)
    found = occurrences(document, text, edits)
    fallen = {
        number
        for number, each in enumerate(found)
        if decisions.verdict(each) is Verdict.REJECT
    }  # fmt: skip
    groups = {columns.groups[number] for number in fallen} - {None}
    fallen |= {number for number, group in enumerate(columns.groups) if group in groups}
    taken: list[Edit] = []
    if decisions.accept_any_of(document):
        taken = _accepted(decisions, document, text, set(found), config)
    if not fallen and not taken:
        return None
    spans = [span for number, span in enumerate(columns) if number not in fallen]
    spans = [span for span in spans if not any(_collide(span, edit) for edit in taken)]
    spans += map(_span, taken)
    spans.sort(key=lambda span: span[:2])
    return EditColumns.from_spans(spans)


def _accepted(
    decisions: Decisions,
    document: str,
    text: str,
    made: Collection[Occurrence],
    config: Config,
) -> list[Edit]:
    """The suggestions of a text that are made, sorted and disjoint."""
    offered = [edit for edit in clean(text, config).suggestions if edit.changes]
    found = occurrences(document, text, offered)
    accepted = {
        number
        for number, each in enumerate(found)
        if each not in made and decisions.verdict(each) is Verdict.ACCEPT
    }
    groups = {_group(offered[number]) for number in accepted} - {None}
    chosen = [
        edit
        for number, edit in enumerate(offered)
        if number in accepted or _group(edit) in groups
    ]  # fmt: skip
    taken: list[Edit] = []
    for edit in chosen:
        at = bisect_left(taken, (edit.start, edit.end))
        beside = taken[max(at - 1, 0) : at + 1]
        if not any(_collide(_span(edit), other) for other in beside):
            taken.insert(at, edit)
    return taken


def _group(edit: Edit) -> tuple[bool, int] | None:
    """What suggestions stand or fall together by: those that are only reported count apart."""
    return None if edit.group is None else (edit.tier is Tier.REPORT, edit.group)


def _collide(span: Span, edit: Edit) -> bool:
    start, end = span[0], span[1]
    return (start < edit.end and edit.start < end) or start == edit.start


def _span(edit: Edit) -> Span:
    cause = Cause(edit.rule, edit.tier, edit.confidence, edit.evidence, edit.parts)
    return edit.start, edit.end, edit.after, cause, None


class DocumentDecisions(NamedTuple):
    """The decisions that concern one document, for whoever cleans it."""

    decisions: Decisions
    #: As `document_name` has it.
    name: str
    #: What it is cleaned with.
    config: Config

    def outcome(self, original: str, outcome: Outcome) -> Outcome:
        """As `decided`."""
        return decided(self.decisions, self.name, original, outcome, self.config)

    def stay(self, texts: Iterable[str]) -> list[bool]:
        """Which of the passages that would be removed as copies, in order of place, stay."""
        found = numbered(Passage(self.name, words_digest(text)) for text in texts)
        return [self.decisions.verdict(each) is Verdict.REJECT for each in found]


def decisions_for(
    decisions: Decisions | None, name: str, config: Config
) -> DocumentDecisions | None:
    """The decisions on single changes of a document; None: there are none."""
    if decisions is None or not decisions.concern(name):
        return None
    return DocumentDecisions(decisions, name, config)


def passage_names(file: DecodedFile) -> list[str]:
    """What decisions call the texts of a file."""
    name = file.source.name
    if not file.has_records:
        return [name] * len(file.passages)
    seen: Counter[int] = Counter()
    found: list[str] = []
    for passage in file.passages:
        found.append(document_name(name, passage.line, seen[passage.record]))
        seen[passage.record] += 1
    return found
