"""What `textclean.engines.spark` costs as paragraphs grow: bytes shuffled, processor time, disk.

    pip install 'textclean-zh[spark]'
    python benchmarks/spark.py --paragraphs 300000,1000000 [--folder FOLDER]

The paragraphs are those of ``out_of_core.py``; Java 17 must be there. For each size Spark is
started anew with two threads, finds the copies, and writes a log of its tasks. From that log are
the bytes that were shuffled and spilled, the bytes of tables and the processor time of tasks in
Java; from ``/proc`` (so on Linux only) is that of Java as a whole, with its compiler and its
collector of garbage, and that of the workers in Python, which do the work of this package, with
their most resident memory. Printed are sums, the steps that shuffle most, the largest component
that a worker had to hold, and whether the removals are those of `textclean.deduplicate` in memory.
Of two sizes, one after another, it is said what a million paragraphs more cost, and ten billion.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Annotated, Any, NamedTuple

from out_of_core import as_parquet, write_paragraphs

import textclean
from tools.command import command

#: Paragraphs of a partition after a shuffle, about.
_PARTITION = 25_000
#: Steps that are printed.
_STEPS = 8
# Seconds between two looks at the workers.
_LOOK = 0.2
_TICKS = os.sysconf("SC_CLK_TCK")
_BILLIONS = 10


class Cost(NamedTuple):
    """What one run took: seconds of processor time, and bytes."""

    paragraphs: int
    seconds: float
    #: Of tasks in Java, of Java as a whole, and of the workers in Python.
    tasks: float
    java: float
    workers: float
    shuffled: int
    spilled: int
    #: Bytes of tables that were written, and that were there at the end.
    written: int
    kept: int

    @property
    def processor(self) -> float:
        """All processor time but that of the driver's Python."""
        return self.java + self.workers


def session(partitions: int, place: Path) -> Any:
    """Spark with two threads, which writes a log of its tasks."""
    from pyspark.sql import SparkSession

    (place / "log").mkdir()
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    options = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": "3g",
        "spark.sql.shuffle.partitions": str(partitions),
        # What is small here is large where the corpus is, and is not sent to all machines there.
        "spark.sql.autoBroadcastJoinThreshold": "-1",
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": (place / "log").as_uri(),
        "spark.eventLog.compress": "false",
        "spark.eventLog.rolling.enabled": "false",
        "spark.local.dir": str(place / "local"),
        "spark.sql.warehouse.dir": str(place / "warehouse"),
    }
    builder = SparkSession.builder.master("local[2]").appName("textclean")
    for name, value in options.items():
        builder = builder.config(name, value)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("OFF")
    return found


class Watch:
    """Looks again and again at what Java started, as workers come and go."""

    def __init__(self, java: int) -> None:
        self._java = java
        self._stop = Event()
        #: Of each process the seconds of processor time, and the most megabytes that were resident.
        self.seconds: dict[int, float] = {}
        self.resident: dict[int, float] = {}
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._stop.wait(_LOOK):
            self._note(self._java)

    def _note(self, process: int) -> None:
        with suppress(OSError):
            place = Path(f"/proc/{process}")
            command = (place / "cmdline").read_bytes()
            # What Java forks is Java for a moment.
            if process != self._java and b"pyspark.daemon" not in command:
                return
            fields = (place / "stat").read_text().rsplit(")", 1)[1].split()
            self.seconds[process] = sum(map(int, fields[11:13])) / _TICKS
            for line in (place / "status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    self.resident[process] = int(line.split()[1]) / 1024
            for task in (place / "task").iterdir():
                for child in (task / "children").read_text().split():
                    self._note(int(child))

    def stop(self) -> tuple[float, float, float]:
        """Seconds of Java and of all its workers, and megabytes of the largest of these."""
        self._stop.set()
        self._thread.join()
        self._note(self._java)
        java = self.seconds.pop(self._java)
        self.resident.pop(self._java)
        return java, sum(self.seconds.values()), max(self.resident.values(), default=0.0)


def events(folder: Path) -> Iterator[dict[str, Any]]:
    """The log of Spark."""
    for path in folder.iterdir():
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def of_tasks(folder: Path) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """What tasks took: all, and by step."""
    step_of: dict[int, str] = {}
    total: Counter[str] = Counter()
    steps: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for event in events(folder):
        if event["Event"] == "SparkListenerJobStart":
            step = (event.get("Properties") or {}).get("spark.job.description", "other")
            step_of.update((stage, step) for stage in event["Stage IDs"])
        if event["Event"] != "SparkListenerTaskEnd" or not event.get("Task Metrics"):
            continue
        of = event["Task Metrics"]
        took = Counter(
            tasks=of["Executor CPU Time"],
            shuffled=of["Shuffle Write Metrics"]["Shuffle Bytes Written"],
            spilled=of["Disk Bytes Spilled"],
            written=of["Output Metrics"]["Bytes Written"],
        )
        total += took
        steps[step_of.get(event["Stage ID"], "other")] += took
    return total, steps


def size_of(folder: Path) -> int:
    """Bytes of the files in a folder and those below it."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


def measured(count: int, place: Path) -> Cost:
    """Find the copies among so many paragraphs on Spark and in memory, and say what it took."""
    from textclean.engines.spark import deduplicate
    from textclean.engines.spark.tables import Tables

    lines = place / "paragraphs.jsonl"
    write_paragraphs(lines, count)
    as_parquet(lines, place / "paragraphs.parquet")
    print(f"\n{count:,} paragraphs, {lines.stat().st_size / 1e6:,.0f} MB of JSONL", flush=True)
    spark = session(max(8, count // _PARTITION), place)
    (place / "work").mkdir()
    kept: list[int] = []
    drop = Tables.drop_all_but

    def look(tables: Tables, name: str) -> None:
        kept.append(size_of(place / "work"))
        sizes = spark.read.parquet(f"{tables.folder}/components").groupBy("component").count()
        most = sizes.agg({"count": "max"}).first()[0]
        print(f"  {sizes.count():,} components, the largest of {most or 0:,} texts")
        drop(tables, name)

    Tables.drop_all_but = look  # type: ignore[method-assign]
    # The command that starts Java becomes it; below it is what forks the workers, and these.
    watch = Watch(spark.sparkContext._gateway.proc.pid)
    start = time.perf_counter()
    try:
        frame = spark.read.parquet(str(place / "paragraphs.parquet"))
        found = {
            (row.id, row.survivor, row.kind, row.score)
            for row in deduplicate(frame, folder=str(place / "work")).collect()
        }
    finally:
        Tables.drop_all_but = drop  # type: ignore[method-assign]
    seconds = time.perf_counter() - start
    of_java, of_workers, resident = watch.stop()
    spark.stop()
    total, steps = of_tasks(place / "log")
    cost = Cost(
        count, seconds, total["tasks"] / 1e9, of_java, of_workers, total["shuffled"],
        total["spilled"], total["written"], kept[0],
    )  # fmt: skip
    print(
        f"  {cost.processor:,.0f} s of processor: Java {of_java:,.0f} (its tasks "
        f"{cost.tasks:,.0f}), workers in Python {of_workers:,.0f}, each {resident:,.0f} MB "
        f"resident at most; {seconds:,.0f} s\n"
        f"  {cost.shuffled / 1e6:,.0f} MB shuffled, {cost.spilled / 1e6:,.0f} MB spilled; "
        f"{cost.written / 1e6:,.0f} MB of tables written, {cost.kept / 1e6:,.0f} MB of them "
        "there at the end",
        flush=True,
    )
    for step, took in sorted(steps.items(), key=lambda each: -each[1]["shuffled"])[:_STEPS]:
        print(
            f"    {step:28} {took['shuffled'] / 1e6:8,.1f} MB shuffled "
            f"{took['tasks'] / 1e9:7,.1f} s of tasks in Java"
        )
    with lines.open(encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    started = time.process_time()
    expected = textclean.deduplicate(texts, threads=1).removals
    alone = time.process_time() - started
    same = found == {(one.index, one.survivor, str(one.kind), one.score) for one in expected}
    print(
        f"  {len(found):,} removals, {'those' if same else 'NOT THOSE'} of the search in memory, "
        f"which took {alone:,.0f} s of processor",
        flush=True,
    )
    return cost


def extrapolate(small: Cost, large: Cost) -> None:
    """What a million paragraphs more cost, and ten billion.

    From small sizes all of Java says too much, as its compiler is busy at first, whatever the size.
    """
    millions = (large.paragraphs - small.paragraphs) / 1e6
    workers, java, tasks, shuffled, kept = (
        (getattr(large, name) - getattr(small, name)) / millions
        for name in ("workers", "java", "tasks", "shuffled", "kept")
    )
    thousands = _BILLIONS * 1e3
    print(
        f"\nA million paragraphs more: {workers:,.0f} s of processor in Python, {java:,.0f} s in "
        f"Java ({tasks:,.0f} s in its tasks); {shuffled / 1e6:,.0f} MB shuffled, "
        f"{kept / 1e6:,.0f} MB of tables\n"
        f"{_BILLIONS} billion, in proportion: {(workers + java) * thousands / 3600:,.0f} hours of "
        f"processor, {shuffled * thousands / 1e12:,.1f} TB shuffled, "
        f"{kept * thousands / 1e12:,.1f} TB of tables",
        flush=True,
    )


@command
def main(
    paragraphs: Annotated[tuple[str, ...], "how many, of each run"] = ("300000", "1000000"),
    folder: Annotated[Path | None, "where all is written; by default a temporary folder"] = None,
) -> None:
    costs: list[Cost] = []
    for count in map(int, paragraphs):
        place = Path(tempfile.mkdtemp(dir=folder))
        try:
            costs.append(measured(count, place))
        finally:
            shutil.rmtree(place, ignore_errors=True)
        if len(costs) > 1:
            extrapolate(costs[-2], costs[-1])


if __name__ == "__main__":
    main()
