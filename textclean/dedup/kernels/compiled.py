"""How the loops are compiled: once, and kept in a cache.

numba keeps compiled code beside the source where it can write there, else in the user's cache
folder (``NUMBA_CACHE_DIR`` names another). Where neither can be written the code is compiled in
each process anew, which takes seconds but gives the same results.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """`loop` compiled when it is first called, without the interpreter's lock."""
    try:
        return cast(Loop, njit(cache=True, nogil=True, error_model="numpy")(loop))
    except RuntimeError:  # "cannot cache function: no locator available"
        return cast(Loop, njit(nogil=True, error_model="numpy")(loop))
