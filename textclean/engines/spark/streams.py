"""Batches of Arrow in, whole groups out; and the texts of a group as the search sees them.

Spark sorts the rows of a partition by one column, so that the rows of a group follow each other.
It cuts them into batches anywhere. Many groups are worked on together, as the loops are compiled
for many texts; a group is never cut. The integers of Spark have a sign: what is unsigned here is
the same bits there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from textclean.config import Config
from textclean.dedup.buffers import reader
from textclean.dedup.documents import LONG
from textclean.dedup.folded_texts import CorpusView, FoldedTexts
from textclean.dedup.inputs import ArrowStrings
from textclean.dedup.search import Digests, read_digests
from textclean.dedup.shared_lines import SharedLines
from textclean.dedup.thread_pool import ThreadPool

Batches = Iterable[pa.RecordBatch]
#: Bytes that are worked on together, about: some ten thousand paragraphs.
TOGETHER = 1 << 24
_UNSIGNED = {np.dtype(np.int32): np.uint32, np.dtype(np.int64): np.uint64}


def groups(batches: Batches, key: str) -> Iterator[pa.Table]:
    """The rows in tables of whole groups, of about `TOGETHER` bytes or of one group.

    Args:
        batches: sorted by the column `key`, of integers.
    """
    held: list[pa.RecordBatch] = []
    size, last = 0, None
    for batch in batches:
        if not len(batch):
            continue
        keys = batch.column(key).to_numpy()
        if size > TOGETHER:
            # Where the last group of this batch begins.
            start = int(np.searchsorted(keys, keys[-1]))
            if start or keys[0] != last:
                yield _table([*held, batch.slice(0, start)])
                held, size = [], 0
                batch = batch.slice(start)
        held.append(batch)
        size += batch.nbytes
        last = keys[-1]
    if held:
        yield _table(held)


def texts_and_pairs(batches: Batches) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Whole components: their texts, in order of ``node``, and their pairs, which have no text.

    Args:
        batches: sorted by ``component``.
    """
    for table in groups(batches, "component"):
        is_text = table.column("text").is_valid()
        yield table.filter(is_text).sort_by("node"), table.filter(pc.invert(is_text))


def pieces(batches: Batches) -> Iterator[pa.Table]:
    """The rows in tables of about `TOGETHER` bytes."""
    held: list[pa.RecordBatch] = []
    size = 0
    for batch in batches:
        held.append(batch)
        size += batch.nbytes
        if size > TOGETHER:
            yield _table(held)
            held, size = [], 0
    if held:
        yield _table(held)


def _table(batches: list[pa.RecordBatch]) -> pa.Table:
    table = pa.Table.from_batches(batches)
    # Several batches may have more characters than the offsets of a string array can count.
    kinds = [
        pa.field(field.name, pa.large_string()) if pa.types.is_string(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(kinds)).combine_chunks()


def integers(table: Any, name: str) -> NDArray[Any]:
    """A column of integers as it is."""
    return np.asarray(table.column(name).to_numpy())


def unsigned(table: Any, name: str) -> NDArray[Any]:
    """A column of integers without a sign."""
    column = integers(table, name)
    return column.view(_UNSIGNED[column.dtype])


def strings(table: Any, name: str) -> ArrowStrings:
    """A column of texts; null is the empty text."""
    return ArrowStrings(table.column(name).fill_null(""))


def rows(schema: pa.Schema, **columns: Any) -> pa.RecordBatch:
    """A batch of this schema; unsigned integers get a sign."""
    arrays = []
    for field in schema:
        column = columns[field.name]
        if isinstance(column, np.ndarray) and column.dtype.kind == "u" and column.itemsize > 1:
            column = column.view(f"i{column.itemsize}")
        if isinstance(column, pa.Array | pa.ChunkedArray):
            column = column.cast(field.type)
            if isinstance(column, pa.ChunkedArray):
                column = column.combine_chunks()
        else:
            column = pa.array(column, field.type)
        arrays.append(column)
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def is_whole(config: Config) -> bool:
    """Whether each text is a document by itself."""
    return config.unit == "document"


def near_from(config: Config) -> int:
    """Folded characters from which a text is sketched."""
    if is_whole(config):
        return config.min_copy_across
    return max(config.min_copy, config.min_copy_across)


def least_end(config: Config) -> int:
    """Folded characters from which a text may be the head or tail of another one."""
    return LONG if is_whole(config) else config.min_copy


class TaskTexts(FoldedTexts):
    """The texts of a task; what lines documents have in common is known from elsewhere."""

    def __init__(self, texts: ArrowStrings, lines: SharedLines | None = None) -> None:
        super().__init__(reader(texts), ThreadPool(1))
        self._lines = lines

    def shared_lines(self, indices: NDArray[np.int64]) -> SharedLines:
        """How many of all documents have each line."""
        return super().shared_lines(indices) if self._lines is None else self._lines


def view_of(
    texts: ArrowStrings, config: Config, lines: SharedLines | None = None
) -> tuple[CorpusView, Digests]:
    """Some texts, all of them distinct folds, as the search compares them; and their digests."""
    whole = is_whole(config)
    folded = TaskTexts(texts, lines)
    digests = read_digests(folded, least_end(config), whole=whole)
    at = np.arange(len(texts))
    documents = at if whole else np.ones(len(texts), np.int64)
    return CorpusView(folded, at, digests.lengths, documents, digests.folds), digests
