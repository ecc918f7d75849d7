"""Texts from whatever holds them: lists, files, columns of Arrow, pandas, Polars and `datasets`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# Values of an Arrow array that are made into strings at a time.
_BLOCK = 8192


def iter_texts(texts: object, name: str = "texts") -> Iterator[Any]:
    """The items of a column, None for each that is missing (None, NaN, ``pandas.NA``, an Arrow
    null). Whether the others are strings is not looked at.

    Raises:
        TypeError: no column: one string, a table, nothing that can be iterated.
    """
    if hasattr(texts, "column_names") or hasattr(texts, "columns"):
        columns = getattr(texts, "column_names", None) or list(getattr(texts, "columns", ()))
        raise TypeError(
            f"{name}: expected one column of texts, got a {type(texts).__name__}; choose one of "
            f"{', '.join(map(str, columns))}"
        )
    if isinstance(texts, str | bytes | bytearray | Mapping) or not isinstance(texts, Iterable):
        kind = "None" if texts is None else type(texts).__name__
        raise TypeError(f"{name}: expected an iterable of strings, got {kind}")
    items: Iterable[Any] = _arrow_items(texts) if hasattr(texts, "to_pylist") else texts
    return (_value(item) for item in items)


def _arrow_items(array: Any) -> Iterator[Any]:
    for start in range(0, len(array), _BLOCK):
        yield from array[start : start + _BLOCK].to_pylist()


def _value(item: Any) -> Any:
    if isinstance(item, str):
        return item
    if hasattr(item, "as_py"):  # a scalar of Arrow
        return item.as_py()
    # NaN is the one float that does not equal itself; pandas.NA equals nothing at all.
    if type(item).__name__ == "NAType" or (isinstance(item, float) and item != item):
        return None
    return item
