"""Text that was read in another encoding than it was written in: ``ä½\xa0å¥½`` for 你好.

A reading is believed only if the characters, written back as bytes in the encoding they were taken
for, are strictly valid in the one they come from, and more than one character comes out: no prose
does that by chance. ``â€™`` and ``Ã©``, which come singly, have no other meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from textclean.text.classes import PAUSE_CLASS
from textclean.text.memo import remembered
from textclean.text.patterns import pattern
from textclean.text.variants import standard_characters


class Misreading(NamedTuple):
    """A span that was read wrong, what it was if that can be told, and how it came about."""

    start: int
    end: int
    decoded: str
    how: str


# What bytes 80 to BF look like in Windows-1252 and Latin-1. A no-break space may have become a
# plain one.
_BYTES = bytes(range(0x80, 0xA0)).decode("cp1252", "ignore") + "\x80-\xbf"
_NEXT = f"[{_BYTES}]"
_FIRST_BYTE = pattern("[\xc2-\xef]")
_THREE = f"[\xe0-\xef](?:{_NEXT}{{2}}|{_NEXT} (?=[\xe0-\xef])| {_NEXT})"
_UTF8_AS_LATIN = pattern(
    f"{_THREE}(?:{_THREE}|[\xc2\xc3]{_NEXT}|[ -~]{{1,3}}(?={_THREE}))*{_THREE}"
    rf"|\xe2\u20ac(?:{_NEXT}|(?![\s\w]))|\xef\xbb\xbf|[\xc2\xc3]{_NEXT}"
)
# Every misreading as Latin begins so: most texts have none, and one scan shows that.
_TWO_OF_LATIN = pattern(f"[\xa1\xa3\xb0-\xb6\xb8-\xef][ {_BYTES}\xc0-\xfe]")
# Level 1 of GB 2312: characters in common use.
_GBK_AS_LATIN = pattern("(?:[\xb0-\xb6\xb8-\xd7][\xa1-\xfe]|\xa3[\xa1-\xfe]|\xa1[\xa2-\xb7]){3,}")
#: So many characters are read at once.
_LONGEST = 60
#: What a first byte of UTF-8 and its second look like in GBK.
_FIRSTS = "".join(
    bytes((first, second)).decode("gbk", "ignore")
    for first in (*range(0xE4, 0xEA), 0xEF)
    for second in range(0x80, 0xC0)
)
_UTF8_AS_GBK = pattern(f"[{_FIRSTS}][\u4e00-\u9fff]{{1,{_LONGEST - 1}}}")
#: Memory that was never filled, and replacement characters, read as GBK.
_LOST = pattern("(?:锟斤拷)+|烫烫烫烫*|屯屯屯屯*")
#: One of these is in every misreading.
SIGNS = f"\xa1\xa3\xb0-\xef锟烫屯{_FIRSTS}"


@remembered(2, longest=40_000)
def misreadings(text: str) -> list[Misreading]:
    """What of a text was read in a wrong encoding, in order."""
    found = [*_lost(text), *_as_latin(text), *_as_gbk(text)]
    return sorted(found)


def is_misread(text: str, at: int) -> bool:
    """Whether a character that stands for a byte is part of a misreading."""
    near = text[max(0, at - 2) : at + 3]
    return bool(_FIRST_BYTE.search(near)) and any(
        start <= at < end for start, end, _, _ in misreadings(text)
    )


def lost_spans(text: str) -> list[tuple[int, int]]:
    """The spans of what stands for bytes that are lost: 锟斤拷, 烫烫烫."""
    held = any(_holds(text, lost) for lost in ("锟斤拷", "烫烫烫", "屯屯屯"))
    return [match.span() for match in _LOST.finditer(text)] if held else []


def _holds(text: str, string: str) -> bool:
    """Whether a text holds a string of rare characters: one is found many times as fast."""
    at = text.find(string[0])
    while at >= 0 and not text.startswith(string, at):
        at = text.find(string[0], at + 1)
    return at >= 0


def _lost(text: str) -> Iterator[Misreading]:
    for start, end in lost_spans(text):
        yield Misreading(start, end, "", "lost characters or empty memory, read as GBK")


def _as_latin(text: str) -> Iterator[Misreading]:
    if not _TWO_OF_LATIN.search(text):
        return
    for match in _UTF8_AS_LATIN.finditer(text):
        if decoded := _decoded(_to_bytes(match.group()), "utf-8"):
            yield Misreading(*match.span(), decoded, "UTF-8, read as Windows-1252")
    for match in _GBK_AS_LATIN.finditer(text):
        if decoded := _decoded(match.group().encode("latin-1"), "gb2312"):
            yield Misreading(*match.span(), decoded, "GBK, read as Latin-1")


def _to_bytes(text: str) -> bytes:
    return b"".join(
        b"\xa0" if char == " " else char.encode("latin-1" if char < "\u0100" else "cp1252")
        for char in text
    )


def _as_gbk(text: str) -> Iterator[Misreading]:
    at = 0
    while match := _UTF8_AS_GBK.search(text, at):
        start = match.start()
        # Three bytes of UTF-8 are a character and a half: what is left over is not read.
        written = match.group().encode("gbk", "ignore").decode("utf-8", "replace")
        read = "".join(takewhile(_is_common, written))
        at = start + (3 * len(read) + 1) // 2 if len(read) > 1 else start + 1
        if len(read) > 1:
            yield Misreading(start, at, read, "UTF-8, read as GBK")


def _is_common(char: str) -> bool:
    return char in PAUSE_CLASS or char in standard_characters()


def _decoded(written: bytes, encoding: str) -> str:
    try:
        return written.decode(encoding)
    except UnicodeDecodeError:
        return ""
