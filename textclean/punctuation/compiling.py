"""Loops compiled by numba, where it is installed: in training always, in bulk where it pays."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
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


#: So many slots are worth the second that loading numba takes.
WORTH_LOADING = 20_000


def load_if_worth(slots: int) -> None:
    """Load numba, if it is installed, for a text with very many slots."""
    if slots >= WORTH_LOADING and "numba" not in sys.modules and find_spec("numba"):
        import numba  # noqa: F401


def at_hand(loop: Loop) -> Loop | None:
    """`loop` compiled if numba is loaded already, else None: the caller has another way."""
    return cast("Loop", _kept(loop)) if "numba" in sys.modules else None


@cache
def _kept(loop: Callable[..., Any]) -> Callable[..., Any]:
    return compiled(loop)
