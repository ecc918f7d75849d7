"""Suggestions, looked for in another process: models take longer than a keystroke may.

A process and not a thread, for both would share one interpreter, and what is answered at once
would wait. One text is looked at at a time; when it is done, the newest of each document is next.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from typing import NamedTuple

from textclean.cleaning import clean
from textclean.config import Config
from textclean.engine.parallel import Pool
from textclean.text.edit import Edit, Tier


class Result(NamedTuple):
    """What is found in a text."""

    #: Repairs at tier ``safe``.
    edits: list[Edit]
    #: Everything else.
    suggestions: list[Edit]
    #: Processor time that the repairs took.
    seconds: float


class Background:
    """The process that suggestions come from; it starts with the first text."""

    def __init__(self) -> None:
        self._pool = Pool(1)

    def submit(self, text: str, config: Config) -> Future[list[Result]]:
        """What is found in a text, as the one item of a list.

        Its exceptions are those of `clean`, and `ProcessEndedError`, after which the next call
        starts a process again.
        """
        return self._pool.submit(partial(_check, config), [text])

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._pool.close()


def _check(config: Config, texts: Sequence[str]) -> list[Result]:
    results: list[Result] = []
    for text in texts:
        start = time.process_time()
        cleaned = clean(text, config, tier=Tier.SAFE)
        seconds = time.process_time() - start
        results.append(Result(list(cleaned.edits), cleaned.suggestions, seconds))
    return results
