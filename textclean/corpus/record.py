"""The undo record: what leads from an output file back to the bytes of its input.

A record is a row of JSON per file, complete in itself. A text's row gives, in order of place,
first the edits (how much of the output stays as it is, how long the new text is that goes, the old
text that comes), then the reading order (for each span, as they follow each other, where it stood
and how long it is) and then the slices that were taken out (how much stays, what comes). A JSON
Lines file has such an entry for each record that changed. `input` and `output` are the SHA-256 of
the bytes, so that nothing is rebuilt from what was altered since, and nothing wrong is written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from textclean.corpus.documents import DecodedFile
from textclean.corpus.excise import Remainder
from textclean.corpus.jsonl import find_text, write_literal
from textclean.corpus.reading_order import CleanedDocument, Order, Reading
from textclean.errors import RecordError, TextcleanError
from textclean.text.columns import EditColumns

#: Counted up when a reader of this version could not read the rows of the next.
VERSION = 2
#: Versions that this one can read; 1 knew no other reading order.
READABLE = (1, 2)

Row = dict[str, Any]


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, as 64 hexadecimal digits."""
    import hashlib  # here, for `check` has no use for it

    return hashlib.sha256(data).hexdigest()


def dump(row: Mapping[str, Any]) -> bytes:
    """A row as a line of JSON."""
    return (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")


def pack(
    file: DecodedFile, done: Sequence[CleanedDocument | None], output: bytes, field: str
) -> Row:
    """The row that undoes a file.

    Args:
        field: the name of the records' text field.
        done: what became of each of the file's passages; None for a record that was dropped.
        output: the bytes that were written in the file's place.
    """
    row: Row = {
        "record": VERSION,
        "document": file.source.name,
        "format": file.source.format,
        "mode": file.mode,
        "input": sha256(file.data),
        "output": sha256(output),
    }
    if file.source.format == "text":
        (document,) = done
        if document is not None:
            row |= pack_text(document.remainder, document.columns, document.order)
        return row
    row["field"] = field
    row["lines"] = lines = []
    for passage, document in zip(file.passages, done, strict=True):
        if document is None:
            start, end = file.line_bounds(passage)
            lines.append({"line": passage.line, "dropped": file.content[start:end]})
        elif document.text != passage.text:
            old = file.content[passage.start : passage.end]
            new = write_literal(document.text, old)
            entry: Row = {"line": passage.line}
            if write_literal(passage.text, new) == old:
                entry |= pack_text(document.remainder, document.columns, document.order)
            else:
                entry["literal"] = old
            lines.append(entry)
    return row


def pack_text(remainder: Remainder, columns: EditColumns, order: Order = ()) -> Row:
    """The part of a row that undoes one text: slices taken out, reading order, edits."""
    packed: Row = {}
    if remainder.cuts:
        stays: list[int] = []
        last = 0
        for start, end in remainder.cuts:
            stays.append(start - last)
            last = end
        slices = [remainder.original[start:end] for start, end in remainder.cuts]
        packed["removed"] = [stays, slices]
    if order:
        packed["order"] = [[start, end - start] for start, end in order]
    if len(columns):
        text = Reading(remainder, order).text
        gaps: list[int] = []
        last = 0
        for start, end in zip(columns.starts, columns.ends, strict=True):
            gaps.append(start - last)
            last = end
        rules = sorted({cause.rule for cause in columns.causes})
        number = {rule: i for i, rule in enumerate(rules)}
        packed["edits"] = {
            "stay": gaps,
            "go": [len(after) for after in columns.afters],
            "come": [
                text[start:end] for start, end in zip(columns.starts, columns.ends, strict=True)
            ],
            "rules": rules,
            "rule": [number[cause.rule] for cause in columns.causes],
        }
    return packed


def unpack(row: Row, output: bytes) -> bytes:
    """The input's bytes, rebuilt from the output's.

    Raises:
        RecordError: the output is not what was written, or the row does not lead back to the input.
    """
    name = row.get("document")
    if sha256(output) != row.get("output"):
        raise RecordError(f"{name}: was altered since it was written, so it cannot be rebuilt")
    try:
        content = output.decode("utf-8")
        lines = row.get("lines")
        text = unpack_text(row, content) if lines is None else _unpack_lines(row, content)
        data = text.encode("utf-8")
    except (TextcleanError, UnicodeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise RecordError(f"{name}: the undo record is damaged: {error}") from error
    if sha256(data) != row.get("input"):
        raise RecordError(
            f"{name}: the undo record does not lead back to the input it was made for"
        )
    return data


def unpack_text(packed: Row, text: str) -> str:
    """The original of one text.

    Raises:
        RecordError: the lengths do not fit the text.
    """
    if "edits" in packed:
        edits = packed["edits"]
        text = _splice(text, edits["stay"], edits["go"], edits["come"])
    if "order" in packed:
        text = _reorder(text, packed["order"])
    if "removed" in packed:
        stays, slices = packed["removed"]
        text = _splice(text, stays, [0] * len(stays), slices)
    return text


def _reorder(text: str, order: Sequence[Sequence[int]]) -> str:
    """The spans of a text put back where they stood."""
    pieces: list[tuple[int, str]] = []
    at = 0
    for start, length in order:
        pieces.append((start, text[at : at + length]))
        at += length
    pieces.sort()
    place = 0
    for start, piece in pieces:
        if start != place:
            raise RecordError(f"a span of the reading order at {start} does not fit the text")
        place += len(piece)
    if at != len(text) or place != at:
        raise RecordError("the spans of the reading order are not as long as the text")
    return "".join(piece for _, piece in pieces)


def _splice(text: str, stay: Sequence[int], go: Sequence[int], come: Sequence[str]) -> str:
    pieces: list[str] = []
    at = 0
    for kept, gone, new in zip(stay, go, come, strict=True):
        if kept < 0 or gone < 0 or at + kept + gone > len(text):
            raise RecordError(f"a change at {at + kept} is outside of the text")
        pieces += (text[at : at + kept], new)
        at += kept + gone
    pieces.append(text[at:])
    return "".join(pieces)


def _unpack_lines(row: Row, content: str) -> str:
    entries = {entry["line"]: entry for entry in row["lines"]}
    pieces: list[str] = []
    at = 0
    if content.startswith("\ufeff"):
        pieces.append("\ufeff")
        at = 1
    number = 0
    while at < len(content) or entries:
        number += 1
        entry = entries.pop(number, None)
        if entry is not None and "dropped" in entry:
            pieces.append(entry["dropped"])
            continue
        if at >= len(content):
            raise RecordError(f"there is no line {number}")
        end = content.find("\n", at) + 1 or len(content)
        line = content[at:end]
        pieces.append(line if entry is None else _unpack_line(entry, line, row["field"]))
        at = end
    return "".join(pieces)


def _unpack_line(entry: Row, line: str, field: str) -> str:
    start, end, text = find_text(line, field)
    old = entry.get("literal")
    if old is None:
        old = write_literal(unpack_text(entry, text), line[start:end])
    return f"{line[:start]}{old}{line[end:]}"
