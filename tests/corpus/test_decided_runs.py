"""`run`, `dedup` and `fix` obey decisions, for blocks, records and whole documents."""

from __future__ import annotations

import json
from pathlib import Path

from textclean import clean
from textclean.config import Config
from textclean.corpus.decisions import (
    Decisions,
    Occurrence,
    Passage,
    Verdict,
    document_name,
    occurrences,
    words_digest,
)
from textclean.corpus.run import run
from textclean.corpus.undo import undo

FIRST = "市卫健委今日通报,本市新增确诊病例三例,均为此前病例的密切接触者,已转至定点医院隔离治疗。"
SECOND = "各医院门诊即日起恢复,实行预约制,患者须持健康码和预约单就诊,陪同人员不得超过一人。"
TEXT = f"{FIRST}\n\n{SECOND}\n\n{FIRST}\n"


def _reject_first(name: str, text: str) -> Decisions:
    decisions = Decisions()
    edits = list(clean(text).edits)
    decisions.decide(occurrences(name, text, edits)[0], Verdict.REJECT)
    return decisions


def _folder(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def test_a_copy_whose_removal_was_rejected_stays_also_on_a_second_run(tmp_path: Path) -> None:
    folder = _folder(tmp_path, a_txt=TEXT)
    run([folder], tmp_path / "out", Config())
    (row,) = map(json.loads, (tmp_path / "out/removals.jsonl").read_bytes().splitlines())
    decisions = Decisions()
    passage = Occurrence(Passage(row["document"], words_digest(row["text"])))
    decisions.decide(passage, Verdict.REJECT, row["text"])
    summary = run([folder], tmp_path / "kept", Config(), decisions=decisions)
    assert summary.total.removals == 0
    assert decisions.unmet() == []
    kept = (tmp_path / "kept/a.txt").read_text(encoding="utf-8")
    assert kept == clean(TEXT).text
    again = run([tmp_path / "kept/a.txt"], tmp_path / "again", Config(), decisions=decisions)
    assert (again.total.removals, again.total.edits) == (0, 0)


def test_a_run_obeys_and_is_undone(tmp_path: Path) -> None:
    folder = _folder(tmp_path, a_txt=f"{FIRST}\n\n{SECOND}\n")
    decisions = _reject_first("a.txt", f"{FIRST}\n\n{SECOND}\n")
    run([folder], tmp_path / "out", Config(), decisions=decisions)
    text = (tmp_path / "out/a.txt").read_text(encoding="utf-8")
    assert "通报,本市" in text
    assert "恢复，实行" in text
    assert decisions.unmet() == []
    undo(tmp_path / "out", tmp_path / "back")
    assert (tmp_path / "back/a.txt").read_bytes() == (folder / "a.txt").read_bytes()


def test_records_are_decided_on_one_by_one(tmp_path: Path) -> None:
    # The same sentence begins two records: only the one that was meant is left as it is.
    lines = [json.dumps({"text": FIRST + tail}, ensure_ascii=False) for tail in (SECOND, "完。")]
    folder = _folder(tmp_path, a_jsonl="\n".join(lines) + "\n")
    decisions = _reject_first(document_name("a.jsonl", 2), FIRST + "完。")
    run([folder], tmp_path / "out", Config(), decisions=decisions)
    one, two = (
        json.loads(line)["text"]
        for line in (tmp_path / "out/a.jsonl").read_text(encoding="utf-8").splitlines()
    )
    assert "通报，本市" in one
    assert "通报,本市" in two
    assert decisions.unmet() == []


def test_a_record_whose_removal_was_rejected_stays(tmp_path: Path) -> None:
    lines = [json.dumps({"text": FIRST}, ensure_ascii=False)] * 2
    folder = _folder(tmp_path, a_jsonl="\n".join(lines) + "\n")
    decisions = Decisions()
    passage = Passage(document_name("a.jsonl", 2), words_digest(FIRST))
    decisions.decide(Occurrence(passage), Verdict.REJECT, FIRST)
    assert run([folder], tmp_path / "out", Config()).total.removals == 1
    summary = run([folder], tmp_path / "kept", Config(), decisions=decisions)
    assert summary.total.removals == 0


def test_texts_of_one_record_are_told_apart(tmp_path: Path) -> None:
    record = {"title": "标题,副题和其他的话。", "text": "标题,副题和其他的话。"}
    folder = _folder(tmp_path, a_jsonl=json.dumps(record, ensure_ascii=False) + "\n")
    decisions = _reject_first(document_name("a.jsonl", 1, 1), record["text"])
    config = Config(text_field=("title", "text"))
    run([folder], tmp_path / "out", config, decisions=decisions)
    done = json.loads((tmp_path / "out/a.jsonl").read_text(encoding="utf-8"))
    assert (done["title"], done["text"]) == ("标题，副题和其他的话。", record["text"])
