"""Memory and time of the commands on a large file of records, and whether parts change anything.

    pip install 'textclean-zh[dedup]'
    python benchmarks/streaming.py [--megabytes N] [--commands NAME ...] [--corpus FOLDER]

Each command runs in a process of its own over one JSONL of about so many megabytes: paragraphs of a
corpus of prose, one to three a record, a tenth of the records copies of others, half of these
damaged. Printed are the most memory that the process had (resident, without processes that it
started), its processor time, and that of the plain work on the same texts in another process that
reads them with `json`: `clean` beside ``check``, ``fix`` and ``run``, `deduplicate` beside
``dedup``. 2 GB (``--megabytes 2000``) take hours for what cleans and a quarter of an hour for
``dedup``.

Then a small file goes through ``fix`` and ``run`` with parts of several sizes and one and two
processes; all must come out alike.
"""

from __future__ import annotations

import json
import lzma
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from common import CORPUS, NAMES, Corpus, files

from tools.command import command

#: What each command is measured beside, and the bar: at most so many times the plain work.
BESIDE = {"check": ("clean", None), "fix": ("clean", 1.25), "run": ("clean", 1.25),
          "dedup": ("deduplicate", 2.0)}  # fmt: skip
#: Megabytes that a process may have.
MEMORY = 500
PLAIN = """
import json, sys
from textclean import clean, deduplicate
texts = (json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8"))
if sys.argv[2] == "clean":
    for text in texts:
        clean(text)
else:
    deduplicate(list(texts), unit="document")
"""
IN_PARTS = """
import sys
from textclean.cli import main
from textclean.corpus import parts
parts.PART_BYTES = int(sys.argv.pop(1))
main()
"""


def paragraphs(corpus: Path) -> Iterator[str]:
    """Paragraphs without end; from the second time on each with another number and less text."""
    draw = random.Random(1)
    texts: list[str] = []
    for path in files(corpus, NAMES):
        opened = lzma.open if path.suffix == ".xz" else open
        with opened(path, "rt", encoding="utf-8") as file:
            texts += (line for line in map(str.strip, file) if len(line) > 20)
    draw.shuffle(texts)
    yield from texts
    while True:
        for text in texts:
            yield text[draw.randrange(len(text) // 2 + 1) :] + str(draw.randrange(10**6))


def write_records(path: Path, corpus: Path, megabytes: float) -> int:
    """Write the file; how many records there are."""
    draw = random.Random(5)
    source = paragraphs(corpus)
    seen: list[str] = []
    count, size = 0, 0
    with path.open("w", encoding="utf-8") as file:
        while size < megabytes * 1e6:
            if seen and draw.random() < 0.1:
                text = draw.choice(seen)
                if draw.random() < 0.5:
                    text = "".join(c if draw.random() > 0.01 else "囗" for c in text)
            else:
                text = "\n".join(next(source) for _ in range(draw.choice([1, 1, 1, 2, 2, 3])))
                if len(seen) < 5000:
                    seen.append(text)
            line = json.dumps({"id": count, "text": text}, ensure_ascii=False) + "\n"
            file.write(line)
            size += len(line.encode())
            count += 1
    return count


def measured(*arguments: str) -> tuple[float, float]:
    """Megabytes and processor seconds of a process of Python."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # A process between, so that the most memory is that of this one alone.
    script = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run([sys.executable, *sys.argv[1:]], stdout=subprocess.DEVNULL,"
        " stderr=subprocess.DEVNULL)\n"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], check=True, capture_output=True, text=True
    )
    status, memory = map(int, done.stdout.split())
    if status not in (0, 1):
        raise SystemExit(f"{' '.join(arguments)}: exit status {status}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return memory / 1024, seconds


def measure(folder: Path, name: str, path: Path, plain: dict[str, float]) -> None:
    other, bar = BESIDE[name]
    if other not in plain:
        plain[other] = measured("-c", PLAIN, str(path), other)[1]
    copy = folder / "copy.jsonl"
    copy.write_bytes(path.read_bytes())
    output = ["-o", str(folder / name)] if name in ("run", "dedup") else []
    memory, seconds = measured("-m", "textclean", name, str(copy), *output, "--workers", "1")
    ratio = seconds / plain[other]
    said = "" if bar is None else f" (bar {bar:.2f})"
    print(
        f"{name:6} {memory:6.0f} MB (bar {MEMORY})  {seconds:8.1f} s, {ratio:5.2f} times "
        f"`{other}`{said}",
        flush=True,
    )


def compare(folder: Path, corpus: Path) -> None:
    """See that the size of parts and the number of processes change nothing."""
    path = folder / "small.jsonl"
    write_records(path, corpus, 0.3)
    for name in ("fix", "run", "dedup"):
        results = []
        for number, (size, workers) in enumerate([(1 << 30, 1), (1 << 30, 2), (5000, 1), (99, 2)]):
            target = folder / f"{name}{number}"
            target.mkdir()
            copy = target / "a.jsonl"
            copy.write_bytes(path.read_bytes())
            output = [] if name == "fix" else ["-o", str(target / "out")]
            measured("-c", IN_PARTS, str(size), name, str(copy), *output, "--workers", str(workers))
            made = sorted(each for each in target.rglob("*") if each.is_file())
            results.append([(each.name, each.read_bytes()) for each in made])
        same = all(result == results[0] for result in results)
        print(f"{name:6} {'the same' if same else 'NOT the same'} for parts and processes")


@command
def main(
    megabytes: Annotated[float, "of records"] = 20,
    commands: Annotated[tuple[str, ...], "to measure"] = tuple(BESIDE),
    corpus: Corpus = CORPUS,
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "records.jsonl"
        count = write_records(path, corpus, megabytes)
        print(f"{count:,} records, {path.stat().st_size / 1e6:,.0f} MB")
        plain: dict[str, float] = {}
        for each in commands:
            measure(folder, each, path, plain)
        compare(folder, corpus)


if __name__ == "__main__":
    main()
