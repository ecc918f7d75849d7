"""``textclean run`` and ``textclean dedup``: folders in, a folder out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call, Spawn
from tests.folders import contents
from textclean.corpus.output_folder import RECORDS

pytest.importorskip("numba", reason="needs the extra [dedup]")

PARAGRAPH = "抽调省市2800名医务人员组成13个团队承接接管医疗救治工作,6名国家级、省级专家巡回指导。"


def documents(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in contents(folder).items() if name not in RECORDS}


def test_a_run_writes_every_document_and_a_table_of_them(
    seeds: Path, folder: Path, call: Call
) -> None:
    before = contents(seeds)
    result = call("run", seeds, "-o", "cleaned")
    assert result.exit_code == 0
    assert documents(folder / "cleaned").keys() == before.keys()
    assert contents(seeds) == before
    for name in before:
        assert name in result.stdout
    assert "Edits by rule: P001" in result.stdout
    assert "textclean undo cleaned" in result.stderr


def test_a_run_over_its_own_output_changes_nothing(seeds: Path, folder: Path, call: Call) -> None:
    call("run", seeds, "-o", "one", "--tier", "suggested")
    call("run", "one", "-o", "two", "--tier", "suggested")
    assert documents(folder / "one") == documents(folder / "two")


def test_without_o_a_run_writes_to_cleaned_and_says_so(
    seeds: Path, folder: Path, call: Call
) -> None:
    result = call("run", seeds)
    assert result.exit_code == 0
    assert (folder / "cleaned" / "run.json").is_file()
    assert "cleaned" in result.stderr.splitlines()[0]


def test_a_run_replaces_an_earlier_one_only_by_force(folder: Path, call: Call) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(PARAGRAPH)
    assert call("run", "in", "-o", "out").exit_code == 0
    assert call("run", "in", "-o", "out").exit_code == 2
    assert call("run", "in", "-o", "out", "--force").exit_code == 0


@pytest.mark.parametrize("output", ["in", "in/out", "."])
def test_a_run_never_writes_where_it_reads(folder: Path, call: Call, output: str) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(PARAGRAPH)
    before = contents(folder)
    for force in ((), ("--force",)):
        assert call("run", "in", "-o", output, *force).exit_code == 2
    assert contents(folder) == before


def test_a_document_that_cannot_be_read_is_named_and_the_others_are_done(
    folder: Path, call: Call
) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(PARAGRAPH)
    (folder / "in" / "b.txt").write_bytes("卫生健康".encode("gb18030"))
    result = call("run", "in", "-o", "out")
    assert result.exit_code == 2
    assert "b.txt" in result.stderr
    assert set(documents(folder / "out")) == {"a.txt"}


@pytest.mark.parametrize("command", ["run", "dedup"])
def test_where_nothing_could_be_read_nothing_is_written(
    folder: Path, call: Call, command: str
) -> None:
    (folder / "a.txt").write_text(PARAGRAPH)
    (folder / "bad.txt").write_bytes("卫生健康".encode("gb18030"))
    result = call(command, "bad.txt", "-o", "out")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("error: bad.txt: not valid UTF-8")
    assert result.stderr.endswith("\nno document could be read, so nothing was written\n")
    assert not (folder / "out").exists()
    assert call(command, "a.txt", "-o", "out").exit_code == 0
    before = contents(folder)
    assert call(command, "bad.txt", "-o", "out", "--force").exit_code == 2
    assert contents(folder) == before


def test_the_number_of_workers_does_not_matter(seeds: Path, folder: Path, spawn: Spawn) -> None:
    assert spawn("run", seeds, "-o", "one", "--workers", "1").returncode == 0
    assert spawn("run", seeds, "-o", "two", "--workers", "2").returncode == 0
    assert contents(folder / "one") == contents(folder / "two")


def test_dedup_removes_copies_and_repairs_nothing(folder: Path, call: Call) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(f"{PARAGRAPH}\n\n　　别的话,　 一句。\n\n{PARAGRAPH}\n")
    assert call("dedup", "in", "-o", "out").exit_code == 0
    text = (folder / "out" / "a.txt").read_text()
    assert text.count(PARAGRAPH) == 1
    assert "　　别的话,　 一句。\n" in text
    (row,) = (folder / "out" / "removals.jsonl").read_text().splitlines()
    assert json.loads(row)


def test_dedup_repairs_nothing_whatever_the_configuration_selects(
    seeds: Path, folder: Path, call: Call
) -> None:
    (folder / "textclean.toml").write_text('select = ["P001"]\ntier = "suggested"\n')
    call("dedup", seeds, "-o", "out")
    for name, data in documents(folder / "out").items():
        lines = (seeds / name).read_bytes().splitlines()
        assert set(data.splitlines()) <= set(lines)


def test_records_are_compared_whole_and_empty_ones_dropped_on_request(
    folder: Path, call: Call
) -> None:
    line = json.dumps({"text": PARAGRAPH}, ensure_ascii=False) + "\n"
    (folder / "a.jsonl").write_text(line * 3)
    assert call("dedup", "a.jsonl", "-o", "kept").exit_code == 0
    assert len((folder / "kept" / "a.jsonl").read_text().splitlines()) == 3
    assert call("dedup", "a.jsonl", "-o", "dropped", "--drop-empty").exit_code == 0
    assert (folder / "dropped" / "a.jsonl").read_text() == line
    assert call("undo", "dropped", "-o", "back").exit_code == 0
    assert (folder / "back" / "a.jsonl").read_text() == line * 3


@pytest.mark.parametrize("command", ["run", "dedup"])
def test_of_two_equal_copies_the_one_in_the_earlier_file_stays(
    folder: Path, call: Call, command: str
) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(PARAGRAPH)
    for first, second in (("a.txt", "b.txt"), ("b.txt", "a.txt")):
        call(command, first, second, "-o", first[0])
        assert documents(folder / first[0])[second] == b""
    assert "the one in the earlier file stays" in call(command, "--help").stdout


def test_run_finds_what_was_redacted_and_dedup_does_not_look(folder: Path, call: Call) -> None:
    known, redacted = PARAGRAPH, PARAGRAPH.replace("2800", "xxxx").replace("13", "xx")
    (folder / "a.txt").write_text(f"{known}\n\n{redacted}\n")
    found = "found in copies; `textclean run --restore` puts them in place"
    assert found in call("run", "a.txt", "-o", "run").stdout
    assert found not in call("dedup", "a.txt", "-o", "dedup").stdout
    assert not (folder / "dedup" / "restorations.jsonl").exists()
