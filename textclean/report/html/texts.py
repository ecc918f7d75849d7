"""What a report shows of one text: as it was cleaned, with its edits and what was not done."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from textclean.text.columns import EditColumns, EditSequence
from textclean.text.edit import Edit
from textclean.text.kinds.document import DocumentKind, kind_of


@dataclass(frozen=True)
class Removed:
    """A slice that was taken out, and where it stood in what is left."""

    text: str
    #: Offset in the original, and in `ReportText.text`: it stood before the line that begins there.
    start: int
    before: int


class Moved(NamedTuple):
    """A span of what is left, as it follows the one before in reading order."""

    #: Where it is in `ReportText.text`, and its length.
    start: int
    length: int
    #: Where it stood in what is left.
    stood: int


#: Characters of what only parted blocks; such spans are no part of the order.
_SEPARATOR = 4


@dataclass
class ReportText:
    """A text of a file, before and after."""

    #: As decisions call it: `corpus.decisions.document_name`.
    name: str
    #: The file that it is in, and the line of its record.
    file: str
    line: int | None
    #: What was cleaned: the original without what was taken out, in reading order.
    text: str
    columns: EditColumns
    removed: Sequence[Removed] = ()
    moved: Sequence[Moved] = ()
    #: What was found and not done; None: nobody looked.
    suggestions: Sequence[Edit] | None = None
    #: Characters of the whole original, and those of the text that are not shown.
    characters: int = 0
    left_out: int = 0
    #: Offsets of the line breaks of the whole original.
    breaks: Sequence[int] = ()
    _kind: list[DocumentKind] = field(default_factory=list)

    @property
    def rearranged(self) -> list[Moved]:
        """The spans in reading order, if any stands elsewhere than on the page."""
        spans = [each for each in self.moved if each.length > _SEPARATOR]
        stood = [each.stood for each in spans]
        return [] if stood == sorted(stood) else spans

    def line_of(self, start: int) -> int:
        """The line in which what begins at an offset of `text` stood in the original, from 1."""
        for each in self.moved:
            if each.start <= start < each.start + each.length:
                start = each.stood + start - each.start
                break
        for cut in self.removed:
            if cut.start > start:
                break
            start += len(cut.text)
        return bisect_left(self.breaks, start) + 1

    @property
    def edits(self) -> Sequence[Edit]:
        """What was done."""
        return EditSequence(self.columns, self.text)

    @property
    def kind(self) -> DocumentKind:
        """What kind of text it is."""
        if not self._kind:
            self._kind.append(kind_of(self.text))
        return self._kind[0]

    def shortened(self, most: int) -> ReportText:
        """The lines at its beginning that have `most` characters, with their edits."""
        if len(self.text) <= most:
            return self
        edits = list(self.columns)
        end = self.text.rfind("\n", 0, most) + 1 or most
        for start, stop, *_ in edits:
            if start < end < stop:
                end = start
                break
        kept = [span for span in edits if span[1] <= end]
        return ReportText(
            self.name, self.file, self.line, self.text[:end], EditColumns.from_spans(kept),
            [each for each in self.removed if each.before <= end], (),
            None if self.suggestions is None else [e for e in self.suggestions if e.end <= end],
            self.characters, len(self.text) - end, self.breaks, [self.kind],
        )  # fmt: skip


def line_breaks(text: str) -> list[int]:
    """The offsets of the line breaks of a text."""
    found: list[int] = []
    at = text.find("\n")
    while at >= 0:
        found.append(at)
        at = text.find("\n", at + 1)
    return found
