"""What the benchmarks share: folders, texts, the clock, medians with their ranges.

Nothing of textclean is imported before a function needs it: some benchmarks run other checkouts.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

ROOT = Path(__file__).resolve().parents[1]
SEEDS, GOLD, DATA = ROOT / "seeds", ROOT / "benchmarks" / "gold", ROOT / "benchmarks" / "data"
#: Data beside the project, which is measured on if it is there.
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus"

Corpus = Annotated[Path, "a folder of clean prose"]
Names = Annotated[tuple[str, ...], "files of the corpus"]
Paragraphs = Annotated[int, "at most, of each file"]
Show = Annotated[int, "errors to print for each file"]
NAMES = ("news", "reports", "health", "tech")


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


def ratios(slow: Sequence[float], fast: Sequence[float]) -> list[float]:
    """How many times as long one takes as the other, round by round."""
    return [one / other for one, other in zip(slow, fast, strict=True)]


def plain_loop() -> None:
    """A loop of Python: what a machine's speed is measured by where no other tool is there."""
    total = 0
    for number in range(1_000_000):
        total += number


def spread(values: Sequence[float], form: str = ".2f") -> str:
    """The median of some figures, and their range."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:{form}} ({low:{form}} to {high:{form}})"


def ratio(part: float, whole: float) -> float:
    """A share; of nothing, none."""
    return part / whole if whole else 0.0


def held_out(path: Path, split: str = "line") -> Iterator[list[str]]:
    """The documents of a file that no training saw (see `tools.training.corpus.Split`)."""
    from tools.training.corpus import documents, is_held_out

    return (each for each in documents(path) if is_held_out(each, split))  # type: ignore[arg-type]
