"""Compiling in two processes at the first use, and comparing before that is done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.dedup.passages import seed_paragraphs
from textclean.dedup import deduplicate, deduplicate_records
from textclean.dedup.kernels import precompile as ahead
from textclean.dedup.kernels.precompile import CHOOSING, COMPARING, SKETCHING, Compiling

SCRIPT = """
import json, sys
from textclean.dedup import deduplicate
print(json.dumps(deduplicate(json.load(sys.stdin)).kept))
"""
#: Copies to the letter, cut off, misread, with another number, glued to others.
TEXTS = [
    *seed_paragraphs(),
    *(text[:-8] for text in seed_paragraphs()),
    *(text.replace("，", "")[:44] for text in seed_paragraphs()),
    *(text.replace("的", "旳") for text in seed_paragraphs()),
    *(text.replace("2", "3") for text in seed_paragraphs()),
    *map("".join, zip(seed_paragraphs(), seed_paragraphs()[1:], strict=False)),
]


@pytest.fixture(autouse=True)
def _asked_anew() -> None:
    ahead._second_process.cache_clear()


def test_the_first_use_finds_what_every_use_finds_and_leaves_the_loops_in_the_cache(
    tmp_path: Path,
) -> None:
    environment = os.environ | {
        "NUMBA_CACHE_DIR": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    first = subprocess.run(
        [sys.executable, "-c", SCRIPT], input=json.dumps(TEXTS), env=environment,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(first.stdout) == deduplicate(TEXTS).kept
    assert list(tmp_path.rglob("folding._fold-*.nbi"))
    patient_until = time.monotonic() + 120  # the second process goes on alone
    while time.monotonic() < patient_until and len(list(tmp_path.rglob("*.compiled"))) < 3:
        time.sleep(0.1)
    assert len(list(tmp_path.rglob("*.compiled"))) == 3
    assert list(tmp_path.rglob("aligning.align-*.nbi"))


def test_pairs_are_compared_to_the_same_result_before_the_loops_are_compiled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blocks, records = deduplicate(TEXTS), deduplicate_records(TEXTS)
    asked = []

    def hold_back(self: Compiling, pairs: int) -> bool:
        asked.append(pairs)
        return False

    monkeypatch.setattr(Compiling, "may_compare", hold_back)
    assert deduplicate(TEXTS) == blocks
    assert deduplicate_records(TEXTS) == records
    assert max(asked) > 100
    assert {removal.kind.value for removal in blocks.removals} == {"exact", "near", "contained"}


def test_whether_choosing_is_worth_compiling_is_asked_of_all_there_is_to_choose_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    def note(self: Compiling, size: int) -> ahead.Choosing:
        asked.append(size)
        return ahead.Choosing(*CHOOSING)

    monkeypatch.setattr(Compiling, "choosing", note)
    short = [f"编号{number % 10_000}" for number in range(20_000)]
    assert len(deduplicate_records(short).kept) == 10_000
    assert max(asked) == sum(map(len, short))


def test_loops_that_choose_are_compiled_for_many_texts_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ahead, "_are_compiled", lambda _: False)
    few, many = (Compiling(None).choosing(ahead.FEW_TO_CHOOSE_FROM + more) for more in (0, 1))
    assert not hasattr(few.settle, "signatures")
    assert hasattr(many.settle, "signatures")


def test_what_the_second_process_compiles_is_what_a_search_uses() -> None:
    folds = ahead._sample()
    for _, compile_them in ahead.STEPS:
        compile_them(folds)
    before = [len(loop.signatures) for loop in SKETCHING + COMPARING + CHOOSING]
    assert all(before)
    deduplicate(TEXTS)
    assert [len(loop.signatures) for loop in SKETCHING + COMPARING + CHOOSING] == before


def test_nothing_is_compiled_ahead_where_all_is_compiled() -> None:
    folds = ahead._sample()
    for _, compile_them in ahead.STEPS:
        compile_them(folds)
    assert ahead.begin().process is None
    assert ahead.begin().may_compare(1)


def test_without_a_second_process_only_many_pairs_wait_for_the_compiler(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no such program")

    monkeypatch.setattr(ahead, "_are_compiled", lambda _: False)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    compiling = ahead.begin()
    assert compiling.process is None
    compiling.finish_sketching()
    assert not compiling.may_compare(ahead.FEW_PAIRS)
    assert compiling.may_compare(ahead.FEW_PAIRS + 1)


def test_a_second_process_that_does_not_end_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ahead, "PATIENCE", 0.01)
    monkeypatch.setattr(ahead, "_are_compiled", lambda _: False)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        Compiling(process).finish_sketching()
    assert process.returncode
