"""Finding the documents under some paths, and reading each without losing a byte of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from textclean.config import Config
from textclean.corpus import names
from textclean.corpus.formats import format_of, is_document
from textclean.corpus.formats.base import DecodedFile, InputFile
from textclean.errors import DocumentError


def iter_inputs(paths: Sequence[Path], config: Config) -> list[InputFile]:
    """The documents that `paths` mean: each file once, in order of the paths and then of names.

    A file is taken whatever it is called; a folder is walked for ``.txt``, ``.md``, ``.markdown``,
    ``.jsonl`` and ``.ndjson``. A walk passes over names that begin with a dot, whatever
    ``config.exclude`` matches (patterns as in ``.gitignore``), and the records beside a run's
    output. Links are followed, but to no place twice.

    Raises:
        DocumentError: a path does not exist, or a folder cannot be listed.
    """
    inputs: list[InputFile] = []
    seen: set[str] = set()
    for path in paths:
        if path.is_dir():
            below = _walk(path, config)
            files = [InputFile(file, file.relative_to(path).as_posix()) for file in below]
            files.sort(key=lambda file: file.name)
        elif path.exists():
            files = [input_file(path)]
        else:
            raise DocumentError(f"{path}: there is no such file or folder")
        for file in files:
            real = os.path.realpath(file.path)
            if real not in seen:
                seen.add(real)
                inputs.append(file)
    return inputs


def input_file(path: Path) -> InputFile:
    """The input that a path to one file means."""
    return InputFile(path, path.name)


def read_file(source: InputFile, config: Config) -> DecodedFile:
    """A file's content and texts.

    Raises:
        DocumentError: the file cannot be read, or is not what its format says: binary, not UTF-8, a
            line without the text field. The message names file and place and says what to do.
    """
    path = source.path
    try:
        with path.open("rb") as file:
            data = file.read()
            mode = os.fstat(file.fileno()).st_mode & 0o777
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror}") from None
    return format_of(path, data).decode(source, data, mode, config.text_field)


def _walk(root: Path, config: Config) -> Iterator[Path]:
    excluded = None
    if config.exclude:
        from pathspec import GitIgnoreSpec

        excluded = GitIgnoreSpec.from_lines(config.exclude)
    visited: set[str] = set()
    # Links wait until all that is really there has been seen under its own name.
    pending, links = [root], list[Path]()
    while pending or links:
        if not pending:
            links.sort()
            pending, links = links, []
        path = pending.pop()
        real = os.path.realpath(path)
        if real in visited:
            continue
        visited.add(real)
        if not path.is_dir():
            yield path
            continue
        try:
            entries = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError as error:
            raise DocumentError(f"{path}: cannot be listed: {error.strerror}") from None
        records = _records_beside(path, entries)
        for entry in entries:
            below = path / entry.name
            folder = entry.is_dir()
            if entry.name.startswith(".") or entry.name in records:
                continue
            # Neither sockets nor pipes.
            is_file = entry.is_file() or entry.is_symlink()
            if not folder and not (is_file and is_document(below)):
                continue
            if excluded is not None:
                name = below.relative_to(root).as_posix() + ("/" if folder else "")
                if excluded.match_file(name):
                    continue
            (links if entry.is_symlink() else pending).append(below)


def _records_beside(folder: Path, entries: Sequence[os.DirEntry[str]]) -> tuple[str, ...]:
    """The records in a folder that a run wrote: no documents, whatever their suffixes say."""
    present = {entry.name for entry in entries}
    if names.RUN not in present or names.UNDO not in present:
        return ()
    try:
        with (folder / names.RUN).open("rb") as file:
            return names.RECORDS if b'"textclean"' in file.read(200) else ()
    except OSError:
        return ()
