"""What `review` asks: the changes of a file that are not decided yet."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from textclean.cleaning import resolved
from textclean.config import Config
from textclean.corpus.decided import passage_names
from textclean.corpus.decisions import Decisions, Occurrence, occurrences
from textclean.corpus.files import CheckedFile
from textclean.text.edit import Edit, Tier


class Wanted:
    """Which changes are asked about."""

    def __init__(
        self, config: Config, codes: Sequence[str], tiers: Collection[str], confidence: float
    ) -> None:
        names = [part.strip() for each in codes for part in each.split(",") if part.strip()]
        self._rules = resolved(dataclasses.replace(config, select=tuple(names), ignore=()))
        self._tiers = frozenset(map(Tier, tiers or (Tier.SUGGESTED, Tier.REPORT)))
        self._confidence = confidence

    def __contains__(self, edit: Edit) -> bool:
        return (
            edit.changes
            and edit.tier in self._tiers
            and edit.confidence >= self._confidence
            and self._rules.selects(edit.rule)
        )


class Question(NamedTuple):
    """A change with what stands or falls with it."""

    edits: tuple[Edit, ...]
    occurrences: tuple[Occurrence, ...]
    text: str
    #: Its line and column in the file.
    line: int
    column: int

    @property
    def rule(self) -> str:
        """The rule that proposes it."""
        return self.edits[0].rule


def questions(file: CheckedFile, wanted: Wanted, decisions: Decisions) -> Iterator[Question]:
    """What is not decided yet of a file, in order of place."""
    names = passage_names(file.file)
    for (passage, cleaned), name in zip(file.texts, names, strict=True):
        found: list[Question] = []
        # As `decided` counts those that are alike: repairs by themselves, suggestions too.
        suggested = [edit for edit in cleaned.suggestions if edit.changes]
        for edits in (cleaned.edits, suggested):
            groups: dict[object, list[tuple[Edit, Occurrence]]] = {}
            for number, (edit, occurrence) in enumerate(
                zip(edits, occurrences(name, cleaned.original, edits), strict=True)
            ):
                key = (
                    number
                    if edit.group is None
                    else (edit.group, edit.tier is Tier.REPORT, "group")
                )
                groups.setdefault(key, []).append((edit, occurrence))
            for group in groups.values():
                if not any(edit in wanted for edit, _ in group) or all(
                    decisions.verdict(occurrence) is not None for _, occurrence in group
                ):
                    continue
                alike = tuple(edit for edit, _ in group), tuple(each for _, each in group)
                position = file.file.position(passage, group[0][0].start)
                found.append(Question(*alike, cleaned.original, *position))
        yield from sorted(found, key=lambda each: (each.edits[0].start, each.edits[0].end))
