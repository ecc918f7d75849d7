"""The rules, a module a theme. A module that a rule is added to needs no other line anywhere; a new
module is named in `MODULES`. `textclean.engine.rule` says what a rule is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module

from textclean.engine.rule import Rule, registered_rules

#: The modules that hold rules, in the order in which their stages run. Within a stage rules are
#: asked in order of code; ``docs/rules.md`` has the table.
MODULES = (
    "residue",
    "mojibake",
    "overprinted",
    "characters",
    "width",
    "switches",
    "script",
    "script_conversion",
    "nonstandard",
    "misread_words",
    "wrapped_lines",
    "page_furniture",
    "broken_paragraphs",
    "fullwidth_marks",
    "english_marks",
    "brackets_and_quotes",
    "ellipsis_and_dash",
    "lost_marks",
    "lost_characters",
    "split_words",
    "ocr_marks",
    "misread_brackets",
    "misread_lists",
    "quote_halves",
    "sentence_ends",
    "spacing",
    "repetition",
    "quantities",
    "number_marks",
    "misread_signs",
    "placeholders",
    "readings",
)


@cache
def all_rules() -> Sequence[Rule]:
    """Every rule, in order of code."""
    for name in MODULES:
        import_module(f"textclean.rules.{name}")
    return tuple(rule for _, rule in sorted(registered_rules.items()))
