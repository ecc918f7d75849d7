"""The result of a search for copies: what is kept, what is removed in favour of what, twins."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Generic, Protocol

from textclean.dedup.difference import difference
from textclean.dedup.indexed import IndexNames
from textclean.dedup.inputs import require
from textclean.dedup.records import Boilerplate, Key, Removal, RemovalKind, SharedSpan, Twin

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray


class Search(Protocol[Key]):
    """A search that can be done again with another threshold."""

    @property
    def keep(self) -> object:
        """Which of several copies stays."""
        ...

    def __call__(self, threshold: float) -> Deduplicated[Key]:
        """The result with this threshold."""
        ...


@dataclass(frozen=True, repr=False)
class Deduplicated(Generic[Key]):
    """The result of `deduplicate`. Texts are named by their ids, or by the indices they had.

    ``kept`` and the texts of ``removals`` are a partition of all texts; every survivor is kept, or
    is in the reference. Indices of the reference count on from the last of the texts.
    """

    kept: list[Key]
    #: In the order of the texts.
    removals: list[Removal[Key]]
    #: Pairs of kept texts alike but for numbers, dates or placeholders.
    twins: Sequence[Twin[Key]]
    #: The threshold that was in force.
    threshold: float
    #: A tuple, or a view of the Arrow array that was given; "" for what was missing.
    texts: Sequence[str]
    #: Pairs of kept texts alike but for what look like names of persons or places.
    possible_twins: Sequence[Twin[Key]] = field(default_factory=list)
    #: The texts that copies were removed for, too, but which were not searched themselves.
    reference: Sequence[str] = ()
    #: Whether pairs were looked at closely; else this is plain MinHash, and what says the opposite
    #: in much the same words may be among the removals.
    verified: bool = True
    #: Whether each text is a document by itself; if not, where in the texts each document begins
    #: and the last one ends.
    whole: bool = False
    bounds: Sequence[int] = ()
    #: The ids of the texts and, behind them, of the reference; None where these are indices.
    ids: Sequence[Key] | None = None
    #: Some of what was given, by indices, in a container like the one given.
    take: Callable[[Sequence[int]], Any] | None = field(default=None, compare=False)
    #: The result of the same search with another threshold.
    again: Search[Key] | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        parts = [f"{len(self.texts):,} texts", f"{len(self.kept):,} kept"]
        parts += [f"{number:,} {kind}" for kind, number in sorted(self.by_kind().items())]
        for name, pairs in (("twin", self.twins), ("possible twin", self.possible_twins)):
            if pairs:
                parts.append(f"{len(pairs):,} {name}{'s' * (len(pairs) > 1)}")
        if self.reference:
            parts.append(f"against {len(self.reference):,}")
        if not self.verified:
            parts.append("not verified")
        return f"<Deduplicated: {', '.join(parts)}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: counts, and the first removals beside what stays for them."""
        from textclean.text.notebook import cell, page  # nobody else has a use for it

        facts = repr(self).removeprefix("<Deduplicated: ").removesuffix(">").split(", ")
        rows = (
            (
                cell(one.index), cell(one.kind), f"{one.score:.3f}", cell(one.survivor),
                cell(self.text(one.index)), cell(self.text(one.survivor)),
            )
            for one in self.removals
        )  # fmt: skip
        head = ("removed", "kind", "score", "for", "text", "text that stays")
        return page("Deduplicated", facts, head, rows, len(self.removals))

    @property
    def selected(self) -> Any:
        """What is kept of what was given: a list, or a column or table of the same kind."""
        return self._taken(self._kept)

    @property
    def filtered(self) -> Any:
        """What is removed of what was given: a list, or a column or table of the same kind."""
        return self._taken([index for index, *_ in self.places])

    @property
    def duplicate_ratio(self) -> float:
        """The share of the texts that is removed."""
        return len(self.removals) / len(self.texts) if len(self.texts) else 0.0

    @cached_property
    def labels(self) -> NDArray[np.int64]:
        """The cluster of each text: the place in ``kept`` of the text that stays for it.

        Texts are copies of one text if their labels are equal. Those removed for a text of the
        reference have labels from ``len(kept)`` on.

        Raises:
            MissingExtraError: a package of the extra ``[dedup]`` is not installed.
        """
        require()
        import numpy as np

        labels = np.zeros(len(self.texts), np.int64)
        labels[self._kept] = np.arange(len(self._kept))
        rows = self.places
        if rows:
            indices, survivors = (np.array([row[side] for row in rows]) for side in (0, 1))
            outside = survivors >= len(self.texts)
            labels[indices[~outside]] = labels[survivors[~outside]]
            _, numbers = np.unique(survivors[outside], return_inverse=True)
            labels[indices[outside]] = len(self._kept) + numbers
        return labels

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """The indices of each removal's text and of its survivor, whatever the ids."""
        return [(self.number(one.index), self.number(one.survivor)) for one in self.removals]

    def groups(self) -> list[list[Key]]:
        """Each survivor, followed by the texts removed for it, in order of place."""
        groups: dict[int, list[Key]] = {}
        for removal, (_, survivor, *_) in zip(self.removals, self.places, strict=True):
            groups.setdefault(survivor, [removal.survivor]).append(removal.index)
        return [groups[survivor] for survivor in sorted(groups)]

    def by_kind(self) -> Counter[RemovalKind]:
        """How many removals there are of each kind."""
        return Counter(removal.kind for removal in self.removals)

    def closest(self, n: int = 5) -> list[Removal[Key]]:
        """The `n` removals of lowest score that are not exact: those to read when choosing another
        threshold.
        """
        rows = [
            (removal.score, index, removal)
            for removal, (index, *_) in zip(self.removals, self.places, strict=True)
            if removal.kind is not RemovalKind.EXACT
        ]
        return [removal for *_, removal in sorted(rows, key=lambda row: row[:2])[:n]]

    def explain(self, index: Key) -> str:
        """Why a text was removed: survivor, kind, score, and how the two differ.

        In the second line ``[-…-]`` stands in the removed text only, ``{+…+}`` in the survivor.
        What only the removed text says follows, a line each, with its offsets there.

        Raises:
            KeyError: the text was not removed.
        """
        removal = self._by_index.get(index)
        if removal is None:
            raise KeyError(f"text {index!r} was not removed")
        head = f"{index} -> {removal.survivor} {removal.kind} {removal.score:.3f}"
        lines = [head, difference(self.text(index), self.text(removal.survivor))]
        lines += (f"lost {start}:{end} {text}" for start, end, text in removal.lost)
        return "\n".join(lines)

    def text(self, index: Key) -> str:
        """The text with an index or id, of the reference as well.

        Raises:
            KeyError: there is none.
        """
        number = self.number(index)
        own = len(self.texts)
        if not 0 <= number < own + len(self.reference):
            raise KeyError(index)
        return self.texts[number] if number < own else self.reference[number - own]

    def number(self, key: Any) -> int:
        """The index of the text with an index or id.

        Raises:
            KeyError: there is no such id.
        """
        if isinstance(self.ids, IndexNames):
            return self.ids.number(key)
        if self.ids is not None:
            return self._numbers[key]
        try:
            return operator.index(key)
        except TypeError:
            raise KeyError(key) from None

    def rethreshold(self, threshold: float) -> Deduplicated[Key]:
        """The result of the same search with another threshold. It searches anew, unless the
        threshold is the one that was in force.

        Raises:
            ConfigError: the threshold is not in (0, 1].
            ValueError: the search was for one of several documents, or this is a pickled result
                of a search with a function to say what to keep.
        """
        if self.again is None:
            raise ValueError("the search cannot be done again from here: call `deduplicate`")
        return self if threshold == self.threshold else self.again(threshold)

    def to_arrow(self) -> pa.Table:
        """A row for each text: what to write beside it when copies are marked and not removed.

        ``textclean_cluster_id`` is its label, ``textclean_survivor``, ``textclean_kind`` and
        ``textclean_score`` say for what it would be removed (null for what stays);
        ``minhash_cluster_id`` and ``minhash_cluster_size`` are as datatrove writes them: -1 and 1
        for a text without copies. With ids, they are the first column, ``id``; of documents the
        last is ``textclean_lost``: what each alone says, as ``{start, end, text}``.

        Raises:
            MissingExtraError: pyarrow, or a package of the extra ``[dedup]``, is not installed.
        """
        from textclean.dedup.annotation import arrow_table

        places = self.places
        return arrow_table(self.labels, len(self.kept), places, self.removals, self.ids, self.whole)

    @cached_property
    def boilerplate(self) -> list[Boilerplate[Key]]:
        """The lines that belong to the pages that many documents stood on; first what most have.

        Worked out when first asked for, and reported only: `clean_corpus` takes them out. Texts
        that are the paragraphs of one document have none.

        Raises:
            MissingExtraError: a package of the extra ``[dedup]`` is not installed.
        """
        bounds = range(len(self.texts) + 1) if self.whole else self.bounds
        if len(bounds) < 2:
            return []
        require()
        from textclean.dedup.boilerplate import find_boilerplate

        names = range(len(self.texts)) if self.ids is None else self.ids
        return find_boilerplate(
            [
                [(names[index], self.texts[index]) for index in range(start, end)]
                for start, end in pairwise(bounds)
            ]
        )

    @cached_property
    def shared_spans(self) -> list[SharedSpan[Key]]:
        """Long spans that kept prose has in common. Worked out when first asked for.

        Raises:
            MissingExtraError: there are texts to compare, but a package of the extra ``[dedup]``
                is not installed.
        """
        if len(self.kept) < 2:
            return []
        require()
        from textclean.dedup.spans import find_shared_spans

        spans: list[SharedSpan[Any]] = list(find_shared_spans(self.texts, self._kept))
        if self.ids is None:
            return spans
        return [
            span._replace(first=self.ids[span.first], second=self.ids[span.second])
            for span in spans
        ]

    def __getstate__(self) -> dict[str, Any]:
        state = dict(self.__dict__)
        for name in ("_by_index", "_numbers", "places", "_kept", "labels"):
            state.pop(name, None)
        if self.again is not None and callable(self.again.keep):
            state["again"] = None  # most functions cannot be pickled
        return state

    @cached_property
    def _by_index(self) -> dict[Key, Removal[Key]]:
        return {removal.index: removal for removal in self.removals}

    @cached_property
    def _numbers(self) -> dict[Any, int]:
        return {} if self.ids is None else {key: i for i, key in enumerate(self.ids)}

    @cached_property
    def _kept(self) -> list[int]:
        return self.kept if self.ids is None else list(map(self.number, self.kept))  # type: ignore[return-value]

    def _taken(self, indices: Sequence[int]) -> Any:
        if self.take is None:
            return [self.texts[index] for index in indices]
        return self.take(indices)


class NamedTwins(Sequence[Twin[Any]]):
    """Twins by the ids of their texts; each is made when it is asked for."""

    def __init__(self, twins: Sequence[Twin], ids: Sequence[Any]) -> None:
        self._twins, self._ids = twins, ids

    def __len__(self) -> int:
        return len(self._twins)

    def __getitem__(self, place: Any) -> Any:
        found = self._twins[place]
        if isinstance(place, slice):
            return [self._named(twin) for twin in found]
        return self._named(found)

    def _named(self, twin: Twin) -> Twin[Any]:
        return Twin(self._ids[twin.first], self._ids[twin.second], twin.differences)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"NamedTwins({len(self):,} pairs)"


def with_ids(found: Deduplicated, ids: Iterable[Any]) -> Deduplicated[Any]:
    """A result whose texts, and those of the reference, are named by ids.

    Raises:
        ValueError: an id is given twice, or there are too few or too many.
    """
    names: Sequence[Any] = ids if isinstance(ids, IndexNames) else list(ids)
    return Deduplicated(
        [names[index] for index in found.kept],
        renumbered_removals(found.removals, names),
        NamedTwins(found.twins, names),
        found.threshold,
        found.texts,
        NamedTwins(found.possible_twins, names),
        found.reference,
        found.verified,
        found.whole,
        found.bounds,
        names,
        found.take,
        None,
    )


def renumbered(found: Deduplicated, numbers: Sequence[int]) -> Deduplicated:
    """A result in which each text has another index: those of the reference, in another order."""
    return replace(
        found,
        removals=renumbered_removals(found.removals, numbers),
        twins=NamedTwins(found.twins, numbers),
        possible_twins=NamedTwins(found.possible_twins, numbers),
    )


def renumbered_removals(removals: Iterable[Removal], numbers: Sequence[Any]) -> list[Removal[Any]]:
    """Removals in which each text has another index, or an id."""
    return [
        Removal(numbers[index], numbers[survivor], kind, score).losing(removal.lost)
        for removal in removals
        for index, survivor, kind, score in [removal]
    ]
