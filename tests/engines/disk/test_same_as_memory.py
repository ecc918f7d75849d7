"""A run that keeps its steps in a folder gives what one without gives, byte for byte."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.disk.conftest import SetSize, documents, write_jsonl
from tests.folders import contents
from textclean.cli.dedup import without_rules
from textclean.config import Config
from textclean.corpus import parts
from textclean.corpus.run import run
from textclean.corpus.undo import undo
from textclean.dedup.copies import find_copies
from textclean.dedup.records import Decision
from textclean.engines.disk import WorkFolder
from textclean.text.stored import StoredTexts

DEDUP = without_rules(Config())


def listed(decision: Decision) -> list[object]:
    removals = sorted((*removal, removal.lost) for removal in decision.removals)
    return [removals, list(decision.twins), list(decision.possible_twins)]


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.integers(0, 10_000), st.integers(1, 200), st.integers(0, 60))
def test_a_search_finds_the_same_in_steps_of_any_size(
    tmp_path_factory: pytest.TempPathFactory, seed: int, size: int, reference: int
) -> None:
    texts = documents(seed, 150)
    own = len(texts) - reference
    expected = find_copies(texts, DEDUP, own=own)
    folder = WorkFolder(tmp_path_factory.mktemp("work"), {})
    folder.together = size
    for given_texts in (StoredTexts(texts=texts), texts):
        name = type(given_texts).__name__
        found = find_copies(given_texts, DEDUP, own=own, steps=folder.within(name))
        assert listed(found) == listed(expected)
    assert len(expected.removals) > 5


@pytest.mark.parametrize("keep", ["best", "first", "longest"])
@pytest.mark.parametrize("size", [7, 64, 1000])
def test_a_run_writes_the_same(tmp_path: Path, together: SetSize, size: int, keep: str) -> None:
    together(size)
    config = without_rules(Config(keep=keep, drop_empty=size == 64))  # type: ignore[arg-type]
    inputs = tmp_path / "in"
    write_jsonl(inputs / "a.jsonl", documents(1))
    write_jsonl(inputs / "b.jsonl", documents(2, 60))
    reference = write_jsonl(tmp_path / "others.jsonl", documents(1, 20))
    for name, folder in (("plain", None), ("kept", tmp_path / "work")):
        run([inputs], tmp_path / name, config, reference=[reference], work_folder=folder)
    assert contents(tmp_path / "kept") == contents(tmp_path / "plain")
    assert not (tmp_path / "work").exists()
    undo(tmp_path / "kept", tmp_path / "back")
    assert contents(tmp_path / "back") == contents(inputs)


def test_a_run_in_parts_writes_the_same(
    tmp_path: Path, together: SetSize, monkeypatch: pytest.MonkeyPatch
) -> None:
    together(30)
    monkeypatch.setattr(parts, "PART_BYTES", 2000)
    path = write_jsonl(tmp_path / "a.jsonl", documents(3, 300))
    damaged = path.read_text(encoding="utf-8").splitlines(keepends=True)
    damaged[40] = "{broken\n"
    path.write_text("".join(damaged), encoding="utf-8")
    for name, folder in (("plain", None), ("kept", tmp_path / "work")):
        run([path], tmp_path / name, DEDUP, work_folder=folder)
    assert contents(tmp_path / "kept") == contents(tmp_path / "plain")


def test_cleaning_writes_the_same(tmp_path: Path, together: SetSize) -> None:
    together(20)
    texts = documents(4)
    Random(1).shuffle(texts)
    path = write_jsonl(tmp_path / "a.jsonl", [text.replace("。", ".") for text in texts])
    for name, folder in (("plain", None), ("kept", tmp_path / "work")):
        run([path], tmp_path / name, Config(restore=True), work_folder=folder, workers=1)
    assert contents(tmp_path / "kept") == contents(tmp_path / "plain")


def test_copies_are_marked_the_same(tmp_path: Path, together: SetSize) -> None:
    together(20)
    path = write_jsonl(tmp_path / "a.jsonl", documents(5))
    for name, folder in (("plain", None), ("kept", tmp_path / "work")):
        run([path], tmp_path / name, DEDUP, work_folder=folder, annotate=True)
    assert contents(tmp_path / "kept") == contents(tmp_path / "plain")
