"""What a caller may give for texts: lists, records, columns and tables of the usual libraries.

No library is imported here but pyarrow where something of Arrow or Polars is given: what a thing is
shows in the name of its type's module.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias, get_args

from textclean.dedup.inputs import SKIP_HINT, ArrowStrings, StringArray, is_missing, kind_of

#: What is done with a text that is None or NaN: it is an error, or it stays and is no copy.
Missing = Literal["refuse", "skip"]
#: Some of the given items, by their indices.
Take = Callable[[Sequence[int]], Any]
# The column of texts, how to take some of what was given, and one of a table's rows.
_Column = tuple[Any, Take | None, Callable[[int], Any] | None]


class Table(Protocol):
    """Anything that has columns: a table, a frame, a data set."""

    @property
    def columns(self) -> Any:
        """The columns or their names."""
        ...


#: Strings, a column of them, a table with such a column, or records with such a field.
Texts: TypeAlias = Iterable[str | None] | Iterable[Mapping[str, Any]] | StringArray | Table


class Given(NamedTuple):
    """Texts as the search takes them, and as the caller gave them."""

    texts: list[str] | ArrowStrings
    #: Those of the given items that have these indices, in a container like the one given.
    take: Take
    #: The one that has this index: a record of a table or of records, else the text.
    item: Callable[[int], Any]


def read(given: Any, field: str, missing: Missing = "refuse", name: str = "texts") -> Given:
    """The texts in what a caller gave; what a list of strings holds is not looked at yet.

    Args:
        field: the column of a table, or the field of a record, that holds the text.
        missing: what is done with None and NaN.
        name: what to call the texts in a message.

    Raises:
        TypeError: no iterable of texts, or a record or an Arrow array with something else in it.
        ValueError: a table or a record has no such field; or `missing` is no choice.
    """
    if missing not in get_args(Missing):
        raise ValueError(f"missing: {missing!r} is not one of {', '.join(get_args(Missing))}")
    library = type(given).__module__.partition(".")[0]
    column, take, item = _COLUMNS.get(library, _no_column)(given, field, name)
    if isinstance(column, ArrowStrings):
        assert take is not None  # whatever gives Arrow can be taken from
        return Given(_complete(column, missing, name), take, item or column.__getitem__)
    if hasattr(column, "to_pylist"):
        column = column.to_pylist()
    if isinstance(column, str | bytes | bytearray | Mapping) or not isinstance(column, Iterable):
        raise TypeError(f"{name}: expected an iterable of strings, got {kind_of(column)}")
    items = list(column)
    texts = items
    if items and isinstance(items[0], Mapping):
        texts = _of_records(items, field, name)
    if missing == "skip":
        texts = ["" if is_missing(text) else text for text in texts]
    return Given(texts, take or _Items(items), item or items.__getitem__)


class _Items:
    """Some of the items of a list, as a list."""

    def __init__(self, items: Sequence[Any]) -> None:
        self._items = items

    def __call__(self, indices: Sequence[int]) -> list[Any]:
        return [self._items[index] for index in indices]


def as_texts(texts: object, name: str = "texts") -> list[str] | ArrowStrings:
    """The texts alone, none of which may be missing; a record's is its field ``text``."""
    return read(texts, "text", name=name).texts


def joined(
    texts: list[str] | ArrowStrings, others: list[str] | ArrowStrings
) -> list[str] | ArrowStrings:
    """Some texts and, behind them, others."""
    if not others:
        return texts
    if isinstance(texts, ArrowStrings) and isinstance(others, ArrowStrings):
        return texts.followed_by(others)
    return [*texts, *others]


def parted(texts: list[str] | ArrowStrings, index: int) -> tuple[Sequence[str], Sequence[str]]:
    """Some texts up to an index, and the others."""
    if isinstance(texts, ArrowStrings):
        return texts.part(0, index), texts.part(index, len(texts)) if index < len(texts) else ()
    return tuple(texts[:index]), tuple(texts[index:])


def column_of(given: Any, field: str, name: str) -> list[Any]:
    """The values of a field of the table or the records that were given.

    Raises:
        ValueError: they have no such field.
    """
    library = type(given).__module__.partition(".")[0]
    if library in _COLUMNS and _names_of(given) is not None:
        _check_column(given, field, name)
        values = given[field]
        return list(values.to_pylist() if hasattr(values, "to_pylist") else values)
    if isinstance(given, list) and given and isinstance(given[0], Mapping):
        return _of_records(given, field, name)
    raise ValueError(f"{name}: {kind_of(given)} has no fields, so there is no {field!r} in it")


def _of_records(records: Sequence[Any], field: str, name: str) -> list[Any]:
    values = []
    for index, record in enumerate(records):
        if not isinstance(record, Mapping):
            raise TypeError(f"{name}[{index}]: expected a record, got {kind_of(record)}")
        if field not in record:
            raise ValueError(
                f"{name}[{index}]: the record has no field {field!r}{_hint(field, record)}"
            )
        values.append(record[field])
    return values


def _complete(column: ArrowStrings, missing: Missing, name: str) -> ArrowStrings:
    array = column.array
    if not array.null_count:
        return column
    if missing == "refuse":
        index = array.is_null().to_pylist().index(True)
        raise TypeError(f"{name}[{index}]: expected a string, got None{SKIP_HINT}")
    return ArrowStrings(array.fill_null(""))


def _names_of(given: Any) -> list[Any] | None:
    """The names of a table's columns; None for what is no table."""
    names = getattr(given, "column_names", None)
    if names is None and hasattr(given, "iloc") and hasattr(given, "columns"):
        names = given.columns
    if names is None and hasattr(given, "get_column"):
        names = given.columns
    return None if names is None else list(names)


def _check_column(given: Any, field: str, name: str) -> None:
    names = _names_of(given) or []
    if field not in names:
        raise ValueError(f"{name}: the table has no column {field!r}{_hint(field, names)}")


def _hint(field: str, names: Iterable[Any]) -> str:
    """Which field may be meant."""
    strings = [name for name in names if isinstance(name, str)]
    near = difflib.get_close_matches(field, strings, n=1, cutoff=0)
    named = f"; did you mean Config(text_field={near[0]!r})?" if near and field == "text" else ""
    return named or (f"; did you mean {near[0]!r}?" if near else "")


def _no_column(given: Any, field: str, name: str) -> _Column:
    return given, None, None


def _pandas(given: Any, field: str, name: str) -> _Column:
    if not hasattr(given, "iloc"):
        return given.tolist(), None, None
    if _names_of(given) is None:
        return given.tolist(), given.iloc.__getitem__, None
    _check_column(given, field, name)
    return given[field].tolist(), given.iloc.__getitem__, partial(_pandas_row, given)


def _pandas_row(frame: Any, index: int) -> Any:
    return frame.iloc[index].to_dict()


def _polars(given: Any, field: str, name: str) -> _Column:
    if hasattr(given, "collect") and not hasattr(given, "to_list"):
        raise TypeError(f"{name}: expected a frame or a column, got LazyFrame; collect() it")
    column, item = given, None
    if _names_of(given) is not None:
        _check_column(given, field, name)
        column, item = given.get_column(field), partial(given.row, named=True)
    if str(column.dtype) == "String" and find_spec("pyarrow"):
        return _arrow_strings(column.to_arrow()), given.__getitem__, item
    return column.to_list(), given.__getitem__, item


def _pyarrow(given: Any, field: str, name: str) -> _Column:
    if _names_of(given) is None:
        return _arrow_strings(given), given.take, None
    _check_column(given, field, name)
    column = _arrow_strings(given.column(field))
    return column, given.take, partial(_pyarrow_row, given)


def _pyarrow_row(table: Any, index: int) -> Any:
    return table.slice(index, 1).to_pylist()[0]


def _arrow_strings(column: Any) -> Any:
    """A pyarrow array of strings, where it lies; of anything else, a list."""
    kind = str(getattr(column, "type", ""))
    if kind.startswith(("dictionary<values=string", "dictionary<values=large_string")):
        return ArrowStrings(column)
    return ArrowStrings(column) if kind in ("string", "large_string", "string_view") else column


def _numpy(given: Any, field: str, name: str) -> _Column:
    if getattr(given, "ndim", 1) != 1:
        raise TypeError(f"{name}: expected an array of one dimension, got {given.ndim}")
    return given.tolist(), given.__getitem__, None


def _datasets(given: Any, field: str, name: str) -> _Column:
    if isinstance(given, Mapping):
        splits = ", ".join(map(str, given))
        raise TypeError(
            f"{name}: expected one data set, got {kind_of(given)}: choose from {splits}"
        )
    if not hasattr(given, "with_format") or not hasattr(given, "select"):
        return given, None, None  # a column, or records that come one by one
    _check_column(given, field, name)
    column = _arrow_strings(given.with_format("arrow")[:].column(field))
    return column, given.select, given.__getitem__


_COLUMNS: dict[str, Callable[[Any, str, str], _Column]] = {
    "pandas": _pandas,
    "polars": _polars,
    "pyarrow": _pyarrow,
    "numpy": _numpy,
    "datasets": _datasets,
}
