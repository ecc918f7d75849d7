"""How work grows with a text's length, over the worst repetitions: at most linearly.

    python -m benchmarks.growth [--jobs clean,stitch] [--small N] [--large N] [--only TEXT]
    python -m benchmarks.growth --rules    each rule alone, on its own examples

Every public function is given every pattern of ``tests/repetitions.py`` at two lengths: repeated
marks and pairs of marks, nested and unbalanced brackets, pieces of markup, code and damage, each
rule's examples. Processor time is measured. Where the longer text takes more than `--most` times
what its length says, both are measured again, twice, as other texts (what is remembered by text
helps none), and the least of each counts. What then still takes more grows faster than the text; it
is printed with its exponent, and the command ends with 1. A piece of work that takes longer than
`--limit` seconds is broken off and counts as growing. Last comes a table of what costs most a
character.
"""

from __future__ import annotations

import math
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Annotated, NamedTuple

from tests.repetitions import JOBS, Maker, examples, own_examples, patterns
from tools.command import command

#: Below this many seconds the clock and the collector of garbage say more than the work.
LEAST = 0.15


class TooLongError(Exception):
    """Work was broken off."""


class Growth(NamedTuple):
    """What a pattern costs at two lengths, in seconds."""

    job: str
    pattern: str
    small: float
    large: float

    def exponent(self, times: float) -> float:
        """1 where work grows as the text, 2 where as its square."""
        return math.log(max(self.large, 1e-4) / max(self.small, 1e-4)) / math.log(times)


def _break_off(number: int, frame: FrameType | None) -> None:
    raise TooLongError


def seconds(work: Callable[[str], object], text: str, limit: float) -> float:
    """Processor time; infinite where it is more than `limit`."""
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    begin = time.process_time()
    try:
        work(text)
    except TooLongError:
        return math.inf
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - begin


def measure(
    job: str,
    name: str,
    make: Maker,
    work: Callable[[str], object],
    small: int,
    large: int,
    most: float,
    limit: float,
) -> Growth:
    growth = Growth(job, name, seconds(work, make(small), limit), seconds(work, make(large), limit))
    for before in "甲乙":
        if not _suspicious(growth, large / small, most):
            break
        one, other = (seconds(work, before + make(size), limit) for size in (small, large))
        growth = growth._replace(small=max(growth.small, one), large=min(growth.large, other))
    return growth


def _suspicious(growth: Growth, times: float, most: float) -> bool:
    return growth.large > LEAST and growth.large > most * times * growth.small


@command
def main(
    jobs: Annotated[tuple[str, ...], "which functions"] = tuple(JOBS),
    small: Annotated[int, "characters"] = 10_000,
    large: Annotated[int, "characters"] = 100_000,
    most: Annotated[float, "times what its length says a text may take"] = 2.0,
    limit: Annotated[float, "seconds after which work is broken off"] = 60.0,
    with_examples: Annotated[bool, "with the examples of all rules: four times as many"] = False,
    rules: Annotated[bool, "only each rule alone, on its own examples"] = False,
    only: Annotated[str, "what the name of a pattern holds"] = "",
    show: Annotated[int, "rows of the table"] = 20,
) -> None:
    signal.signal(signal.SIGVTALRM, _break_off)
    texts = patterns() | (examples() if with_examples else {})
    pieces = [
        (job, name, make, JOBS[job]) for job in jobs for name, make in texts.items() if only in name
    ]
    if rules:
        jobs = ("rules",)
        pieces = [
            ("rules", name, make, work)
            for name, (make, work) in own_examples().items()
            if only in name
        ]
    every: list[Growth] = []
    worse: list[Growth] = []
    for job in jobs:
        JOBS.get(job, JOBS["clean"])("医院 建设，xx市２０个\n" * 30)  # loads what is loaded once
        for _, name, make, work in (piece for piece in pieces if piece[0] == job):
            if rules:
                work(make(30))  # loads what the rule loads
            growth = measure(job, name, make, work, small, large, most, limit)
            every.append(growth)
            if _suspicious(growth, large / small, most):
                worse.append(growth)
                print("grows", *row(growth, large / small), sep="\t", flush=True)
        ours = [each for each in every if each.job == job]
        total = sum(each.large for each in ours)
        print(f"{job}: {len(ours)} patterns, {total:.0f} s", flush=True)
    print(f"\n{'function':12} {'small s':>8} {'large s':>8} {'µs/char':>8} {'power':>6}  pattern")
    for each in sorted(every, key=lambda each: -each.large)[:show]:
        job, *figures, name = row(each, large / small)
        cost = f"{each.large / large * 1e6:.0f}"
        print(f"{job:12} {figures[0]:>8} {figures[1]:>8} {cost:>8} {figures[2]:>6}  {name}")
    print(
        f"\n{len(pieces)} measured, {len(jobs)} functions: {len(worse)} grow faster than the text"
    )
    sys.exit(bool(worse))


def row(growth: Growth, times: float) -> tuple[str, ...]:
    job, pattern, small, large = growth
    return job, f"{small:.2f}", f"{large:.2f}", f"{growth.exponent(times):.2f}", pattern[:60]


if __name__ == "__main__":
    main()
