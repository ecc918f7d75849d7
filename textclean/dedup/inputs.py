"""Texts as the search takes them, what of them is refused by its index, and the packages it needs.

Loads no numpy: the entries ask here before they import what does.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any, Protocol

from textclean.errors import InvalidTextError, MissingExtraError

#: What the search imports, all of it asked for at once: what is missing is to be an error at once,
#: never another result.
SEARCH = ("numpy", "numba", "rapidfuzz")
#: What can be done about a text that is None or NaN.
SKIP_HINT = '; `deduplicate(..., missing="skip")` passes over it'
# Texts that are looked at together.
_BLOCK = 8192


class StringArray(Protocol):
    """A column of strings that can turn itself into a list, as pyarrow's can."""

    def to_pylist(self) -> list[Any]:
        """The values as Python strings."""
        ...


class ArrowStrings(Sequence[str]):
    """Texts in a pyarrow string array: made into strings one at a time, when asked for."""

    def __init__(self, array: Any) -> None:
        import pyarrow as pa

        if isinstance(array, pa.ChunkedArray):
            array = array.combine_chunks()
            if isinstance(array, pa.ChunkedArray):
                array = pa.concat_arrays(array.chunks)
        #: A ``large_string`` array.
        self.array = array if array.type == pa.large_string() else array.cast(pa.large_string())

    def followed_by(self, others: ArrowStrings) -> ArrowStrings:
        """These texts and, behind them, others."""
        import pyarrow as pa

        return ArrowStrings(pa.concat_arrays([self.array, others.array]))

    def part(self, start: int, end: int) -> ArrowStrings:
        """The texts with the indices from `start` to before `end`, where they lie."""
        return ArrowStrings(self.array.slice(start, end - start))

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return self.array[index].to_pylist()
        return self.array[int(index)].as_py()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ArrowStrings):
            return bool(self.array.equals(other.array))
        return isinstance(other, tuple) and len(self) == len(other) and tuple(self) == other

    def __hash__(self) -> int:
        return hash(len(self))


def check(texts: Sequence[str], name: str = "texts") -> None:
    """See that each of the texts is a string of Unicode characters.

    Raises:
        TypeError: one is no string; the message names its index.
        InvalidTextError: one holds a lone surrogate.
    """
    if isinstance(texts, ArrowStrings):
        return
    for start in range(0, len(texts), _BLOCK):
        block = texts[start : start + _BLOCK]
        try:
            "".join(block).encode("utf-32-le")
        except (TypeError, UnicodeEncodeError):
            _refuse(block, start, name)


def require() -> None:
    """See that everything the search needs can be imported.

    Raises:
        MissingExtraError: one of the packages is not installed.
    """
    if any(find_spec(package) is None for package in SEARCH):
        raise MissingExtraError("near-duplicate search", "dedup")


def is_missing(value: object) -> bool:
    """Whether a value says that there is no text: None, NaN and their like."""
    if isinstance(value, str):
        return False
    unequal = isinstance(value, float) and value != value
    return value is None or unequal or type(value).__name__ in ("NAType", "NaTType")


def kind_of(value: object) -> str:
    """What to call a value in a message."""
    if value is None:
        return "None"
    return "NaN" if is_missing(value) else type(value).__name__


def _refuse(block: Sequence[Any], start: int, name: str) -> None:
    for index, text in enumerate(block, start):
        if not isinstance(text, str):
            hint = SKIP_HINT if is_missing(text) else ""
            raise TypeError(f"{name}[{index}]: expected a string, got {kind_of(text)}{hint}")
        for offset, character in enumerate(text):
            if "\ud800" <= character <= "\udfff":
                raise InvalidTextError(
                    f"{name}[{index}]: a lone surrogate at offset {offset} is no character"
                )
