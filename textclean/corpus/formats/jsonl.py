"""JSON Lines, one string at a time: the text's literal is replaced, every other byte stays.

Reading a record and writing it again would change its number formats, its escapes and its spaces.
So a line is scanned, not rebuilt: `find_text` says where in the line the literal stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import NamedTuple

from textclean.config import Config
from textclean.corpus.formats.base import Passage, Row, Unpack
from textclean.corpus.formats.records import RecordFile
from textclean.errors import DocumentError, RecordError

# Numbers stay strings: nothing is done with them, and a long one costs quadratic time to convert.
_DECODER = JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_SPACE = re.compile(r"[ \t\r\n]*")
# What a value is that begins so; anything else but a string is a number.
_KINDS = {"[": "list", "{": "object", "n": "null", "t": "true", "f": "false"}
_LONGEST_NAME = 80  # of a field worth suggesting


class JsonLinesFile(RecordFile):
    """A file of records, one a line, with a text in one field of each."""

    format = "jsonl"
    endings = (".jsonl", ".ndjson")

    @classmethod
    def find_passages(cls, path: Path, content: str, config: Config) -> Iterator[Passage]:
        """The text field of each record; blank lines hold none."""
        mark, lines = _lines(content)
        start = len(mark)
        for number, line in enumerate(lines, 1):
            if not is_blank(line):
                try:
                    literal = find_text(line, config.text_field)
                except DocumentError as error:
                    raise DocumentError(f"{path}:{number}: {error}") from None
                place = start + literal.start, start + literal.end
                yield Passage(number, *place, literal.text, number)
            start += len(line)

    @staticmethod
    def read_literal(literal: str) -> str:
        """What a string literal means."""
        text: str = json.loads(literal)
        return text

    @staticmethod
    def write_literal(text: str, like: str) -> str:
        """A literal with the escapes of another."""
        return write_literal(text, like)

    def record_bounds(self, passage: Passage) -> tuple[int, int]:
        """The record's line with its line break."""
        start = self.content.rfind("\n", 0, passage.start) + 1
        end = self.content.find("\n", passage.end) + 1
        # A byte order mark is none of the record's.
        return max(start, self.content.startswith("\ufeff")), end or len(self.content)

    @classmethod
    def restore(cls, row: Row, output: str, unpack: Unpack) -> str:
        """The content as it was, also from the rows of record versions 1 and 2."""
        return (
            _restore_lines(row, output, unpack)
            if "lines" in row
            else super().restore(row, output, unpack)
        )


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


def _lines(content: str) -> tuple[str, list[str]]:
    """A byte order mark (JSON allows none, but files have them) and the lines with their ends."""
    mark = "\ufeff" if content.startswith("\ufeff") else ""
    return mark, _LINE.findall(content, len(mark))


class Literal(NamedTuple):
    """A string literal at ``line[start:end]``, quotes included, and the string it means."""

    start: int
    end: int
    text: str


def is_blank(line: str) -> bool:
    """Whether a line holds no record, only what JSON counts as space."""
    return _SPACE.fullmatch(line) is not None


def find_text(line: str, field: str) -> Literal:
    """The literal of the top-level field `field` in a line of JSON.

    Where a key is given twice the last one counts, as everywhere in Python.

    Raises:
        DocumentError: the line is no JSON object, lacks the field (the nearest name is named), or
            the field is no string or not Unicode text. The message names no place but the column.
    """
    try:
        found, keys = _scan(line, field)
    except JSONDecodeError as error:
        raise DocumentError(f"not valid JSON at column {error.pos + 1}: {error.msg}") from None
    except RecursionError:
        raise DocumentError("not readable: the JSON is nested too deeply") from None
    if found is None:
        import difflib  # here, for it is seldom needed

        near = difflib.get_close_matches(field, keys, n=1, cutoff=0)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise DocumentError(f"the record has no field {field!r}{hint}")
    start, end, value = found
    if not isinstance(value, str) or line[start] != '"':
        kind = _KINDS.get(line[start], "number")
        raise DocumentError(f"the field {field!r}: expected a string, got {kind}")
    if "\\u" in line[start:end]:
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise DocumentError(
                f"the field {field!r} holds the lone surrogate "
                f"\\u{ord(value[error.start]):04x} at character {error.start + 1}: this is half of "
                "a character; re-export the file"
            ) from None
    return Literal(start, end, value)


def write_literal(text: str, like: str) -> str:
    """`text` as a string literal in the manner of another: its escapes of non-ASCII and slashes."""
    literal = json.dumps(text, ensure_ascii=like.isascii() and "\\u" in like)
    return literal.replace("/", "\\/") if "\\/" in like else literal


def _scan(line: str, field: str) -> tuple[tuple[int, int, object] | None, list[str]]:
    found: tuple[int, int, object] | None = None
    keys: list[str] = []
    first = at = _skip(line, _expect(line, _skip(line, 0), "{"))
    while line[at : at + 1] != "}":
        if at > first:
            at = _skip(line, _expect(line, at, ","))
        if line[at : at + 1] != '"':
            raise JSONDecodeError("expected a field's name in double quotes", line, at)
        key, at = _DECODER.raw_decode(line, at)
        at = _skip(line, _expect(line, _skip(line, at), ":"))
        value, end = _DECODER.raw_decode(line, at)
        if key == field:
            found = at, end, value
        elif len(key) <= _LONGEST_NAME:
            keys.append(key)
        at = _skip(line, end)
    at = _skip(line, at + 1)
    if at < len(line):
        raise JSONDecodeError("more text after the record", line, at)
    return found, keys


def _skip(line: str, at: int) -> int:
    match = _SPACE.match(line, at)
    return match.end() if match else at


def _expect(line: str, at: int, mark: str) -> int:
    if line[at : at + 1] != mark:
        raise JSONDecodeError(f"expected {mark!r}", line, at)
    return at + 1
