"""The steps of a search, and what is kept of them: in memory nothing, in a folder all.

A search that may be interrupted is told where to keep what each step found (`engines.disk` does so
in a folder). A step that was finished by an earlier process is not taken again: what it found is
read. Which steps there are, and what each of them finds, follows from the texts and the
configuration alone, never from threads or memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Arrays = Sequence[NDArray[Any]]


class Kept:
    """An array that some step found; here it is in memory."""

    def __init__(self, array: NDArray[Any]) -> None:
        self._array = array

    def __len__(self) -> int:
        return len(self._array)

    def read(self, start: int = 0, stop: int | None = None) -> NDArray[Any]:
        """Its items from `start` to before `stop`, in memory."""
        chosen: NDArray[Any] = self._array[start:stop]
        return chosen


class Steps:
    """Steps of which nothing is kept."""

    #: Texts that are worked on in one step of many; None: there is one step for all of them.
    together: int | None = None
    #: The steps of a search among the same texts, of which some are empty by now: what was found of
    #: each text alone holds here, too.
    earlier: Steps | None = None

    def take(self, name: str, make: Callable[[], Arrays]) -> list[Kept]:
        """What a step finds.

        Args:
            name: of the step; no two of a search have the same.
            make: takes the step, if it is not finished.

        Raises:
            OSError: there is no room to keep it.
        """
        return list(map(Kept, make()))

    def known(self, name: str) -> list[Kept] | None:
        """What a finished step found; None if none of that name is finished."""
        return None

    def arrays(self, name: str, make: Callable[[], Arrays]) -> list[NDArray[Any]]:
        """As `take`, in memory."""
        return [each.read() for each in self.take(name, make)]

    def parts(self, count: int) -> Iterator[range]:
        """So many texts in parts that are a step each."""
        size = self.together or max(count, 1)
        for start in range(0, count, size):
            yield range(start, min(start + size, count))

    def tell(self, stage: str, done: int, total: int | None, unit: str) -> None:
        """Be told how far a stage is."""

    def forget(self, name: str) -> None:
        """Be told that nobody asks any more for the steps whose names begin like this."""


#: For searches that nobody goes on with.
UNKEPT = Steps()
