"""What several readings of one text came to: a `Cleaned` that knows where each character stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textclean.text.cleaned import Cleaned, Suggest
from textclean.text.columns import EditColumns


class Source(NamedTuple):
    """A place where a character stands."""

    #: The name of the reading.
    reading: str
    #: In code points of it.
    offset: int


class Consensus(Cleaned):
    """The text that several readings come to, as edits of one of them; immutable, picklable.

    Attributes:
        original: the reading that was best as language; `revert` gives it back.
        base: its name.
        readings: all readings, by name.
        sources: by character of `text`, where it stands, in at least one reading; in order of name.
    """

    def __init__(
        self,
        readings: Mapping[str, str],
        base: str,
        text: str,
        columns: EditColumns,
        suggest: Suggest,
        sources: Sequence[tuple[Source, ...]],
    ) -> None:
        super().__init__(readings[base], text, columns, suggest)
        self.readings = readings
        self.base = base
        self.sources = sources

    def __repr__(self) -> str:
        return f"<Consensus of {len(self.readings)} readings: {len(self.columns)} edits>"
