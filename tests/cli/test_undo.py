"""Undoing: what ``fix --record`` and ``run`` changed comes back, byte for byte, or is named."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.conftest import DAMAGED, ENVIRONMENT, Call, Spawn
from tests.folders import contents
from textclean.text.lock import locked

RECORD = ".undo.jsonl"


def test_fixed_files_come_back(seeds: Path, call: Call) -> None:
    rows = [{"text": DAMAGED}, {"text": ""}, {"text": "\u200b甲,乙"}]
    (seeds / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    before = contents(seeds)
    assert call("fix", seeds, "--tier", "suggested", "--record", RECORD).exit_code == 0
    assert contents(seeds) != before
    result = call("undo", "--record", RECORD)
    assert result.exit_code == 0
    assert contents(seeds) == before
    assert f"{len(before)} files restored" in result.stderr


def test_a_record_kept_over_two_fixes_leads_back_through_both(seeds: Path, call: Call) -> None:
    before = contents(seeds)
    call("fix", seeds, "--select", "P001", "--record", RECORD)
    once = contents(seeds)
    call("fix", seeds, "--record", RECORD)
    assert contents(seeds) != once
    assert call("undo", "--record", RECORD).exit_code == 0
    assert contents(seeds) == before


def test_undoing_twice_changes_nothing_more(seeds: Path, call: Call) -> None:
    before = contents(seeds)
    call("fix", seeds, "--record", RECORD)
    call("undo", "--record", RECORD)
    result = call("undo", "--record", RECORD)
    assert (result.exit_code, result.stdout) == (0, "")
    assert contents(seeds) == before


def test_an_altered_file_is_named_and_left_alone(seeds: Path, call: Call) -> None:
    before = contents(seeds)
    call("fix", seeds, "--record", RECORD)
    first, *_ = sorted(seeds.iterdir())
    altered = first.read_bytes() + "又一行。\n".encode()
    first.write_bytes(altered)
    result = call("undo", "--record", RECORD)
    assert result.exit_code == 2
    assert f"seeds/{first.name}" in result.stderr
    assert "altered" in result.stderr
    assert contents(seeds) == before | {first.name: altered}


def test_a_file_that_is_gone_is_named(seeds: Path, call: Call) -> None:
    call("fix", seeds, "--record", RECORD)
    first, *_ = sorted(seeds.iterdir())
    first.unlink()
    result = call("undo", "--record", RECORD)
    assert result.exit_code == 2
    assert first.name in result.stderr


def test_two_processes_with_one_record_lose_nothing(folder: Path, spawn: Spawn) -> None:
    texts = folder / "texts"
    texts.mkdir()
    for number in range(40):
        (texts / f"{number}.txt").write_text(f"落实 ,完成２０个村改造,很好。{number}\n")
    before = contents(texts)
    with ThreadPoolExecutor() as threads:
        both = list(threads.map(lambda _: spawn("fix", "texts", "--record", RECORD), range(2)))
    assert {done.returncode for done in both} <= {0, 2}
    assert contents(texts) != before
    assert spawn("undo", "--record", RECORD).returncode == 0
    assert contents(texts) == before


def test_a_record_in_use_is_refused_and_stays_as_it_is(
    folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textclean.corpus.in_place._WAIT", 0.1)
    (folder / "a.txt").write_text(DAMAGED)
    call("fix", "a.txt", "--record", RECORD)
    before = contents(folder)
    (folder / "b.txt").write_text(DAMAGED)
    with locked(folder / RECORD, wait=0):
        for command in ("fix", "b.txt"), ("undo",):
            result = call(*command, "--record", RECORD)
            assert result.exit_code == 2
            assert f"error: {RECORD}: another textclean is using it" in result.stderr
    assert contents(folder) == before | {"b.txt": DAMAGED.encode()}
    assert call("fix", "b.txt", "--record", RECORD).exit_code == 0


def test_a_record_with_nothing_in_it_is_not_left_behind(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text("甲乙，丙丁。\n")
    assert call("fix", "a.txt", "--record", RECORD).exit_code == 0
    assert not (folder / RECORD).exists()


def test_a_line_that_a_crash_broke_off_does_no_harm(seeds: Path, folder: Path, call: Call) -> None:
    before = contents(seeds)
    files = sorted(seeds.iterdir())
    call("fix", files[0], "--record", RECORD)
    record = folder / RECORD
    whole = record.read_bytes()
    call("fix", files[1], "--record", RECORD)
    # As if the crash came while the second line was written: its file had not been changed yet.
    files[1].write_bytes(before[files[1].name])
    record.write_bytes(record.read_bytes()[: len(whole) + 40])
    call("fix", files[2], "--record", RECORD)
    assert call("undo", "--record", RECORD).exit_code == 0
    assert contents(seeds) == before


@pytest.mark.parametrize("line", [0, 1, 4])
@pytest.mark.parametrize("kept", [200, 30, 0])
@pytest.mark.parametrize("end", [b"\n", b"", b"\0\0\0\n"])
def test_a_torn_line_is_named_and_the_rest_comes_back(
    seeds: Path, folder: Path, call: Call, line: int, kept: int, end: bytes
) -> None:
    before = contents(seeds)
    call("fix", seeds, "--record", RECORD)
    fixed = contents(seeds)
    lines = (folder / RECORD).read_bytes().splitlines(keepends=True)
    assert len(lines) == len(before) == 5
    lines[line] = lines[line][:kept] + end
    (folder / RECORD).write_bytes(b"".join(lines))
    result = call("undo", "--record", RECORD)
    torn = sorted(before)[line]
    assert contents(seeds) == before | {torn: fixed[torn]}
    assert "4 files restored" in result.stderr
    if lines[line].strip():
        assert result.exit_code == 2
        number = line + 1
        assert f"error: {RECORD}:{number}: the line is damaged, so a change" in result.stderr
        assert (f"a change of seeds/{torn} cannot be undone" in result.stderr) == (kept == 200)


@pytest.mark.parametrize("key", ["format", "compression", "input", "output"])
def test_a_row_with_something_else_in_place_of_a_name_is_damaged(
    folder: Path, call: Call, key: str
) -> None:
    """Found by guided fuzzing."""
    (folder / "a.txt").write_text("医院 ,建设。")
    call("fix", "a.txt", "--record", "u")
    row = json.loads((folder / "u").read_bytes())
    fixed = (folder / "a.txt").read_bytes()
    for other in ({"stay": [2, 0]}, [1], 1):
        (folder / "u").write_text(json.dumps(row | {key: other}, separators=(",", ":")) + "\n")
        done = call("undo", "--record", "u")
        assert done.exit_code == 2
        assert "u:1: the line is damaged, so a change of a.txt cannot be undone" in done.output
        assert (folder / "a.txt").read_bytes() == fixed


@pytest.mark.parametrize("more", [b"\0\0\0", b"x", b"// "])
def test_what_stands_before_a_whole_row_is_told_and_nothing_is_called_lost(
    seeds: Path, folder: Path, call: Call, more: bytes
) -> None:
    before = contents(seeds)
    call("fix", seeds, "--record", RECORD)
    lines = (folder / RECORD).read_bytes().splitlines(keepends=True)
    lines[1] = more + lines[1]
    (folder / RECORD).write_bytes(b"".join(lines))
    result = call("undo", "--record", RECORD)
    assert contents(seeds) == before
    assert result.exit_code == 2
    assert f"{RECORD}:2: before the change in this line there is something else" in result.stderr
    assert "cannot be undone" not in result.stderr


def test_a_torn_line_of_a_changed_file_is_still_named_after_another_fix(
    folder: Path, call: Call
) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("落实 ,完成", encoding="utf-8")
    assert call("fix", "--record", "r", "a.txt").exit_code == 0
    record = (folder / "r").read_bytes()
    (folder / "r").write_bytes(record[: len(record) * 4 // 5])
    assert call("fix", "--record", "r", "b.txt").exit_code == 0
    done = call("undo", "--record", "r")
    assert done.exit_code == 2
    assert "a.txt" in done.stderr
    assert (folder / "b.txt").read_text(encoding="utf-8") == "落实 ,完成"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit for the size of files")
def test_a_full_disk_leaves_no_torn_line(folder: Path, call: Call) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(DAMAGED)
    assert call("fix", "a.txt", "--record", RECORD).exit_code == 0
    before = contents(folder)
    room = len(before[RECORD]) + 50
    script = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
        "from textclean.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "fix", "b.txt", "--record", RECORD],
        cwd=folder,
        env={**ENVIRONMENT, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {RECORD}: cannot be written: ".encode())
    assert contents(folder) == before


def test_a_torn_line_of_a_file_that_was_not_changed_is_no_trouble(
    seeds: Path, folder: Path, call: Call
) -> None:
    before = contents(seeds)
    call("fix", seeds, "--record", RECORD)
    record = (folder / RECORD).read_bytes()
    (folder / RECORD).write_bytes(record[:-100])
    name = max(before)
    (seeds / name).write_bytes(before[name])
    assert call("undo", "--record", RECORD).exit_code == 0
    assert contents(seeds) == before


def test_a_last_row_without_its_line_break_counts(seeds: Path, folder: Path, call: Call) -> None:
    before = contents(seeds)
    first, *others = sorted(seeds.iterdir())
    call("fix", *others, "--record", RECORD)
    (folder / RECORD).write_bytes((folder / RECORD).read_bytes().rstrip(b"\n"))
    call("fix", first, "--record", RECORD)
    assert call("undo", "--record", RECORD).exit_code == 0
    assert contents(seeds) == before


def test_a_damaged_record_is_added_to(seeds: Path, folder: Path, call: Call) -> None:
    before = contents(seeds)
    first, *others = sorted(seeds.iterdir())
    call("fix", *others, "--record", RECORD)
    lines = (folder / RECORD).read_bytes().splitlines(keepends=True)
    (folder / RECORD).write_bytes(b"\0" * 10 + b"\n" + b"".join(lines) + b"\0" * 10)
    assert call("fix", first, "--record", RECORD).exit_code == 0
    assert call("undo", "--record", RECORD).exit_code == 2
    assert contents(seeds) == before


def test_a_change_that_was_recorded_and_not_made_is_stepped_over(seeds: Path, call: Call) -> None:
    before = contents(seeds)
    first, *_ = sorted(seeds.iterdir())
    call("fix", first, "--record", RECORD)
    first.write_bytes(before[first.name])
    call("fix", first, "--select", "P001", "--record", RECORD)
    assert call("undo", "--record", RECORD).exit_code == 0
    assert contents(seeds) == before


def test_the_record_is_no_document(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    call("fix", ".", "--record", "undo.jsonl")
    (folder / "b.txt").write_text(DAMAGED)
    result = call("fix", ".", "--record", "undo.jsonl")
    assert (result.exit_code, result.stderr.count("error")) == (0, 0)
    assert call("undo", "--record", "undo.jsonl").exit_code == 0
    assert (folder / "a.txt").read_text() == (folder / "b.txt").read_text() == DAMAGED


@pytest.mark.parametrize("notes", ["不是记录\n", "不是记录", "{}\n", '{"record": 99}\n'])
def test_another_file_is_never_taken_for_a_record(folder: Path, call: Call, notes: str) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    (folder / "notes.txt").write_text(notes)
    assert call("fix", "a.txt", "--record", "notes.txt").exit_code == 2
    assert call("undo", "--record", "notes.txt").exit_code == 2
    assert (folder / "notes.txt").read_text() == notes
    assert (folder / "a.txt").read_text() == DAMAGED


def test_a_file_outside_the_current_folder_is_not_recorded(folder: Path, call: Call) -> None:
    outside = folder.parent / "outside.txt"
    outside.write_text(DAMAGED)
    result = call("fix", outside, "--record", RECORD)
    assert result.exit_code == 2
    assert "not under the current folder" in result.stderr
    assert outside.read_text() == DAMAGED


@pytest.mark.skipif(sys.platform != "linux", reason="names of other systems are Unicode")
def test_a_file_with_a_name_that_is_no_utf_8_comes_back(folder: Path, spawn: Spawn) -> None:
    bad = folder / os.fsdecode(b"a\xff.txt")
    for path in (bad, folder / "b.txt"):
        path.write_text(DAMAGED)
    done = spawn("fix", ".", "--record", RECORD)
    assert done.returncode == 0
    assert done.stdout.startswith(b"a\xff.txt: 1 edit")
    assert bad.read_text() != DAMAGED != (folder / "b.txt").read_text()
    assert (folder / RECORD).read_bytes().isascii() or b"\xff" not in (folder / RECORD).read_bytes()
    assert spawn("undo", "--record", RECORD).stdout == b"a\xff.txt: restored\nb.txt: restored\n"
    assert bad.read_text() == DAMAGED == (folder / "b.txt").read_text()


def test_a_link_out_of_the_current_folder_is_not_recorded(folder: Path, call: Call) -> None:
    outside = folder.parent / "outside.txt"
    outside.write_text(DAMAGED)
    (folder / "a.txt").symlink_to(outside)
    assert call("fix", "a.txt", "--record", RECORD).exit_code == 2
    assert outside.read_text() == DAMAGED


def test_a_linked_file_comes_back_through_its_link(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    (folder / "b.txt").symlink_to("a.txt")
    assert call("fix", "b.txt", "--record", RECORD).exit_code == 0
    assert (folder / "a.txt").read_text() != DAMAGED
    assert call("undo", "--record", RECORD).exit_code == 0
    assert (folder / "a.txt").read_text() == DAMAGED
    assert (folder / "b.txt").is_symlink()


def test_a_file_fixed_under_two_names_has_one_history(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text("甲乙,丙丁;戊己。\n")
    (folder / "b.txt").symlink_to("a.txt")
    call("fix", "b.txt", "--select", "P001", "--record", RECORD)
    call("fix", "a.txt", "--select", "P002", "--record", RECORD)
    assert (folder / "a.txt").read_text() == "甲乙，丙丁；戊己。\n"
    assert call("undo", "--record", RECORD).exit_code == 0
    assert (folder / "a.txt").read_text() == "甲乙,丙丁;戊己。\n"


def test_a_record_leads_nowhere_out_of_the_current_folder(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    call("fix", "a.txt", "--record", RECORD)
    outside = folder.parent / "a.txt"
    shutil.move(folder / "a.txt", outside)
    fixed = outside.read_bytes()
    row = json.loads((folder / RECORD).read_text())
    (folder / RECORD).write_text(json.dumps(row | {"document": "../a.txt"}) + "\n")
    assert call("undo", "--record", RECORD).exit_code == 2
    assert outside.read_bytes() == fixed


def test_a_run_comes_back(seeds: Path, folder: Path, call: Call) -> None:
    before = contents(seeds)
    assert call("run", seeds, "-o", "cleaned", "--tier", "suggested").exit_code == 0
    result = call("undo", "cleaned", "-o", "back")
    assert result.exit_code == 0
    assert contents(folder / "back") == before


def test_a_document_altered_since_the_run_is_named(seeds: Path, folder: Path, call: Call) -> None:
    before = contents(seeds)
    call("run", seeds, "-o", "cleaned")
    name = next(iter(before))
    with (folder / "cleaned" / name).open("ab") as file:
        file.write(b"!")
    result = call("undo", "cleaned", "-o", "back")
    assert result.exit_code == 2
    assert name in result.stderr
    assert contents(folder / "back") == {n: data for n, data in before.items() if n != name}


def test_undo_writes_over_nothing_unless_forced(seeds: Path, folder: Path, call: Call) -> None:
    call("run", seeds, "-o", "cleaned")
    (folder / "back").mkdir()
    (folder / "back" / "mine.txt").write_text("甲")
    assert call("undo", "cleaned", "-o", "back").exit_code == 2
    assert call("undo", "cleaned", "-o", "back", "--force").exit_code == 0
    assert (folder / "back" / "mine.txt").read_text() == "甲"


@pytest.mark.parametrize(
    "arguments",
    [(), ("cleaned",), ("-o", "back"), ("cleaned", "--record", "x"), ("--record", "missing")],
)
def test_what_cannot_be_meant_exits_2(call: Call, arguments: tuple[str, ...]) -> None:
    result = call("undo", *arguments)
    assert result.exit_code == 2
    assert result.stderr
