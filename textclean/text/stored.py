"""Texts that lie in a temporary file instead of in memory, each fetched when it is asked for.

Of each there is a number of four bytes in memory; up to a block all stays there, without a file.
The file has no name where the system allows that (it is unlinked at once), so that nothing is left
of it however the process ends.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import IO, Any

# Bytes that are written at once, and those that are read at once where texts follow one another.
_BLOCK = 1 << 20
# Pieces that are read at once, at most.
_PIECES = 1 << 14


class Bounds:
    """Ascending offsets, four bytes each: where each of some pieces begins, and where the last
    ends.
    """

    def __init__(self) -> None:
        #: The lower 32 bits of each offset.
        self.low = array("I", [0])
        #: The places from which on the offsets are another 2**32 greater.
        self.laps = array("q")

    def __len__(self) -> int:
        return len(self.low)

    def __getitem__(self, place: int) -> int:
        low = self.low[place]
        if not self.laps:
            return low
        return low + (bisect_right(self.laps, range(len(self))[place]) << _LAP)

    def between(self, start: int, stop: int) -> list[int]:
        """Some offsets that follow one another."""
        if not self.laps:
            return self.low[start:stop].tolist()
        return [self[place] for place in range(start, min(stop, len(self)))]

    def append(self, offset: int) -> None:
        """Add an offset, no less than the last."""
        while len(self.laps) < offset >> _LAP:
            self.laps.append(len(self.low))
        self.low.append(offset & _LOW)

    def extend(self, offsets: list[int]) -> None:
        """Add offsets, in order."""
        if offsets and offsets[-1] <= _LOW:
            self.low.extend(offsets)
            return
        for offset in offsets:
            self.append(offset)

    def cut(self, count: int) -> None:
        """Have only the first `count` offsets."""
        del self.low[count:]
        while self.laps and self.laps[-1] >= count:
            self.laps.pop()


_LAP = 32
_LOW = (1 << _LAP) - 1


class StoredBytes(Sequence[bytes]):
    """Pieces of bytes in a temporary file, in the order in which they were added.

    Args:
        folder: where the file is; None: where the system has temporary files.
        path: a file that stays, and may be there already; what is in it has the `bounds`.
        bounds: where its first pieces begin, and where the last of them ends; the rest is dropped.
    """

    def __init__(
        self,
        folder: Path | None = None,
        path: Path | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self.folder = folder
        # Made when there is more than a block to keep.
        self._file: IO[bytes] | None = None
        self._written = 0
        self._pending = bytearray()
        #: Where each piece begins, and where the last ends.
        self.bounds = Bounds() if bounds is None else bounds
        if path is not None:
            self._file = path.open("r+b" if path.exists() else "w+b", buffering=0)
            self._file.truncate(self.size)
            self._written = self.size

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def append(self, data: bytes) -> None:
        """Add a piece.

        Raises:
            OSError: there is no more room on the disk.
        """
        self._pending += data
        self.bounds.append(self.bounds[-1] + len(data))
        if len(self._pending) >= _BLOCK:
            self._flush()

    def extend(self, pieces: Sequence[bytes]) -> None:
        """Add pieces.

        Raises:
            OSError: there is no more room on the disk.
        """
        self.bounds.extend(list(accumulate(map(len, pieces), initial=self.size))[1:])
        self._pending += b"".join(pieces)
        if len(self._pending) >= _BLOCK:
            self._flush()

    def truncate(self, count: int) -> None:
        """Have only the first `count` pieces."""
        self.bounds.cut(count + 1)
        if self.size >= self._written:
            del self._pending[self.size - self._written :]
        elif self._file is not None:
            self._pending.clear()
            self._file.truncate(self.size)
            self._written = self.size

    def finish(self) -> None:
        """Write what is pending, if there is a file: then threads may read at once."""
        if self._file is not None and self._pending:
            self._flush()

    def sync(self) -> None:
        """Have all of a file that stays on disk.

        Raises:
            OSError: there is no more room.
        """
        self.finish()
        if self._file is not None:
            os.fsync(self._file.fileno())

    def _flush(self) -> None:
        if self._file is None:
            import tempfile  # here, for a file is seldom needed

            self._file = tempfile.TemporaryFile(  # noqa: SIM115 - closed by `close`
                dir=self.folder, prefix=".textclean-", buffering=0
            )
        self._file.seek(0, os.SEEK_END)
        while self._pending:
            done = self._file.write(self._pending) or 0
            self._written += done
            del self._pending[:done]

    def read(self, start: int, stop: int) -> bytes:
        """The pieces from the index `start` to before `stop`, one after another."""
        return self.slice(start, 0, self.bounds[stop] - self.bounds[start])

    def slice(self, index: int, start: int, stop: int) -> bytes:
        """Some bytes of a piece."""
        low, high = self.bounds[index] + start, self.bounds[index] + stop
        if low >= self._written:
            return bytes(self._pending[low - self._written : high - self._written])
        if high > self._written:
            self._flush()
        return _read(self._file, low, high - low)

    @property
    def size(self) -> int:
        """Bytes of all pieces."""
        return self.bounds[-1]

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return list(self.between(*index.indices(len(self))[:2]))
        index = range(len(self))[index]
        return self.read(index, index + 1)

    def __iter__(self) -> Iterator[bytes]:
        return self.between(0, len(self))

    def between(self, start: int, stop: int) -> Iterator[bytes]:
        """The pieces from the index `start` to before `stop`, read many at a time."""
        while start < stop:
            bounds = self.bounds.between(start, min(start + _PIECES, stop) + 1)
            count = max(bisect_right(bounds, bounds[0] + _BLOCK) - 1, 1)
            data, low = self.read(start, start + count), bounds[0]
            for one, other in pairwise(bounds[: count + 1]):
                yield data[one - low : other - low]
            start += count

    def close(self) -> None:
        """Give the file up; nothing can be read from then on."""
        if self._file is not None:
            self._file.close()


if hasattr(os, "pread"):

    def _read(file: Any, offset: int, size: int) -> bytes:
        # Threads may read at once.
        data = os.pread(file.fileno(), size, offset)
        while len(data) < size:  # a call returns 2 GB at most
            data += os.pread(file.fileno(), size - len(data), offset + len(data))
        return data

else:
    from threading import Lock

    _lock = Lock()

    def _read(file: Any, offset: int, size: int) -> bytes:
        with _lock:
            file.seek(offset)
            data: bytes = file.read(size)
            return data


class StoredTexts(Sequence[str]):
    """Texts in a temporary file, as UTF-8.

    Args:
        folder: as for `StoredBytes`.
        texts: the first ones.
        stored: where the bytes of some lie already; the others are added there.
    """

    def __init__(
        self,
        folder: Path | None = None,
        texts: Iterable[str] = (),
        stored: StoredBytes | None = None,
    ) -> None:
        #: The texts' bytes.
        self.stored = StoredBytes(folder) if stored is None else stored
        #: A byte for each text, if some are gone: not 0 of those. They are empty then.
        self.gone: bytearray | None = None
        for text in texts:
            self.append(text)

    def append(self, text: str) -> None:
        """Add a text.

        Raises:
            UnicodeEncodeError: it holds a lone surrogate.
        """
        self.stored.append(text.encode("utf-8"))

    def extend(self, texts: Iterable[str]) -> None:
        """Add texts.

        Raises:
            UnicodeEncodeError: one holds a lone surrogate.
        """
        self.stored.extend([text.encode("utf-8") for text in texts])

    def without(self, gone: bytearray) -> StoredTexts:
        """The same texts, but those that are gone are empty; they lie where these do.

        Args:
            gone: a byte for each text, not 0 of those.
        """
        left = StoredTexts(stored=self.stored)
        left.gone = gone
        return left

    def __len__(self) -> int:
        return len(self.stored)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            places = range(*index.indices(len(self)))
            if self.gone is not None:
                return [self[place] for place in places]
            return [data.decode("utf-8") for data in self.stored[index]]
        if self.gone is not None and self.gone[index]:
            return ""
        return self.stored[index].decode("utf-8")

    def __iter__(self) -> Iterator[str]:
        if self.gone is None:
            return (data.decode("utf-8") for data in self.stored)
        return (
            "" if gone else data.decode("utf-8")
            for gone, data in zip(self.gone, self.stored, strict=True)
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def close(self) -> None:
        """Give the texts up, unless they are what is left of others."""
        if self.gone is None:
            self.stored.close()
