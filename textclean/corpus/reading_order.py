"""The reading order of a document: what is left of it, as a permutation of spans.

A paragraph that was broken on the page is put together by moving the spans of the blocks that
continue it behind its beginning; the separator that stood beside each goes. Everything else keeps
its order, so what stood between the halves follows the joined paragraph. Both changes are undone
exactly: the spans go back to their places, the separators are among the slices taken out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Generic

from textclean.corpus.excise import Cut, Remainder, cuts
from textclean.text.blocks import Block
from textclean.text.columns import EditColumns, EditSequence
from textclean.text.edit import Edit, Span

Order = tuple[tuple[int, int], ...]

# What documents are known by: names, or any other keys. Type checkers know of the default without
# the package; at run time it says nothing.
if TYPE_CHECKING:
    from typing_extensions import TypeVar

    Key = TypeVar("Key", default=str)
else:
    from typing import TypeVar

    Key = TypeVar("Key")


class Reading:
    """What is left of a text (`Remainder`), read in another order.

    `order` holds the spans of ``remainder.text`` as they follow each other, all of it and each
    once; empty: as they stand.
    """

    def __init__(self, remainder: Remainder, order: Order = ()) -> None:
        self.remainder = remainder
        self.order = order
        text = remainder.text
        self.text = "".join(text[start:end] for start, end in order) if order else text

    @cached_property
    def _places(self) -> list[int]:
        """Where each span begins in the text, and the end."""
        return list(accumulate((end - start for start, end in self.order), initial=0))

    def to_original(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans of the original that ``text[start:end]`` came from, in reading order."""
        return [self.remainder.to_original(*span) for span in self._spans(start, end)]

    def from_original(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a span of the original is in the text; None where it is not there in one piece.

        One that begins where a span of the order begins is there, not at the end of another.
        """
        low, high = self.remainder.from_original(start), self.remainder.from_original(end)
        if high - low != end - start:
            return None
        if not self.order:
            return low, high
        at = bisect_right(self._sorted, low, key=lambda item: item[0]) - 1
        if at < 0:
            return None
        begin, stop, place = self._sorted[at]
        return (place + low - begin, place + high - begin) if high <= stop else None

    @cached_property
    def _sorted(self) -> list[tuple[int, int, int]]:
        """The spans of the order by place in the remainder, and where each is in the text."""
        return sorted(
            (start, end, place)
            for (start, end), place in zip(self.order, self._places, strict=False)
        )

    def _spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans of the remainder that ``text[start:end]`` came from.

        What is empty belongs to the span before it.
        """
        if not self.order:
            return [(start, end)]
        if start == end:
            at = max(bisect_left(self._places, start) - 1, 0)
            place = self.order[at][0] + start - self._places[at]
            return [(place, place)]
        spans: list[tuple[int, int]] = []
        at = bisect_right(self._places, start) - 1
        while at < len(self.order) and self._places[at] < end:
            shift = self.order[at][0] - self._places[at]
            low, high = max(start, self._places[at]), min(end, self._places[at + 1])
            if low < high:
                spans.append((low + shift, high + shift))
            at += 1
        return spans

    def moved(self, spans: Sequence[tuple[int, int]], gone: Sequence[tuple[int, int]]) -> Reading:
        """The same text read in yet another order.

        Args:
            spans: of this reading's text, as they shall follow each other.
            gone: slices of this reading's text that are in none of them.
        """
        original = self.remainder.original
        slices: list[tuple[int, int]] = [*self.remainder.cuts]
        slices += [piece for cut in gone for piece in self.to_original(*cut)]
        remainder = Remainder(original, slices)
        order: list[tuple[int, int]] = []
        for span in spans:
            for start, end in self.to_original(*span):
                low, high = remainder.from_original(start), remainder.from_original(end)
                if low == high:
                    continue
                if order and order[-1][1] == low:
                    low = order.pop()[0]
                order.append((low, high))
        unmoved = order == [(0, len(remainder.text))]
        return Reading(remainder, () if unmoved else tuple(order))

    def columns(self, columns: EditColumns) -> EditColumns:
        """Edits of the text as edits of the original, in the original's order.

        An edit that reaches over a seam becomes several, of which the first in reading order holds
        the new text.
        """
        if not self.order:
            return self.remainder.columns(columns)
        spans: list[Span] = []
        for start, end, after, cause, group in columns:
            for low, high in self._spans(start, end):
                spans.append((low, high, after, cause, group))
                after = ""
        spans.sort(key=lambda span: span[:2])
        return self.remainder.columns(EditColumns.from_spans(_apart(spans, self.remainder.text)))


@dataclass(frozen=True)
class CleanedDocument(Generic[Key]):
    """What became of one document: slices were taken out, the rest put in order and edited."""

    name: Key
    text: str
    #: The original, the slices taken out of it, and what they left.
    remainder: Remainder
    #: The edits from ``reading.text`` to ``text``.
    columns: EditColumns
    #: The spans of ``remainder.text`` in reading order; empty: as they stand.
    order: Order = ()

    @property
    def original(self) -> str:
        """The document as it was."""
        return self.remainder.original

    @property
    def emptied(self) -> bool:
        """Whether slices were taken out and nothing is left."""
        return bool(self.remainder.cuts) and not self.text

    @cached_property
    def reading(self) -> Reading:
        """What was left, in the order in which it was edited."""
        return Reading(self.remainder, self.order)

    @cached_property
    def edits(self) -> Sequence[Edit]:
        """The edits, with offsets in `original`; none touches a slice that was taken out."""
        return EditSequence(self.reading.columns(self.columns), self.original)


def _apart(spans: Sequence[Span], text: str) -> list[Span]:
    """Spans of which no two begin at one offset.

    An insertion at the end of one span of the order and a change at the beginning of another can,
    where the two were neighbours; the insertion then takes the character before it along.
    """
    made: list[Span] = []
    for span in spans:
        if made and made[-1][0] == span[0]:
            start, end, after, cause, group = made.pop()
            if made and made[-1][1] == start:
                low, _, before, cause, group = made.pop()
                made.append((low, end, before + after, cause, group))
            elif start:
                made.append((start - 1, end, text[start - 1] + after, cause, group))
            else:
                span = start, span[1], after + span[2], span[3], span[4]
        made.append(span)
    return made


def arrange(
    text: str, blocks: Sequence[Block], following: Mapping[int, int], *, as_lines: bool = False
) -> tuple[list[tuple[int, int]], list[Cut]]:
    """The spans of a text in reading order once blocks are put behind those they continue.

    Args:
        blocks: of the text.
        following: for the number of each block that goes on elsewhere that of the block in which it
            does; no rings.
        as_lines: whether the blocks are printed lines: then each stays on a line of its own, since
            a line made of two would hide how wide the page is.

    Returns:
        The spans that stay, in reading order, and the separators that go.
    """
    heads = set(following.values())
    if as_lines:
        blocks = [
            block._replace(start=block.start - 1)
            if number in heads and text[block.start - 1 : block.start] == "\n"
            else block
            for number, block in enumerate(blocks)
        ]
    separators = _separators(text, blocks, heads)
    chains = {number: _chain(number, following) for number in following if number not in heads}
    # Blank space at a seam belongs to the page, not to the paragraph.
    for chain in chains.values():
        for one, two in pairwise(chain):
            first, second = blocks[one], blocks[two]
            end = first.start + len(text[first.start : first.end].rstrip())
            start = second.end - len(text[second.start : second.end].lstrip())
            separators.append(Cut(end, first.end))
            if not as_lines:
                separators.append(Cut(second.start, start))
    spans: list[tuple[int, int]] = []
    last = 0
    for number, block in enumerate(blocks):
        if number in heads:
            spans.append((last, block.start))
        elif number in chains:
            spans.append((last, block.end))
            spans += [(blocks[n].start, blocks[n].end) for n in chains[number][1:]]
        else:
            continue
        last = block.end
    spans.append((last, len(text)))
    gone = Remainder(text, separators).cuts
    return _without([span for span in spans if span[0] < span[1]], gone), gone


def _chain(number: int, following: Mapping[int, int]) -> list[int]:
    chain = [number]
    while chain[-1] in following:
        chain.append(following[chain[-1]])
    return chain


def _separators(text: str, blocks: Sequence[Block], heads: set[int]) -> list[Cut]:
    """What stands beside the blocks that are moved away and goes with them."""
    made: list[Cut] = []
    starts = [block.start for block in blocks]
    for start, end in cuts(text, blocks, heads):
        inside = blocks[bisect_left(starts, start) : bisect_left(starts, end)]
        lows, highs = [start, *(b.end for b in inside)], [*(b.start for b in inside), end]
        made += map(Cut, lows, highs)
    return [cut for cut in made if cut.start < cut.end]


def _without(
    spans: Sequence[tuple[int, int]], gone: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Spans without the slices that go."""
    starts = [start for start, _ in gone]
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        at = max(bisect_right(starts, start) - 1, 0)
        low = start
        while at < len(gone) and gone[at][0] < end:
            if gone[at][1] > low:
                kept.append((low, gone[at][0]))
                low = max(low, gone[at][1])
            at += 1
        kept.append((low, end))
    return [(low, high) for low, high in kept if low < high]
