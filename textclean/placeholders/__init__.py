"""Redacted values: `find` them, `redact` a text, `restore` the values.

The way of a text through the modules:

- `masks` finds the runs of a redactor's marks, `names` names given in part, `somebody` what 某
  stands for, `tags` the names of values in their places, `blanks` what forms leave open, each a
  `run.Run`; `fields` (labels, offices, titles), `context_odds` and `kinds` decide their types;
  `structure` puts back the characters between values that the redactor ate; `identity` says which
  masks are one value; `detect` (`find`) makes `Placeholder` objects of them.
- `redaction` (`redact`) masks values and keeps them; `slots` names placeholders and says which
  values fit; `tables` reads values from files; `restoration` (`restore`) puts values back.
- `witness` takes values from another copy: `alignment` folds both and aligns them,
  `witness_alignment` decides whether the copy has the paragraph, `event_match` whether it reports
  the same event, `boilerplate` which words are written of many events; `value_parser` reads the
  value, and `gazetteer` attests names.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textclean.placeholders.detect import find
    from textclean.placeholders.placeholder import (
        Candidate,
        MaskKind,
        Placeholder,
        PlaceholderType,
    )
    from textclean.placeholders.redaction import Redacted, Secret, redact
    from textclean.placeholders.restoration import restore

# Imported on first use: most texts have no placeholders.
_HOME = {
    **dict.fromkeys(("Candidate", "MaskKind", "Placeholder", "PlaceholderType"), "placeholder"),
    **dict.fromkeys(("Redacted", "Secret", "redact"), "redaction"),
    "find": "detect",
    "restore": "restoration",
}

__all__ = [
    "Candidate",
    "MaskKind",
    "Placeholder",
    "PlaceholderType",
    "Redacted",
    "Secret",
    "find",
    "redact",
    "restore",
]


if not TYPE_CHECKING:  # so that type checkers reject a wrong name

    def __getattr__(name: str) -> Any:
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
