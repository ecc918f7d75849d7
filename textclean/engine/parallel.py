"""Batches of texts, and the processes that they are spread over: one of each for all callers.

Texts travel in batches; what a function makes of a batch is the same in every process, and results
keep the order of the texts. So the number of processes changes nothing but the time. Functions and
what they return are pickled. The processes are our own (`worker`) and not `multiprocessing`'s:
those import the main module once more, which a script without a guard does not survive, and import
from the current folder, where a file of texts may lie beside a ``numba.py``.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Result = TypeVar("Result")
#: What is made of a batch: a result for each text.
Work = Callable[[list[str]], list[Result]]

#: From so many characters on, other processes earn the second or two that starting them takes.
WORTH_PROCESSES = 4_000_000
#: A batch ends with the text that takes it to so many characters, or so many texts.
BATCH = 200_000
_MOST_TEXTS = 2_000
_PACKAGE = Path(__file__).parents[1]


class ProcessEndedError(RuntimeError):
    """A process ended before it answered: for want of memory, or by a fault in compiled code."""


class CannotStartError(RuntimeError):
    """No process can be started here."""


def batches_of(texts: Iterable[str], characters: int | None = None) -> Iterator[list[str]]:
    """The texts in lists of at least `characters` (by default `BATCH`), but for the last."""
    characters = characters or BATCH
    batch: list[str] = []
    size = 0
    try:
        for text in texts:
            batch.append(text)
            size += len(text)
            if size >= characters or len(batch) >= _MOST_TEXTS:
                yield batch
                batch, size = [], 0
    except Exception:
        if batch:
            yield batch  # what came before the error is worked on
        raise
    if batch:
        yield batch


def stream(
    work: Work[Result],
    texts: Iterable[str],
    workers: int,
    ended: Result | None = None,
    characters: int | None = None,
) -> Iterator[tuple[str, Result]]:
    """Each text with its result, in input order; a few batches are in memory at a time.

    Args:
        workers: processes; with one the work is done here.
        ended: the result of a text that ends the process it is in, while the others are done all
            the same; None: that is an error.
        characters: of a batch; by default `BATCH`.

    Raises:
        ProcessEndedError: a text ended the process it was in.
        Exception: what `texts` or `work` raises, behind the results of the texts before.
    """
    batches = ((work, batch) for batch in batches_of(texts, characters))
    for (_, batch), results in stream_batches(batches, workers, ended):
        yield from zip(batch, results, strict=True)


Batch = TypeVar("Batch", bound=tuple[Any, ...])


def stream_batches(
    batches: Iterable[Batch], workers: int, ended: Any | None = None
) -> Iterator[tuple[Batch, list[Any]]]:
    """Each batch with the results of its texts, in input order; a few are in memory at a time.

    Args:
        batches: tuples that begin with the work and the texts.
        workers, ended: as for `stream`.

    Raises:
        As `stream`.
    """
    failure: Exception | None = None
    coming = iter(batches)
    with Pool(workers) as pool:
        waiting: deque[tuple[Batch, Future[list[Any]] | None]] = deque()
        while True:
            try:
                for batch in islice(coming, (2 * workers if workers > 1 else 1) - len(waiting)):
                    work, texts = batch[:2]
                    future = pool.submit(work, texts) if workers > 1 and texts else None
                    waiting.append((batch, future))
            except Exception as error:
                failure = error
                coming = iter(())
            if not waiting:
                break
            batch, future = waiting.popleft()
            work, texts = batch[:2]
            try:
                results = work(texts) if future is None else future.result()
            except CannotStartError:
                results = work(texts)
            except ProcessEndedError:
                if ended is None:
                    raise
                results = []
                # Each text in a process of its own, so that one which ends it ends no other.
                for text in texts:
                    try:
                        results += pool.submit(work, [text]).result()
                    except ProcessEndedError:
                        results.append(ended)
            yield batch, results
    if failure is not None:
        raise failure


def workers_for(characters: int, workers: int | None) -> int:
    """How many processes to use: so many as are asked for; by itself one for a small input, one
    per processor for a large one.
    """
    if workers is None:
        workers = (os.cpu_count() or 1) if characters >= WORTH_PROCESSES else 1
    return workers


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
        workers: as for `workers_for`.
        ended: the result of a text that ends the process it is in; the others are done all the
            same.
        progress: called with how many more texts are done, each time that some are.
        characters: of a batch; by default `BATCH`.
    """
    batches = [(work, batch) for batch in batches_of(texts, characters)]
    number = min(workers_for(sum(map(len, texts)), workers), len(batches))
    collected: list[Result] = []
    for _, results in stream_batches(batches, number, ended):
        collected += results
        if progress:
            progress(len(results))
    return collected


class Pool:
    """Processes, each started when there is work that no other is free for; they end with it."""

    def __init__(self, workers: int) -> None:
        self._workers = max(workers, 1)
        self._threads: ThreadPoolExecutor | None = None
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        self._all: list[_Process] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        if self._threads is None:
            return
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._all:
            process.kill()
        self._threads.shutdown()
        for process in self._all:
            process.kill()  # it may have been started since
            process.close()

    def submit(self, work: Work[Result], batch: list[str]) -> Future[list[Result]]:
        """What becomes of a batch, once a process is free for it.

        Its exceptions are those of the work, `ProcessEndedError` and `CannotStartError`.
        """
        if self._threads is None:
            # Imported here, for one process alone has no use for it.
            from concurrent.futures import ThreadPoolExecutor

            self._threads = ThreadPoolExecutor(self._workers)
        return self._threads.submit(self._run, work, batch)

    def _run(self, work: Work[Result], batch: list[str]) -> list[Result]:
        try:
            process = self._idle.get_nowait()
        except Empty:
            process = _Process()
            self._all.append(process)
            process.greet()
        done, answer = process.call((work, batch))
        self._idle.put(process)
        if not done:
            raise answer
        return answer  # type: ignore[no-any-return]


def _given_paths() -> list[str]:
    return os.environ.get("PYTHONPATH", "").split(os.pathsep)


def _elsewhere(paths: Iterable[str]) -> list[str]:
    """Where things may be imported from: not the current folder, which an empty entry means."""
    here = Path.cwd().resolve()
    return [path for path in paths if path and Path(path).resolve() != here]


class _Process:
    """One process, which takes one call at a time."""

    def __init__(self) -> None:
        import subprocess  # here, as for all of a pool: `check` of a file has no use for it

        flags = sys.flags
        letters = ("E", flags.ignore_environment), ("s", flags.no_user_site), ("S", flags.no_site)
        # -P: neither the folder of the program nor the current one is imported from.
        options = "-P" + "".join(letter for letter, is_set in letters if is_set)
        if not sys.executable or getattr(sys, "frozen", False):
            raise CannotStartError("this program is no Python that runs files")
        try:
            self._process = subprocess.Popen(
                [sys.executable, options, str(_PACKAGE / "engine" / "worker.py")],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(_elsewhere(_given_paths()))},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        except OSError as error:
            raise CannotStartError(str(error)) from None

    def greet(self) -> None:
        """Say where to import from: the package from where it is here, all else as here."""
        try:
            self.call((str(_PACKAGE), _elsewhere(sys.path)))
        except ProcessEndedError as error:
            raise CannotStartError(str(error)) from None

    def call(self, request: object) -> Any:
        """The answer to a request."""
        import pickle

        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        message = pickle.dumps(request)
        try:
            stdin.write(message)
            stdin.flush()
            return pickle.load(stdout)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            raise ProcessEndedError("a process ended before it was done with its texts") from None

    def kill(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()

    def close(self) -> None:
        """Wait for the end of a process that was killed."""
        self._process.communicate()
