"""What a search for copies found: what is kept, what goes and for whose sake, and the twins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple


class RemovalKind(StrEnum):
    """In what sense a removed text is a copy of its survivor."""

    #: The same but for width, case, script, spaces and marks.
    EXACT = "exact"
    #: Alike in its shingles, as copies with misread or lost characters are.
    NEAR = "near"
    #: The head or tail of the survivor, word for word or but for misread characters.
    CONTAINED = "contained"


@dataclass(frozen=True, order=True, slots=True)
class Removal:
    """A text that goes because another one, which is kept, says the same."""

    index: int
    survivor: int
    kind: RemovalKind
    #: 1 for exact copies, the Jaccard similarity of the shingles for near ones, and for contained
    #: ones the share of the text that the survivor holds: 1 where nothing was misread.
    score: float


class Twin(NamedTuple):
    """Two kept texts alike but for numbers, dates or placeholders: they speak of different things.

    Of many texts of one form, each is paired with the first of them.
    """

    first: int
    second: int
    #: What stands in the fold of the first and what in that of the second.
    differences: tuple[tuple[str, str], ...]


class SharedSpan(NamedTuple):
    """A long span that two kept texts share, though neither is a copy of the other."""

    first: int
    first_start: int
    first_end: int
    second: int
    second_start: int
    second_end: int


@dataclass(frozen=True)
class Deduplicated:
    """The result of `deduplicate`. Indices count the texts in the order in which they were given.

    ``kept`` and the indices of ``removals`` are a partition of all texts; every survivor is kept.
    """

    kept: list[int]
    removals: list[Removal]
    twins: list[Twin]
    #: The threshold that was in force.
    threshold: float
    #: A tuple, or a view of the Arrow array that was given.
    texts: Sequence[str] = field(repr=False)

    def groups(self) -> list[list[int]]:
        """Each survivor, followed by the texts removed for it, in order of place."""
        groups: dict[int, list[int]] = {}
        for removal in self.removals:
            groups.setdefault(removal.survivor, [removal.survivor]).append(removal.index)
        return [groups[survivor] for survivor in sorted(groups)]

    def closest(self, n: int = 5) -> list[Removal]:
        """The `n` removals nearest to the threshold: those to read when choosing another."""
        near = [removal for removal in self.removals if removal.kind is RemovalKind.NEAR]
        return sorted(near, key=lambda removal: (removal.score, removal.index))[:n]

    def explain(self, index: int) -> str:
        """Why a text was removed: survivor, kind, score, and how the two differ.

        In the second line ``[-…-]`` stands in the removed text only, ``{+…+}`` in the survivor.

        Raises:
            KeyError: the text was not removed.
        """
        removal = self._by_index.get(index)
        if removal is None:
            raise KeyError(f"text {index} was not removed")
        difference = _difference(self.texts[index], self.texts[removal.survivor])
        head = f"{index} -> {removal.survivor} {removal.kind} {removal.score:.3f}"
        return f"{head}\n{difference}"

    @cached_property
    def shared_spans(self) -> list[SharedSpan]:
        """Long spans that kept prose has in common. Worked out when first asked for."""
        from textclean.dedup.spans import find_shared_spans

        return find_shared_spans(self.texts, self.kept)

    @cached_property
    def _by_index(self) -> dict[int, Removal]:
        return {removal.index: removal for removal in self.removals}


#: Above this many characters two texts are aligned by clauses: by characters it takes too long.
_ALIGN_BY_CHARACTER = 2000
_CLAUSE = re.compile(r"[^，。；！？,;!?\n]*[，。；！？,;!?\n]?", re.DOTALL)


def _difference(removed: str, survivor: str) -> str:
    if max(len(removed), len(survivor)) <= _ALIGN_BY_CHARACTER:
        first, second = list(removed), list(survivor)
    else:
        first, second = _CLAUSE.findall(removed), _CLAUSE.findall(survivor)
    parts: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if tag == "equal":
            parts += first[i:j]
            continue
        if i < j:
            parts.append(f"[-{''.join(first[i:j])}-]")
        if k < m:
            parts.append(f"{{+{''.join(second[k:m])}+}}")
    return "".join(parts)
