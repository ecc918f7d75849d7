"""What the benchmarks share: folders, options, texts, the clock, medians with their ranges.

Nothing of textclean is imported before a function needs it: some benchmarks run other checkouts.
"""

from __future__ import annotations

import json
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SEEDS, GOLD, DATA = ROOT / "seeds", ROOT / "benchmarks" / "gold", ROOT / "benchmarks" / "data"
#: Data beside the project, which is measured on if it is there.
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus"


def options(description: str | None, corpus: Path | None = None) -> ArgumentParser:
    """A parser that says what a module's first line says; with ``--corpus`` if it has a default."""
    parser = ArgumentParser(description=(description or "").partition("\n")[0])
    if corpus is not None:
        parser.add_argument("--corpus", type=Path, default=corpus, help="clean prose")
    return parser


def files(corpus: Path, names: Sequence[str]) -> Iterator[Path]:
    """The files of a corpus that have a name; prints which have none."""
    for name in names:
        path = next(iter(sorted(corpus.glob(f"{name}.txt*"))), None)
        if path is None:
            print(f"{name}: no such file in {corpus}")
        else:
            yield path


def seeds() -> dict[str, str]:
    """The texts of the seeds, by name of file."""
    return {path.name: path.read_bytes().decode("utf-8") for path in sorted(SEEDS.glob("*.txt"))}


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def seconds(job: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """How long a piece of work takes."""
    start = clock()
    job()
    return clock() - start


def by_turns(
    jobs: Mapping[str, Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, list[float]]:
    """Seconds of each piece of work in each round; one round before fills caches.

    They take turns, so that a machine that slows down slows them all.
    """
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(rounds + 1):
        for name, job in jobs.items():
            took = seconds(job, clock)
            if number:
                times[name].append(took)
    return times


def spread(values: Sequence[float], form: str = ".2f") -> str:
    """The median of some figures, and their range."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:{form}} ({low:{form}} to {high:{form}})"


def held_out(path: Path) -> Iterator[list[str]]:
    """The documents of a file that no training saw."""
    from tools.training.corpus import documents, is_held_out

    return filter(is_held_out, documents(path))


def score_files(
    description: str | None, score: Callable[[Path, int, int], None], paragraphs: int
) -> None:
    """Score each file that the command line asks for.

    Args:
        score: prints the figures of a file, for at most so many paragraphs, showing so many errors.
        paragraphs: how many of each file unless the command line says otherwise.
    """
    parser = options(description, CORPUS)
    parser.add_argument("--paragraphs", type=int, default=paragraphs, help="at most, of each file")
    parser.add_argument("--names", nargs="*", default=("news", "reports", "health", "tech"))
    parser.add_argument("--show", type=int, default=0, help="errors to print for each file")
    arguments = parser.parse_args()
    for path in files(arguments.corpus, arguments.names):
        score(path, arguments.paragraphs, arguments.show)
