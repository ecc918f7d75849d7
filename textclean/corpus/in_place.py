"""The undo record of files that ``fix`` changed in place.

A line per change, in the form of a run's undo record, with the file's path from the current folder.
A line is on disk before its file is changed, so whatever was changed can be undone, also after a
crash. A second ``fix`` adds to the record; undoing goes back through all of it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import IO, Any, NamedTuple

from textclean.corpus import names
from textclean.corpus.atomic import sync_folder, write_atomic
from textclean.corpus.files import FixedFile
from textclean.corpus.formats import format_of
from textclean.corpus.formats.base import Row
from textclean.corpus.formats.compression import compression_of
from textclean.corpus.record import ROW_START, Damage, digest_of, read_rows, unpack
from textclean.errors import DocumentError, RecordError, TextcleanError
from textclean.text.lock import locked
from textclean.text.opening import read_ordinary

#: How many seconds to wait for another process that has the record.
_WAIT = 5.0


@contextmanager
def open_record(path: Path) -> Iterator[InPlaceRecord]:
    """Open a record to add to, or begin one; until it is closed no other process can.

    Raises:
        RecordError: there is a file of that name, and it is no such record.
        DocumentError: another process has the record open, or it cannot be opened.
    """
    fresh = not path.exists()
    with locked(path, wait=_WAIT) as file:
        record = InPlaceRecord(path, file)
        if fresh:
            sync_folder(path.parent)
        try:
            yield record
        finally:
            if fresh and not record.length:
                with suppress(OSError):  # Windows removes no open file
                    path.unlink()


class InPlaceRecord:
    """A record that is open for adding; see `open_record`."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._path = path
        self._file = file
        file.seek(0)
        data = file.read()
        # The last line, where a crash broke it off before its file was changed. Of a file that is
        # not as it was the line stays, and `undo` names it.
        tail = data[data.rfind(b"\n") + 1 :]
        begins_a_row = tail.startswith(ROW_START) or ROW_START.startswith(tail)
        rows, damages = read_rows(tail)
        broken_off = begins_a_row and not rows
        broken_off &= all(not each.document or _is_as_before(each) for each in damages)
        #: Bytes of all that stays.
        self.length = len(data) - len(tail) if broken_off else len(data)
        named = any(each.document for each in damages)
        if self.length and not named and not read_rows(data)[0]:
            raise RecordError(f"{path}: is no undo record, so nothing is added to it")
        #: What ends a damaged last line.
        self._end = b"" if broken_off else b"\n"
        self._before = self.length, self._end

    def add(self, file: FixedFile) -> None:
        """Put on disk what undoes the change of a file that is about to be written.

        Raises:
            DocumentError: the file is not under the current folder, or the record cannot be
                written.
        """
        # Under its real name, so that a file with links to it has one history.
        path = Path(os.path.realpath(file.path))
        try:
            name = path.relative_to(os.path.realpath(Path.cwd())).as_posix()
        except ValueError:
            raise DocumentError(
                f"{file.path}: is not under the current folder, so a record kept from here could "
                "not lead back to it; run `textclean fix --record` in a folder above"
            ) from None
        self._before = self.length, self._end
        length = self.length
        try:
            self._narrow(path)
            self._file.truncate(self.length)
            for piece in chain([self._end], file.undo_row(name)):
                at = 0
                while at < len(piece):
                    at += self._file.write(piece[at:])
                length += len(piece)
            os.fsync(self._file.fileno())
        except BaseException as error:
            self.withdraw()
            if not isinstance(error, OSError):
                raise
            raise DocumentError(f"{self._path}: cannot be written: {error.strerror}") from None
        self.length = length
        self._end = b""

    def _narrow(self, path: Path) -> None:
        """Let nobody read the record who may not read a file whose old text it holds."""
        if hasattr(os, "fchmod") and path.exists():
            mode = stat.S_IMODE(os.fstat(self._file.fileno()).st_mode)
            narrow = mode & (path.stat().st_mode | 0o600)
            if narrow != mode:
                os.fchmod(self._file.fileno(), narrow)

    def withdraw(self) -> None:
        """Take back what was last added: its file was not changed."""
        self.length, self._end = self._before
        with suppress(OSError):  # a row too many does no harm
            self._file.truncate(self.length)


class UndoResult(NamedTuple):
    """What undoing a record came to; the paths are from the current folder."""

    restored: list[str]
    #: Files that were already as they had been before the first change.
    untouched: list[str]
    #: Why a file could not be restored and was left as it is, or which line of the record is
    #: damaged; each names the file, if that is known.
    failures: list[str]


def undo_in_place(record: Path, *, force: bool = False) -> UndoResult:
    """Give the files under the current folder that a record names the bytes they had before.

    A file that is neither what a change left nor what it began with was altered since, and stays.

    Args:
        force: also those whose names, or folders, begin with a dot: programs and their settings,
            which a record that a stranger made could have changed.

    Raises:
        RecordError: the file is no record.
        DocumentError: it cannot be read, or another process has it open.
    """
    with locked(record, wait=_WAIT, mode="rb") as file:
        data = file.read()
        rows, damages = read_rows(data)
        if data and not rows and not any(damage.document for damage in damages):
            raise RecordError(f"{record}: is no undo record")
        result = _undo(rows, force=force)
        for damage in damages:
            if not _is_as_before(damage):
                result.failures.append(f"{record}:{damage.line}: {damage}")
        return result


def _undo(rows: Iterable[Row], *, force: bool) -> UndoResult:
    changes: dict[str, list[Row]] = {}  # by file, the first one first
    for row in rows:
        changes.setdefault(row["document"], []).append(row)
    result = UndoResult([], [], [])
    for name, changes_of_file in changes.items():
        try:
            path = names.place(Path.cwd(), name)
            current = read_ordinary(path)
            original = _back(name, changes_of_file, current)
            if original == current:
                result.untouched.append(name)
            elif names.is_hidden(name) and not force:
                result.failures.append(
                    f"{name}: is hidden (a name that begins with a dot), where a record of unknown "
                    "origin could do harm; --force gives it back"
                )
            else:
                write_atomic(path, original, replacing=current)
                result.restored.append(name)
        except OSError as error:
            result.failures.append(f"{name}: cannot be read: {error.strerror}")
        except TextcleanError as error:
            result.failures.append(str(error))
    return result


def _is_as_before(damage: Damage) -> bool:
    """Whether a file is as it was before the change that the damaged line is of."""
    if damage.document is None:
        return False
    try:
        path = names.place(Path.cwd(), damage.document)
        data = read_ordinary(path)
        form = format_of(path, data)
        return form.digest_of(path, data, compression_of(path)) == damage.input
    except (OSError, TextcleanError):
        return False


def _back(name: str, rows: list[Row], data: bytes) -> bytes:
    """The bytes of a file before the first of its changes."""
    digests: dict[Any, str | None] = {}  # of the data; all rows of a file are alike in this

    def digest(row: Row) -> str | None:
        key = row.get("format"), row.get("compression")
        if key not in digests:
            digests[key] = digest_of(row, data)
        return digests[key]

    last = max((at for at, row in enumerate(rows) if digest(row) == row.get("output")), default=-1)
    if last < 0:
        if digest(rows[0]) == rows[0].get("input"):
            return data
        raise RecordError(f"{name}: was altered since it was fixed, so it was left as it is")
    for row in reversed(rows[: last + 1]):
        # A change that was recorded and then not made has left the file as the one before did.
        if digest_of(row, data) != row.get("input"):
            data = unpack(row, data)
    return data
