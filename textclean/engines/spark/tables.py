"""What is kept between two steps, and where: tables of Parquet in a folder that all machines see.

A table ends the plan of what came before it: what is lost with an executor afterwards is read
again.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
import uuid
from collections.abc import Callable
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

_DESCRIPTION = "spark.job.description"


class Tables:
    """Tables of one deduplication, in a folder of their own."""

    def __init__(self, spark: SparkSession, folder: str | None) -> None:
        """
        Args:
            folder: in which that folder is made; None: where Spark has its checkpoints or, if it
                runs on this machine alone, where the system has temporary files.

        Raises:
            ValueError: there is no such folder.
        """
        self._spark = spark
        context = spark.sparkContext
        checkpoints = context._jsc.sc().getCheckpointDir()
        if folder is None and checkpoints.isDefined():
            folder = checkpoints.get()
        if folder is None:
            if not context.master.startswith("local"):
                raise ValueError(
                    "folder: name one that all executors see, or call SparkContext.setCheckpointDir"
                )
            folder = tempfile.mkdtemp(prefix="textclean-spark-")
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
        self.folder = f"{folder.rstrip('/')}/textclean-{uuid.uuid4().hex}"
        self._names: list[str] = []

    def write(self, frame: DataFrame, name: str) -> DataFrame:
        """A table of what a frame holds; Spark's page calls its jobs by the name."""
        context = self._spark.sparkContext
        earlier = context.getLocalProperty(_DESCRIPTION)
        context.setLocalProperty(_DESCRIPTION, f"textclean: {name}")
        try:
            frame.write.parquet(f"{self.folder}/{name}")
        finally:
            context.setLocalProperty(_DESCRIPTION, earlier)
        self._names.append(name)
        return self._spark.read.schema(frame.schema).parquet(f"{self.folder}/{name}")

    def mapped(
        self, frame: DataFrame, work: Callable[..., Any], schema: pa.Schema, name: str | None = None
    ) -> DataFrame:
        """What a function of this package makes of the batches of a frame; as a table, if named."""
        found = frame.mapInArrow(work, from_arrow_schema(schema))
        return found if name is None else self.write(found, name)

    def frame(self, rows: list[tuple[Any, ...]], schema: Any) -> DataFrame:
        """A few rows."""
        return self._spark.createDataFrame(rows, schema)

    def empty(self, schema: pa.Schema) -> DataFrame:
        """No rows."""
        return self.frame([], from_arrow_schema(schema))

    def drop_all_but(self, kept: str) -> None:
        """Delete all tables but one."""
        jvm = self._spark.sparkContext._jvm
        hadoop = self._spark.sparkContext._jsc.hadoopConfiguration()
        for name in self._names:
            if name != kept:
                path = jvm.org.apache.hadoop.fs.Path(f"{self.folder}/{name}")
                path.getFileSystem(hadoop).delete(path, True)


def together(frame: DataFrame, key: str, *then: str) -> DataFrame:
    """The rows with one key behind each other in one partition."""
    return frame.repartition(key).sortWithinPartitions(key, *then)
