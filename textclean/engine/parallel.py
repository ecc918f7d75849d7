"""Cleaning texts in several processes: the same result for every number of them.

Texts travel in batches, only the cleaned text and the packed edits travel back. A text that a rule
fails on, or that ends the process it is in, is a `Failure`; the others are done all the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

from textclean.cleaning import clean
from textclean.config import Config
from textclean.text.columns import EditColumns

#: From so many characters on, other processes earn the second or two that starting them takes.
WORTH_PROCESSES = 4_000_000
_BATCH = 200_000  # characters
_MOST_TEXTS = 2_000


class Outcome(NamedTuple):
    """A cleaned text and the edits that lead to it."""

    text: str
    columns: EditColumns


class Failure(NamedTuple):
    """Why a text could not be cleaned."""

    message: str


Results = list[Outcome | Failure]


def clean_texts(
    texts: Sequence[str],
    config: Config,
    workers: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Results:
    """What becomes of each text, in the order of the texts.

    Args:
        workers: processes to use; None: one for a small input, one per processor for a large one.
        progress: told how many more texts are done, each time that some are.

    Raises:
        ConfigError: the configuration does not fit the rules (one text's error is its `Failure`).
    """
    clean("", config)  # what is wrong with the configuration is wrong once, not once per text
    batches = list(_batches(texts))
    if workers is None:
        large = sum(map(len, texts)) >= WORTH_PROCESSES
        workers = (os.cpu_count() or 1) if large else 1
    workers = min(workers, len(batches))
    results: Results = []
    report = progress or _ignore
    if workers <= 1:
        for batch in batches:
            results += _clean_batch(batch, config)
            report(len(batch))
        return results
    done: list[Results | None] = [None] * len(batches)
    _in_pool(batches, config, workers, done, report)
    alone = None in done and _processes_start(config)
    for batch, outcome in zip(batches, done, strict=True):
        if outcome is None:
            outcome = (_one_by_one if alone else _clean_batch)(batch, config)
            report(len(batch))
        results += outcome
    return results


def _ignore(_: int) -> None:
    pass


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= _BATCH or len(batch) >= _MOST_TEXTS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _in_pool(
    batches: Sequence[list[str]],
    config: Config,
    workers: int,
    done: list[Results | None],
    report: Callable[[int], None],
) -> None:
    """Fill `done`; what the pool's end leaves undone stays None."""
    try:
        with _pool(workers) as pool:
            waiting: list[Future[Results]] = [
                pool.submit(_clean_batch, batch, config) for batch in batches
            ]
            for number, future in enumerate(waiting):
                done[number] = future.result()
                report(len(batches[number]))
    except BrokenExecutor:
        return


def _one_by_one(texts: Sequence[str], config: Config) -> Results:
    """Each text in a process of its own, so that one which ends its process ends no other."""
    results: Results = []
    for text in texts:
        try:
            with _pool(1) as pool:
                results += pool.submit(_clean_batch, [text], config).result()
        except BrokenExecutor:
            results.append(Failure("the process that cleaned it was ended from outside"))
    return results


def _processes_start(config: Config) -> bool:
    """False where none can: the main module is no file, or lacks its ``__main__`` guard."""
    try:
        with _pool(1) as pool:
            return pool.submit(_clean_batch, [], config).result() == []
    except BrokenExecutor:
        return False


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn works everywhere and never copies a process that runs threads.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _clean_batch(texts: Sequence[str], config: Config) -> Results:
    results: Results = []
    for text in texts:
        try:
            cleaned = clean(text, config)
        except Exception as error:  # whatever it is, the other texts are done
            results.append(Failure(f"{type(error).__name__}: {error}"))
        else:
            results.append(Outcome(cleaned.text, cleaned.columns))
    return results
