"""Which files are readings of one text: those of one name in several folders, or by a pattern.

A pattern is the name of a file with ``{page}`` in place of what says which page it is, and with
``{reading}`` in place of what says who read it: ``{page}.{reading}.txt``, ``{reading}/{page}.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from textclean.config import Config
from textclean.corpus.documents import iter_inputs, read_file
from textclean.corpus.formats.base import DecodedFile, InputFile
from textclean.errors import DocumentError

_PLACES = re.compile(r"\{(page|reading)\}")


def readings_of_paths(
    paths: Sequence[Path], config: Config, read_as: str | None = None
) -> dict[str, dict[str, InputFile]]:
    """By name of page, the files that are readings of it, each by the path that was given.

    Of folders the files of one name are readings of one page; of files all are readings of one
    page, which has the first one's name.

    Raises:
        DocumentError: there are files beside folders, or a path is not there.
    """
    folders = [path.is_dir() for path in paths]
    if any(folders) and not all(folders):
        raise DocumentError("readings are either files or folders; here are both")
    pages: dict[str, dict[str, InputFile]] = {}
    for path in paths:
        for source in iter_inputs([path], config, read_as):
            name = source.name if path.is_dir() else paths[0].name
            pages.setdefault(name, {})[str(path)] = source
    return dict(sorted(pages.items()))


def text_of(source: InputFile, config: Config) -> tuple[DecodedFile, str]:
    """A file that holds one text, and the text.

    Raises:
        DocumentError: the file cannot be read, or holds records.
    """
    file = read_file(source, config)
    if file.has_records:
        raise DocumentError(f"{source.path}: readings are texts; this file holds records")
    return file, file.passages[0].text if file.passages else ""


def expression(pattern: str) -> re.Pattern[str]:
    """A pattern for names of files, with the groups ``page`` and ``reading``.

    Raises:
        DocumentError: it lacks ``{page}`` or ``{reading}``, or has one twice.
    """
    places = _PLACES.findall(pattern)
    if sorted(places) != ["page", "reading"]:
        raise DocumentError(
            f"{pattern!r}: a pattern of readings has {{page}} and {{reading}}, each once, as in "
            "'{page}.{reading}.txt'"
        )
    parts = _PLACES.split(pattern)
    # Every second part is the name of a place. A page may be in a folder; who read it is a word.
    return re.compile(
        "".join(
            re.escape(part)
            if number % 2 == 0
            else f"(?P<{part}>{'.+' if part == 'page' else '[^/]+?'})"
            for number, part in enumerate(parts)
        )
    )


def groups(names: Iterable[str], pattern: str) -> Mapping[str, dict[str, str]]:
    """By page, its readings as ``{reading: name}``; pages with one reading are none."""
    compiled = expression(pattern)
    pages: dict[str, dict[str, str]] = {}
    for name in names:
        if match := compiled.fullmatch(name):
            pages.setdefault(match["page"], {})[match["reading"]] = name
    return {page: readings for page, readings in pages.items() if len(readings) > 1}
