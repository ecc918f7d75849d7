"""Finding the documents under some paths, and reading each without losing a byte of it.

Bytes become text by UTF-8 and nothing else: line breaks, a byte order mark and a missing last line
break stay in the string as they were, so encoding an unchanged text gives the file back. A file
that is no UTF-8 is refused with what it seems to be; guessing would invent text.
"""

from __future__ import annotations

import codecs
import os
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from textclean.config import Config
from textclean.corpus import names
from textclean.corpus.jsonl import find_text, is_blank, write_literal
from textclean.errors import DocumentError

Format = Literal["text", "jsonl"]

_TEXT = (".txt", ".md", ".markdown")
_JSONL = (".jsonl", ".ndjson")


class Source(NamedTuple):
    """A file to be read: where it is, what it is called, how its bytes are to be understood."""

    path: Path
    #: Relative to the folder that was walked (or the file's own name), with ``/`` throughout.
    name: str
    format: Format


class Passage(NamedTuple):
    """A text in a file: all of a text file, or one record's field."""

    #: Number of the line it begins in, from 1.
    line: int
    #: Where it stands in the file's content: for a record, the literal with its quotes.
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class DecodedFile:
    """A file's bytes, its content as a string, and the texts in it."""

    source: Source
    data: bytes
    content: str
    passages: tuple[Passage, ...]
    #: The file's permission bits.
    mode: int

    def rewrite(self, texts: Sequence[str | None]) -> bytes:
        """The file's bytes with other texts, one for each passage; None drops a record's line."""
        pieces: list[str] = []
        last = 0
        for passage, text in zip(self.passages, texts, strict=True):
            if text is None:
                start, end = self.line_bounds(passage)
                pieces.append(self.content[last:start])
            elif text == passage.text:
                continue
            else:
                start, end = passage.start, passage.end
                literal = self.content[start:end]
                jsonl = self.source.format == "jsonl"
                pieces += (
                    self.content[last:start],
                    write_literal(text, literal) if jsonl else text,
                )
            last = end
        if not pieces:
            return self.data
        pieces.append(self.content[last:])
        return "".join(pieces).encode("utf-8")

    def line_bounds(self, passage: Passage) -> tuple[int, int]:
        """Where a record's line begins and ends in the content, its line break included."""
        start = self.content.rfind("\n", 0, passage.start) + 1
        end = self.content.find("\n", passage.end) + 1
        return start, end or len(self.content)


def iter_inputs(paths: Sequence[Path], config: Config) -> list[Source]:
    """The documents that `paths` mean: each file once, in order of the paths and then of names.

    A file is taken whatever it is called; a folder is walked for ``.txt``, ``.md``, ``.markdown``,
    ``.jsonl`` and ``.ndjson``. A walk passes over names that begin with a dot, whatever
    ``config.exclude`` matches (patterns as in ``.gitignore``), and the records beside a run's
    output. Links are followed, but to no place twice.

    Raises:
        DocumentError: a path does not exist, or a folder cannot be listed.
    """
    sources: list[Source] = []
    seen: set[str] = set()
    for path in paths:
        if path.is_dir():
            found = [(file, file.relative_to(path).as_posix()) for file in _walk(path, config)]
            found.sort(key=lambda item: item[1])
        elif path.exists():
            found = [(path, path.name)]
        else:
            raise DocumentError(f"{path}: there is no such file or folder")
        for file, name in found:
            real = os.path.realpath(file)
            if real not in seen:
                seen.add(real)
                sources.append(Source(file, name, _format(file)))
    return sources


def source_of(path: Path) -> Source:
    """The source that a path to one file means."""
    return Source(path, path.name, _format(path))


def read_source(source: Source, config: Config) -> DecodedFile:
    """A file's bytes and texts.

    Raises:
        DocumentError: the file cannot be read, is binary or no UTF-8, or a line of JSON Lines is
            no record with the text field. The message names file and place and says what to do.
    """
    path = source.path
    try:
        with path.open("rb") as file:
            data = file.read()
            mode = os.fstat(file.fileno()).st_mode & 0o777
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror}") from None
    content = _decode(path, data)
    if source.format == "text":
        passages = [Passage(1, 0, len(content), content)]
    else:
        passages = list(_records(path, content, config.text_field))
    return DecodedFile(source, data, content, tuple(passages), mode)


def _format(path: Path) -> Format:
    return "jsonl" if path.suffix.casefold() in _JSONL else "text"


def _walk(root: Path, config: Config) -> Iterator[Path]:
    excluded = None
    if config.exclude:
        from pathspec import GitIgnoreSpec

        excluded = GitIgnoreSpec.from_lines(config.exclude)
    visited: set[str] = set()
    # Links wait until all that is really there has been seen under its own name.
    pending, links = [root], list[Path]()
    while pending or links:
        if not pending:
            links.sort()
            pending, links = links, []
        path = pending.pop()
        real = os.path.realpath(path)
        if real in visited:
            continue
        visited.add(real)
        if not path.is_dir():
            yield path
            continue
        try:
            entries = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError as error:
            raise DocumentError(f"{path}: cannot be listed: {error.strerror}") from None
        records = _records_beside(path, entries)
        for entry in entries:
            below = path / entry.name
            folder = entry.is_dir()
            if entry.name.startswith(".") or entry.name in records:
                continue
            if not folder and not entry.is_file() and not entry.is_symlink():
                continue  # sockets, pipes
            if not folder and below.suffix.casefold() not in (*_TEXT, *_JSONL):
                continue
            if excluded is not None:
                name = below.relative_to(root).as_posix() + ("/" if folder else "")
                if excluded.match_file(name):
                    continue
            (links if entry.is_symlink() else pending).append(below)


def _records_beside(folder: Path, entries: Sequence[os.DirEntry[str]]) -> tuple[str, ...]:
    """The records in a folder that a run wrote: no documents, whatever their suffixes say."""
    present = {entry.name for entry in entries}
    if names.RUN not in present or names.UNDO not in present:
        return ()
    try:
        with (folder / names.RUN).open("rb") as file:
            return names.RECORDS if b'"textclean"' in file.read(200) else ()
    except OSError:
        return ()


def _decode(path: Path, data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            raise DocumentError(
                f"{path}: not UTF-8 but {encoding}, by its first bytes{_iconv(path, encoding)}"
            )
    if (zero := data.find(b"\0")) >= 0:
        raise DocumentError(
            f"{path}: a binary file, not text: byte {zero} is zero; leave it out (`exclude`)"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        likely = _probable_encoding(data)
        hint = (
            f"; it may be {likely}{_iconv(path, likely)}"
            if likely
            else "; find out its encoding and convert it with iconv"
        )
        raise DocumentError(f"{path}: not valid UTF-8 at byte {error.start}{hint}") from None


# UTF-32's marks begin with UTF-16's, so they come first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SAMPLE = 1 << 16


def _probable_encoding(data: bytes) -> str | None:
    """The encoding whose reading of the first bytes is mostly Chinese, if one's is."""
    best: str | None = None
    share = 0.5
    for encoding in ("GB18030", "Big5"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(data[:_SAMPLE])
        except UnicodeDecodeError:
            continue
        wide = [char for char in text if not char.isascii()]
        # Common characters, not the rare ones that a wrong reading is made of.
        common = sum(_is_common(char) for char in wide)
        if wide and common / len(wide) > share:
            best, share = encoding, common / len(wide)
    return best


def _is_common(char: str) -> bool:
    """Whether GB 2312's first level or Big5's frequent plane has the character, or it is a mark."""
    if char in "，。、；：？！“”‘’（）《》　「」":
        return True
    try:
        first = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        try:
            first = char.encode("big5")[0]
        except UnicodeEncodeError:
            return False
        return 0xA4 <= first <= 0xC6
    return 0xB0 <= first <= 0xD7


def _iconv(path: Path, encoding: str) -> str:
    fresh = path.with_name(f"{path.stem}.utf8{path.suffix}")
    return (
        f": run  iconv -f {encoding} -t UTF-8 {shlex.quote(str(path))} > {shlex.quote(str(fresh))}"
        "  and take the new file instead"
    )


def _records(path: Path, content: str, field: str) -> Iterator[Passage]:
    # JSON allows no byte order mark, but files have them; it stays where it is.
    start = 1 if content.startswith("\ufeff") else 0
    number = 0
    while start < len(content):
        number += 1
        end = content.find("\n", start) + 1 or len(content)
        line = content[start:end]
        if not is_blank(line):
            try:
                literal = find_text(line, field)
            except DocumentError as error:
                raise DocumentError(f"{path}:{number}: {error}") from None
            yield Passage(number, start + literal.start, start + literal.end, literal.text)
        start = end
