"""A folder to work in serves one command, one process at a time, and nobody else's files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.engines.disk.conftest import SetSize, documents, write_jsonl
from textclean.cli.dedup import without_rules
from textclean.config import Config
from textclean.corpus.names import LOCK
from textclean.corpus.run import run
from textclean.engines.disk import WorkFolder, WorkFolderError
from textclean.engines.disk.texts import KeptTexts
from textclean.errors import DocumentError
from textclean.text.lock import locked

DEDUP = without_rules(Config())


def test_a_step_is_taken_once(tmp_path: Path) -> None:
    table = np.arange(12, dtype=np.uint32).reshape(3, 4)
    for expected in (1, 1):
        folder = WorkFolder(tmp_path / "work", {"a": 1})
        taken = []

        def make(taken: list[int] = taken) -> list[np.ndarray]:
            taken.append(1)
            return [table, np.zeros(0, np.int64), np.array([True])]

        first, second, third = folder.within("x").take("step", make)
        assert first.read().tolist() == table.tolist()
        assert first.read(1, 2).tolist() == table[1:2].tolist()
        assert (len(second), third.read().tolist()) == (0, [True])
        assert len(taken) <= expected
    assert len(taken) == 0


def test_another_command_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    WorkFolder(tmp_path / "work", {"inputs": ["a"], "threshold": 0.7})
    before = (tmp_path / "work" / "command.json").read_bytes()
    with pytest.raises(WorkFolderError, match=r"another command \(other: threshold\)"):
        WorkFolder(tmp_path / "work", {"inputs": ["a"], "threshold": 0.8})
    assert (tmp_path / "work" / "command.json").read_bytes() == before


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("我的")
    with pytest.raises(WorkFolderError, match="holds files, and no work of ours"):
        WorkFolder(tmp_path, {})
    assert (tmp_path / "mine.txt").read_text() == "我的"


def test_a_damaged_step_is_named(tmp_path: Path) -> None:
    folder = WorkFolder(tmp_path, {})
    folder.take("step", lambda: [np.arange(100)])
    path = tmp_path / "step.npy"
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(WorkFolderError, match=r"step\.npy: is damaged"):
        folder.take("step", lambda: [np.arange(100)])


def test_an_input_that_changed_is_another_command(tmp_path: Path, together: SetSize) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", documents(1))
    work = tmp_path / "work"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(WorkFolder, "remove", lambda self: None)
        run([path], tmp_path / "out", DEDUP, work_folder=work)
    write_jsonl(path, documents(2))
    with pytest.raises(WorkFolderError, match="other: inputs"):
        run([path], tmp_path / "out2", DEDUP, work_folder=work)


def test_two_processes_do_not_share_it(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", documents(1))
    work = tmp_path / "work"
    work.mkdir(mode=0o700)
    with (
        locked(work / LOCK, wait=0, title=work),
        pytest.raises(DocumentError, match="another textclean is using it"),
    ):
        run([path], tmp_path / "out", DEDUP, work_folder=work)


def test_what_others_may_write_is_not_trusted(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work").chmod(0o777)
    with pytest.raises(WorkFolderError, match="others may write there"):
        WorkFolder(tmp_path / "work", {})


def test_texts_of_paragraphs_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一段正文。\n\n又一段正文。\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="held in memory"):
        run([tmp_path / "a.txt"], tmp_path / "out", DEDUP, work_folder=tmp_path / "work")
    assert not (tmp_path / "out").exists()


def test_texts_that_came_are_there_again(tmp_path: Path) -> None:
    folder = WorkFolder(tmp_path, {})
    texts = KeptTexts(folder)
    for number, text in enumerate(["一", "二二", "", "三"]):
        texts.extend([text], [number])
        if number == 1:
            texts.keep(files={"a": 1})
    again = KeptTexts(WorkFolder(tmp_path, {}))
    assert (list(again.texts), list(again.numbers)) == (["一", "二二"], [0, 1])
    assert again.state["files"] == {"a": 1}
    again.extend(["另"], [7])
    again.keep(files={})
    again.truncate(1)
    again.extend(["新"], [9])
    again.keep(files={"b": 2})
    last = KeptTexts(WorkFolder(tmp_path, {}))
    assert (list(last.texts), list(last.numbers)) == (["一", "新"], [0, 9])


def test_too_little_memory_is_said_before_the_search(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", documents(1))
    work = tmp_path / "work"
    with pytest.raises(WorkFolderError, match=r"records take about 2\d\d MB .* allows 100 MB"):
        run([path], tmp_path / "out", DEDUP, work_folder=work, memory=100_000_000)
    run([path], tmp_path / "out", DEDUP, work_folder=work, memory=400_000_000)
    assert not work.exists()
