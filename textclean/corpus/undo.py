"""Taking a run back: every input file, byte for byte, from the output and its undo record."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from textclean.corpus import names
from textclean.corpus.atomic import write_atomic
from textclean.corpus.formats.base import Row, sha256
from textclean.corpus.output_folder import read_summary
from textclean.corpus.record import READABLE, VERSION, digest_of, read_rows, unpack
from textclean.errors import DocumentError, RecordError, TextcleanError
from textclean.text.opening import read_ordinary


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
            the record is not there. Nothing has been written then.
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
    rows, damages = _rows(run_folder, summary)
    for row in rows:
        name = row["document"]
        try:
            source, goal = names.place(run_folder, name), names.place(target, name)
            output = read_ordinary(source)
            if digest_of(row, output) != row.get("output"):
                altered.append(name)
                continue
            data = unpack(row, output)
            mode = row.get("mode")
            known = isinstance(mode, int) and 0 <= mode <= 0o777
            # No run has written such: it reads no hidden folders, and begins with an empty one.
            if names.is_hidden(name.rpartition("/")[0]) or (
                names.is_hidden(name) and os.path.lexists(goal)
            ):
                raise RecordError(f"{name}: is hidden (a name that begins with a dot): it stays")
            goal.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(goal, data, mode if known else None)
        except OSError as error:
            failures.append((name, f"{error.filename}: {error.strerror}"))
        except TextcleanError as error:
            failures.append((name, str(error)))
        else:
            restored.append(name)
    failures += damages
    return UndoSummary(target, tuple(restored), tuple(altered), tuple(failures))


def _rows(folder: Path, summary: Row) -> tuple[list[Row], list[tuple[str, str]]]:
    """The rows of a run's undo record, and (document, reason) of each that is damaged or gone.

    From a record that was altered since the run, only those rows are taken of which ``run.json``
    says the same: `unpack` writes nothing but what they have the hashes of.
    """
    path = folder / names.UNDO
    try:
        data = read_ordinary(path)
    except OSError as error:
        raise RecordError(f"{path}: cannot be read: {error.strerror}") from None
    rows, damages = read_rows(data)
    failures = [(f"{names.UNDO}:{damage.line}", str(damage)) for damage in damages]
    try:
        if sha256(data) == summary["records"][names.UNDO]:
            return rows, failures
        hashes = {
            entry["document"]: (entry["input"], entry["output"]) for entry in summary["documents"]
        }
    except (KeyError, TypeError):
        raise RecordError(f"{folder / names.RUN}: is damaged, so nothing is rebuilt") from None
    rows = [
        row for row in rows if (row.get("input"), row.get("output")) == hashes.get(row["document"])
    ]
    gone = hashes.keys() - {row["document"] for row in rows}
    reason = f"{path} was altered since the run and has no whole row of it"
    failures += ((name, reason) for name in sorted(gone))
    return rows, failures
