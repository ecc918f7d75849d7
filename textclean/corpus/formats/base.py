"""The interface of a file format, and the layers between a file's bytes and the texts in it.

From the outside in: the bytes on disk, which may be compressed (`compression`); the raw bytes,
which encode a string (`encoding`); that string, the file's content; and the passages in it, which
only the format knows. A format of text speaks strings: `find_passages`, `rewrite`, `undo_entry` and
`restore` know nothing of bytes. A binary format has its own `decode`, `written`, `digest_of` and
`restored`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Self

from textclean.config import Config
from textclean.corpus.formats.compression import compress, compression_of, decompress
from textclean.corpus.formats.encoding import UTF_8, decode, decoded, encode, in_utf8
from textclean.corpus.formats.positions import Position
from textclean.errors import DocumentError, NoTextError
from textclean.text.cleaned import Cleaned

#: A row of an undo record, or the part of it that undoes one text.
Row = dict[str, Any]
#: A slice ``[start:end]`` of a content, and what takes its place.
Splice = tuple[int, int, str]
#: The old text, from an entry of an undo row and the new text.
Unpack = Callable[[Row, str], str]


class InputFile(NamedTuple):
    """A file to be read."""

    path: Path
    #: Relative to the folder that was walked (or the file's own name), with ``/`` throughout.
    name: str
    #: The format that a user says it has, as `READ_AS` names it; None: by its name.
    read_as: str | None = None
    #: Whether it was given itself, and not found in a folder.
    is_named: bool = True
    #: Its bytes, where they are not read from the path.
    data: bytes | None = None


class Passage(NamedTuple):
    """A text in a file: all of a text file, or one field of a record."""

    #: Number of the line it begins in, from 1.
    line: int
    #: Where it stands in the file's content: for a record, the literal with its quotes.
    start: int
    end: int
    text: str
    #: Number of the record that it belongs to, from 0.
    record: int = 0


class BadRecord(NamedTuple):
    """A record that cannot be read, or has no text where it was asked for."""

    line: int
    #: Where it stands in the file's content.
    start: int
    end: int
    #: What is wrong.
    reason: str
    #: As a passage has it.
    record: int


@dataclass(frozen=True, eq=False)
class DecodedFile(ABC):
    """A file's content and the texts in it; each subclass is a format."""

    #: The format's name in undo records.
    format: ClassVar[str]
    #: The endings of file names, in lower case, by which a walk finds files of the format.
    endings: ClassVar[tuple[str, ...]]
    #: Whether the texts are records: documents by themselves, which can be dropped when empty.
    has_records: ClassVar[bool]

    #: Whether the raw bytes can be read in parts of whole lines, by `decode_part`.
    in_lines: ClassVar[bool] = False
    #: Whether fields can be put behind the others of a record, as they are written in JSON.
    takes_fields: ClassVar[bool] = False
    #: Whether many files of the format hold nothing that is text in this sense (settings, figures),
    #: so that a walk passes over those.
    holds_other_things: ClassVar[bool] = False

    source: InputFile
    #: The whole file as a string; in its encoding it is the raw bytes, all of them.
    content: str
    passages: tuple[Passage, ...]
    #: The file's permission bits.
    mode: int
    #: The encoding of the content, as `stray.Label` writes it.
    encoding: str = UTF_8
    #: The encoding in which it is written.
    output_encoding: str = UTF_8
    #: What compresses the raw bytes, as an undo row calls it; None: nothing.
    compression: str | None = None
    #: The file's bytes, where they do not follow from the content.
    stored: bytes | None = None
    #: Records without passages, in order of place.
    bad: tuple[BadRecord, ...] = ()
    #: The number of the content's first line in the file: from `decode_part`.
    first_line: int = 1
    #: What the file was read with.
    config: Config = field(default_factory=Config)

    # Bytes

    @classmethod
    def decode(cls, source: InputFile, data: bytes, mode: int, config: Config) -> Self:
        """The file with these bytes.

        Raises:
            DocumentError: the bytes are not of this format; the message names the place.
        """
        compression = compression_of(source.path)
        raw = decompress(source.path, data, compression)
        content, encoding = decode(source.path, raw, config)
        passages, bad = apart(cls.find_passages(source.path, content, config))
        check_records(source.path, bad[0] if bad else None, len(bad), len(passages), config)
        stored = None if compression is None else data
        output = in_utf8(encoding) if config.to_utf_8 else encoding
        return cls(
            source,
            content,
            passages,
            mode,
            encoding,
            output_encoding=output,
            compression=compression,
            stored=stored,
            bad=bad,
            config=config,
        )

    @classmethod
    def decode_part(
        cls,
        source: InputFile,
        raw: bytes,
        mode: int,
        config: Config,
        first_line: int,
        only: Collection[int] | None = None,
    ) -> Self:
        """Some of a file's lines as a file, in which they keep their numbers; only `in_lines`.

        All of its records may be bad, which only the whole file is refused for.

        Args:
            raw: whole lines, in UTF-8.
            only: the numbers of the lines whose passages are asked for; None: all.

        Raises:
            DocumentError: as `decode`.
        """
        raise NotImplementedError

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        if self.stored is not None:
            return self.stored
        raw = encode(self.source.path, self.content, self.encoding)
        return compress(raw, self.compression)

    @property
    def converts(self) -> bool:
        """Whether the file is written in another encoding than it came in."""
        return self.output_encoding != self.encoding

    def to_bytes(self, content: str) -> bytes:
        """The bytes of this file with another content.

        Raises:
            DocumentError: the encoding lacks a character of it.
        """
        raw = encode(self.source.path, content, self.output_encoding)
        return compress(raw, self.compression)

    def layers(self) -> Row:
        """The part of an undo row that says how bytes become a content, before and after."""
        row: Row = {"encoding": self.encoding, "compression": self.compression}
        if self.converts:
            row["written as"] = self.output_encoding
        return row

    @property
    def can_lack_characters(self) -> bool:
        """Whether there are texts that cannot be written in this file: `written` says so."""
        return self.output_encoding != UTF_8

    @property
    def drops_bad(self) -> bool:
        """Whether bad records are dropped; else they stay as they are."""
        return self.config.on_bad_record == "drop"

    def named(self, path: Path) -> Self:
        """This file, to be written under another name: compressed as that says."""
        compression = compression_of(path)
        if compression == self.compression:
            return self
        return replace(self, compression=compression, stored=None)

    def written(self, texts: Sequence[str | None]) -> bytes:
        """The file's bytes with other texts, one for each passage; None drops a record.

        Bad records go, where the configuration says so.
        """
        content = self.rewrite(texts)
        same = content == self.content and not self.converts
        return self.data if same else self.to_bytes(content)

    def digest(self, data: bytes) -> str:
        """The digest of these bytes as those of this file; see `digest_of`."""
        return self.digest_of(self.source.path, data, self.compression)

    @classmethod
    def digest_of(cls, path: Path, data: bytes, compression: str | None) -> str:
        """What is equal for two files if nothing is lost where one stands for the other.

        The SHA-256 of the raw bytes: to compress them again may give other bytes on disk.

        Raises:
            DocumentError: the bytes are not compressed so.
        """
        return sha256(decompress(path, data, compression))

    @classmethod
    def restored(cls, path: Path, row: Row, output: bytes, unpack: Unpack) -> bytes:
        """The file's bytes from those of its output and its undo row.

        Raises:
            DocumentError, RecordError, ValueError, KeyError, TypeError, IndexError: the row does
                not fit.
        """
        encoding, compression = row.get("encoding", UTF_8), row.get("compression")
        written_as = str(row.get("written as", encoding))
        content = decoded(decompress(path, output, compression), written_as)
        return compress(encode(path, cls.restore(row, content, unpack), encoding), compression)

    # Content

    @classmethod
    @abstractmethod
    def find_passages(
        cls, path: Path, content: str, config: Config
    ) -> Iterator[Passage | BadRecord]:
        """The texts in a content and the records that have none, in order of place.

        Raises:
            DocumentError: it is none of this format, and not only a record in it; the message names
                the place.
        """

    @abstractmethod
    def rewrite(self, texts: Sequence[str | None]) -> str:
        """The content with other texts, one for each passage; None drops a record.

        All passages of a record are None, or none is.
        """

    def splices(self, passage: Passage, cleaned: Cleaned) -> Iterator[Splice]:
        """What changes in the content when a passage is cleaned, in order of place.

        Raises:
            DocumentError: the text cannot be written there.
        """
        start, end, text = passage.start, passage.end, passage.text
        plain = self.content[start:end] == text  # it stands there without escapes
        if plain and self.encode(passage, cleaned.text) == cleaned.text:
            for first, last, after, *_ in cleaned.columns:
                yield start + first, start + last, after
        elif cleaned.text != text:
            yield start, end, self.encode(passage, cleaned.text)

    def bad_slices(self) -> list[tuple[int, int]]:
        """The slices of the content that go with bad records, in order of place."""
        return []

    def encode(self, passage: Passage, text: str) -> str:
        """A text as it is written in the place of a passage."""
        return text

    def dropped(self, emptied: Sequence[bool]) -> list[bool]:
        """Whether each passage goes with its record, where records go that are empty.

        Args:
            emptied: whether each passage lost all its text.
        """
        rows = list(zip(self.passages, emptied, strict=True))
        gone = {passage.record for passage, empty in rows if empty and self.has_records}
        gone -= {passage.record for passage, empty in rows if passage.text and not empty}
        return [passage.record in gone for passage in self.passages]

    def records(self) -> list[list[Passage]]:
        """The passages of each record, in order."""
        groups: dict[int, list[Passage]] = {}
        for passage in self.passages:
            groups.setdefault(passage.record, []).append(passage)
        return list(groups.values())

    def record_bounds(self, passage: Passage) -> tuple[int, int]:
        """The slice of the content that a record takes up."""
        return passage.start, passage.end

    @abstractmethod
    def position(self, passage: Passage, offset: int) -> Position:
        """The line and column in the file of an offset in a passage's text."""

    @abstractmethod
    def undo_entry(self, texts: Sequence[str | None], packed: Sequence[Row]) -> Row:
        """The part of an undo row that leads from ``rewrite(texts)`` back to this content.

        Args:
            packed: for each text what leads back to the passage's text.
        """

    @classmethod
    @abstractmethod
    def restore(cls, row: Row, output: str, unpack: Unpack) -> str:
        """The file's content from that of its output and its undo row.

        Raises:
            RecordError, ValueError, KeyError, TypeError, IndexError: the row does not fit.
        """


def apart(
    found: Iterable[Passage | BadRecord],
) -> tuple[tuple[Passage, ...], tuple[BadRecord, ...]]:
    """The texts of a content, and the records that have none."""
    passages: list[Passage] = []
    bad: list[BadRecord] = []
    for each in found:
        if isinstance(each, Passage):
            passages.append(each)
        else:
            bad.append(each)
    return tuple(passages), tuple(bad)


def check_records(
    path: Path, first: BadRecord | None, bad: int, passages: int, config: Config
) -> None:
    """Refuse a file for its bad records, if the configuration says so, or if it has no others.

    Args:
        first: of the bad ones.
        bad, passages: how many there are.

    Raises:
        NoTextError: no record has the fields that were asked for.
        DocumentError: some are bad; the message names the first.
    """
    if first is None:
        return
    said = f"{path}:{first.line}: {first.reason}"
    more = f" (and {bad - 1} more of {bad + passages} records)" if bad > 1 else ""
    if not passages:
        raise NoTextError(f"{said}{more}")
    if config.on_bad_record == "fail":
        raise DocumentError(f"{said}{more}")


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, as 64 hexadecimal digits."""
    import hashlib  # here, for `check` has no use for it

    return hashlib.sha256(data).hexdigest()
