"""Redacted values: where they stand, what they were, and how a witness or a table gives them back."""

from __future__ import annotations

from textclean.placeholders.detect import find
from textclean.placeholders.placeholder import Candidate, Placeholder, PlaceholderType

__all__ = ["Candidate", "Placeholder", "PlaceholderType", "find"]
