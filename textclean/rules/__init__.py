"""In-paragraph repairs, a module per family; `registry` says what a rule is and how to add one."""

from __future__ import annotations

from functools import cache
from importlib import import_module

#: The modules that hold rules, by their full names. A new family is a new line here.
FAMILIES = (
    "textclean.rules.characters",
    "textclean.rules.script",
    "textclean.rules.nonstandard",
    "textclean.rules.wrapped_lines",
    "textclean.rules.broken_paragraphs",
    "textclean.rules.fullwidth_marks",
    "textclean.rules.brackets_and_quotes",
    "textclean.rules.ellipsis_and_dash",
    "textclean.rules.ocr_marks",
    "textclean.rules.lost_marks",
    "textclean.rules.quote_halves",
    "textclean.rules.sentence_ends",
    "textclean.rules.spacing",
    "textclean.rules.repetition",
    "textclean.rules.quantities",
    "textclean.rules.placeholders",
)


@cache
def load() -> None:
    """Import the families, which registers their rules."""
    for name in FAMILIES:
        import_module(name)
