"""Files of every format read, rewritten and undone, as the tests need it."""

from __future__ import annotations

import json
from pathlib import Path

from textclean.cleaning import clean
from textclean.config import Config
from textclean.corpus.documents import input_file, read_file
from textclean.corpus.excise import Remainder
from textclean.corpus.formats.base import DecodedFile
from textclean.corpus.reading_order import CleanedDocument
from textclean.corpus.record import dump, pack, unpack


def read(folder: Path, name: str, data: bytes | str, **options: object) -> DecodedFile:
    """A file of this name and these bytes."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_file(input_file(path), Config(**options))  # type: ignore[arg-type]


def texts(file: DecodedFile) -> list[str]:
    """The texts of a file."""
    return [passage.text for passage in file.passages]


def fixed_and_undone(
    file: DecodedFile, gone: frozenset[int] | set[int] = frozenset()
) -> tuple[bytes, bytes]:
    """The bytes of a file after cleaning, without the records of some numbers, and after undoing.

    What leads back goes through the line of a record.
    """
    done = [
        None
        if passage.record in gone
        else CleanedDocument(
            "", (cleaned := clean(passage.text)).text, Remainder(passage.text), cleaned.columns
        )
        for passage in file.passages
    ]
    new = file.written([None if one is None else one.text for one in done])
    row = json.loads(dump(pack(file, done, new)))
    return new, unpack(row, new)
