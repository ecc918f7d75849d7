"""Columns interleaved line by line, as pdfminer leaves them: sorted apart where that is clear.

Each line of the text is a line of one of two to four columns, and in each column the order is
right; what is lost is which line belongs to which. Lines are dealt out one by one, each to the
column whose last line it continues best (`continuity`), by a beam search over all ways to do so.
The best way must read much better than the text as it stands; otherwise nothing is sorted. Read are
then the columns one after the other, by their first lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from textclean.layout.captions import Role, role
from textclean.layout.stitching import ended
from textclean.text.patterns import pattern


class _Way(NamedTuple):
    """One way to deal out the lines so far."""

    score: float
    #: For each column its last line.
    ends: tuple[int, ...]
    #: The column of each line.
    columns: tuple[int, ...]


_LINE = pattern(r"[^\n]*\S[^\n]*")
_HAN = pattern(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_MOST_COLUMNS = 4
_BEAM = 40
#: Lines that are sorted at once, at least and at most.
_FEWEST, _MOST, _FEWEST_TOGETHER = 12, 600, 8
#: Widths of a typical line from which a line runs across columns.
_ACROSS = 1.3
#: Widths of a typical line below which one that does not end a sentence is a heading or caption.
_SHORTEST = 0.6
#: No single seam says more than this, in nats.
_CLEAR = 4.0
#: Of two measures of a seam, as in `stitching`.
_JOIN, _SUITS = 0.9, 0.5
#: Log-odds: of opening another column; by which a line must read better, on average, than it does
#: in the order that is there; from which a line reads on at all.
_OPENING = -4.0
#: What another column must be worth, a line.
_ANOTHER = 0.25
_BETTER = 1.0
#: Log-odds for the line that stands next: in doubt lines stay together.
_STAYING = 0.3
_READS_ON = -0.5
#: Share of the lines that do not read on from the one before; of fewer nothing is sorted.
_TORN = 0.2


def order(text: str) -> list[tuple[int, int]] | None:
    """The lines of a text in the order of its columns, as spans; None to leave it as it is."""
    lines = [(found.start(), found.end()) for found in _LINE.finditer(text)]
    if not _FEWEST <= len(lines) <= _MOST:
        return None
    texts = [text[start:end] for start, end in lines]
    wide = median(map(len, map("".join, map(str.split, texts))))
    running = [number for number, line in enumerate(texts) if _running(line, wide)]
    if len(running) < _FEWEST:
        return None
    page = _Page([texts[number] for number in running])
    if page.torn() < _TORN:
        return None
    sorted_lines: list[int] = []
    moved = False
    last = 0
    for first, stop in page.sections():
        begin = running[first]
        end = running[stop] if stop < len(running) else len(lines)
        sorted_lines += range(last, begin)
        columns = page.columns(first, stop)
        last = end
        if columns is None:
            sorted_lines += range(begin, end)
            continue
        moved = True
        column = dict(zip(running[first:stop], columns, strict=True))
        streams: list[list[int]] = [[] for _ in range(max(columns) + 1)]
        current = 0
        for number in range(begin, end):
            current = column.get(number, current)
            streams[current].append(number)
        sorted_lines += (number for stream in streams for number in stream)
    sorted_lines += range(last, len(lines))
    return [lines[number] for number in sorted_lines] if moved else None


def _running(line: str, wide: float) -> bool:
    """Whether a line is part of running text: a caption between columns belongs to none."""
    if len(_HAN.findall(line)) < 1 or role(line) not in (Role.PROSE, Role.LINE):
        return False
    return ended(line) or len("".join(line.split())) >= _SHORTEST * wide


class _Page:
    """The running lines of a page, and how well each reads on in each other."""

    def __init__(self, texts: Sequence[str]) -> None:
        from textclean.layout import continuity

        self._folded = list(map(continuity.fold, texts))
        self._tails = list(map(continuity.tail_of, self._folded))
        self._heads = list(map(continuity.head_of, self._folded))
        self._begun = [continuity.begun_score(head) / continuity.SCALE for head in self._heads]
        self._ended = list(map(ended, texts))
        self._indented = [line[:1].isspace() for line in texts]
        self._indents = sum(self._indented) >= 3
        self._width = median(map(len, self._folded))
        self._reads: dict[tuple[int, int], float] = {}
        self._vectors: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}

    def reads(self, one: int, two: int) -> float:
        """How well one line reads on in another, in nats; no seam says more than `_CLEAR`."""
        value = self._reads.get((one, two))
        if value is None:
            value = max(min(self._read(one, two), _CLEAR), -_CLEAR)
            self._reads[one, two] = value
        return value

    def _read(self, one: int, two: int) -> float:
        from textclean.layout import continuity, encoder

        if self._ended[one]:
            if self._indented[two]:
                return 1.5
            full = len(self._folded[one]) >= self._width * 0.8
            if self._indents and not full:
                return -_CLEAR  # another paragraph would be indented
            return (0.0 if full else 1.0) - self._begun[two]
        if self._indented[two]:
            return -_CLEAR
        join = continuity.join_score(self._tails[one], self._heads[two]) / continuity.SCALE
        suits = encoder.product(self._vector(one)[0], self._vector(two)[1]) / encoder.SCALE
        return _JOIN * join + _SUITS * suits

    def _vector(self, number: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        from textclean.layout import encoder

        if number not in self._vectors:
            folded = self._folded[number]
            self._vectors[number] = encoder.encode_tail(folded), encoder.encode_head(folded)
        return self._vectors[number]

    def torn(self) -> float:
        """The share of the lines that do not read on from the one before."""
        seams = [self.reads(one, two) for one, two in pairwise(range(len(self._folded)))]
        return sum(value < _READS_ON for value in seams) / len(seams)

    def sections(self) -> Iterator[tuple[int, int]]:
        """Stretches of lines between those that run across columns: headlines."""
        first = 0
        for number, line in enumerate(self._folded):
            if len(line) > _ACROSS * self._width:
                if first < number:
                    yield first, number
                first = number + 1
        if first < len(self._folded):
            yield first, len(self._folded)

    def columns(self, first: int, stop: int) -> tuple[int, ...] | None:
        """The column of each line of a stretch; None where it is not clear that there are some."""
        if stop - first < _FEWEST_TOGETHER:
            return None
        best = self._deal(first, stop, 2)
        for number in range(3, _MOST_COLUMNS + 1):
            more = self._deal(first, stop, number)
            if more.score - best.score < _ANOTHER * (stop - first):
                break
            best = more
        as_it_is = sum(self.reads(one, two) for one, two in pairwise(range(first, stop)))
        if len(best.ends) < 2 or best.score - as_it_is < _BETTER * (stop - first):
            return None
        return best.columns

    def _deal(self, first: int, stop: int, most: int) -> _Way:
        """The best way to deal out the lines of a stretch to so many columns at most."""
        ways = [_Way(0.0, (first,), (0,))]
        for line in range(first + 1, stop):
            more: dict[tuple[int, ...], _Way] = {}
            for score, ends, columns in ways:
                for column, last in enumerate(ends):
                    value = score + self.reads(last, line) + _STAYING * (last == line - 1)
                    moved = (*ends[:column], line, *ends[column + 1 :])
                    known = more.get(moved)
                    if known is None or known.score < value:
                        more[moved] = _Way(value, moved, (*columns, column))
                if len(ends) < most:
                    moved = (*ends, line)
                    value = score + _OPENING
                    known = more.get(moved)
                    if known is None or known.score < value:
                        more[moved] = _Way(value, moved, (*columns, len(ends)))
            ways = sorted(more.values(), key=lambda way: (-way.score, way.ends))[:_BEAM]
        return ways[0]
