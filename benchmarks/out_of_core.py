"""Deduplication out of core: time, memory and disk as the number of paragraphs grows.

    pip install 'textclean-zh[dedup]'
    python benchmarks/out_of_core.py --paragraphs 1000000 [--memory 2GB] [--folder FOLDER]
    python benchmarks/out_of_core.py --paragraphs 200000 --kills 10

Paragraphs of about 120 characters are drawn from the character model of ``dedup.py``, and of every
twentieth a copy is planted somewhere behind it, the kinds taking turns. They are written as JSONL
(with ``--parquet`` as Parquet, too), which ``textclean dedup --memory … --work-dir …`` reads in a
process of its own. Printed are its time, processor time and most resident memory (without those of
processes that it started), how much was in the working folder at most, and which share of the
copies of each kind it found: of twins that is to be little. The same command without a working
folder must write the same, byte for byte, and `deduplicate` on the texts in memory says how fast it
is there (``--alone`` leaves both out). With ``--kills`` the process is killed so often, at
random moments, and the same command is given again: the output must be the same.
"""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from dedup import KINDS, damage, draw, is_han, recall

from textclean.dedup.fold import fold
from tools.command import command

#: Paragraphs that are drawn together, at most; copies of them are written with a later block.
_BLOCK = 50_000
_EVERY = 20
# Seconds between two looks at a process.
_LOOK = 0.2
IN_MEMORY = """
import json, sys
from textclean import deduplicate
with open(sys.argv[1], encoding="utf-8") as file:
    texts = [json.loads(line)["text"] for line in file]
deduplicate(texts, unit="document")
"""
# A process between, so that the most memory is that of the one that works.
MEASURED = """
import resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run([sys.executable, "-W", "ignore", *sys.argv[1:]])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.returncode, time.perf_counter() - start, used.ru_utime + used.ru_stime,
      used.ru_maxrss / 1024)
"""


class Cost(NamedTuple):
    """What a process took: seconds, processor seconds, megabytes of memory and of disk."""

    seconds: float
    processor: float
    memory: float
    disk: float = 0.0


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


def measured(arguments: Sequence[str], work: Path | None = None) -> Cost:
    """What a process of Python takes; and how much is in a folder meanwhile, at most."""
    process = subprocess.Popen(
        [sys.executable, "-c", MEASURED, *arguments], stdout=subprocess.PIPE, text=True
    )
    most = 0
    while process.poll() is None:
        time.sleep(_LOOK)
        most = max(most, 0 if work is None else size_of(work))
    assert process.stdout is not None
    status, *figures = process.stdout.read().split()[-4:]
    if status != "0":
        raise SystemExit(f"{' '.join(arguments)}: exit status {status}")
    return Cost(*map(float, figures), most / 1e6)


def size_of(folder: Path) -> int:
    """Bytes of the files in a folder."""
    total = 0
    with suppress(OSError):  # they come and go
        for each in folder.iterdir():
            with suppress(OSError):
                total += each.stat().st_size
    return total


def dedup(path: Path, output: Path, *more: str) -> list[str]:
    return ["-m", "textclean", "dedup", str(path), "-o", str(output), "-q", "--no-config", *more]


def digests(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            found[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def found_copies(output: Path, planted: dict[int, tuple[int, str]]) -> dict[str, float]:
    """The share of the copies of each kind that went for their original, or with it."""
    survivor: dict[int, int] = {}
    with (output / "removals.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            survivor[row["line"] - 1] = row["survivor_line"] - 1
    return recall(planted, survivor)


def kill(words: list[str], times: int, seconds: float) -> int:
    """Kill a process so often, at random moments of its work, then let it end: its last status."""
    chance = random.Random(1)
    for _ in range(times):
        process = subprocess.Popen([sys.executable, "-W", "ignore", *words])
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(1, max(2.0, 2 * seconds / times)))
            return process.returncode
        process.kill()
        process.wait()
    return subprocess.run([sys.executable, "-W", "ignore", *words], check=False).returncode


@command
def main(
    paragraphs: Annotated[int, "to write"] = 1_000_000,
    memory: Annotated[str, "what the process may have"] = "2GB",
    folder: Annotated[Path | None, "where all is written; by default a temporary folder"] = None,
    alone: Annotated[bool, "whether nothing is done without a working folder"] = False,
    parquet: Annotated[bool, "whether Parquet is read, too"] = False,
    kills: Annotated[int, "how often to kill the process"] = 0,
) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as name:
        place = Path(name)
        path, work = place / "paragraphs.jsonl", place / "work"
        planted = write_paragraphs(path, paragraphs)
        size = path.stat().st_size / 1e6
        print(f"{paragraphs:,} paragraphs, {size:,.0f} MB, {len(planted):,} copies", flush=True)
        words = dedup(path, place / "kept", "--work-dir", str(work), "--memory", memory)
        cost = measured(words, work)
        print(
            f"out of core: {cost.seconds:.0f} s, {cost.processor:.0f} s of processor, "
            f"{cost.memory:,.0f} MB resident, {cost.disk:,.0f} MB on disk at most, "
            f"{paragraphs / cost.processor:,.0f} paragraphs a processor second",
            flush=True,
        )
        for kind, share in found_copies(place / "kept", planted).items():
            print(f"  {kind:14} {share:.4f}")
        expected = digests(place / "kept")
        if not alone:
            plain = measured(dedup(path, place / "plain"))
            same = "the same" if digests(place / "plain") == expected else "NOT THE SAME"
            print(
                f"without a working folder: {same}; {plain.seconds:.0f} s, "
                f"{plain.processor:.0f} s of processor, {plain.memory:,.0f} MB",
                flush=True,
            )
            held = measured(["-c", IN_MEMORY, str(path)])
            print(
                f"`deduplicate` in memory: {held.seconds:.0f} s, {held.processor:.0f} s of "
                f"processor, {held.memory:,.0f} MB: out of core at "
                f"{held.processor / cost.processor:.2f} times its rate, and at "
                f"{plain.processor / cost.processor:.2f} times that of the command without a "
                "working folder (bar: 0.50)",
                flush=True,
            )
        if kills:
            words = dedup(path, place / "killed", "--work-dir", str(work), "--memory", memory)
            status = kill(words, kills, cost.seconds)
            same = "the same" if digests(place / "killed") == expected else "NOT THE SAME"
            print(f"killed {kills} times: status {status}, {same}", flush=True)
        if parquet:
            as_parquet(path, place / "paragraphs.parquet")
            words = dedup(place / "paragraphs.parquet", place / "table", "--work-dir", str(work))
            cost = measured(words, work)
            alike = found_copies(place / "table", planted) == found_copies(place / "kept", planted)
            print(
                f"Parquet: {'as many found' if alike else 'NOT AS MANY FOUND'}; {cost.seconds:.0f} "
                f"s, {cost.processor:.0f} s of processor, {cost.memory:,.0f} MB resident"
            )


def as_parquet(path: Path, target: Path) -> None:
    """The same records as a table in groups of 100,000 rows."""
    import pyarrow as pa
    import pyarrow.parquet

    writer: Any = None
    with path.open(encoding="utf-8") as file:
        while rows := [json.loads(line) for line in islice(file, 100_000)]:
            table = pa.Table.from_pylist(rows)
            writer = writer or pyarrow.parquet.ParquetWriter(target, table.schema)
            writer.write_table(table)
    writer.close()


if __name__ == "__main__":
    main()
