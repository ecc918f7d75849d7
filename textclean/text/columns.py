"""Edits as columns: what a million of them cost is a few arrays, and processes exchange those.

`EditColumns` holds no text of the original: ``before`` is cut out of it when an `Edit` is made.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import overload

from textclean.text.edit import Cause, Edit, Span
from textclean.text.spans import EqualByItems, Spans


class EditColumns:
    """Sorted, disjoint edits of one text, a column a field; picklable."""

    __slots__ = ("afters", "causes", "ends", "groups", "starts")

    def __init__(
        self,
        starts: array[int],
        ends: array[int],
        afters: list[str],
        causes: list[Cause],
        groups: list[int | None],
    ) -> None:
        self.starts = starts
        self.ends = ends
        self.afters = afters
        self.causes = causes
        self.groups = groups

    @classmethod
    def from_spans(cls, spans: Sequence[Span]) -> EditColumns:
        """Columns from spans in original coordinates, sorted and disjoint."""
        made = Spans.of(spans)
        starts, ends = array("q", made.starts), array("q", made.ends)
        return cls(starts, ends, made.afters, made.causes, made.groups)

    def __len__(self) -> int:
        return len(self.starts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, EditColumns):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    __hash__ = None  # type: ignore[assignment]

    def spans(self) -> Iterator[Span]:
        """The edits as spans in original coordinates, in order."""
        return zip(self.starts, self.ends, self.afters, self.causes, self.groups, strict=True)

    def edit(self, index: int, original: str) -> Edit:
        """The edit at `index`, given the text that the columns belong to."""
        start, end = self.starts[index], self.ends[index]
        rule, tier, confidence, evidence, parts = self.causes[index]
        return Edit(
            start, end, original[start:end], self.afters[index],
            rule, tier, confidence, evidence, self.groups[index], parts,
        )  # fmt: skip


class EditSequence(EqualByItems[Edit]):
    """The edits of a text as a read-only sequence; each `Edit` is made when it is looked at."""

    __slots__ = ("_columns", "_original")

    def __init__(self, columns: EditColumns, original: str) -> None:
        self._columns = columns
        self._original = original

    def __len__(self) -> int:
        return len(self._columns)

    @overload
    def __getitem__(self, index: int) -> Edit: ...
    @overload
    def __getitem__(self, index: slice) -> list[Edit]: ...
    def __getitem__(self, index: int | slice) -> Edit | list[Edit]:
        if isinstance(index, slice):
            return [self._columns.edit(i, self._original) for i in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(f"edit {index} of {len(self)}")
        return self._columns.edit(index % len(self), self._original)

    def __iter__(self) -> Iterator[Edit]:
        columns, original = self._columns, self._original
        for start, end, after, cause, group in columns.spans():
            rule, tier, confidence, evidence, parts = cause
            # As Edit(…) does, without its call in between: this is read a million times.
            yield tuple.__new__(
                Edit,
                (start, end, original[start:end], after, rule, tier, confidence, evidence, group,
                 parts),
            )  # fmt: skip

    def __repr__(self) -> str:
        return f"<{len(self)} edits>"
