"""The model of codecs: which characters stand for bytes, and how a text is turned back into them.

Nothing here knows what is likely; it only knows what a codec does. A *reading* is how bytes were
taken for characters (the wrong way), a *codec* what they had been written in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

#: What Windows-1252 has where Latin-1 has the controls C1.
SPECIALS = bytes(range(0x80, 0xA0)).decode("cp1252", "ignore")
#: The bytes that Windows-1252 leaves undefined: programs read them as the controls of Latin-1.
_UNDEFINED = "\x81\x8d\x8f\x90\x9d"
#: The inside of a class: what bytes 80 to FF, and 80 to BF, look like in either.
HIGH_CLASS = f"\x80-\xff{SPECIALS}"
NEXT_CLASS = f"\x80-\xbf{SPECIALS}"

_TO_BYTES = {ord(special): special.encode("cp1252")[0] for special in SPECIALS}
_FROM_BYTES = {byte: special for special, byte in _TO_BYTES.items()}
_IS_SPECIAL = re.compile(f"[{SPECIALS}]")
_IS_DEFINED_CONTROL = re.compile(f"(?![{_UNDEFINED}])[\x80-\x9f]")

Reading = Literal["Latin-1", "Windows-1252", "GBK", "Big5"]

#: The codecs of each name, the more widely used first: what programs call Big5 differs.
CODECS = {
    "UTF-8": ("utf-8",),
    "GBK": ("gbk", "gb18030"),
    "Big5": ("big5", "cp950", "big5hkscs"),
}


def latin_bytes(text: str) -> bytes:
    """The bytes that characters of Latin-1 or Windows-1252 stand for.

    Raises:
        UnicodeEncodeError: a character stands for none.
    """
    return text.translate(_TO_BYTES).encode("latin-1")


def latin_reading(text: str) -> Reading | None:
    """By which of the two a text was read, if it can have been one alone.

    Where it shows neither controls nor what Windows-1252 has in their place, both give the same.
    """
    if _IS_SPECIAL.search(text):
        return None if _IS_DEFINED_CONTROL.search(text) else "Windows-1252"
    return "Latin-1"


def read_as_latin(written: bytes, reading: Reading) -> str:
    """Bytes as a program takes them for Latin-1 or Windows-1252."""
    text = written.decode("latin-1")
    return text.translate(_FROM_BYTES) if reading == "Windows-1252" else text


def decode(written: bytes, name: str) -> str | None:
    """Bytes in one of the codecs of a name, strictly and without loss; None if they are none."""
    for codec in CODECS[name]:
        try:
            text = written.decode(codec)
            if text.encode(codec) == written:
                return text
        except UnicodeError:
            continue
    return None


@lru_cache(32_768)
def gbk_bytes(char: str) -> bytes:
    """The bytes that GBK has a character for, one or two; empty if there are none.

    Where a program reads byte 80 at all, it is the euro sign, or a control.
    """
    if char in "\x80€":
        return b"\x80"
    written = two_bytes(char, "gb18030")
    return written if written.decode("gb18030") == char else b""


@lru_cache(32_768)
def two_bytes(char: str, codec: str) -> bytes:
    """The bytes of a character in a Chinese codec: one of ASCII, or two; empty if neither."""
    if char.isascii():
        return char.encode("ascii")
    try:
        written = char.encode(codec)
    except UnicodeEncodeError:
        return b""
    return written if len(written) == 2 else b""
