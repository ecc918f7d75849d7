"""Entries are added and removed, in one transaction each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from textclean.engines.index import entries, postings, sketches
from textclean.engines.index.entries import NO_NODE, Id
from textclean.engines.index.lines import count_lines
from textclean.engines.index.sketches import Settings, Sketches
from textclean.engines.index.state import State, dead_nodes
from textclean.engines.index.store import (
    DEAD,
    ENTRIES,
    IDS,
    MEMBERS,
    META,
    NODES,
    Transaction,
    seal,
)

#: Texts that are added in one transaction, and characters of theirs.
BATCH, BATCH_CHARACTERS = 1 << 16, 1 << 24
#: A text, its id, its source.
Row = tuple[str, Any, Any]


class Added(NamedTuple):
    """What came of an addition."""

    #: Entries that are new.
    added: int
    #: Those that were there already, with the same id and text.
    known: int


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in batches of about one size."""
    batch: list[Row] = []
    characters = 0
    for row in rows:
        batch.append(row)
        characters += len(row[0]) if isinstance(row[0], str) else 0
        if len(batch) >= BATCH or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def add(
    transaction: Transaction, settings: Settings, batch: Sequence[Row], found: Sketches
) -> Added:
    """Add a batch that was sketched.

    Raises:
        TypeError, ValueError: an id is none or is given twice, or is that of another text.
    """
    state = State.read(transaction)
    dead = dead_nodes(transaction)
    fold_keys = found.keys.chosen(found.keys.kinds == sketches.FOLD)
    nodes = np.full(len(batch), NO_NODE, np.int64)
    places, matches = postings.find(transaction, state.arrays, fold_keys.values, dead)
    for row, node in zip(fold_keys.rows[places].tolist(), matches.tolist(), strict=True):
        if entries.fold_name(transaction, node) == found.folds[row]:
            nodes[row] = node
    own: dict[bytes, int] = {}
    #: The rows whose fold is new.
    first = np.zeros(len(batch), np.bool_)
    new: dict[bytes, list[tuple[bytes, bytes]]] = {ENTRIES: [], IDS: [], NODES: [], MEMBERS: []}
    names: set[bytes] = set()
    for row, (text, name, source) in enumerate(batch):
        number = state.next_entry
        key = entries.id_key(number if name is None else name)
        known = transaction.get(IDS, key)
        if known is not None or key in names:
            _refuse_another(transaction, known, text, name)
            continue
        fold = found.folds[row]
        if fold and nodes[row] == NO_NODE:
            node = own.setdefault(fold, state.next_node)
            nodes[row] = node
            if node == state.next_node:
                state.next_node += 1
                state.nodes += 1
                first[row] = True
                where = entries.node_key(node)
                new[NODES].append((where, seal(NODES, where, fold)))
        node = int(nodes[row])
        where = entries.number_key(number)
        new[ENTRIES].append((where, seal(ENTRIES, where, entries.packed(node, key, source, text))))
        new[IDS].append((key, where))
        if node != NO_NODE:
            new[MEMBERS].append((entries.node_key(node), where))
        names.add(key)
        state.next_entry += 1
    for table, rows in new.items():
        cursor = transaction.cursor(table)
        cursor.putmulti(sorted(rows) if table in (IDS, MEMBERS) else rows)
    state.entries += len(names)
    chosen = found.keys.chosen(first[found.keys.rows])
    packed = nodes[chosen.rows].astype(np.uint64) | chosen.values.astype(np.uint64) << np.uint64(32)
    state.arrays, state.next_array = postings.add(
        transaction, state.arrays, packed, state.next_array, dead
    )
    if settings.whole:
        long = first & (found.lengths >= settings.end_from)
        count_lines(transaction, (batch[row][0] for row in np.flatnonzero(long).tolist()), 1)
    if names:
        state.write(transaction)
    return Added(len(names), len(batch) - len(names))


def _refuse_another(transaction: Transaction, known: Any, text: str, name: Any) -> None:
    """See that what has an id is the same text."""
    number = None if known is None else int.from_bytes(known, "big")
    if number is None:
        raise ValueError(f"the id {name!r} is given twice")
    if entries.text_of(transaction, number) != text:
        raise ValueError(f"there is another text with the id {name!r}; remove it first")


def remove(transaction: Transaction, settings: Settings, names: Sequence[Id]) -> int:
    """Remove the entries with some ids: how many there were."""
    state = State.read(transaction)
    gone: list[int] = []
    removed = 0
    for name in names:
        number = entries.number_of(transaction, name)
        record = None if number is None else entries.read(transaction, number)
        if number is None or record is None:
            continue
        removed += 1
        where, node = entries.number_key(number), record.node
        transaction.delete(ENTRIES, where)
        transaction.delete(IDS, entries.id_key(name))
        if node == NO_NODE:
            continue
        was_first = entries.first_of(transaction, node) == number
        transaction.delete(MEMBERS, entries.node_key(node), where)
        next_one = entries.first_of(transaction, node)
        if next_one is None:
            transaction.delete(NODES, entries.node_key(node))
            gone.append(node)
        if settings.whole and was_first:
            others = [] if next_one is None else [entries.text_of(transaction, next_one)]
            found = sketches.sketch([record.entry.text], settings)
            if found.lengths[0] >= settings.end_from:
                count_lines(transaction, [record.entry.text], -1)
                count_lines(transaction, others, 1)
    if removed:
        dead = np.union1d(dead_nodes(transaction), np.array(gone, np.uint32))
        transaction.put_sealed(META, DEAD, dead.astype(np.uint32).tobytes())
        state.entries -= removed
        state.nodes -= len(gone)
        state.write(transaction)
    return removed
