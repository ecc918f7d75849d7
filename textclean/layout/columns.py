"""Columns printed side by side, as ``pdftotext -layout`` leaves them: recognised by their gutters.

Wide spaces cut the lines of a page into cells. Cells of consecutive lines that stand above each
other make a stream; consecutive lines with two streams or more make a region. A region is columns
of running text if each stream has one width, is filled from side to side, and reads on downwards
and not across (`seam_model.join_score`); tables and forms do not. The streams are then read one
after the other. Everything outside of regions (headlines, running heads, page numbers) keeps its
place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import dropwhile, groupby, pairwise
from typing import NamedTuple, TypeVar

from textclean.text.classes import SPACE_CLASS
from textclean.text.patterns import pattern


class Cell(NamedTuple):
    """A piece of a line: ``text[start:end]``, at `offset` characters from the line's start."""

    start: int
    end: int
    offset: int

    @property
    def edge(self) -> int:
        """The offset of its end in the line."""
        return self.offset + self.end - self.start


class ColumnRegion(NamedTuple):
    """Columns of running text."""

    #: The cells of each column from top to bottom; columns from left to right.
    streams: list[list[Cell]]
    #: Offsets in the text: start of the first line, end of the last one.
    start: int
    end: int


class Unrolled(NamedTuple):
    """A text with its columns one after the other."""

    #: Spans of the text in reading order: all of it.
    spans: list[tuple[int, int]]
    #: (start, end, replacement) in offsets of the text: a gutter becomes a line break and its
    #: line's indent. Each begins where a span begins.
    gutters: list[tuple[int, int, str]]


_LINE = pattern(r"[^\n]*(?:\n|\Z)")
_LINE_END = pattern(rf"[{SPACE_CLASS}\r]*(?:\n|\Z)")
_CELL = pattern(r"\S+(?:[ \u3000]\S+)*")
_WIDE = pattern(r"\S[ \u3000]{2,}\S")
#: Lines of a region, at least; characters of a column's typical line, at least.
_FEWEST_LINES = 4
_NARROWEST = 9
#: Characters of an indent, at most; difference of edges, at most.
_INDENT, _SLACK = 6, 3
#: Least share of the lines with a gap that continue at a column's edge.
_SHARE = 0.4
#: Least share of a column's lines that are about as long as the column is wide: of one column, and
#: of each other, which may hold a list.
_FILLED, _LEAST_FILLED = 0.5, 0.2
#: Most of the rows that may run across a column's edge.
_ACROSS = 0.15
#: Mean log-odds (in 1 / `seam_model.SCALE`) by which downwards must read better than across.
_BETTER = 10.0


def regions(text: str, protected: Sequence[tuple[int, int]] = ()) -> list[ColumnRegion]:
    """The columns of a text from top to bottom, without those whose lines cut `protected` spans."""
    if not _WIDE.search(text):
        return []
    columns: list[ColumnRegion] = []
    for run in _runs(text):
        for rows in _between_headlines(run):
            edges = _left_edges(rows)
            for stretch in _stretches(rows, edges) if edges else ():
                region = _region(stretch, len(edges) + 1)
                if region is None or _cuts(region, protected):
                    continue
                if _reads_down(text, region):
                    columns.append(region)
    return columns


def _cuts(region: ColumnRegion, protected: Sequence[tuple[int, int]]) -> bool:
    """Whether a protected span touches a region and is not within one of its cells."""
    touched = [span for span in protected if span[0] < region.end and region.start < span[1]]
    cells = [cell for stream in region.streams for cell in stream] if touched else []
    return any(
        not any(cell.start <= start and end <= cell.end for cell in cells) for start, end in touched
    )


def unroll(text: str, protected: Sequence[tuple[int, int]] = ()) -> Unrolled | None:
    """The text with its columns one after the other; None if it has none."""
    columns = regions(text, protected)
    if not columns:
        return None
    spans: list[tuple[int, int]] = []
    gutters: list[tuple[int, int, str]] = []
    last = 0
    for region in columns:
        if last < region.start:
            spans.append((last, region.start))
        begins = _beginnings(text, region)
        for stream in region.streams:
            left = stream_left(stream)
            for cell in stream:
                start = begins[cell.start]
                ending = _LINE_END.match(text, cell.end)
                end = ending.end() if ending else cell.end
                broken = not spans or text[spans[-1][1] - 1] == "\n"
                indent = ("" if broken else "\n") + " " * (cell.offset - left)
                if text[start : cell.start] != indent:
                    gutters.append((start, cell.start, indent))
                spans.append((start, end))
        last = region.end
    if text[spans[-1][1] - 1] != "\n" and last < len(text):
        gutters.append((last, last, "\n"))
    if last < len(text):
        spans.append((last, len(text)))
    return Unrolled(spans, gutters)


def _beginnings(text: str, region: ColumnRegion) -> dict[int, int]:
    """By cell's start, where its gutter begins: at the end of the cell before it in its line."""
    begins: dict[int, int] = {}
    last = region.start
    for cell in sorted(cell for stream in region.streams for cell in stream):
        line = max(text.rfind("\n", region.start, cell.start) + 1, region.start)
        begins[cell.start] = max(last, line)
        last = cell.end
    return begins


_Item = TypeVar("_Item")
_Placed = dict[int, Cell]


class _Row(NamedTuple):
    cells: list[Cell]
    start: int
    #: Behind its line break.
    end: int


def _runs(text: str) -> Iterator[list[_Row]]:
    """Lines between blank ones, cut into cells."""
    rows = (
        _Row(
            [
                Cell(line.start() + cell.start(), line.start() + cell.end(), cell.start())
                for cell in _CELL.finditer(line.group().rstrip("\r\n"))
            ],
            line.start(),
            line.end(),
        )
        for line in _LINE.finditer(text)
    )
    return _between(rows, lambda row: not row.cells)


def _between_headlines(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Rows between headlines: lines of one cell that stand at no column's edge."""
    edges = _left_edges(rows)

    def is_headline(row: _Row) -> bool:
        offset = row.cells[0].offset
        alone = len(row.cells) == 1 and offset > _INDENT
        if alone and edges and offset >= edges[-1]:
            return False  # set to the right or in the middle of the last column
        return alone and all(not -_SLACK <= offset - edge <= _INDENT for edge in edges)

    return _between(rows, is_headline)


def _between(rows: Iterable[_Item], parts: Callable[[_Item], bool]) -> Iterator[list[_Item]]:
    """The stretches of rows between those that part them."""
    return (list(stretch) for apart, stretch in groupby(rows, parts) if not apart)


def _left_edges(rows: Sequence[_Row]) -> list[int]:
    """The offsets of all columns but the first: where many lines continue behind a gap."""
    several = [row.cells[1:] for row in rows if len(row.cells) > 1]
    alone = [row.cells for row in rows if row.cells[0].offset > _INDENT]
    if len(alone) <= len(several):
        return _clusters(several)
    # Where columns have baselines of their own, a row is a line of one; hardly one crosses an edge.
    return [
        edge
        for edge in _clusters(several + alone)
        if sum(cell.offset < edge < cell.edge - _SLACK for row in rows for cell in row.cells)
        <= _ACROSS * len(rows)
    ]


def _clusters(several: Sequence[Sequence[Cell]]) -> list[int]:
    """The offsets at which, or little behind which, many of some rows' cells begin."""
    starts = sorted(cell.offset for cells in several for cell in cells)
    edges: list[int] = []
    at = behind = 0
    while at < len(starts):
        while behind < len(starts) and starts[behind] - starts[at] <= _INDENT:
            behind += 1
        if behind - at >= max(_FEWEST_LINES, _SHARE * len(several)):
            edges.append(starts[at])
            at = behind
        else:
            at += 1
    return edges


def _stretches(rows: Sequence[_Row], edges: Sequence[int]) -> Iterator[list[tuple[_Row, _Placed]]]:
    """Stretches of rows with their cells by column, between lines that run across columns."""
    placed = ((row, _placed(row, edges)) for row in rows)
    for stretch in _between(placed, lambda row: not row[1]):
        yield list(dropwhile(lambda row: row[1].keys() == {0}, stretch))


def _placed(row: _Row, edges: Sequence[int]) -> _Placed:
    """The cells of a row by column; none if one runs across."""
    placed: _Placed = {}
    for cell in row.cells:
        column = sum(cell.offset >= edge - _SLACK for edge in edges)
        if column < len(edges) and cell.edge > edges[column] + _SLACK:
            return {}
        placed[column] = placed.get(column, cell)._replace(end=cell.end)
    return placed


def _region(stretch: Sequence[tuple[_Row, _Placed]], number: int) -> ColumnRegion | None:
    """The region of consecutive rows; None if their streams are not filled as running text is."""
    rows = list(stretch)
    lefts: dict[int, int] = {}
    for _, placed in rows:
        for column, cell in placed.items():
            lefts[column] = min(cell.offset, lefts.get(column, cell.offset))
    while rows and len(rows[-1][1]) == 1:
        ((column, cell),) = rows[-1][1].items()
        if cell.offset - lefts[column] <= _INDENT:
            break
        rows.pop()  # a page's number below the columns
    if len(rows) < _FEWEST_LINES:
        return None
    streams: list[list[Cell]] = [[] for _ in range(number)]
    for _, placed in rows:
        for column, cell in placed.items():
            streams[column].append(cell)
    streams = [stream for stream in streams if stream]
    if len(streams) < 2:
        return None
    filled = list(map(_filled, streams))
    if min(filled) < _LEAST_FILLED or max(filled) < _FILLED:
        return None
    return ColumnRegion(streams, rows[0][0].start, rows[-1][0].end)


def _filled(stream: Sequence[Cell]) -> float:
    """The share of a column's lines that have its width, as all but the ends of paragraphs have."""
    widths = sorted(cell.end - cell.start for cell in stream)
    if len(widths) < _FEWEST_LINES // 2:
        return 0.0
    wide = widths[-1 - len(widths) // 10]
    left = stream_left(stream)
    full = sum(cell.edge - left >= 0.75 * wide for cell in stream)
    return full / len(widths) if wide >= _NARROWEST else 0.0


def stream_left(stream: Sequence[Cell]) -> int:
    """The offset of a column in its lines."""
    return min(cell.offset for cell in stream)


def _reads_down(text: str, region: ColumnRegion) -> bool:
    """Whether the characters at the lines' ends read on downwards rather than across."""
    rows: dict[int, list[Cell]] = {}
    downwards: list[int] = []
    for stream in region.streams:
        downwards += (_seam(text, *cells) for cells in pairwise(stream))
        for cell in stream:
            rows.setdefault(cell.start - cell.offset, []).append(cell)
    across = [_seam(text, *pair) for cells in rows.values() for pair in pairwise(cells)]
    if not downwards or not across:
        return False
    mean_down, mean_across = (sum(seams) / len(seams) for seams in (downwards, across))
    return mean_down - mean_across >= _BETTER


def _seam(text: str, cell: Cell, following: Cell) -> int:
    """The log-odds, in 1 / `seam_model.SCALE`, that a cell reads on in another."""
    from textclean.layout.seam_model import fold, head_of, join_score, tail_of

    tail = fold(text[cell.start : cell.end])
    head = fold(text[following.start : following.end])
    return join_score(tail_of(tail), head_of(head))
