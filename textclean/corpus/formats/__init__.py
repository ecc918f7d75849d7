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

from textclean.corpus.formats.arrow import ArrowFile
from textclean.corpus.formats.base import DecodedFile
from textclean.corpus.formats.compression import raw_name
from textclean.corpus.formats.csv import CsvFile, TsvFile
from textclean.corpus.formats.json import JsonFile
from textclean.corpus.formats.jsonl import JsonLinesFile
from textclean.corpus.formats.parquet import ParquetFile
from textclean.corpus.formats.text import TextFile
from textclean.errors import DocumentError, RecordError

FORMATS: tuple[type[DecodedFile], ...] = (
    TextFile,
    JsonLinesFile,
    JsonFile,
    CsvFile,
    TsvFile,
    ParquetFile,
    ArrowFile,
)

#: What a user can have a file read as that is named, whatever its name is.
READ_AS: Mapping[str, type[DecodedFile]] = {
    "text": TextFile,
    "markdown": TextFile,
    **{each.format: each for each in FORMATS if each is not TextFile},
}


def format_of(path: Path, data: bytes) -> type[DecodedFile]:
    """The format of a file, by its name; without an ending it is plain text, as README is.

    Raises:
        DocumentError: no format has the ending: to edit programs or data as prose would break them.
            The same for names without an ending that programs and their settings have.
    """
    inner = raw_name(path)
    for each in FORMATS:
        if inner.suffix.casefold() in each.endings:
            return each
    ending = _ENDING.search(inner.name)
    if not ending and not _PROGRAM.fullmatch(inner.name) and not data.startswith(b"#!"):
        return TextFile
    if tool := _CONVERTED.get(inner.suffix.casefold()):
        raise DocumentError(
            f"{path}: a {inner.suffix} file is no text; convert it first, by {tool} or the like"
        )
    kind = f"a {ending.group()} file" if ending else "a program or its settings"
    read = ", ".join(each for form in FORMATS for each in form.endings)
    raise DocumentError(
        f"{path}: {kind} is not edited as prose (only {read} are); "
        f"--as {'|'.join(READ_AS)} reads it all the same"
    )


# Documents of which other programs make text.
_CONVERTED = {
    ".pdf": "pdftotext",
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf", ".epub", ".html", ".htm"), "pandoc"),
    **dict.fromkeys((".xlsx", ".xls", ".ods"), "saving it as CSV"),
}
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
    ending = raw_name(path).suffix.casefold()
    return any(ending in each.endings for each in FORMATS)
