"""One file, as ``check`` and ``fix`` see it: its texts, each cleaned by itself, and what is where.

Duplicates are no matter of one file; `textclean.corpus.run` looks for those.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from textclean.cleaning import clean
from textclean.config import Config
from textclean.corpus.atomic import write_atomic
from textclean.corpus.documents import config_of_file, input_file, read_file
from textclean.corpus.excise import Remainder
from textclean.corpus.formats.base import DecodedFile, InputFile, Passage, Row, Splice
from textclean.corpus.reading_order import CleanedDocument
from textclean.corpus.record import pack
from textclean.errors import DocumentError, RuleError
from textclean.text.cleaned import Cleaned


@dataclass(frozen=True)
class CheckedFile:
    """A file, what cleaning makes of its texts, and the bytes that it would have then."""

    file: DecodedFile
    #: One for each of the file's passages.
    cleaned: tuple[Cleaned, ...]

    @classmethod
    def of(cls, file: DecodedFile, config: Config) -> CheckedFile:
        """A file whose texts are cleaned now, as `per_file` says for it.

        Raises:
            DocumentError: a rule of the user's own fails on a text.
        """
        config = config_of_file(file.source, config)
        try:
            return cls(file, tuple(clean(passage.text, config) for passage in file.passages))
        except RuleError as error:
            raise DocumentError(f"{file.source.path}: {error}") from None

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.file.source.path

    @property
    def texts(self) -> Iterator[tuple[Passage, Cleaned]]:
        """Each passage and what cleaning makes of it."""
        return zip(self.file.passages, self.cleaned, strict=True)

    @property
    def changed(self) -> bool:
        """Whether cleaning changes anything, or the file is written in another encoding."""
        return self.file.converts or any(
            cleaned.text != passage.text for passage, cleaned in self.texts
        )

    @cached_property
    def fixed(self) -> bytes:
        """The file's bytes after cleaning."""
        return self.file.written([cleaned.text for cleaned in self.cleaned])

    def splices(self) -> Iterator[Splice]:
        """What changes in the file's content, in order of place."""
        for passage, cleaned in self.texts:
            yield from self.file.splices(passage, cleaned)

    def write(self) -> bool:
        """Put the fixed bytes in the file's place, if they differ; whether they did.

        Raises:
            DocumentError: the file cannot be written, or was changed since it was read; it stays
                as it is then.
        """
        if self.changed:
            write_atomic(self.path, self.fixed, replacing=self.file.data)
        return self.changed

    def undo_row(self) -> Row:
        """The row of an undo record that leads from the fixed bytes back to the original ones."""
        documents = [
            CleanedDocument("", cleaned.text, Remainder(passage.text), cleaned.columns)
            for passage, cleaned in self.texts
        ]
        return pack(self.file, documents, self.fixed)


def fix_file(source: InputFile | Path, config: Config) -> CheckedFile:
    """Read a file and clean its texts; nothing is written before `CheckedFile.write`.

    Raises:
        DocumentError: the file cannot be read as a file of its format, or an own rule fails on it.
        ConfigError: the configuration names a rule that does not exist.
    """
    if isinstance(source, Path):
        source = input_file(source)
    return CheckedFile.of(read_file(source, config), config)
