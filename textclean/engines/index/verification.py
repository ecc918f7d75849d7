"""Whether an index is as it was written, down to the byte.

All tables are read from end to end, every checksum is worked out anew, and each entry is looked up
by each of the ways that lead to it. A damaged page can make LMDB fall over, so the
reading is done by another process, and one that dies is a finding, too.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textclean.engines.index import entries, postings, sketches
from textclean.engines.index.entries import NO_NODE
from textclean.engines.index.sketches import Settings
from textclean.engines.index.state import State, dead_nodes, settings_of
from textclean.engines.index.store import (
    ENTRIES,
    IDS,
    MEMBERS,
    NODES,
    POSTINGS,
    IndexFormatError,
    Store,
    Transaction,
    unseal,
)

# Findings that are listed.
_MOST = 100
# Entries that are sketched together.
_TOGETHER = 4096
_HALF = np.uint64(32)


def verify(folder: Path) -> list[str]:
    """What is wrong with an index, as `Index.verify` gives it.

    Raises:
        IndexFormatError: there is no index.
    """
    command = [sys.executable, "-P", "-m", __name__, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    findings = [line.removeprefix("- ") for line in done.stdout.splitlines() if line[:2] == "- "]
    if not findings and "done" not in done.stdout:
        last = done.stderr.strip().splitlines()[-1:] or [f"exit status {done.returncode}"]
        name = f"{IndexFormatError.__module__}.{IndexFormatError.__qualname__}: "
        findings.append(f"it cannot be read: {last[0].removeprefix(name)}")
    return findings


def findings(folder: Path) -> Iterator[str]:
    """What is wrong with an index, looked for in this process."""
    store = Store.of(folder)
    try:
        with store.reading() as transaction:
            yield from _Check(transaction, settings_of(transaction, folder)).findings()
    except IndexFormatError as error:
        yield str(error)
    finally:
        store.close()


class _Check:
    def __init__(self, transaction: Transaction, settings: Settings) -> None:
        self.transaction, self.settings = transaction, settings
        self.state, self.dead = State.read(transaction), dead_nodes(transaction)

    def findings(self) -> Iterator[str]:
        """All of them; of a table that cannot be read the first."""
        yield from self._arrays()
        yield from self._nodes()
        yield from self._entries()
        counts = (
            (ENTRIES, self.state.entries),
            (IDS, self.state.entries),
            (NODES, self.state.nodes),
        )
        for table, count in counts:
            if self.transaction.count(table) != count:
                yield f"{table.decode()}: {self.transaction.count(table)} instead of {count}"

    def _arrays(self) -> Iterator[str]:
        sizes = dict(self.state.arrays)
        there = list(postings.numbers(self.transaction))
        if sorted(sizes) != there:
            yield f"postings: the arrays are {there} instead of {sorted(sizes)}"
        for key, value in self.transaction.cursor(POSTINGS):
            number = int.from_bytes(key, "big")
            try:
                array = postings.Array.unpacked(unseal(POSTINGS, bytes(key), value)).postings
            except IndexFormatError as error:
                yield str(error)
                continue
            if len(array) != sizes.get(number) or (array[1:] < array[:-1]).any():
                yield f"postings {number}: not the array that was written"

    def _nodes(self) -> Iterator[str]:
        for key, value in self.transaction.cursor(NODES):
            try:
                unseal(NODES, bytes(key), value)
            except IndexFormatError as error:
                yield str(error)
            if entries.first_of(self.transaction, int.from_bytes(key, "big")) is None:
                yield f"nodes {bytes(key).hex()}: no entry has it"

    def _entries(self) -> Iterator[str]:
        seen = linked = 0
        last = -1
        rows: list[tuple[int, int, str]] = []
        for key, value in self.transaction.cursor(ENTRIES):
            number = int.from_bytes(key, "big")
            if number <= last or number >= self.state.next_entry:
                yield f"entries {number}: out of order"
            last = number
            seen += 1
            try:
                record = entries.unpacked(number, unseal(ENTRIES, bytes(key), value))
            except IndexFormatError as error:
                yield str(error)
                continue
            if entries.read(self.transaction, number) != record:
                yield f"entries {number}: it is not found by its number"
            if entries.number_of(self.transaction, record.entry.id) != number:
                yield f"ids {record.entry.id!r}: it does not lead to entry {number}"
            if record.node != NO_NODE:
                linked += 1
                if not self._is_member(record.node, number):
                    yield f"members {record.node}: entry {number} is not among them"
                if entries.first_of(self.transaction, record.node) == number:
                    rows.append((number, record.node, record.entry.text))
            if len(rows) >= _TOGETHER:
                yield from self._keys(rows)
                rows = []
        yield from self._keys(rows)
        if self.transaction.count(MEMBERS) != linked:
            yield f"members: {self.transaction.count(MEMBERS)} instead of {linked}"
        if seen != self.state.entries:
            yield f"entries: {seen} instead of {self.state.entries}"

    def _is_member(self, node: int, number: int) -> bool:
        cursor = self.transaction.cursor(MEMBERS)
        found: bool = cursor.set_key_dup(entries.node_key(node), entries.number_key(number))
        return found

    def _keys(self, rows: list[tuple[int, int, str]]) -> Iterator[str]:
        """Whether nodes are named by the folds of their texts, and found by these."""
        found = sketches.sketch([text for _, _, text in rows], self.settings)
        for (number, node, _), fold in zip(rows, found.folds, strict=True):
            if entries.fold_name(self.transaction, node) != fold:
                yield f"nodes {node}: not the fold of entry {number}"
        own = found.keys.chosen(found.keys.kinds == sketches.FOLD)
        of_row = np.array([node for _, node, _ in rows], np.int64)
        wanted = own.values.astype(np.uint64) << _HALF | of_row[own.rows].astype(np.uint64)
        places, nodes = postings.find(self.transaction, self.state.arrays, own.values, self.dead)
        have = own.values[places].astype(np.uint64) << _HALF | nodes
        missing: NDArray[np.uint64] = np.setdiff1d(wanted, have)
        for code in missing.tolist():
            yield f"postings: node {code & 0xFFFFFFFF} is not found by its fold"


def main() -> None:
    """Print the findings, a line each, and a last line that says that all was looked at."""
    for finding in islice(findings(Path(sys.argv[1])), _MOST):
        print(f"- {finding}", flush=True)
    print("done", flush=True)


if __name__ == "__main__":
    main()
