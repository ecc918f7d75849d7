"""Documents in progress: what is removed of each, in what order the rest is read, its cleaned text.

All bookkeeping is in offsets of the original, whatever round of cleaning a block was found in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from textclean.cleaning import Outcome
from textclean.config import Config
from textclean.corpus.decided import DocumentDecisions
from textclean.corpus.excise import Alignment, Remainder, blocks_of, cuts, fixed_spans, line_cuts
from textclean.corpus.reading_order import CleanedDocument, Reading
from textclean.text.blocks import Block, BlockKind
from textclean.text.columns import EditColumns
from textclean.text.compose import compose, rewrite
from textclean.text.edit import Span

if TYPE_CHECKING:
    from textclean.dedup import RemovalKind
    from textclean.dedup.records import LostPassage

#: Leads a span of a text back to the spans of the original that it came from.
Back: TypeAlias = Callable[[int, int], list[tuple[int, int]]]
#: Characters of a printed line, at most: longer ones were never wrapped.
LONGEST_LINE = 70


class Place(NamedTuple):
    """A span of a document's original."""

    draft: int
    start: int
    end: int


class Loss(NamedTuple):
    """Why a span is gone: what stays in its place, and how like it that is."""

    survivor: Place
    kind: RemovalKind
    score: float
    #: What the span alone says; places in the original.
    lost: tuple[LostPassage, ...] = ()


class Join(NamedTuple):
    """Two spans of a document's original that were put together: the second continues the first."""

    tail: tuple[int, int]
    head: tuple[int, int]
    confidence: float


class Unit(NamedTuple):
    """A text to compare with others."""

    #: Where it begins in the document's own or cleaned text.
    start: int
    #: Empty where it may not be removed: no copy of anything, and still under its heading.
    text: str
    #: The spans of the original that it stands for.
    spans: list[tuple[int, int]]


class Draft:
    """A document in three states, each made from the one before.

    ``original`` is the text as it came. ``reading`` is what is left of it when the ``losses`` are
    cut out, columns are unrolled and broken paragraphs joined. ``outcome`` is what cleaning made of
    the reading, and None whenever the reading has changed since.

    Args:
        document: its name, or another key by which the caller knows it.
        whole: remove it as one block or not at all, but for lines of the page.
    """

    def __init__(self, document: Any, original: str, *, whole: bool = False) -> None:
        self.whole = whole
        self.document = document
        self.original = original
        #: What it is cleaned with, where that is not what the others are.
        self.config: Config | None = None
        #: What was decided on its changes, if anything was.
        self.decisions: DocumentDecisions | None = None
        self.blocks = _whole(original) if whole else blocks_of(original)
        self._numbers = {(block.start, block.end): i for i, block in enumerate(self.blocks)}
        self._starts = [block.start for block in self.blocks]
        #: Spans of the original that are gone: blocks, or parts of one that cleaning broke up.
        self.losses: dict[tuple[int, int], Loss] = {}
        #: Those of them that are lines of the page and no copies.
        self.page_lines: set[tuple[int, int]] = set()
        #: Spans that came back once because what they were removed for went too.
        self.returned: set[tuple[int, int]] = set()
        #: The reading order of the whole original where it has columns, and what takes the place
        #: of their gutters: edits with offsets in the original.
        self.columns: list[tuple[int, int]] = []
        self.gutters: list[Span] = []
        #: What other readings mend of the original: edits with offsets in it.
        self.corrections: list[Span] = []
        #: Whether it went whole in favour of another reading of it.
        self.superseded = False
        #: Whether columns were seen that no order makes sense of.
        self.unclear = False
        self.reading = Reading(Remainder(original))
        #: Blocks that were joined in the current reading.
        self.joins: list[Join] = []
        self._cleaned: tuple[str, Outcome] | None = None

    @classmethod
    def anew(cls, draft: Draft) -> Draft:
        """The document as at first; what cleaning made of its last reading is kept."""
        fresh = cls(draft.document, draft.original, whole=draft.whole)
        fresh._cleaned = draft._cleaned
        fresh.config = draft.config
        fresh.decisions = draft.decisions
        fresh.unclear = draft.unclear
        fresh.unroll(draft.columns, draft.gutters)
        return fresh

    @property
    def outcome(self) -> Outcome | None:
        """What cleaning made of the reading; None where it has not been cleaned yet."""
        if self._cleaned is None:
            return None
        text, outcome = self._cleaned
        return outcome if text == self.reading.text else None

    def unroll(self, columns: list[tuple[int, int]], gutters: list[Span]) -> None:
        """Read columns one after the other, from here on."""
        self.columns, self.gutters = columns, gutters
        self.cut()

    def correct(self, corrections: list[Span]) -> bool:
        """Mend the original by other readings, from here on: whether that is anything new."""
        if corrections == self.corrections:
            return False
        self.corrections = corrections
        self._cleaned = None
        return True

    @property
    def replacements(self) -> list[Span]:
        """What is replaced before cleaning: gutters, and what other readings mend."""
        if not self.corrections:
            return self.gutters
        taken = [*self.losses, *((start, end) for start, end, *_ in self.gutters)]
        return self.gutters + [
            span
            for span in self.corrections
            if not any(
                (start < span[1] and span[0] < end) or start == span[0] for start, end in taken
            )
        ]

    def uncleaned(self) -> str:
        """The text to clean: the reading, with `replacements` made."""
        return self.prepared(self.reading)[0] if self.replacements else self.reading.text

    def take(self, outcome: Outcome) -> None:
        """Store what cleaning made of `uncleaned`."""
        if self.replacements:
            text, edits = self.prepared(self.reading)
            spans = compose(self.reading.text, edits, text, outcome.columns)
            outcome = Outcome(outcome.text, EditColumns.from_spans(spans))
        self.keep(outcome)

    def keep(self, outcome: Outcome) -> None:
        """Store `outcome`, as far as decisions allow, as the result for the current reading."""
        if self.decisions is not None:
            outcome = self.decisions.outcome(self.reading.text, outcome)
        self._cleaned = self.reading.text, outcome

    def at(self, start: int, end: int) -> tuple[Any, int, int, str]:
        """A span of the original as results have it: the document, the offsets, the text."""
        return self.document, start, end, self.original[start:end]

    def finished(self) -> CleanedDocument[Any]:
        """The document in its last state."""
        outcome, reading = self.outcome, self.reading
        assert outcome is not None  # nobody asks before all is cleaned
        return CleanedDocument(
            self.document, outcome.text, reading.remainder, outcome.columns, reading.order
        )

    def lose(self, span: tuple[int, int], loss: Loss, *, page_line: bool = False) -> None:
        """Take a span out, and with it the lines of the page in it that went before.

        The reading is made anew by `cut`, when all is told.
        """
        start, end = span
        for line in [each for each in self.page_lines if start <= each[0] and each[1] <= end]:
            self.page_lines.discard(line)
            del self.losses[line]
        self.losses[span] = loss
        if page_line:
            self.page_lines.add(span)

    def bring_back(self, span: tuple[int, int]) -> None:
        """Undo a loss, and that of the headings above it, which went because all below them did."""
        self.returned.add(span)
        del self.losses[span]
        level = 7
        for block in reversed(self.blocks[: self._numbers.get(span, 0)]):
            above = block.start, block.end
            if above not in self.losses:
                return
            if block.kind is BlockKind.HEADING and block.level < level:
                level = block.level
                del self.losses[above]

    def cut(self) -> None:
        """Make the reading anew from the losses and columns; joins are lost."""
        numbers = {self._numbers[span] for span in self.losses if span in self._numbers}
        parts = [
            span
            for span in self.losses
            if span not in self._numbers and span not in self.page_lines
        ]
        if self.page_lines:
            blocks = blocks_of(self.original)
            lines, gone = line_cuts(self.original, blocks, self.page_lines)
            parts += lines
            if blocks == self.blocks:
                numbers |= gone
            else:
                parts += cuts(self.original, blocks, gone)
        self.reading = Reading(
            Remainder(self.original, [*cuts(self.original, self.blocks, numbers), *parts])
        )
        if self.columns:
            remainder = self.reading.remainder
            spans = [
                (remainder.from_original(start), remainder.from_original(end))
                for start, end in self.columns
            ]
            self.reading = self.reading.moved(spans, ())
        self.joins = []

    def prepared(self, reading: Reading) -> tuple[str, list[Span]]:
        """A reading's text with `replacements` made, and the edits that do so."""
        edits: list[Span] = []
        for start, end, after, cause, group in self.replacements:
            place = reading.from_original(start, end)
            if place is not None:
                edits.append((*place, after, cause, group))
        edits.sort(key=lambda edit: edit[:2])
        return rewrite(reading.text, 0, len(reading.text), edits), edits

    def standing(self, cleaned: bool) -> tuple[str, Back]:
        """The text as it stands, and what leads back to the original from there.

        Args:
            cleaned: take what cleaning made of it, if it was cleaned; else what is left of the
                original, in its own order.
        """
        if cleaned and self.outcome is not None:
            alignment = Alignment(self.outcome.columns)
            reading = self.reading
            return self.outcome.text, lambda start, end: reading.to_original(
                *alignment.to_source(start, end)
            )
        if not self.losses:
            return self.original, lambda start, end: [(start, end)]
        remainder = self.reading.remainder
        return remainder.text, lambda start, end: [remainder.to_original(start, end)]

    def units(self, *, cleaned: bool) -> list[Unit]:
        """What to group: the document's own blocks, or the cleaned text's."""
        from textclean.layout.block_order import is_line_by_line

        if self.superseded:
            return []
        text, back = self.standing(cleaned)
        if text is self.original:
            blocks, sources = self.blocks, [[(block.start, block.end)] for block in self.blocks]
        else:
            blocks = _whole(text) if self.whole else blocks_of(text)
            sources = [
                [found for span in back(b.start, b.end) for found in self._snap(*span)]
                for b in blocks
            ]
        fixed = fixed_spans(text, [(block.start, block.end) for block in blocks])
        # Where an extractor made a block of each printed line, a line is no paragraph.
        single = not self.whole and (
            self.line_by_line if text is self.original else is_line_by_line(text)
        )
        kept = [
            stays or not spans or (single and block.end - block.start <= LONGEST_LINE)
            for block, stays, spans in zip(blocks, fixed, sources, strict=True)
        ]
        return [
            Unit(block.start, "" if stays else text[block.start : block.end], spans)
            for block, stays, spans in zip(blocks, kept, sources, strict=True)
        ]

    @cached_property
    def line_by_line(self) -> bool:
        """Whether the original has a blank line behind each printed line."""
        from textclean.layout.block_order import is_line_by_line

        return is_line_by_line(self.original)

    def _snap(self, start: int, end: int) -> list[tuple[int, int]]:
        """The blocks in a span of the original; where it holds a block only in part, the span."""
        if start == end:
            return []
        at = max(bisect_left(self._starts, start) - 1, 0)
        found: list[tuple[int, int]] = []
        while at < len(self.blocks) and self.blocks[at].start < end:
            block = self.blocks[at]
            at += 1
            if block.end <= start or (block.start, block.end) in self.losses:
                continue
            if self._between(block.start, start) or self._between(end, block.end):
                return [(start, end)]
            found.append((block.start, block.end))
        return found

    def _between(self, start: int, end: int) -> bool:
        """Whether anything is left between two places of the original but lines of the page."""
        if not self.original[start:end].strip():
            return False
        if not self.page_lines:
            return True
        lines = [line for line in self.page_lines if start <= line[0] and line[1] <= end]
        return bool(Remainder(self.original[:end], lines).text[start:].strip())

    def alone(
        self, unit: Unit, lost: Iterable[LostPassage], cleaned: bool
    ) -> tuple[LostPassage, ...]:
        """What a unit alone says, with its places in the original instead of those in the unit."""
        _, back = self.standing(cleaned)
        return tuple(
            passage._replace(start=start, end=end, text=self.original[start:end])
            for passage in lost
            for start, end in back(unit.start + passage.start, unit.start + passage.end)
        )


def located(drafts: Sequence[Draft], place: Place) -> tuple[Any, int, int, str]:
    """`Draft.at` for a place in one of some documents."""
    return drafts[place.draft].at(place.start, place.end)


def _whole(text: str) -> list[Block]:
    return [Block(0, len(text), BlockKind.PARAGRAPH)] if text else []
