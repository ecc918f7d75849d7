"""Work on chunks by threads: the loops in `kernels` let go of the interpreter's lock."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


def workers(threads: int | None) -> int:
    """How many work at once; None stands for as many as there are processors."""
    return threads or os.cpu_count() or 1


def each(
    work: Callable[[_Item], _Made], items: Iterable[_Item], threads: int | None
) -> list[_Made]:
    """`work` on each item; results in order.

    The calling thread works too, and each takes an item when it is done with its last: a thread
    that only waited for results would be woken for every one, and take the lock from the others.

    Args:
        threads: as of `workers`.
    """
    jobs = deque(enumerate(items))
    made: list[_Made] = [None] * len(jobs)  # type: ignore[list-item]

    def take() -> None:
        try:
            while True:
                try:
                    number, item = jobs.popleft()
                except IndexError:
                    return
                made[number] = work(item)
        finally:
            jobs.clear()  # what failed fails at once

    helpers = min(workers(threads), len(jobs)) - 1
    if helpers <= 0:
        take()
        return made
    with ThreadPoolExecutor(helpers) as pool:
        others = [pool.submit(take) for _ in range(helpers)]
        take()
    for other in others:
        other.result()
    return made
