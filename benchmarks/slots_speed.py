"""How fast text that is dense in slots is decided and cleaned: seed 003 with its lines varied.

    python benchmarks/slots_speed.py

Each copy of the seed has other digits and other lines dropped, so that no line is met twice.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np  # noqa: F401  loaded, so that bulk paths are used

from textclean import Config, clean
from textclean.punctuation.model import decide

SEED = next((Path(__file__).parent.parent / "seeds").glob("003_*.txt"))
COPIES, ROUNDS = 40, 5


def varied(seed: int) -> str:
    draw = random.Random(seed)
    lines = SEED.read_text(encoding="utf-8").splitlines()
    copies = []
    for _ in range(COPIES):
        for line in lines:
            cut = draw.randrange(1 + len(line) // 10)
            copies.append(
                "".join(str(draw.randrange(10)) if char.isdigit() else char for char in line[cut:])
            )
    return "\n".join(copies)


def megabytes_a_second(work: Callable[[str], object]) -> list[float]:
    rates = []
    for number in range(ROUNDS + 1):
        text = varied(number)
        start = time.perf_counter()
        work(text)
        rates.append(len(text.encode()) / (time.perf_counter() - start) / 1e6)
    return sorted(rates[1:])


def main() -> None:
    for name, work in (
        ("decide", decide),
        ("clean, safe", clean),
        ("clean, suggested", lambda text: clean(text, Config(tier="suggested"))),
    ):
        rates = megabytes_a_second(work)
        middle = statistics.median(rates)
        print(f"{name:18} {middle:.2f} MB/s  ({rates[0]:.2f} to {rates[-1]:.2f})")


if __name__ == "__main__":
    main()
