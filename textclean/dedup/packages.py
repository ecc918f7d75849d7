"""The one door to the packages of the extra ``[dedup]``.

The entries of this package (`copies`, `result`, `signatures`) knock here before they import what
loads numpy and numba. All packages are asked for at once: what is missing is to be an error at
once, never another result.
"""

from __future__ import annotations

from importlib.util import find_spec

from textclean.errors import MissingExtraError

#: What the search imports.
SEARCH = ("numpy", "numba", "rapidfuzz")


def require() -> None:
    """See that everything the search needs can be imported.

    Raises:
        MissingExtraError: one of the packages is not installed.
    """
    if any(find_spec(package) is None for package in SEARCH):
        raise MissingExtraError("near-duplicate search", "dedup")
