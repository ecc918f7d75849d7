"""The middle layer of a file: its raw bytes, and the string that they encode.

UTF-8 and nothing else so far: a file that is not UTF-8 is refused with what it seems to be;
guessing would invent text.
"""

from __future__ import annotations

import codecs
import shlex
from pathlib import Path
from typing import NamedTuple

from textclean.config import Config
from textclean.errors import DocumentError

#: The encoding of a file where nothing else is said.
UTF_8 = "utf-8"

#: What messages call standard input that has no other name.
STANDARD_INPUT = Path("standard input")

# UTF-32's marks begin with UTF-16's, so they come first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SAMPLE = 1 << 16


class Decoded(NamedTuple):
    """A string, and the encoding that makes the same bytes of it again."""

    content: str
    encoding: str


def decode(path: Path, raw: bytes, config: Config) -> Decoded:
    """The string that raw bytes encode.

    Raises:
        DocumentError: the bytes are binary or not UTF-8; the message names the likely encoding.
    """
    return Decoded(_decode_utf8(path, raw), UTF_8)


def encode(content: str, encoding: str) -> bytes:
    """The raw bytes of a content."""
    return content.encode(encoding)


def _decode_utf8(path: Path, data: bytes) -> str:
    """A file's bytes as a string: line breaks and a byte order mark stay in it as they are.

    Raises:
        DocumentError: the bytes are binary or not UTF-8; the message names the likely encoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            raise DocumentError(
                f"{path}: not UTF-8 but {encoding}, by its first bytes{_iconv(path, encoding)}"
            )
    if (zero := data.find(b"\0")) >= 0:
        raise DocumentError(
            f"{path}: a binary file, not text: byte {zero} is zero; skip it with --exclude"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        likely = _probable_encoding(data)
        hint = (
            f"; it may be {likely}{_iconv(path, likely)}"
            if likely
            else "; find out its encoding and convert it with iconv"
        )
        raise DocumentError(f"{path}: not valid UTF-8 at byte {error.start}{hint}") from None


def _probable_encoding(data: bytes) -> str | None:
    """The encoding whose reading of the first bytes is mostly Chinese, if one's is."""
    best: str | None = None
    share = 0.5
    for encoding in ("GB18030", "Big5"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(data[:_SAMPLE])
        except UnicodeDecodeError:
            continue
        wide = [char for char in text if not char.isascii()]
        # Common characters, not the rare ones that a wrong reading is made of.
        common = sum(_is_common(char) for char in wide)
        if wide and common / len(wide) > share:
            best, share = encoding, common / len(wide)
    return best


def _is_common(char: str) -> bool:
    """Whether GB 2312's first level or Big5's frequent plane has the character, or it is a mark."""
    if char in "，。、；：？！“”‘’（）《》　「」":
        return True
    try:
        first = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        try:
            first = char.encode("big5")[0]
        except UnicodeEncodeError:
            return False
        return 0xA4 <= first <= 0xC6
    return 0xB0 <= first <= 0xD7


def _iconv(path: Path, encoding: str) -> str:
    if path == STANDARD_INPUT:
        return ""
    fresh = path.with_name(f"{path.stem}.utf8{path.suffix}")
    return (
        f": run  iconv -f {encoding} -t UTF-8 {shlex.quote(str(path))} > {shlex.quote(str(fresh))}"
        "  and take the new file instead"
    )
