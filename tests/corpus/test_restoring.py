"""Values that copies and twins still have: listed always, put in place where that is asked for."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

pytest.importorskip("numba", reason="needs the extra [dedup]")

from tests.folders import rows
from tests.placeholders.test_witness import REDACTED, WHOLE
from textclean import Config, clean_corpus
from textclean.corpus.run import run
from textclean.corpus.undo import undo

OTHER = "市紧急救援中心新建项目主体结构封顶，建成后将促进全市急诊医学全面发展，群众就医更加方便。"
PERSON = "会上，市长xx在讲话中强调，要把人民健康放在优先发展的战略位置，持续深化医药卫生体制改革。"
NAMED = PERSON.replace("xx", "王晓明")
DOCUMENTS = [("a", f"{OTHER}\n\n{REDACTED}\n"), ("b", f"{WHOLE}\n")]


def test_values_of_a_twin_are_listed_and_not_put_in_place():
    corpus = clean_corpus(DOCUMENTS)
    assert dict(corpus.documents) == dict(DOCUMENTS)
    assert " ".join(f"{each.text}={each.value}" for each in corpus.restorations) == (
        "xxxx=2021 xx=三明 xxxx=1234 x.x%=5.6% x.x=1.2 xx.x%=23.4% xx=福建"
    )
    first = corpus.restorations[0]
    original = dict(DOCUMENTS)["a"]
    assert original[first.start : first.end] == "xxxx"
    assert (first.document, first.witness_document, first.witness_text) == ("a", "b", WHOLE)
    assert not any(each.applied for each in corpus.restorations)


def test_with_restore_they_are_put_in_place_and_the_copy_that_makes_goes():
    corpus = clean_corpus(DOCUMENTS, Config(restore=True))
    assert dict(corpus.documents)["a"] == f"{OTHER}\n\n{WHOLE}\n"
    assert [removal.document for removal in corpus.removals] == ["b"]
    assert {edit.rule for edit in corpus.edits["a"]} == {"X103"}
    again = clean_corpus(corpus.documents, Config(restore=True))
    assert again.documents == corpus.documents
    assert again.restorations == []


def test_a_removed_copy_is_a_witness_too():
    # The copy is a duplicate for all but what was redacted of the other, which is longer.
    longer = f"{REDACTED}{OTHER}"
    corpus = clean_corpus([("a", longer), ("b", WHOLE), ("c", WHOLE)], Config(restore=True))
    assert dict(corpus.documents)["a"] == f"{WHOLE}{OTHER}"


def test_persons_need_leave_of_their_own():
    second = NAMED.replace("会上，", "会议上，")
    documents = [("a", PERSON), ("b", NAMED), ("c", second)]
    with_places = clean_corpus(documents, Config(restore=True))
    assert dict(with_places.documents)["a"] == PERSON
    found = [each for each in with_places.restorations if each.document == "a"]
    assert [(each.value, each.applied) for each in found] == [("王晓明", False)]
    with_persons = clean_corpus(documents, Config(restore=True, restore_persons=True))
    # Restored it is a copy of the others, and one of the three stays.
    assert [text for _, text in with_persons.documents if text] in ([NAMED], [second])
    assert [each.value for each in with_persons.restorations] == ["王晓明"]


def test_a_corpus_without_redaction_has_nothing_to_restore():
    assert clean_corpus([("a", WHOLE), ("b", OTHER)], Config(restore=True)).restorations == []


def test_a_run_writes_them_down_and_is_undone_byte_for_byte(tmp_path: Path):
    inputs = tmp_path / "in"
    inputs.mkdir()
    for name, text in DOCUMENTS:
        (inputs / f"{name}.txt").write_text(text, encoding="utf-8")
    summary = run([inputs], tmp_path / "out", Config(restore=True))
    assert (summary.restored, summary.restorable) == (7, 0)
    first, *_ = rows(tmp_path / "out" / "restorations.jsonl")
    assert first["document"] == "a.txt"
    assert (first["line"], first["text"], first["value"]) == (3, "xxxx", "2021")
    assert first["witness_document"] == "b.txt"
    assert first["applied"] is True
    undo(tmp_path / "out", tmp_path / "back")
    for name, text in DOCUMENTS:
        assert (tmp_path / "back" / f"{name}.txt").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("seed", range(6))
def test_reports_of_other_days_in_the_same_words_restore_nothing(seed: int):
    # Of a register that no table was counted on: every word of it is unusual, but for the corpus.
    form = (
        "值班员昨夜清点海带苗{}筐，其中断绳的{}筐，水温{}度，潮位较前一日升高{}厘米，"
        "码头吊机装卸冷冻鱼箱{}只，灯塔雾号鸣响{}次。"
    )
    rng = random.Random(seed)
    days = [
        form.format(*(rng.randint(1, 10 ** rng.randint(1, 4)) for _ in range(6))) for _ in "x" * 12
    ]
    documents = [(str(number), f"{day}\n") for number, day in enumerate(days[1:])]
    lost = re.sub("[0-9]", "x", days[0])
    assert clean_corpus([*documents, ("lost", f"{lost}\n")]).restorations == []
    # With a copy of the very day among them: in doubt nothing is done, and nothing wrong.
    with_copy = clean_corpus([*documents, ("copy", f"{days[0]}\n"), ("lost", f"{lost}\n")])
    assert all(each.value in days[0] for each in with_copy.restorations)
