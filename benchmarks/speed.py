"""Cleaning speed beside autocorrect-py and ftfy, in one process and one run, as ratios.

    pip install 'textclean[bench]'
    python benchmarks/speed.py [--rounds N] [--prose FILE]

The tools take turns, round by round, so that a machine that slows down slows them all; a ratio is
taken within each round, and the median of the rounds is printed with its range beside the bar. The
text is the seed corpus twelve times over; the same text cleaned once; and single paragraphs of 120
characters cut from it (clean ones from the cleaned text).
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import autocorrect_py
import ftfy

from textclean import Config, clean

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
FAMILIES = ("C", "T", "S", "P", "R")
SAFE = Config(select=FAMILIES)
SUGGESTED = Config(select=FAMILIES, tier="suggested")  # type: ignore[arg-type]


def seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def read_all_fields(texts: list[str]) -> None:
    for text in texts:
        done = clean(text, SAFE)
        for edit in done.edits:
            (edit.start, edit.end, edit.before, edit.after, edit.rule, edit.tier,  # noqa: B018
             edit.confidence, edit.evidence, edit.group, edit.parts)  # fmt: skip


def columns(texts: list[str], config: Config = SAFE) -> None:
    for text in texts:
        done = clean(text, config)
        done.text, done.columns.starts, done.columns.afters  # noqa: B018


def paragraphs(texts: list[str], size: int = 120) -> list[str]:
    joined = "".join(line for text in texts for line in text.split("\n") if len(line) > 40)
    return [joined[at : at + size] for at in range(0, len(joined) - size, size)]


def startup(rounds: int) -> list[float]:
    path = str(min(SEEDS.glob("001*")))
    command = [sys.executable, "-m", "textclean", "check", path]
    environment = {"PYTHONDONTWRITEBYTECODE": ""}
    import os

    return [
        seconds(
            lambda: subprocess.run(
                command, check=False, capture_output=True, env={**os.environ, **environment}
            )
        )
        for _ in range(rounds + 1)
    ][1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()

    seeds = [path.read_bytes().decode("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    dirty = [seed * 12 for seed in seeds]
    clean_text = [clean(text, SUGGESTED).text for text in dirty]
    short_dirty, short_clean = paragraphs(seeds), paragraphs([clean(s).text for s in seeds])
    characters = sum(map(len, dirty))

    jobs: dict[str, Callable[[], object]] = {
        "autocorrect": lambda: [autocorrect_py.format(text) for text in dirty],
        "ftfy": lambda: [ftfy.fix_text(text) for text in dirty],
        "textclean": lambda: columns(dirty),
        "textclean, every field of every edit": lambda: read_all_fields(dirty),
        "textclean, tier suggested": lambda: columns(dirty, SUGGESTED),
        "autocorrect on clean text": lambda: [autocorrect_py.format(text) for text in clean_text],
        "textclean on clean text": lambda: columns(clean_text),
        "textclean on clean text, tier suggested": lambda: columns(clean_text, SUGGESTED),
        "textclean, clean paragraphs": lambda: columns(short_clean),
        "textclean, seed paragraphs": lambda: columns(short_dirty),
    }
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for _ in range(arguments.rounds):
        for name, job in jobs.items():
            times[name].append(seconds(job))

    print(f"{characters:,} characters, {arguments.rounds} rounds, one process")
    for name, runs in times.items():
        print(f"  {name:42s} {statistics.median(runs) * 1e3:8.1f} ms")

    def ratio(slow: str, fast: str, bar: float) -> None:
        ratios = sorted(a / b for a, b in zip(times[slow], times[fast], strict=True))
        middle = statistics.median(ratios)
        print(
            f"  {fast} against {slow}: {middle:.2f} times as fast "
            f"({ratios[0]:.2f} to {ratios[-1]:.2f}; at least {bar:g})"
        )

    print("ratios, median and range")
    ratio("autocorrect", "textclean", 1.5)
    ratio("ftfy", "textclean", 8)
    ratio("autocorrect", "textclean, every field of every edit", 1)
    ratio("autocorrect on clean text", "textclean on clean text", 3)
    for name, texts in (("clean", short_clean), ("seed", short_dirty)):
        rate = len(texts) / statistics.median(times[f"textclean, {name} paragraphs"])
        print(f"  {name} paragraphs of 120 characters: {rate:,.0f} a second (at least 15,000)")
    runs = startup(arguments.rounds)
    print(f"  textclean check on one small file: {statistics.median(runs):.3f} s (under 0.25)")


if __name__ == "__main__":
    main()
