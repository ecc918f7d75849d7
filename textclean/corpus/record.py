"""The undo record: what leads from an output file back to the bytes of its input.

A record is a row of JSON per file, complete in itself. A text's row gives, in order of place,
first the edits (how much of the output stays as it is, how long the new text is that goes, the old
text that comes, and why: rule, tier, confidence, evidence, parts), then the reading order (for each
span, as they follow each other, where it stood and how long it is) and then the slices that were
taken out (how much stays, what comes). A file of records has such an entry for each text that
changed. `input` and `output` are the digests of the files, for text the SHA-256 of the raw bytes,
so that nothing is rebuilt from what was altered since, and nothing wrong is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from textclean.corpus.excise import Remainder
from textclean.corpus.formats import format_named
from textclean.corpus.formats.base import DecodedFile, Row
from textclean.corpus.reading_order import CleanedDocument, Order, Reading
from textclean.errors import RecordError, TextcleanError
from textclean.text.columns import EditColumns
from textclean.text.edit import Cause, Part, Tier
from textclean.text.json_text import safe_json
from textclean.text.stored import StoredBytes

#: Counted up when a reader of this version could not read the rows of the next.
VERSION = 3
#: Versions that this one can read: 1 knew no other reading order, 2 told the lines of records.
READABLE = (1, 2, 3)

#: What every row begins with, and what stands nowhere else in it.
ROW_START = b'{"record":'


def dump(row: Mapping[str, Any]) -> bytes:
    """A row as a line of JSON."""
    return (safe_json(json.dumps(row, **_COMPACT)) + "\n").encode("utf-8")


_COMPACT: Any = {"ensure_ascii": False, "separators": (",", ":")}


class Damage(NamedTuple):
    """A line of a record that is no row, and what can still be read in it."""

    #: Its number, from 1.
    line: int
    document: str | None
    #: The SHA-256 of the document's input.
    input: str | None
    #: Whether a whole row follows in the line, which is read.
    before_row: bool = False

    def __str__(self) -> str:
        if self.before_row and self.document is None:
            return "before the change in this line there is something else; the change was read"
        what = "a change" if self.document is None else f"a change of {self.document}"
        return f"the line is damaged, so {what} cannot be undone"


def read_rows(data: bytes) -> tuple[list[Row], list[Damage]]:
    """The rows of a record, and the lines that a crash, a full disk or a hand left damaged."""
    rows: list[Row] = []
    damages: list[Damage] = []
    for number, line in enumerate(data.splitlines(), 1):
        # A row that was broken off has no line break: the next one follows it in the same line.
        pieces = [piece for piece in re.split(b"(?=%s)" % re.escape(ROW_START), line) if piece]
        parsed = [_parse(piece) for piece in pieces]
        for at, (piece, row) in enumerate(zip(pieces, parsed, strict=True)):
            if row is None:
                # What a row begins with is lost, or it was none: then nothing is missing.
                is_row = piece.startswith(ROW_START)
                follows = not is_row and any(each is not None for each in parsed[at + 1 :])
                named = _legible("document", piece), _legible("input", piece)
                damages.append(Damage(number, *named, follows))
            else:
                rows.append(row)
    return rows, damages


#: Keys of a row that have a string, if anything.
_NAMES = ("format", "compression", "input", "output")


def _parse(line: bytes) -> Row | None:
    try:
        row: Row = json.loads(line)
        fits = row["record"] in READABLE and isinstance(row["document"], str)
        fits = fits and all(isinstance(row.get(key), str | None) for key in _NAMES)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return row if fits else None


def _legible(key: str, line: bytes) -> str | None:
    """The string that a key has in a damaged row, if it is whole."""
    match = re.search(rb'"%s":("(?:[^"\\]|\\.)*")' % key.encode(), line)
    try:
        return match and json.loads(match[1])
    except ValueError:
        return None


def pack(file: DecodedFile, documents: Sequence[CleanedDocument[Any] | None], output: bytes) -> Row:
    """The row that undoes a file.

    Args:
        documents: what became of each of the file's passages; None for a record that was dropped.
        output: the bytes that were written in the file's place.
    """
    texts = [None if one is None else one.text for one in documents]
    packed = [
        {} if one is None else pack_text(one.remainder, one.columns, one.order) for one in documents
    ]
    head = row_head(file, file.digest(file.data), file.digest(output))
    return {**head, **file.undo_entry(texts, packed)}


def row_head(file: DecodedFile, before: str, after: str) -> Row:
    """What a row begins with.

    Args:
        before, after: the digests of the file and of what takes its place.
    """
    return {
        "record": VERSION,
        "document": file.source.name,
        "format": file.format,
        **file.layers(),
        "mode": file.mode,
        "input": before,
        "output": after,
    }


class UndoRow:
    """The row that undoes a file which comes in parts, made part by part.

    What undoes a part is kept in a temporary file where it is much; a row begins with the digests,
    which are known at the end.

    Args:
        folder: where a temporary file may be made; None: where the system has them.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._pieces = StoredBytes(folder)
        #: Characters of the output behind the last change.
        self._stay = 0
        self._only: Row | None = None
        self._dropped: Row | None = None

    def add(self, entry: Row, length: int) -> None:
        """Add what undoes a part.

        Args:
            entry: as `DecodedFile.undo_entry` has it, of changes.
            length: characters of the part's output.
        """
        changes = entry["changes"]
        for stay, new, back in changes:
            piece = json.dumps([stay + self._stay, new, back], **_COMPACT)
            self._pieces.append(piece.encode("utf-8"))
            self._stay = 0
        self._stay += length - sum(stay + new for stay, new, _ in changes)

    def add_texts(self, changes: Iterable[tuple[int, Row]]) -> None:
        """Add what undoes texts of a table, by their numbers among those that are written."""
        for change in changes:
            self._pieces.append(json.dumps(change, **_COMPACT).encode("utf-8"))

    def drop(self, dropped: Row) -> None:
        """Have rows of a table that were dropped."""
        self._dropped = dropped

    def add_whole(self, entry: Row) -> None:
        """Have what undoes a file that is one part."""
        self._only = entry

    def lines(self, head: Row) -> Iterator[bytes]:
        """The row as bytes, in pieces."""
        if self._only is not None:
            yield dump({**head, **self._only})
            return
        yield dump(head).rstrip(b"}\n") + b',"changes":['
        comma = b""
        for piece in self._pieces:
            yield comma + piece
            comma = b","
        if self._dropped is not None:
            yield b'],"dropped":' + dump(self._dropped).rstrip(b"\n") + b"}\n"
        else:
            yield b"]}\n"

    def close(self) -> None:
        """Give up what is on disk."""
        self._pieces.close()


def pack_text(remainder: Remainder, columns: EditColumns, order: Order = ()) -> Row:
    """The part of a row that undoes one text: slices taken out, reading order, edits."""
    packed: Row = {}
    if remainder.cuts:
        packed["removed"] = _slices(remainder.original, remainder.cuts)
    if order:
        packed["order"] = [[start, end - start] for start, end in order]
    if len(columns):
        text = Reading(remainder, order).text
        stay, come = _slices(text, list(zip(columns.starts, columns.ends, strict=True)))
        number = {cause: i for i, cause in enumerate(dict.fromkeys(columns.causes))}
        packed["edits"] = {
            "stay": stay,
            "go": [len(after) for after in columns.afters],
            "come": come,
            "causes": list(number),
            "cause": [number[cause] for cause in columns.causes],
        }
        if any(group is not None for group in columns.groups):
            packed["edits"]["groups"] = list(columns.groups)
    return packed


def causes_of(edits: Row) -> list[Cause]:
    """Why each edit of a text's row was made; of a row of an earlier textclean only the rule."""
    if "causes" not in edits:
        named = [Cause(rule, Tier.REPORT, 0.0, "") for rule in edits.get("rules", ())]
        return [named[at] for at in edits.get("rule", ())]
    causes = [
        Cause(
            rule, Tier(tier), confidence, evidence,
            tuple(Part(b, a, r, Tier(t), c, e) for b, a, r, t, c, e in parts),
        )
        for rule, tier, confidence, evidence, parts in edits["causes"]
    ]  # fmt: skip
    return [causes[at] for at in edits["cause"]]


def _slices(text: str, spans: Sequence[tuple[int, int]]) -> list[list[Any]]:
    """How much of a text stays before each of some spans, and what each holds."""
    starts, ends = zip(*spans, strict=True)
    stay = [start - last for start, last in zip(starts, (0, *ends), strict=False)]
    return [stay, [text[start:end] for start, end in spans]]


def digest_of(row: Row, data: bytes) -> str | None:
    """The digest of a file's bytes as `input` and `output` of a row have it.

    None: they are no file of the row's format.
    """
    try:
        form = format_named(row.get("format"))
        return form.digest_of(Path(row["document"]), data, row.get("compression"))
    except (TextcleanError, KeyError, TypeError):
        return None


def unpack(row: Row, output: bytes) -> bytes:
    """The input's bytes, rebuilt from the output's.

    Raises:
        RecordError: the output is not what was written, or the row does not lead back to the input.
    """
    name = row.get("document")
    try:
        form = format_named(row.get("format"))
    except RecordError as error:
        raise RecordError(f"{name}: the undo record is damaged: {error}") from error
    if digest_of(row, output) != row.get("output"):
        raise RecordError(f"{name}: was altered since it was written, so it cannot be rebuilt")
    try:
        data = form.restored(Path(row["document"]), row, output, unpack_text)
    except (TextcleanError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise RecordError(f"{name}: the undo record is damaged: {error}") from error
    if digest_of(row, data) != row.get("input"):
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
