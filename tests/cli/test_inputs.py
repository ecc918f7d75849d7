"""Which files a command takes: types, `--as`, `exclude`, standard input under a name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call, Spawn

DAMAGED = "全市有2800名医务人员,组成13个团队。\n"
CLEAN = "全市有2800名医务人员，组成13个团队。\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data.yaml", "科室: [门诊, 住院]\n"),
        ("code.py", "名称 = ('门诊', '住院')\n"),
        ("paper.tex", "引用\\ref{甲,乙}与\\cite{丙,丁}\n"),
        ("page.rst", "门诊,住院 |名| \n"),
        ("Makefile", "# 门诊,住院\nall:\n"),
    ],
)
@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_file_of_another_type_is_refused_and_the_others_are_done(
    folder: Path, call: Call, command: str, name: str, content: str
) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    (folder / "z.md").write_text(DAMAGED)
    (folder / name).write_text(content)
    result = call(command, "a.txt", name, "z.md")
    assert result.exit_code == 2
    assert f"error: {name}: " in result.stderr
    assert "--as text|markdown|jsonl" in result.stderr
    assert (folder / name).read_text() == content
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == ["a.txt", "z.md"]
    if command == "fix":
        assert (folder / "a.txt").read_text() == (folder / "z.md").read_text() == CLEAN


@pytest.mark.parametrize("read_as", ["text", "markdown"])
def test_a_file_can_be_read_as_text_on_purpose(folder: Path, call: Call, read_as: str) -> None:
    (folder / "notes.rst").write_text(DAMAGED)
    assert call("check", "notes.rst", "--as", read_as).exit_code == 1
    assert call("fix", "notes.rst", "--as", read_as).exit_code == 0
    assert (folder / "notes.rst").read_text() == CLEAN


def test_a_file_can_be_read_as_records_on_purpose(folder: Path, call: Call) -> None:
    (folder / "export.json").write_text(json.dumps({"text": DAMAGED, "id": 1}) + "\n")
    assert call("fix", "export.json", "--as", "jsonl").exit_code == 0
    assert json.loads((folder / "export.json").read_text()) == {"text": CLEAN, "id": 1}
    assert call("fix", "export.json", "--as", "csv").exit_code == 2


def test_a_walk_takes_no_other_files_whatever_the_named_ones_are(folder: Path, call: Call) -> None:
    (folder / "data.csv").write_text(DAMAGED)
    (folder / "a.txt").write_text(DAMAGED)
    result = call("check", ".", "--as", "text")
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == ["a.txt"]


@pytest.mark.parametrize("command", ["run", "dedup"])
def test_a_run_goes_without_files_of_other_types(folder: Path, call: Call, command: str) -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    (folder / "a.txt").write_text(CLEAN)
    (folder / "b.rst").write_text(CLEAN)
    result = call(command, "a.txt", "b.rst", "-o", "out")
    assert result.exit_code == 2
    assert "b.rst: a .rst file is not edited as prose" in result.stderr
    assert (folder / "out" / "a.txt").read_text() == CLEAN
    assert not (folder / "out" / "b.rst").exists()
    assert call(command, "a.txt", "b.rst", "-o", "more", "--as", "text").exit_code == 0
    assert (folder / "more" / "b.rst").exists()
    assert call("undo", "more", "-o", "back").exit_code == 0
    assert (folder / "back" / "b.rst").read_text() == CLEAN


def test_what_exclude_names_is_passed_over_when_it_is_named(folder: Path, call: Call) -> None:
    (folder / "textclean.toml").write_text('exclude = ["vendor/"]\n')
    (folder / "vendor").mkdir()
    for name in ("a.txt", "vendor/b.txt"):
        (folder / name).write_text(DAMAGED)
    result = call("fix", "a.txt", "vendor/b.txt", folder / "vendor" / "b.txt")
    assert result.exit_code == 0
    assert "1 file read, 2 passed over as `exclude` says" in result.stderr
    assert (folder / "a.txt").read_text() == CLEAN
    assert (folder / "vendor" / "b.txt").read_text() == DAMAGED
    assert call("check", "vendor").stdout == ""
    assert call("fix", "vendor/b.txt", "--no-force-exclude").exit_code == 0
    assert (folder / "vendor" / "b.txt").read_text() == CLEAN


def test_force_exclude_can_be_configured(folder: Path, call: Call) -> None:
    (folder / "textclean.toml").write_text('exclude = ["*.txt"]\nforce-exclude = false\n')
    (folder / "a.txt").write_text(DAMAGED)
    assert call("check", "a.txt").exit_code == 1
    assert call("check", "a.txt", "--force-exclude").exit_code == 0


# Standard input under a name


def test_the_name_of_standard_input_decides_its_format(call: Call) -> None:
    record = json.dumps({"text": DAMAGED, "note": "甲,乙"}) + "\n"
    result = call("fix", "-", "--stdin-filename", "news.jsonl", input=record)
    assert json.loads(result.stdout) == {"text": CLEAN, "note": "甲,乙"}
    assert call("fix", "-", "--stdin-filename", "a.md", input=DAMAGED).stdout == CLEAN
    assert call("fix", "-", "--as", "jsonl", input=record).stdout == result.stdout


def test_messages_have_the_name_of_standard_input(call: Call, spawn: Spawn) -> None:
    result = call("check", "-", "--stdin-filename", "docs/a.md", input=DAMAGED)
    assert result.stdout.startswith("docs/a.md:1:13: P001 ")
    result = call("fix", "-", "--diff", "--stdin-filename", "docs/a.md", input=DAMAGED)
    assert result.stdout.startswith("--- a/docs/a.md\n")
    done = spawn("fix", "-", "--stdin-filename", "a.md", stdin="市卫健委".encode("gb18030"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"error: a.md: not valid UTF-8")


def test_standard_input_of_another_type_is_refused(call: Call) -> None:
    result = call("fix", "-", "--stdin-filename", "a.yaml", input='{"a": "甲,乙"}')
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error: a.yaml: a .yaml file is not edited" in result.stderr
    result = call("fix", "-", "--stdin-filename", "a.rst", "--as", "text", input=DAMAGED)
    assert (result.exit_code, result.stdout) == (0, CLEAN)


def test_excluded_standard_input_passes_as_it_is(folder: Path, call: Call, spawn: Spawn) -> None:
    (folder / "textclean.toml").write_text('exclude = ["vendor/"]\n')
    named = ("--stdin-filename", "vendor/a.md")
    done = spawn("fix", "-", *named, stdin=b"\xff" + DAMAGED.encode())
    assert (done.returncode, done.stdout) == (0, b"\xff" + DAMAGED.encode())
    result = call("check", "-", *named, input=DAMAGED)
    assert (result.exit_code, result.stdout) == (0, "")
    assert call("fix", "-", *named, "--no-force-exclude", input=DAMAGED).stdout == CLEAN


def test_the_configuration_of_its_folder_holds_for_standard_input(folder: Path, call: Call) -> None:
    (folder / "docs").mkdir()
    (folder / "docs" / "textclean.toml").write_text('ignore = ["P001"]\n')
    assert call("fix", "-", "--stdin-filename", "docs/a.md", input=DAMAGED).stdout == DAMAGED
    assert call("fix", "-", "--stdin-filename", "docs/new/a.md", input=DAMAGED).stdout == DAMAGED
    assert call("fix", "-", "--stdin-filename", "a.md", input=DAMAGED).stdout == CLEAN
    named = ("--stdin-filename", "docs/a.md", "--no-config")
    assert call("fix", "-", *named, input=DAMAGED).stdout == CLEAN


def test_a_name_for_standard_input_goes_with_standard_input(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    result = call("fix", "a.txt", "--stdin-filename", "b.txt")
    assert result.exit_code == 2
    assert "--stdin-filename goes with '-'" in result.stderr
    assert (folder / "a.txt").read_text() == DAMAGED
