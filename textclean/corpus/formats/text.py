"""Plain text and Markdown: the whole file is one text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from textclean.config import Config
from textclean.corpus.formats.base import DecodedFile, Passage, Row, Unpack
from textclean.corpus.formats.positions import Lines, Position


class TextFile(DecodedFile):
    """A file of one text."""

    format = "text"
    endings = (".txt", ".md", ".markdown")
    has_records = False

    @classmethod
    def find_passages(cls, path: Path, content: str, config: Config) -> Iterator[Passage]:
        """All of it."""
        yield Passage(1, 0, len(content), content)

    def position(self, passage: Passage, offset: int) -> Position:
        """Line and column, as editors count them."""
        return self._lines.position(offset)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.content)

    def rewrite(self, texts: Sequence[str | None]) -> str:
        """The text itself."""
        return "".join(text or "" for text in texts)

    def undo_entry(self, texts: Sequence[str | None], packed: Sequence[Row]) -> Row:
        """What leads back to the text."""
        return packed[0]

    @classmethod
    def restore(cls, row: Row, output: str, unpack: Unpack) -> str:
        """The old text."""
        return unpack(row, output)
