"""Loops compiled by numba, for training."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any, TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., Any])


@cache
def compiled(loop: Loop) -> Loop:
    """`loop` as machine code, compiled when first called, and with it the plain functions it calls
    (defined before it): so training runs the source that describes features for inference.
    """
    assert isinstance(loop, FunctionType)
    names = loop.__globals__
    called = {name: names[name] for name in loop.__code__.co_names if callable(names.get(name))}
    plain = {name: compiled(each) for name, each in called.items() if type(each) is FunctionType}
    if plain:
        loop = cast(Loop, FunctionType(loop.__code__, names | plain, loop.__name__))
    # What calls others is compiled anew every time: numba does not see that these have changed.
    try:
        return cast(Loop, njit(cache=not called, nogil=True)(loop))
    except RuntimeError:  # "cannot cache function: no locator available"
        return cast(Loop, njit(nogil=True)(loop))
