"""The values of the columns of tables: where texts are in them, and others put in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from textclean.config.fields import EACH, FieldPath, field_path
from textclean.corpus.formats.base import Row, Unpack
from textclean.errors import DocumentError, MissingExtraError, NoTextError

#: A `pyarrow.Table`.
Table = Any
# Of pyarrow: from here on the metadata in the footer of an Arrow file can be read and written.
_VERSION = 21
# By column its values, as Python has them.
_Values = dict[str, list[Any]]
# A set that keeps its order.
_Texts = dict[str, None]


class Column(NamedTuple):
    """A column with texts, and the path to them inside of its values."""

    name: str
    path: FieldPath


def pyarrow() -> Any:
    """The library.

    Raises:
        MissingExtraError: it is not installed, or too old.
    """
    try:
        import pyarrow
        import pyarrow.ipc
        import pyarrow.parquet
    except ImportError:
        pyarrow = None
    if pyarrow is None or int(pyarrow.__version__.partition(".")[0]) < _VERSION:
        raise MissingExtraError("Reading Parquet and Arrow files", "parquet") from None
    return pyarrow


def reading_errors(arrow: Any) -> tuple[type[Exception], ...]:
    """What pyarrow raises on damaged bytes; an error of its own reader is one of the system."""
    return arrow.ArrowException, OSError, UnicodeDecodeError


def column_of(path: Path, schema: Any, name: str) -> Column:
    """The column that the name of a field means: one of that name, or the first step of a path."""
    names = schema.names
    steps: FieldPath = (name,) if name in names else field_path(name)
    first, *inner = steps
    if first not in names:
        import difflib  # here, for it is seldom needed

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


def texts_at(value: Any, path: FieldPath) -> Iterator[str]:
    """The strings at a path in a value, in order; None is none."""
    if value is None:
        return
    if not path:
        yield value
    elif path[0] is EACH:
        for item in value:
            yield from texts_at(item, path[1:])
    else:
        yield from texts_at(value[path[0]], path[1:])


def _replaced(value: Any, path: FieldPath, texts: Iterator[str]) -> Any:
    """A value with the next of the texts in place of each at a path."""
    if value is None:
        return None
    if not path:
        return next(texts)
    if path[0] is EACH:
        return [_replaced(item, path[1:], texts) for item in value]
    return {**value, path[0]: _replaced(value[path[0]], path[1:], texts)}


def rewritten(
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


def unpacked(
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
                for text in texts_at(values[name][number], path):
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


def with_dropped(arrow: Any, groups: list[Table], dropped: Row) -> Iterator[Table]:
    """Groups of the old sizes, with the rows that were dropped."""
    import base64

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


def digest_values(group: Table, digest: Any) -> None:
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
