"""Loops compiled by numba, for training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from textclean.errors import MissingExtraError

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(loop: Loop) -> Loop:
    """`loop` as machine code, compiled when first called and kept where numba may keep it.

    Raises:
        MissingExtraError: numba is not installed.
    """
    try:
        from numba import njit
    except ImportError:
        raise MissingExtraError("compiled code", "dedup") from None
    try:
        return cast(Loop, njit(cache=True, nogil=True)(loop))
    except RuntimeError:  # "cannot cache function: no locator available"
        return cast(Loop, njit(nogil=True)(loop))
