"""``textclean fix``: what it writes, what it leaves, and what ``--diff`` shows."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import CLEAN, DAMAGED, Call, Spawn
from tests.folders import contents
from textclean import Cleaned, Config, clean
from textclean.corpus import checking

CONFIGURATIONS = [
    (),
    ("--tier", "suggested"),
    ("--select", "P"),
    ("--ignore", "P001,S"),
    ("--latin-space", "add"),
    ("--latin-space", "remove", "--tier", "suggested"),
    ("--indent", "drop", "--blank-lines", "collapse"),
]


@pytest.mark.parametrize("options", CONFIGURATIONS, ids=" ".join)
def test_after_fix_check_has_nothing_to_say(
    seeds: Path, call: Call, options: tuple[str, ...]
) -> None:
    assert call("check", seeds, *options).exit_code == 1
    assert call("fix", seeds, *options).exit_code == 0
    assert call("check", seeds, *options).exit_code == 0
    before = contents(seeds)
    result = call("fix", seeds, *options, "--exit-non-zero-on-fix")
    assert (result.exit_code, result.stdout) == (0, "")
    assert contents(seeds) == before


def test_fix_writes_what_clean_says(seeds: Path, call: Call) -> None:
    expected = {
        name: clean(data.decode(), Config(tier="suggested")).text.encode()
        for name, data in contents(seeds).items()
    }
    call("fix", seeds, "--tier", "suggested")
    assert contents(seeds) == expected


def test_changed_files_are_named_with_their_edits_by_rule(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    (folder / "b.txt").write_text(CLEAN)
    result = call("fix", folder)
    assert result.stdout == f"{folder / 'a.txt'}: 1 edit (P001 fullwidth-comma ×1)\n"
    assert result.stderr == "2 files read: 1 changed, 1 edit (P001 fullwidth-comma ×1)\n"


@pytest.mark.parametrize(("text", "status"), [(DAMAGED, 1), (CLEAN, 0)])
def test_hooks_can_have_an_exit_status(folder: Path, call: Call, text: str, status: int) -> None:
    (folder / "a.txt").write_text(text)
    assert call("fix", "a.txt", "--exit-non-zero-on-fix").exit_code == status
    assert (folder / "a.txt").read_text() == CLEAN


def test_a_file_that_needs_nothing_is_not_touched(folder: Path, call: Call) -> None:
    file = folder / "a.txt"
    file.write_text(CLEAN)
    before = file.stat()
    call("fix", "a.txt")
    after = file.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755, 0o664])
def test_a_files_mode_is_kept(folder: Path, call: Call, mode: int) -> None:
    file = folder / "a.txt"
    file.write_text(DAMAGED)
    file.chmod(mode)
    assert call("fix", "a.txt").exit_code == 0
    assert file.read_text() == CLEAN
    assert stat.S_IMODE(file.stat().st_mode) == mode


def test_line_breaks_and_a_missing_last_one_are_kept(folder: Path, call: Call) -> None:
    file = folder / "a.txt"
    file.write_bytes("甲乙,丙丁。\r\n戊己,庚辛。".encode())
    call("fix", "a.txt")
    assert file.read_bytes() == "甲乙，丙丁。\r\n戊己，庚辛。".encode()


def test_of_a_record_only_the_text_changes(folder: Path, call: Call) -> None:
    file = folder / "a.jsonl"
    file.write_text(f'{{ "n" : 1.50,"text":{json.dumps(DAMAGED)} , "b":","}}\n{{"text": ""}}\n')
    assert call("fix", "a.jsonl").exit_code == 0
    assert file.read_text() == (
        f'{{ "n" : 1.50,"text":{json.dumps(CLEAN)} , "b":","}}\n{{"text": ""}}\n'
    )


def test_standard_input_comes_out_repaired(spawn: Spawn) -> None:
    done = spawn("fix", "-", stdin=DAMAGED.replace("\n", "\r\n").encode())
    assert done.returncode == 0
    assert done.stdout == CLEAN.replace("\n", "\r\n").encode()


def test_standard_input_that_is_no_text_is_refused(spawn: Spawn) -> None:
    done = spawn("fix", "-", stdin=b"\xff\xfe\x00")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"error: standard input: ")


def test_trouble_with_one_file_leaves_it_and_repairs_the_others(folder: Path, call: Call) -> None:
    bad = "市卫健委,".encode("gb18030")
    (folder / "a.txt").write_bytes(bad)
    (folder / "b.jsonl").write_text('{"text": "甲乙,丙丁"}\n{"text"\n')
    (folder / "c.txt").write_text(DAMAGED)
    result = call("fix", folder, "missing.txt")
    assert result.exit_code == 2
    assert result.stderr.count("error: ") == 3
    assert "b.jsonl:2: not valid JSON at column 9: " in result.stderr
    assert (folder / "a.txt").read_bytes() == bad
    assert (folder / "b.jsonl").read_text() == '{"text": "甲乙，丙丁"}\n{"text"\n'
    assert (folder / "c.txt").read_text() == CLEAN


def test_a_read_only_file_is_left_as_it_is(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    (folder / "a.txt").chmod(0o444)
    (folder / "b.txt").write_text(DAMAGED)
    result = call("fix", "a.txt", "b.txt")
    assert result.exit_code == 2
    assert "a.txt: is read-only" in result.stderr
    assert result.stderr.endswith(
        "2 files read, 1 error: 1 changed, 1 edit (P001 fullwidth-comma ×1)\n"
    )
    assert (folder / "a.txt").read_text() == DAMAGED
    assert (folder / "b.txt").read_text() == CLEAN


def test_a_read_only_file_that_needs_nothing_is_no_trouble(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(CLEAN)
    (folder / "a.txt").chmod(0o444)
    assert call("fix", "a.txt").exit_code == 0


def test_diff_writes_nothing_and_exits_1(seeds: Path, call: Call) -> None:
    before = contents(seeds)
    result = call("fix", "--diff", seeds)
    assert result.exit_code == 1
    assert result.stdout.count("\n+++ ") == len(before)
    assert "\x1b" not in result.stdout
    assert contents(seeds) == before


def test_diff_of_clean_text_is_empty_and_exits_0(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(CLEAN)
    result = call("fix", "--diff", "a.txt")
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("options", CONFIGURATIONS, ids=" ".join)
def test_a_diff_applied_is_the_fix(
    seeds: Path, folder: Path, spawn: Spawn, options: tuple[str, ...]
) -> None:
    record = json.dumps({"text": DAMAGED}, ensure_ascii=False)
    (seeds / "records.jsonl").write_text(f'{record}\n{{"text": ""}}\n{record}')
    shutil.copytree(seeds, folder / "fixed")
    spawn("fix", "fixed", *options)
    (folder / "a.diff").write_bytes(spawn("fix", "--diff", "seeds", *options).stdout)
    subprocess.run(["git", "apply", "--whitespace=nowarn", "a.diff"], cwd=folder, check=True)
    assert contents(seeds) == contents(folder / "fixed")


def test_a_file_named_twice_is_repaired_once(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    result = call("fix", "a.txt", folder / "a.txt", folder)
    assert result.stdout.count("1 edit") == 1


@pytest.mark.parametrize("record", [(), ("--record", ".undo.jsonl")])
@pytest.mark.parametrize("removed", [False, True])
def test_a_file_that_was_changed_meanwhile_is_left_alone(
    folder: Path,
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    record: tuple[str, ...],
    removed: bool,
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(DAMAGED)
    read = checking.clean

    def clean_while_another_writes(text: str, config: Config) -> Cleaned:
        if (folder / "a.txt").read_text() == CLEAN and (folder / "b.txt").exists():
            (folder / "b.txt").unlink()
            if not removed:
                (folder / "b.txt").write_text("OTHER\n")
        return read(text, config)

    monkeypatch.setattr(checking, "clean", clean_while_another_writes)
    result = call("fix", ".", *record)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: b.txt: ")
    assert (folder / "a.txt").read_text() == (folder / "c.txt").read_text() == CLEAN
    said = "3 files read, 1 error: 2 changed, 2 edits (P001 fullwidth-comma ×2)\n"
    assert result.stderr.endswith(said)
    assert (folder / "b.txt").exists() != removed
    assert removed or (folder / "b.txt").read_text() == "OTHER\n"
    if record:
        assert call("undo", *record).exit_code == 0
        assert (folder / "a.txt").read_text() == (folder / "c.txt").read_text() == DAMAGED
