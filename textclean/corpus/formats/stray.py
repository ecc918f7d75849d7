"""Bytes that no encoding reads: kept in the text by a character that stands for each, and back.

A text that rules and users see is Unicode, without lone surrogates. So a stray byte is a character
of the last private plane, U+10FE00 and its value, which no rule touches and C110 reports. A content
that holds such characters itself is not read so, for nobody could tell them apart.

An encoding is written as Python's name of its codec, with ``+bom`` where a byte order mark stands
before it that is no part of the content, and ``+stray`` where some bytes are kept in this way:
``utf-16-le+bom``, ``gb18030+stray``.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from textclean.text.classes import STRAY_BYTES

_STRAY = re.compile(f"([{STRAY_BYTES}]+)")
_FIRST = ord(STRAY_BYTES[0])
_HANDLER = "textclean.stray"
_MARKS = {
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


class Label(NamedTuple):
    """An encoding, and what is kept beside it."""

    codec: str
    #: Whether a byte order mark stands before the content.
    mark: bool = False
    #: Whether bytes that the codec does not read are kept.
    strays: bool = False

    @classmethod
    def of(cls, name: str) -> Label:
        """The encoding that a string names.

        Raises:
            LookupError: there is no such codec.
        """
        codec, *flags = name.split("+")
        codecs.lookup(codec)
        return cls(codec, "bom" in flags, "stray" in flags)

    def __str__(self) -> str:
        return f"{self.codec}{'+bom' * self.mark}{'+stray' * self.strays}"


class LackingError(ValueError):
    """A character that an encoding does not have, and where it stands."""

    def __init__(self, offset: int) -> None:
        self.offset = offset


def decode_as(raw: bytes, label: Label) -> str:
    """Bytes as a string.

    Raises:
        UnicodeDecodeError: the bytes are not in the encoding; never of one with strays.
    """
    if label.mark:
        raw = raw.removeprefix(_MARKS[label.codec])
    return raw.decode(label.codec, _HANDLER if label.strays else "strict")


def encode_as(content: str, label: Label) -> bytes:
    """A string as bytes.

    Raises:
        LackingError: the encoding lacks a character.
    """
    parts = [_MARKS[label.codec]] if label.mark else []
    at = 0
    for piece in _STRAY.split(content) if label.strays else (content,):
        if label.strays and _STRAY.fullmatch(piece):
            parts.append(bytes(ord(char) - _FIRST for char in piece))
        else:
            try:
                parts.append(piece.encode(label.codec))
            except UnicodeEncodeError as error:
                raise LackingError(at + error.start) from None
        at += len(piece)
    return b"".join(parts)


def is_faithful(raw: bytes, content: str, label: Label) -> bool:
    """Whether a content gives its bytes again."""
    try:
        return encode_as(content, label) == raw
    except LackingError:
        return False


def strays_of(content: str) -> int:
    """How many characters of a content stand for a byte."""
    return sum(map(len, _STRAY.findall(content)))


def _keep(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    kept = error.object[error.start : error.end]
    return "".join(chr(_FIRST + byte) for byte in kept), error.end


codecs.register_error(_HANDLER, _keep)
