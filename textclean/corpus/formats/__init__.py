"""File formats: how a file's bytes hold texts, and how other texts take their place.

A format is a subclass of `DecodedFile` in a module of its own and an entry in `FORMATS`. The rest
of the package asks `format_of` and compares no names.
"""

from __future__ import annotations

from pathlib import Path

from textclean.corpus.formats.base import DecodedFile
from textclean.corpus.formats.jsonl import JsonLinesFile
from textclean.corpus.formats.text import TextFile
from textclean.errors import RecordError

FORMATS: tuple[type[DecodedFile], ...] = (JsonLinesFile, TextFile)


def format_of(path: Path, data: bytes) -> type[DecodedFile]:
    """The format of a file, by its name and bytes; plain text where no other claims it."""
    return next((each for each in FORMATS if each.claims(path, data)), TextFile)


def format_named(name: object) -> type[DecodedFile]:
    """The format that an undo record names.

    Raises:
        RecordError: there is no such format.
    """
    for each in FORMATS:
        if each.format == name:
            return each
    raise RecordError(f"the undo record has the unknown format {name!r}")


def is_document(path: Path) -> bool:
    """Whether a file has the ending of a format, so that a walk takes it."""
    return any(path.suffix.casefold() in each.endings for each in FORMATS)
