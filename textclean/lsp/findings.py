"""What was found in a text, kept up with the text while it changes.

A finding moves along with a change elsewhere. One in a line that was changed is gone until it is
found again, and what stands or falls with it too: what is shown is never about what was there
before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textclean.text.edit import Edit, Tier


class Found(NamedTuple):
    """An edit that `fix` makes at tier ``safe``, or a suggestion or report beside these."""

    edit: Edit
    applied: bool

    @property
    def group(self) -> tuple[bool, Tier | None, int] | None:
        """What it stands or falls with: repairs, suggestions and reports are numbered apart."""
        if self.edit.group is None:
            return None
        report = Tier.REPORT if self.edit.tier is Tier.REPORT else None
        return self.applied, report, self.edit.group


class Change(NamedTuple):
    """``text[start:end]`` was replaced by so many characters."""

    start: int
    end: int
    length: int
    #: The span of the whole lines that it touches, in the text before.
    first: int
    after: int


def combined(applied: Iterable[Edit], suggestions: Iterable[Edit]) -> list[Found]:
    """Repairs and suggestions in order of place, nothing twice."""
    found = [Found(edit, True) for edit in applied]
    made = {(each.edit.start, each.edit.end, each.edit.after) for each in found}
    found += (
        Found(edit, False)
        for edit in suggestions
        if (edit.start, edit.end, edit.after) not in made or not edit.changes
    )
    found.sort(key=lambda each: (each.edit.start, each.edit.end, each.edit.rule))
    return found


def moved(found: Sequence[Found], change: Change) -> list[Found]:
    """What is left of findings after a change of the text, in its new coordinates."""
    delta = change.length - (change.end - change.start)
    lost = {
        each.group
        for each in found
        if each.edit.group is not None and _touches(each.edit, change)
    }  # fmt: skip
    kept: list[Found] = []
    for each in found:
        edit = each.edit
        if _touches(edit, change) or (edit.group is not None and each.group in lost):
            continue
        if edit.start >= change.after and delta:
            edit = edit._replace(start=edit.start + delta, end=edit.end + delta)
            each = Found(edit, each.applied)
        kept.append(each)
    return kept


def _touches(edit: Edit, change: Change) -> bool:
    # What is inserted where the lines end is in the last of them, if that is the text's.
    return edit.end >= change.first and (edit.start < change.after or edit.end == change.after)


def with_group(found: Sequence[Found], one: Found) -> list[Found]:
    """A finding with all that stands or falls with it, in order of place."""
    if one.edit.group is None:
        return [one]
    return [each for each in found if each.group == one.group]


def disjoint(edits: Iterable[Edit]) -> list[Edit]:
    """Edits of which none overlaps one before it in the sequence; in order of place."""
    taken: list[Edit] = []
    for edit in edits:
        at = bisect_left(taken, (edit.start, edit.end))
        beside = taken[max(at - 1, 0) : at + 1]
        if not any(_collide(edit, other) for other in beside):
            taken.insert(at, edit)
    return taken


def _collide(one: Edit, other: Edit) -> bool:
    return (one.start < other.end and other.start < one.end) or one.start == other.start
