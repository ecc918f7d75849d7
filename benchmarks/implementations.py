"""What is implemented twice, and what the second one buys: the same work with each of them forced.

    pip install 'textclean-zh[dedup]'
    python benchmarks/implementations.py [--rounds 5]

Slots, findings of lines and chains are scored one by one in Python or many at once in arrays; pairs
of copies are compared by loops of Python or by compiled ones. Each round starts a process with each
implementation (``TEXTCLEAN_IMPLEMENTATION``), which does a like piece of work first, unmeasured:
what is remembered of lines would else be measured. Printed are medians of processor time, and how
many times as long the slower one takes, with the range.
"""

from __future__ import annotations

import os
import subprocess
import sys
from statistics import median
from typing import NamedTuple

from common import ROOT, spread

from tools.command import command

SEEDS = """
from common import seeds
from textclean import clean
first, *rest = seeds().values()
def work(tier, texts=rest):
    for text in texts:
        clean(text, tier=tier)
def prepare(tier):
    work(tier, [first])
"""
PAIRS = """
from dedup import draw, plant
from textclean import deduplicate
texts = plant(draw(8_500, 3), 1, 8)[0]
def work(_):
    deduplicate(texts, threads=1)
prepare = work
"""
TIMED = """
import time
prepare({argument!r})
begin = time.process_time()
work({argument!r})
print(time.process_time() - begin)
"""


class Work(NamedTuple):
    """What is done by two implementations."""

    says: str
    setup: str
    argument: str
    slower: str
    faster: str


WORKS = (
    Work("clean of the seeds, safe", SEEDS, "safe", "python", "numpy"),
    Work("clean of the seeds, suggested", SEEDS, "suggested", "python", "numpy"),
    Work("search among 10,600 paragraphs", PAIRS, "", "python", "numba"),
)


def seconds(work: Work, implementation: str) -> float:
    """Processor time of the work in a process of its own."""
    code = work.setup + TIMED.format(argument=work.argument)
    paths = os.pathsep.join([str(ROOT), str(ROOT / "benchmarks")])
    environment = {"PYTHONPATH": paths, "TEXTCLEAN_IMPLEMENTATION": implementation}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], env=os.environ | environment, check=True,
        text=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    return float(done.stdout)


@command
def main(rounds: int = 5) -> None:
    for work in WORKS:
        pairs = [(seconds(work, work.slower), seconds(work, work.faster)) for _ in range(rounds)]
        slower, faster = (median(times) for times in zip(*pairs, strict=True))
        ratios = spread([one / other for one, other in pairs])
        print(
            f"{work.says}: {work.slower} {slower:.2f} s, {work.faster} {faster:.2f} s: {ratios}",
            flush=True,
        )


if __name__ == "__main__":
    main()
