"""Work on chunks by threads: the loops in `kernels` let go of the interpreter's lock."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def check_threads(threads: object) -> None:
    """See that this is a number of threads, or None.

    Raises:
        TypeError, ValueError: it is no number from 1 on.
    """
    if threads is None:
        return
    if not isinstance(threads, int) or isinstance(threads, bool):
        raise TypeError(f"threads: expected a number, got {type(threads).__name__}")
    if threads < 1:
        raise ValueError(f"threads: {threads} is less than 1")


class ThreadPool:
    """The thread that enters it, and others that help: one pool for the whole of a search."""

    def __init__(self, threads: int | None) -> None:
        """
        Raises:
            TypeError, ValueError: `threads` is no number from 1 on.
        """
        check_threads(threads)
        #: How many work at once; None stands for as many as there are processors.
        self.size = threads or os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(max(1, self.size - 1))

    def __enter__(self) -> ThreadPool:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def map(self, work: Callable[[_Item], _Result], items: Iterable[_Item]) -> list[_Result]:
        """`work` on each item; results in order.

        The calling thread works too, and each thread takes an item when it is done with its last: a
        thread that only waited would be woken for every result, and take the lock from others.
        Not to be called by `work`: threads would wait for one another.
        """
        jobs = deque(enumerate(items))
        results: list[_Result] = [None] * len(jobs)  # type: ignore[list-item]

        def take() -> None:
            try:
                while True:
                    try:
                        number, item = jobs.popleft()
                    except IndexError:
                        return
                    results[number] = work(item)
            finally:
                jobs.clear()  # what failed fails at once

        helpers = min(self.size, len(jobs)) - 1
        others = [self._pool.submit(take) for _ in range(helpers)]
        try:
            take()
        finally:
            wait(others)
        for other in others:
            other.result()
        return results
