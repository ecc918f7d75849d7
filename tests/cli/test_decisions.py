"""``--decisions``: what a reader decided is obeyed, what fits nothing is told."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call
from textclean import clean
from textclean.corpus.decisions import Decisions, Verdict, occurrences

TEXT = (
    "市卫健委今日通报,本市新增确诊病例三例,均为此前病例的密切接触者。\n\n"
    "各医院门诊即日起恢复,实行预约制,患者须持健康码就诊。\n"
)


def _rejected(name: str, text: str, decisions: Decisions | None = None) -> Decisions:
    decisions = decisions or Decisions()
    decisions.decide(occurrences(name, text, list(clean(text).edits))[0], Verdict.REJECT)
    return decisions


def test_fix_obeys_a_file_of_decisions_and_tells_what_is_gone(tmp_path: Path, call: Call) -> None:
    file, path = tmp_path / "a.txt", tmp_path / "decisions.json"
    file.write_text(TEXT, encoding="utf-8")
    _rejected("b.txt", TEXT, _rejected("a.txt", TEXT)).write(path)
    for _ in range(2):
        result = call("fix", "--decisions", path, file)
        assert result.exit_code == 0
        assert "decision on nothing that is there: b.txt: P001" in result.stderr
        assert "a.txt: P001" not in result.stderr
        text = file.read_text(encoding="utf-8")
        assert "通报,本市" in text
        assert "恢复，实行" in text


def test_run_obeys_it_too(tmp_path: Path, call: Call) -> None:
    file, path = tmp_path / "a.txt", tmp_path / "decisions.json"
    file.write_text(TEXT, encoding="utf-8")
    _rejected("a.txt", TEXT).write(path)
    result = call("run", file, "-o", tmp_path / "out", "--decisions", path)
    assert result.exit_code == 0
    assert "nothing that is there" not in result.stderr
    assert "通报,本市" in (tmp_path / "out/a.txt").read_text(encoding="utf-8")


def test_what_is_no_file_of_decisions_is_an_error(tmp_path: Path, call: Call) -> None:
    file, path = tmp_path / "a.txt", tmp_path / "decisions.json"
    file.write_text(TEXT, encoding="utf-8")
    path.write_text("{}", encoding="utf-8")
    result = call("fix", "--decisions", path, file)
    assert result.exit_code == 2
    assert "is no file of decisions" in result.stderr
    assert file.read_text(encoding="utf-8") == TEXT


def test_a_decision_on_a_rule_that_is_gone_is_told_and_stops_nothing(
    tmp_path: Path, call: Call
) -> None:
    file, path = tmp_path / "a.txt", tmp_path / "decisions.json"
    file.write_text(TEXT, encoding="utf-8")
    decisions = Decisions()
    decisions.decide_rule("HOUSE9", Verdict.REJECT)
    decisions.decide_rule("P001", Verdict.REJECT)
    decisions.write(path)
    result = call("fix", "--decisions", path, file)
    assert result.exit_code == 0
    assert "decision on a rule that is not there: HOUSE9" in result.stderr
    assert file.read_text(encoding="utf-8") == TEXT
