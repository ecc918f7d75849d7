"""A file in parts comes to the same as the whole file, for any size of parts, and any workers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.corpus.paragraphs import PARAGRAPHS
from tests.folders import contents
from textclean.config import Config
from textclean.corpus import parts
from textclean.corpus.checking import check_files
from textclean.corpus.documents import input_file
from textclean.corpus.files import FixedFile
from textclean.corpus.in_place import open_record, undo_in_place
from textclean.corpus.record import unpack
from textclean.errors import DocumentError
from textclean.report.diff import diff_lines, diff_of_parts

DAMAGED = [text.replace("，", ",") for text in PARAGRAPHS]
thorough = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
lines = st.lists(
    st.one_of(
        st.sampled_from([*DAMAGED, *PARAGRAPHS, "卫生,健康。", ""]).map(
            lambda text: json.dumps({"id": 1, "text": text}, ensure_ascii=False)
        ),
        st.sampled_from(["", "  ", r'{"text": "\u536b\u751f,健康。"}']),
    ),
    max_size=12,
)
endings = st.sampled_from(["", "\n", "\r\n"])
sizes = st.sampled_from([1, 7, 100, 1000])


def jsonl(folder: Path, content: str) -> Path:
    path = folder / "a.jsonl"
    path.write_bytes(content.encode())
    return path


def fixed(path: Path, workers: int = 1) -> tuple[bytes, dict[str, Any] | None]:
    """What a file would become, and the row that undoes it."""
    made: FixedFile | None = None
    for part in check_files([input_file(path)], Config(), workers=workers):
        assert part.parts is not None
        assert part.checked is not None
        made = made or FixedFile(part.parts, record=True)
        made.add(part.checked)
    assert made is not None
    if not made.changed:
        made.abandon()
        return path.read_bytes(), None
    row = json.loads(b"".join(made.undo_row(path.name)))
    made.commit()
    return path.read_bytes(), row


@thorough
@given(lines, endings, sizes, st.sampled_from(["", "\ufeff"]))
def test_a_file_is_fixed_alike_in_parts_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given_lines: list[str], end: str, size: int,
    mark: str,
) -> None:  # fmt: skip
    content = mark + "".join(f"{line}{end or chr(10)}" for line in given_lines)
    content = content if end else content.rstrip("\n")
    path = jsonl(tmp_path, content)
    monkeypatch.setattr(parts, "PART_BYTES", 1 << 30)
    whole, row = fixed(path)
    jsonl(tmp_path, content)
    monkeypatch.setattr(parts, "PART_BYTES", size)
    in_parts, row_of_parts = fixed(path)
    assert in_parts == whole
    assert row_of_parts == row
    assert row is None or unpack(row, in_parts) == content.encode()


def test_processes_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in DAMAGED)
    monkeypatch.setattr(parts, "PART_BYTES", 300)
    one = fixed(jsonl(tmp_path, content))
    assert fixed(jsonl(tmp_path, content), workers=2) == one
    assert one[1] is not None


def test_places_count_from_the_beginning_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PART_BYTES", 40)
    path = jsonl(tmp_path, '{"text":"好。"}\n\n' * 10 + '{"text":"卫生,健康。"}\n')
    found = [
        part.checked.file.position(passage, edit.start)
        for part in check_files([input_file(path)], Config())
        if part.checked is not None
        for passage, cleaned in part.checked.texts
        for edit in cleaned.edits
    ]
    assert found == [(21, 3)]


def test_a_bad_record_far_down_refuses_the_file_before_any_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PART_BYTES", 40)
    content = '{"text":"卫生,健康。"}\n' * 10 + "{}\n"
    path = jsonl(tmp_path, content)
    (part,) = check_files([input_file(path)], Config(on_bad_record="fail"))
    assert str(part.error).startswith(f"{path}:11: the record has no field 'text'")
    assert part.checked is None
    *_, last = check_files([input_file(path)], Config())
    assert last.checked is not None
    assert [bad.line for bad in last.checked.file.bad] == [11]
    assert contents(tmp_path) == {"a.jsonl": content.encode()}


def test_a_file_that_was_changed_meanwhile_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PART_BYTES", 40)
    path = jsonl(tmp_path, '{"text":"卫生,健康。"}\n' * 10)
    made: FixedFile | None = None
    for part in check_files([input_file(path)], Config()):
        assert part.parts is not None
        assert part.checked is not None
        made = made or FixedFile(part.parts, record=False)
        made.add(part.checked)
    assert made is not None
    path.write_bytes(b"OTHER\n")
    with pytest.raises(DocumentError, match="was changed while it was being worked on"):
        made.commit()
    assert contents(tmp_path) == {"a.jsonl": b"OTHER\n"}


def test_what_is_no_utf8_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART_BYTES", 10)
    path = tmp_path / "a.jsonl"
    for data in ('{"text":"卫生"}\n'.encode("gb18030"), b'{"text":"a"}\n\x00\n'):
        path.write_bytes(data)
        (part,) = check_files([input_file(path)], Config())
        assert part.error is not None
    path.write_bytes('{"text":"卫生"}\n'.encode())
    assert parts.FileParts(input_file(path), Config()).in_parts


def test_a_record_of_a_file_in_parts_leads_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(parts, "PART_BYTES", 40)
    content = '{"text":"卫生,健康。"}\n{"text":"好。"}\n' * 10
    path = jsonl(tmp_path, content)
    made: FixedFile | None = None
    for part in check_files([input_file(path)], Config()):
        assert part.parts is not None
        assert part.checked is not None
        made = made or FixedFile(part.parts, record=True)
        made.add(part.checked)
    assert made is not None
    with open_record(tmp_path / "undo") as record:
        record.add(made)
        made.commit()
    assert path.read_bytes() != content.encode()
    assert undo_in_place(tmp_path / "undo").restored == ["a.jsonl"]
    assert path.read_bytes() == content.encode()


changed_lines = st.lists(st.tuples(st.sampled_from("甲乙丙"), st.booleans()), max_size=40)


@given(changed_lines, st.integers(1, 9))
def test_a_diff_is_the_same_in_parts(given_lines: list[tuple[str, bool]], size: int) -> None:
    def parted(some: list[tuple[str, bool]]) -> tuple[str, list[tuple[int, int, str]]]:
        splices = [(2 * at, 2 * at + 1, "丁") for at, (_, changes) in enumerate(some) if changes]
        return "".join(f"{line}\n" for line, _ in some), splices

    whole = list(diff_lines("a", *parted(given_lines)))
    pieces = [given_lines[at : at + size] for at in range(0, len(given_lines), size)]
    assert list(diff_of_parts("a", map(parted, pieces))) == whole


@pytest.mark.skipif(os.name == "nt", reason="there are no signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("command", [["fix"], ["run", "-o", "out"]])
def test_a_signal_leaves_all_as_it_was(
    tmp_path: Path, number: signal.Signals, command: list[str]
) -> None:
    content = '{"text":"卫生,健康。市政府召开会议,研究部署工作。"}\n' * 400_000
    path = jsonl(tmp_path, content)
    process = subprocess.Popen(
        [sys.executable, "-m", "textclean", *command, "a.jsonl", "--workers", "1"], cwd=tmp_path
    )
    # Until there is something to leave behind, or at least the command is at work.
    end = time.monotonic() + 20
    while time.monotonic() < end and len(list(tmp_path.iterdir())) < 2 and command == ["fix"]:
        time.sleep(0.05)
    if command != ["fix"]:
        time.sleep(1.5)
    process.send_signal(number)
    assert process.wait(60) in (130, 143, -number)
    assert contents(tmp_path) == {"a.jsonl": path.read_bytes()}
    assert path.read_bytes() == content.encode()
