"""``textclean review``: what is asked, what the answers do, and that nothing is asked twice."""

from __future__ import annotations

import json
import os
import select
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import ENVIRONMENT, Call
from textclean import check, clean
from textclean.corpus.decisions import Decisions

TEXT = (
    "市卫健委今日通报,本市新增确诊病例三例。\n\n"
    "他 说他 明天 再 来 开会 ，大家 都 同意 。\n\n"
    "全年完成产值30万元 同比增长5% 其中一产10万元。\n"
)


@pytest.fixture
def file(folder: Path) -> Path:
    path = folder / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def _questions(text: str = TEXT) -> list[object]:
    """Suggestions that change anything; a group is one."""
    edits = [edit for edit in clean(text).suggestions if edit.changes]
    keys = [
        number if edit.group is None else (edit.tier == "report", edit.group, "")
        for number, edit in enumerate(edits)
    ]
    return list(dict.fromkeys(keys))


def test_the_text_has_what_these_tests_are_about() -> None:
    assert len(_questions()) >= 3
    assert len({edit.rule for edit in clean(TEXT).suggestions if edit.changes}) >= 1


def test_each_suggestion_is_asked_and_kept(file: Path, call: Call) -> None:
    number = len(_questions())
    result = call("review", "a.txt", input="y\n" + "n\n" * (number - 1))
    assert result.exit_code == 0, result.output
    assert result.stdout.count("Make this change") == number
    assert f"1 accepted, {number - 1} rejected, 0 left undecided" in result.stderr
    assert file.read_text(encoding="utf-8") == TEXT
    rows = json.loads(Path("decisions.json").read_text(encoding="utf-8"))["decisions"]
    assert {row["decision"] for row in rows} == {"accept", "reject"}
    again = call("review", "a.txt")
    assert "Make this change" not in again.stdout


def test_quitting_keeps_what_was_decided(file: Path, call: Call) -> None:
    number = len(_questions())
    result = call("review", "a.txt", input="n\nq\n")
    assert f"0 accepted, 1 rejected, {number - 1} left undecided" in result.stderr
    rest = call("review", "a.txt", input="s\n" * (number - 1))
    assert rest.stdout.count("Make this change") == number - 1
    # The end of the answers is a quit.
    assert call("review", "a.txt", input="").exit_code == 0


@pytest.mark.parametrize(("answer", "decision"), [("a", "accept"), ("d", "reject")])
def test_an_answer_for_all_later_ones_of_a_rule(
    file: Path, call: Call, answer: str, decision: str
) -> None:
    rules = {edit.rule for edit in clean(TEXT).suggestions if edit.changes}
    result = call("review", "a.txt", input=f"{answer}\n" * len(rules))
    assert result.stdout.count("Make this change") == len(rules)
    assert "0 left undecided" in result.stderr
    rows = json.loads(Path("decisions.json").read_text(encoding="utf-8"))["decisions"]
    assert {row["decision"] for row in rows} == {decision}


def test_apply_does_what_fix_does_with_the_decisions(file: Path, call: Call) -> None:
    number = len(_questions())
    result = call(
        "review", "a.txt", "--apply", "--record", "undo.jsonl", input="y\n" + "n\n" * number
    )
    assert result.exit_code == 0, result.output
    applied = file.read_text(encoding="utf-8")
    assert applied != clean(TEXT).text
    assert clean(applied).text == applied
    file.write_text(TEXT, encoding="utf-8")
    assert call("fix", "a.txt", "--decisions", "decisions.json").exit_code == 0
    assert file.read_text(encoding="utf-8") == applied
    assert call("undo", "--record", "undo.jsonl").exit_code == 0
    assert file.read_text(encoding="utf-8") == TEXT


def test_only_what_is_asked_for_is_asked(file: Path, call: Call) -> None:
    safe = call("review", "a.txt", "--tier", "safe", input="s\n" * 99)
    assert "P001 fullwidth-comma (safe 1.00)" in safe.stdout
    assert "[-,-]{+，+}" in safe.stdout
    none = call("review", "a.txt", "--rule", "P001", input="s\n" * 99)
    assert "Make this change" not in none.stdout
    edits = [edit for edit in clean(TEXT).suggestions if edit.changes]
    highest = max(edit.confidence for edit in edits)
    sure = call("review", "a.txt", "--min-confidence", highest, input="s\n" * 99)
    assert 0 < sure.stdout.count("Make this change") <= len(_questions())


def test_a_rejected_repair_is_not_made(file: Path, call: Call) -> None:
    call("review", "a.txt", "--tier", "safe", "--apply", input="n\n" * 99)
    assert file.read_text(encoding="utf-8") == TEXT


def test_the_help_is_shown_and_the_question_asked_again(file: Path, call: Call) -> None:
    result = call("review", "a.txt", input="?\nx\nq\n")
    assert result.stdout.count("Make this change") == 3
    assert result.stdout.count("d - make neither it nor any later one of this rule") == 2


def test_a_file_is_looked_at_again_after_it_was_edited(
    file: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = file.with_name("editor.py")
    editor.write_text(
        f"#!{sys.executable}\nimport sys\n"
        "line, path = sys.argv[1:]\n"
        "assert line.startswith('+')\n"
        "open(path, 'w', encoding='utf-8').write('没有任何问题。\\n')\n"
    )
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("VISUAL", str(editor))
    result = call("review", "a.txt", input="e\n")
    assert result.stdout.count("Make this change") == 1
    assert file.read_text(encoding="utf-8") == "没有任何问题。\n"


def test_records_are_named_as_fix_names_them(folder: Path, call: Call) -> None:
    path = folder / "a.jsonl"
    rows = [{"text": "没有问题。"}, {"text": TEXT}]
    path.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )
    result = call("review", "a.jsonl", "--apply", input="y\n" * 99)
    assert result.exit_code == 0, result.output
    assert "a.jsonl:2:" in result.stdout
    assert Decisions.read(folder / "decisions.json")
    assert "decision on nothing" not in result.stderr
    fixed = json.loads(path.read_text(encoding="utf-8").splitlines()[1])["text"]
    assert fixed != clean(TEXT).text


def test_what_cannot_be_seen_is_shown(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text("他说\u202e今天\u200b很好,我们\x07走吧。\n", encoding="utf-8")
    assert any(edit.rule == "P001" for edit in check((folder / "a.txt").read_text()))
    result = call("review", "a.txt", "--tier", "safe", "--rule", "P001", input="q\n")
    assert "<U+202E>" in result.stdout
    assert "<U+0007>" in result.stdout
    assert not {"\u202e", "\u200b", "\x07", "\x1b"} & set(result.stdout)


def test_answers_are_no_file(folder: Path, call: Call) -> None:
    assert call("review", "-").exit_code == 2
    assert call("review", "a.txt", "--record", "undo.jsonl").exit_code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_there_are_colours(file: Path) -> None:
    import pty

    controller, terminal = pty.openpty()
    environment = {**ENVIRONMENT, "TERM": "xterm", "LANG": "en_US.UTF-8"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "textclean", "review", "a.txt"],
        stdin=terminal, stdout=terminal, stderr=terminal,
        cwd=file.parent, env=environment, close_fds=True,
    )  # fmt: skip
    os.close(terminal)
    seen = b""
    asked = 0
    last = time.monotonic() + 120
    while time.monotonic() < last:
        if select.select([controller], [], [], 1)[0]:
            try:
                piece = os.read(controller, 4096)
            except OSError:  # Linux: the other end is closed
                break
            if not piece:
                break
            seen += piece
        if seen.count(b"]? ") > asked:
            asked += 1
            os.write(controller, b"y\n" if asked == 1 else b"q\n")
    assert process.wait(120) == 0
    os.close(controller)
    said = seen.decode()
    assert "\x1b[31m[-" in said or "\x1b[32m{+" in said
    assert "1 accepted" in said
    assert asked == 2
