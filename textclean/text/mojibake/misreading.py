"""A span that was read in another encoding than it was written in."""

from __future__ import annotations

from typing import NamedTuple


class Misreading(NamedTuple):
    """A span that was read wrong, what it was if that can be told, and how it came about."""

    start: int
    end: int
    #: What was written; with U+FFFD for what cannot be told, empty if nothing can.
    decoded: str
    how: str
    #: Whether `decoded` is all of it for certain: written again and read again in the same way it
    #: gives the span, character for character.
    exact: bool = False


def of(codec: str, reading: str) -> str:
    """How a misreading came about, in words."""
    return f"{codec}, read as {reading}"
