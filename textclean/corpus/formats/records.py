"""Formats whose texts are literals among other bytes: the literals change, every other byte stays.

Reading a record and writing it again would change its number formats, its quotes and its spaces. So
a content is scanned, not rebuilt, and what undoes a change is said in places of the content: how
much of the output stays, how long the new literal is, and what the old one was.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from textclean.corpus.formats.base import DecodedFile, Passage, Row, Unpack
from textclean.corpus.formats.positions import Position
from textclean.errors import RecordError


class Change(NamedTuple):
    """A slice of the content, what takes its place, and what leads back."""

    start: int
    end: int
    new: str
    #: An entry of an undo row; empty where the old slice itself is needed.
    back: Row


class RecordFile(DecodedFile):
    """A file of records with texts in some of their fields."""

    has_records = True

    @staticmethod
    @abstractmethod
    def read_literal(literal: str) -> str:
        """The text that a literal means.

        Raises:
            ValueError: it is no literal.
        """

    @staticmethod
    @abstractmethod
    def write_literal(text: str, like: str) -> str:
        """A text as a literal in the manner of another one."""

    def encode(self, passage: Passage, text: str) -> str:
        """A literal in the manner of the one that stands there."""
        return self.write_literal(text, self.content[passage.start : passage.end])

    def position(self, passage: Passage, offset: int) -> Position:
        """The literal's line, and the column in the text: its line breaks may be escapes."""
        return Position(passage.line, offset + 1)

    def rewrite(self, texts: Sequence[str | None]) -> str:
        """The content with other literals and without the records that are dropped."""
        pieces: list[str] = []
        last = 0
        for start, end, new, _ in self._changes(texts, [{}] * len(texts)):
            pieces += (self.content[last:start], new)
            last = end
        return "".join((*pieces, self.content[last:]))

    def undo_entry(self, texts: Sequence[str | None], packed: Sequence[Row]) -> Row:
        """For each change how much stays before it, how long the new slice is, and what leads back.

        Where the old literal does not follow from the old text, that is the literal.
        """
        changes: list[list[object]] = []
        last = 0
        for start, end, new, back in self._changes(texts, packed):
            changes.append([start - last, len(new), back or {"old": self.content[start:end]}])
            last = end
        return {"changes": changes}

    @classmethod
    def restore(cls, row: Row, output: str, unpack: Unpack) -> str:
        """The content with its dropped records and its old literals."""
        pieces: list[str] = []
        at = 0
        for stay, length, back in row["changes"]:
            new = output[at + stay : at + stay + length]
            if stay < 0 or length < 0 or at + stay + length > len(output):
                raise RecordError(f"a change at {at + stay} is outside of the file")
            old = back.get("old")
            if old is None:
                old = cls.write_literal(unpack(back, cls.read_literal(new)), new)
            pieces += (output[at : at + stay], old)
            at += stay + length
        return "".join((*pieces, output[at:]))

    def _changes(self, texts: Sequence[str | None], packed: Sequence[Row]) -> Iterator[Change]:
        """What changes, in order of place."""
        rows = zip(self.passages, texts, packed, strict=True)
        for _, group in groupby(rows, key=lambda row: row[0].record):
            of_record = list(group)
            if any(text is None for _, text, _ in of_record):
                start, end = self.record_bounds(of_record[0][0])
                yield Change(start, end, "", {})
                continue
            for passage, text, back in of_record:
                if text is None or text == passage.text:
                    continue
                old = self.content[passage.start : passage.end]
                new = self.write_literal(text, old)
                follows = self.write_literal(passage.text, new) == old
                yield Change(passage.start, passage.end, new, back if follows else {})
