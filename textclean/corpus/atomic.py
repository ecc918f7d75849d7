"""Writing a file whole or not at all: whoever looks finds the old bytes or the new ones.

The new bytes go to a temporary name in the same folder, are synced, and take the old name's place.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from textclean.errors import DocumentError


class AtomicFile:
    """A file that is written piece by piece and takes its place at the end, in `commit`.

    A symbolic link is followed: the file it leads to is replaced, the link stays. As a context it
    leaves nothing behind where `commit` was not called.

    Args:
        mode: permission bits of the file; None keeps those of the file that is replaced, and gives
            a new file what the process gives any new file.

    Raises:
        DocumentError: the operating system refuses, here and in all that follows.
    """

    def __init__(self, path: Path, mode: int | None = None) -> None:
        import hashlib  # here, for `check` has no use for it

        self._path = path
        self._target = Path(os.path.realpath(path))
        # The dot keeps a file that a crash leaves behind out of every later walk.
        self._fresh = self._target.with_name(f".textclean-{os.urandom(8).hex()}.tmp")
        self._digest = hashlib.sha256()
        self._open = True
        try:
            if mode is None:
                with suppress(FileNotFoundError):
                    mode = stat.S_IMODE(self._target.stat().st_mode)
            # Nobody reads before the end what nobody else may read then.
            allowed = 0o666 if mode is None else 0o600
            self._file = os.fdopen(
                os.open(self._fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, allowed), "wb"
            )
        except OSError as error:
            raise self._failed(error) from error
        self._mode = mode

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.abandon()

    @property
    def sha256(self) -> str:
        """The digest of all that was written."""
        return self._digest.hexdigest()

    def write(self, data: bytes) -> None:
        """Add bytes."""
        self._digest.update(data)
        try:
            self._file.write(data)
        except OSError as error:
            raise self._failed(error) from error

    def commit(self, check: Callable[[], None] | None = None) -> None:
        """Put the file in its place.

        Args:
            check: called as late as can be; what it raises keeps the old file.
        """
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            if self._mode is not None:
                self._fresh.chmod(self._mode)
            if check is not None:
                check()
            self._fresh.replace(self._target)
        except OSError as error:
            raise self._failed(error) from error
        except BaseException:
            self.abandon()
            raise
        self._open = False

    def abandon(self) -> None:
        """Give up what was written, unless it is in its place."""
        if self._open:
            self._open = False
            with suppress(OSError):
                self._file.close()
            self._fresh.unlink(missing_ok=True)

    def _failed(self, error: OSError) -> DocumentError:
        if hasattr(self, "_file"):
            self.abandon()
        return DocumentError(f"{self._path}: cannot be written: {error.strerror}")


_BINARY = getattr(os, "O_BINARY", 0)


def write_atomic(
    path: Path, data: bytes, mode: int | None = None, *, replacing: bytes | None = None
) -> None:
    """Put `data` in the place of `path`, as `AtomicFile` does.

    Args:
        replacing: the bytes that the new ones were made of; a file that has others by now is left
            alone. None replaces whatever is there.

    Raises:
        DocumentError: the operating system refuses, or the file was changed since it was read; it
            stays as it is then.
    """

    def check() -> None:
        # Cleaning may have taken long enough for somebody to save the file.
        if replacing is not None and path.read_bytes() != replacing:
            raise changed_meanwhile(path)

    with AtomicFile(path, mode) as file:
        file.write(data)
        file.commit(check)


def changed_meanwhile(path: Path) -> DocumentError:
    """The error for a file that somebody else has changed."""
    return DocumentError(
        f"{path}: was changed while it was being worked on, so it was left as it is"
    )
