"""Taking a run back: every input file, byte for byte, from the output and its undo record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from textclean.corpus import names
from textclean.corpus.atomic import write_atomic
from textclean.corpus.formats.base import Row
from textclean.corpus.output_folder import read_summary
from textclean.corpus.record import READABLE, VERSION, sha256, unpack
from textclean.errors import DocumentError, RecordError, TextcleanError


@dataclass(frozen=True)
class UndoSummary:
    """What came back, and what did not."""

    target: Path
    #: Names of the files that were rebuilt.
    restored: tuple[str, ...]
    #: Names of the files whose output was altered since the run; these are not rebuilt.
    altered: tuple[str, ...]
    #: (name, reason) of each other file that could not be rebuilt.
    failures: tuple[tuple[str, str], ...]


def undo(run_folder: Path, target: Path, *, force: bool = False) -> UndoSummary:
    """Rebuild the inputs of a run, with their permission bits, in another folder.

    Args:
        run_folder: the output of a run.
        target: a folder that is empty or not there yet.
        force: write into a folder that is not empty, over files of the same names.

    Raises:
        RecordError: the run did not end, its record was written by a later version of textclean, or
            the record was altered. Nothing has been written then.
        DocumentError: `target` is not empty, or overlaps the run's folder.
    """
    summary = read_summary(run_folder)
    if summary.get("record") not in READABLE:
        raise RecordError(
            f"{run_folder}: the undo record has version {summary.get('record')!r}, this textclean "
            f"({VERSION}) cannot read it; install textclean {summary['textclean']}"
        )
    names.refuse_overlap([run_folder], target)
    if target.exists() and not target.is_dir():
        raise DocumentError(f"{target}: is a file; choose a folder")
    if target.is_dir() and any(target.iterdir()) and not force:
        raise DocumentError(
            f"{target}: is not empty; choose another folder, or write over files of the same names "
            "with --force"
        )
    restored: list[str] = []
    altered: list[str] = []
    failures: list[tuple[str, str]] = []
    for row in _rows(run_folder, summary):
        name = str(row.get("document"))
        try:
            if row.get("record") not in READABLE:
                raise RecordError(f"the row has the unknown version {row.get('record')!r}")
            source, goal = names.place(run_folder, name), names.place(target, name)
            output = source.read_bytes()
            if sha256(output) != row.get("output"):
                altered.append(name)
                continue
            data = unpack(row, output)
            mode = row.get("mode")
            goal.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(goal, data, mode & 0o777 if isinstance(mode, int) else None)
        except OSError as error:
            failures.append((name, f"{error.filename}: {error.strerror}"))
        except TextcleanError as error:
            failures.append((name, str(error)))
        else:
            restored.append(name)
    return UndoSummary(target, tuple(restored), tuple(altered), tuple(failures))


def _rows(folder: Path, summary: Row) -> Iterator[Row]:
    path = folder / names.UNDO
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RecordError(f"{path}: cannot be read: {error.strerror}") from None
    if sha256(data) != summary.get("records", {}).get(names.UNDO):
        raise RecordError(
            f"{path}: was altered since the run, so nothing is rebuilt from it; restore the file"
        )
    for number, line in enumerate(data.splitlines(), 1):
        row = json.loads(line)
        if not isinstance(row, dict):
            raise RecordError(f"{path}:{number}: is no row of an undo record")
        yield row
