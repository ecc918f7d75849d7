from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.seeds import SEEDS
from textclean.config import Config
from textclean.corpus.checking import check_files
from textclean.corpus.documents import input_file, iter_inputs
from textclean.corpus.files import CheckedFile, FixedFile
from textclean.corpus.formats.positions import Lines
from textclean.corpus.record import unpack
from textclean.errors import DocumentError

CONFIG = Config()


def put(tmp_path, name: str, content: str):
    path = tmp_path / name
    path.write_bytes(content.encode())
    return path


def fix_file(path: Path, config: Config) -> CheckedFile:
    """A file with what cleaning makes of it."""
    (part,) = check_files([input_file(path)], config)
    if part.error is not None:
        raise part.error
    assert part.checked is not None
    return part.checked


def fix(path: Path) -> dict[str, Any] | None:
    """Fix a file in place; the row that undoes it, if it changed."""
    fixed: FixedFile | None = None
    for part in check_files([input_file(path)], CONFIG):
        assert part.parts is not None
        assert part.checked is not None
        fixed = fixed or FixedFile(part.parts, record=True)
        fixed.add(part.checked)
    assert fixed is not None
    if not fixed.changed:
        return None
    row: dict[str, Any] = json.loads(b"".join(fixed.undo_row(path.name)))
    fixed.commit()
    return row


def test_nothing_is_written_before_it_is_asked_for(tmp_path):
    path = put(tmp_path, "a.txt", "卫生,健康。\r\n")
    checked = fix_file(path, CONFIG)
    assert path.read_bytes() == checked.file.data == "卫生,健康。\r\n".encode()
    assert checked.changed
    fix(path)
    assert path.read_bytes() == checked.fixed == "卫生，健康。\r\n".encode()


def test_a_clean_file_is_left_alone(tmp_path):
    path = put(tmp_path, "a.txt", "卫生，健康。")
    before = path.stat()
    assert fix(path) is None
    after = path.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_a_refused_file_is_left_alone(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("卫生,健康".encode("gb18030"))
    with pytest.raises(DocumentError, match="not valid UTF-8"):
        fix_file(path, CONFIG)
    assert path.read_bytes() == "卫生,健康".encode("gb18030")


def test_fixing_the_seeds_twice_changes_nothing_and_the_record_leads_back(tmp_path):
    for source in iter_inputs([SEEDS], CONFIG):
        path = tmp_path / source.name
        path.write_bytes(source.path.read_bytes())
        row = fix(path)
        assert not fix_file(path, CONFIG).changed
        assert row is None or unpack(row, path.read_bytes()) == source.path.read_bytes()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_findings_have_line_and_column(tmp_path, newline):
    path = put(tmp_path, "a.txt", f"第一行。{newline}{newline}第三行,有误。{newline}")
    checked = fix_file(path, CONFIG)
    ((passage, cleaned),) = checked.texts
    (edit,) = cleaned.edits
    assert checked.file.position(passage, edit.start) == (3, 4)


def test_a_finding_in_a_record_has_the_records_line_and_the_texts_column(tmp_path):
    path = put(tmp_path, "a.jsonl", '{"text":"好。"}\n\n{"text":"第一行。\\n第二行,有误。"}\n')
    checked = fix_file(path, CONFIG)
    (first, _), (second, cleaned) = checked.texts
    assert (first.line, second.line) == (1, 3)
    (edit,) = cleaned.edits
    assert checked.file.position(second, edit.start) == (3, edit.start + 1)


def test_only_the_text_of_a_record_changes(tmp_path):
    path = put(tmp_path, "a.jsonl", '{ "a":"卫生,健康", "text":"卫生,健康" , "n":1e3}')
    checked = fix_file(path, CONFIG)
    assert checked.fixed.decode() == '{ "a":"卫生,健康", "text":"卫生，健康" , "n":1e3}'
    row = fix(path)
    assert row is not None
    assert unpack(row, checked.fixed) == checked.file.data


def test_the_end_of_a_text_has_a_place_too():
    assert Lines("").position(0) == (1, 1)
    assert Lines("卫生\n").position(3) == (2, 1)
    assert Lines("卫生\n").position(2) == (1, 3)
