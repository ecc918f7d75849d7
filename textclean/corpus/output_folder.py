"""The folder that a run writes into: what may be replaced there, and when it counts as whole.

While a run is writing, a note in the folder lists every file that it may have begun. The note makes
way for ``run.json`` at the end; if the run dies before, the next one knows what it may replace. A
lock in the folder keeps other runs out meanwhile.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from textclean.corpus.atomic import write_atomic
from textclean.corpus.lock import locked
from textclean.corpus.names import LOCK, RECORDS, REPORT, RUN, UNFINISHED, place
from textclean.errors import DocumentError, RecordError


def check_output(output: Path, names: Iterable[str], *, force: bool) -> frozenset[str]:
    """The names of what an earlier run wrote into `output`, which this one will replace.

    Args:
        names: of the documents that will be written.
        force: allow an earlier run's output to be replaced.

    Raises:
        RecordError: the earlier run's record names files outside of the folder.
        DocumentError: the folder is no folder, or is not empty and `force` is not given, or holds
            no run, or something that no run wrote stands where a document goes.
    """
    if not output.exists():
        return frozenset()
    if not output.is_dir():
        raise DocumentError(f"{output}: is a file; choose a folder for the output")
    if _is_empty(output):
        return frozenset()
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
    return earlier


@contextmanager
def writing(output: Path, earlier: Collection[str], names: Iterable[str]) -> Iterator[None]:
    """Keep other runs out of a folder while this one writes, and make the folder ready.

    Args:
        earlier: what `check_output` found, which is removed.
        names: of the documents that will be written.

    Raises:
        DocumentError: another run is writing there, or has written since `check_output`.
    """
    output.mkdir(parents=True, exist_ok=True)
    with locked(output / LOCK, wait=0, title=output, remove=True):
        if (frozenset() if _is_empty(output) else _earlier(output)) != earlier:
            raise DocumentError(
                f"{output}: another run has written there meanwhile; choose another folder"
            )
        _begin(output, earlier, list(names))
        yield


def _begin(output: Path, earlier: Collection[str], names: Iterable[str]) -> None:
    note = {"textclean": "unfinished", "files": sorted({*earlier, *names, *RECORDS})}
    write_atomic(output / UNFINISHED, json.dumps(note).encode("utf-8"))
    # First of all what says that the run is whole.
    for name in sorted(earlier, key=lambda name: (name != RUN, name)):
        path = place(output, name)
        if path.is_symlink() or path.is_file():
            path.unlink()
    folders = {folder for name in earlier for folder in place(output, name).parents}
    for folder in sorted(folders, reverse=True):
        if folder.is_relative_to(output) and folder != output and folder.is_dir():
            with suppress(OSError):  # something else is in it
                folder.rmdir()
    for name in names:
        place(output, name).parent.mkdir(parents=True, exist_ok=True)


def finish_output(output: Path, summary: Mapping[str, Any]) -> None:
    """Write ``run.json``, which says that the run is whole."""
    text = json.dumps(summary, ensure_ascii=False, indent=1) + "\n"
    write_atomic(output / RUN, text.encode("utf-8"))
    (output / UNFINISHED).unlink(missing_ok=True)


def read_summary(folder: Path) -> dict[str, Any]:
    """What ``run.json`` says.

    Raises:
        RecordError: there is none, so the run did not end, or it cannot be understood.
    """
    path = folder / RUN
    try:
        summary = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise RecordError(
            f"{folder}: holds no {RUN}, so it is no run or one that did not end; run it again"
        ) from None
    except (OSError, ValueError) as error:
        raise RecordError(f"{path}: cannot be read: {error}") from None
    if not isinstance(summary, dict) or "textclean" not in summary:
        raise RecordError(f"{path}: was not written by textclean")
    return summary


def _is_empty(output: Path) -> bool:
    return all(path.name == LOCK for path in output.iterdir())


def _earlier(output: Path) -> frozenset[str]:
    note = output / UNFINISHED
    if note.is_file():
        try:
            files = json.loads(note.read_bytes())["files"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RecordError(f"{note}: cannot be read: {error}") from None
    elif (output / RUN).exists():
        summary = read_summary(output)
        files = [row["document"] for row in summary["documents"]] + [
            *summary["records"],
            RUN,
            REPORT,
        ]
    else:
        raise DocumentError(
            f"{output}: holds files but no run, so nothing in it is replaced; choose another folder"
        )
    earlier = frozenset(map(str, files))
    for name in earlier:
        place(output, name)  # refuses a name that leads elsewhere, before anything is removed
    return earlier
