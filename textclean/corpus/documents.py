"""Finding the documents under some paths, and reading each without losing a byte of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from stat import S_IFDIR, S_IFREG, S_ISDIR, S_ISREG

from textclean.config import Config
from textclean.config.files import OWN_FILE
from textclean.corpus import names
from textclean.corpus.formats import READ_AS, format_of, is_document
from textclean.corpus.formats.base import DecodedFile, InputFile
from textclean.corpus.formats.compression import raw_name
from textclean.corpus.gitignore import GitIgnore
from textclean.corpus.glob_patterns import GlobPatterns
from textclean.errors import DocumentError, MissingExtraError, NoTextError
from textclean.text.opening import open_ordinary

#: What links that lead out of a folder are counted by, among what is passed over.
LINKS_OUT = "links out of the folder"
#: And those that lead to a file that is not there.
LINKS_TO_NOTHING = "links to nothing"
_MODE_OF_STANDARD_INPUT = 0o644


def iter_inputs(
    paths: Sequence[Path],
    config: Config,
    read_as: str | None = None,
    passed_over: Counter[str] | None = None,
    unreadable: list[tuple[str, str]] | None = None,
) -> list[InputFile]:
    """The documents that `paths` mean: each file once, in order of the paths and then of names.

    A file is taken whatever it is called, unless `is_excluded`; `read_file` may refuse it. A folder
    is walked for files that have the ending of a format, or that ``config.include`` matches. A walk
    passes over names that begin with a dot, whatever ``config.exclude`` matches (patterns as in
    ``.gitignore``, from that folder), what ``.gitignore`` files name, and the records beside a
    run's output. Links are followed within the folder, to no place twice; what they lead to
    outside of it, or to nothing, is passed over, as are pipes, sockets and devices.

    Args:
        read_as: the format of the files among `paths`, as `READ_AS` names it, and of those that
            ``config.include`` matches.
        passed_over: counts the files of no format that walks met, by `ending_of`, `LINKS_OUT` and
            `LINKS_TO_NOTHING`.
        unreadable: takes up (name, reason) of each folder below that cannot be listed; None: such
            a folder is an error.

    Raises:
        DocumentError: a path does not exist or cannot be looked at, or a folder cannot be listed.
    """
    inputs: list[InputFile] = []
    seen: set[str] = set()
    for path in paths:
        try:
            is_folder = S_ISDIR(path.stat().st_mode)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            raise DocumentError(f"{path}: there is no such file or folder") from None
        except OSError as error:
            raise DocumentError(f"{path}: cannot be read: {error.strerror}") from None
        if is_folder:
            counted = Counter[str]() if passed_over is None else passed_over
            below = _walk(path, config, counted, unreadable)
            included = read_as if config.include else None
            files = [
                InputFile(file, file.relative_to(path).as_posix(), included, is_named=False)
                for file in below
            ]
            files.sort(key=lambda file: file.name)
        else:
            files = [] if is_excluded(path, config) else [input_file(path, read_as)]
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
    return _excluded(config.exclude).matches(name)


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
            if any(map(_excluded((pattern,)).matches, names_))
        ),
    )


@lru_cache(64)
def _for_file(config: Config, patterns: tuple[str, ...]) -> Config:
    return config.for_file(patterns)


@lru_cache(64)
def _excluded(patterns: tuple[str, ...]) -> GlobPatterns:
    return GlobPatterns(patterns)


def format_of_file(source: InputFile) -> tuple[type[DecodedFile], int, int]:
    """The format of a file, its permission bits, and its size in bytes.

    Raises:
        DocumentError: the file cannot be read, or is of no format.
    """
    head, mode = source.data, _MODE_OF_STANDARD_INPUT
    size = len(head or b"")
    if head is None:
        try:
            with open_ordinary(source.path) as file:
                status = os.fstat(file.fileno())
                head = file.read(_HEAD)
        except OSError as error:
            raise DocumentError(f"{source.path}: cannot be read: {error.strerror}") from None
        mode, size = status.st_mode & 0o777, status.st_size
    kind = READ_AS[source.read_as] if source.read_as else format_of(source.path, head)
    return kind, mode, size


# By so many bytes formats tell a file.
_HEAD = 1 << 12


def read_file(source: InputFile, config: Config) -> DecodedFile:
    """A file's content and texts.

    Raises:
        DocumentError: the file cannot be read, is of no format, or is not what its format says:
            binary, not UTF-8, a line without the text field. The message names file and place and
            says what to do.
    """
    path = source.path
    data, mode = source.data, _MODE_OF_STANDARD_INPUT
    if data is None:
        try:
            with open_ordinary(path) as file:
                data = file.read()
                mode = os.fstat(file.fileno()).st_mode & 0o777
        except OSError as error:
            raise DocumentError(f"{path}: cannot be read: {error.strerror}") from None
    kind = READ_AS[source.read_as] if source.read_as else format_of(path, data)
    try:
        return kind.decode(source, data, mode, config)
    except MissingExtraError as error:
        raise DocumentError(f"{path}: {error}") from None


def ending_of(name: str) -> str:
    """What a file that is passed over is counted by: ``.docx``, ``.tar.gz``; empty if none."""
    path = Path(name)
    outer = path.suffix.casefold()
    return raw_name(path).suffix.casefold() + outer if raw_name(path) != path else outer


def lacks_texts(source: InputFile, error: Exception) -> bool:
    """Whether a file that could not be read is one that a walk passes over: it holds other things,
    as settings in JSON do.
    """
    if source.is_named or source.read_as or not isinstance(error, NoTextError):
        return False
    return format_of(source.path, b"").holds_other_things


def _walk(
    root: Path,
    config: Config,
    passed_over: Counter[str],
    unreadable: list[tuple[str, str]] | None,
) -> Iterator[Path]:
    excluded = _excluded(config.exclude) if config.exclude else None
    included = _excluded(config.include) if config.include else None
    ignored = GitIgnore(root) if config.gitignore else None
    # What is passed over when it is named is so in a walk, too.
    above = _from_here(root) if config.exclude and config.force_exclude else None
    real_root = Path(os.path.realpath(root))
    visited: set[str] = set()
    # Links wait until all that is really there has been seen under its own name.
    pending, links = [(root, True)], list[tuple[Path, bool]]()
    while pending or links:
        if not pending:
            links.sort()
            pending, links = links, []
        path, is_folder = pending.pop()
        real = os.path.realpath(path)
        if real in visited:
            continue
        visited.add(real)
        if not is_folder:
            yield path
            continue
        try:
            entries = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError as error:
            message = f"{path}: cannot be listed: {error.strerror}"
            if unreadable is None:
                raise DocumentError(message) from None
            unreadable.append((path.relative_to(root).as_posix(), message))
            continue
        records = _records_beside(path, entries)
        for entry in entries:
            below = path / entry.name
            if entry.name.startswith(".") or entry.name in records:
                continue
            kind = _kind(entry)
            if kind is None:
                continue
            folder = S_ISDIR(kind)
            name = below.relative_to(root).as_posix() + ("/" if folder else "")
            if excluded is not None and (
                excluded.matches(name)
                or (above is not None and excluded.matches(f"{above}/{name}"))
            ):
                continue
            if ignored is not None and ignored.matches(below, is_folder=folder):
                continue
            if not folder and included is not None:
                if not included.matches(name):
                    continue
            elif not folder and not is_document(below):
                if entry.name != OWN_FILE:
                    passed_over[ending_of(entry.name)] += 1
                continue
            if not entry.is_symlink():
                pending.append((below, folder))
            elif not Path(os.path.realpath(below)).is_relative_to(real_root):
                passed_over[LINKS_OUT] += 1
            elif _leads_to_nothing(below):
                passed_over[LINKS_TO_NOTHING] += 1
            else:
                links.append((below, folder))


def _leads_to_nothing(link: Path) -> bool:
    """Whether a link leads to what is not there; one that leads to itself leads somewhere."""
    try:
        link.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _kind(entry: os.DirEntry[str]) -> int | None:
    """The type of file that an entry is or leads to, as a mode has it; None for what is never
    opened: pipes, sockets, devices. What cannot be looked at counts as a file: whoever reads it is
    told why it cannot be read.
    """
    try:
        if entry.is_dir():
            return S_IFDIR
        if entry.is_file() or S_ISREG(entry.stat().st_mode):
            return S_IFREG
    except OSError:
        return S_IFREG
    return None


def _records_beside(folder: Path, entries: Sequence[os.DirEntry[str]]) -> tuple[str, ...]:
    """The records in a folder that a run wrote: no documents, whatever their suffixes say."""
    present = {entry.name for entry in entries}
    if names.RUN not in present or names.UNDO not in present:
        return ()
    try:
        with open_ordinary(folder / names.RUN) as file:
            return names.RECORDS if b'"textclean"' in file.read(200) else ()
    except OSError:
        return ()
