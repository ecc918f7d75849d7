"""The errors textclean raises on bad input: each names the place and says what to do.

Every one is a ``ValueError`` too, so a caller that knows nothing of textclean still catches them.
"""

from __future__ import annotations


class TextcleanError(ValueError):
    """Base of all errors that bad input, configuration or records can cause."""


class InvalidTextError(TextcleanError):
    """A string that is not Unicode text: it holds a lone surrogate."""


class ConfigError(TextcleanError):
    """A configuration value or key that does not exist or does not fit."""


class DocumentError(TextcleanError):
    """A file or record that cannot be read, decoded or written back unchanged."""


class NoTextError(DocumentError):
    """A file of records of which none has a text where it was asked for."""


class RecordError(TextcleanError):
    """An undo record, or an output tree, that does not fit what is on disk."""


class MissingExtraError(TextcleanError, ImportError):
    """A feature whose optional dependencies are not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs packages that are not installed: "
            f"run  pip install 'textclean-zh[{extra}]'  and try again"
        )


class RestoreError(TextcleanError):
    """Values that do not fit the placeholders they are meant for; the message names the slot."""


class RuleError(TextcleanError):
    """A rule of the user's own, or of a plug-in, that fails on a text; the message names it."""
