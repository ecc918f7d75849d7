"""Files read in parts, so that one of any size takes little memory.

A large file of lines in UTF-8 comes in parts of whole lines, each a `DecodedFile` by itself; one
line is never parted. Anything else (texts, other encodings) is one part; so is what is compressed,
but for those who compress what they write piece by piece. Who
reads a file twice finds the same bytes, or is told that it was changed.
"""

from __future__ import annotations

import codecs
from collections.abc import Collection, Iterator
from functools import partial
from typing import IO

from textclean.config import Config
from textclean.corpus.atomic import changed_meanwhile
from textclean.corpus.documents import format_of_file, read_file
from textclean.corpus.formats.base import BadRecord, DecodedFile, InputFile, check_records
from textclean.corpus.formats.compression import Compressor, RawFile, Writable, compression_of
from textclean.errors import DocumentError, MissingExtraError
from textclean.text.opening import open_ordinary

#: Bytes of a part, about; smaller files are one part.
PART_BYTES = 1 << 20
# What is read at a time where only a digest is made.
_BLOCK = 1 << 20
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class FileParts:
    """A file that can be read in parts, more than once.

    Args:
        config: what says which field is the text, and how the file is encoded.
        unpacked: whether a compressed file comes in parts, too: in raw bytes, uncompressed ones.
        grouped: whether a large table comes in groups of rows, where it can.

    Raises:
        DocumentError: the file cannot be read, or is of no format.
    """

    def __init__(
        self, source: InputFile, config: Config, *, unpacked: bool = False, grouped: bool = False
    ) -> None:
        self.source = source
        self._config = config
        self._form, self.mode, size = format_of_file(source)
        self.has_records = self._form.has_records
        #: Whether fields can be put behind the others of a record.
        self.takes_fields = self._form.takes_fields
        self.size = size
        #: What compresses a file whose parts do not say so.
        self.compression = compression_of(source.path) if unpacked else None
        small = self.compression is None and size <= PART_BYTES
        #: Whether it comes in parts.
        self.in_parts = (
            size > 0
            and not small
            and source.data is None
            and self._form.in_lines
            and self._is_plain()
        )
        if not self.in_parts:
            self.compression = None
        #: Whether its parts are groups of rows of a table.
        self.in_groups = False
        if grouped and self._form.format == "parquet" and source.data is None:
            from textclean.corpus.formats.parquet_groups import comes_in_groups

            plain = size > PART_BYTES and compression_of(source.path) is None
            self.in_parts = self.in_groups = plain and comes_in_groups(source, config)
        #: The digest of the file as undo rows have it; known when it was read to the end.
        self.digest: str | None = None

    def __iter__(self) -> Iterator[DecodedFile]:
        """The parts, in order.

        Raises:
            DocumentError: as `parts`.
        """
        return self.parts()

    def parts(self, only: Collection[int] | None = None, after: int = 0) -> Iterator[DecodedFile]:
        """The parts, in order.

        Args:
            only: the numbers of the lines whose passages are asked for, where the file is
                `in_parts`; None: all.
            after: so many of the first parts are left out, where the file is `in_parts`.

        Raises:
            DocumentError: the file cannot be read as a file of its format, or was changed since it
                was read first.
        """
        if not self.in_parts:
            file = read_file(self.source, self._config)
            self.mode = file.mode
            self._require(file.digest(file.data))
            yield file
            return
        if self.in_groups:
            yield from self._groups(only, after)
            return
        import hashlib

        if self.digest is None:
            self._check_records()
        digest = hashlib.sha256()
        for raw, part in self._decoded(only, after):
            digest.update(raw)
            if part is not None:
                yield part
        self._require(digest.hexdigest())

    def _groups(self, only: Collection[int] | None, after: int) -> Iterator[DecodedFile]:
        from textclean.corpus.formats.parquet_groups import groups

        try:
            for part in groups(self.source, self._config, self.mode, only, after):
                if isinstance(part, str):
                    self._require(part)
                else:
                    yield part
        except OSError as error:
            raise DocumentError(f"{self.source.path}: cannot be read: {error.strerror}") from None

    def _check_records(self) -> None:
        """See that the file is not refused for bad records, before anybody has a part of it.

        Raises:
            DocumentError: it is, as it would be in one part.
        """
        first: BadRecord | None = None
        bad = passages = 0
        for _, part in self._decoded():
            assert part is not None
            first = first or next(iter(part.bad), None)
            bad, passages = bad + len(part.bad), passages + len(part.passages)
            if passages and self._config.on_bad_record != "fail":
                return
        check_records(self.source.path, first, bad, passages, self._config)

    def _decoded(
        self, only: Collection[int] | None = None, after: int = 0
    ) -> Iterator[tuple[bytes, DecodedFile | None]]:
        """The parts and their bytes, in order; None for each of the first `after`."""
        line = 1
        with self._open() as file:
            for number, raw in enumerate(_whole_lines(file)):
                if number < after:
                    yield raw, None
                    line += raw.count(b"\n")
                    continue
                try:
                    part = self._form.decode_part(
                        self.source, raw, self.mode, self._config, line, only
                    )
                except UnicodeDecodeError:
                    raise changed_meanwhile(self.source.path) from None
                yield raw, part
                line += raw.count(b"\n")

    def require_unchanged(self) -> None:
        """See that the file is as it was when it was read.

        Raises:
            DocumentError: it was changed.
        """
        if not self.in_parts:
            form = self._form
            data = self.source.data
            if data is None:
                with self._open() as file:
                    data = b"".join(iter(partial(file.read, _BLOCK), b""))
            self._require(form.digest_of(self.source.path, data, compression_of(self.source.path)))
            return
        import hashlib

        digest = hashlib.sha256()
        with self._open() as file:
            while block := file.read(_BLOCK):
                digest.update(block)
        self._require(digest.hexdigest())

    def _require(self, digest: str) -> None:
        if self.digest is None:
            self.digest = digest
        elif self.digest != digest:
            raise changed_meanwhile(self.source.path)

    def _open(self) -> IO[bytes] | RawFile:
        try:
            file = open_ordinary(self.source.path)
        except OSError as error:
            message = f"{self.source.path}: cannot be read: {error.strerror}"
            raise DocumentError(message) from None
        if self.compression is None:
            return file
        try:
            return RawFile(self.source.path, file, self.size, self.compression)
        except MissingExtraError as error:
            file.close()
            raise DocumentError(f"{self.source.path}: {error}") from None

    def _is_plain(self) -> bool:
        """Whether it is UTF-8 text, more than a part, and nothing else was asked for."""
        if compression_of(self.source.path) != self.compression:
            return False
        if getattr(self._config, "encoding", "auto") not in ("auto", "utf-8"):
            return False
        decoder = codecs.getincrementaldecoder("utf-8")()
        size = 0
        with self._open() as file:
            first = True
            while block := file.read(_BLOCK):
                if (first and block.startswith(_MARKS)) or b"\0" in block:
                    return False
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    return False
                first = False
                size += len(block)
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return size > PART_BYTES


def _whole_lines(file: IO[bytes] | RawFile) -> Iterator[bytes]:
    """The bytes of a file in parts that end with a line, but for the last."""
    held: list[bytes] = []
    while block := file.read(PART_BYTES):
        end = block.rfind(b"\n") + 1
        if not end:
            held.append(block)
            continue
        yield b"".join((*held, block[:end]))
        held = [block[end:]] if end < len(block) else []
    if held:
        yield b"".join(held)


class PartsOutput:
    """Takes the raw bytes of parts, and writes them as the file that they are parts of is written.

    Args:
        target: the file.
        compression: what compresses it; None: nothing.
    """

    def __init__(self, target: Writable, compression: str | None) -> None:
        import hashlib

        self._compressor = None if compression is None else Compressor(target, compression)
        self._target = target if self._compressor is None else self._compressor
        self._digest = hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Add raw bytes."""
        self._digest.update(data)
        self._target.write(data)

    def finish(self) -> str:
        """Write what is left: the digest of the raw bytes."""
        if self._compressor is not None:
            self._compressor.finish()
        return self._digest.hexdigest()
