"""What a text costs: memory, growth with the input, starting up.

    python benchmarks/costs.py

*Memory*: the most that a process had (resident) while it cleans so many copies of the seeds, each
with other digits, above a process that only holds the text. *Growth*: processor time a character
or a paragraph, of the larger input against the smaller: 1 is linear. *Start*: processor time of
whole processes against one of Python that does nothing.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from common import SEEDS, by_turns, ratios, seeds
from dedup import ours, plant, read
from figures import Figure
from streaming import measured

from textclean import clean
from tools.command import command

#: Copies of the seeds in the smaller and the larger input.
COPIES = (1, 8)
#: Paragraphs in which copies are looked for.
PARAGRAPHS = (4_000, 32_000)
ROUNDS = 3
READ = "import sys; text = open(sys.argv[1], encoding='utf-8').read()"
CLEAN = READ + "; from textclean import clean; clean(text).text"
STARTS = {
    "import textclean": ("-c", "import textclean"),
    "clean a sentence": ("-c", "import textclean; textclean.clean('落实 ,完成２０个村改造').edits"),
    "textclean check on a small file": ("-m", "textclean", "check", str(min(SEEDS.glob("001*")))),
}


def varied(copies: int) -> str:
    """The seeds so many times, each time with other digits, so that no line is met twice."""
    draw = random.Random(copies)
    text = "\n".join(seeds().values())
    return "\n".join(
        "".join(str(draw.randrange(10)) if char.isdigit() else char for char in text)
        for _ in range(copies)
    )


def memory() -> Iterator[Figure]:
    """Megabytes above the text, and above it a million characters."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        most = []
        for copies in COPIES:
            text = varied(copies)
            path.write_text(text, encoding="utf-8")
            plain, _ = measured("-c", READ, str(path))
            used, _ = measured("-c", CLEAN, str(path))
            most.append(used - plain)
            row = f"memory, clean of {len(text):,} characters, MB"
            yield Figure(row, "figure", used - plain, "ratio", "less", form=".0f")
        yield Figure(
            f"memory, {COPIES[1]} times the text", "figure", most[1] / most[0], "ratio", "less",
            COPIES[1], ".2f",
        )  # fmt: skip


def growth() -> Iterator[Figure]:
    """Processor time a character or paragraph, of the larger input against the smaller."""
    small, large = map(varied, COPIES)
    times = by_turns(
        {"small": partial(clean, small), "large": partial(clean, large)}, ROUNDS, time.process_time
    )
    yield _growth("clean", times, len(small), len(large))
    few, many = (plant(read(None, count, 3), 1)[0] for count in PARAGRAPHS)
    ours(many[:2000])
    times = by_turns(
        {"small": partial(ours, few, 1), "large": partial(ours, many, 1)}, ROUNDS, time.process_time
    )
    yield _growth("deduplicate", times, len(few), len(many))


def _growth(name: str, times: dict[str, list[float]], small: int, large: int) -> Figure:
    found = [each * small / large for each in ratios(times["large"], times["small"])]
    row = f"growth, {name}, {COPIES[1]} times the input"
    between = min(found), max(found)
    return Figure(row, "figure", statistics.median(found), "ratio", "less", 1.33, ".2f", between)


def start() -> Iterator[Figure]:
    """Processor time of whole processes, as a multiple of Python's own."""
    found: dict[str, list[float]] = {name: [] for name in STARTS}
    for _ in range(ROUNDS + 1):
        nothing = measured("-c", "pass")[1]
        for name, arguments in STARTS.items():
            found[name].append(measured(*arguments)[1] / nothing)
    for name, some in found.items():
        middle, between = statistics.median(some[1:]), (min(some[1:]), max(some[1:]))
        row = f"start, {name}, times `python -c pass`"
        yield Figure(row, "figure", middle, "ratio", "less", None, ".1f", between)


def measure() -> Iterator[Figure]:
    """Memory, growth, start."""
    yield from memory()
    yield from growth()
    yield from start()


@command
def main() -> None:
    print(sys.version)
    for figure in measure():
        print(f"{figure.row:60}{figure}", flush=True)


if __name__ == "__main__":
    main()
