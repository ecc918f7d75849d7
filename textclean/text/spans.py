"""Many spans as columns: the working form of the edits that the engine resolves and composes.

A column is a plain list. What is done to all spans at once (sorting, shifting, cutting out what
stands between) is then done to whole lists, and thousands of spans make no object each, which the
garbage collector would have to visit again and again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter, le, lt
from typing import TypeVar, overload

from textclean.text.edit import Cause, Span

_Item = TypeVar("_Item")


class EqualByItems(Sequence[_Item]):
    """A sequence that equals any other one of the same items."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]


class Spans(EqualByItems[Span]):
    """Spans in coordinates of whatever text they are made on, in the order they were added."""

    __slots__ = ("afters", "causes", "ends", "groups", "starts")

    def __init__(self, spans: Sequence[Span] = ()) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.afters: list[str] = []
        self.causes: list[Cause] = []
        self.groups: list[int | None] = []
        if spans:
            starts, ends, afters, causes, groups = zip(*spans, strict=True)
            self.starts += starts
            self.ends += ends
            self.afters += afters
            self.causes += causes
            self.groups += groups

    @classmethod
    def of(cls, spans: Sequence[Span]) -> Spans:
        """The spans as columns: themselves, if they are."""
        return spans if isinstance(spans, cls) else cls(spans)

    @classmethod
    def from_columns(
        cls,
        starts: list[int],
        ends: list[int],
        afters: list[str],
        causes: list[Cause],
        groups: list[int | None],
    ) -> Spans:
        """Spans of columns of one length, which are not copied."""
        made = cls.__new__(cls)
        made.starts, made.ends, made.afters = starts, ends, afters
        made.causes, made.groups = causes, groups
        return made

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> Spans: ...
    def __getitem__(self, index: int | slice) -> Span | Spans:
        if isinstance(index, slice):
            return Spans.from_columns(
                self.starts[index],
                self.ends[index],
                self.afters[index],
                self.causes[index],
                self.groups[index],
            )
        return (
            self.starts[index],
            self.ends[index],
            self.afters[index],
            self.causes[index],
            self.groups[index],
        )

    def __iter__(self) -> Iterator[Span]:
        return zip(self.starts, self.ends, self.afters, self.causes, self.groups, strict=True)

    def __repr__(self) -> str:
        return f"<{len(self)} spans>"

    def add(self, start: int, end: int, after: str, cause: Cause, group: int | None) -> None:
        """Add one span."""
        self.starts.append(start)
        self.ends.append(end)
        self.afters.append(after)
        self.causes.append(cause)
        self.groups.append(group)

    def extend(self, others: Spans) -> None:
        """Add all of `others` behind these."""
        self.starts += others.starts
        self.ends += others.ends
        self.afters += others.afters
        self.causes += others.causes
        self.groups += others.groups

    def add_places(self, starts: list[int], length: int, after: str, cause: Cause) -> None:
        """Add one change at many places, of `length` characters each."""
        self.starts += starts
        self.ends += [start + length for start in starts]
        self.afters += [after] * len(starts)
        self.causes += [cause] * len(starts)
        self.groups += [None] * len(starts)

    def take(self, order: Sequence[int]) -> Spans:
        """The spans at the indices of `order`."""
        if len(order) < 2:
            return Spans([self[at] for at in order])
        picked = itemgetter(*order)
        return Spans.from_columns(
            list(picked(self.starts)),
            list(picked(self.ends)),
            list(picked(self.afters)),
            list(picked(self.causes)),
            list(picked(self.groups)),
        )

    def in_order(self) -> Spans:
        """The spans sorted by where they start; those that start at one offset as they were."""
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
