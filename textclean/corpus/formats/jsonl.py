"""JSON Lines, one string at a time: the text's literal is replaced, every other byte stays.

Reading a record and writing it again would change its number formats, its escapes and its spaces.
So a line is scanned, not rebuilt: `find_text` says where in the line the literal stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import NamedTuple

from textclean.corpus.formats.base import DecodedFile, Passage, Row
from textclean.corpus.formats.positions import Position
from textclean.errors import DocumentError, RecordError

# Numbers stay strings: nothing is done with them, and a long one costs quadratic time to convert.
_DECODER = JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_SPACE = re.compile(r"[ \t\r\n]*")
# What a value is that begins so; anything else but a string is a number.
_KINDS = {"[": "list", "{": "object", "n": "null", "t": "true", "f": "false"}
_LONGEST_NAME = 80  # of a field worth suggesting


class JsonLinesFile(DecodedFile):
    """A file of records, one a line, with a text in one field of each."""

    format = "jsonl"
    endings = (".jsonl", ".ndjson")
    has_records = True

    @classmethod
    def find_passages(cls, path: Path, content: str, field: str) -> Iterator[Passage]:
        """The text field of each record; blank lines hold none."""
        mark, lines = _lines(content)
        start = len(mark)
        for number, line in enumerate(lines, 1):
            if not is_blank(line):
                try:
                    literal = find_text(line, field)
                except DocumentError as error:
                    raise DocumentError(f"{path}:{number}: {error}") from None
                yield Passage(number, start + literal.start, start + literal.end, literal.text)
            start += len(line)

    def encode(self, passage: Passage, text: str) -> str:
        """A literal in the manner of the one that stands there."""
        return write_literal(text, self.content[passage.start : passage.end])

    def record_bounds(self, passage: Passage) -> tuple[int, int]:
        """The record's line with its line break."""
        start = self.content.rfind("\n", 0, passage.start) + 1
        end = self.content.find("\n", passage.end) + 1
        return start, end or len(self.content)

    def position(self, passage: Passage, offset: int) -> Position:
        """The record's line, and the column in the decoded text: its line breaks are escapes."""
        return Position(passage.line, offset + 1)

    def undo_entry(self, texts: Sequence[str | None], packed: Sequence[Row]) -> Row:
        """An entry for each record that changed: its line if it was dropped, else its text.

        Where the old literal does not follow from the old text, the entry holds the literal.
        """
        lines: list[Row] = []
        for passage, text, entry in zip(self.passages, texts, packed, strict=True):
            if text is None:
                start, end = self.record_bounds(passage)
                lines.append({"line": passage.line, "dropped": self.content[start:end]})
            elif text != passage.text:
                old = self.content[passage.start : passage.end]
                if write_literal(passage.text, self.encode(passage, text)) != old:
                    entry = {"literal": old}
                lines.append({"line": passage.line, **entry})
        return {"field": self.field, "lines": lines}

    @classmethod
    def restore(cls, row: Row, output: bytes, unpack: Callable[[Row, str], str]) -> bytes:
        """The file with its dropped lines and the old literals of records that changed."""
        mark, lines = _lines(output.decode("utf-8"))
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
        return "".join(pieces).encode("utf-8")


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
