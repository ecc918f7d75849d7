"""The result of a search for copies: what is kept, what is removed in favour of what, twins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from textclean.dedup.inputs import require
from textclean.dedup.records import Removal, RemovalKind, SharedSpan, Twin


@dataclass(frozen=True)
class Deduplicated:
    """The result of `deduplicate`. Indices count the texts in the order in which they were given.

    ``kept`` and the indices of ``removals`` are a partition of all texts; every survivor is kept.
    """

    kept: list[int]
    removals: list[Removal]
    twins: Sequence[Twin]
    #: The threshold that was in force.
    threshold: float
    #: A tuple, or a view of the Arrow array that was given.
    texts: Sequence[str] = field(repr=False)
    #: Pairs of kept texts alike but for what look like names of persons or places.
    possible_twins: Sequence[Twin] = field(default_factory=list)

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
        """Long spans that kept prose has in common. Worked out when first asked for.

        Raises:
            MissingExtraError: there are texts to compare, but a package of the extra ``[dedup]``
                is not installed.
        """
        if len(self.kept) < 2:
            return []
        require()
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
