"""Edits as columns: a list for each field instead of an object for each edit.

The engine resolves and composes edits in this form: what is done to all at once (sorting, shifting,
cutting out what stands between) is done to whole lists, and thousands of edits make no object each
for the garbage collector to visit. Packed, they are what a `Cleaned` keeps and processes exchange.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter, le, lt
from typing import Any, TypeVar, cast, overload

from textclean.text.edit import Cause, Edit, Span

_Item = TypeVar("_Item")


class _EqualByItems(Sequence[_Item]):
    """A sequence that equals any other one of the same items."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]


class EditColumns(_EqualByItems[Span]):
    """Edits in coordinates of whatever text they are made on, in the order they were added.

    The text is not among the columns: `EditSequence` cuts ``before`` out of it. Those of a
    `Cleaned` are packed (offsets in arrays, which are only read), sorted and disjoint.
    """

    __slots__ = ("afters", "causes", "ends", "groups", "starts")

    def __init__(self, spans: Sequence[Span] = ()) -> None:
        columns: Iterable[Any] = (
            map(list, zip(*spans, strict=True)) if spans else ([], [], [], [], [])
        )
        self.starts: list[int]
        self.ends: list[int]
        self.afters: list[str]
        self.causes: list[Cause]
        self.groups: list[int | None]
        self.starts, self.ends, self.afters, self.causes, self.groups = columns

    @classmethod
    def of(cls, spans: Sequence[Span]) -> EditColumns:
        """The spans as columns of lists: themselves, if they are."""
        return spans if isinstance(spans, cls) and isinstance(spans.starts, list) else cls(spans)

    @classmethod
    def from_spans(cls, spans: Sequence[Span]) -> EditColumns:
        """The spans as packed columns."""
        return cls.of(spans).packed()

    @classmethod
    def of_columns(cls, *columns: list[Any]) -> EditColumns:
        """Edits of columns of one length (in the order of `Span`), which are not copied."""
        edits = cls.__new__(cls)
        edits.starts, edits.ends, edits.afters, edits.causes, edits.groups = columns
        return edits

    def _columns(self) -> tuple[list[Any], ...]:
        return self.starts, self.ends, self.afters, self.causes, self.groups

    def packed(self) -> EditColumns:
        """The same with offsets in arrays: 8 bytes each, in memory and pickled."""
        starts = cast("list[int]", array("q", self.starts))
        ends = cast("list[int]", array("q", self.ends))
        return self.of_columns(starts, ends, self.afters, self.causes, self.groups)

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> EditColumns: ...
    def __getitem__(self, index: int | slice) -> Span | EditColumns:
        if isinstance(index, slice):
            return self.of_columns(*[column[index] for column in self._columns()])
        return (
            self.starts[index], self.ends[index], self.afters[index], self.causes[index],
            self.groups[index],
        )  # fmt: skip

    def __iter__(self) -> Iterator[Span]:
        return zip(self.starts, self.ends, self.afters, self.causes, self.groups, strict=True)

    def __repr__(self) -> str:
        return f"<{len(self)} edits as columns>"

    def add(self, start: int, end: int, after: str, cause: Cause, group: int | None) -> None:
        """Add one edit."""
        for column, value in zip(self._columns(), (start, end, after, cause, group), strict=True):
            column.append(value)

    def add_places(self, starts: list[int], length: int, after: str, cause: Cause) -> None:
        """Add one change at many places, of `length` characters each."""
        self.starts += starts
        self.ends += [start + length for start in starts]
        self.afters += [after] * len(starts)
        self.causes += [cause] * len(starts)
        self.groups += [None] * len(starts)

    def __add__(self, others: EditColumns) -> EditColumns:
        """These edits, and `others` behind them; both of lists."""
        both = zip(self._columns(), others._columns(), strict=True)
        return self.of_columns(*[mine + theirs for mine, theirs in both])

    def take(self, order: Sequence[int]) -> EditColumns:
        """The edits at the indices of `order`."""
        if len(order) < 2:
            return EditColumns([self[at] for at in order])
        pick = itemgetter(*order)
        return self.of_columns(*[list(pick(column)) for column in self._columns()])

    def take_runs(self, runs: Sequence[range]) -> EditColumns:
        """The edits at the indices of several runs, one behind another."""
        if _RUN * len(runs) > len(self):
            return self.take([*chain.from_iterable(runs)])
        return self.of_columns(
            *[
                list(chain.from_iterable([column[run.start : run.stop] for run in runs]))
                for column in self._columns()
            ]
        )

    def in_order(self) -> EditColumns:
        """The edits sorted by where they start; those that start at one offset as they were."""
        starts = self.starts
        if len(starts) < 2 or all(map(le, starts, islice(starts, 1, None))):
            return self
        return self.take(sorted(range(len(starts)), key=starts.__getitem__))

    def are_disjoint(self) -> bool:
        """Whether these, sorted by where they start, neither overlap nor share a start."""
        starts, ends = self.starts, self.ends
        return len(starts) < 2 or (
            all(map(lt, starts, islice(starts, 1, None)))
            and all(map(le, ends, islice(starts, 1, None)))
        )


#: To cut out a run takes as long as to pick so many edits.
_RUN = 8


class EditSequence(_EqualByItems[Edit]):
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
            return list(EditSequence(self._columns[index], self._original))
        if not -len(self) <= index < len(self):
            raise IndexError(f"edit {index} of {len(self)}")
        return next(edits_of([self._columns[index]], self._original))

    def __iter__(self) -> Iterator[Edit]:
        return edits_of(self._columns, self._original)

    def __repr__(self) -> str:
        return f"<{len(self)} edits>"


def edits_of(spans: Sequence[Span], original: str) -> Iterator[Edit]:
    """Spans in coordinates of `original` as edits; they may overlap."""
    for start, end, after, cause, group in spans:
        rule, tier, confidence, evidence, parts = cause
        # As Edit(…) does, without its call in between: this is read a million times.
        yield tuple.__new__(
            Edit,
            (start, end, original[start:end], after, rule, tier, confidence, evidence, group,
             parts),
        )  # fmt: skip
