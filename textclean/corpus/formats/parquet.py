"""Parquet: row groups, compression, encodings and metadata stay as they are said in the footer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from textclean.corpus.formats.table_values import Table, pyarrow
from textclean.corpus.formats.tables import TableFile

# What pyarrow calls them where it reads, and where it writes.
_CODECS = {"UNCOMPRESSED": "NONE"}


class ParquetFile(TableFile):
    """A table in row groups."""

    format = "parquet"
    endings = (".parquet", ".pq")

    @classmethod
    def read_groups(
        cls, raw: bytes, columns: Sequence[str] | None = None
    ) -> tuple[Any, Iterator[Table]]:
        """The schema and the row groups."""
        file = _open(raw)
        names = None if columns is None else list(columns)
        groups = (
            file.read_row_group(number, columns=names) for number in range(file.num_row_groups)
        )
        return file.schema_arrow, groups

    @classmethod
    def write_groups(cls, groups: Iterable[Table], like: bytes) -> bytes:
        """Row groups of these sizes; each column is compressed and encoded as it was."""
        arrow = pyarrow()
        file = _open(like)
        metadata = file.metadata
        sink = arrow.BufferOutputStream()
        with arrow.parquet.ParquetWriter(
            sink, file.schema_arrow, **writer_options(arrow, metadata)
        ) as writer:
            for group in groups:
                # A group without rows is one, too.
                writer.write_table(group, row_group_size=max(len(group), 1))
        written: bytes = sink.getvalue().to_pybytes()
        return written


def _open(raw: bytes) -> Any:
    arrow = pyarrow()
    return arrow.parquet.ParquetFile(arrow.BufferReader(raw))


def writer_options(arrow: Any, metadata: Any) -> dict[str, Any]:
    """What to write with, as the first row group was."""
    options: dict[str, Any] = {
        "version": metadata.format_version,
        "store_schema": b"ARROW:schema" in (metadata.metadata or {}),
    }
    if not metadata.num_row_groups or not metadata.num_columns:
        return options
    group = metadata.row_group(0)
    columns = [group.column(number) for number in range(group.num_columns)]
    options |= {
        "compression": {
            each.path_in_schema: _CODECS.get(each.compression, each.compression) for each in columns
        },
        "use_dictionary": [each.path_in_schema for each in columns if each.has_dictionary_page],
        "write_statistics": [each.path_in_schema for each in columns if each.is_stats_set],
        "write_page_index": any(each.has_offset_index for each in columns),
    }
    if group.sorting_columns:
        options["sorting_columns"] = group.sorting_columns
    return options
