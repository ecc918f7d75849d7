"""GBK read as Big5 and Big5 read as GBK: ``扂蠅腔馱釬`` for 我们的工作.

Both codecs have a character for nearly every two bytes. What comes out is Han again, but rare, and
without words; what went in is common and has them. A line is told by all of it, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from textclean.text.lexicon_files import read_lexicon
from textclean.text.mojibake.codecs import decode, two_bytes
from textclean.text.mojibake.misreading import Misreading, of
from textclean.text.plausible import plausibility, without_controls

#: Han characters from which a line is told: of one with several words, and of any other.
_FEWEST, _FEWEST_IN_ONE_WORD = 4, 7
#: By how much what comes out must be better Chinese than what it comes from.
_BETTER = 0.4
#: The share of pairs that are words in a wrong reading, at most: in most there is none.
_LIKELY_BY_CHANCE = 0.1


class Swap(NamedTuple):
    """A codec, what it was taken for, and the codecs that undo that, as Python names them."""

    codec: str
    reading: str
    undone: tuple[str, ...]


#: Both swaps.
SWAPS = (
    Swap("GBK", "Big5", ("big5hkscs", "cp950", "big5")),
    Swap("Big5", "GBK", ("gb18030",)),
)


@cache
def swapped_signs() -> str:
    """What frequent characters look like after either reading, but for what is common itself: one
    of these is in nearly every line that was read so.
    """
    written = read_lexicon(Path(__file__).parents[1] / "data" / "swapped_signs.txt")
    return written.replace("\n", "")


def swapped_misreadings(text: str, places: Iterable[int]) -> Iterator[Misreading]:
    """What of a text is GBK that was read as Big5, or the reverse, in order of place.

    Args:
        places: where one of `swapped_signs` stands, in order.
    """
    done = 0
    for at in places:
        if at < done:
            continue
        found = None
        for swap in SWAPS:
            start, end = _bounds(text, at, done, swap.undone[0])
            found = found or _told(text, start, end, swap)
        if found:
            yield found
        # What a line is not by one of its signs it is not by another.
        done = found.end if found else end


def _bounds(text: str, at: int, lowest: int, codec: str) -> tuple[int, int]:
    """The stretch of a line around a place whose characters a codec has in two bytes at most."""
    start, end = at, at + 1
    while start > lowest and text[start - 1] not in "\r\n" and two_bytes(text[start - 1], codec):
        start -= 1
    while end < len(text) and text[end] not in "\r\n" and two_bytes(text[end], codec):
        end += 1
    return start, end


def _told(text: str, start: int, end: int, swap: Swap) -> Misreading | None:
    """What a stretch was before a swap, if that is Chinese and it is none as it stands."""
    span = text[start:end]
    before = plausibility(without_controls(span))
    if not before.odd and before.words > _LIKELY_BY_CHANCE * before.pairs:
        return None
    for undone in swap.undone:
        try:
            written = span.encode(undone)
        except UnicodeEncodeError:
            continue
        decoded = decode(written, swap.codec)
        if decoded is None or written.decode(undone) != span:
            continue
        after = plausibility(without_controls(decoded))
        better = before.odd or after.score >= _BETTER + before.score
        enough = (after.words > 1 and after.han >= _FEWEST) or after.han >= _FEWEST_IN_ONE_WORD
        if better and enough and after.is_chinese:
            how = of(swap.codec, swap.reading)
            if "\ufffd" in (text[start - 1 : start], text[end : end + 1]):
                return Misreading(start, end, decoded, f"{how}, with bytes lost")
            return Misreading(start, end, decoded, how, exact=True)
    return None
