"""Arrow's own format (IPC, also called Feather): files and streams of record batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from textclean.corpus.formats.table_values import Table, pyarrow
from textclean.corpus.formats.tables import TableFile

_FILE_MAGIC = b"ARROW1"
# What a compressed buffer begins with, behind its length.
_CODECS = {b"\x04\x22\x4d\x18": "lz4", b"\x28\xb5\x2f\xfd": "zstd"}


class ArrowFile(TableFile):
    """A table in record batches."""

    format = "arrow"
    endings = (".arrow", ".arrows", ".feather", ".ipc")

    @classmethod
    def read_groups(
        cls, raw: bytes, columns: Sequence[str] | None = None
    ) -> tuple[Any, Iterator[Table]]:
        """The schema and the record batches."""
        arrow = pyarrow()
        schema, batches = _batches(arrow, raw)
        tables = (arrow.Table.from_batches([batch], schema) for batch, _ in batches)
        if columns is None:
            return schema, tables
        return schema, (_valid(table).select(list(columns)) for table in tables)

    @classmethod
    def write_groups(cls, groups: Iterable[Table], like: bytes) -> bytes:
        """Record batches of these sizes, compressed as they were, in a file or a stream."""
        arrow = pyarrow()
        schema, batches = _batches(arrow, like)
        noted = [metadata for _, metadata in batches]
        sink = arrow.BufferOutputStream()
        options = arrow.ipc.IpcWriteOptions(
            compression=_compression(arrow, like), unify_dictionaries=True
        )
        if like.startswith(_FILE_MAGIC):
            footer = arrow.ipc.open_file(like).metadata
            writer = arrow.ipc.new_file(sink, schema, options=options, metadata=footer)
        else:
            writer = arrow.ipc.new_stream(sink, schema, options=options)
        tables = [table.combine_chunks() for table in groups]
        if any(arrow.types.is_dictionary(field.type) for field in schema) and tables:
            # A file has one dictionary for all its batches.
            whole = arrow.concat_tables(tables).unify_dictionaries()
            ends = accumulate(map(len, tables))
            tables = [
                whole.slice(end - len(t), len(t)) for end, t in zip(ends, tables, strict=True)
            ]
        full = next((table.to_batches()[0] for table in tables if len(table)), None)
        empty = arrow.RecordBatch.from_pylist([], schema) if full is None else full.slice(0, 0)
        with writer:
            for number, table in enumerate(tables):
                metadata = noted[number] if number < len(noted) else None
                for batch in table.to_batches() or [empty]:
                    writer.write_batch(batch, custom_metadata=metadata)
        written: bytes = sink.getvalue().to_pybytes()
        return written


def _valid(table: Table) -> Table:
    """A table whose offsets are seen to lie in its buffers, in all its columns: they come from the
    file as they are, and what reads a wrong one reads other memory.
    """
    table.validate(full=True)
    return table


def _batches(arrow: Any, raw: bytes) -> tuple[Any, Iterator[tuple[Any, Any]]]:
    """The schema, and each record batch with its own metadata."""
    if raw.startswith(_FILE_MAGIC):
        file = arrow.ipc.open_file(raw)
        numbers = range(file.num_record_batches)
        return file.schema, (tuple(file.get_batch_with_custom_metadata(each)) for each in numbers)
    stream = arrow.ipc.open_stream(raw)
    return stream.schema, map(tuple, stream.iter_batches_with_custom_metadata())


def _compression(arrow: Any, raw: bytes) -> str | None:
    """What compresses the buffers of record batches; it is said in them alone."""
    start = 8 if raw.startswith(_FILE_MAGIC) else 0
    source = arrow.BufferReader(arrow.py_buffer(raw).slice(start))
    reader = arrow.ipc.MessageReader.open_stream(source)
    for message in reader:
        if message.type != "record batch" or message.body is None:
            continue
        body = message.body
        # Buffers begin at multiples of eight; some are too small to be compressed.
        for at in range(0, min(len(body) - 12, 1 << 16), 8):
            codec = _CODECS.get(body.slice(at + 8, 4).to_pybytes())
            if codec is not None:
                return codec
    return None
