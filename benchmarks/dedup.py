"""Near-duplicate search side by side with rensa, gaoya and datasketch, on planted copies.

    pip install 'textclean-zh[bench]'
    python benchmarks/dedup.py [--corpus FOLDER_OR_FILE] [--paragraphs N] [--every N]
    python benchmarks/dedup.py --scaling [--sizes N,…]
    python benchmarks/dedup.py --start --paragraphs 3000

Real prose is read from ``--corpus`` (``*.txt``, a paragraph a line). Without it, paragraphs are
drawn from a character model whose counts lie in ``benchmarks/data/``: with real statistics of
characters but no sense, and so without the many near-alike paragraphs of real news.

Of every twentieth paragraph a copy is planted, the kinds taking turns; the others stand as they
are. A copy counts as found if it, or its original, is removed for the other or for the same third
text. Twins (every number of the text changed) must stay.

``--start`` times the first search after an installation, compiling included, and the next ones,
from the cache: whole processes, with a cache folder that is empty at first. The first may leave a
second one behind that goes on compiling; the last use waits for it.
"""

from __future__ import annotations

import gc
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from common import CORPUS, DATA, ROOT, by_turns, ratios, seconds, spread
from common import files as named_files
from figures import Figure

from tests.dedup.verdicts import holds
from textclean.dedup import deduplicate
from textclean.dedup.fold import fold
from textclean.dedup.kernels import sketching
from textclean.dedup.kernels.stages import STAGES
from tools.command import command
from tools.training.corpus import files, lines

KINDS = (
    *("exact", "lost marks", "wrapped", "noise 2 %", "noise 5 %", "dropped words"),
    *("head", "tail", "glued", "twin"),
)
BARS = {"noise 5 %": 0.95, "head": 0.97, "tail": 0.97, "glued": 0.97}
MARKS = "，。、；：“”‘’？！《》（）,.;:?!()\"'"
WORD = re.compile("[一-鿿]{2}")
Found = list[tuple[int, int]]
Gone = dict[int, int]
SEARCH = """
import json, sys
from textclean import deduplicate
deduplicate(json.load(sys.stdin))
"""


def is_han(character: str) -> bool:
    return "一" <= character <= "鿿"


def read(path: Path | None, count: int, seed: int) -> list[str]:
    """Different paragraphs of 30 folded characters or more, from the beginning of each file;
    without a corpus those that are drawn.
    """
    if path is None:
        return draw(count, seed)
    found: dict[str, str] = {}
    for file in files([path]) if path.is_dir() else [path]:
        for text in lines(file):
            if len(text) >= 30:
                found.setdefault(fold(text), text)
            if len(found) >= count:
                return list(found.values())
    return list(found.values())


def draw(count: int, seed: int) -> list[str]:
    """Paragraphs of about 120 characters from the character model."""
    model = json.loads((DATA / "characters.json").read_text(encoding="utf-8"))
    number = {character: place for place, character in enumerate(model)}
    letters = np.array([ord(character) for character in model], np.uint32)
    width = max(len(value[0]) for value in model.values())
    follow = np.zeros((len(model), width), np.int64)
    chance = np.full((len(model), width), 2.0)
    for place, (characters, cumulative) in enumerate(model.values()):
        shares = np.array(list(map(int, cumulative.split())), float)
        follow[place, : len(characters)] = [number[character] for character in characters]
        chance[place, : len(characters)] = shares / shares[-1]
    random_ = np.random.default_rng(seed)
    drawn: list[str] = []
    while len(drawn) < count:
        rows = min(50_000, count - len(drawn))
        sizes = np.clip(np.rint(random_.lognormal(4.7, 0.4, rows)), 40, 400).astype(int)
        state = np.full(rows, number["。"])
        codes = np.empty((rows, sizes.max()), np.uint32)
        for step in range(codes.shape[1]):
            column = (random_.random((rows, 1)) > chance[state]).sum(axis=1)
            state = follow[state, np.minimum(column, width - 1)]
            codes[:, step] = letters[state]
        digits = codes == ord("#")
        codes[digits] = random_.integers(ord("1"), ord("9"), digits.sum())
        for row, size in zip(codes, sizes.tolist(), strict=True):
            drawn.append(row[:size].tobytes().decode("utf-32-le") + "。")
    return drawn


def damage(text: str, kind: str, chance: random.Random, pool: str, other: str) -> str | None:
    """A copy of a paragraph; None if it cannot have one of this kind."""
    if kind == "exact":
        return text
    if kind == "lost marks":
        return "".join(" " if c in MARKS and chance.random() < 0.5 else c for c in text)
    if kind == "wrapped":
        width = chance.randint(20, 36)
        return "\n".join(text[i : i + width] for i in range(0, len(text), width))
    if kind.startswith("noise"):
        rate = int(kind.split()[1]) / 100
        return "".join(
            chance.choice(pool) if is_han(c) and chance.random() < rate else c for c in text
        )
    if kind == "dropped words":
        return WORD.sub(lambda word: word[0] if chance.random() >= 0.05 else "", text)
    share = chance.uniform(0.5, 0.75)
    if kind == "head":
        return text[: round(len(text) * share)]
    if kind == "tail":
        return text[round(len(text) * (1 - share)) :]
    if kind == "glued":
        return other[:80] + text if len(other) >= 80 else None
    twin = re.sub("[1-9]", lambda c: chance.choice("123456789".replace(c[0], "")), text)
    return twin if twin != text else None


def plant(
    base: list[str], seed: int, every: int = 20
) -> tuple[list[str], dict[int, tuple[int, str]]]:
    """The paragraphs with copies; of each copy the index of its original, and its kind."""
    chance = random.Random(seed)
    pool = "".join(c for text in base[:3000] for c in text if is_han(c))
    texts: list[tuple[str, int, str]] = [(text, -1, "") for text in base]
    for turn, index in enumerate(range(0, len(base), every)):
        for kind in (KINDS[turn % len(KINDS)], KINDS[(turn + 5) % len(KINDS)])[: 1 + (every < 10)]:
            copy = None
            if len(fold(base[index])) >= 60 or kind not in ("head", "tail", "glued"):
                copy = damage(base[index], kind, chance, pool, chance.choice(base))
            if copy is not None and len(fold(copy)) >= 30:
                texts.append((copy, index, kind))
    order = list(range(len(texts)))
    chance.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    planted = {place[i]: (place[o], k) for i, (_, o, k) in enumerate(texts) if o >= 0}
    return [texts[old][0] for old in order], planted


def recall(planted: dict[int, tuple[int, str]], survivor_of: dict[int, int]) -> dict[str, float]:
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for copy, (original, kind) in planted.items():
        total[kind] += 1
        end, other = survivor_of.get(copy, copy), survivor_of.get(original, original)
        found[kind] += end == other
    return {kind: found[kind] / total[kind] for kind in KINDS if total[kind]}


def ours(texts: object, threads: int | None = None) -> dict[int, int]:
    result = deduplicate(texts, threads=threads)  # type: ignore[arg-type]
    return {removal.index: removal.survivor for removal in result.removals}


def unverified(texts: list[str]) -> int:
    """Removals that a second look, apart from the search, does not bear out."""
    result = deduplicate(texts)
    kept = set(result.kept)
    wrong = 0
    for removal in result.removals:
        held = holds(texts, removal, threshold=result.threshold)
        wrong += not held or removal.survivor not in kept
    return wrong


SIZE = 5
PERMUTATIONS = 128


def grams(text: str) -> list[str]:
    folded = fold(text)
    return [folded[i : i + SIZE] for i in range(max(1, len(folded) - SIZE + 1))]


def first_of(pairs: Found) -> dict[int, int]:
    """Each text with an earlier one that it was paired with, and which itself stays."""
    gone: dict[int, int] = {}
    for later, earlier in sorted(pairs):
        if later not in gone:
            gone[later] = gone.get(earlier, earlier)
    return gone


def text_by_text(texts: list[str], index: Any, sketch_of: Callable[[str], Any]) -> dict[int, int]:
    """Ask an index for each text before it goes in; what it names is compared by sketch."""
    sketches: list[Any] = []
    pairs: Found = []
    for number, text in enumerate(texts):
        sketch = sketch_of(text)
        for other in index.query(sketch):
            if sketch.jaccard(sketches[other]) >= 0.7:
                pairs.append((number, other))
        sketches.append(sketch)
        index.insert(number, sketch)
    return first_of(pairs)


def rensa_full(texts: list[str]) -> dict[int, int]:
    from rensa import RMinHash, RMinHashLSH

    def sketch_of(text: str) -> RMinHash:
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update(grams(text))
        return sketch

    index = RMinHashLSH(threshold=0.7, num_perm=PERMUTATIONS, num_bands=16)
    return text_by_text(texts, index, sketch_of)


def gaoya_index(texts: list[str]) -> dict[int, int]:
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(
        hash_size=32, jaccard_threshold=0.7, num_bands=16, band_size=8, analyzer="char",
        ngram_range=(SIZE, SIZE),
    )  # fmt: skip
    folds = [fold(text) for text in texts]
    index.par_bulk_insert_docs(list(range(len(texts))), folds)
    pairs: Found = []
    for number, others in enumerate(index.par_bulk_query(folds)):
        pairs += [(number, other) for other in others if other < number]
    return first_of(pairs)


def datasketch_lsh(texts: list[str]) -> dict[int, int]:
    from datasketch import MinHash, MinHashLSH

    def sketch_of(text: str) -> MinHash:
        sketch = MinHash(PERMUTATIONS)
        sketch.update_batch([gram.encode() for gram in grams(text)])
        return sketch

    return text_by_text(texts, MinHashLSH(threshold=0.7, num_perm=PERMUTATIONS), sketch_of)


#: What the other engines are called, and how each finds copies.
ENGINES: dict[str, tuple[str, Callable[[list[str]], Gone]]] = {
    "gaoya": ("gaoya", gaoya_index),
    "rensa, full": ("rensa", rensa_full),
    "datasketch": ("datasketch", datasketch_lsh),
}


def measure(
    paragraphs: int = 12_000, rounds: int = 3, peers: bool = True, prose: bool = True
) -> Iterator[Figure]:
    """Planted copies found, by kind, and the processor time of other engines on one thread."""
    sources: dict[str, Path | None] = {"made-up prose": None}
    if prose:
        sources |= {path.name.split(".")[0]: path for path in named_files(CORPUS, ("news", "laws"))}
    for source, path in sources.items():
        texts, planted = plant(read(path, paragraphs, 3), 1, 8)
        jobs: dict[str, Callable[[], Gone]] = {"textclean": lambda texts=texts: ours(texts, 1)}
        for name, (module, search) in ENGINES.items() if peers else ():
            if find_spec(module):
                jobs[name] = lambda texts=texts, search=search: search(texts)
            else:
                print(f"{name} is not installed: pip install -e .[bench]")
        for name, job in jobs.items():
            own = name == "textclean"
            for kind, share in recall(planted, job()).items():
                better: Literal["more", "less"] = "less" if kind == "twin" else "more"
                bar = (0.005 if kind == "twin" else BARS.get(kind, 0.98)) if own else None
                about: Literal["quality", "shown"] = "quality" if own else "shown"
                yield Figure(f"{source}, {name}", kind, share, about, better, bar)
        if len(jobs) > 1 and source != "laws":
            some = {name: job for name, job in jobs.items() if name != "datasketch"}
            times = by_turns(some, rounds, time.process_time)
            for name in list(some)[1:]:
                found = ratios(times[name], times["textclean"])
                middle, between = statistics.median(found), (min(found), max(found))
                row = f"{source}, {name}"
                yield Figure(row, "time / ours", middle, "ratio", "more", None, ".1f", between)


def timed(job: Callable[[], Gone]) -> tuple[float, Gone]:
    gc.collect()
    done: list[Gone] = []
    return seconds(lambda: done.append(job())), done[0]


def memory() -> float:
    """Peak resident memory of this process, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def pace() -> float:
    """Seconds that a plain loop takes: on a machine that others work on, the measure of time."""

    def loop() -> None:
        total = 0
        for number in range(10_000_000):
            total += number

    return seconds(loop)


def second_processor() -> float:
    """How many times as fast two threads run a compiled loop as one: 2 where nobody else works."""
    multipliers, addends = sketching.permutations(56, 1)
    starts = np.arange(0, 1_000_001, 100)

    def work(_: int) -> None:
        hashes = np.arange(1_000_000, dtype=np.uint32)
        rows = np.empty((len(starts) - 1, len(multipliers)), np.uint32)
        sketching.minhash(hashes, starts, multipliers, addends, rows)

    with ThreadPoolExecutor(2) as pool:
        one, two = (seconds(lambda n=n: list(pool.map(work, range(n)))) for n in (1, 2))
    return 2 * one / two


def of_size(corpus: Path | None, size: int, rounds: int) -> tuple[int, float, float, int, float]:
    """Of one size: paragraphs, seconds, memory above the input, removals, plain loops."""
    base = read(corpus, size, 3)
    texts, _ = plant(base[: size * 20 // 21], 1)
    ours(texts[:2000])
    gc.collect()
    before = int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
    paces = [pace()]
    runs = []
    for _ in range(rounds):
        took, removed = timed(lambda: ours(texts))
        paces.append(pace())
        runs.append((took / (paces[-2] + paces[-1]) * 2, took))
    loops, took = min(runs)
    return len(texts), took, memory() - before, len(removed), loops


def scale(corpus: Path | None, sizes: tuple[int, ...], rounds: int) -> None:
    """A line for each size, each in a process of its own, whose memory is its own."""
    first = None
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
        for size in sizes:
            job = pool.submit(of_size, corpus, size, rounds)
            count, took, megabytes, removed, loops = job.result()
            first = first or loops / count
            print(
                f"{count:>9,} paragraphs: {took:7.2f} s, {count / took:8,.0f}/s, "
                f"{loops:.2f} plain loops, {loops / count / first:.2f} of the first a paragraph, "
                f"{megabytes:,.0f} MB above the input, {removed:,} removed", flush=True
            )  # fmt: skip


def first_use(texts: list[str], rounds: int) -> None:
    """Time some first, second and later uses, each a process of its own."""
    given = json.dumps(texts)

    def use(cache: str) -> float:
        environment = os.environ | {"NUMBA_CACHE_DIR": cache, "PYTHONPATH": str(ROOT)}
        line = [sys.executable, "-c", SEARCH]
        return seconds(
            lambda: subprocess.run(line, input=given, text=True, env=environment, check=True)
        )

    figures = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as cache:
            loop = pace()
            times = [use(cache), use(cache)]
            while len(list(Path(cache).rglob("*.compiled"))) < len(STAGES):
                time.sleep(0.2)
            figures.append([*times, use(cache), loop])
    first, second, later, loop = map(statistics.median, zip(*figures, strict=True))
    print(f"{len(texts):,} paragraphs, median of {rounds}; a plain loop took {loop:.2f} s")
    print(f"first use {first:.2f} s (under 8), the next {second:.2f} s, later ones {later:.2f} s")


def beside(
    texts: list[str], planted: dict[int, tuple[int, str]], rounds: int, ours_only: bool
) -> None:
    """Print speed and recall of the engines, and how many removals of ours are not verified."""
    engines: dict[str, Callable[[], Gone]] = {
        "textclean": lambda: ours(texts),
        "textclean, one thread": lambda: ours(texts, 1),
    }
    try:
        import pyarrow as pa

        array = pa.array(texts, pa.large_string())
        engines["textclean, Arrow"] = lambda: ours(array)
    except ImportError:
        pass
    if not ours_only:
        engines["gaoya"] = lambda: gaoya_index(texts)
        engines["rensa, full"] = lambda: rensa_full(texts)
        engines["datasketch"] = lambda: datasketch_lsh(texts)
    times: dict[str, list[float]] = {name: [] for name in engines}
    ratios: dict[str, list[float]] = {name: [] for name in engines if name != "textclean"}
    loops: list[float] = []
    results: dict[str, Gone] = {}
    ours(texts)  # so many that all loops are compiled, if they are not yet
    for turn in range(rounds):
        loops.append(second_processor())
        before, results["textclean"] = timed(engines["textclean"])
        times["textclean"].append(before)
        for name in ratios:
            if turn and name == "datasketch":
                continue
            took, results[name] = timed(engines[name])
            after, _ = timed(engines["textclean"])
            ratios[name].append(2 * took / (before + after))
            times[name].append(took)
            times["textclean"].append(after)
            before = after
    print(f"{'':24}{'paragraphs/s':>13}  " + " ".join(f"{kind:>13}" for kind in KINDS))
    for name, took_each in times.items():
        shares = recall(planted, results[name])
        print(
            f"{name:24}{len(texts) / min(took_each):>13,.0f}  "
            + " ".join(f"{shares.get(kind, 0):>13.3f}" for kind in KINDS)
        )
    print("the time of each as a multiple of textclean's before and after it, median and range")
    for name, found in ratios.items():
        print(f"  {name:24}{spread(found)}")
    print(f"a second thread makes a compiled loop {spread(loops)} as fast")
    shares = recall(planted, results["textclean"])
    missed = [k for k in KINDS[:-1] if shares.get(k, 1) < BARS.get(k, 0.98)]
    print(f"recall below its bar: {', '.join(missed) or 'none'}")
    print(f"twins removed: {shares.get('twin', 0):.2%} (at most 0.5 %)")
    print(f"removals without a verified edge to a kept paragraph: {unverified(texts)}")
    print(f"peak memory, all engines: {memory():,.0f} MB")


@command
def main(
    corpus: Annotated[Path | None, "real prose, instead of paragraphs that are made up"] = None,
    paragraphs: int = 65_000,
    every: int = 20,
    seed: int = 1,
    rounds: int = 3,
    ours_only: bool = False,
    scaling: bool = False,
    sizes: tuple[int, ...] = (125_000, 250_000, 500_000, 1_000_000, 2_000_000),
    start: bool = False,
) -> None:
    if scaling:
        scale(corpus, sizes, rounds)
        return
    texts, planted = plant(read(corpus, paragraphs, 3), seed, every)
    if start:
        first_use(texts, rounds)
        return
    characters = sum(map(len, texts))
    print(f"{len(texts):,} paragraphs, {characters:,} characters, {len(planted):,} planted")
    beside(texts, planted, rounds, ours_only)


if __name__ == "__main__":
    main()
