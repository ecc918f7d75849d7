"""How fast text that is dense in slots is decided and cleaned: seed 003 with its lines varied.

    python benchmarks/slots_speed.py

Each copy of the seed has other digits and other lines dropped, so that no line is met twice.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np  # noqa: F401  loaded, so that bulk paths are used
from common import seconds, seeds, spread

from textclean import Config, clean
from textclean.punctuation.model import decide

SEED = next(text for name, text in seeds().items() if name.startswith("003_"))
COPIES, ROUNDS = 40, 5


def varied(seed: int) -> str:
    draw = random.Random(seed)
    lines = SEED.splitlines()
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
        rates.append(len(text.encode()) / seconds(lambda text=text: work(text)) / 1e6)
    return rates[1:]


def main() -> None:
    for name, work in (
        ("decide", decide),
        ("clean, safe", clean),
        ("clean, suggested", lambda text: clean(text, Config(tier="suggested"))),
    ):
        print(f"{name:18} MB/s {spread(megabytes_a_second(work))}")


if __name__ == "__main__":
    main()
