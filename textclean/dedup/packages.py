"""The packages of the extra ``[dedup]``, looked for when there is something to search.

All of them are asked for at once: a search that found numpy and then missed numba would fail half
way, and what is missing is to be an error at once, never another result.
"""

from __future__ import annotations

from importlib.util import find_spec

from textclean.errors import MissingExtraError

_PACKAGES = ("numpy", "numba", "datasketch", "rapidfuzz")


def require() -> None:
    """See that everything the search needs can be imported.

    Raises:
        MissingExtraError: numpy, numba, datasketch or rapidfuzz is not installed.
    """
    for package in _PACKAGES:
        if find_spec(package) is None:
            raise MissingExtraError("near-duplicate search", "dedup")
