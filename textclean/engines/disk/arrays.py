"""Arrays on disk: some of them in one file, which is there whole or not at all.

The file is numpy's own format (``.npy``), array after array, so anything that reads numpy's files
reads these. It is written under another name, synced, and renamed: a name that is there stands for
finished work, however a process ended.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.steps import Kept

#: What the names of unfinished files end in.
UNFINISHED = ".unfinished"


def write_file(path: Path, write: Callable[[IO[bytes]], None]) -> int:
    """Have a file in its place when all of it is on disk; how many bytes it has.

    Raises:
        OSError: there is no room; nothing is left of it then.
    """
    fresh = path.with_name(path.name + UNFINISHED)
    try:
        with fresh.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return size


def write_arrays(path: Path, arrays: Sequence[NDArray[Any]]) -> int:
    """Write arrays, of one dimension or more; how many bytes they take.

    Raises:
        OSError: there is no room.
    """

    def write(file: IO[bytes]) -> None:
        for given in arrays:
            array = np.ascontiguousarray(given)
            np.lib.format.write_array_header_1_0(
                file, np.lib.format.header_data_from_array_1_0(array)
            )
            # By `numpy.save` a full disk is an error that does not say what it is.
            file.write(array.reshape(-1).view(np.uint8).data)

    return write_file(path, write)


def read_arrays(path: Path) -> list[Kept]:
    """The arrays of a file, none of which is read yet.

    Raises:
        ValueError, OSError: the file is damaged.
    """
    found: list[Kept] = []
    with path.open("rb") as file:
        end = os.fstat(file.fileno()).st_size
        while file.tell() < end:
            version = np.lib.format.read_magic(file)
            if version != (1, 0):
                raise ValueError(f"{path}: is no file of arrays of ours")
            shape, _, kind = np.lib.format.read_array_header_1_0(file)
            start = file.tell()
            stored = StoredArray(path, start, shape, kind)
            if start + stored.size > end:
                raise ValueError(f"{path}: breaks off")
            found.append(stored)
            file.seek(start + stored.size)
    return found


class StoredArray(Kept):
    """An array in a file, of which some of the items are read when they are asked for."""

    def __init__(self, path: Path, start: int, shape: tuple[int, ...], kind: np.dtype[Any]) -> None:
        self._path, self._start, self._shape, self._kind = path, start, shape, kind
        self._row = int(np.prod(shape[1:], dtype=np.int64)) * kind.itemsize

    @property
    def size(self) -> int:
        """Its bytes."""
        return self._row * len(self)

    def __len__(self) -> int:
        return self._shape[0]

    def read(self, start: int = 0, stop: int | None = None) -> NDArray[Any]:
        """As `Kept.read`.

        Raises:
            OSError: the file is not there, or breaks off.
        """
        start, stop, _ = slice(start, stop).indices(len(self))
        shape = (max(stop - start, 0), *self._shape[1:])
        out = np.empty(shape, self._kind)
        if not out.size:
            return out
        with self._path.open("rb", buffering=0) as file:
            file.seek(self._start + start * self._row)
            left = out.reshape(-1).view(np.uint8).data
            while left:
                done = file.readinto(left)
                if not done:
                    raise OSError(f"{self._path}: breaks off")
                left = left[done:]
        return out
