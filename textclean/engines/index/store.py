"""The LMDB environment of an index: opened once in a process, grown when it is full.

Every write is one transaction: after ``kill -9`` an index is as the last commit left it. Readers
see the index as it was when they began, whatever the one writer does meanwhile.

What is written bears a checksum over its table, key and value, as LMDB has none.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

from textclean.errors import MissingExtraError, TextcleanError

#: The version of the format. An index of another version is not read.
FORMAT = 1
META, ENTRIES, IDS, NODES, MEMBERS, POSTINGS, LINES = TABLES = (
    *(b"meta", b"entries", b"ids", b"nodes"),
    *(b"members", b"postings", b"lines"),
)
#: Where in META the description of the index is, and what it holds now.
DESCRIPTION, STATE, DEAD = b"description", b"state", b"dead"
#: Bytes of a checksum: as many as keep what follows aligned.
SEAL = 8
# The size that an environment may grow to at first; it is doubled when it is reached.
_FIRST_SIZE = 1 << 26
_READERS = 512

# Copies all pages that are used to nowhere.
_READ_ALL = """
import os, sys, lmdb
with lmdb.open(sys.argv[1], readonly=True, lock=False) as environment:
    environment.copyfd(os.open(os.devnull, os.O_WRONLY), compact=True)
"""

_Result = TypeVar("_Result")


class IndexFormatError(TextcleanError):
    """A folder that is no index, is one of another version, or is damaged."""


def seal(table: bytes, key: bytes, value: bytes) -> bytes:
    """A value with its checksum before it."""
    return _checksum(table, key, value) + value


def unseal(table: bytes, key: bytes, sealed: Any) -> memoryview:
    """The value that was sealed.

    Raises:
        IndexFormatError: it is not as it was written.
    """
    view = memoryview(sealed)
    value = view[SEAL:]
    if len(view) < SEAL or _checksum(table, key, value) != view[:SEAL]:
        raise IndexFormatError(f"{table.decode()} {key.hex()}: the checksum does not fit")
    return value


def _checksum(table: bytes, key: bytes, value: bytes | memoryview) -> bytes:
    return crc32(value, crc32(key, crc32(table))).to_bytes(SEAL, "big")


class Store:
    """An environment and its tables.

    LMDB lets a process open an environment once, so those of one folder share it.
    """

    _open: dict[str, Store] = {}  # noqa: RUF012
    _opening = threading.Lock()

    @classmethod
    def of(cls, folder: Path, *, create: bool = False) -> Store:
        """The store in a folder; `close` is to be called as often as this.

        Raises:
            MissingExtraError: lmdb is not installed.
            IndexFormatError: there is no index there, or, if one is to be made, something else.
        """
        if find_spec("lmdb") is None:
            raise MissingExtraError("a persistent index", "index")
        name = os.path.realpath(folder)
        with cls._opening:
            store = cls._open.get(name)
            if create and (store or (folder.exists() and any(folder.iterdir()))):
                raise IndexFormatError(f"{folder}: there is something there already")
            if not create and not is_index(folder):
                raise IndexFormatError(f"{folder}: no index")
            if store is None:
                store = cls._open[name] = cls(folder)
            store._users += 1
            return store

    def __init__(self, folder: Path) -> None:
        import lmdb

        folder.mkdir(parents=True, exist_ok=True)
        self._users = 0
        self._writing = threading.RLock()
        # The map may not be resized while a transaction of this process is open.
        self._idle = threading.Condition()
        self._reads = 0
        # What lies in the map: see `Transaction.mapped`.
        self._mapped: dict[tuple[bytes, bytes], Any] = {}
        self._name = os.path.realpath(folder)
        data = folder / "data.mdb"
        size = data.stat().st_size if data.exists() else 0
        if data.exists() and not size:
            raise IndexFormatError(f"{data}: it is empty")
        try:
            self._environment = lmdb.open(
                str(folder), map_size=max(_FIRST_SIZE, 2 * size), max_dbs=len(TABLES),
                max_readers=_READERS,
            )  # fmt: skip
            try:
                _see_all_is_there(self._environment, data)
            except IndexFormatError:
                self._environment.close()
                raise
            self._environment.reader_check()  # those of processes that were killed
            self._tables = {
                name: self._environment.open_db(
                    name, dupsort=name == MEMBERS, dupfixed=name == MEMBERS
                )
                for name in TABLES
            }
        except lmdb.Error as error:
            message = str(error).removeprefix(f"{folder}: ")  # LMDB may name it, too
            raise IndexFormatError(f"{folder}: {message}") from None

    def close(self) -> None:
        """Have one user less; after the last the environment is closed."""
        with self._opening:
            self._users -= 1
            if not self._users:
                self._open.pop(self._name, None)
                self._environment.close()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """The index as it is now, for reading. What is got is valid within."""
        import lmdb

        while True:
            try:
                with self._idle:
                    transaction = self._environment.begin(buffers=True)
                    self._reads += 1
                break
            except lmdb.MapResizedError:  # another process has grown it
                self._resize(lambda: 0)
        try:
            with transaction:
                yield Transaction(transaction, self._tables, self._mapped)
        finally:
            with self._idle:
                self._reads -= 1
                self._idle.notify_all()

    def write(self, work: Callable[[Transaction], _Result]) -> _Result:
        """Do work in one transaction: all of it is kept, or nothing.

        Where there is no room it is done again with more. One thread of one process writes at a
        time; others wait. Not to be called by who reads.
        """
        import lmdb

        with self._writing:
            while True:
                try:
                    with self._environment.begin(write=True, buffers=True) as transaction:
                        return work(Transaction(transaction, self._tables, self._mapped))
                except lmdb.MapResizedError:
                    self._resize(lambda: 0)
                except lmdb.MapFullError:
                    self._resize(lambda: 2 * self._environment.info()["map_size"])

    def _resize(self, size: Callable[[], int]) -> None:
        with self._idle:
            self._idle.wait_for(lambda: not self._reads)
            self._mapped.clear()
            self._environment.set_mapsize(size())

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return (Path(self._name) / "data.mdb").stat().st_size


class Transaction:
    """One transaction: values by table and key, those that are sealed among them."""

    def __init__(
        self, transaction: Any, tables: dict[bytes, Any], mapped: dict[tuple[bytes, bytes], Any]
    ) -> None:
        self.raw, self.tables = transaction, tables
        self._mapped = mapped

    def mapped(self, table: bytes, key: bytes, view: Callable[[memoryview], _Result]) -> _Result:
        """A view of a long value that is never written anew under its key.

        Such a value stays in one place of the map as long as it is there, so its view outlives the
        transaction, and is only to be asked for by who sees in the transaction that it is there. To
        get a value anew takes time with its length.
        """
        found = self._mapped.get((table, key))
        if found is None:
            found = self._mapped[table, key] = view(memoryview(self.get(table, key)))
        result: _Result = found
        return result

    def forget(self, table: bytes, key: bytes) -> None:
        """Give up the view of a value that goes."""
        self._mapped.pop((table, key), None)

    def get(self, table: bytes, key: bytes) -> Any:
        """A value without a seal; None if there is none."""
        return self.raw.get(key, db=self.tables[table])

    def sealed(self, table: bytes, key: bytes) -> memoryview | None:
        """A value whose checksum fits; None if there is none.

        Raises:
            IndexFormatError: it is not as it was written.
        """
        value = self.raw.get(key, db=self.tables[table])
        return None if value is None else unseal(table, key, value)

    def put(self, table: bytes, key: bytes, value: bytes) -> None:
        """Write a value without a seal."""
        self.raw.put(key, value, db=self.tables[table])

    def put_sealed(self, table: bytes, key: bytes, value: bytes) -> None:
        """Write a value with its checksum."""
        self.raw.put(key, seal(table, key, value), db=self.tables[table])

    def delete(self, table: bytes, key: bytes, value: bytes = b"") -> None:
        """Delete a key, or one of its values."""
        self.raw.delete(key, value, db=self.tables[table])

    def cursor(self, table: bytes) -> Any:
        """A cursor of LMDB's."""
        return self.raw.cursor(db=self.tables[table])

    def count(self, table: bytes) -> int:
        """How many values a table has."""
        entries: int = self.raw.stat(self.tables[table])["entries"]
        return entries


def _see_all_is_there(environment: Any, data: Path) -> None:
    """Refuse a file that was cut off: to read behind its end would end the process.

    The last pages of a whole file may never have been written, where they were free again before.
    So where the file is shorter than its description says, another process reads all that is used.

    Raises:
        IndexFormatError: something is missing.
    """
    last = environment.info()["last_pgno"]
    size, whole = data.stat().st_size, (last + 1) * environment.stat()["psize"]
    if size >= whole:
        return
    command = [sys.executable, "-P", "-c", _READ_ALL, str(data.parent)]
    if subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode:
        raise IndexFormatError(f"{data}: it was cut off: {size:,} bytes of {whole:,} are there")


def is_index(folder: Path) -> bool:
    """Whether an index, or another LMDB environment, is in a folder."""
    return (folder / "data.mdb").is_file()
