"""What Parquet and Arrow share: texts in columns of a table that comes in groups of rows.

Only the columns of the texts are made anew; schema, metadata, other columns and groups of rows
stay. What is written again has other bytes, so two tables are compared by what they hold. pyarrow
is imported when such a file is met.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Self

from textclean.config import Config
from textclean.corpus.formats.base import DecodedFile, InputFile, Passage, Row, Unpack
from textclean.corpus.formats.compression import compress, compression_of, decompress
from textclean.corpus.formats.positions import Position
from textclean.corpus.formats.table_values import (
    Table,
    column_of,
    digest_values,
    pyarrow,
    reading_errors,
    rewritten,
    texts_at,
    unpacked,
    with_dropped,
)
from textclean.errors import DocumentError, RecordError


class TableFile(DecodedFile):
    """A file of records in columns; its content is a listing of the texts, a line each."""

    has_records = True

    @classmethod
    @abstractmethod
    def read_groups(
        cls, raw: bytes, columns: Sequence[str] | None = None
    ) -> tuple[Any, Iterator[Table]]:
        """The schema of a table, and its groups of rows, of some or all columns.

        Raises:
            pyarrow.ArrowException: the bytes are no such table.
        """

    @classmethod
    @abstractmethod
    def write_groups(cls, groups: Iterable[Table], like: bytes) -> bytes:
        """A table of these groups, written in the manner of another one."""

    @classmethod
    def decode(cls, source: InputFile, data: bytes, mode: int, config: Config) -> Self:
        """The file with these bytes.

        Raises:
            NoTextError: there is no such column, or it holds no strings.
            DocumentError: the bytes are no such table.
            MissingExtraError: pyarrow is not installed.
        """
        arrow = pyarrow()
        compression = compression_of(source.path)
        raw = decompress(source.path, data, compression)
        passages: list[Passage] = []
        row = start = 0
        try:
            schema, _ = cls.read_groups(raw)
            columns = [column_of(source.path, schema, name) for name in config.text_fields]
            names = list(dict.fromkeys(column.name for column in columns))
            _, groups = cls.read_groups(raw, names)
            for group in groups:
                values = {name: group[name].to_pylist() for name in names}
                for number in range(len(group)):
                    row += 1
                    for name, path in columns:
                        for text in texts_at(values[name][number], path):
                            passages.append(Passage(row, start, start + len(text), text, row))
                            start += len(text) + 1
        except reading_errors(arrow) as error:
            said = str(error).partition("\n")[0]
            raise DocumentError(f"{source.path}: not valid {cls.title()}: {said}") from None
        content = "\n".join(passage.text for passage in passages)
        return cls(
            source,
            content,
            tuple(passages),
            mode,
            compression=compression,
            stored=data,
            config=config,
        )

    @classmethod
    def title(cls) -> str:
        """What messages call the format."""
        return cls.format.capitalize()

    def written(self, texts: Sequence[str | None]) -> bytes:
        """The table with other texts and without the rows that are dropped."""
        if all(text == passage.text for text, passage in zip(texts, self.passages, strict=True)):
            return self.data
        raw = decompress(self.source.path, self.data, self.compression)
        schema, groups = self.read_groups(raw)
        columns = [column_of(self.source.path, schema, name) for name in self.config.text_fields]
        by_row = {
            row: [text for _, text in of_row]
            for row, of_row in groupby(
                (
                    (passage.record, text)
                    for passage, text in zip(self.passages, texts, strict=True)
                ),
                key=itemgetter(0),
            )
        }
        new = self.write_groups(rewritten(groups, columns, by_row), raw)
        return compress(new, self.compression)

    @classmethod
    def digest_of(cls, path: Path, data: bytes, compression: str | None) -> str:
        """The digest of the schema, the sizes of the groups and all values."""
        import hashlib

        arrow = pyarrow()
        digest = hashlib.sha256()
        try:
            schema, groups = cls.read_groups(decompress(path, data, compression))
            shown = schema.to_string(
                show_field_metadata=True, show_schema_metadata=True, truncate_metadata=False
            )
            digest.update(shown.encode())
            for group in groups:
                digest.update(f"\n{len(group)}\n".encode())
                digest_values(group, digest)
        except reading_errors(arrow) as error:
            raise DocumentError(f"{path}: not valid {cls.title()}: {error}") from None
        return digest.hexdigest()

    def rewrite(self, texts: Sequence[str | None]) -> str:
        """The listing of other texts."""
        return "\n".join(text for text in texts if text is not None)

    def position(self, passage: Passage, offset: int) -> Position:
        """The number of the row, from 1, and the column in the text."""
        return Position(passage.line, offset + 1)

    def undo_entry(self, texts: Sequence[str | None], packed: Sequence[Row]) -> Row:
        """The fields; for each text that changed its number and what leads back; dropped rows."""
        changes: list[list[object]] = []
        gone: dict[int, None] = {}
        number = 0
        for passage, text, back in zip(self.passages, texts, packed, strict=True):
            if text is None:
                gone[passage.record] = None
                continue
            if text != passage.text:
                changes.append([number, back])
            number += 1
        entry: Row = {"fields": list(self.config.text_fields), "changes": changes}
        if gone:
            import base64

            arrow = pyarrow()
            raw = decompress(self.source.path, self.data, self.compression)
            schema, groups = self.read_groups(raw)
            every = list(groups)
            rows = arrow.concat_tables(every).take([row - 1 for row in gone])
            sink = arrow.BufferOutputStream()
            options = arrow.ipc.IpcWriteOptions(unify_dictionaries=True)
            with arrow.ipc.new_stream(sink, schema, options=options) as writer:
                writer.write_table(rows)
            entry["dropped"] = {
                "groups": [len(group) for group in every],
                "rows": [row - 1 for row in gone],
                "values": base64.b85encode(sink.getvalue().to_pybytes()).decode("ascii"),
            }
        return entry

    @classmethod
    def restored(cls, path: Path, row: Row, output: bytes, unpack: Unpack) -> bytes:
        """A table equal to the old one."""
        arrow = pyarrow()
        compression = row.get("compression")
        raw = decompress(path, output, compression)
        try:
            schema, groups = cls.read_groups(raw)
            columns = [column_of(path, schema, name) for name in row["fields"]]
            backs = dict(row["changes"])
            old = unpacked(groups, columns, backs, unpack)
            if "dropped" in row:
                old = with_dropped(arrow, list(old), row["dropped"])
            return compress(cls.write_groups(old, raw), compression)
        except reading_errors(arrow) as error:
            raise RecordError(f"the table cannot be rebuilt: {error}") from None

    @classmethod
    def restore(cls, row: Row, output: str, unpack: Unpack) -> str:
        """Not from a listing."""
        raise RecordError("a table is rebuilt from its bytes")

    @classmethod
    def find_passages(cls, path: Path, content: str, config: Config) -> Iterator[Passage]:
        """Not from a listing."""
        raise DocumentError(f"{path}: a table is read from its bytes")
