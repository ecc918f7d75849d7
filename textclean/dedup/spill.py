"""What a search keeps of all texts between two steps, on disk where the texts are on disk, too.

Keys of bands, anchors and pairs are most of what a search keeps, and they are asked for in parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels.pairing import Parts
from textclean.dedup.steps import Kept
from textclean.text.stored import StoredBytes

_LOW = np.uint64(0xFFFFFFFF)


class PartStore:
    """Integers in parts, of many chunks; a part of all chunks is asked for at once.

    Args:
        on_disk: whether they are kept in a temporary file.
        folder: where that may be made; None: where the system has temporary files.
    """

    def __init__(self, *, on_disk: bool = False, folder: Path | None = None) -> None:
        self._chunks: list[Parts] = []
        self._kept: list[tuple[Kept, NDArray[np.int64]]] = []
        self._numbers: NDArray[Any] | None = None
        self._stored = StoredBytes(folder) if on_disk else None
        self._bounds: list[NDArray[np.int64]] = []
        self._adding = Lock()

    def add(self, parts: Parts) -> None:
        """Keep the parts of a chunk; each chunk has as many. Threads may call this at once."""
        with self._adding:
            if self._stored is None:
                self._chunks.append(parts)
            else:
                self._stored.append(parts.packed.tobytes())
                self._bounds.append(parts.bounds)

    def attach(self, packed: Kept, bounds: NDArray[np.int64]) -> None:
        """Have the parts of a chunk that lies where a step keeps it."""
        self._kept.append((packed, bounds))

    def renumber(self, numbers: NDArray[Any]) -> None:
        """Have other numbers in the lower halves of all that is attached.

        Args:
            numbers: the new number of each; less than 0: what has it goes.
        """
        self._numbers = numbers

    def split(self, packed: NDArray[np.uint64], count: int) -> None:
        """Keep a chunk in `count` parts, a power of two, by the lowest bits."""
        parts = (packed & np.uint64(count - 1)).astype(np.uint16)
        order = np.argsort(parts, kind="stable")
        bounds = np.searchsorted(parts[order], np.arange(count + 1))
        self.add(Parts(packed[order], bounds))

    def __len__(self) -> int:
        """How many parts there are."""
        if self._kept:
            return len(self._kept[0][1]) - 1
        if self._bounds:
            return len(self._bounds[0]) - 1
        return len(self._chunks[0]) if self._chunks else 0

    def joined(self, part: int) -> NDArray[np.uint64]:
        """One part of all chunks, in no order. Threads may call this at once."""
        pieces: list[NDArray[np.uint64]] = [np.zeros(0, np.uint64)]
        pieces += (kept.read(bounds[part], bounds[part + 1]) for kept, bounds in self._kept)
        if self._stored is None:
            pieces += (parts.part(part) for parts in self._chunks)
        else:
            with self._adding:
                self._stored.finish()
            for number, bounds in enumerate(self._bounds):
                low, high = int(bounds[part]) * 8, int(bounds[part + 1]) * 8
                data = self._stored.slice(number, low, high)
                pieces.append(np.frombuffer(data, np.uint64))
        joined = np.concatenate(pieces)
        if self._numbers is None:
            return joined
        numbers = self._numbers[(joined & _LOW).astype(np.int64)]
        stay = numbers >= 0
        return joined[stay] & ~_LOW | numbers[stay].astype(np.uint64)

    def clear(self) -> None:
        """Give all of it up."""
        self._chunks.clear()
        self._kept.clear()
        self._bounds.clear()
        if self._stored is not None:
            self._stored.close()


class Rows:
    """Rows of keys, one for each band: written some columns at a time, read row by row.

    Args:
        rows, columns: how many there are.
        kind: of the keys.
        on_disk, folder: as for `PartStore`.
    """

    def __init__(
        self,
        rows: int,
        columns: int,
        kind: Any = np.uint32,
        *,
        on_disk: bool = False,
        folder: Path | None = None,
    ) -> None:
        self._count, self._columns, self._kind = rows, columns, np.dtype(kind)
        self._keys = None if on_disk else np.empty((rows, columns), kind)
        self._kept: list[tuple[range, Kept]] = []
        self._chosen: NDArray[np.int64] | None = None
        # The pieces of each row in the order in which they came, and where each belongs.
        self._stored = StoredBytes(folder) if on_disk else None
        self._places: list[range] = []
        self._adding = Lock()

    def __len__(self) -> int:
        """How many rows there are."""
        return self._count

    @property
    def table(self) -> NDArray[Any]:
        """All rows, where they are in memory."""
        assert self._keys is not None
        return self._keys

    def put(self, place: range, keys: NDArray[Any]) -> None:
        """Write some columns of all rows. Threads may call this at once."""
        if self._keys is not None:
            self._keys[:, place.start : place.stop] = keys
            return
        assert self._stored is not None
        with self._adding:
            self._stored.append(np.ascontiguousarray(keys).tobytes())
            self._places.append(place)

    def attach(self, place: range, keys: Kept) -> None:
        """Have some columns of all rows, row after row, that lie where a step keeps them.

        All columns come so, or none.
        """
        self._kept.append((place, keys))

    def choose(self, columns: NDArray[np.int64]) -> None:
        """Have only some of the columns that are attached."""
        self._chosen = columns

    def row(self, number: int) -> NDArray[Any]:
        """One row."""
        if self._chosen is not None:
            return self._row(number)[self._chosen]
        return self._row(number)

    def _row(self, number: int) -> NDArray[Any]:
        if self._keys is not None and not self._kept:
            keys: NDArray[Any] = self._keys[number]
            return keys
        out = np.empty(self._columns, self._kind)
        for place, piece in self._pieces(number):
            out[place.start : place.stop] = piece
        return out

    def at(self, number: int, columns: NDArray[Any]) -> NDArray[Any]:
        """Some of the keys of a row, by their columns, which ascend."""
        if self._keys is not None and not self._kept:
            some: NDArray[Any] = self._keys[number][columns]
            return some
        out = np.empty(len(columns), self._kind)
        for place, piece in self._pieces(number):
            ends = np.array([place.start, place.stop], columns.dtype)
            low, high = np.searchsorted(columns, ends)
            out[low:high] = piece[columns[low:high] - place.start]
        return out

    def _pieces(self, number: int) -> Iterator[tuple[range, NDArray[Any]]]:
        """The pieces of a row that is on disk, and where each belongs."""
        if self._kept:
            for place, keys in self._kept:
                yield place, keys.read(number * len(place), (number + 1) * len(place))
            return
        assert self._stored is not None
        with self._adding:
            self._stored.finish()
        for index, place in enumerate(self._places):
            size = len(place) * self._kind.itemsize
            data = self._stored.slice(index, number * size, (number + 1) * size)
            yield place, np.frombuffer(data, self._kind)

    def clear(self) -> None:
        """Give all of it up."""
        self._keys = None
        self._kept.clear()
        if self._stored is not None:
            self._stored.close()
