"""The interface of a file format: bytes in, texts and their places, bytes out, and the way back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Self

from textclean.corpus.formats.encoding import decode_utf8
from textclean.corpus.formats.positions import Position
from textclean.text.cleaned import Cleaned

#: A row of an undo record, or the part of it that undoes one text.
Row = dict[str, Any]
#: A slice ``[start:end]`` of a content, and what takes its place.
Splice = tuple[int, int, str]


class InputFile(NamedTuple):
    """A file to be read."""

    path: Path
    #: Relative to the folder that was walked (or the file's own name), with ``/`` throughout.
    name: str
    #: The format that a user says it has, as `READ_AS` names it; None: by its name.
    read_as: str | None = None


class Passage(NamedTuple):
    """A text in a file: all of a text file, or one record's field."""

    #: Number of the line it begins in, from 1.
    line: int
    #: Where it stands in the file's content: for a record, the literal with its quotes.
    start: int
    end: int
    text: str


@dataclass(frozen=True, eq=False)
class DecodedFile(ABC):
    """A file's content and the texts in it; each subclass is a format."""

    #: The format's name in undo records.
    format: ClassVar[str]
    #: The endings of file names, in lower case, by which a walk finds files of the format.
    endings: ClassVar[tuple[str, ...]]
    #: Whether the texts are records: documents by themselves, which can be dropped when empty.
    has_records: ClassVar[bool]

    source: InputFile
    #: The whole file as a string; its UTF-8 is the file, byte for byte.
    content: str
    passages: tuple[Passage, ...]
    #: The file's permission bits.
    mode: int
    #: The name of the field that holds a record's text.
    field: str

    @classmethod
    def claims(cls, path: Path, data: bytes) -> bool:
        """Whether a file is of this format."""
        return path.suffix.casefold() in cls.endings

    @classmethod
    def decode(cls, source: InputFile, data: bytes, mode: int, field: str) -> Self:
        """The file with these bytes.

        Raises:
            DocumentError: the bytes are not of this format; the message names the place.
        """
        return cls.of_content(source, decode_utf8(source.path, data), mode, field)

    @classmethod
    def of_content(cls, source: InputFile, content: str, mode: int, field: str) -> Self:
        """The file with this content."""
        passages = tuple(cls.find_passages(source.path, content, field))
        return cls(source, content, passages, mode, field)

    @classmethod
    @abstractmethod
    def find_passages(cls, path: Path, content: str, field: str) -> Iterator[Passage]:
        """The texts in a content, in order of place."""

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.content.encode("utf-8")

    def rewrite(self, texts: Sequence[str | None]) -> bytes:
        """The file's bytes with other texts, one for each passage; None drops a record."""
        pieces: list[str] = []
        last = 0
        for passage, text in zip(self.passages, texts, strict=True):
            if text == passage.text:
                continue
            start, end = self.record_bounds(passage) if text is None else passage[1:3]
            pieces += (self.content[last:start], "" if text is None else self.encode(passage, text))
            last = end
        return "".join((*pieces, self.content[last:])).encode("utf-8")

    def splices(self, passage: Passage, cleaned: Cleaned) -> Iterator[Splice]:
        """What changes in the content when a passage is cleaned, in order of place."""
        _, start, end, text = passage
        if self.content[start:end] == text:  # it stands there without escapes
            for first, last, after, *_ in cleaned.columns:
                yield start + first, start + last, after
        elif cleaned.text != text:
            yield start, end, self.encode(passage, cleaned.text)

    def encode(self, passage: Passage, text: str) -> str:
        """A text as it is written in the place of a passage."""
        return text

    def record_bounds(self, passage: Passage) -> tuple[int, int]:
        """The slice of the content that a record takes up."""
        return passage[1:3]

    @abstractmethod
    def position(self, passage: Passage, offset: int) -> Position:
        """The line and column in the file of an offset in a passage's text."""

    @abstractmethod
    def undo_entry(self, texts: Sequence[str | None], packed: Sequence[Row]) -> Row:
        """The part of an undo row that leads from ``rewrite(texts)`` back to this file.

        Args:
            packed: for each text what leads back to the passage's text.
        """

    @classmethod
    @abstractmethod
    def restore(cls, row: Row, output: bytes, unpack: Callable[[Row, str], str]) -> bytes:
        """The file's bytes from those of its output and its undo row.

        Args:
            unpack: the old text, from an entry of `packed` and the new text.

        Raises:
            RecordError, ValueError, KeyError, TypeError, IndexError: the row does not fit.
        """
