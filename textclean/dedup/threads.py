"""Work on chunks by threads: the loops in `kernels` let go of the interpreter's lock."""

from __future__ import annotations

import os
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

    Args:
        threads: as of `workers`.
    """
    jobs = list(items)
    threads = min(workers(threads), len(jobs))
    if threads <= 1:
        return [work(job) for job in jobs]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, jobs))
