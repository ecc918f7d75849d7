"""Compiling in two processes at the first use, and what runs before that is done."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dedup.passages import seed_paragraphs
from textclean.dedup import deduplicate, deduplicate_records
from textclean.dedup.kernels import precompile, stages
from textclean.dedup.kernels.stages import STAGES, Stage
from textclean.dedup.kernels.verdicts import decision_loops, evidence_loops
from textclean.text.lock import locked

SCRIPT = """
import json, sys
from textclean.dedup import deduplicate
print(json.dumps(deduplicate(json.load(sys.stdin)).kept))
"""
PACKAGE = Path(stages.__file__).parents[2] / "__init__.py"
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
def _forget_the_second_process() -> Iterator[None]:
    stages.start_second_process.cache_clear()
    yield
    stages.start_second_process.cache_clear()


def unready(few: int) -> Stage:
    """A stage the loop of which was never compiled."""
    stage = Stage(f"test {few}", few)
    stage.loop(_twice)
    return stage


def _twice(number: int) -> int:
    return 2 * number


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
    assert list(tmp_path.rglob("folding.*.nbi"))
    patient_until = time.monotonic() + 120  # the second process goes on alone
    while time.monotonic() < patient_until and len(list(tmp_path.rglob("*.compiled"))) < len(
        STAGES
    ):
        time.sleep(0.1)
    assert len(list(tmp_path.rglob("*.compiled"))) == len(STAGES)
    assert list(tmp_path.rglob("decision.*.nbi"))


def test_either_implementation_reaches_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTCLEAN_IMPLEMENTATION", "numba")
    blocks, records = deduplicate(TEXTS), deduplicate_records(TEXTS)
    monkeypatch.setenv("TEXTCLEAN_IMPLEMENTATION", "python")
    assert deduplicate(TEXTS) == blocks
    assert deduplicate_records(TEXTS) == records
    assert {removal.kind.value for removal in blocks.removals} == {"exact", "near", "contained"}


def test_whether_choosing_is_worth_compiling_is_asked_of_all_there_is_to_choose_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes = []

    def note(self: Stage, size: int) -> bool:
        sizes.append(size)
        return True

    monkeypatch.setattr(Stage, "runs_compiled", note)
    short = [f"编号{number % 10_000}" for number in range(20_000)]
    assert len(deduplicate_records(short).kept) == 10_000
    assert max(sizes) == sum(map(len, short))


def test_loops_that_are_not_compiled_yet_run_compiled_on_much_work_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("TEXTCLEAN_IMPLEMENTATION", raising=False)
    assert [unready(5).runs_compiled(size) for size in (5, 6)] == [False, True]
    monkeypatch.setenv("TEXTCLEAN_IMPLEMENTATION", "python")
    assert not unready(5).runs_compiled(6)
    monkeypatch.setenv("TEXTCLEAN_IMPLEMENTATION", "numba")
    assert unready(5).runs_compiled(5)


def test_what_the_second_process_compiles_is_what_a_search_uses() -> None:
    loops = [loop for stage in STAGES for loop in stage.loops]
    folds = precompile.sample()
    for _, compile_stage in precompile.STEPS:
        compile_stage(folds)
    # What only compiled loops call comes out of the cache within them, and has none by itself.
    before = [len(loop.signatures) for loop in loops]
    assert all(any(loop.signatures for loop in stage.loops) for stage in STAGES)
    assert all(stage.is_ready() for stage in STAGES)
    deduplicate(TEXTS)
    assert [len(loop.signatures) for loop in loops] == before


def test_what_only_compiled_code_calls_is_compiled_once_for_all_integers() -> None:
    folds = precompile.sample()
    for _, compile_stage in precompile.STEPS:
        compile_stage(folds)
    # Those that came out of the cache within others have no signature.
    loops = [loop for part in (decision_loops, evidence_loops) for loop in vars(part).values()]
    assert max(len(loop.signatures) for loop in loops) == 1


def test_there_is_no_second_process_where_all_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    folds = precompile.sample()
    for _, compile_stage in precompile.STEPS:
        compile_stage(folds)
    monkeypatch.setattr(subprocess, "Popen", None)
    stages.start_second_process()


def test_where_no_second_process_can_start_nothing_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no such program")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(Stage, "is_ready", lambda _: False)
    stages.start_second_process()
    stages.SKETCHING.wait(meanwhile=lambda: pytest.fail("there is nobody to wait for"))


def test_a_second_process_that_does_not_end_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stages, "PATIENCE", 0.01)
    monkeypatch.setattr(Stage, "is_ready", lambda _: False)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: process)
        stages.start_second_process()
        done = []
        stages.SKETCHING.wait(meanwhile=lambda: done.append(True))
    assert process.returncode
    assert done


def lock_in(cache: Path) -> Path:
    return cache / f"{stages.version()}.lock"


def test_where_another_program_compiles_no_process_is_started_and_its_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    monkeypatch.setattr(Stage, "mark", lambda self: tmp_path / f"{self.name}.compiled")
    monkeypatch.setattr(Stage, "is_ready", lambda self: self.mark().exists())
    stage = unready(5)
    with locked(lock_in(tmp_path), wait=0):
        second = stages.start_second_process()
        assert second
        assert second.is_compiling()
        stage.wait(meanwhile=lambda: (tmp_path / f"{stage.name}.compiled").touch())
        assert second.is_compiling()
    assert not second.is_compiling()
    unready(6).wait(meanwhile=lambda: None)  # nobody compiles, so it compiles itself


def test_a_second_process_ends_at_once_where_another_compiles(tmp_path: Path) -> None:
    lock = lock_in(tmp_path)
    command = [sys.executable, "-P", "-c", stages._COMPILE_ALL, PACKAGE, lock]
    environment = os.environ | {
        "NUMBA_CACHE_DIR": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    with locked(lock, wait=0):
        subprocess.run(command, env=environment, check=True, timeout=60)
    assert list(tmp_path.iterdir()) == [lock]


def test_what_is_compiled_already_is_not_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    steps = [(unready(few), lambda _, few=few: done.append(few)) for few in range(3)]
    monkeypatch.setattr(Stage, "mark", lambda self: tmp_path / f"{self.name}.compiled")
    monkeypatch.setattr(os, "nice", lambda _: 0)
    monkeypatch.setattr(precompile, "STEPS", steps)
    (tmp_path / f"{steps[1][0].name}.compiled").touch()
    precompile.compile_all()
    assert done == [0, 2]
    assert all(stage.is_ready() for stage, _ in steps)


def test_a_second_process_ends_when_its_cache_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    steps = [(unready(few), lambda _, few=few: done.append(few)) for few in range(3)]
    monkeypatch.setattr(Stage, "mark", lambda self: tmp_path / "gone" / f"{self.name}.compiled")
    monkeypatch.setattr(precompile, "STEPS", steps)
    precompile.compile_all()
    assert done == [0]


@pytest.mark.parametrize("beside", [False, True], ids=["apart", "beside the package"])
def test_the_second_process_imports_nothing_else_from_the_current_folder(
    tmp_path: Path, beside: bool
) -> None:
    here, cache = tmp_path / "here", tmp_path / "cache"
    here.mkdir()
    root = Path(stages.__file__).parents[3]
    start, paths = "", [str(root), *filter(None, sys.path)]
    if beside:  # as an editable install has it: last
        shutil.copytree(root / "textclean", here / "textclean")
        start = (
            "import os, sys\n"
            "sys.path = [p for p in sys.path if not os.path.isdir(os.path.join(p, 'textclean'))]\n"
            f"sys.path.append({str(here)!r})\n"
        )
    for name in ("numba", "numpy", "multiprocessing", "textclean"):
        trap = f"import pathlib; pathlib.Path({str(tmp_path / name)!r}).touch(); raise SystemExit"
        (here / f"{name}.py").write_text(trap, encoding="utf-8")
    environment = {"NUMBA_CACHE_DIR": str(cache), "PYTHONPATH": os.pathsep.join(paths)}
    # As the command `textclean` starts: without the current folder.
    subprocess.run(
        [sys.executable, "-P", "-c", start + SCRIPT], input=json.dumps(TEXTS),
        env=os.environ | environment, cwd=here, stdout=subprocess.DEVNULL, text=True, check=True,
    )  # fmt: skip
    patient_until = time.monotonic() + 60
    while time.monotonic() < patient_until and not list(cache.rglob("sketching-*.compiled")):
        time.sleep(0.1)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []
    assert list(cache.rglob("sketching-*.compiled"))
