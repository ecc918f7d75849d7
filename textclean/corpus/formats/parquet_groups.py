"""A large Parquet file read and written row group by row group: no more of it is in memory.

What comes out is what `ParquetFile` would write of the whole file, to the byte. Only columns of
plain strings are read so: where a text stands deeper, or in a dictionary, a group says nothing of
what the others need.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from textclean.config import Config
from textclean.corpus.formats.base import InputFile, Passage, Row
from textclean.corpus.formats.compression import Writable
from textclean.corpus.formats.parquet import ParquetFile, writer_options
from textclean.corpus.formats.table_values import (
    Table,
    column_of,
    digest_values,
    pyarrow,
    reading_errors,
)
from textclean.errors import DocumentError, MissingExtraError, NoTextError
from textclean.text.opening import open_ordinary

#: Rows whose texts are made into strings at a time.
ROWS = 1 << 14


@dataclass(frozen=True, eq=False)
class RowGroup(ParquetFile):
    """Some rows of a group, or all of them with what is beside the texts."""

    #: All of the group, where it is to be written.
    table: Table = field(default=None, repr=False)
    #: The number of the row before the first of the group.
    before: int = 0
    #: How many texts there are in the group.
    count: int = 0
    #: Of each passage the number of its text in the group.
    numbers: tuple[int, ...] = ()

    def rewritten(self, texts: Sequence[str | None] | None) -> Table:
        """The group with other texts, one for each passage (None drops the row); None: all stay."""
        arrow = pyarrow()
        name = self.config.text_fields[0]
        index = self.table.schema.get_field_index(name)
        column = self.table.column(index).combine_chunks()
        kept = None
        if texts is not None and self.passages:
            places = [passage.record - 1 - self.before for passage in self.passages]
            new = dict(zip(places, texts, strict=True))
            mask = [False] * len(self.table)
            keep = [True] * len(self.table)
            for place, text in new.items():
                mask[place], keep[place] = text is not None, text is not None
            values = [new[place] for place in sorted(new) if new[place] is not None]
            kind = self.table.schema.field(index).type
            column = arrow.compute.replace_with_mask(
                column, arrow.array(mask), arrow.array(values, type=kind)
            )
            kept = None if all(keep) else keep
        table = self.table.set_column(index, self.table.schema.field(index), column)
        return table if kept is None else table.filter(kept)

    def changes(
        self, first: int, texts: Sequence[str | None] | None, packed: Sequence[Row]
    ) -> Iterator[tuple[int, Row]]:
        """What leads back from each text that is another one, by number among those written.

        Args:
            first: how many are written of the groups before.
            packed: for each passage what leads back to its text.
        """
        gone = 0
        for passage, number, text, back in zip(
            self.passages, self.numbers, texts or (), packed, strict=False
        ):
            if text is None:
                gone += 1
            elif text != passage.text:
                yield first + number - gone, back


class DroppedRows:
    """The rows that are dropped of a table, as an undo row has them: with all their values."""

    def __init__(self) -> None:
        self._groups: list[int] = []
        self._rows: list[int] = []
        self._tables: list[Table] = []

    def add(self, group: RowGroup, texts: Sequence[str | None] | None) -> None:
        """Add those of a group: where the new text of a passage is None."""
        self._groups.append(len(group.table))
        rows = [
            passage.record - 1
            for passage, text in zip(group.passages, texts or (), strict=False)
            if text is None
        ]
        if rows:
            self._rows += rows
            self._tables.append(group.table.take([row - group.before for row in rows]))

    def row(self) -> Row | None:
        """The part of the undo row; None: none were dropped."""
        if not self._rows:
            return None
        import base64

        arrow = pyarrow()
        sink = arrow.BufferOutputStream()
        options = arrow.ipc.IpcWriteOptions(unify_dictionaries=True)
        with arrow.ipc.new_stream(sink, self._tables[0].schema, options=options) as writer:
            writer.write_table(arrow.concat_tables(self._tables).combine_chunks())
        values = base64.b85encode(sink.getvalue().to_pybytes()).decode("ascii")
        return {"groups": self._groups, "rows": self._rows, "values": values}


def comes_in_groups(source: InputFile, config: Config) -> bool:
    """Whether a Parquet file can be read group by group.

    Raises:
        OSError: it cannot be read.
    """
    if len(config.text_fields) != 1:
        return False
    try:
        arrow = pyarrow()
        with open_ordinary(source.path) as file:
            table = arrow.parquet.ParquetFile(file)
            column = column_of(source.path, table.schema_arrow, config.text_fields[0])
            kind = table.schema_arrow.field(column.name).type
            plain = arrow.types.is_string(kind) or arrow.types.is_large_string(kind)
            return bool(plain and not column.path and table.num_row_groups > 1)
    except (MissingExtraError, NoTextError, OSError):
        return False
    except Exception as error:  # what is wrong with it is said where it is read as a whole
        if isinstance(error, reading_errors(pyarrow())):
            return False
        raise


class Digest:
    """The digest of a table that comes group by group: as `TableFile.digest_of` has it."""

    def __init__(self, schema: Any) -> None:
        import hashlib

        self._digest = hashlib.sha256()
        shown = schema.to_string(
            show_field_metadata=True, show_schema_metadata=True, truncate_metadata=False
        )
        self._digest.update(shown.encode())

    def add(self, group: Table) -> None:
        """Add the next group."""
        self._digest.update(f"\n{len(group)}\n".encode())
        digest_values(group, self._digest)

    def hexdigest(self) -> str:
        """The digest of all that was added."""
        return self._digest.hexdigest()


def groups(
    source: InputFile, config: Config, mode: int, only: Collection[int] | None, after: int
) -> Iterator[RowGroup | str]:
    """The rows of a file in parts, in order, and at last its digest.

    Args:
        only: the numbers of the rows whose texts are asked for: a part is a group then, with all
            that it holds. None: all, and a part is some rows of a group.
        after: so many of the first parts are left out.

    Raises:
        DocumentError: it is no such file.
    """
    arrow = pyarrow()
    name = config.text_fields[0]
    parts = row = 0
    try:
        with open_ordinary(source.path) as file:
            table = arrow.parquet.ParquetFile(file)
            digest = Digest(table.schema_arrow)
            for number in range(table.num_row_groups):
                group = table.read_row_group(number)
                digest.add(group)
                if only is not None:
                    yield _to_write(source, config, mode, group, row, only)
                else:
                    for start in range(0, len(group), ROWS):
                        parts += 1
                        if parts > after:
                            column = group[name].slice(start, ROWS)
                            here = list(range(row + start + 1, row + start + 1 + len(column)))
                            passages = _passages(here, column)
                            yield RowGroup(source, "", passages, mode, stored=b"", config=config)
                row += len(group)
                del group
                arrow.default_memory_pool().release_unused()
            yield digest.hexdigest()
    except reading_errors(arrow) as error:
        said = str(error).partition("\n")[0]
        raise DocumentError(f"{source.path}: not valid Parquet: {said}") from None


def _to_write(
    source: InputFile, config: Config, mode: int, group: Table, row: int, only: Collection[int]
) -> RowGroup:
    column = group[config.text_fields[0]]
    here = [each for each in range(row + 1, row + 1 + len(group)) if each in only]
    places = [each - row - 1 for each in here]
    passages = _passages(here, column.take(pyarrow().array(places, "i8")))
    # A row without a text has no number.
    numbers: list[int] = []
    count = last = 0
    for place in places:
        count += place - last - column.slice(last, place - last).null_count
        last = place
        numbers.append(count)
    return RowGroup(
        source, "", passages, mode, stored=b"", config=config, table=group, before=row,
        count=len(column) - column.null_count, numbers=tuple(numbers),
    )  # fmt: skip


def _passages(rows: Sequence[int], column: Any) -> tuple[Passage, ...]:
    found: list[Passage] = []
    start = 0
    for row, text in zip(rows, column.to_pylist(), strict=True):
        if text is not None:
            found.append(Passage(row, start, start + len(text), text, row))
            start += len(text) + 1
    return tuple(found)


class GroupsOutput:
    """Writes a Parquet file group by group, in the manner of another one.

    Args:
        target: takes the bytes.
        like: the other one.
    """

    def __init__(self, target: Writable, like: InputFile) -> None:
        arrow = pyarrow()
        with open_ordinary(like.path) as file:
            table = arrow.parquet.ParquetFile(file)
            schema, options = table.schema_arrow, writer_options(arrow, table.metadata)
        self._sink = _Sink(target)
        self._writer = arrow.parquet.ParquetWriter(
            arrow.PythonFile(self._sink, mode="w"), schema, **options
        )
        self._digest = Digest(schema)

    def add(self, group: Table) -> None:
        """Write the next group."""
        self._writer.write_table(group, row_group_size=max(len(group), 1))
        self._digest.add(group)

    def finish(self) -> str:
        """Write the rest: the digest of the table."""
        self._writer.close()
        return self._digest.hexdigest()


class _Sink:
    """What pyarrow writes to."""

    closed = False

    def __init__(self, target: Writable) -> None:
        self._target, self._size = target, 0

    def write(self, data: Any) -> int:
        """Add bytes."""
        piece = bytes(data)
        self._target.write(piece)
        self._size += len(piece)
        return len(piece)

    def tell(self) -> int:
        """How many there are."""
        return self._size

    def flush(self) -> None:
        """Nothing is held back here."""

    def close(self) -> None:
        """Whoever gave the target closes it."""


def copy(source: InputFile, target: Writable) -> None:
    """Write a file as it is."""
    file: IO[bytes]
    with open_ordinary(source.path) as file:
        while block := file.read(1 << 20):
            target.write(block)
