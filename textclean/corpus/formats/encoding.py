"""The middle layer of a file: its raw bytes, and the string that they encode.

A file is UTF-8, what its byte order mark says, what the configuration says, or what its characters
show beyond doubt (`detection`); in doubt it is refused, for guessing would invent text. Whatever it
is, the string gives the very same bytes again: bytes that are no character are kept (`stray`).
"""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import NamedTuple

from textclean.config import Config
from textclean.corpus.formats.detection import detect
from textclean.corpus.formats.stray import (
    Label,
    LackingError,
    decode_as,
    encode_as,
    is_faithful,
    strays_of,
)
from textclean.errors import DocumentError

#: The encoding of a file where nothing else is said.
UTF_8 = "utf-8"

#: What messages call standard input that has no other name.
STANDARD_INPUT = Path("standard input")

# UTF-32's marks begin with UTF-16's, so they come first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Characters for each byte that is none's, at least, where a user says what the encoding is.
_PER_STRAY = 10


class Decoded(NamedTuple):
    """A string, and the encoding that makes the same bytes of it again."""

    content: str
    #: As `stray.Label` writes it.
    encoding: str


def decode(path: Path, raw: bytes, config: Config) -> Decoded:
    """The string that raw bytes encode.

    Raises:
        DocumentError: the bytes are binary, not in the encoding that is named, or in none that is
            certain; the message names the place, and the encoding that is likely.
    """
    if config.encoding != "auto":
        return _decode_as_said(path, raw, config.encoding)
    if (mark := _mark_of(raw)) is not None:
        return _strictly(path, raw, mark)
    if b"\0" not in raw:
        try:
            return Decoded(raw.decode(UTF_8), UTF_8)
        except UnicodeDecodeError as error:
            wrong = error.start
    found, likely = detect(raw)
    if found is not None:
        return Decoded(found.content, str(found.label))
    if (zero := raw.find(b"\0")) >= 0:
        raise DocumentError(
            f"{path}: a binary file, not text: byte {zero} is zero; skip it with --exclude"
        )
    hint = f"it may be {likely}, which --encoding {likely} reads" if likely else _NAME_IT
    raise DocumentError(f"{path}: not valid UTF-8 at byte {wrong}; {hint}")


_NAME_IT = "name its encoding with --encoding"


def encode(path: Path, content: str, encoding: str) -> bytes:
    """The raw bytes of a content.

    Raises:
        DocumentError: the encoding lacks a character; the message names line and character.
    """
    if encoding == UTF_8:
        return content.encode(UTF_8)
    label = Label.of(encoding)
    try:
        raw = encode_as(content, label)
    except LackingError as error:
        char = content[error.offset]
        line = content.count("\n", 0, error.offset) + 1
        raise DocumentError(
            f"{path}:{line}: {label.codec} has no character {char} (U+{ord(char):04X}), so the "
            "file stays as it is; --to-utf-8 writes it as UTF-8"
        ) from None
    if label.strays and decode_as(raw, label) != content:
        raise DocumentError(
            f"{path}: the bytes that are no characters would become some in {label.codec}, so the "
            "file stays as it is"
        )
    return raw


def decoded(raw: bytes, encoding: str) -> str:
    """The content of raw bytes that `encode` made.

    Raises:
        UnicodeError, LookupError: it did not make them.
    """
    return raw.decode(UTF_8) if encoding == UTF_8 else decode_as(raw, Label.of(encoding))


def in_utf8(encoding: str) -> str:
    """The encoding of a file of another one that is written as UTF-8: stray bytes stay."""
    return str(Label(UTF_8, strays=Label.of(encoding).strays))


def _mark_of(raw: bytes) -> Label | None:
    """What a byte order mark says, but for UTF-8, where it is part of the content."""
    return next((Label(codec, mark=True) for mark, codec in _MARKS if raw.startswith(mark)), None)


def _strictly(path: Path, raw: bytes, label: Label) -> Decoded:
    try:
        return Decoded(decode_as(raw, label), str(label))
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{path}: not valid {label.codec} at byte {error.start}, though it begins so; "
            f"{_NAME_IT}"
        ) from None


def _decode_as_said(path: Path, raw: bytes, codec: str) -> Decoded:
    """The string of bytes in an encoding that the user names."""
    mark = _mark_of(raw)
    if mark is not None and mark.codec.startswith(codec):
        return _strictly(path, raw, mark)
    if codec == "utf-16":  # without a mark
        found, _ = detect(raw)
        if found is None or found.family != "utf-16":
            raise DocumentError(
                f"{path}: has no byte order mark, and its characters do not show its order; choose "
                "--encoding utf-16-le or utf-16-be"
            )
        return Decoded(found.content, str(found.label))
    label = Label(codec)
    try:
        content = decode_as(raw, label)
    except UnicodeDecodeError as error:
        label = Label(codec, strays=True)
        content = decode_as(raw, label)
        if strays_of(content) * _PER_STRAY > len(content):
            raise DocumentError(
                f"{path}: not valid {codec} at byte {error.start}; name another --encoding"
            ) from None
    if not is_faithful(raw, content, label):
        raise DocumentError(
            f"{path}: its bytes do not come back from {codec}; name another --encoding"
        )
    return Decoded(content, str(label))
