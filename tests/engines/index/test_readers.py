"""Readers beside a writer, in other processes and in other threads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from tests.engines.index.killing import texts
from textclean.engines.index import Index, store

# Reads without end: what it has seen once stays, and what it sees is whole.
READER = """
import sys
from tests.engines.index.killing import texts
from textclean.engines.index import Index
with Index(sys.argv[1]) as index:
    print("ready", flush=True)
    count = looks = 0
    while count < int(sys.argv[2]):
        now = len(index)
        assert now >= count, (now, count)
        assert now % 20 == 0
        count = now
        for number in {0, count // 2, count - 1} & set(range(count)):
            seen = index.query(texts(range(number, number + 1))[0])
            assert seen is not None and seen.entry.number == number, number
        looks += 1
    print("done", flush=True)
"""


@pytest.mark.parametrize("size", [1 << 17, 1 << 26], ids=["growing", "large"])
def test_processes_read_while_one_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(store, "_FIRST_SIZE", size)
    folder = tmp_path / "index"
    with Index.create(folder) as index:
        readers = [
            subprocess.Popen(
                [sys.executable, "-c", READER, str(folder), "1000"],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )
            for _ in range(3)
        ]  # fmt: skip
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "ready\n"
        for start in range(0, 1000, 20):
            index.add(texts(range(start, start + 20)), threads=1)
        for reader in readers:
            out, error = reader.communicate(timeout=120)
            assert (out, error) == ("done\n", "")


def test_threads_read_while_one_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_FIRST_SIZE", 1 << 17)
    failed: list[BaseException] = []

    with Index.create(tmp_path / "index") as index:

        def read() -> None:
            try:
                while len(index) < 400:
                    list(index)
                    index.query(texts(range(1))[0])
            except BaseException as error:
                failed.append(error)

        threads = [Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        for start in range(0, 400, 20):
            index.add(texts(range(start, start + 20)), threads=1)
        for thread in threads:
            thread.join(timeout=120)
        assert failed == []


def test_two_processes_take_turns_at_writing(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    Index.create(folder).close()
    writer = """
import sys
from tests.engines.index.killing import texts
from textclean.engines.index import Index
with Index(sys.argv[1]) as index:
    for start in range(int(sys.argv[2]), int(sys.argv[2]) + 200, 10):
        numbers = range(start, start + 10)
        index.add(texts(numbers), ids=numbers, threads=1)
"""
    writers = [
        subprocess.Popen([sys.executable, "-c", writer, str(folder), str(start)])
        for start in (0, 1000)
    ]
    assert [each.wait(timeout=120) for each in writers] == [0, 0]
    with Index(folder) as index:
        assert sorted(entry.id for entry in index) == [*range(200), *range(1000, 1200)]  # type: ignore[type-var]
        assert index.verify() == []
