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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textclean import layout, placeholders, quantities
    from textclean.cleaning import check, clean, clean_many
    from textclean.config import Config
    from textclean.consensus.merging import consensus
    from textclean.consensus.result import Consensus, Source
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

__all__ = [
    "Cleaned",
    "Config",
    "ConfigError",
    "Consensus",
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
    "Source",
    "TextcleanError",
    "Tier",
    "check",
    "clean",
    "clean_corpus",
    "clean_many",
    "consensus",
    "deduplicate",
    "layout",
    "placeholders",
    "quantities",
]

# The module of each name. It is imported when the name is first used, so that `import textclean`
# costs next to nothing.
_MODULES = {
    name: module
    for module, names in {
        "textclean.cleaning": ("check", "clean", "clean_many"),
        "textclean.config": ("Config",),
        "textclean.consensus.result": ("Consensus", "Source"),
        "textclean.corpus.pipeline": ("Corpus", "CorpusRemoval", "clean_corpus"),
        "textclean.dedup": ("Deduplicated", "Removal", "RemovalKind", "deduplicate"),
        "textclean.errors": (
            "ConfigError", "DocumentError", "InvalidTextError", "MissingExtraError", "RecordError",
            "TextcleanError",
        ),
        "textclean.text.cleaned": ("Cleaned",),
        "textclean.text.edit": ("Edit", "Part", "Tier"),
    }.items()
    for name in names
}  # fmt: skip


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})


if not TYPE_CHECKING:  # for a type checker a name that is not above is an error

    def __getattr__(name: str) -> object:
        if name in _MODULES:
            value = getattr(import_module(_MODULES[name]), name)
        elif name in __all__:
            value = import_module(f"textclean.{name}")
        else:
            raise AttributeError(f"module 'textclean' has no attribute {name!r}")
        globals()[name] = value
        return value
