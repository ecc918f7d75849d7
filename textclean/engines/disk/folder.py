"""A folder with the finished steps of some work: whose it is, and what is in it.

``command.json`` says which command the work is for: a restart with the same one goes on, another
one is refused. Each finished step is a file; what a killed process was writing has another name,
and is removed by the next. Nothing else of the folder is touched.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from textclean.dedup.steps import Kept, Steps
from textclean.engines.disk.arrays import UNFINISHED, read_arrays, write_arrays, write_file
from textclean.errors import TextcleanError

if TYPE_CHECKING:
    from textclean.dedup.steps import Arrays

#: Says which command the work is for.
COMMAND = "command.json"
#: Texts in a step: of ordinary paragraphs so many are read, folded and sketched in some seconds.
TOGETHER = 1 << 17
_ENDING = ".npy"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

#: Told the stage, how much of it is done, how much there is, and of what.
Progress = Callable[[str, int, int | None, str], None]


class WorkFolderError(TextcleanError):
    """A folder to work in that cannot be used, or has no more room; what is finished stays."""


class WorkFolder(Steps):
    """The finished steps of some work.

    Args:
        path: the folder; made if it is not there.
        command: what decides the result, in values of JSON: the same for the same result.
        progress: told how far each stage is.

    Raises:
        WorkFolderError: it holds the work of another command, or something else; or cannot be used.
    """

    together = TOGETHER

    def __init__(
        self, path: Path, command: Mapping[str, Any], progress: Progress | None = None
    ) -> None:
        self.path = path
        #: Bytes that were written into it by this process.
        self.written = 0
        self._prefix = ""
        self._progress = progress
        with self.room():
            self._open(command)

    def _open(self, command: Mapping[str, Any]) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise WorkFolderError(f"{self.path}: is a file; choose a folder to work in")
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = self.path.stat()
        # Outcomes are read back as objects of Python, and texts are nobody else's business.
        if hasattr(os, "geteuid") and (status.st_uid != os.geteuid() or status.st_mode & 0o022):
            raise WorkFolderError(
                f"{self.path}: others may write there; choose a folder that only you can write to"
            )
        known = self.read_row(COMMAND)
        wanted = json.loads(json.dumps(command))
        if known is None:
            names = [each.name for each in self.path.iterdir() if not _is_unfinished(each)]
            if [name for name in names if not name.startswith(".")]:
                raise WorkFolderError(
                    f"{self.path}: holds files, and no work of ours; choose an empty folder"
                )
            self.write_row(COMMAND, wanted)
        elif known != wanted:
            differ = ", ".join(
                sorted(key for key in {*known, *wanted} if known.get(key) != wanted.get(key))
            )
            raise WorkFolderError(
                f"{self.path}: holds the unfinished work of another command (other: {differ}); "
                "give that one again to go on, choose another folder, or remove this one"
            )
        for each in self.path.iterdir():
            if _is_unfinished(each):
                each.unlink(missing_ok=True)

    def within(self, name: str) -> WorkFolder:
        """The steps of a part of the work, whose names are its own."""
        inner: WorkFolder = object.__new__(WorkFolder)
        inner.__dict__ = dict(self.__dict__)
        inner._prefix = f"{self._prefix}{name}-"
        inner._outer = self
        return inner

    _outer: WorkFolder | None = None

    @contextmanager
    def room(self) -> Iterator[None]:
        """Where there is no more room on the disk, say so, and that nothing is lost.

        Raises:
            WorkFolderError: there is none, or the system refuses something else.
        """
        try:
            yield
        except OSError as error:
            raise self.refused(error) from error

    def refused(self, error: OSError) -> WorkFolderError:
        """What to say when the system refuses to write or read."""
        if error.errno in _FULL:
            return WorkFolderError(
                f"{self.path}: there is no more room on the disk; what is finished is kept: make "
                "room, give the same command again, and it goes on from there"
            )
        return WorkFolderError(f"{self.path}: cannot be worked in: {error.strerror or error}")

    # Steps

    def take(self, name: str, make: Callable[[], Arrays]) -> list[Kept]:
        """As `Steps.take`."""
        path = self._place(name)
        if not path.exists():
            arrays = make()
            with self.room():
                self._count(write_arrays(path, arrays))
            del arrays
        return self._read(path)

    def known(self, name: str) -> list[Kept] | None:
        """As `Steps.known`."""
        return self._read(self._place(name)) if self.has(name) else None

    def _read(self, path: Path) -> list[Kept]:
        try:
            return list(read_arrays(path))
        except (OSError, ValueError, EOFError) as error:
            raise WorkFolderError(
                f"{path}: is damaged ({error}); remove it, and give the same command again"
            ) from None

    def has(self, name: str) -> bool:
        """Whether a step is finished."""
        return self._place(name).exists()

    def tell(self, stage: str, done: int, total: int | None, unit: str) -> None:
        """As `Steps.tell`."""
        if self._progress is not None:
            self._progress(stage, done, total, unit)

    def forget(self, name: str = "") -> None:
        """As `Steps.forget`."""
        for each in self.path.glob(f"{self._prefix}{name}*{_ENDING}"):
            with suppress(OSError):
                each.unlink()

    def _place(self, name: str) -> Path:
        return self.path / f"{self._prefix}{name}{_ENDING}"

    def _count(self, size: int) -> None:
        folder: WorkFolder | None = self
        while folder is not None:
            folder.written += size
            folder = folder._outer

    # Other files

    def read_row(self, name: str) -> dict[str, Any] | None:
        """A file of JSON; None if it is not there.

        Raises:
            WorkFolderError: it is damaged.
        """
        path = self.path / f"{self._prefix}{name}"
        try:
            row: dict[str, Any] = json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise WorkFolderError(f"{path}: cannot be read: {error}") from None
        return row

    def write_row(self, name: str, row: Mapping[str, Any]) -> None:
        """Have a file of JSON, whole or as it was.

        Raises:
            WorkFolderError: there is no room.
        """
        data = json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")

        def write(file: IO[bytes]) -> None:
            file.write(data)

        with self.room():
            self._count(write_file(self.path / f"{self._prefix}{name}", write))

    def begin_again(self) -> None:
        """Give all up that is finished."""
        for each in self.path.iterdir():
            ours = each.suffix in (_ENDING, ".json", ".bin") or _is_unfinished(each)
            if ours and each.name != COMMAND:
                each.unlink(missing_ok=True)

    def remove(self) -> None:
        """Give all of it up, when the work is done."""
        self.begin_again()
        (self.path / COMMAND).unlink(missing_ok=True)


def _is_unfinished(path: Path) -> bool:
    return path.name.endswith(UNFINISHED)
