"""GBK read as Big5 and Big5 read as GBK: ``扂蠅腔馱釬`` for 我们的工作.

Both codecs have a character for nearly every two bytes. What comes out is Han again, but rare, and
without words; what went in is common and has them. A line is told by all of it, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from textclean.text.mojibake.codecs import CODECS, decode, two_bytes
from textclean.text.mojibake.misreading import Misreading, of
from textclean.text.patterns import pattern
from textclean.text.plausible import common_characters, plausibility

#: The most frequent characters of Chinese prose, in both scripts.
_FREQUENT = (
    "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動"
    "同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着等部度家电電力里如水化高自二理起"
)
#: Han characters from which a line is told.
_FEWEST = 4
#: The share of pairs that are words in a wrong reading, at most: in most there is none.
_LIKELY_BY_CHANCE = 0.1


class _Swap(NamedTuple):
    """A codec, what it was taken for, and the codecs that undo that, as Python names them."""

    codec: str
    reading: str
    undone: tuple[str, ...]


_SWAPS = (
    _Swap("GBK", "Big5", ("big5hkscs", "cp950", "big5")),
    _Swap("Big5", "GBK", ("gb18030",)),
)


@cache
def swapped_signs() -> str:
    """What frequent characters look like after either reading, but for what is common itself: one
    of these is in nearly every line that was read so.
    """
    signs: set[str] = set()
    for codec, _, undone in _SWAPS:
        for char in _FREQUENT:
            for name in CODECS[codec]:
                written = char.encode(name, "ignore")
                signs.update(written.decode(undone[0], "ignore") if len(written) == 2 else "")
    others = signs - common_characters()
    return "".join(sorted(char for char in others if "\u4e00" <= char < "\uf900"))


@cache
def _sign() -> re.Pattern[str]:
    return re.compile(f"[{swapped_signs()}]")


def swapped_misreadings(text: str) -> Iterator[Misreading]:
    """What of a text is GBK that was read as Big5, or the reverse, in order of place."""
    done = 0
    for match in _sign().finditer(text):
        at = match.start()
        if at < done:
            continue
        found = None
        for swap in _SWAPS:
            start, end = _bounds(text, at, done, swap.undone[0])
            found = found or _told(text, start, end, swap)
        if found:
            yield found
            done = found.end


def _bounds(text: str, at: int, lowest: int, codec: str) -> tuple[int, int]:
    """The stretch of a line around a place whose characters a codec has in two bytes at most."""
    start, end = at, at + 1
    while start > lowest and text[start - 1] not in "\r\n" and two_bytes(text[start - 1], codec):
        start -= 1
    while end < len(text) and text[end] not in "\r\n" and two_bytes(text[end], codec):
        end += 1
    return start, end


def _told(text: str, start: int, end: int, swap: _Swap) -> Misreading | None:
    """What a stretch was before a swap, if that is Chinese and it is none as it stands."""
    span = text[start:end]
    before = plausibility(span)
    if before.words > _LIKELY_BY_CHANCE * before.pairs:
        return None
    for undone in swap.undone:
        try:
            written = span.encode(undone)
        except UnicodeEncodeError:
            continue
        decoded = decode(written, swap.codec)
        if decoded is None or written.decode(undone) != span:
            continue
        after = plausibility(decoded)
        if after.is_chinese and after.han >= _FEWEST and after.words >= 2 + 2 * before.words:
            how = of(swap.codec, swap.reading)
            if "\ufffd" in (text[start - 1 : start], text[end : end + 1]):
                return Misreading(start, end, decoded, f"{how}, with bytes lost")
            return Misreading(start, end, decoded, how, exact=True)
    return None
