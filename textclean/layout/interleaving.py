"""Columns interleaved line by line, as pdfminer and OCR of a whole page leave them: sorted apart.

Such a page is read row by row: the first line of each column, then the second of each. Within every
column the order is right, but what stands next to each other does not belong together. Lines are
dealt out again, each to the column whose last line it continues best (`seam_model`, `encoder`), by
a beam search over the ways to do so; which column is read after which, the seams between them say.
Headlines across the page part it into sections, if the sections read better apart than together.

Nothing is moved unless what comes out reads far better than the text as it stands, and reads on
nearly everywhere. A page that is torn in the same way and cannot be sorted is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, permutations
from statistics import median
from typing import NamedTuple

from textclean.layout.captions import Role, begins_item, role
from textclean.layout.columns import Unrolled
from textclean.text.patterns import pattern


class Interleaved(NamedTuple):
    """A stretch of a text in which columns are interleaved."""

    start: int
    end: int
    #: How many columns there are; 0 where the lines could not be sorted.
    columns: int
    #: The lines in reading order, each with the blank space behind it: all of ``text[start:end]``;
    #: empty where they could not be sorted.
    order: tuple[tuple[int, int], ...]


class _Way(NamedTuple):
    """One way to deal out the lines so far."""

    score: float
    #: For each column its last line.
    ends: tuple[int, ...]
    #: The column of each line.
    columns: tuple[int, ...]


def _width(line: str) -> float:
    """The width of a line, spaces left out, in Chinese characters."""
    return sum(0.5 if char < "\x80" else 1.0 for char in line if not char.isspace())


_LINE = pattern(r"[^\n]*\S[^\n]*")
_HAN = pattern(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_ENDED = pattern(r"[。！？!?…][\s”’』」》）)】]*\Z")
_PAUSE = pattern("[，。；：、！？,;:!?]")
_MOST_COLUMNS = 4
_BEAM = 24
#: Lines of a section, at least; lines of a page that is looked at, at least and at most.
_FEWEST, _SHORTEST, _LONGEST = 8, 12, 500
#: Widths of a typical line from which one runs across columns.
_ACROSS = 1.4
#: Share of lines that must be nearly as wide as the typical one.
_EVEN = 0.5
#: Seams that are looked at before the columns are looked for.
_ASKED = 150
#: Widths of a typical line below which one without a pause is a heading or a caption.
_LOW = 0.7
#: No single seam says more than this, in nats.
_CLEAR = 4.0
#: Of two measures of a seam, as in `stitching`.
_JOIN, _SUITS = 0.9, 0.5
#: Log-odds: of opening another column at the top, and further down; for the column that had no line
#: for longest, and the one before it: rows are read in turns; and for the column at hand, where it
#: had the line before as well: the others are at their end.
_OPENING, _LATE_OPENING = -1.0, -4.5
_TOP = 8
_TURN, _NEAR_TURN = 2.0, 0.7
#: For each column whose first line stands before that of the column read after it.
_LEFT_FIRST = 1.2
#: Lines above the columns, at most.
_ABOVE = 5
#: What a section boundary must be worth, so that noise makes none.
_BOUNDARY = 2.0
#: A seam worse than this is torn; of the lines as they stand so many must be.
_TORN = -1.0
_SEEN_TORN = 0.3
#: Nats a line by which the lines must read better sorted; from which they are said to be torn; how
#: well the sorted lines must read on.
_BETTER, _SAID, _READS_ON = 1.5, 1.0, -0.8


def interleaved(text: str) -> list[Interleaved]:
    """The stretches of a text in which columns are interleaved, from top to bottom."""
    if text.count("\n") < _SHORTEST - 1:
        return []
    found: list[Interleaved] = []
    start = 0
    for piece in text.split("\f"):  # a page's end
        found += (_moved(stretch, start) for stretch in _of_page(piece))
        start += len(piece) + 1
    return found


def unroll(text: str, protected: Sequence[tuple[int, int]] = ()) -> Unrolled | None:
    """A text with its columns one after the other; None where none were sorted.

    Stretches that touch `protected` spans stay as they are.
    """
    spans: list[tuple[int, int]] = []
    last = 0
    for stretch in interleaved(text):
        if not stretch.order or any(
            start < stretch.end and stretch.start < end for start, end in protected
        ):
            continue
        if last < stretch.start:
            spans.append((last, stretch.start))
        spans += stretch.order
        last = stretch.end
    if not spans:
        return None
    if last < len(text):
        spans.append((last, len(text)))
    breaks = [
        (two[0], two[0], "\n") for one, two in pairwise(spans) if text[one[1] - 1] not in "\n\f"
    ]
    return Unrolled(spans, breaks)


def _moved(stretch: Interleaved, by: int) -> Interleaved:
    order = tuple((start + by, end + by) for start, end in stretch.order)
    return Interleaved(stretch.start + by, stretch.end + by, stretch.columns, order)


@lru_cache(maxsize=64)
def _of_page(text: str) -> tuple[Interleaved, ...]:
    lengths = [length for length in map(len, text.split("\n")) if length]
    if not _SHORTEST <= len(lengths) <= _LONGEST:
        return ()
    typical = median(lengths)
    if typical < 8 or sum(0.8 * typical <= one <= 1.25 * typical for one in lengths) < _EVEN * len(
        lengths
    ):
        return ()  # not lines of a column's width
    lines = [(found.start(), found.end()) for found in _LINE.finditer(text)]
    page = _Page([text[start:end] for start, end in lines])
    if not page.may_be_torn():
        return ()
    found: list[Interleaved] = []
    starts = [start for start, _ in lines]
    for first, stop in page.sections():
        sorted_lines = page.sorted(first, stop)
        if sorted_lines is None:
            continue
        columns, order = sorted_lines
        bounds = [*starts[first:stop], starts[stop] if stop < len(starts) else len(text)]
        spans = tuple((bounds[at - first], bounds[at - first + 1]) for at in order)
        found.append(Interleaved(bounds[0], bounds[-1], columns, spans))
    return tuple(found)


class _Page:
    """The lines of a page, and how well each reads on in each other."""

    def __init__(self, texts: Sequence[str]) -> None:
        from textclean.layout import seam_model as continuity

        self._folded = list(map(continuity.fold, texts))
        self._tails = list(map(continuity.tail_of, self._folded))
        self._heads = list(map(continuity.head_of, self._folded))
        self._begun = [continuity.begun_score(head) / continuity.SCALE for head in self._heads]
        self._ended = [bool(_ENDED.search(line)) for line in texts]
        self._indented = [line[:1].isspace() for line in texts]
        self._indents = sum(self._indented) >= max(3, len(texts) // 20)
        self._widths = list(map(_width, texts))
        self._width = median(self._widths)
        #: Headings, captions, credits, page numbers: what is no line of a paragraph.
        self._roles = list(map(role, texts))
        self._apart = [
            not _HAN.search(line)
            or (not _PAUSE.search(line) and kind is not Role.PROSE and width < _LOW * self._width)
            or kind in (Role.CREDIT, Role.PAGE_NUMBER)
            for line, kind, width in zip(texts, self._roles, self._widths, strict=True)
        ]
        self._bare = [not _PAUSE.search(line) for line in texts]
        self._items = list(map(begins_item, texts))
        self._parting: dict[int, bool] = {}
        self._reads: dict[tuple[int, int], float] = {}
        self._vectors: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self._dealt: dict[tuple[int, int], tuple[float, list[list[int]]]] = {}

    def reads(self, one: int, two: int) -> float:
        """How well one line reads on in another, in nats; no seam says more than `_CLEAR`."""
        value = self._reads.get((one, two))
        if value is None:
            value = max(min(self._read(one, two), _CLEAR), -_CLEAR)
            self._reads[one, two] = value
        return value

    def _read(self, one: int, two: int) -> float:
        from textclean.layout import encoder
        from textclean.layout import seam_model as continuity

        if self._apart[two]:
            return 0.5 if self._ended[one] or self._apart[one] else -2.0
        if self._apart[one]:
            return 1.0 if self._indented[two] else min(-self._begun[two], 1.0)
        if self._ended[one]:
            full = self._widths[one] >= self._width * 0.8
            if self._indented[two]:
                return 1.5
            if self._indents and not full:
                return -_CLEAR  # another paragraph would be indented
            short = self._ended[two] and self._widths[two] < self._width * 0.7
            return min((0.0 if full else 1.0) - self._begun[two], 2.0) - (2.0 if short else 0.0)
        if self._indented[two] and self._indents:
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

    def may_be_torn(self) -> bool:
        """Whether many lines do not read on, by the characters at the seams alone."""
        from textclean.layout import seam_model as continuity

        torn = seams = 0
        for one in range(0, len(self._folded) - 1, len(self._folded) // _ASKED + 1):
            if self._ended[one] or self._apart[one] or self._apart[one + 1]:
                continue
            seams += 1
            torn += (
                continuity.join_score(self._tails[one], self._heads[one + 1]) < -continuity.SCALE
            )
        return seams >= _FEWEST // 2 and torn >= _SEEN_TORN * seams

    def sections(self) -> Iterator[tuple[int, int]]:
        """Stretches of lines between headlines across all columns."""
        stretches: list[tuple[int, int]] = []
        first: int | None = None
        for number in range(len(self._folded) + 1):
            if number == len(self._folded) or self._parts(number):
                if first is not None:
                    stretches.append((first, number))
                first = None
            elif first is None:
                first = number
        at = 0
        while at < len(stretches):
            first, stop = stretches[at]
            at += 1
            # Headings inside of columns part nothing: there the whole reads better than its parts.
            while at < len(stretches):
                following = stretches[at]
                whole = self._deal(first, following[1])[0]
                one, other = self._deal(first, stop), self._deal(*following)
                # That there are columns needs no proof again.
                shared = min(len(one[1]), len(other[1])) - 1
                if whole + _BOUNDARY < one[0] + other[0] + (_TURN - _OPENING) * shared:
                    break
                stop = following[1]
                at += 1
            yield first, stop

    def _parts(self, number: int) -> bool:
        """Whether a line may run across all columns."""
        known = self._parting.get(number)
        if known is None:
            known = self._parting[number] = self._may_part(number)
        return known

    def _may_part(self, number: int) -> bool:
        width = self._widths[number]
        if width > _ACROSS * self._width:
            return True
        if (
            not self._bare[number]
            or self._roles[number] is Role.PROSE
            or self._items[number]
            or self._indented[number]
        ):
            return False
        if width < 0.85 * self._width:
            return True
        # As wide as a line without a pause: a headline if nothing goes on with it.
        behind = range(number + 1, min(number + 2 * _MOST_COLUMNS + 1, len(self._folded)))
        return all(self.reads(number, other) < _TORN for other in behind)

    def sorted(self, first: int, stop: int) -> tuple[int, list[int]] | None:
        """The columns of a stretch and its lines in order; no lines where they are only torn."""
        if stop - first < _FEWEST:
            return None
        widths = self._widths[first:stop]
        wide = median(widths)
        if sum(0.85 * wide <= width <= 1.15 * wide for width in widths) < _EVEN * len(widths):
            return None
        as_it_is = [self.reads(one, two) for one, two in pairwise(range(first, stop))]
        if sum(value < _TORN for value in as_it_is) < _SEEN_TORN * len(as_it_is):
            return None
        _, streams = self._deal(first, stop)
        columns = streams[1:] if len(streams[0]) <= _ABOVE < len(streams[-1]) else streams
        if len(streams) < 2:
            return None
        inside = [self.reads(*pair) for stream in streams for pair in pairwise(stream)]
        well = sum(inside) / max(len(inside), 1)
        better = well - sum(as_it_is) / len(as_it_is)
        if better < _SAID:
            return None
        if better < _BETTER or well < _READS_ON or min(map(len, columns)) < 3:
            return 0, []
        return len(streams), [line for stream in streams for line in stream]

    def _deal(self, first: int, stop: int) -> tuple[float, list[list[int]]]:
        """The best way to deal out the lines of a stretch, and what it is worth.

        Lines above the columns (the end of an abstract, a running head) may be left out of them;
        they are a stream of their own, the first.
        """
        known = self._dealt.get((first, stop))
        if known is None:
            ways = [self._columns(first, stop, most) for most in range(1, _MOST_COLUMNS + 1)]
            best, streams = max(ways, key=lambda way: way[0])
            if len(streams) > 1:
                above = 0.0
                for start in range(first + 1, min(first + _ABOVE, stop - _FEWEST) + 1):
                    if self._ended[start - 1] or self._parts(start - 1):
                        score, dealt = self._columns(start, stop, len(streams))
                    else:
                        score, dealt = -1e9, []
                    if above + score > best + _BOUNDARY:
                        best, streams = above + score, [list(range(first, start)), *dealt]
                    above += self.reads(start - 1, start)
            known = self._dealt[first, stop] = best, streams
        return known

    def _columns(self, first: int, stop: int, most: int) -> tuple[float, list[list[int]]]:
        way = self._search(first, stop, most)
        dealt: list[list[int]] = [[] for _ in way.ends]
        for line, column in enumerate(way.columns, first):
            dealt[column].append(line)
        seams, dealt = self._in_order(dealt)
        return way.score + seams, dealt

    def _in_order(self, streams: list[list[int]]) -> tuple[float, list[list[int]]]:
        """The columns as they read on in each other, and how well they do."""
        best, found = -1e9, streams
        for some in permutations(streams):
            score = _LEFT_FIRST * sum(one[0] < two[0] for one, two in pairwise(some))
            for one, two in pairwise(some):
                seam = self.reads(one[-1], two[0])
                # Where a paragraph has ended any other can begin.
                score += min(seam, 1.0) if self._ended[one[-1]] else seam
            first = some[0][0]
            if not self._apart[first] and not self._indented[first]:
                score -= max(min(self._begun[first], 2.0), -2.0)
            if score > best:
                best, found = score, list(some)
        return best, found

    def _search(self, first: int, stop: int, most: int) -> _Way:
        """The best way to deal out the lines of a stretch to so many columns at most."""
        ways = [_Way(0.0, (first,), (0,))]
        for line in range(first + 1, stop):
            opening = _OPENING if line - first < _TOP else _LATE_OPENING
            more: dict[tuple[int, ...], _Way] = {}
            for score, ends, columns in ways:
                # While columns open at the top there are no turns yet.
                turn = _TURN if len(ends) == most or line - first >= _TOP else 0.0
                turns = sorted(ends)
                running = len(columns) > 1 and columns[-1] == columns[-2]
                for column, last in enumerate(ends):
                    value = score + self.reads(last, line)
                    if last == (line - 1 if running else turns[0]):
                        value += turn
                    elif len(ends) > 2 and last == turns[1] and not running:
                        value += min(turn, _NEAR_TURN)
                    moved = (*ends[:column], line, *ends[column + 1 :])
                    known = more.get(moved)
                    if known is None or known.score < value:
                        more[moved] = _Way(value, moved, (*columns, column))
                if len(ends) < most:
                    moved = (*ends, line)
                    known = more.get(moved)
                    if known is None or known.score < score + opening:
                        more[moved] = _Way(score + opening, moved, (*columns, len(ends)))
            ways = sorted(more.values(), key=lambda way: (-way.score, way.ends))[:_BEAM]
        return ways[0]
