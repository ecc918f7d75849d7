"""Paragraphs across breaks: which line breaks are the paragraph's own and which the page's, which
block goes on in which, columns, captions in between.

What is named here is imported when it is first asked for; so are the models' weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textclean.layout.stitching import Continuations, Stitch, continues_elsewhere, stitch

__all__ = ["Continuations", "Stitch", "continues_elsewhere", "stitch"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from textclean.layout import stitching

        return getattr(stitching, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
