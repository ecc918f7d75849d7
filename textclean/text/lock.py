"""A file that one process at a time may use; the others wait a little and then are refused.

The lock is the operating system's, on the file itself. It ends with the process, however that ends,
so there are no stale locks, and nothing is left lying beside the file.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from textclean.errors import DocumentError
from textclean.text.opening import require_ordinary

if sys.platform == "win32":
    import msvcrt

    # Windows keeps others from reading what is locked: so this is a byte beyond all that is read.
    _BEYOND = 0x7FFF0000

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _BEYOND, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK})
# Some network file systems have no locks; refusing to work there would help nobody.
_UNKNOWN = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP})
_PAUSE = 0.05  # seconds


@contextmanager
def locked(
    path: Path,
    *,
    wait: float,
    mode: str = "a+b",
    title: Path | None = None,
    remove: bool = False,
) -> Iterator[IO[bytes]]:
    """Open a file and keep other processes from opening it in this way.

    Args:
        wait: seconds to wait for another process to end.
        mode: as for `open`; the default begins a file that is not there, and writes at its end.
        title: what errors call the file instead of its path.
        remove: whether the file goes in the end.

    Raises:
        DocumentError: another process still holds the file, or it cannot be opened.
    """
    end = time.monotonic() + wait
    try:
        while (file := _open(path, mode)) is None:
            if time.monotonic() >= end:
                raise DocumentError(
                    f"{title or path}: another textclean is using it; try again when that is done"
                )
            time.sleep(_PAUSE)
    except OSError as error:
        raise DocumentError(f"{path}: cannot be opened: {error.strerror}") from None
    try:
        with file:
            try:
                yield file
            finally:
                # While it is held, so that no file goes that another process holds by then; Windows
                # removes none that is open, by whomever.
                if remove and sys.platform != "win32":
                    path.unlink(missing_ok=True)
    finally:
        if remove and sys.platform == "win32":
            with suppress(OSError):
                path.unlink()


def is_locked(path: Path) -> bool:
    """Whether some process holds a file just now; none holds one that is not there."""
    if not path.exists():
        return False
    with suppress(OSError):
        file = _open(path, "a+b")
        if file is None:
            return True
        file.close()
    return False


def _open(path: Path, mode: str) -> IO[bytes] | None:
    with suppress(FileNotFoundError):
        require_ordinary(path)
    # Without a buffer, so that closing has nothing to write that could not be written before.
    file: IO[bytes] = path.open(mode, buffering=0)
    try:
        _lock(file.fileno())
        # Whoever held the file may have removed it at the end.
        if os.path.samestat(os.fstat(file.fileno()), path.stat()):
            return file
    except FileNotFoundError:
        pass
    except OSError as error:
        if error.errno in _UNKNOWN:
            return file
        if error.errno not in _HELD:
            file.close()
            raise
    file.close()
    return None
