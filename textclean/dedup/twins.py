"""Twins: kept texts alike but for numbers, and those alike but for what may be names.

Of many texts of one form each is paired with the first of them. There may be millions, so they are
columns of integers, and a `Twin` is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from textclean.dedup import verify
from textclean.dedup.fold import fold
from textclean.dedup.folded_texts import FoldedTexts
from textclean.dedup.records import Twin
from textclean.dedup.representatives import Groups

#: Characters besides numbers that two texts must share to be reported as twins.
_MIN_FORM = 10


class Twins(Sequence[Twin]):
    """Pairs of texts as two columns of indices, ascending; each a `Twin` when it is asked for."""

    def __init__(
        self, firsts: NDArray[np.int64], seconds: NDArray[np.int64], text: Callable[[int], str]
    ) -> None:
        self.firsts, self.seconds = firsts, seconds
        self._text = text

    @classmethod
    def none(cls) -> Twins:
        """No pairs."""
        return cls(np.zeros(0, np.int64), np.zeros(0, np.int64), str)

    def before(self, index: int) -> Twins:
        """The pairs of which at least one has a lower index."""
        here = self.firsts < index
        return self if here.all() else Twins(self.firsts[here], self.seconds[here], self._text)

    def __len__(self) -> int:
        return len(self.firsts)

    @overload
    def __getitem__(self, place: int) -> Twin: ...
    @overload
    def __getitem__(self, place: slice) -> list[Twin]: ...
    def __getitem__(self, place: int | slice) -> Twin | list[Twin]:
        if isinstance(place, slice):
            return [self[at] for at in range(len(self))[place]]
        one, other = int(self.firsts[place]), int(self.seconds[place])
        return Twin(one, other, verify.differences(fold(self._text(one)), fold(self._text(other))))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Twins):
            return np.array_equal(self.firsts, other.firsts) and np.array_equal(
                self.seconds, other.seconds
            )
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Twins({len(self):,} pairs)"


def twins_of(
    texts: FoldedTexts, forms: Groups, verified: Any, names: Any, removed: NDArray[np.bool_]
) -> tuple[Twins, Twins]:
    """The twins among the kept, and those that may be.

    Args:
        forms: texts with one form, whose folds are long enough.
        verified: pairs of which that was seen when they were compared.
        names: pairs that may differ in names alone.
        removed: which texts go.
    """
    members, numbers = forms
    form_of = np.full(len(removed), -1)
    form_of[members] = numbers
    one, other = form_of[verified["one"]], form_of[verified["other"]]
    verified = verified[(one != other) | (one < 0)]  # those are listed by their form
    stay = ~removed[members]
    members, numbers = members[stay], numbers[stay]
    order = np.lexsort([members, numbers])
    members, numbers = members[order], numbers[order]
    opens = np.flatnonzero(np.diff(numbers, prepend=-1))
    sizes = np.diff(np.append(opens, len(members)))
    several = sizes > 1
    # One text of each form shows whether it has characters besides numbers.
    shown = members[opens[several]]
    folds = texts.fold_strings(shown.tolist())
    enough = np.zeros(len(opens), np.bool_)
    enough[np.flatnonzero(several)] = [
        verify.says_besides_values(folds[at], _MIN_FORM) for at in shown.tolist()
    ]
    listed = np.repeat(enough, sizes)
    first = np.repeat(members[opens], sizes)
    listed &= members != first
    by_form = np.stack([first[listed], members[listed]], axis=1)
    text = texts.texts.__getitem__
    return (
        Twins(*_columns(np.concatenate([by_form, _sides(_kept(verified, removed))])), text),
        Twins(*_columns(_sides(_named(texts, _kept(names, removed)))), text),
    )


def _kept(pairs: NDArray[np.void], removed: NDArray[np.bool_]) -> NDArray[np.void]:
    """The pairs of which both stay."""
    kept: NDArray[np.void] = pairs[~(removed[pairs["one"]] | removed[pairs["other"]])]
    return kept


def _named(texts: FoldedTexts, pairs: NDArray[np.void]) -> NDArray[np.void]:
    """Those that differ in names: of copies in a cluster most that may do so are gone by now."""
    folds = texts.fold_strings(np.concatenate([pairs["one"], pairs["other"]]).tolist())
    sides = zip(pairs["one"].tolist(), pairs["other"].tolist(), strict=True)
    named = (verify.differ_in_names(folds[one], folds[other]) for one, other in sides)
    chosen: NDArray[np.void] = pairs[np.fromiter(named, np.bool_, len(pairs))]
    return chosen


def _sides(pairs: NDArray[np.void]) -> NDArray[np.int64]:
    """The indices of pairs, the lower one first."""
    return np.sort(np.stack([pairs["one"], pairs["other"]], axis=1), axis=1)


def _columns(pairs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if not len(pairs):
        return pairs[:, 0], pairs[:, 1]
    pairs = np.unique(pairs, axis=0)
    return np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1])
