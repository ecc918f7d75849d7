"""What is kept of each entry: its text, its id, where it comes from; and the node of its fold.

Entries with one fold are a *node*: what is found by keys. Numbers of entries and nodes are given
once and never again.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

from textclean.engines.index.store import (
    ENTRIES,
    IDS,
    MEMBERS,
    NODES,
    IndexFormatError,
    Transaction,
)

#: What an entry may be called by.
Id: TypeAlias = str | int
#: The node of an entry that can be a copy of nothing: it has no letters, or is no prose.
NO_NODE = 0xFFFFFFFF
#: Bytes of an id in UTF-8, at most: what LMDB takes for a key.
LONGEST_ID = 500
#: Bytes that name a fold.
FOLD_BYTES = 16

_HEAD = struct.Struct(">IHI")


class Entry(NamedTuple):
    """A paragraph that was added."""

    #: Its place in the order of all that was ever added.
    number: int
    id: Id
    #: Where it comes from, as it was given: anything that JSON has.
    source: Any
    text: str


class Record(NamedTuple):
    """An entry as it is stored."""

    node: int
    entry: Entry


def id_key(name: object) -> bytes:
    """The key of an id.

    Raises:
        TypeError: it is no string and no integer.
        ValueError: it is too long.
    """
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise TypeError(f"ids: expected a string or an integer, got {type(name).__name__}")
    key = (b"s" + name.encode("utf-8")) if isinstance(name, str) else b"i%d" % name
    if len(key) > LONGEST_ID:
        raise ValueError(f"ids: {name!r:.60} is longer than {LONGEST_ID} bytes")
    return key


def name_of(key: bytes) -> Id:
    """The id that has a key."""
    return key[1:].decode("utf-8") if key[:1] == b"s" else int(key[1:])


def number_key(number: int) -> bytes:
    """The key of an entry."""
    return number.to_bytes(8, "big")


def node_key(node: int) -> bytes:
    """The key of a node."""
    return node.to_bytes(4, "big")


def packed(node: int, name: bytes, source: Any, text: str) -> bytes:
    """An entry as bytes, for `read`.

    Raises:
        TypeError, ValueError: JSON does not have the source.
    """
    where = b"" if source is None else json.dumps(source, ensure_ascii=False).encode("utf-8")
    return b"".join((_HEAD.pack(node, len(name), len(where)), name, where, text.encode("utf-8")))


def read(transaction: Transaction, number: int) -> Record | None:
    """An entry; None if it was removed.

    Raises:
        IndexFormatError: it is not as it was written.
    """
    value = transaction.sealed(ENTRIES, number_key(number))
    return None if value is None else unpacked(number, value)


def unpacked(number: int, value: memoryview) -> Record:
    """The entry that was packed."""
    node, name_size, source_size = _HEAD.unpack_from(value)
    start = _HEAD.size + name_size
    end = start + source_size
    name = name_of(bytes(value[_HEAD.size : start]))
    source = json.loads(bytes(value[start:end])) if source_size else None
    return Record(node, Entry(number, name, source, str(value[end:], "utf-8")))


def text_of(transaction: Transaction, number: int) -> str:
    """The text of an entry that is there."""
    value = transaction.sealed(ENTRIES, number_key(number))
    if value is None:
        raise IndexFormatError(f"entry {number} is not there")
    _, name_size, source_size = _HEAD.unpack_from(value)
    return str(value[_HEAD.size + name_size + source_size :], "utf-8")


def number_of(transaction: Transaction, name: object) -> int | None:
    """The number of the entry with an id; None if there is none."""
    value = transaction.get(IDS, id_key(name))
    return None if value is None else int.from_bytes(value, "big")


def fold_name(transaction: Transaction, node: int) -> bytes | None:
    """What names the fold of a node; None if it is there no more."""
    value = transaction.sealed(NODES, node_key(node))
    return None if value is None else bytes(value)


def first_of(transaction: Transaction, node: int) -> int | None:
    """The number of the first entry of a node."""
    value = transaction.get(MEMBERS, node_key(node))
    return None if value is None else int.from_bytes(value, "big")


def members(transaction: Transaction, node: int) -> Iterable[int]:
    """The numbers of the entries of a node, in order."""
    cursor = transaction.cursor(MEMBERS)
    if cursor.set_key(node_key(node)):
        for value in cursor.iternext_dup():
            yield int.from_bytes(value, "big")


def count_of(transaction: Transaction, node: int) -> int:
    """How many entries a node has."""
    cursor = transaction.cursor(MEMBERS)
    return cursor.count() if cursor.set_key(node_key(node)) else 0


def numbers_from(transaction: Transaction, start: int) -> Iterator[int]:
    """The numbers of all entries from one on, in order."""
    cursor = transaction.cursor(ENTRIES)
    if cursor.set_range(number_key(start)):
        for key in cursor.iternext(keys=True, values=False):
            yield int.from_bytes(key, "big")


def ids_from(transaction: Transaction, beginning: str) -> Iterator[Id]:
    """The ids that are strings and begin so."""
    cursor = transaction.cursor(IDS)
    prefix = id_key(beginning)
    if cursor.set_range(prefix):
        for key in cursor.iternext(keys=True, values=False):
            if bytes(key[: len(prefix)]) != prefix:
                return
            yield name_of(bytes(key))
