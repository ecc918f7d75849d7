"""File formats: how a file's bytes hold texts, and how other texts take their place.

Three layers, each in one place: the bytes on disk and the raw bytes that they compress
(``compression``), the string that the raw bytes encode (``encoding``), and the texts in it, which a
format finds: a subclass of `DecodedFile` (of `RecordFile` for literals among other bytes) in a
module of its own and an entry in `FORMATS`. The rest of the package asks `format_of` and compares
no names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from textclean.corpus.formats.base import DecodedFile
from textclean.corpus.formats.jsonl import JsonLinesFile
from textclean.corpus.formats.text import TextFile
from textclean.errors import DocumentError, RecordError

FORMATS: tuple[type[DecodedFile], ...] = (JsonLinesFile, TextFile)


#: What a user can have a file read as that is named, whatever its name is.
READ_AS: Mapping[str, type[DecodedFile]] = {
    "text": TextFile,
    "markdown": TextFile,
    "jsonl": JsonLinesFile,
}


def format_of(path: Path, data: bytes) -> type[DecodedFile]:
    """The format of a file, by its name; without an ending it is plain text, as README is.

    Raises:
        DocumentError: no format has the ending: to edit programs or data as prose would break them.
            The same for names without an ending that programs and their settings have.
    """
    for each in FORMATS:
        if each.claims(path, data):
            return each
    ending = _ENDING.search(path.name)
    if not ending and not _PROGRAM.fullmatch(path.name) and not data.startswith(b"#!"):
        return TextFile
    kind = f"a {ending.group()} file" if ending else "a program or its settings"
    read = ", ".join(each for form in FORMATS for each in form.endings)
    raise DocumentError(
        f"{path}: {kind} is not edited as prose (only {read} are); "
        f"--as {'|'.join(READ_AS)} reads it all the same"
    )


# Chinese or figures behind the last stop belong to the name: 第3.5节, 通知2021.12.
_ENDING = re.compile(r"(?<=.)\.(?=[0-9_~+-]*[A-Za-z~])[A-Za-z0-9_~+-]+\Z")
# .gitignore, Makefile, Dockerfile, Pipfile
_PROGRAM = re.compile(r"\..*|[A-Za-z]*file", re.DOTALL)


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
