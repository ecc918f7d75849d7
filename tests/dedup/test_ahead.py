"""Compiling in two processes at the first use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dedup.passages import seed_paragraphs
from textclean.dedup import deduplicate
from textclean.dedup.kernels import ahead, aligning

SCRIPT = """
import json, sys
from textclean.dedup import deduplicate
print(json.dumps(deduplicate(json.load(sys.stdin)).kept))
"""


def test_the_first_use_finds_what_every_use_finds_and_leaves_the_loops_in_the_cache(
    tmp_path: Path,
) -> None:
    texts = [*seed_paragraphs(), *(text[:-8] for text in seed_paragraphs())]
    environment = os.environ | {
        "NUMBA_CACHE_DIR": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    first = subprocess.run(
        [sys.executable, "-c", SCRIPT], input=json.dumps(texts), env=environment,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(first.stdout) == deduplicate(texts).kept
    assert list(tmp_path.rglob("aligning.align-*.nbi"))
    assert list(tmp_path.rglob("folding._fold-*.nbi"))


def test_nothing_is_compiled_ahead_where_all_is_compiled() -> None:
    ahead.compile_last()
    ahead.begin.cache_clear()
    assert aligning.align.signatures  # type: ignore[attr-defined]
    assert ahead.begin() is None


def test_without_a_second_process_all_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no such program")

    monkeypatch.setattr(ahead, "_is_compiled", lambda: False)
    monkeypatch.setattr(ahead.subprocess, "Popen", refuse)
    ahead.begin.cache_clear()
    assert ahead.begin() is None
    ahead.finish(None)


def test_a_second_process_that_does_not_end_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ahead, "PATIENCE", 0.01)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        ahead.finish(process)
    assert process.returncode
