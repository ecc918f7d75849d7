"""What a process had finished when it ended is not done again, and nothing else remains of it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import IO, Any

import pytest

from tests.engines.disk.conftest import SetSize, documents, write_jsonl
from tests.folders import contents
from textclean.cli.dedup import without_rules
from textclean.config import Config
from textclean.corpus import parts
from textclean.corpus import run as runs
from textclean.corpus.run import run
from textclean.engines.disk import WorkFolderError, arrays, folder

DEDUP = without_rules(Config())
# A command of which the process is killed while it writes a file, by the number of the file.
KILLED = """
import os, signal, sys
from textclean.corpus import kept_outcomes, parts, whole_results
from textclean.engines.disk import arrays, folder
folder.WorkFolder.together = 40
whole_results._KEPT_BYTES, kept_outcomes.TOGETHER, parts.PART_BYTES = 4000, 40, 4000
left = int(sys.argv.pop(1))
plain = folder.write_file
def write_file(path, write):
    global left
    left -= 1
    if left:
        return plain(path, write)
    with open(f"{path}.unfinished", "wb") as file:
        file.write(b"half of it")
    os.kill(os.getpid(), signal.SIGKILL)
folder.write_file = arrays.write_file = write_file
from textclean.cli import main
main()
"""


class EndedError(Exception):
    """Stands for the end of a process."""


@pytest.fixture
def small(together: SetSize, monkeypatch: pytest.MonkeyPatch) -> None:
    together(40)
    monkeypatch.setattr(parts, "PART_BYTES", 4000)


def interrupted(monkeypatch: pytest.MonkeyPatch, after: int, error: BaseException) -> None:
    """Have the writing of a file fail, when so many were written."""
    left = after

    def write_file(path: Path, write: Any) -> int:
        nonlocal left
        left -= 1
        if left >= 0:
            return plain(path, write)

        def fail(file: IO[bytes]) -> None:
            file.write(b"half of it")
            raise error

        return plain(path, fail)

    plain = arrays.write_file
    monkeypatch.setattr(arrays, "write_file", write_file)
    monkeypatch.setattr(folder, "write_file", write_file)


def runs_in_pieces(
    path: Path, output: Path, work: Path, config: Config, step: int, error: BaseException
) -> Iterator[int]:
    """Run again and again, each time so many files further; the number of files there are."""
    while True:
        with pytest.MonkeyPatch.context() as patched:
            interrupted(patched, step, error)
            try:
                run([path], output, config, work_folder=work, workers=1)
            except (EndedError, WorkFolderError):
                assert not output.exists() or not any(output.iterdir())
                yield len(list(work.iterdir()))
            else:
                return


@pytest.mark.parametrize("cleaning", [False, True])
@pytest.mark.parametrize("step", [3, 10])
def test_a_run_goes_on_wherever_it_ended(
    tmp_path: Path, small: None, step: int, cleaning: bool
) -> None:
    config = Config() if cleaning else DEDUP
    path = write_jsonl(tmp_path / "a.jsonl", documents(6, 200))
    run([path], tmp_path / "plain", config, workers=1)
    pieces = list(
        runs_in_pieces(path, tmp_path / "out", tmp_path / "work", config, step + 1, EndedError())
    )
    assert len(pieces) >= 3
    assert contents(tmp_path / "out") == contents(tmp_path / "plain")
    assert not (tmp_path / "work").exists()


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path, small: None) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", documents(7, 200))
    run([path], tmp_path / "plain", DEDUP)
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    work = tmp_path / "work"
    with pytest.MonkeyPatch.context() as patched:
        interrupted(patched, 9, full)
        with pytest.raises(WorkFolderError, match=r"no more room on the disk.*goes on from there"):
            run([path], tmp_path / "out", DEDUP, work_folder=work)
    kept = {each.name for each in work.iterdir()}
    assert len(kept) > 5
    assert not [name for name in kept if name.endswith(arrays.UNFINISHED)]
    pieces = runs_in_pieces(path, tmp_path / "out", work, DEDUP, 20, full)
    assert all(number > 5 for number in pieces)
    assert contents(tmp_path / "out") == contents(tmp_path / "plain")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits of this kind")
def test_a_real_limit_of_the_system_is_said_too(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", documents(7, 3000))
    run([path], tmp_path / "plain", DEDUP)
    work = tmp_path / "work"
    command = ["dedup", str(path), "-o", str(tmp_path / "out"), "--no-config", "--lang", "en"]
    command += ["--work-dir", str(work)]
    for limit, status in ((100_000, 2), (400_000, 2), (10**9, 0)):
        limited = (
            f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
            "from textclean.cli import main; main()"
        )
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", limited, *command],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == status, done.stderr
        assert ("no more room on the disk" in done.stderr) == (status == 2)
    assert contents(tmp_path / "out") == contents(tmp_path / "plain")


def test_ten_kills_change_nothing(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", documents(8, 300))
    run([path], tmp_path / "plain", DEDUP)
    random = Random(1)
    command = ["dedup", str(path), "-o", str(tmp_path / "out"), "--no-config", "-q"]
    command += ["--work-dir", str(tmp_path / "work")]
    kills = 0
    while True:
        number = random.randint(2, 9) if kills < 10 else 10**6
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", KILLED, str(number), *command], check=False
        )
        if done.returncode == 0:
            break
        kills += 1
        assert done.returncode == -9
        assert not (tmp_path / "out" / "run.json").exists()
    assert kills == 10
    assert contents(tmp_path / "out") == contents(tmp_path / "plain")


def test_what_took_its_place_is_not_done_again(
    tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", documents(9))
    work, output = tmp_path / "work", tmp_path / "out"

    def end(self: Any) -> None:
        raise EndedError

    with monkeypatch.context() as patched:
        patched.setattr(folder.WorkFolder, "remove", end)
        with pytest.raises(EndedError):
            run([path], output, DEDUP, work_folder=work)
    before = contents(output)
    with monkeypatch.context() as patched:
        patched.setattr(runs, "clean_files", end)
        summary = run([path], output, DEDUP, work_folder=work)
    assert summary.total.removals > 0
    assert contents(output) == before
    assert not work.exists()
