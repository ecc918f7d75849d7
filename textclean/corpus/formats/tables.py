"""What Parquet and Arrow share: texts in columns of a table that comes in groups of rows.

Only the columns of the texts are made anew; schema, metadata, other columns and groups of rows
stay. What is written again has other bytes, so two tables are compared by what they hold. pyarrow
is imported when such a file is met.
"""

from __future__ import annotations

import base64
import difflib
import hashlib
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, Self

from textclean.config import Config
from textclean.config.fields import EACH, FieldPath, field_path
from textclean.corpus.formats.base import DecodedFile, InputFile, Passage, Row, Unpack
from textclean.corpus.formats.compression import compress, compression_of, decompress
from textclean.corpus.formats.positions import Position
from textclean.errors import DocumentError, MissingExtraError, NoTextError, RecordError

#: A `pyarrow.Table`.
Table = Any
# By column its values, as Python has them.
_Values = dict[str, list[Any]]
# A set that keeps its order.
_Texts = dict[str, None]


class Column(NamedTuple):
    """A column with texts, and the path to them inside of its values."""

    name: str
    path: FieldPath


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
            columns = [_column(source.path, schema, name) for name in config.text_fields]
            names = list(dict.fromkeys(column.name for column in columns))
            _, groups = cls.read_groups(raw, names)
            for group in groups:
                values = {name: group[name].to_pylist() for name in names}
                for number in range(len(group)):
                    row += 1
                    for name, path in columns:
                        for text in _texts(values[name][number], path):
                            passages.append(Passage(row, start, start + len(text), text, row))
                            start += len(text) + 1
        except _errors(arrow) as error:
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
        columns = [_column(self.source.path, schema, name) for name in self.config.text_fields]
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
        new = self.write_groups(_rewritten(groups, columns, by_row), raw)
        return compress(new, self.compression)

    @classmethod
    def digest_of(cls, path: Path, data: bytes, compression: str | None) -> str:
        """The digest of the schema, the sizes of the groups and all values."""
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
                _digest_values(group, digest)
        except _errors(arrow) as error:
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
            columns = [_column(path, schema, name) for name in row["fields"]]
            backs = dict(row["changes"])
            old = _unpacked(groups, columns, backs, unpack)
            if "dropped" in row:
                old = _with_dropped(arrow, list(old), row["dropped"])
            return compress(cls.write_groups(old, raw), compression)
        except _errors(arrow) as error:
            raise RecordError(f"the table cannot be rebuilt: {error}") from None

    @classmethod
    def restore(cls, row: Row, output: str, unpack: Unpack) -> str:
        """Not from a listing."""
        raise RecordError("a table is rebuilt from its bytes")

    @classmethod
    def find_passages(cls, path: Path, content: str, config: Config) -> Iterator[Passage]:
        """Not from a listing."""
        raise DocumentError(f"{path}: a table is read from its bytes")


def pyarrow() -> Any:
    """The library.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import pyarrow
        import pyarrow.ipc
        import pyarrow.parquet
    except ImportError:
        raise MissingExtraError("Reading Parquet and Arrow files", "parquet") from None
    return pyarrow


def _errors(arrow: Any) -> tuple[type[Exception], ...]:
    """What pyarrow raises on damaged bytes; an error of its own reader is one of the system."""
    return arrow.ArrowException, OSError, UnicodeDecodeError


def _column(path: Path, schema: Any, name: str) -> Column:
    """The column that the name of a field means: one of that name, or the first step of a path."""
    names = schema.names
    steps: FieldPath = (name,) if name in names else field_path(name)
    first, *inner = steps
    if first not in names:
        near = difflib.get_close_matches(name, names, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else f", but {', '.join(map(repr, names))}"
        raise NoTextError(f"{path}: the table has no column {name!r}{hint}")
    kind = schema.field(first).type
    types = pyarrow().types
    for step in inner:
        below = None
        if step is EACH and (types.is_list(kind) or types.is_large_list(kind)):
            below = kind.value_type
        elif step is not EACH and types.is_struct(kind) and kind.get_field_index(step) >= 0:
            below = kind.field(step).type
        if below is None:
            raise NoTextError(f"{path}: the column {first!r} has no {name!r}: it holds {kind}")
        kind = below
    if types.is_dictionary(kind) and not inner:
        kind = kind.value_type
    if not (types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)):
        raise NoTextError(f"{path}: the column {name!r} holds {kind}, not strings")
    assert first is not None
    return Column(first, tuple(inner))


def _texts(value: Any, path: FieldPath) -> Iterator[str]:
    """The strings at a path in a value, in order; None is none."""
    if value is None:
        return
    if not path:
        yield value
    elif path[0] is EACH:
        for item in value:
            yield from _texts(item, path[1:])
    else:
        yield from _texts(value[path[0]], path[1:])


def _replaced(value: Any, path: FieldPath, texts: Iterator[str]) -> Any:
    """A value with the next of the texts in place of each at a path."""
    if value is None:
        return None
    if not path:
        return next(texts)
    if path[0] is EACH:
        return [_replaced(item, path[1:], texts) for item in value]
    return {**value, path[0]: _replaced(value[path[0]], path[1:], texts)}


def _rewritten(
    groups: Iterable[Table], columns: Sequence[Column], texts: Mapping[int, Sequence[str | None]]
) -> Iterator[Table]:
    """Groups with other texts, by number of row from 1; None drops the row."""
    made: list[tuple[Table, _Values]] = []
    kept: list[list[bool]] = []
    row = 0
    for group in groups:
        values = {name: group[name].to_pylist() for name, _ in columns}
        kept.append([])
        for number in range(len(group)):
            row += 1
            new = texts.get(row, ())
            kept[-1].append(not any(text is None for text in new))
            if kept[-1][-1]:
                _put(values, number, columns, iter(text for text in new if text is not None))
        made.append((group, values))
    for table, keep in zip(_with_columns(made), kept, strict=True):
        yield table if all(keep) else table.filter(keep)


def _put(values: _Values, number: int, columns: Sequence[Column], texts: Iterator[str]) -> None:
    for name, path in columns:
        values[name][number] = _replaced(values[name][number], path, texts)


def _unpacked(
    groups: Iterable[Table], columns: Sequence[Column], backs: Mapping[int, Row], unpack: Unpack
) -> Iterator[Table]:
    """Groups with the old texts, by number of the text."""
    made: list[tuple[Table, _Values]] = []
    count = 0
    for group in groups:
        values = {name: group[name].to_pylist() for name, _ in columns}
        for number in range(len(group)):
            old: list[str] = []
            for name, path in columns:
                for text in _texts(values[name][number], path):
                    back = backs.get(count)
                    old.append(text if back is None else unpack(back, text))
                    count += 1
            _put(values, number, columns, iter(old))
        made.append((group, values))
    return _with_columns(made)


def _with_columns(made: Sequence[tuple[Table, _Values]]) -> Iterator[Table]:
    """Groups with other values in some columns, of the same types.

    Raises:
        DocumentError: a nested column has values that do not survive the way through Python.
    """
    arrow = pyarrow()
    types = arrow.types
    instead = _instead(arrow, made)
    for table, values in made:
        for name, new in values.items():
            index = table.schema.get_field_index(name)
            field = table.schema.field(index)
            if types.is_dictionary(field.type):
                column = _encoded(arrow, table[name], new, instead[name])
            else:
                column = arrow.array(new, type=field.type)
            if types.is_nested(field.type):
                same = arrow.array(table[name].to_pylist(), type=field.type)
                if not arrow.chunked_array([same]).equals(table[name]):
                    raise DocumentError(f"the nested column {name!r} cannot be written unchanged")
            table = table.set_column(index, field, column)
        yield table


def _instead(arrow: Any, made: Sequence[tuple[Table, _Values]]) -> dict[str, dict[str, _Texts]]:
    """By dictionary column and value, the texts that take its place, in any group."""
    instead: dict[str, dict[str, _Texts]] = {}
    for table, values in made:
        for name, new in values.items():
            if not arrow.types.is_dictionary(table.schema.field(name).type):
                continue
            of_column = instead.setdefault(name, {})
            for before, after in zip(table[name].to_pylist(), new, strict=True):
                if before is not None:
                    of_column.setdefault(before, {})[after] = None
    return instead


def _encoded(arrow: Any, old: Any, new: Sequence[str | None], instead: Mapping[str, _Texts]) -> Any:
    """A dictionary column with other values; what takes a value's place has its place in the
    dictionary, so that it comes back into it.
    """
    kind = old.type
    numbers: dict[str, int] = {}
    for value in old.combine_chunks().dictionary.to_pylist() if len(old) else []:
        for text in instead.get(value, {value: None}):
            numbers.setdefault(text, len(numbers))
    return arrow.DictionaryArray.from_arrays(
        arrow.array([None if text is None else numbers[text] for text in new], kind.index_type),
        arrow.array(list(numbers), kind.value_type),
        ordered=kind.ordered,
    )


def _with_dropped(arrow: Any, groups: list[Table], dropped: Row) -> Iterator[Table]:
    """Groups of the old sizes, with the rows that were dropped."""
    rows = arrow.ipc.open_stream(base64.b85decode(dropped["values"])).read_all()
    kept = arrow.concat_tables(groups)
    places: list[int] = []
    number = 0  # of the next row that was kept
    gone = {row: len(kept) + count for count, row in enumerate(dropped["rows"])}
    total = sum(dropped["groups"])
    for row in range(total):
        if row in gone:
            places.append(gone[row])
        else:
            places.append(number)
            number += 1
    whole = arrow.concat_tables([kept, rows]).take(places)
    start = 0
    for size in dropped["groups"]:
        yield whole.slice(start, size).combine_chunks()
        start += size


class _Hash:
    """A file that is only hashed."""

    closed = False

    def __init__(self, digest: Any) -> None:
        self._digest = digest

    def write(self, data: bytes) -> int:
        """Add the data to the hash."""
        self._digest.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""


def _digest_values(group: Table, digest: Any) -> None:
    """Add all values of a group to a hash, however they lie in memory."""
    arrow = pyarrow()
    for number, column in enumerate(group.columns):
        values = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
        if arrow.types.is_dictionary(values.type):
            values = values.dictionary_decode()
        digest.update(f"\n{number}\n".encode())
        one = arrow.table({"": values})
        sink = arrow.BufferOutputStream()
        try:
            # Plain Parquet is canonical: it says what is null and holds what is not, in order.
            arrow.parquet.write_table(
                one, sink, compression="none", use_dictionary=False, write_statistics=False,
                store_schema=False, row_group_size=max(len(one), 1),
            )  # fmt: skip
        except arrow.ArrowException:
            digest.update(repr(values.to_pylist()).encode())
            continue
        written = sink.getvalue()
        # The footer names the version of the library.
        footer = int.from_bytes(written[-8:-4].to_pybytes(), "little") + 8
        digest.update(memoryview(written)[: len(written) - footer])
