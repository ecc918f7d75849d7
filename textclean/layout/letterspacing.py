"""Letterspacing: spaces that justification and OCR put between characters.

A justified line is stretched by spaces (``高 龄 、 有 脑 梗``), and the text layer of an OCR engine
has one between any two words. Such a line has many characters and marks that stand alone and are
words without the spaces. Titles, bylines, names and menus have words between their spaces.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice, pairwise
from typing import NamedTuple

from textclean.layout.bigrams import meets
from textclean.text.classes import HAN_CLASS, MARK_CLASS, SPACE_CLASS, is_han
from textclean.text.patterns import pattern

_LINE = pattern(r"[^\r\n]*[^\s][^\r\n]*")
_GAP = pattern(rf"(?<=\S)[{SPACE_CLASS}]{{1,8}}(?=\S)")
_CHINESE = pattern(f"[{HAN_CLASS}{MARK_CLASS}]")
_BESIDE = pattern(f"[{HAN_CLASS}{MARK_CLASS}A-Za-z0-9,.:;!?()\"'%\\[\\]/+-]")
_HAN = pattern(f"[{HAN_CLASS}]")
#: Lines to either side that a line is judged by.
_REACH = 8


class _Counts(NamedTuple):
    """Counts of a line; those behind `alone` are 0 unless many pieces are single characters."""

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
        """Whether the line is certainly letterspaced, without its neighbours."""
        return (
            self.gaps >= 3
            and self.pieces >= 5
            and 10 * self.alone >= 3 * self.pieces
            and 5 * self.pieces >= 2 * self.han
            and 2 * self.met >= self.gaps
            and 2 * self.kinds > self.pieces
        )


_make_counts = partial(tuple.__new__, _Counts)


def _count(text: str, start: int, end: int) -> _Counts:
    line = text[start:end]
    spaced = line.replace("\u3000", " ").replace("\t", " ")
    pieces = [piece for piece in spaced.split(" ") if piece]
    singles = [piece for piece in pieces if len(piece) == 1]
    alone = sum([bool(_CHINESE.match(piece)) for piece in singles])
    gaps = met = 0
    if 10 * alone < 3 * len(pieces):  # most lines: not set wide, whatever stands beside its gaps
        return _make_counts((start, end, 0, len(pieces), alone, 0, 0, 0))
    for piece, following in pairwise(pieces):
        if is_han(piece[-1]) and is_han(following[0]):
            gaps += 1
            met += meets(piece[-1], following[0])
    han, kinds = len(_HAN.findall(line)), len(set(pieces))
    return _Counts(start, end, han, len(pieces), alone, kinds, gaps, met)


def wide_gaps(text: str) -> Iterator[tuple[int, int]]:
    """The spaces of letterspaced lines, except between Latin words and numbers."""
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
            spaced = sum(lines[number].han for number in near if number in wide)
            if not spaced or not line.alone:
                continue
            around = sum(
                len(_HAN.findall(text, *bounds[number])) for number in near if number != at
            )
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
