"""Spaces that setting and recognition put between characters: which lines are set wide.

A justified line is stretched by spaces (``高 龄 、 有 脑 梗``), and an OCR engine's text layer has
one between any two words. What gives such a line away is characters and marks that stand alone,
many of them, which are words once the spaces are gone. Titles, bylines, names and menus have
spaces too, but words between them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import partial
from itertools import islice, pairwise
from typing import NamedTuple

from textclean.layout.bigrams import meets
from textclean.text.classes import HAN_CLASS, MARK_CLASS, is_han
from textclean.text.patterns import pattern

_LINE = pattern(r"[^\r\n]*[^\s][^\r\n]*")
_GAP = pattern(r"(?<=\S)[ \t\u3000]{1,8}(?=\S)")
_CHINESE = pattern(f"[{HAN_CLASS}{MARK_CLASS}]")
_BESIDE = pattern(f"[{HAN_CLASS}{MARK_CLASS}A-Za-z0-9,.:;!?()\"'%\\[\\]/+-]")
_HAN = pattern(f"[{HAN_CLASS}]")
#: Lines to either side that a line is judged by.
_REACH = 8


class _Count(NamedTuple):
    """What a line looks like; what only a line with many pieces of one character is asked, is 0
    of others.
    """

    start: int
    end: int
    han: int
    #: Pieces between spaces, and those of them that are one character or one mark.
    pieces: int
    alone: int
    #: Different ones of all pieces.
    kinds: int
    #: Spaces between two Han characters, and those where the two are seen together elsewhere.
    gaps: int
    met: int

    @property
    def wide(self) -> bool:
        """Whether the line by itself is surely set wide."""
        return (
            self.gaps >= 3
            and self.pieces >= 5
            and 10 * self.alone >= 3 * self.pieces
            and 5 * self.pieces >= 2 * self.han
            and 2 * self.met >= self.gaps
            and 2 * self.kinds > self.pieces
        )


_make_count = partial(tuple.__new__, _Count)


def _count(text: str, start: int, end: int) -> _Count:
    line = text[start:end]
    spaced = line.replace("\u3000", " ").replace("\t", " ")
    pieces = [piece for piece in spaced.split(" ") if piece]
    singles = [piece for piece in pieces if len(piece) == 1]
    alone = sum([bool(_CHINESE.match(piece)) for piece in singles])
    gaps = met = 0
    if 10 * alone < 3 * len(pieces):  # most lines: not set wide, whatever stands beside its gaps
        return _make_count((start, end, 0, len(pieces), alone, 0, 0, 0))
    for one, two in pairwise(pieces):
        if is_han(one[-1]) and is_han(two[0]):
            gaps += 1
            met += meets(one[-1], two[0])
    han, kinds = len(_HAN.findall(line)), len(set(pieces))
    return _Count(start, end, han, len(pieces), alone, kinds, gaps, met)


def wide_gaps(text: str) -> Iterator[tuple[int, int]]:
    """The spaces of lines that are set wide, but for those between Latin words and numbers."""
    bounds = [match.span() for match in _LINE.finditer(text)]
    lines = {
        at: _count(text, start, end)
        for at, (start, end) in enumerate(bounds)
        if text.find(" ", start, end) >= 0
        or text.find("\u3000", start, end) >= 0
        or text.find("\t", start, end) >= 0
    }
    wide = {at for at, line in lines.items() if line.wide}
    if not wide:
        return
    for at, line in lines.items():
        if at not in wide:
            near = range(max(0, at - _REACH), min(len(bounds), at + _REACH + 1))
            spaced = sum(lines[other].han for other in near if other in wide)
            if not spaced or not line.alone:
                continue
            around = sum(len(_HAN.findall(text, *bounds[other])) for other in near if other != at)
            if 2 * spaced <= around:
                continue
        for gap in _GAP.finditer(text, line.start, line.end):
            before, behind = text[gap.start() - 1], text[gap.end()]
            if (_CHINESE.match(before) and _BESIDE.match(behind)) or (
                _CHINESE.match(behind) and _BESIDE.match(before)
            ):
                yield gap.span()


_SEAM = pattern(f"[{HAN_CLASS}][A-Za-z0-9]|[A-Za-z0-9%][{HAN_CLASS}]")
_SPACED_SEAM = pattern(
    f" (?:(?<=[{HAN_CLASS}] )(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%] )(?=[{HAN_CLASS}]))"
)
_CLAUSE_MARK = pattern("[，。；]")
_NUMBERED = pattern(
    r"[ \t\u3000]*(?:(?:[图表第]?[ ]?)?[0-9A-Za-z.]{1,8}"
    r"|第[〇零一二三四五六七八九十百千]{1,8}[编章节条款项])\Z"
)
# Between Chinese characters a space is what is left of a mark, and so it may be beside digits.
_OPEN_SLOT = pattern(f" (?<=[{HAN_CLASS}] )(?=[{HAN_CLASS}][^\r\n，。；]{{0,400}}+[，。；])")
_BLANK = pattern(r"(?:\r\n|[\r\n])[ \t\u3000]*(?:[\r\n][\s]*)")
#: Seams without a space that there must be in the paragraph.
_LEAST_SEAMS = 2
#: Spaced ones to one of them at most.
_MOST_SPACED = 2


def stray_gaps(text: str) -> Iterator[tuple[int, int]]:
    """Spaces between Chinese and Latin letters or digits in a text that elsewhere has none there.

    A writer who sets them sets them everywhere; extraction and recognition see some gaps and not
    others, in one and the same paragraph. Only lines of running prose count, and neither a line's
    number nor a heading. Where marks have been lost, a space may be all that is left of one, and
    stays.
    """
    spaced = [match.start() for match in _SPACED_SEAM.finditer(text)]
    most = len(spaced) // 4
    if not spaced or len([*islice(_OPEN_SLOT.finditer(text), most + 1)]) > most:
        return
    borders = [match.start() for match in _BLANK.finditer(text)]
    starts, ends = [0, *borders], [*borders, len(text)]
    for start, end in zip(starts, ends, strict=True):
        here = spaced[bisect_left(spaced, start) : bisect_left(spaced, end)]
        without = len(_SEAM.findall(text, start, end)) if here else 0
        if without >= _LEAST_SEAMS and len(here) <= _MOST_SPACED * without:
            yield from ((at, at + 1) for at in here if _in_prose(text, at))


def _in_prose(text: str, at: int) -> bool:
    """Whether an offset is in a line of running prose, behind the number that may head it."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    stop = _LINE.match(text, at)
    line = text[start : stop.end() if stop else at]
    return (
        bool(_CLAUSE_MARK.search(line))
        and len(_HAN.findall(line)) >= 6
        and not _NUMBERED.match(text, start, at)
    )
