"""Writing a file whole or not at all: whoever looks finds the old bytes or the new ones.

The new bytes go to a temporary name in the same folder, are synced, and take the old name's place.
What is known of the old file beside its bytes (owner, permissions, extended attributes with access
lists in them) the new one has from the start, or the old one stays. Temporary files go with the
process, however it ends, but for SIGKILL.
"""

from __future__ import annotations

import atexit
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from textclean.errors import DocumentError
from textclean.text.opening import read_ordinary


class AtomicFile:
    """A file that is written piece by piece and takes its place at the end, in `commit`.

    A symbolic link is followed: the file it leads to is replaced, the link stays. A file that has
    other names (hard links) is refused, for under those it would stay as it was. As a context it
    leaves nothing behind where `commit` was not called.

    Args:
        mode: permission bits of the file; None keeps those of the file that is replaced, and gives
            a new file what the process gives any new file.

    Raises:
        DocumentError: the operating system refuses, here and in all that follows; or what is there
            is no ordinary file, or its owner or attributes cannot be kept.
    """

    def __init__(self, path: Path, mode: int | None = None) -> None:
        import hashlib  # here, for `check` has no use for it

        self._path = path
        self._target = Path(os.path.realpath(path))
        # The dot keeps a file that a crash leaves behind out of every later walk.
        self._fresh = self._target.with_name(f".textclean-{os.urandom(8).hex()}.tmp")
        self._digest = hashlib.sha256()
        self._open = True
        _unfinished.add(self._fresh)
        try:
            status: os.stat_result | None = None
            with suppress(FileNotFoundError):
                status = self._target.stat()
            if status is not None:
                self._require_plain(status)
                mode = stat.S_IMODE(status.st_mode) if mode is None else mode
            # Nobody reads before the end what nobody else may read then.
            allowed = 0o666 if mode is None else 0o600
            self._file = os.fdopen(
                os.open(self._fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, allowed), "wb"
            )
            if status is not None:
                self._keep_owner(status)
                self._keep_attributes()
        except OSError as error:
            raise self._failed(error) from error
        except DocumentError:
            self.abandon()
            raise
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
            if self._mode is not None:
                if hasattr(os, "fchmod"):
                    os.fchmod(self._file.fileno(), self._mode)
                else:
                    self._fresh.chmod(self._mode)
            os.fsync(self._file.fileno())
            self._file.close()
            if check is not None:
                check()
            self._fresh.replace(self._target)
        except OSError as error:
            raise self._failed(error) from error
        except BaseException:
            self.abandon()
            raise
        self._open = False
        _unfinished.discard(self._fresh)

    def abandon(self) -> None:
        """Give up what was written, unless it is in its place."""
        if self._open:
            self._open = False
            with suppress(OSError, AttributeError):  # it may not be there yet
                self._file.close()
            _remove(self._fresh)

    def _require_plain(self, status: os.stat_result) -> None:
        if not stat.S_ISREG(status.st_mode):
            what = "folder" if stat.S_ISDIR(status.st_mode) else "device, pipe or socket"
            raise DocumentError(f"{self._path}: cannot be written: it is a {what}")
        if status.st_nlink > 1:
            raise DocumentError(
                f"{self._path}: has other names (hard links), under which the old text would stay, "
                "so it was left as it is; copy it first"
            )

    def _keep_owner(self, status: os.stat_result) -> None:
        if not hasattr(os, "fchown"):
            return
        ours = os.fstat(self._file.fileno())
        user = -1 if ours.st_uid == status.st_uid else status.st_uid
        group = -1 if ours.st_gid == status.st_gid else status.st_gid
        if (user, group) == (-1, -1):
            return
        try:
            os.fchown(self._file.fileno(), user, group)
        except OSError:
            raise DocumentError(
                f"{self._path}: belongs to another user or group, which cannot be kept, so it was "
                "left as it is"
            ) from None

    def _keep_attributes(self) -> None:
        if not hasattr(os, "listxattr"):
            return
        theirs = _attributes(self._target)
        ours = _attributes(self._file.fileno())
        for name in ours.keys() - theirs.keys():  # such as the access list that a folder gives
            with suppress(OSError):
                os.removexattr(self._file.fileno(), name)
        for name, value in theirs.items():
            if ours.get(name) == value:
                continue
            try:
                os.setxattr(self._file.fileno(), name, value)
            except OSError:
                raise DocumentError(
                    f"{self._path}: its attribute {name} cannot be kept, so it was left as it is"
                ) from None

    def _failed(self, error: OSError) -> DocumentError:
        self.abandon()
        return DocumentError(f"{self._path}: cannot be written: {error.strerror}")


_BINARY = getattr(os, "O_BINARY", 0)
# Temporary files that are not yet in their places.
_unfinished: set[Path] = set()


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
    _unfinished.discard(path)


@atexit.register
def _remove_unfinished() -> None:
    """Remove what a signal interrupted before anybody could."""
    for path in list(_unfinished):
        _remove(path)


def _attributes(file: Path | int) -> dict[str, bytes]:
    """The extended attributes of a file; none where the file system has none."""
    try:
        return {name: os.getxattr(file, name) for name in os.listxattr(file)}
    except OSError:
        return {}


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk, where the system can be told so."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


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
        if replacing is not None and read_ordinary(path) != replacing:
            raise changed_meanwhile(path)

    with AtomicFile(path, mode) as file:
        file.write(data)
        file.commit(check)


def changed_meanwhile(path: Path) -> DocumentError:
    """The error for a file that somebody else has changed."""
    return DocumentError(
        f"{path}: was changed while it was being worked on, so it was left as it is"
    )
