"""What the page shows of its blocks before language is asked: order, width, blank lines.

Most pages have their blocks in reading order. Then a block that breaks off goes on in the next
running text, and another is asked only if that one cannot follow (`nearest_first`). A paragraph's
last line that is far from full was not broken off by the page (`Seams.may_break_off`). Some
extractors put a blank line behind every printed line; the blocks of such a page are lines
(`is_line_by_line`), and stitching waits until L001 has joined them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from textclean.layout import seam_model
from textclean.layout.captions import ended
from textclean.layout.lines import (
    MOST_WIDTH,
    PrintedLine,
    lines_of,
    measured,
)
from textclean.layout.paragraphs import widths
from textclean.layout.stitch_features import HeadPlace, SeamSide, begun, broken
from textclean.layout.stitch_pairs import Heads, Pair
from textclean.text.classes import HAN_CLASS
from textclean.text.memo import remembered
from textclean.text.patterns import pattern

#: Lines of a page that is judged, at least; the share of lines behind a blank one, and of these the
#: share that fill a column and end in mid-sentence. On pages read by pdfminer the shares are .6 to
#: 1 and .2 to .9; where each paragraph is a line, the last is 0. Where next to all lines are apart,
#: few need be full: the others may be in pieces.
_FEWEST = 6
_APART, _BROKEN = 0.55, 0.1
_ALL_APART, _FEW_BROKEN = 0.9, 0.02
#: Columns by which a full line may fall short of its column, the next word left out.
_SLACK = 2.6
#: Columns by which it may pass it; blocks of several lines on a wrapped page, at least.
_OVER, _BLOCKS = 1.2, 3
#: The least share of a block's widest line that its last line fills with the next word, if the page
#: broke the block off.
_FULL = 0.75
#: Of 66 stitches on pages with their truth five were wrong, with confidences of .871, .909, .926,
#: .946 and .975; four right ones were under this. Where running text stands between the two halves,
#: more is needed: there .975 was wrong, and .994 right.
_LEAST_ON_PAGES, _LEAST_OVER_PROSE = 0.93, 0.98
#: Nats: how well the characters at a seam read on if the next block may follow, and the log-odds
#: below which that block begins a paragraph. Read off a table of 118 pairs on cut pages whose head
#: lay elsewhere: of the right ones nearly all had a next block that reads on less well, or begins.
_READS_ON, _BEGINS = -1.0, -1.0
#: What displayed code and formulas have and words between paragraphs have not.
_DISPLAY = pattern(r"[\\={}<>_^|$]")
_HAN = pattern(f"[{HAN_CLASS}]")


class Printed(NamedTuple):
    """A block as it was printed: widths in columns."""

    #: Of its first word, of its last line, and of its widest line.
    unit: float
    last: float
    widest: float
    lines: int


class Seams:
    """What a page shows of its blocks: their widths, and what stands between them.

    Args:
        printed: the texts of the blocks as they stood on the page; or, of a page that was read line
            by line, as they are since its lines were joined.
        line_by_line: whether that is so. Widths say nothing then.
    """

    def __init__(self, printed: Sequence[str], *, line_by_line: bool = False) -> None:
        self._printed = printed
        self._line_by_line = line_by_line

    @property
    def on_page(self) -> bool:
        """Whether the blocks are of a printed page."""
        return self._line_by_line or self._wrapped

    def has_display(self, tail: int, head: int) -> bool:
        """Whether code or a formula stands between two blocks: the sentence goes on about it."""
        at = bisect_right(self._displays, tail)
        return at < len(self._displays) and self._displays[at] < head

    @cached_property
    def _displays(self) -> list[int]:
        """The blocks that are code or a formula."""
        return [
            number
            for number, block in enumerate(self._printed)
            if _DISPLAY.search(block) and 3 * len(_HAN.findall(block)) < len(block)
        ]

    def may_break_off(self, tail: int, head: int) -> bool:
        """Whether a block's last line is so full that the head's first word did not fit."""
        one = _measures(self._printed[tail])
        other = _measures(self._printed[head])
        if one is None or other is None or one.last > MOST_WIDTH:
            return True
        if self._line_by_line:
            return True
        if one.lines > 1:
            # A line by itself that breaks off at once is a piece of another column.
            piece = other.lines == 1 and 2 * other.last < one.widest
            if piece and not ended(self._printed[head]):
                return False
            return one.last + other.unit >= _FULL * one.widest
        return not self._wrapped or self._fills(one, other)

    def least(self, over_prose: bool) -> float:
        """The least confidence of a stitch: on printed pages language is surer than it is right.

        Args:
            over_prose: whether running text stands between the two blocks.
        """
        if not self.on_page:
            return 0.0
        return _LEAST_OVER_PROSE if over_prose else _LEAST_ON_PAGES

    def _fills(self, one: Printed, other: Printed) -> bool:
        """Whether a block's last line fills a column, which the other's first word passed."""
        return any(
            column - _SLACK <= one.last + other.unit and one.last <= column + _OVER
            for column in self._page_columns
        )

    @cached_property
    def _wrapped(self) -> bool:
        """Whether the text's lines are a page's: many blocks have several."""
        measures = [_measures(block) for block in self._printed]
        several = sum(each is not None and each.lines > 1 for each in measures)
        return several >= _BLOCKS and 4 * several >= len(measures)

    @cached_property
    def _page_columns(self) -> list[float]:
        return widths([line for text in self._printed for line in _lines(text)])


def is_line_by_line(text: str) -> bool:
    """Whether an extractor put a blank line behind each printed line of a text."""
    # Most texts have long paragraphs, which no page's line holds.
    rows = [row for row in text.split("\n") if row.strip()]
    if len(rows) < _FEWEST or 2 * sum(len(row) <= MOST_WIDTH / 2 for row in rows) < len(rows):
        return False
    lines = _lines(text)
    if len(lines) < _FEWEST:
        return False
    apart = sum(line.blanks > 0 for line in lines[1:]) / (len(lines) - 1)
    if apart < _APART:
        return False
    columns = widths(lines)
    full = sum(
        any(column - _SLACK <= line.edge + following.unit <= column + 4 for column in columns)
        and following.blanks > 0
        and not ended(text[line.start : line.end])
        for line, following in pairwise(lines)
    )
    return full >= max(3, (_BROKEN if apart < _ALL_APART else _FEW_BROKEN) * len(lines))


_block = attrgetter("block")


def nearest_first(
    pairs: Iterable[Pair], tails: Sequence[SeamSide], heads: Heads, seams: Seams | None
) -> Iterator[Pair]:
    """The pairs that the page allows: where the next block may follow, no other is asked.

    Args:
        pairs: some of the pairs of these tails and heads.
        tails: all of the document, in order of their blocks.
        heads: all of the document.
        seams: how the blocks were printed, if that is asked.
    """
    for pair in pairs:
        tail, head = pair.tail, pair.head
        if seams is not None and not seams.may_break_off(tail.block, head.block):
            continue
        if seams is not None and seams.has_display(tail.block, head.block):
            continue
        if pair.evidence.place in (HeadPlace.NEXT, HeadPlace.NEXT_PROSE):
            yield pair
            continue
        at = bisect_right(heads.blocks, tail.block)
        if at == len(heads.blocks) and seams is not None and seams.on_page:
            continue  # what breaks off at a page's end goes on on the next page
        if at < len(heads.blocks) and _may_follow(tail, heads.sides[at]):
            continue
        before = bisect_left(tails, head.block, key=_block) - 1
        if before >= 0 and _precedes(tails[before], head, heads.blocks):
            continue
        yield pair


def _precedes(tail: SeamSide, head: SeamSide, heads: Sequence[int]) -> bool:
    """Whether a head is the next one of a tail that breaks off and reads on in it."""
    at = bisect_right(heads, tail.block)
    nearest = at < len(heads) and heads[at] == head.block
    return nearest and broken(tail) > 0.0 and _may_follow(tail, head)


# A tail meets each head around it, and is asked for its nearest each time.
@lru_cache(1 << 12)
def _may_follow(tail: SeamSide, head: SeamSide) -> bool:
    if head.key == tail.key or begun(head) < _BEGINS:
        return False
    join = seam_model.join_score(seam_model.tail_of(tail.folded), seam_model.head_of(head.folded))
    return join > _READS_ON * seam_model.SCALE


@remembered(1 << 10)
def _measures(block: str) -> Printed | None:
    lines = _lines(block)
    if not lines:
        return None
    return Printed(lines[0].unit, lines[-1].edge, max(line.edge for line in lines), len(lines))


def _lines(text: str) -> list[PrintedLine]:
    return [measured(*line) for line in lines_of(text, 0, len(text))]
