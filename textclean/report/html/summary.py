"""The figures of a report, over all documents, whether they are shown or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from textclean.corpus.formats.base import Row
from textclean.engine.rule import Rule


class DocumentFigures(NamedTuple):
    """What was done to a file."""

    name: str
    characters: int
    edits: int
    removed_characters: int

    @property
    def damage(self) -> float:
        """Edits for a thousand characters."""
        return 1000 * self.edits / self.characters if self.characters else 0.0


@dataclass
class Figures:
    """What was done to a corpus."""

    documents: list[DocumentFigures] = field(default_factory=list)
    #: Number of edits by code.
    rules: Counter[str] = field(default_factory=Counter)
    #: Of other things how many there are, as `run.json` calls them.
    counts: Mapping[str, int] = field(default_factory=dict)
    #: (name, message) of what could not be read or cleaned.
    failures: Sequence[tuple[str, str]] = ()

    @property
    def name(self) -> str:
        """The document's name, if there is one only."""
        return self.documents[0].name if len(self.documents) == 1 else ""

    @property
    def characters(self) -> int:
        """Of all documents."""
        return sum(each.characters for each in self.documents)

    @property
    def edits(self) -> int:
        """Of all documents."""
        return sum(each.edits for each in self.documents)

    @property
    def removed_characters(self) -> int:
        """Of all documents."""
        return sum(each.removed_characters for each in self.documents)

    def by_family(self) -> Counter[str]:
        """Number of edits by the letter of a code."""
        found: Counter[str] = Counter()
        for code, number in self.rules.items():
            found[code[:1]] += number
        return found

    def by_tier(self, rules: Mapping[str, Rule]) -> Counter[str]:
        """Number of edits by the tier that their rule has by itself."""
        found: Counter[str] = Counter()
        for code, number in self.rules.items():
            found[str(rules[code].tier) if code in rules else "suggested"] += number
        return found


def figures_of_run(summary: Row) -> Figures:
    """The figures that ``run.json`` has."""
    documents = [
        DocumentFigures(row["document"], row["characters"], row["edits"], row["removed_characters"])
        for row in summary.get("documents", ())
    ]
    counts = {key: n for key, n in summary.get("counts", {}).items() if isinstance(n, int)}
    failures = [(row["document"], row["message"]) for row in summary.get("failures", ())]
    return Figures(documents, Counter(summary.get("rules", {})), counts, failures)
