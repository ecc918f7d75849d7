"""In-paragraph repairs, a module per family; `registry` says what a rule is and how to add one."""

from __future__ import annotations

from functools import cache
from importlib import import_module

#: The modules that hold rules, by their full names. A new family is a new line here.
FAMILIES = (
    "textclean.rules.characters",
    "textclean.rules.script",
    "textclean.rules.rare",
    "textclean.layout.rules",
    "textclean.layout.breaks",
    "textclean.rules.marks",
    "textclean.rules.pairs",
    "textclean.rules.strokes",
    "textclean.rules.misread",
    "textclean.punctuation.rules",
    "textclean.punctuation.rules_quotes",
    "textclean.punctuation.rules_ends",
    "textclean.rules.spacing",
    "textclean.rules.repetition",
    "textclean.quantities.rules",
    "textclean.placeholders.rules",
)


@cache
def load() -> None:
    """Import the families, which registers their rules."""
    for name in FAMILIES:
        import_module(name)
