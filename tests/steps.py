"""Work counted in bytecodes, which no clock and no busy machine changes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


@contextmanager
def counting() -> Iterator[list[int]]:
    """Counts the bytecodes that Python runs; a comprehension counts each of its turns."""
    count = [0]

    def trace(frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        count[0] += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield count
    finally:
        sys.settrace(before)


def steps(work: Callable[[], object]) -> int:
    """How many bytecodes a piece of work runs; what an expression of `re` does is one."""
    with counting() as count:
        work()
    return count[0]
