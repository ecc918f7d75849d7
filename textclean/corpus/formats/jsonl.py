"""JSON Lines: a record a line, with texts in some of its fields."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from json import JSONDecodeError
from pathlib import Path
from typing import Self

from textclean.config import Config
from textclean.config.fields import field_path
from textclean.corpus.formats.base import BadRecord, InputFile, Passage, Row, Unpack, apart
from textclean.corpus.formats.json_scan import (
    Branch,
    Literal,
    Scan,
    branches,
    plain_literal,
    write_literal,
)
from textclean.corpus.formats.records import RecordFile
from textclean.errors import DocumentError, RecordError

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_SPACE = re.compile(r"[ \t\r\n]*")


class JsonFields(RecordFile):
    """What JSON and JSON Lines share: their literals."""

    takes_fields = True

    @staticmethod
    def read_literal(literal: str, dialect: Row) -> str:
        """What a string literal means."""
        text: str = json.loads(literal)
        return text

    @staticmethod
    def write_literal(text: str, like: str, dialect: Row) -> str:
        """A literal with the escapes of another."""
        return write_literal(text, like)


class JsonLinesFile(JsonFields):
    """A file of records, one a line."""

    format = "jsonl"
    endings = (".jsonl", ".ndjson")
    in_lines = True

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
        """Some of the records."""
        content = raw.decode("utf-8")
        passages, bad = apart(cls.find_passages(source.path, content, config, first_line, only))
        return cls(source, content, passages, mode, bad=bad, config=config, first_line=first_line)

    @classmethod
    def find_passages(
        cls,
        path: Path,
        content: str,
        config: Config,
        first_line: int = 1,
        only: Collection[int] | None = None,
    ) -> Iterator[Passage | BadRecord]:
        """The fields of each line; blank lines are no records.

        Args:
            first_line: the number of the content's first line.
            only: the numbers of the lines to look at; None: all.
        """
        tree = branches(map(field_path, config.text_fields))
        mark, lines = _lines(content, first_line)
        start = len(mark)
        for number, line in enumerate(lines, first_line):
            if (only is None or number in only) and not is_blank(line):
                try:
                    literals = find_texts(line, tree)
                except DocumentError as error:
                    yield BadRecord(number, start, start + len(line), str(error), number)
                else:
                    for first, last, text in literals:
                        yield Passage(number, start + first, start + last, text, number)
            start += len(line)

    def record_bounds(self, passage: Passage) -> tuple[int, int]:
        """The record's line with its line break."""
        start = self.content.rfind("\n", 0, passage.start) + 1
        end = self.content.find("\n", passage.end) + 1
        # A byte order mark is none of the record's.
        marked = self.first_line == 1 and self.content.startswith("\ufeff")
        return max(start, marked), end or len(self.content)

    def record_slices(self, records: Sequence[int]) -> list[tuple[int, int]]:
        """The lines of these numbers."""
        gone = set(records)
        mark, lines = _lines(self.content, self.first_line)
        slices: list[tuple[int, int]] = []
        start = len(mark)
        for number, line in enumerate(lines, self.first_line):
            if number in gone:
                slices.append((start, start + len(line)))
            start += len(line)
        return slices

    @classmethod
    def restore(cls, row: Row, output: str, unpack: Unpack) -> str:
        """The content as it was, also from the rows of record versions 1 and 2."""
        if "lines" in row:
            return _restore_lines(row, output, unpack)
        return super().restore(row, output, unpack)


def _restore_lines(row: Row, output: str, unpack: Unpack) -> str:
    """The content with its dropped lines and the old literals, by numbers of lines."""
    mark, lines = _lines(output)
    lines.reverse()
    entries = {entry["line"]: entry for entry in row["lines"]}
    pieces = [mark]  # and each line: their number is that of the next line
    while lines or entries:
        entry = entries.pop(len(pieces), None)
        if entry is not None and "dropped" in entry:
            pieces.append(entry["dropped"])
            continue
        if not lines:
            raise RecordError(f"there is no line {len(pieces)}")
        line = lines.pop()
        if entry is not None:
            start, end, text = find_text(line, row["field"])
            old = entry.get("literal")
            if old is None:
                old = write_literal(unpack(entry, text), line[start:end])
            line = f"{line[:start]}{old}{line[end:]}"
        pieces.append(line)
    return "".join(pieces)


def _lines(content: str, first_line: int = 1) -> tuple[str, list[str]]:
    """A byte order mark (JSON allows none, but files have them) and the lines with their ends."""
    mark = "\ufeff" if first_line == 1 and content.startswith("\ufeff") else ""
    return mark, _LINE.findall(content, len(mark))


def is_blank(line: str) -> bool:
    """Whether a line holds no record, only what JSON counts as space."""
    return _SPACE.fullmatch(line) is not None


def find_texts(line: str, tree: Branch) -> list[Literal]:
    """The literals of the fields of a tree in a line of JSON.

    Raises:
        DocumentError: the line is no JSON, lacks the fields (what may be meant is named), or one is
            no string or not Unicode text. The message names no place but the column.
    """
    scan = Scan(line)
    try:
        if tree.only_key is not None and (found := plain_literal(line, tree.only_key)):
            return [found]
        literals, end = scan.literals(scan.skip(0), tree)
        scan.finish(end, "record")
    except JSONDecodeError as error:
        raise DocumentError(f"not valid JSON at column {error.pos + 1}: {error.msg}") from None
    except RecursionError:
        raise DocumentError("not readable: the JSON is nested too deeply") from None
    return literals


def find_text(line: str, field: str) -> Literal:
    """The literal of one field at the top of a record."""
    (literal,) = find_texts(line, branches([(field,)]))
    return literal
