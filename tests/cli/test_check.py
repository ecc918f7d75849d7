"""``textclean check``: what it prints, and what its exit status says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import CLEAN, DAMAGED, Call, Spawn
from tests.folders import contents

LINE = re.compile(r"(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+): (?:note: )?[A-Z]\d{3} .+")


def test_clean_text_exits_0_and_prints_nothing(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(CLEAN)
    result = call("check", "a.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 file checked: nothing to repair" in result.stderr


def test_damaged_text_exits_1_and_says_where_and_what(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text("第一行。\n" + DAMAGED)
    result = call("check", "a.txt")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith('a.txt:2:13: P001 fullwidth-comma: "," → "，"')


def test_lines_are_sorted_by_path_and_place(seeds: Path, call: Call) -> None:
    result = call("check", seeds)
    places = []
    for line in result.stdout.splitlines():
        match = LINE.fullmatch(line)
        assert match is not None, line
        places.append((match["path"], int(match["line"]), int(match["column"])))
    assert places == sorted(places)
    assert len({path for path, *_ in places}) == len(contents(seeds))


def test_the_order_of_arguments_does_not_matter(seeds: Path, call: Call) -> None:
    files = sorted(seeds.iterdir())
    forward, backward = call("check", *files), call("check", *reversed(files), seeds)
    assert forward.stdout == backward.stdout


def test_check_changes_nothing(seeds: Path, call: Call) -> None:
    before = contents(seeds)
    call("check", seeds, "--tier", "suggested")
    assert contents(seeds) == before


def test_suggestions_are_notes_that_do_not_count(seeds: Path, call: Call) -> None:
    call("fix", seeds)
    result = call("check", seeds)
    assert result.exit_code == 0
    assert all(": note: " in line for line in result.stdout.splitlines())


def test_fail_on_makes_notes_count(folder: Path, call: Call) -> None:
    # U+FFFD is what an earlier program could not read: it is only ever reported.
    (folder / "a.txt").write_text("全市有\ufffd名医务人员。\n")
    result = call("check", "a.txt")
    assert result.exit_code == 0
    assert ": note: C101 " in result.stdout
    assert call("check", "a.txt", "--fail-on", "suggested").exit_code == 0
    assert call("check", "a.txt", "--fail-on", "report").exit_code == 1


def test_json_has_every_field_and_the_same_findings_as_text(seeds: Path, call: Call) -> None:
    lines = call("check", seeds).stdout.splitlines()
    found = json.loads(call("check", seeds, "--output-format", "json").stdout)
    assert len(found) == len(lines)
    for item in found:
        assert set(item) >= {
            "path", "line", "column", "end_line", "end_column", "start", "end", "code", "name",
            "tier", "confidence", "before", "after", "evidence", "group", "message",
        }  # fmt: skip
        text = Path(item["path"]).read_bytes().decode()
        assert text[item["start"] : item["end"]] == item["before"]
        line = text.split("\n")[item["line"] - 1]
        first_line = item["before"].split("\n")[0]
        assert line[item["column"] - 1 :].startswith(first_line)


def test_json_of_nothing_is_an_empty_array(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(CLEAN)
    assert json.loads(call("check", "a.txt", "--output-format", "json").stdout) == []


def test_statistics_stand_in_place_of_findings(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    (folder / "b.jsonl").write_text(json.dumps({"text": CLEAN}) + "\n")
    result = call("check", "a.txt", "b.jsonl", "--statistics")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert [line for line in lines if not line.startswith("  ")] == [
        "a.txt: 22 characters",
        "b.jsonl:1: 22 characters",
        "all: 2 documents, 44 characters",
    ]
    assert lines.count("  P001 fullwidth-comma: 1 safe, to be made") == 2  # of a.txt, of all
    assert lines[1].startswith("  register: prose (")
    data = json.loads(
        call("check", "a.txt", "b.jsonl", "--statistics", "--output-format", "json").stdout
    )
    assert [each["name"] for each in data["documents"]] == ["a.txt", "b.jsonl:1"]
    assert data["all"]["rules"][0]["count"] == 1


def test_a_finding_in_a_record_has_the_line_of_the_record(folder: Path, call: Call) -> None:
    rows = [{"text": CLEAN}, {"text": DAMAGED}]
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    result = call("check", "a.jsonl")
    assert result.exit_code == 1
    assert result.stdout.startswith("a.jsonl:2:13: P001 ")


def test_standard_input_is_checked(call: Call) -> None:
    result = call("check", "-", input=DAMAGED)
    assert result.exit_code == 1
    assert result.stdout.startswith("-:1:13: P001 ")


def test_standard_input_stands_alone(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(CLEAN)
    assert call("check", "-", "a.txt").exit_code == 2


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bad.txt", "卫生".encode("gb18030"), "gb18030"),
        ("bad.txt", b"\x00\x01\x02", "binary"),
        ("bad.txt", "市卫健委".encode("utf-16")[:-1], "utf-16-le"),
        ("bad.jsonl", b'{"text": "\xe5\xb8\x82"}\n{"text": \n', "bad.jsonl:2"),
        ("bad.jsonl", b'{"body": "a"}\n', "'body'"),
        (None, None, "missing.txt"),
    ],
)
def test_trouble_with_one_file_exits_2_and_the_others_are_done(
    folder: Path, call: Call, name: str | None, data: bytes | None, said: str
) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    (folder / "z.txt").write_text(DAMAGED)
    if name is not None and data is not None:
        (folder / name).write_bytes(data)
    result = call("check", "a.txt", name or "missing.txt", "z.txt")
    assert result.exit_code == 2
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == ["a.txt", "z.txt"]
    assert "error: " in result.stderr
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["check", "fix"])
def test_after_an_error_nobody_says_that_there_is_nothing_to_repair(
    folder: Path, call: Call, command: str
) -> None:
    (folder / "bad.txt").write_bytes(b"\xff")
    result = call(command, "bad.txt")
    assert result.exit_code == 2
    assert re.search(r"\n0 files (checked|read), 1 error\n$", result.stderr)


# Formats, baselines, language


@pytest.mark.parametrize("form", ["concise", "full", "json", "json-lines", "sarif", "github"])
def test_every_format_names_what_is_found(folder: Path, call: Call, form: str) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    result = call("check", "a.txt", "--output-format", form)
    assert result.exit_code == 1
    assert "P001" in result.stdout
    assert "fullwidth-comma" in result.stdout
    assert "a.txt" in result.stdout


def test_exit_zero_hides_what_is_found_and_no_error(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    result = call("check", "a.txt", "--exit-zero")
    assert result.exit_code == 0
    assert "P001" in result.stdout
    assert call("check", "a.txt", "none.txt", "--exit-zero").exit_code == 2


def test_without_notes_only_repairs_are_listed(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text("全市有\ufffd名医务人员,好。\n")
    assert call("check", "a.txt").stdout.count("\n") == 2
    result = call("check", "a.txt", "--no-notes")
    assert result.stdout.startswith("a.txt:1:10: P001 ")
    assert result.stdout.count("\n") == 1


def test_quiet_says_only_what_was_asked_for(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    loud, quiet = call("check", "a.txt"), call("check", "a.txt", "-q")
    assert (quiet.stdout, quiet.stderr) == (loud.stdout, "")
    assert call("check", "none.txt", "-q").stderr.startswith("error: none.txt: ")
    assert call("fix", "a.txt", "--quiet").output == ""
    assert (folder / "a.txt").read_text() == CLEAN


def test_what_is_in_the_baseline_does_not_count(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    result = call("check", ".", "--write-baseline", "known.json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "the baseline known.json is written: 1 finding" in result.stderr
    (folder / "a.txt").write_text("新的标题\n\n" + DAMAGED)
    result = call("check", ".", "--baseline", "known.json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 file checked: nothing to repair; 1 known by the baseline\n"
    (folder / "a.txt").write_text(DAMAGED + "另有一句,是新的。\n")
    result = call("check", ".", "--baseline", "known.json")
    assert result.exit_code == 1
    assert result.stdout.startswith("a.txt:2:5: P001 ")
    (folder / "a.txt").write_text(CLEAN)
    result = call("check", ".", "--baseline", "known.json")
    assert result.stderr == "1 file checked: nothing to repair; 1 of the baseline gone\n"


def test_a_baseline_that_is_not_there_is_an_error(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(CLEAN)
    result = call("check", "a.txt", "--baseline", "known.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: known.json: there is no baseline;")


def test_messages_are_in_the_language_that_was_chosen(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    result = call("check", "a.txt", "none.txt", "--lang", "zh")
    assert result.stdout.startswith("a.txt:1:13: P001 fullwidth-comma：")
    assert result.stderr == (
        "错误：none.txt：没有这个文件或文件夹\n"
        "检查了1个文件，1处错误：可修复1处 (P001 fullwidth-comma ×1)\n"
    )
    result = call("fix", "a.txt", "--lang", "zh")
    assert result.output == (
        "a.txt: 1处修改 (P001 fullwidth-comma ×1)\n"
        "读取了1个文件：1个已修改，1处修改 (P001 fullwidth-comma ×1)\n"
    )


def test_messages_are_in_the_language_of_the_locale(spawn: Spawn) -> None:
    done = spawn("check", "none.txt", LC_ALL="zh_CN.UTF-8")
    assert done.stderr.decode().startswith("错误：none.txt：没有这个文件或文件夹\n")
    assert spawn("check", "none.txt", LC_ALL="C.UTF-8").stderr.startswith(b"error: none.txt: ")


@pytest.mark.parametrize(
    "chosen", ["P001", "p001", "fullwidth-comma", "Fullwidth_Comma", "ALL", "all", "P"]
)
def test_rules_are_chosen_by_code_by_name_or_all(folder: Path, call: Call, chosen: str) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    assert call("check", "a.txt", "--select", chosen).exit_code == 1
    assert call("check", "a.txt", "--ignore", chosen).exit_code == 0


def test_all_is_less_than_any_code(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    assert call("check", "a.txt", "--ignore", "all", "--select", "p001").exit_code == 1
    assert call("check", "a.txt", "--select", "ALL", "--ignore", "P").exit_code == 0


@pytest.mark.parametrize(
    "options",
    [
        ("--baseline", "a.json", "--write-baseline", "b.json"),
        ("--statistics", "--write-baseline", "b.json"),
        ("--exit-zero", "--fail-on", "report"),
        ("--no-notes", "--fail-on", "suggested"),
    ],
)
def test_options_that_contradict_each_other_are_refused(
    folder: Path, call: Call, options: tuple[str, ...]
) -> None:
    (folder / "a.txt").write_text(CLEAN)
    result = call("check", "a.txt", *options)
    assert result.exit_code == 2
    assert "exclude each other" in result.stderr
    assert "不能同用" in call("check", "a.txt", *options, "--lang", "zh").stderr
    assert not (folder / "b.json").exists()
