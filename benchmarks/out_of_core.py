"""Deduplication out of core: time, memory and disk as the number of paragraphs grows.

    pip install 'textclean-zh[dedup]'
    python benchmarks/out_of_core.py --paragraphs 1000000 [--memory 2GB] [--folder FOLDER]
    python benchmarks/out_of_core.py --paragraphs 200000 --kills 10

Paragraphs of about 120 characters are drawn from the character model of ``dedup.py``, and of every
twentieth a copy is planted somewhere behind it, the kinds taking turns. They are written as JSONL,
which ``textclean dedup --memory … --work-dir …`` reads in a process of its own. Printed are its
time, processor time and most resident memory, what it wrote to the working folder, and which share
of the copies of each kind it found. ``--beside`` searches the same texts in memory, too: removals
and twins must be the same. ``--kills`` kills the process so often, at random moments, and starts it
again with the same command: the output must be the same, byte for byte.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

from dedup import KINDS, damage, draw, is_han

from textclean.dedup.fold import fold

#: Paragraphs that are drawn together, at most; copies of them are written with a later block.
_BLOCK = 50_000
_EVERY = 20
# Seconds between two looks at a process.
_LOOK = 0.2
SEARCH = """
import json, resource, sys, time
from textclean import deduplicate
with open(sys.argv[1], encoding="utf-8") as file:
    texts = [json.loads(line)["text"] for line in file]
start, processor = time.perf_counter(), time.process_time()
found = deduplicate(texts, unit="document")
rows = [[one.index, one.survivor, str(one.kind), one.score] for one in found.removals]
twins = [sorted([a, b] for a, b, _ in pairs) for pairs in (found.twins, found.possible_twins)]
print(json.dumps({
    "seconds": time.perf_counter() - start,
    "processor": time.process_time() - processor,
    "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
json.dump([rows, twins], open(sys.argv[2], "w"))
"""


def write_paragraphs(path: Path, count: int) -> dict[int, tuple[int, str]]:
    """Write so many paragraphs; of each copy its original and its kind, by line from 0."""
    chance = random.Random(1)
    waiting: list[tuple[str, int, str]] = []
    planted: dict[int, tuple[int, str]] = {}
    number = block = turn = 0
    together = min(_BLOCK, max(1000, count // 10))
    with path.open("w", encoding="utf-8") as file:

        def write(text: str) -> None:
            nonlocal number
            file.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
            number += 1

        while number < count:
            texts = draw(together, 1000 + block)
            block += 1
            pool = "".join(c for text in texts[:3000] for c in text if is_han(c))
            chance.shuffle(waiting)
            # What is left waits for a block further on.
            copies, waiting = waiting[: len(waiting) // 2 + 1], waiting[len(waiting) // 2 + 1 :]
            places = Counter(chance.randrange(len(texts)) for _ in copies)
            for place, text in enumerate(texts):
                for _ in range(places[place]):
                    copy, original, kind = copies.pop()
                    if number < count:
                        planted[number] = original, kind
                        write(copy)
                if number >= count:
                    break
                if place % _EVERY == 0:
                    kind = KINDS[turn % len(KINDS)]
                    turn += 1
                    if len(fold(text)) >= 60 or kind not in ("head", "tail", "glued"):
                        made = damage(text, kind, chance, pool, chance.choice(texts))
                        if made is not None and len(fold(made)) >= 30:
                            waiting.append((made, number, kind))
                write(text)
    return planted
