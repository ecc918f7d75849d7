"""How many documents have each line, among the entries of an index and some more texts.

Lines that many documents have do not count when documents are compared (`dedup.shared_lines`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from textclean.dedup.shared_lines import SharedLines, line_name
from textclean.engines.index.store import LINES, Store, Transaction


class StoredLines(SharedLines):
    """As `SharedLines`, of some texts and all entries of an index."""

    def __init__(self, store: Store, texts: Iterable[str]) -> None:
        super().__init__(())
        self._store = store
        self._own = Counter(name for text in texts for name in _names(text))

    def documents(self, name: str) -> int:
        """How many documents have a line, given its name."""
        with self._store.reading() as transaction:
            return self._own[name] + _count(transaction, _key(name))


def count_lines(transaction: Transaction, texts: Iterable[str], step: int) -> None:
    """Count the lines of texts that are added, or that go.

    Args:
        step: 1 or -1.
    """
    for name, number in Counter(name for text in texts for name in _names(text)).items():
        key = _key(name)
        left = _count(transaction, key) + step * number
        if left > 0:
            transaction.put(LINES, key, left.to_bytes(8, "big"))
        else:
            transaction.delete(LINES, key)


def _names(text: str) -> Iterator[str]:
    """The names of the lines of a text, each once."""
    yield from {name for name in map(line_name, text.splitlines()) if name}


def _key(name: str) -> bytes:
    return blake2b(name.encode("utf-8"), digest_size=16).digest()


def _count(transaction: Transaction, key: bytes) -> int:
    value = transaction.get(LINES, key)
    return 0 if value is None else int.from_bytes(value, "big")
