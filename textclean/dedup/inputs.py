"""What the search is given: texts, what of them is refused by its index, and the packages it needs.

Loads no numpy: the entries ask here before they import what does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any, Protocol

from textclean.errors import InvalidTextError, MissingExtraError

#: What the search imports, all of it asked for at once: what is missing is to be an error at once,
#: never another result.
SEARCH = ("numpy", "numba", "rapidfuzz")
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


def as_texts(texts: object, name: str = "texts") -> list[str] | ArrowStrings:
    """The texts as a list or as they lie in Arrow; what a list holds is not looked at yet.

    Raises:
        TypeError: no iterable of texts, or an Arrow array with a null in it.
    """
    if _is_arrow(texts):
        if texts.null_count:  # type: ignore[attr-defined]
            index = texts.is_null().to_pylist().index(True)  # type: ignore[attr-defined]
            raise TypeError(f"{name}[{index}]: expected a string, got None")
        return ArrowStrings(texts)
    if hasattr(texts, "to_pylist"):
        texts = texts.to_pylist()
    if isinstance(texts, str | bytes | bytearray | Mapping) or not isinstance(texts, Iterable):
        raise TypeError(f"{name}: expected an iterable of strings, got {kind_of(texts)}")
    return list(texts)


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


def kind_of(value: object) -> str:
    """What to call a value in a message."""
    return "None" if value is None else type(value).__name__


def _is_arrow(texts: object) -> bool:
    """Whether `texts` is a pyarrow array of strings. Loads nothing."""
    if not type(texts).__module__.startswith("pyarrow"):
        return False
    return str(getattr(texts, "type", "")) in ("string", "large_string", "string_view")


def _refuse(block: Sequence[Any], start: int, name: str) -> None:
    for index, text in enumerate(block, start):
        if not isinstance(text, str):
            raise TypeError(f"{name}[{index}]: expected a string, got {kind_of(text)}")
        for offset, character in enumerate(text):
            if "\ud800" <= character <= "\udfff":
                raise InvalidTextError(
                    f"{name}[{index}]: a lone surrogate at offset {offset} is no character"
                )
