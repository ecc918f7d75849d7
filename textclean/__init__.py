"""Makes damaged Chinese text usable, and can undo everything it did.

>>> import textclean
>>> done = textclean.clean("结合党史学习教育,市卫健委党组号召全市党员干部带头接种疫苗。")
>>> done.text
'结合党史学习教育，市卫健委党组号召全市党员干部带头接种疫苗。'
>>> done.edits[0].rule, done.edits[0].before, done.edits[0].after
('P001', ',', '，')
>>> done.revert() == done.original
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textclean.cleaning import check, clean, clean_many
    from textclean.config import Config
    from textclean.corpus.pipeline import Corpus, CorpusRemoval, clean_corpus
    from textclean.dedup import Deduplicated, Removal, RemovalKind, deduplicate
    from textclean.errors import (
        ConfigError,
        DocumentError,
        InvalidTextError,
        MissingExtraError,
        RecordError,
        TextcleanError,
    )
    from textclean.text.cleaned import Cleaned
    from textclean.text.edit import Edit, Part, Tier

__version__ = "0.1.0"

# Each name is imported when it is first used, so that `import textclean` costs next to nothing.
_HOME = {
    "Cleaned": "textclean.text.cleaned",
    "Config": "textclean.config",
    "ConfigError": "textclean.errors",
    "Corpus": "textclean.corpus.pipeline",
    "CorpusRemoval": "textclean.corpus.pipeline",
    "Deduplicated": "textclean.dedup",
    "DocumentError": "textclean.errors",
    "Edit": "textclean.text.edit",
    "InvalidTextError": "textclean.errors",
    "MissingExtraError": "textclean.errors",
    "Part": "textclean.text.edit",
    "RecordError": "textclean.errors",
    "Removal": "textclean.dedup",
    "RemovalKind": "textclean.dedup",
    "TextcleanError": "textclean.errors",
    "Tier": "textclean.text.edit",
    "check": "textclean.cleaning",
    "clean": "textclean.cleaning",
    "clean_corpus": "textclean.corpus.pipeline",
    "clean_many": "textclean.cleaning",
    "deduplicate": "textclean.dedup",
}

# Packages whose functions are called by their full names (``textclean.quantities.find``).
_PACKAGES = frozenset(("quantities",))

__all__ = [
    "Cleaned",
    "Config",
    "ConfigError",
    "Corpus",
    "CorpusRemoval",
    "Deduplicated",
    "DocumentError",
    "Edit",
    "InvalidTextError",
    "MissingExtraError",
    "Part",
    "RecordError",
    "Removal",
    "RemovalKind",
    "TextcleanError",
    "Tier",
    "check",
    "clean",
    "clean_corpus",
    "clean_many",
    "deduplicate",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if name in _PACKAGES:
        return import_module(f"textclean.{name}")
    if home is None:
        raise AttributeError(f"module 'textclean' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value
