"""Which implementation scores: one thing at a time in Python, or many at once in numpy arrays.

Both come to the same integers. The environment variable `VARIABLE`, set to ``python`` or ``numpy``,
forces one; unset, arrays are used from so many things on that they are faster. Its third value,
``numba``, concerns only loops that can be compiled.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

from textclean.errors import ConfigError, MissingExtraError

VARIABLE = "TEXTCLEAN_IMPLEMENTATION"
PYTHON, NUMPY, NUMBA = "python", "numpy", "numba"


def uses_arrays(count: int, *, loaded: int, unloaded: int | None) -> bool:
    """Whether to score so many things in arrays.

    Args:
        count: of things to be scored.
        loaded: from so many on arrays are faster, if numpy is loaded.
        unloaded: from so many on they are worth the time it takes to load numpy; None for never.

    Raises:
        ConfigError: the variable names no implementation.
        MissingExtraError: it names numpy, which is not installed.
    """
    name = forced()
    if name == NUMPY and not _is_installed():
        raise MissingExtraError(f"{VARIABLE}={NUMPY}", "dedup")
    if name in (PYTHON, NUMPY):
        return name == NUMPY
    if count >= loaded and "numpy" in sys.modules:
        return True
    return unloaded is not None and count >= unloaded and _is_installed()


def forced() -> str | None:
    """The implementation that is forced.

    Raises:
        ConfigError: the variable names none.
    """
    name = os.environ.get(VARIABLE)
    if name and name not in (PYTHON, NUMPY, NUMBA):
        raise ConfigError(f"{VARIABLE}={name}: expected {PYTHON}, {NUMPY} or {NUMBA}")
    return name or None


def _is_installed() -> bool:
    return "numpy" in sys.modules or find_spec("numpy") is not None
