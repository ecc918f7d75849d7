"""Spaces that the page or a program put into lines: between all words or characters, and stray ones
beside digits.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from textclean.text.classes import HAN_CLASS, MARK_CLASS, SPACE_CLASS, is_han
from textclean.text.patterns import pattern

_LINE = pattern(r"[^\r\n]*[^\s][^\r\n]*")
_GAP = pattern(rf"(?<=\S)[{SPACE_CLASS}]{{1,8}}(?=\S)")
_CHINESE = pattern(f"[{HAN_CLASS}{MARK_CLASS}]")
_BESIDE = pattern(f"[{HAN_CLASS}{MARK_CLASS}A-Za-z0-9,.:;!?()\"'%\\[\\]/+-]")
_HAN = pattern(f"[{HAN_CLASS}]")
# What makes a line an item or a heading is the mark and the space behind it.
_ITEM = pattern(rf"[{SPACE_CLASS}]*(?:[-+*]|#{{1,6}}|[0-9]{{1,3}}[.)])[{SPACE_CLASS}]+")


def wide_gaps(text: str, lines: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spaces of lines whose words or characters are set apart (`text.kinds.spaces`), except
    between Latin words and numbers, and behind the bullet or number of an item.
    """
    for start, end in lines:
        item = _ITEM.match(text, start, end)
        for gap in _GAP.finditer(text, item.end() if item else start, end):
            before, behind = text[gap.start() - 1], text[gap.end()]
            if (_CHINESE.match(before) and _BESIDE.match(behind)) or (
                _CHINESE.match(behind) and _BESIDE.match(before)
            ):
                yield gap.span()


_SEAM = pattern(f"[{HAN_CLASS}][A-Za-z0-9]|[A-Za-z0-9%][{HAN_CLASS}]")
# A space between what is Latin and what may be Chinese, on either side.
_BEFORE_LATIN = pattern(r" (?<=[^\x00-\x7f] )(?=[A-Za-z0-9])")
_BEHIND_LATIN = pattern(r" (?<=[A-Za-z0-9%] )(?=[^\x00-\x7f])")
_CLAUSE_MARK = pattern("[，。；]")
_NUMBERED = pattern(
    rf"[{SPACE_CLASS}]*(?:(?:[图表第]?[ ]?)?[0-9A-Za-z.]{{1,8}}"
    r"|第[〇零一二三四五六七八九十百千]{1,8}[编章节条款项])\Z"
)
# A space between Chinese characters is the rest of a mark; then one beside digits may be, too.
_OPEN_SLOT = pattern(f" (?<=[{HAN_CLASS}] )(?=[{HAN_CLASS}][^\r\n，。；]{{0,400}}+[，。；])")
_BLANK = pattern(rf"(?:\r\n|[\r\n])[{SPACE_CLASS}]*(?:[\r\n][\s]*)")
#: Seams without a space that a paragraph must have.
_LEAST_SEAMS = 2
#: Spaced seams for each of them, at most.
_MOST_SPACED = 2


def stray_gaps(text: str) -> Iterator[tuple[int, int]]:
    """Spaces between Chinese and Latin letters or digits in a text that elsewhere has none there.

    A writer who sets such spaces sets them everywhere; extraction and recognition see some of the
    gaps in a paragraph. Only lines of running prose count, not a line's number or a heading. Where
    spaces between Chinese show that marks were lost, all stay: the punctuation stage judges them.
    """
    before = [match.start() for match in _BEFORE_LATIN.finditer(text)]
    behind = [match.start() for match in _BEHIND_LATIN.finditer(text)]
    spaced = sorted(
        [at for at in before if is_han(text[at - 1])]
        + [at for at in behind if is_han(text[at + 1])]
    )
    most = len(spaced) // 4
    if not spaced or len([*islice(_OPEN_SLOT.finditer(text), most + 1)]) > most:
        return
    borders = [match.start() for match in _BLANK.finditer(text)]
    starts, ends = [0, *borders], [*borders, len(text)]
    for start, end in zip(starts, ends, strict=True):
        here = spaced[bisect_left(spaced, start) : bisect_left(spaced, end)]
        without = len(_SEAM.findall(text, start, end)) if here else 0
        if without >= _LEAST_SEAMS and len(here) <= _MOST_SPACED * without:
            yield from ((at, at + 1) for at in _in_prose(text, here))


def _in_prose(text: str, offsets: Sequence[int]) -> Iterator[int]:
    """The offsets, ascending, in lines of running prose, behind the number that may head a line."""
    start = end = -1
    is_prose = False
    for at in offsets:
        if at >= end:
            start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
            stop = _LINE.match(text, at)
            end = stop.end() if stop else at
            line = text[start:end]
            is_prose = bool(_CLAUSE_MARK.search(line)) and len(_HAN.findall(line)) >= 6
        if is_prose and not _NUMBERED.match(text, start, at):
            yield at
