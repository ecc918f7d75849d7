"""A reference that is stored, and not given: an index hands the search those texts that matter.

Which texts these are is the index's to say (`engines.index`); what the search tells it and asks of
it is here. The result is the one that all texts of the index would have for a reference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textclean.config import Config
from textclean.dedup.records import InIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from textclean.dedup.shared_lines import SharedLines


class Selected(Protocol):
    """The texts of an index that matter for some texts."""

    #: Their numbers in the index, in order.
    numbers: list[int]
    texts: list[str]
    #: Anchors that are in too many texts of the index to be followed.
    hot: NDArray[np.uint32]

    def notice(self, edges: NDArray[np.void], own: int) -> None:
        """Be told the edges of the search; the texts from the index `own` on are the selected."""
        ...

    def grow(self) -> bool:
        """Select what more the search has to see, by what was noticed; whether there is any."""
        ...


@runtime_checkable
class IndexReference(Protocol):
    """An index, as the search sees it."""

    def select(self, texts: Sequence[str], config: Config) -> Selected:
        """The texts of the index that matter for some texts.

        Raises:
            ConfigError: the index cannot answer under this configuration.
        """
        ...

    def capacity(self) -> int:
        """One more than the greatest number of a text."""
        ...

    def numbered(self, number: int) -> Any:
        """The entry with a number, with an ``id`` and a ``text``; None if there is none."""
        ...

    def entry(self, name: Any) -> Any:
        """The entry with an id, with a ``number``; None if there is none."""
        ...

    def counted_lines(self, texts: Iterable[str]) -> SharedLines:
        """How many of some texts and of the index have each line."""
        ...


class Beside:
    """What a search has to know of the index that its reference comes from."""

    def __init__(
        self, index: IndexReference, selected: Selected, own: int, *, alone: bool = False
    ) -> None:
        self.selected = selected
        #: Whether there is one text, to be compared with all that are selected: no pairs are
        #: looked for, and no twins.
        self.alone = alone
        self._index, self._own = index, own

    def lines(self, indices: NDArray[np.int64], text: Callable[[int], str]) -> SharedLines:
        """How many texts have each line: those searched, and all of the index.

        Args:
            indices: those of the texts that are long enough, of which the later are selected.
            text: gives a text, by its index.
        """
        mine = indices[indices < self._own]
        return self._index.counted_lines(map(text, mine.tolist()))


class IndexTexts(Sequence[str]):
    """The texts of an index by their numbers, each read when it is asked for."""

    def __init__(self, index: IndexReference) -> None:
        self._index, self._size = index, index.capacity()

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, number: Any) -> Any:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(self._size))]
        entry = self._index.numbered(range(self._size)[number])
        if entry is None:
            raise IndexError(f"entry {number} was removed")
        return entry.text


class IndexNames(Sequence[Any]):
    """The ids of texts and, behind them, of the entries of an index, as `InIndex`."""

    def __init__(self, ids: Sequence[Any], index: IndexReference) -> None:
        self._ids, self._index = ids, index
        self._numbers = {name: number for number, name in enumerate(ids)}
        self._size = len(ids) + index.capacity()

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, number: Any) -> Any:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(self._size))]
        if number < len(self._ids):
            return self._ids[number]
        entry = self._index.numbered(number - len(self._ids))
        if entry is None:
            raise IndexError(f"entry {number - len(self._ids)} was removed")
        return InIndex(entry.id)

    def number(self, name: Any) -> int:
        """The index of the text with an id.

        Raises:
            KeyError: there is none.
        """
        if not isinstance(name, InIndex):
            return self._numbers[name]
        entry = self._index.entry(name.id)
        if entry is None:
            raise KeyError(name)
        return len(self._ids) + int(entry.number)
