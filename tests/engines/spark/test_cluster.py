"""Executors that are processes of their own, one of which is killed in the middle of its work."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from pyspark.sql import DataFrame, SparkSession

from tests.dedup.test_reference import planted
from tests.engines.spark.conftest import compare
from textclean.engines.spark.tables import Tables

pytestmark = pytest.mark.spark


def executors(session: SparkSession) -> set[int]:
    """The processes of the executors of this session's application."""
    found = set()
    name = session.sparkContext.applicationId.encode()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (process / "cmdline").read_bytes()
            if b"CoarseGrainedExecutorBackend" in command and name in command:
                found.add(int(process.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs Linux's /proc")
def test_an_executor_that_is_killed_changes_nothing(
    cluster: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Tables.write
    killed: list[int] = []

    def kill() -> None:
        status = cluster.sparkContext.statusTracker()
        until = time.monotonic() + 60
        while time.monotonic() < until:
            stages = map(status.getStageInfo, status.getActiveStageIds())
            if any(stage is not None and stage.numActiveTasks for stage in stages):
                killed.append(min(executors(cluster)))
                os.kill(killed[0], signal.SIGKILL)
                return
            time.sleep(0.01)

    def write_while_killing(tables: Tables, frame: DataFrame, name: str) -> DataFrame:
        if name != "candidates":
            return write(tables, frame, name)
        killer = threading.Thread(target=kill)
        killer.start()
        table = write(tables, frame, name)
        killer.join()
        return table

    monkeypatch.setattr(Tables, "write", write_while_killing)
    until = time.monotonic() + 90
    while len(executors(cluster)) < 2 and time.monotonic() < until:
        time.sleep(0.2)
    assert len(executors(cluster)) == 2
    assert compare(cluster, planted(7), 4) > 50
    assert killed
    assert killed[0] not in executors(cluster)
