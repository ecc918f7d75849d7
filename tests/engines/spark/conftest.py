"""Sessions of Spark for the tests, and the comparison of what Spark removes with what the search in
memory removes.
"""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

import textclean

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Without PySpark and Java there is nothing to test.
_HAS_JAVA = shutil.which("java") is not None or "JAVA_HOME" in os.environ
collect_ignore_glob = [] if find_spec("pyspark") and _HAS_JAVA else ["test_*"]
_ROOT = Path(__file__).parents[3]
#: The first arguments are the texts and how the frame is cut, the others are options.
Compare = Callable[..., int]


def _session(master: str, folder: Path) -> SparkSession:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    options = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "3",
        "spark.executor.memory": "512m",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.local.dir": str(folder / "local"),
        # Runs of a few seconds: what the second compiler makes better is seldom run again.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    builder = SparkSession.builder.master(master).appName("textclean")
    for name, value in options.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spark")


@pytest.fixture(scope="module")
def spark(folder: Path) -> Iterator[SparkSession]:
    """Spark in this process's Java, with two threads."""
    session = _session("local[2]", folder)
    yield session
    session.stop()


@pytest.fixture(scope="module")
def cluster(folder: Path) -> Iterator[SparkSession]:
    """Spark with two executors of their own, a process each."""
    session = _session("local-cluster[2,1,1024]", folder)
    context = session.sparkContext
    yield session
    name, home = context.applicationId, context._jsc.sc().getSparkHome()
    session.stop()
    if home.isDefined():
        shutil.rmtree(Path(home.get()) / "work" / name, ignore_errors=True)


def compare(
    session: SparkSession,
    texts: Sequence[str | None],
    partitions: int,
    *,
    seed: int = 0,
    names: Sequence[Any] | None = None,
    kind: str = "bigint",
    missing: Any = "refuse",
    **options: Any,
) -> int:
    """See that the same texts go as in memory, for the same reasons; and say how many.

    Args:
        partitions: the frame has so many; which row is in which is by chance.
        names: the ids, ascending; None: the indices.
        kind: of the ids, as Spark calls it.
    """
    from textclean.engines.spark import deduplicate

    names = range(len(texts)) if names is None else names
    rows = list(zip(names, texts, strict=True))
    Random(seed).shuffle(rows)
    frame = session.createDataFrame(
        session.sparkContext.parallelize(rows, partitions), f"name {kind}, body string"
    )
    found = deduplicate(frame, "body", "name", missing=missing, **options)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = textclean.deduplicate(
            texts, options, ids=list(names), missing=missing, threads=1
        )
    got = {
        row.name: (row.survivor, row.kind, row.score, tuple(map(tuple, row.lost or ())))
        for row in found.collect()
    }
    assert found.count() == len(got)
    assert got == {
        one.index: (one.survivor, str(one.kind), one.score, tuple(map(tuple, one.lost)))
        for one in expected.removals
    }
    return len(got)
