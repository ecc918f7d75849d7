from __future__ import annotations

import os
import subprocess
import sys

import pytest

import textclean.cleaning as cleaning
from tests.corpus.paragraphs import PARAGRAPHS
from tests.seeds import ROOT
from textclean.cleaning import Failure, Outcome, clean, clean_many, clean_texts
from textclean.config import Config
from textclean.engine import parallel
from textclean.engine.parallel import ProcessEndedError, collect, stream
from textclean.errors import ConfigError, InvalidTextError

TEXTS = PARAGRAPHS[:40]


def test_texts_come_back_in_their_order_as_clean_makes_them():
    results = clean_texts(TEXTS, Config())
    assert [r.text for r in results if isinstance(r, Outcome)] == [clean(t).text for t in TEXTS]


def test_several_processes_make_what_one_makes():
    reported: list[int] = []
    spread = clean_texts(TEXTS, Config(), 3, reported.append, characters=500)
    assert spread == clean_texts(TEXTS, Config(), 1)
    assert sum(reported) == len(TEXTS)


def test_one_text_that_a_rule_fails_on_leaves_the_others_done(monkeypatch):
    def fail_on_third(text, config):
        if text == TEXTS[2]:
            raise ZeroDivisionError("no denominator")
        return clean(text, config)

    monkeypatch.setattr(cleaning, "clean", fail_on_third)
    results = clean_texts(TEXTS, Config())
    assert results[2] == Failure("ZeroDivisionError: no denominator")
    assert sum(isinstance(result, Outcome) for result in results) == len(TEXTS) - 1


def test_a_configuration_that_does_not_fit_is_an_error_and_no_failure_of_each_text():
    with pytest.raises(ConfigError):
        clean_texts(TEXTS, Config(select=("P999",)))


def test_no_texts_need_no_process():
    assert clean_texts([], Config(), 4) == []


def end_on_mark(texts):
    """Work that ends its process."""
    for text in texts:
        if "这里会中断" in text:
            os._exit(1)
    return [text.upper() for text in texts]


def raise_on_mark(texts):
    if any("这里会出错" in text for text in texts):
        raise ZeroDivisionError("no denominator")
    print("what is printed is no answer")
    return [text.upper() for text in texts]


DYING = ["卫生a", "这里会中断,一切都没有了。", "健康b"]
RAISING = ["卫生a", "健康b", "这里会出错"]


def test_a_text_that_ends_its_process_fails_alone():
    assert collect(end_on_mark, DYING, 2, "ended", characters=1) == ["卫生A", "ended", "健康B"]


def test_a_stream_says_that_a_process_ended(monkeypatch):
    monkeypatch.setattr(parallel, "BATCH", 1)
    results = stream(end_on_mark, DYING, 2)
    assert next(results) == ("卫生a", "卫生A")
    with pytest.raises(ProcessEndedError, match="ended before"):
        next(results)


def test_an_error_of_a_process_is_raised_behind_what_came_before(monkeypatch):
    monkeypatch.setattr(parallel, "BATCH", 1)
    results = stream(raise_on_mark, RAISING, 2)
    assert [next(results)[1], next(results)[1]] == ["卫生A", "健康B"]
    with pytest.raises(ZeroDivisionError, match="no denominator"):
        next(results)


@pytest.mark.parametrize("executable", ["", "/no/such/python"])
def test_where_no_process_can_start_the_work_is_done_in_this_one(monkeypatch, executable):
    monkeypatch.setattr(sys, "executable", executable)
    alone = list(clean_many(TEXTS))
    assert [each.text for each in clean_many(TEXTS, workers=2)] == [each.text for each in alone]
    assert clean_texts(TEXTS, Config(), 2, characters=500) == clean_texts(TEXTS, Config(), 1)


@pytest.mark.parametrize("workers", [None, 2])
@pytest.mark.parametrize("bad", [b"x", 3, "\ud800"])
def test_what_is_no_text_is_the_same_error_for_every_number_of_workers(workers, bad):
    results = clean_many(["卫生,健康。", "中国", bad, "医疗,保障。"], workers=workers)
    assert [next(results).text, next(results).text] == ["卫生，健康。", "中国"]
    with pytest.raises(InvalidTextError, match=r"^text 2: "):
        next(results)


UNGUARDED = """
print("once")
import textclean
texts = ["卫生,健康。", "最后,还有一段文字。"]
print([each.text for each in textclean.clean_many(texts, workers=2)])
"""
TRAP = "raise SystemExit('imported from the current folder')"


def run_python(folder, *arguments: str, named: tuple[str, ...] = ()):
    """Run Python in a folder in which files are named as modules are."""
    for name in ("multiprocessing", "numpy", "numba", "queue", *named):
        (folder / f"{name}.py").write_text(TRAP)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
        },
        check=False,
    )


def test_a_script_without_a_guard_is_run_once(tmp_path):
    (tmp_path / "script").mkdir()
    (tmp_path / "script" / "script.py").write_text(UNGUARDED, encoding="utf-8")
    done = run_python(tmp_path, "script/script.py")
    assert done.stdout.splitlines() == ["once", "['卫生，健康。', '最后，还有一段文字。']"]
    assert done.stderr == ""


def test_processes_import_nothing_from_the_current_folder(tmp_path):
    program = (
        # The program itself would: so what it needs is imported first.
        "import sys; here = sys.path.pop(0)\n"
        "import textclean, textclean.cleaning, textclean.engine.parallel\n"
        "sys.path.insert(0, here)\n"
        "texts = ['卫生,健康。'] * 3\n"
        "print([each.text for each in textclean.clean_many(texts, workers=2)])"
    )
    done = run_python(tmp_path, "-c", program, named=("textclean", "zlib", "unicodedata"))
    assert done.stdout == f"{['卫生，健康。'] * 3}\n"
    assert done.stderr == ""


def test_the_command_imports_nothing_from_the_current_folder(tmp_path):
    (tmp_path / "in").mkdir()
    for number in range(3):  # each as long as a batch
        text = f"第{number}号文件,共有一行。" + "\n" * 200_000
        (tmp_path / "in" / f"{number}.txt").write_text(text, encoding="utf-8")
    done = run_python(tmp_path, "-m", "textclean", "run", "in", "-o", "out", "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir())
