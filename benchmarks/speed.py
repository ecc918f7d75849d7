"""Cleaning speed beside autocorrect-py and ftfy, in one process and one run, as ratios.

    pip install 'textclean-zh[bench]'
    python benchmarks/speed.py [--rounds N]
    python benchmarks/speed.py --slots [--rounds N]

The tools take turns, round by round, so that a machine that slows down slows them all; a ratio is
taken within each round, and the median of the rounds is printed with its range beside the bar. The
text is the seed corpus twelve times over; the same text cleaned once; and single paragraphs of 120
characters cut from it (clean ones from the cleaned text). All of that once for the lines without
slots, for which the bars are meant, and once for the whole seeds: what a space was is asked of a
model. All rules run, as by default.

``--slots``: how fast text that is dense in slots is decided and cleaned: seed 003, of which each
copy has other digits and other lines dropped, so that no line is met twice.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Annotated, Literal

from common import SEEDS, by_turns, plain_loop, ratios, seconds, seeds, spread
from figures import Figure
from ocr import others

from textclean import Config, Tier, clean
from tools.command import command

SAFE = Config()
SUGGESTED = Config(tier=Tier.SUGGESTED)
#: A slot: a run of spaces or straight quotes between two Chinese characters or marks.
SLOT = re.compile(r"[\u3400-\u9fff，。、；：？！”’）》][ \u3000\"]+[\u3400-\u9fff“‘（《]")
#: Copies of each seed beside other tools: lines that come again are remembered.
COPIES_OF_SEEDS = 12
#: Copies of the seed that is dense in slots.
COPIES = 40


def read_all_fields(texts: list[str]) -> None:
    for text in texts:
        for edit in clean(text, SAFE).edits:
            (edit.start, edit.end, edit.before, edit.after, edit.rule, edit.tier,  # noqa: B018
             edit.confidence, edit.evidence, edit.group, edit.parts)  # fmt: skip


def columns(texts: list[str], config: Config = SAFE) -> None:
    for text in texts:
        done = clean(text, config)
        done.text, done.columns.starts, done.columns.afters  # noqa: B018


def paragraphs(texts: list[str], size: int = 120) -> list[str]:
    joined = "".join(line for text in texts for line in text.split("\n") if len(line) > 40)
    return [joined[at : at + size] for at in range(0, len(joined) - size, size)]


def check() -> None:
    subprocess.run(
        [sys.executable, "-m", "textclean", "check", str(min(SEEDS.glob("001*")))],
        check=False, capture_output=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
    )  # fmt: skip


def without_slots(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not SLOT.search(line))


def varied(text: str, seed: int) -> str:
    """Copies of a text, each with other digits, and other lines cut short."""
    draw = random.Random(seed)
    copies = []
    for _ in range(COPIES):
        for line in text.splitlines():
            cut = draw.randrange(1 + len(line) // 10)
            copies.append(
                "".join(str(draw.randrange(10)) if char.isdigit() else char for char in line[cut:])
            )
    return "\n".join(copies)


def time_slots(rounds: int) -> None:
    import numpy as np  # noqa: F401  loaded, so that bulk paths are used

    from textclean.punctuation.model import decide

    seed = next(text for name, text in seeds().items() if name.startswith("003_"))
    works: dict[str, Callable[[str], object]] = {
        "decide": decide,
        "clean, safe": clean,
        "clean, suggested": lambda text: clean(text, SUGGESTED),
    }
    for name, work in works.items():
        rates = []
        for number in range(rounds + 1):
            text = varied(seed, number)
            rates.append(len(text.encode()) / seconds(partial(work, text)) / 1e6)
        print(f"{name:18} MB/s {spread(rates[1:])}")


@command
def main(
    rounds: int = 9, slots: Annotated[bool, "time text that is dense in slots instead"] = False
) -> None:
    if slots:
        time_slots(rounds)
        return
    texts = list(seeds().values())
    compare("lines without slots", list(map(without_slots, texts)), rounds)
    compare("whole seeds", texts, rounds)
    runs = by_turns({"check": check}, rounds)["check"]
    print(f"textclean check on one small file: {statistics.median(runs):.3f} s (under 0.25)")


def measure(rounds: int = 5) -> Iterator[Figure]:
    """Processor time beside the other cleaners and a plain loop, by turns in one process."""
    peers = others()
    texts = list(seeds().values())
    cleaned = [clean(seed, SUGGESTED).text for seed in texts]
    kinds = {
        "lines without slots": [without_slots(text) * COPIES_OF_SEEDS for text in texts],
        "whole seeds": [text * COPIES_OF_SEEDS for text in texts],
        "cleaned seeds": [text * COPIES_OF_SEEDS for text in cleaned],
        "paragraphs of 120 characters": paragraphs(texts),
    }
    bars = {("autocorrect", "lines without slots"): 1.5, ("ftfy", "lines without slots"): 8,
            ("autocorrect", "cleaned seeds"): 3}  # fmt: skip
    for kind, some in kinds.items():
        jobs: dict[str, Callable[[], object]] = {
            name: partial(_each, work, some) for name, work in peers.items()
        }
        jobs["textclean"] = partial(columns, some)
        jobs["a plain loop"] = plain_loop
        times = by_turns(jobs, rounds, time.process_time)
        for name in [*peers, "a plain loop"]:
            found = ratios(times[name], times["textclean"])
            middle, bar = statistics.median(found), bars.get((name, kind))
            between = min(found), max(found)
            # ftfy is always there in CI; the loop says how fast the machine was.
            about: Literal["ratio", "shown"] = "ratio" if name in peers else "shown"
            yield Figure(f"{name} / textclean", kind, middle, about, "more", bar, ".2f", between)


def _each(work: Callable[[str], str], texts: list[str]) -> None:
    for text in texts:
        work(text)


def compare(name: str, seeds: list[str], rounds: int) -> None:
    import autocorrect_py
    import ftfy

    dirty = [seed * COPIES_OF_SEEDS for seed in seeds]
    clean_text = [clean(seed, SUGGESTED).text * COPIES_OF_SEEDS for seed in seeds]
    short_dirty, short_clean = paragraphs(seeds), paragraphs([clean(s).text for s in seeds])
    characters = sum(map(len, dirty))

    jobs: dict[str, Callable[[], object]] = {
        "autocorrect": lambda: [autocorrect_py.format(text) for text in dirty],
        "ftfy": lambda: [ftfy.fix_text(text) for text in dirty],
        "textclean": lambda: columns(dirty),
        "textclean, every field of every edit": lambda: read_all_fields(dirty),
        "textclean, tier suggested, a twelfth of it": lambda: columns(seeds, SUGGESTED),
        "autocorrect on clean text": lambda: [autocorrect_py.format(text) for text in clean_text],
        "textclean on clean text": lambda: columns(clean_text),
        "textclean on clean text, tier suggested": lambda: columns(clean_text, SUGGESTED),
        "textclean, clean paragraphs": lambda: columns(short_clean),
        "textclean, seed paragraphs": lambda: columns(short_dirty),
    }
    times = by_turns(jobs, rounds)
    print(f"{name}: {characters:,} characters, {rounds} rounds, one process")
    for job_name, runs in times.items():
        print(f"  {job_name:42s} {statistics.median(runs) * 1e3:8.1f} ms")

    def ratio(slow: str, fast: str, bar: float) -> None:
        ratios = [a / b for a, b in zip(times[slow], times[fast], strict=True)]
        print(f"  {fast} against {slow}: {spread(ratios)} times as fast; at least {bar:g}")

    print("ratios, median and range")
    ratio("autocorrect", "textclean", 1.5)
    ratio("ftfy", "textclean", 8)
    ratio("autocorrect", "textclean, every field of every edit", 1)
    ratio("autocorrect on clean text", "textclean on clean text", 3)
    for kind, texts in (("clean", short_clean), ("seed", short_dirty)):
        rate = len(texts) / statistics.median(times[f"textclean, {kind} paragraphs"])
        print(f"  {kind} paragraphs of 120 characters: {rate:,.0f} a second (at least 15,000)")


if __name__ == "__main__":
    main()
