"""One file, as ``check`` and ``fix`` see it: its texts, each cleaned by itself, and what is where.

Duplicates are no matter of one file; `textclean.corpus.run` looks for those.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from textclean.cleaning import clean
from textclean.config import Config
from textclean.corpus.atomic import write_atomic
from textclean.corpus.documents import DecodedFile, Format, Source, read_source, source_of
from textclean.corpus.excise import Remainder
from textclean.corpus.positions import Lines, Position
from textclean.corpus.reading_order import CleanedDocument
from textclean.corpus.record import Row, pack
from textclean.text.cleaned import Cleaned


@dataclass(frozen=True)
class CheckedText:
    """A text of a file and what cleaning makes of it."""

    #: The line it begins in: 1 for a text file, the record's line in JSON Lines.
    line: int
    cleaned: Cleaned
    #: Whether the text is a field of a record of JSON Lines.
    in_record: bool

    def position(self, offset: int) -> Position:
        """Where an offset of the original text is in the file.

        In a record the line is the record's and the column counts the decoded text, because the
        line breaks in it are escapes and all stand in one line.
        """
        if self.in_record:
            return Position(self.line, offset + 1)
        return self._lines.position(offset)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.cleaned.original)


@dataclass(frozen=True)
class CheckedFile:
    """A file, its texts, and the bytes that cleaning would make of it."""

    file: DecodedFile
    texts: tuple[CheckedText, ...]
    fixed: bytes

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.file.source.path

    @property
    def format(self) -> Format:
        """``text`` or ``jsonl``."""
        return self.file.source.format

    @property
    def original(self) -> bytes:
        """The bytes that are on disk."""
        return self.file.data

    @property
    def changed(self) -> bool:
        """Whether cleaning changes anything."""
        return self.fixed != self.file.data

    def write(self) -> bool:
        """Put the fixed bytes in the file's place, if they differ; whether they did.

        Raises:
            DocumentError: the file cannot be written; it is as it was then.
        """
        if self.changed:
            write_atomic(self.path, self.fixed)
        return self.changed

    def undo_row(self, config: Config) -> Row:
        """The row of an undo record that leads from the fixed bytes back to the original ones."""
        done = [
            CleanedDocument(
                "", text.cleaned.text, Remainder(text.cleaned.original), text.cleaned.columns
            )
            for text in self.texts
        ]
        return pack(self.file, done, self.fixed, config.text_field)


def fix_file(source: Source | Path, config: Config) -> CheckedFile:
    """Read a file and clean its texts; nothing is written before `CheckedFile.write`.

    Raises:
        DocumentError: the file cannot be read as UTF-8 text or as JSON Lines.
        ConfigError: the configuration names a rule that does not exist.
    """
    if isinstance(source, Path):
        source = source_of(source)
    file = read_source(source, config)
    in_record = source.format == "jsonl"
    texts = tuple(
        CheckedText(passage.line, clean(passage.text, config), in_record)
        for passage in file.passages
    )
    return CheckedFile(file, texts, file.rewrite([text.cleaned.text for text in texts]))
