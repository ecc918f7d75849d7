"""Formats whose texts are literals among other bytes: the literals change, every other byte stays.

Reading a record and writing it again would change its number formats, its quotes and its spaces. So
a content is scanned, not rebuilt, and what undoes a change is said in places of the content: how
much of the output stays, how long the new literal is, and what the old one was.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
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

    @property
    def dialect(self) -> Row:
        """What else there is to know of the file to read and write its literals."""
        return {}

    @staticmethod
    @abstractmethod
    def read_literal(literal: str, dialect: Row) -> str:
        """The text that a literal means.

        Raises:
            ValueError: it is no literal.
        """

    @staticmethod
    @abstractmethod
    def write_literal(text: str, like: str, dialect: Row) -> str:
        """A text as a literal in the manner of another one."""

    def encode(self, passage: Passage, text: str) -> str:
        """A literal in the manner of the one that stands there."""
        return self.write_literal(text, self.content[passage.start : passage.end], self.dialect)

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
        return {"changes": changes, **({"dialect": self.dialect} if self.dialect else {})}

    @classmethod
    def restore(cls, row: Row, output: str, unpack: Unpack) -> str:
        """The content with its dropped records and its old literals."""
        dialect = row.get("dialect", {})
        pieces: list[str] = []
        at = 0
        for stay, length, back in row["changes"]:
            new = output[at + stay : at + stay + length]
            if stay < 0 or length < 0 or at + stay + length > len(output):
                raise RecordError(f"a change at {at + stay} is outside of the file")
            old = back.get("old")
            if old is None:
                text = unpack(back, cls.read_literal(new, dialect))
                old = cls.write_literal(text, new, dialect)
            pieces += (output[at : at + stay], old)
            at += stay + length
        return "".join((*pieces, output[at:]))

    def bad_slices(self) -> list[tuple[int, int]]:
        """The slices of the content that go with bad records, in order of place."""
        return self.record_slices([bad.record for bad in self.bad]) if self.drops_bad else []

    @abstractmethod
    def record_slices(self, records: Sequence[int]) -> list[tuple[int, int]]:
        """The slices of the content that go when these records are dropped, in order."""

    def _changes(self, texts: Sequence[str | None], packed: Sequence[Row]) -> list[Change]:
        """What changes, in order of place."""
        gone = {bad.record for bad in self.bad} if self.drops_bad else set()
        changes: list[Change] = []
        for passage, text, back in zip(self.passages, texts, packed, strict=True):
            if text is None:
                gone.add(passage.record)
            elif text != passage.text:
                old = self.content[passage.start : passage.end]
                new = self.encode(passage, text)
                follows = self.write_literal(passage.text, new, self.dialect) == old
                changes.append(Change(passage.start, passage.end, new, back if follows else {}))
        if gone:
            changes += (Change(*each, "", {}) for each in self.record_slices(sorted(gone)))
            changes.sort(key=lambda change: change.start)
        return changes
