"""Plain text and Markdown: the whole file is one text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from textclean.corpus.formats.base import DecodedFile, Passage, Row
from textclean.corpus.formats.positions import Lines, Position


class TextFile(DecodedFile):
    """A file of one text."""

    format = "text"
    endings = (".txt", ".md", ".markdown")
    has_records = False

    @classmethod
    def find_passages(cls, path: Path, content: str, field: str) -> Iterator[Passage]:
        """All of it."""
        yield Passage(1, 0, len(content), content)

    def position(self, passage: Passage, offset: int) -> Position:
        """Line and column, as editors count them."""
        return self._lines.position(offset)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.content)

    def undo_entry(self, texts: Sequence[str | None], packed: Sequence[Row]) -> Row:
        """What leads back to the text."""
        return packed[0]

    @classmethod
    def restore(cls, row: Row, output: bytes, unpack: Callable[[Row, str], str]) -> bytes:
        """The old text as UTF-8."""
        return unpack(row, output.decode("utf-8")).encode("utf-8")
