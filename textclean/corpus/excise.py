"""Taking blocks out of a text, each with one of the separators beside it, and the way back.

What stays must fall into the same blocks as before, so the neighbours of what went keep one of the
separators they had, the one that parts more clearly. What is before the first block and behind the
last stays as it was.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from textclean.text.blocks import Block, BlockKind, split_blocks
from textclean.text.columns import EditColumns
from textclean.text.edit import Span
from textclean.text.protect import protected_spans, switches_of

_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
#: Kinds that a following or preceding line never joins.
_ALONE = (BlockKind.HEADING, BlockKind.FENCE, BlockKind.FRONT_MATTER)


class Cut(NamedTuple):
    """A slice ``text[start:end]`` that is taken out: blocks and separators."""

    start: int
    end: int


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text; a byte order mark belongs to the file, not to the first block."""
    if not text.startswith("\ufeff"):
        return split_blocks(text)
    return [
        block._replace(start=block.start + 1, end=block.end + 1) for block in split_blocks(text[1:])
    ]


def fixed_spans(text: str, spans: Sequence[tuple[int, int]], rule: str = "") -> list[bool]:
    """For each of `spans`, sorted and disjoint, whether it must stay where it is.

    It must where it is protected, holds a switch, or something is switched off there, but not in
    all the text: elsewhere other rules would edit it. In all the text, where that is `rule`.
    """
    protected = protected_spans(text)
    if not protected:
        return [False] * len(spans)
    starts = [start for start, _ in protected]
    fixed: list[bool] = []
    for start, end in spans:
        at = bisect_right(starts, start) - 1
        fixed.append(at >= 0 and protected[at][1] >= end)
    switches = switches_of(text)
    if not switches.all or not spans:
        return fixed
    first, last = spans[0][0], spans[-1][1]
    off = [(switch.start, switch.end) for switch in switches.all]
    off += switches.off_for(rule) if rule else []
    off += [(low, high) for low, high, _ in switches.passages if low > first or high < last]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    changes = [0] * (len(spans) + 1)
    for low, high in off:
        begin, stop = bisect_right(ends, low), bisect_left(starts, high)
        if begin < stop:
            changes[begin] += 1
            changes[stop] -= 1
    return [stays or depth > 0 for stays, depth in zip(fixed, accumulate(changes), strict=False)]


def cuts(text: str, blocks: Sequence[Block], gone: Collection[int]) -> list[Cut]:
    """The slices to take out so that the blocks numbered in `gone` and nothing else go."""
    runs = groupby(range(len(blocks)), key=lambda number: number in gone)
    numbers = [list(run) for goes, run in runs if goes]
    return [_cut(text, blocks, run[0], run[-1]) for run in numbers]


def _cut(text: str, blocks: Sequence[Block], first: int, last: int) -> Cut:
    start, end = blocks[first].start, blocks[last].end
    if first == 0 and last == len(blocks) - 1:
        return Cut(0, len(text))
    if first == 0:
        return Cut(start, blocks[last + 1].start)
    previous = blocks[first - 1]
    if last == len(blocks) - 1:
        return Cut(previous.end, end)
    following = blocks[last + 1]
    before = len(_BREAK.findall(text, previous.end, start))
    behind = len(_BREAK.findall(text, end, following.start))
    if max(before, behind) < 2 and previous.kind not in _ALONE and following.kind not in _ALONE:
        # Each had only the removed heading between it and the other: both breaks make a blank line.
        return Cut(start, end)
    return Cut(start, following.start) if before >= behind else Cut(previous.end, end)


def line_cuts(
    text: str, blocks: Sequence[Block], spans: Iterable[tuple[int, int]]
) -> tuple[list[tuple[int, int]], set[int]]:
    """The slices to take out so that some lines go, each with one line break; and the numbers of
    the blocks that hold nothing else, which go as blocks.

    Args:
        spans: of the lines, without the spaces around them.
    """
    slices: list[tuple[int, int]] = []
    gone: set[int] = set()
    starts = [block.start for block in blocks]
    for number, lines in groupby(sorted(spans), lambda span: bisect_right(starts, span[0]) - 1):
        block = blocks[max(number, 0)]
        whole = [_line(text, block, span) for span in lines]
        left, at = "", block.start
        for start, end in whole:
            left += text[at:start]
            at = end
        left += text[at : block.end]
        if not left.strip():
            gone.add(max(number, 0))
            continue
        last = whole[-1]
        if not text[last[1] : block.end].strip():
            # Behind them nothing of the block stays: so the break before them goes.
            at = len(whole) - 1
            while at and not text[whole[at - 1][1] : whole[at][0]].strip():
                at -= 1
            before = text[block.start : whole[at][0]]
            slices.append((block.start + len(before.rstrip()), block.end))
            whole = whole[:at]
        slices += whole
    return slices, gone


def _line(text: str, block: Block, span: tuple[int, int]) -> tuple[int, int]:
    """A line with its indent, the spaces behind it and the break after it, within a block."""
    start, end = span
    while start > block.start and text[start - 1].isspace() and not _BREAK.match(text[start - 1]):
        start -= 1
    while end < block.end and text[end].isspace() and not _BREAK.match(text[end]):
        end += 1
    after = _BREAK.match(text, end, block.end)
    return start, after.end() if after else end


class Remainder:
    """What is left of a text when cuts are taken out, and where each offset of it came from."""

    def __init__(self, original: str, slices: Iterable[tuple[int, int]] = ()) -> None:
        self.original = original
        #: Sorted, disjoint, not touching.
        self.cuts: list[Cut] = []
        for start, end in sorted(slices):
            if self.cuts and start <= self.cuts[-1].end:
                self.cuts[-1] = Cut(self.cuts[-1].start, max(end, self.cuts[-1].end))
            elif start < end:
                self.cuts.append(Cut(start, end))
        pieces: list[str] = []
        last = 0
        gone = 0
        self._places = array("q")  # of the cuts, in the remaining text
        self._gone = array("q", [0])  # characters gone before the first, second … cut, and all
        for start, end in self.cuts:
            pieces.append(original[last:start])
            self._places.append(start - gone)
            gone += end - start
            self._gone.append(gone)
            last = end
        pieces.append(original[last:])
        self.text = "".join(pieces)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Remainder):
            return NotImplemented
        return (self.original, self.cuts) == (other.original, other.cuts)

    def __hash__(self) -> int:
        return hash(self.text)

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that ``text[start:end]`` came from, with what was cut in it.

        An empty span at a cut's place is put before or behind it, with the block it belongs to.
        """
        if start < end:
            return self._character(start), self._character(end - 1) + 1
        at = bisect_left(self._places, start)
        if at < len(self._places) and self._places[at] == start:
            cut = self.cuts[at]
            # A cut that begins with the separator follows the block; another precedes one.
            place = cut.start if _BREAK.match(self.original, cut.start) else cut.end
        else:
            place = start + self._gone[at]
        return place, place

    def from_original(self, offset: int) -> int:
        """Where an offset of the original is in the text; one inside a cut is at its place."""
        at = bisect_right(self.cuts, offset, key=lambda cut: cut.start) - 1
        if at < 0:
            return offset
        return self._places[at] if offset <= self.cuts[at].end else offset - self._gone[at + 1]

    def _character(self, offset: int) -> int:
        return offset + self._gone[bisect_right(self._places, offset)]

    def columns(self, columns: EditColumns) -> EditColumns:
        """Edits of the remaining text as edits of the original.

        One that reaches over a cut becomes several, of which the first holds the new text.
        """
        if not self.cuts:
            return columns
        spans: list[Span] = []
        for start, end, after, cause, group in columns:
            first, last = self.to_original(start, end)
            if last - first == end - start:
                spans.append((first, last, after, cause, group))
                continue
            at = bisect_right(self._places, start)
            while at < len(self.cuts) and self._places[at] < end:
                spans.append((first, self.cuts[at].start, after, cause, group))
                first, after = self.cuts[at].end, ""
                at += 1
            spans.append((first, last, after, cause, group))
        return EditColumns.from_spans(spans)


class Alignment:
    """Where the characters of a cleaned text came from, given the edits that made it."""

    def __init__(self, columns: EditColumns) -> None:
        self._columns = columns
        self._starts = array("q")  # of what each edit put there, in the cleaned text
        self._ends = array("q")
        shift = 0
        for start, end, after in zip(columns.starts, columns.ends, columns.afters, strict=True):
            self._starts.append(start + shift)
            self._ends.append(start + shift + len(after))
            shift += len(after) - (end - start)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The source of ``cleaned[start:end]``, with all that edits at its borders replaced."""
        first = bisect_left(self._ends, start)  # the first edit that ends at or behind the start
        last = bisect_right(self._starts, end) - 1  # the last that begins at or before the end
        low = self._back(start, first - 1)
        if first < len(self._starts) and self._starts[first] <= start:
            low = self._columns.starts[first]
        high = self._back(end, last)
        if last >= 0 and self._ends[last] >= end:
            high = self._columns.ends[last]
        return low, max(low, high)

    def _back(self, offset: int, edit: int) -> int:
        """An offset behind the edit numbered `edit` and before the next, in the source."""
        return offset if edit < 0 else self._columns.ends[edit] + offset - self._ends[edit]
