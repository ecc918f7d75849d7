"""The persistent index: what building, adding and looking up cost; and a writer that is killed.

    pip install 'textclean-zh[index]'
    python benchmarks/persistent_index.py [--entries N] [--folder FOLDER] [--corpus FOLDER]
    python benchmarks/persistent_index.py --entries 0 --kills 100

Paragraphs are drawn character by character from the pairs of characters that a corpus of prose (or
the seeds) has, so that as many as wished have shingles as frequent as those of prose; one in twenty
is a damaged copy of another one. Printed are processor seconds of all threads for building the
index, what each of ten additions of one in a hundred costs beside that (bar: 3 %), and the median
time of looking up one paragraph (bar: a millisecond): unseen ones, equal ones, and damaged
copies. With ``--kills`` a process that adds is killed so often, at random moments: the index must
have all that was committed, and `verify` find nothing.
"""

from __future__ import annotations

import lzma
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
from common import CORPUS, Corpus, files, seeds

from tests.engines.index.killing import kill
from textclean.engines.index import Index
from tools.command import command

Entries = Annotated[int, "paragraphs to build the index from"]
Kills = Annotated[int, "how often to kill a writer"]
Folder = Annotated[Path, "where the index is made; by default a temporary folder"]
#: Paragraphs that are drawn together, and characters of the text they are drawn from, at most.
_BLOCK, _MOST = 1 << 16, 1 << 24
_LOOKUPS = 1000


def prose(corpus: Path) -> str:
    texts = list(seeds().values())
    if corpus.is_dir():
        for path in files(corpus, ["news"]):
            opened = lzma.open if path.suffix == ".xz" else open
            with opened(path, "rt", encoding="utf-8") as file:
                texts.append(file.read(_MOST))
    return "".join("".join(texts).split())


class Paragraphs:
    """Paragraphs without end, drawn from pairs of characters."""

    def __init__(self, text: str) -> None:
        self._codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        pairs = self._codes[:-2].astype(np.uint64) << np.uint64(32) | self._codes[1:-1]
        # Where each pair occurs, pair by pair, and which of these each place's own pair has.
        self._places = np.argsort(pairs, kind="stable")
        ordered = pairs[self._places]
        opens = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        sizes = np.diff(np.append(opens, len(ordered)))
        numbers = np.repeat(np.arange(len(opens)), sizes)
        self._number = np.empty(len(pairs), np.int64)
        self._number[self._places] = numbers
        self._opens, self._sizes = opens, sizes
        self._random = np.random.default_rng(1)

    def block(self, count: int) -> list[str]:
        """So many of them."""
        lengths = self._random.integers(30, 160, count)
        out = np.empty((160, count), np.uint32)
        at = self._random.integers(0, len(self._number), count)
        for step in range(160):
            out[step] = self._codes[at]
            number = self._number[at]
            which = (self._random.random(count) * self._sizes[number]).astype(np.int64)
            at = self._places[self._opens[number] + which] + 1
            at[at >= len(self._number)] = 0
        rows = np.ascontiguousarray(out.T)
        texts = [
            row[:size].tobytes().decode("utf-32-le")
            for row, size in zip(rows, lengths, strict=True)
        ]
        for copy in range(20, count, 20):
            texts[copy] = damaged(texts[copy - 7], copy)
        return texts


def damaged(text: str, seed: int) -> str:
    draw = random.Random(seed)
    return "".join(c if draw.random() > 0.03 else draw.choice(text) for c in text)


def drawn(paragraphs: Paragraphs, count: int) -> Iterator[str]:
    while count:
        block = paragraphs.block(min(count, _BLOCK))
        yield from block
        count -= len(block)


def cost(job: Callable[[], object]) -> float:
    start = time.process_time()
    job()
    return time.process_time() - start


def add(index: Index, paragraphs: Paragraphs, count: int) -> float:
    """Processor seconds of adding so many, without drawing them."""
    seconds = 0.0
    while count:
        block = paragraphs.block(min(count, _BLOCK))
        start = len(index)
        ids = range(start, start + len(block))
        seconds += cost(lambda block=block, ids=ids: index.add(block, ids=ids))
        count -= len(block)
    return seconds


def look_up(index: Index, name: str, texts: Sequence[str]) -> None:
    for text in texts[:50]:
        index.query(text)
    wall, seen = [], 0
    start = time.process_time()
    for text in texts:
        before = time.perf_counter()
        seen += index.query(text) is not None
        wall.append(time.perf_counter() - before)
    processor = (time.process_time() - start) / len(texts)
    ordered = sorted(wall)
    print(
        f"{name:8} median {statistics.median(wall) * 1e3:.2f} ms, "
        f"95 % below {ordered[len(ordered) * 19 // 20] * 1e3:.2f} ms, "
        f"processor {processor * 1e3:.2f} ms, {seen} of {len(texts)} seen",
        flush=True,
    )


def measure(folder: Path, corpus: Path, entries: int) -> None:
    paragraphs = Paragraphs(prose(corpus))
    with Index.create(folder / "index") as index:
        built = add(index, paragraphs, entries)
        print(f"{entries:,} added in {built:.1f} s; {index.stats()}", flush=True)
        shares = [add(index, paragraphs, entries // 100) / built for _ in range(10)]
        print(
            f"one in a hundred more: mean {statistics.mean(shares):.2%}, most {max(shares):.2%} "
            "of building",
            flush=True,
        )
        draw = random.Random(7)
        there = [index.entry(draw.randrange(entries)) for _ in range(_LOOKUPS)]
        equal = [entry.text for entry in there if entry is not None]
        look_up(index, "unseen", paragraphs.block(_LOOKUPS))
        look_up(index, "equal", equal)
        look_up(index, "damaged", [damaged(text, number) for number, text in enumerate(equal)])


@command
def main(
    entries: Entries = 1_000_000,
    kills: Kills = 0,
    folder: Folder | None = None,
    corpus: Corpus = CORPUS,
) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as place:
        if entries:
            measure(Path(place), corpus, entries)
        if kills:
            start = time.perf_counter()
            counts = list(kill(Path(place) / "killed", kills, seed=1))
            print(f"killed {kills} times, nothing lost: {counts[-1]} texts, "
                  f"{time.perf_counter() - start:.0f} s")  # fmt: skip


if __name__ == "__main__":
    main()
