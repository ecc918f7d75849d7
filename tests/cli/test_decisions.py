"""``--decisions``: what a reader decided is obeyed, what fits nothing is told."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

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


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are Unicode here")
@pytest.mark.parametrize("command", ["fix", "run"])
def test_decisions_on_a_file_whose_name_is_no_utf8_are_obeyed(
    tmp_path: Path, call: Call, command: str
) -> None:
    name, path = os.fsdecode(b"stray\xff.txt"), tmp_path / "decisions.json"
    file = tmp_path / "in" / name
    file.parent.mkdir()
    file.write_text(TEXT, encoding="utf-8")
    _rejected(name, TEXT).write(path)
    assert Decisions.read(path).concern(name)
    path.read_text("utf-8")  # so it is one
    out = [] if command == "fix" else ["-o", tmp_path / "out"]
    result = call(command, "--decisions", path, file.parent, *out)
    assert result.exit_code == 0
    assert "nothing that is there" not in result.stderr
    written = file if command == "fix" else tmp_path / "out" / name
    assert "通报,本市" in written.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are Unicode here")
def test_a_page_has_the_name_of_such_a_file_as_its_decisions_have_it(
    tmp_path: Path, call: Call
) -> None:
    pytest.importorskip("jinja2", reason="needs the extra [report]")
    (tmp_path / os.fsdecode(b"stray\xff.txt")).write_text(TEXT, encoding="utf-8")
    assert call("fix", tmp_path, "--report", tmp_path / "page.html").exit_code == 0
    assert rb'"stray\udcff.txt"' in (tmp_path / "page.html").read_bytes()


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
