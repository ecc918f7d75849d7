"""Redacted values: where they stand, what they were, and what gives them back."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textclean.placeholders.detect import find
    from textclean.placeholders.placeholder import Candidate, Placeholder, PlaceholderType
    from textclean.placeholders.redaction import Redacted, Secret, redact
    from textclean.placeholders.restoration import restore

# The rules of the family live in this package; what they need is imported when it is first used.
_HOME = {
    "Candidate": "placeholder",
    "Placeholder": "placeholder",
    "PlaceholderType": "placeholder",
    "Redacted": "redaction",
    "Secret": "redaction",
    "find": "detect",
    "redact": "redaction",
    "restore": "restoration",
}

__all__ = [
    "Candidate",
    "Placeholder",
    "PlaceholderType",
    "Redacted",
    "Secret",
    "find",
    "redact",
    "restore",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'textclean.placeholders' has no attribute {name!r}")
    value = getattr(import_module(f"textclean.placeholders.{home}"), name)
    globals()[name] = value
    return value
