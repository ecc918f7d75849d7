from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import textclean.cleaning as cleaning
from tests.corpus.paragraphs import PARAGRAPHS
from textclean.cleaning import Failure, Outcome, clean, clean_texts
from textclean.config import Config
from textclean.errors import ConfigError

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


DYING = """
import os
from textclean.engine.parallel import collect

# Each process imports this file, and so has the function.
def dying(texts):
    for text in texts:
        if "这里会中断" in text:
            os._exit(1)
    return [text.upper() for text in texts]

if __name__ == "__main__":
    texts = ["卫生,健康a。第一段文字。", "这里会中断,一切都没有了。", "最后,还有一段文字b。"]
    print([result[-8:] for result in collect(dying, texts, 2, "ended", characters=10)])
"""

UNGUARDED = """
from textclean.cleaning import clean_texts
from textclean.config import Config

texts = ["卫生,健康。第一段文字。", "最后,还有一段文字。"]
results = clean_texts(texts, Config(), 2, characters=10)
print([type(result).__name__ for result in results])
"""


def output_of(tmp_path, program: str) -> str:
    script = tmp_path / "script.py"
    script.write_text(program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONIOENCODING": "utf-8",
        },
        check=True,
    )
    return done.stdout.strip().splitlines()[-1]


def test_a_text_that_ends_its_process_fails_alone(tmp_path):
    assert output_of(tmp_path, DYING) == "['A。第一段文字。', 'ended', '还有一段文字B。']"


def test_where_no_process_can_start_the_work_is_done_in_this_one(tmp_path):
    assert output_of(tmp_path, UNGUARDED) == "['Outcome', 'Outcome']"
