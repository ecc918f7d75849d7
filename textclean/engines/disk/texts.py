"""Texts that come a part at a time and lie in a work folder: what came is there after a restart.

The bytes of all texts are in one file, ``texts.bin``. Each part that came is a finished step: the
bounds of its texts, and a number for each. What a killed process had written behind the last
finished part is written over.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np

from textclean.engines.disk.folder import WorkFolder, WorkFolderError
from textclean.text.stored import Bounds, StoredBytes, StoredTexts

_TEXTS = "texts.bin"
_STATE = "texts.json"


class KeptTexts:
    """Texts, a number for each, and what whoever reads them has to remember.

    Args:
        folder: where they lie.

    Raises:
        WorkFolderError: what lies there is damaged.
    """

    def __init__(self, folder: WorkFolder) -> None:
        self._folder = folder
        bounds, self.numbers = Bounds(), array("I")
        #: What was kept with the last part: in values of JSON.
        self.state: dict[str, Any] = folder.read_row(_STATE) or {}
        self._parts: int = self.state.get("parts", 0)
        for part in range(self._parts):
            sizes, numbers = folder.take(_name(part), _missing)
            ends = np.cumsum(sizes.read(), dtype=np.int64) + bounds[-1]
            for lap in range(len(bounds.laps) + 1, (int(ends[-1]) >> 32) + 1):
                bounds.laps.append(len(bounds) + int(np.searchsorted(ends >> 32, lap)))
            bounds.low.frombytes((ends & 0xFFFFFFFF).astype(np.uint32).tobytes())
            self.numbers.frombytes(numbers.read().astype(np.uint32).tobytes())
        path = folder.path / _TEXTS
        with folder.room():
            if bounds[-1] and (not path.exists() or path.stat().st_size < bounds[-1]):
                raise WorkFolderError(f"{path}: breaks off: remove the folder, and begin again")
            stored = StoredBytes(folder.path, path, bounds)
        self.texts = StoredTexts(stored=stored)
        self._kept = len(self.texts)
        self._begun = stored.size

    @property
    def pending(self) -> int:
        """Bytes of texts that came after the last finished part."""
        return self.texts.stored.size - self.texts.stored.bounds[self._kept]

    def extend(self, texts: Sequence[str], numbers: Sequence[int]) -> None:
        """Add texts, and a number for each.

        Raises:
            WorkFolderError: there is no more room.
            UnicodeEncodeError: one holds a lone surrogate.
        """
        with self._folder.room():
            self.texts.extend(texts)
        self.numbers.extend(numbers)

    def truncate(self, count: int) -> None:
        """Have only the first `count` texts.

        Raises:
            WorkFolderError: there is no more room.
        """
        self.texts.stored.truncate(count)
        del self.numbers[count:]
        if count < self._kept:  # what is finished holds more: it is one part from now on
            self._folder.write_row(_STATE, {})
            self._folder.forget("texts-")
            self._parts = 0
            self._keep_part(0, count)
            self._kept = count

    def keep(self, **state: Any) -> None:
        """Have all that came finished, and what is to be remembered with it.

        Raises:
            WorkFolderError: there is no more room.
        """
        count = len(self.texts)
        with self._folder.room():
            self.texts.stored.sync()
        self._folder.written += self.texts.stored.size - self._begun
        self._begun = self.texts.stored.size
        if count > self._kept:
            self._keep_part(self._kept, count)
        self._kept = count
        self.state = {**state, "parts": self._parts}
        self._folder.write_row(_STATE, self.state)

    def _keep_part(self, start: int, stop: int) -> None:
        low = np.array(self.texts.stored.bounds.low[start : stop + 1], np.uint32)
        sizes = np.diff(low)  # of unsigned integers, so it does not matter where a lap ends
        numbers = np.array(self.numbers[start:stop], np.uint32)
        self._folder.forget(_name(self._parts))  # of a process that was killed before `keep` ended
        self._folder.take(_name(self._parts), lambda: [sizes, numbers])
        self._parts += 1


def _name(part: int) -> str:
    return f"texts-{part:05}"


def _missing() -> Any:
    raise WorkFolderError("a part of the texts is not there: remove the folder, and begin again")
