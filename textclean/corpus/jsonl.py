"""JSON Lines, one string at a time: the text's literal is replaced, every other byte stays.

Reading a record and writing it again would change its number formats, its escapes and its spaces.
So a line is scanned, not rebuilt: `find_text` says where in the line the literal stands.
"""

from __future__ import annotations

import json
import re
from json import JSONDecodeError, JSONDecoder
from typing import NamedTuple

from textclean.errors import DocumentError

# Numbers stay strings: nothing is done with them, and a long one costs quadratic time to convert.
_DECODER = JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_SPACE = re.compile(r"[ \t\r\n]*")
_LONGEST_NAME = 80  # of a field worth suggesting


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
    if not isinstance(value, str):
        raise DocumentError(f"the field {field!r} is no string but {line[start:end][:40]}")
    if "\\u" in line[start:end]:
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise DocumentError(
                f"the field {field!r} holds the lone surrogate "
                f"\\u{ord(value[error.start]):04x} at character {error.start + 1}: this is half of "
                "a character; write the file again from its source"
            ) from None
    return Literal(start, end, value)


def write_literal(text: str, like: str) -> str:
    """`text` as a string literal in the manner of another: its escapes of non-ASCII and slashes."""
    literal = json.dumps(text, ensure_ascii=like.isascii() and "\\u" in like)
    return literal.replace("/", "\\/") if "\\/" in like else literal


def _scan(line: str, field: str) -> tuple[tuple[int, int, object] | None, list[str]]:
    found: tuple[int, int, object] | None = None
    keys: list[str] = []
    at = _skip(line, 0)
    at = _skip(line, _expect(line, at, "{"))
    if line[at : at + 1] == "}":
        at += 1
    else:
        while True:
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
            if line[at : at + 1] == "}":
                at += 1
                break
            at = _skip(line, _expect(line, at, ","))
    if not is_blank(line[at:]):
        raise JSONDecodeError("more text after the record", line, _skip(line, at))
    return found, keys


def _skip(line: str, at: int) -> int:
    match = _SPACE.match(line, at)
    return match.end() if match else at


def _expect(line: str, at: int, mark: str) -> int:
    if line[at : at + 1] != mark:
        raise JSONDecodeError(f"expected {mark!r}", line, at)
    return at + 1
