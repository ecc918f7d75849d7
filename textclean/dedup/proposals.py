"""What the search hands to the graph: pairs that were compared, and what they turned out to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Part(NamedTuple):
    """A text that is the head or the tail of another one; texts by their indices."""

    part: int
    whole: int
    #: How many folded characters of the other it takes up.
    length: int
    #: How much of it is there: 1 if all of it.
    share: float
    #: Whether a number or a Latin word runs across its end.
    cut: bool
    #: Whether it is the tail.
    tail: bool


class Proposals(NamedTuple):
    """Verified pairs and groups; all numbers are indices of texts."""

    #: Two near copies and the Jaccard similarity of their shingles.
    copies: Sequence[tuple[int, int, float]] = ()
    #: Two texts as alike that differ in values beside other small things.
    twins: Sequence[tuple[int, int]] = ()
    #: Two texts as alike that differ in names alone.
    names: Sequence[tuple[int, int]] = ()
    parts: Sequence[Part] = ()
    #: Texts alike but for the values in them, and long enough to be listed.
    forms: Sequence[Sequence[int]] = ()
    #: As `copies`, but that a number differs in a digit, which may be a misread one.
    likely: Sequence[tuple[int, int, float]] = ()
