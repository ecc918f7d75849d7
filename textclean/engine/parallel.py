"""Batches of texts, and the processes that they are spread over: one of each for all callers.

Texts travel in batches; what the given function makes of a batch is the same in every process, and
results keep the order of the texts. So the number of processes changes nothing but the time. The
function and what it returns are pickled, so it is one of a module's top level.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

Result = TypeVar("Result")
#: What is made of a batch: a result for each text.
Work = Callable[[list[str]], list[Result]]

#: From so many characters on, other processes earn the second or two that starting them takes.
WORTH_PROCESSES = 4_000_000
#: A batch ends with the text that takes it to so many characters, or so many texts.
BATCH = 200_000
_MOST_TEXTS = 2_000


def batches_of(texts: Iterable[str], characters: int | None = None) -> Iterator[list[str]]:
    """The texts in lists of at least `characters` (by default `BATCH`), but for the last."""
    characters = characters or BATCH
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= characters or len(batch) >= _MOST_TEXTS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def stream(work: Work[Result], texts: Iterable[str], workers: int) -> Iterator[tuple[str, Result]]:
    """Each text with its result, in input order; a few batches are in memory at a time."""
    batches = batches_of(texts)
    with _pool(workers) as pool:
        waiting: deque[tuple[list[str], Future[list[Result]]]] = deque()
        while True:
            for batch in islice(batches, 2 * workers - len(waiting)):
                waiting.append((batch, pool.submit(work, batch)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            yield from zip(batch, future.result(), strict=True)


def collect(
    work: Work[Result],
    texts: Sequence[str],
    workers: int | None,
    ended: Result,
    progress: Callable[[int], None] | None = None,
    characters: int | None = None,
) -> list[Result]:
    """The result of each text, in the order of the texts.

    Args:
        workers: processes to use; None: one for a small input, one per processor for a large one.
        ended: the result of a text that ends the process it is in; the others are done all the
            same.
        progress: called with how many more texts are done, each time that some are.
        characters: of a batch; by default `BATCH`.
    """
    batches = list(batches_of(texts, characters))
    if workers is None:
        large = sum(map(len, texts)) >= WORTH_PROCESSES
        workers = (os.cpu_count() or 1) if large else 1
    workers = min(workers, len(batches))
    done: list[list[Result] | None] = [None] * len(batches)
    alone = False
    if workers > 1:
        _in_pool(work, batches, workers, done, progress)
        alone = None in done and _processes_start(work)
    results: list[Result] = []
    for batch, outcome in zip(batches, done, strict=True):
        if outcome is None:
            outcome = _one_by_one(work, batch, ended) if alone else work(batch)
            if progress:
                progress(len(batch))
        results += outcome
    return results


def _in_pool(
    work: Work[Result],
    batches: Sequence[list[str]],
    workers: int,
    done: list[list[Result] | None],
    progress: Callable[[int], None] | None,
) -> None:
    """Fill `done`; what the pool's end leaves undone stays None."""
    try:
        with _pool(workers) as pool:
            futures = [pool.submit(work, batch) for batch in batches]
            for number, future in enumerate(futures):
                done[number] = future.result()
                if progress:
                    progress(len(batches[number]))
    except BrokenExecutor:
        return


def _one_by_one(work: Work[Result], texts: Sequence[str], ended: Result) -> list[Result]:
    """Each text in a process of its own, so that one which ends its process ends no other."""
    results: list[Result] = []
    for text in texts:
        try:
            with _pool(1) as pool:
                results += pool.submit(work, [text]).result()
        except BrokenExecutor:
            results.append(ended)
    return results


def _processes_start(work: Work[Result]) -> bool:
    """False where none can: the main module is no file, or lacks its ``__main__`` guard."""
    try:
        with _pool(1) as pool:
            return pool.submit(work, []).result() == []
    except BrokenExecutor:
        return False


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn works everywhere and never copies a process that runs threads.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
