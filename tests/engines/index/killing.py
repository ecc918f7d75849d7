"""A writer that is killed at random moments, and what has to be there afterwards."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from textclean.engines.index import Index
from textclean.engines.index.verification import findings

#: Texts in a transaction of the writer.
TOGETHER = 50
# Adds without end, and says after each transaction how many texts are there.
WRITER = """
import sys
from tests.engines.index.killing import TOGETHER, texts
from textclean.engines.index import Index
with Index(sys.argv[1]) as index:
    start = len(index)
    while True:
        numbers = range(start, start + TOGETHER)
        index.add(texts(numbers), ids=numbers, sources=[{"n": n} for n in numbers], threads=1)
        start += TOGETHER
        print(start, flush=True)
"""
_SIGNS = "山水云雨风雷花鸟鱼虫金木火土日月星河东西南北春夏秋冬江湖海洋"


def texts(numbers: range) -> list[str]:
    """A text for each number, of its own."""
    return ["".join(map(Random(number).choice, [_SIGNS] * 60)) + "。" for number in numbers]


def kill(folder: Path, rounds: int, seed: int) -> Iterator[int]:
    """Kill a writer at random moments: after each time how many texts are there.

    Raises:
        AssertionError: something that was committed is lost, or what is there is damaged.
    """
    random = Random(seed)
    Index.create(folder).close()
    for _ in range(rounds):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        said = [int(writer.stdout.readline())]
        time.sleep(random.uniform(0, 0.3))
        writer.kill()
        said += (int(line) for line in writer.stdout if line.endswith("\n"))
        writer.wait()
        with Index(folder) as index:
            count = len(index)
            # The last transaction may have been kept, and not said.
            assert said[-1] <= count <= said[-1] + TOGETHER
            assert count % TOGETHER == 0
            recent = range(max(0, count - 4 * TOGETHER), count)
            for number, text in zip(recent, texts(recent), strict=True):
                entry = index.entry(number)
                assert entry is not None
                assert (entry.text, entry.source) == (text, {"n": number})
                found = index.query(text)
                assert found is not None
                assert found.entry == entry
        assert list(findings(folder)) == []
        yield count
