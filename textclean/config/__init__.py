"""`Config`: every choice there is, what files say of it, and its JSON Schema.

``options`` is the class, ``tables`` what stands in tables of its own (rules, choices by file),
``files`` finds and reads configuration files, ``schema`` describes them for editors.
"""

from __future__ import annotations

from textclean.config.files import load_config, read_config
from textclean.config.options import (
    BlankLines,
    Config,
    Indent,
    Keep,
    LatinSpace,
    Options,
    TierName,
    Unit,
    config_of,
)
from textclean.config.tables import OwnRule

__all__ = [
    "BlankLines",
    "Config",
    "Indent",
    "Keep",
    "LatinSpace",
    "Options",
    "OwnRule",
    "TierName",
    "Unit",
    "config_of",
    "load_config",
    "read_config",
]
