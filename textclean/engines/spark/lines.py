"""How many documents have a line: counted by Spark, and told to each document with its text.

What many documents have in common counts for nothing when two are compared (`dedup.shared_lines`).
That is the one thing that a comparison asks of all texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import pyarrow as pa

from textclean.dedup.shared_lines import SharedLines, line_name
from textclean.engines.spark.streams import Batches, rows

#: A line of a document.
LINE = pa.schema([("node", pa.int64()), ("line", pa.int64())])


def _number(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8"), digest_size=8).digest(), signed=True)


def named_lines(batches: Batches) -> Iterator[pa.RecordBatch]:
    """The numbers of the different lines of each text: rows of `LINE`."""
    for batch in batches:
        nodes: list[int] = []
        lines: list[int] = []
        texts = batch.column("text").to_pylist()
        for node, text in zip(batch.column("node").to_pylist(), texts, strict=True):
            own = {_number(name) for name in map(line_name, text.splitlines()) if name}
            lines += own
            nodes += [node] * len(own)
        yield rows(LINE, node=nodes, line=lines)


class CountedLines(SharedLines):
    """The lines of the texts of a task, and how many of all documents have each."""

    def __init__(self, *columns: Any) -> None:
        """
        Args:
            columns: of structs of ``line`` and ``documents`` in lists, one for each text; null: no
                line of it is in another document.
        """
        super().__init__(())
        self._documents: dict[int, int] = {}
        for column in columns:
            for own in column.to_pylist():
                self._documents.update((one["line"], one["documents"]) for one in own or ())

    def documents(self, name: str) -> int:
        """How many documents have a line, given its name."""
        return self._documents.get(_number(name), 1)
