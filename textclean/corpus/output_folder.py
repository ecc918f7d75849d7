"""The folder that a run writes into: what may be replaced there, and when it counts as whole.

A run is written into a hidden folder beside what an earlier one left, and takes its place when it
is whole: file by file, and meanwhile a note says what is still to be done. Whatever ends the
process, the next one that looks finds the earlier run, or the note, and then does the rest. A lock
keeps other runs out.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from textclean.corpus.atomic import sync_folder, write_atomic
from textclean.corpus.formats import format_of
from textclean.corpus.formats.base import InputFile
from textclean.corpus.formats.compression import compression_of
from textclean.corpus.names import LOCK, NEW, RECORDS, REPORT, RUN, UNFINISHED, is_hidden, place
from textclean.errors import DocumentError, RecordError, TextcleanError
from textclean.text.json_text import safe_json
from textclean.text.lock import locked
from textclean.text.opening import open_ordinary, read_ordinary

#: What an earlier run wrote: the digest of each file, None for ``run.json``, which has them, and
#: for the report, which is made from the others.
Earlier = Mapping[str, str | None]
_BLOCK = 1 << 20


def check_output(output: Path, names: Iterable[str], *, force: bool) -> Earlier:
    """What an earlier run wrote into `output`, which this one will replace.

    Args:
        names: of the documents that will be written.
        force: allow an earlier run's output to be replaced.

    Raises:
        RecordError: the earlier run's record names files outside of the folder, or hidden ones.
        DocumentError: the folder is no folder, or is not empty and `force` is not given, or holds
            no run, or something that no run wrote stands where a document goes, or what one wrote
            was altered since.
    """
    if not output.exists():
        return {}
    if not output.is_dir():
        raise DocumentError(f"{output}: is a file; choose a folder for the output")
    recover(output)
    if _is_empty(output):
        return {}
    if not force:
        raise DocumentError(
            f"{output}: is not empty; choose another folder, or replace what an earlier run wrote "
            "there with --force"
        )
    earlier = _earlier(output)
    for name in (*RECORDS, *names):
        parts = name.split("/")
        for depth in range(1, len(parts) + 1):
            prefix = "/".join(parts[:depth])
            path = output / prefix
            is_folder = path.is_dir() and not path.is_symlink()
            fits = is_folder and prefix != name
            if os.path.lexists(path) and prefix not in earlier and not fits:
                raise DocumentError(
                    f"{path}: was not written by the earlier run, so it is not replaced; move it "
                    "away or choose another folder"
                )
    _require_unaltered(output, earlier)
    return earlier


@contextmanager
def writing(output: Path, earlier: Earlier, sources: Sequence[InputFile]) -> Iterator[Path]:
    """The folder to write a run into; when it is done, and no error came, it takes its place.

    Nobody may read the documents who may not read the files that they come from, nor the records
    who may not read all of these.

    Args:
        earlier: what `check_output` found, which is removed.
        sources: of the documents that will be written.

    Raises:
        DocumentError: another run is writing there, or somebody has written since `check_output`.
    """
    allowed = {source.name: allowed_bits(source) for source in sources}
    fresh = not output.exists()
    output.mkdir(parents=True, exist_ok=True)
    everybody = 0o777
    for mode in allowed.values():
        everybody &= mode
    if fresh:
        output.chmod(output.stat().st_mode & (0o700 | everybody | (everybody & 0o444) >> 2))
    try:
        with locked(output / LOCK, wait=0, title=output, remove=True):
            if ({} if _is_empty(output) else _earlier(output)) != earlier:
                raise DocumentError(
                    f"{output}: another run has written there meanwhile; choose another folder"
                )
            new = output / NEW
            _discard(new)
            new.mkdir(mode=0o700)
            try:
                for name in allowed:
                    place(new, name).parent.mkdir(parents=True, exist_ok=True)
                yield new
                _require_unaltered(output, earlier)
                _publish(output, earlier, allowed, everybody)
            finally:
                if not (output / UNFINISHED).exists():
                    _discard(new)
    finally:
        if fresh:  # and nothing came of it
            with suppress(OSError):
                output.rmdir()


def finish_output(output: Path, summary: Mapping[str, Any]) -> None:
    """Write ``run.json``, which says that the run is whole."""
    text = safe_json(json.dumps(summary, ensure_ascii=False, indent=1)) + "\n"
    write_atomic(output / RUN, text.encode("utf-8"))


def recover(output: Path) -> None:
    """Do the rest, where a run that was whole was interrupted while it took its place.

    Raises:
        RecordError: the note cannot be understood, or names files elsewhere.
        DocumentError: another run is at it, or the system refuses.
    """
    if (output / UNFINISHED).is_file():
        with locked(output / LOCK, wait=0, title=output, remove=True):
            _take_place(output)


def read_summary(folder: Path) -> dict[str, Any]:
    """What ``run.json`` says.

    Raises:
        RecordError: there is none, so the run did not end, or it cannot be understood.
    """
    recover(folder)
    path = folder / RUN
    try:
        summary = json.loads(read_ordinary(path))
    except FileNotFoundError:
        raise RecordError(
            f"{folder}: holds no {RUN}, so it is no run or one that did not end; run it again"
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise RecordError(f"{path}: cannot be read: {_reason(error)}") from None
    if not isinstance(summary, dict) or "textclean" not in summary:
        raise RecordError(f"{path}: was not written by textclean")
    return summary


def _reason(error: Exception) -> str:
    """Why a file of ours could not be read."""
    if isinstance(error, OSError):
        return str(error.strerror)
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, UnicodeDecodeError):
        return "it is not valid UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"it is not valid JSON (line {error.lineno})"
    return "textclean did not write this"


def _is_empty(output: Path) -> bool:
    return all(path.name in (LOCK, NEW) for path in output.iterdir())


def _earlier(output: Path) -> Earlier:
    if not (output / RUN).exists():
        raise DocumentError(
            f"{output}: holds files but no run, so nothing in it is replaced; choose another folder"
        )
    summary = read_summary(output)
    try:
        earlier = {str(row["document"]): str(row["output"]) for row in summary["documents"]}
        earlier |= {str(name): str(digest) for name, digest in summary["records"].items()}
    except (KeyError, TypeError, AttributeError):
        raise RecordError(f"{output / RUN}: is damaged, so nothing is replaced") from None
    for name in earlier:
        _require_ours(output, name)
    report = {REPORT: None} if (output / REPORT).exists() else {}
    return {**earlier, **report, RUN: None}


def _require_ours(output: Path, name: str) -> None:
    """Refuse names that no run has written, before anything is removed."""
    place(output, name)
    if is_hidden(name.rpartition("/")[0]):
        raise RecordError(f"{output}: its record names {name!r}, which no run writes")


def _require_unaltered(output: Path, earlier: Earlier) -> None:
    for name, digest in earlier.items():
        path = place(output, name)
        if os.path.lexists(path) and digest is not None and not _has(path, digest):
            raise DocumentError(
                f"{path}: was altered since the earlier run, so it is not replaced; move it away "
                "or choose another folder"
            )


def _has(path: Path, digest: str) -> bool:
    """Whether a file is as it was written."""
    if path.is_symlink():
        return False
    try:
        found = sha256()
        with open_ordinary(path) as file:
            while block := file.read(_BLOCK):
                found.update(block)
        if found.hexdigest() == digest:
            return True
        # Of some formats the digest is one of what they hold.
        data = read_ordinary(path)
        form = format_of(path, data)
        return form.digest_of(path, data, compression_of(path)) == digest
    except (OSError, TextcleanError):
        return False


class _Note(NamedTuple):
    """What is still to be done, also by another process."""

    #: The files of the new run, ``run.json`` last.
    come: list[str]
    #: Those of the earlier one that the new one does not replace, with their digests.
    go: dict[str, str | None]


def _publish(output: Path, earlier: Earlier, allowed: Mapping[str, int], everybody: int) -> None:
    new = output / NEW
    records = [name for name in RECORDS if (new / name).exists() and name != RUN]
    come = [*allowed, *records, RUN]
    for name in come:
        path = place(new, name)
        path.chmod(path.stat().st_mode & (0o600 | allowed.get(name, everybody)))
    for folder in {place(new, name).parent for name in come}:
        sync_folder(folder)
    note = _Note(come, {name: digest for name, digest in earlier.items() if name not in come})
    text = safe_json(json.dumps({"textclean": "unfinished", **note._asdict()}))
    write_atomic(output / UNFINISHED, text.encode("utf-8"))
    _take_place(output)


def _take_place(output: Path) -> None:
    note = _read_note(output)
    new = output / NEW
    try:
        folders: set[Path] = set()
        for name, digest in note.go.items():
            path = place(output, name)
            folders |= {each for each in path.parents if each.is_relative_to(output)} - {output}
            if digest is None or _has(path, digest):
                path.unlink(missing_ok=True)
        for folder in sorted(folders, reverse=True):
            with suppress(OSError):  # something else is in it
                folder.rmdir()
        for name in note.come:
            path = place(new, name)
            if os.path.lexists(path):  # else it is in its place
                goal = place(output, name)
                goal.parent.mkdir(parents=True, exist_ok=True)
                path.replace(goal)
    except OSError as error:
        raise DocumentError(f"{output}: cannot be written: {error.strerror}") from None
    sync_folder(output)
    _discard(new)
    (output / UNFINISHED).unlink(missing_ok=True)


def _read_note(output: Path) -> _Note:
    path = output / UNFINISHED
    try:
        row = json.loads(read_ordinary(path))
        note = _Note(list(map(str, row["come"])), dict(row["go"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise RecordError(f"{path}: cannot be read: {_reason(error)}") from None
    for name in (*note.come, *note.go):
        _require_ours(output, name)
    return note


def _discard(new: Path) -> None:
    """Remove a run that did not become whole."""
    if new.is_dir() and not new.is_symlink():
        shutil.rmtree(new, ignore_errors=True)


def allowed_bits(source: InputFile) -> int:
    """The permission bits beyond which a copy of a file would show it to more people."""
    if source.data is not None:
        return 0o777
    try:
        mode = source.path.stat().st_mode & 0o777
        folder = source.path.parent.stat().st_mode
    except OSError:
        return 0o700
    for readable, passable in ((0o070, 0o010), (0o007, 0o001)):
        if not folder & passable:
            mode &= ~readable
    return mode
