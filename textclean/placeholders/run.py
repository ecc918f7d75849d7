"""`Run`: a stretch of a text that may be a mask, before its type is decided."""

from __future__ import annotations

from typing import NamedTuple

from textclean.placeholders.placeholder import MaskKind, PlaceholderType


class Run(NamedTuple):
    """A run of a mask: ``text[start:end]`` in code points."""

    start: int
    end: int
    mask: str
    #: The likelihood that something was redacted, by its form and the text that touches it; 0 to 1.
    form: float
    kind: MaskKind = MaskKind.MARKS
    #: The type, where the form itself says it; else `kinds.classify` decides.
    type: PlaceholderType | None = None
