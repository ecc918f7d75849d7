"""Tables of values as people keep them: JSON or CSV, read for `restore`, written for filling in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from textclean.errors import RestoreError
from textclean.placeholders.placeholder import Placeholder
from textclean.placeholders.slots import named_slots

Table: TypeAlias = list[str | None] | dict[str, "str | list[str | None] | None"]

_HEADER = ("slot", "value")


def read_table(path: Path) -> Table:
    """The values in a file, as `restore` takes them.

    JSON: a list, in order of place; or an object with names of slots (``year-1``) or types. CSV:
    columns ``slot`` and ``value`` (a header is optional; a type may come several times, in order),
    or one column of values in order of place. An empty CSV cell and JSON's null leave a slot as it
    is.

    Raises:
        RestoreError: the file cannot be read, or is neither.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RestoreError(f"{path}: cannot be read: {error}") from None
    return _from_csv(content, path) if path.suffix.lower() == ".csv" else _from_json(content, path)


def _from_json(content: str, path: Path) -> Table:
    try:
        values = json.loads(content)
    except json.JSONDecodeError as error:
        raise RestoreError(f"{path}: not valid JSON: {error}") from None
    if isinstance(values, list):
        return [_value(value, path, str(at + 1)) for at, value in enumerate(values)]
    if isinstance(values, dict):
        return {
            key: [_value(item, path, key) for item in value]
            if isinstance(value, list)
            else _value(value, path, key)
            for key, value in values.items()
        }
    raise RestoreError(f"{path}: expected a list or an object of values")


def _value(value: object, path: Path, where: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise RestoreError(f"{path}: {where}: expected a string, got {value!r}")


def _from_csv(content: str, path: Path) -> Table:
    rows = [row for row in csv.reader(io.StringIO(content)) if row]
    if all(len(row) == 1 for row in rows):
        return [row[0] or None for row in rows]
    if rows and tuple(cell.strip().lower() for cell in rows[0][:2]) == _HEADER:
        rows = rows[1:]
    several: dict[str, list[str | None]] = {}
    for row in rows:
        if len(row) < 2:
            raise RestoreError(f"{path}: {row[0]}: there is no value in the second column")
        several.setdefault(row[0].strip(), []).append(row[1] or None)
    return {key: values[0] if len(values) == 1 else values for key, values in several.items()}


def write_slots(text: str, placeholders: Sequence[Placeholder]) -> Iterator[str]:
    """Lines of CSV to fill in: slot, value (empty), text, canonical form and context."""
    yield _line(*_HEADER, "text", "canonical", "around")
    for name, slot in named_slots(placeholders).items():
        around = text[max(0, slot.start - 12) : slot.end + 12].replace("\n", " ")
        yield _line(name, "", slot.text, slot.canonical, around)


def _line(*cells: str) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
