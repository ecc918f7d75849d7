"""The names of documents: relative, POSIX, and never a way out of the folder they belong in.

A name comes from a folder's walk or from a record on disk. The second may have been written by
anyone, so both go through `place` before a file is touched.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath

from textclean.errors import DocumentError, RecordError

RUN = "run.json"
UNDO = "undo.jsonl"
REMOVALS = "removals.jsonl"
TWINS = "twins.jsonl"
BOILERPLATE = "boilerplate.jsonl"
STITCHES = "stitches.jsonl"
RESTORATIONS = "restorations.jsonl"
CONSISTENCY = "consistency.jsonl"
ANNOTATIONS = "annotations.jsonl"
REPORT = "report.html"
UNFINISHED = ".textclean-unfinished.json"
LOCK = ".textclean.lock"
#: The folder in which a run lies until it is whole.
NEW = ".textclean-new"
#: What a run puts beside the documents; no document may have such a name.
RECORDS = (
    *(RUN, UNDO, REMOVALS, TWINS, BOILERPLATE, STITCHES, RESTORATIONS, CONSISTENCY, ANNOTATIONS),
    REPORT,
)


def place(folder: Path, name: str) -> Path:
    """The file that `name` means in `folder`.

    Raises:
        RecordError: the name is absolute, climbs out of the folder, leads out of it through a
            symbolic link, or is none that a file can have.
    """
    parts = name.split("/")
    if (
        any(part in ("", ".", "..") or "\0" in part for part in parts)
        or Path(name).is_absolute()
        or (os.name == "nt" and any(PureWindowsPath(part).parts != (part,) for part in parts))
    ):
        raise RecordError(f"the name {name!r} leads out of {folder}, so nothing is done with it")
    path = folder.joinpath(*parts)
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise RecordError(f"{path} leads out of {folder} through a link: nothing is done with it")
    return path


def is_hidden(name: str) -> bool:
    """Whether a name, or a folder in it, begins with a dot: walks never go there."""
    return any(part.startswith(".") for part in name.split("/"))


def refuse_clashes(names: Iterable[tuple[str, Path]]) -> None:
    """Check that documents can stand side by side in one folder, with the records of a run.

    Args:
        names: each document's name and the file it is read from.

    Raises:
        DocumentError: two documents have one name, one has a record's, or one has the name of a
            folder that another needs.
    """
    taken: dict[str, Path] = {}
    reserved = {record.casefold() for record in (*RECORDS, UNFINISHED, LOCK, NEW)}
    for name, path in names:
        if name.split("/")[0].casefold() in reserved:
            raise DocumentError(
                f"{path}: a run writes its own {name.split('/')[0]!r}; rename this one or leave "
                "it out"
            )
        if name in taken:
            raise DocumentError(
                f"{taken[name]} and {path} would both become {name!r}: rename one of them, or "
                "run them apart"
            )
        taken[name] = path
    for name, path in taken.items():
        parts = name.split("/")
        for depth in range(1, len(parts)):
            folder = "/".join(parts[:depth])
            if folder in taken:
                raise DocumentError(
                    f"{taken[folder]} and {path} cannot stand in one folder: {folder!r} would be "
                    "a file and a folder; run them apart"
                )


def refuse_overlap(inputs: Iterable[Path], output: Path) -> None:
    """Check that nothing is read from where it is written.

    Raises:
        DocumentError: `output` is an input, is inside one, or holds one.
    """
    out = Path(os.path.realpath(output))
    for path in inputs:
        real = Path(os.path.realpath(path))
        if out == real:
            raise DocumentError(f"{output}: is the input; choose another folder for the output")
        if out.is_relative_to(real):
            raise DocumentError(
                f"{output}: is inside the input {path}; choose a folder outside of it"
            )
        if real.is_relative_to(out):
            raise DocumentError(
                f"{path}: is inside the output {output}; choose another folder for the output"
            )
