"""Redacted values: where they stand, what they were, and how a table or a witness gives them back."""

from __future__ import annotations

from textclean.placeholders.detect import find
from textclean.placeholders.placeholder import Candidate, Placeholder, PlaceholderType
from textclean.placeholders.redaction import Redacted, Secret, redact
from textclean.placeholders.restoration import restore

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
