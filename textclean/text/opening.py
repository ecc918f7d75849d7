"""Opening ordinary files only: a pipe would be waited for, a device never ends, and to open one can
do something by itself.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import IO

_KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
# Not waiting where a pipe has taken the file's place since it was looked at.
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def open_ordinary(path: Path) -> IO[bytes]:
    """Open a file for reading.

    Raises:
        OSError: it cannot be opened, or is no ordinary file.
    """
    require_ordinary(path)
    file = os.fdopen(os.open(path, _FLAGS), "rb")
    try:
        _require(path, os.fstat(file.fileno()))
    except OSError:
        file.close()
        raise
    return file


def require_ordinary(path: Path) -> None:
    """See that a path leads to an ordinary file.

    Raises:
        OSError: it does not, or there is nothing.
    """
    _require(path, path.stat())


def read_ordinary(path: Path, most: int | None = None) -> bytes:
    """The bytes of a file.

    Args:
        most: bytes that the file may have; None: any number.

    Raises:
        OSError: it cannot be read, is no ordinary file, or is larger.
    """
    with open_ordinary(path) as file:
        if most is None:
            return file.read()
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most:,} bytes", str(path))
    return data


def _require(path: Path, status: os.stat_result) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind == stat.S_IFDIR:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if kind != stat.S_IFREG:
        what = _KINDS.get(kind, "something else")
        raise OSError(errno.EINVAL, f"it is {what}, not an ordinary file", str(path))
