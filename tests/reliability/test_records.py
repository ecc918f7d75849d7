"""Records that two write, that are torn, that strangers made; runs over earlier ones."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.reliability.program import CLEAN, DAMAGED, Program


def put(program: Program, folder: Path, number: int = 1) -> dict[str, bytes]:
    """Some damaged files; what is in them."""
    folder.mkdir(exist_ok=True)
    program.give(folder)
    for each in range(number):
        path = folder / f"{each:02}.txt"
        path.write_text(f"第{each}组 ,完成２０个村改造,很好。\n{DAMAGED}")
        program.give(path)
    return held(folder)


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.txt"))}


# `fix --record`


def test_two_processes_keep_one_record(program: Program, place: Path) -> None:
    before = put(program, place / "in", 40)
    command = "fix", "in", "--record", "u"
    quiet: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    processes = [program.popen(place, *command, **quiet) for _ in range(2)]
    errors = [process.communicate()[1] for process in processes]
    codes = {process.returncode for process in processes}
    assert codes <= {0, 2}
    assert b"Traceback" not in b"".join(errors)
    done = program.run(place, "undo", "--record", "u")
    assert done.returncode == 0, done.stderr
    assert held(place / "in") == before


@pytest.mark.parametrize("where", ["end", "middle", "not UTF-8", "deep"])
def test_a_damaged_line_keeps_no_other_from_coming_back(
    program: Program, place: Path, where: str
) -> None:
    before = put(program, place / "in", 5)
    program.run(place, "fix", "in", "--record", "u")
    lines = (place / "u").read_bytes().splitlines(keepends=True)
    damaged = {
        "end": [*lines[:4], lines[4][:40]],
        "middle": [*lines[:2], lines[2][:50] + b"\n", *lines[3:]],
        "not UTF-8": [*lines[:2], b"\xff\xfe\n", *lines[3:]],
        "deep": [*lines[:2], b"[" * 100_000 + b"\n", *lines[3:]],
    }[where]
    (place / "u").write_bytes(b"".join(damaged))
    done = program.run(place, "undo", "--record", "u")
    assert done.returncode == 2
    assert b"damaged" in done.stderr
    assert b"Traceback" not in done.stderr
    back = held(place / "in")
    assert sum(back[name] == before[name] for name in before) == 4


@pytest.mark.parametrize(
    "name", ["../victim.txt", "/etc/victim.txt", "a/../../victim.txt", "", ".", "a//b", "in/", "\0"]
)
def test_a_record_never_leads_out_of_its_folder(program: Program, place: Path, name: str) -> None:
    put(program, place / "in")
    victim = place.parent / "victim.txt"
    victim.write_text(CLEAN)
    program.give(victim)
    program.run(place, "fix", "in", "--record", "u")
    row = json.loads((place / "u").read_bytes())
    row["document"] = name
    (place / "u").write_text(json.dumps(row) + "\n")
    done = program.run(place, "undo", "--record", "u")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert victim.read_text() == CLEAN


# `run`


@pytest.fixture
def finished(program: Program, place: Path) -> Path:
    """The folder of a run, in ``out``."""
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    put(program, place / "in", 3)
    assert program.run(place, "run", "in", "-o", "out").returncode == 0
    return place / "out"


def test_force_never_replaces_what_was_edited_by_hand(
    program: Program, place: Path, finished: Path
) -> None:
    before = held(finished)
    (finished / "01.txt").write_text("HAND\n")
    done = program.run(place, "run", "in", "-o", "out", "--force")
    assert done.returncode == 2
    assert b"out/01.txt: was altered since the earlier run, so it is not replaced" in done.stderr
    assert held(finished) == {**before, "01.txt": b"HAND\n"}


@pytest.mark.parametrize("name", ["mine.doc", ".git/config"])
def test_force_believes_no_record_that_names_what_it_did_not_write(
    program: Program, place: Path, finished: Path, name: str
) -> None:
    (finished / name).parent.mkdir(exist_ok=True)
    (finished / name).write_text("MINE\n")
    summary = json.loads((finished / "run.json").read_bytes())
    summary["documents"].append({"document": name, "input": "", "output": "0" * 64})
    (finished / "run.json").write_text(json.dumps(summary))
    done = program.run(place, "run", "in", "-o", "out", "--force")
    assert done.returncode == 2
    assert (finished / name).read_text() == "MINE\n"


@pytest.mark.parametrize(
    "damage",
    ["", "[", "\udcff", "[]", "{}", '{"textclean": "1", "record": 3}', "[" * 100_000,
     '{"textclean": "1", "record": 3, "documents": {}, "records": []}',
     '{"textclean": "1", "record": 3, "documents": [1], "records": {}}'],
    ids=range(9),
)  # fmt: skip
@pytest.mark.parametrize("command", ["undo", "run"])
def test_a_broken_summary_is_an_error_and_no_traceback(
    program: Program, place: Path, finished: Path, damage: str, command: str
) -> None:
    before = held(finished)
    (finished / "run.json").write_text(damage, "utf-8", "surrogateescape")
    arguments = ["in", "-o", "out", "--force"] if command == "run" else ["out", "-o", "back"]
    done = program.run(place, command, *arguments)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"error: " in done.stderr
    for word in (b"Expecting", b"char ", b"Errno", b"recursion", b"indices", b"codec"):
        assert word not in done.stderr  # Python's own words say nothing to a reader
    assert held(finished) == before


def test_a_run_that_was_interrupted_while_it_took_its_place_is_finished_by_the_next(
    program: Program, place: Path, finished: Path
) -> None:
    from textclean.corpus import output_folder
    from textclean.corpus.names import NEW, UNFINISHED

    whole = {path.name: path.read_bytes() for path in finished.iterdir()}
    # As it is after the note is written and before anything has moved.
    new = finished / NEW
    new.mkdir()
    for name, data in whole.items():
        (new / name).write_bytes(data)
        (finished / name).write_bytes(b"EARLIER")
    (finished / "gone.txt").write_bytes(b"EARLIER")
    program.give(new, *new.iterdir(), finished / "gone.txt")
    come = [*(name for name in whole if name != "run.json"), "run.json"]
    go = {"gone.txt": output_folder.sha256(b"EARLIER").hexdigest()}
    note = {"textclean": "unfinished", "come": come, "go": go}
    (finished / UNFINISHED).write_text(json.dumps(note))
    # Two have moved already.
    for name in come[:2]:
        (new / name).replace(finished / name)
    program.give(*finished.iterdir())
    done = program.run(place, "undo", "out", "-o", "back")
    assert done.returncode == 0, done.stderr
    assert {path.name: path.read_bytes() for path in finished.iterdir()} == whole
    assert held(place / "back") == held(place / "in")


@pytest.mark.parametrize(
    "kind", ["truncated gz", "truncated zst", "parquet without footer", "deep"]
)
def test_files_that_break_off_are_refused_and_the_others_repaired(
    program: Program, place: Path, kind: str
) -> None:
    import gzip

    put(program, place / "in")
    broken = place / "in" / "z"
    if kind == "truncated gz":
        broken = broken.with_suffix(".txt.gz")
        broken.write_bytes(gzip.compress(DAMAGED.encode() * 50)[:-20])
    elif kind == "truncated zst":
        zstandard = pytest.importorskip("zstandard", reason="needs the extra [zstd]")
        broken = broken.with_suffix(".txt.zst")
        broken.write_bytes(zstandard.compress(DAMAGED.encode() * 50)[:-8])
    elif kind == "deep":
        broken = broken.with_suffix(".jsonl")
        broken.write_bytes(b'{"text": ' + b"[" * 100_000 + b"\n")
    else:
        parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra [parquet]")
        import pyarrow

        broken = broken.with_suffix(".parquet")
        parquet.write_table(pyarrow.table({"text": [DAMAGED]}), broken)
        broken.write_bytes(broken.read_bytes()[:-9])
    data = broken.read_bytes()
    program.give(broken)
    done = program.run(place, "fix", "in")
    assert done.returncode == 2
    assert b"error: in/z." in done.stderr
    assert b"Traceback" not in done.stderr
    assert broken.read_bytes() == data
    assert b"in/00.txt: " in done.stdout
