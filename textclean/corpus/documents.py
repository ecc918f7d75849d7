"""Finding the documents under some paths, and reading each without losing a byte of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from textclean.config import Config
from textclean.corpus import names
from textclean.corpus.formats import READ_AS, format_of, is_document
from textclean.corpus.formats.base import DecodedFile, InputFile
from textclean.errors import DocumentError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


def iter_inputs(
    paths: Sequence[Path], config: Config, read_as: str | None = None
) -> list[InputFile]:
    """The documents that `paths` mean: each file once, in order of the paths and then of names.

    A file is taken whatever it is called, unless `is_excluded`; `read_file` may refuse it. A folder
    is walked for ``.txt``, ``.md``, ``.markdown``, ``.jsonl`` and ``.ndjson``. A walk passes over
    names that begin with a dot, whatever ``config.exclude`` matches (patterns as in ``.gitignore``,
    from that folder), and the records beside a run's output. Links are followed, but to no place
    twice.

    Args:
        read_as: the format of the files among `paths`, as `READ_AS` names it.

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
            files = [] if is_excluded(path, config) else [input_file(path, read_as)]
        else:
            raise DocumentError(f"{path}: there is no such file or folder")
        for file in files:
            real = os.path.realpath(file.path)
            if real not in seen:
                seen.add(real)
                inputs.append(file)
    return inputs


def input_file(path: Path, read_as: str | None = None) -> InputFile:
    """The input that a path to one file means."""
    return InputFile(path, path.name, read_as)


def is_excluded(path: Path, config: Config) -> bool:
    """Whether a file is passed over although it is named.

    Patterns count from the current folder; a file outside of it is matched by its whole path.
    """
    if not config.force_exclude or not config.exclude:
        return False
    name = _from_here(path)
    if name is None:
        real = Path(os.path.realpath(path))
        name = real.relative_to(real.anchor).as_posix()
    return _excluded(config.exclude).match_file(name)


def _from_here(path: Path) -> str | None:
    """The name of a file or folder from the current folder; None outside of it."""
    real = Path(os.path.realpath(path.parent), path.name)
    here = Path(os.path.realpath(Path.cwd()))
    return real.relative_to(here).as_posix() if real.is_relative_to(here) else None


def config_of_file(source: InputFile, config: Config) -> Config:
    """What is in force for a file: `per_file` tables match as `exclude` does, from the current
    folder and from the folder that was walked.
    """
    if not config.per_file:
        return config
    here = _from_here(source.path)
    names_ = {source.name} if here is None else {source.name, here}
    return _for_file(
        config,
        tuple(
            pattern
            for pattern in config.per_file
            if any(map(_excluded((pattern,)).match_file, names_))
        ),
    )


@cache
def _for_file(config: Config, patterns: tuple[str, ...]) -> Config:
    return config.for_file(patterns)


@cache
def _excluded(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def read_file(source: InputFile, config: Config) -> DecodedFile:
    """A file's content and texts.

    Raises:
        DocumentError: the file cannot be read, is of no format, or is not what its format says:
            binary, not UTF-8, a line without the text field. The message names file and place and
            says what to do.
    """
    path = source.path
    try:
        with path.open("rb") as file:
            data = file.read()
            mode = os.fstat(file.fileno()).st_mode & 0o777
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror}") from None
    kind = READ_AS[source.read_as] if source.read_as else format_of(path, data)
    return kind.decode(source, data, mode, config)


def _walk(root: Path, config: Config) -> Iterator[Path]:
    excluded = _excluded(config.exclude) if config.exclude else None
    # What is passed over when it is named is so in a walk, too.
    above = _from_here(root) if config.exclude and config.force_exclude else None
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
                if excluded.match_file(name) or (
                    above is not None and excluded.match_file(f"{above}/{name}")
                ):
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
