from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.corpus.paragraphs import PARAGRAPHS, documents
from tests.folders import contents, put, records, rows
from tests.seeds import SEEDS
from textclean.config import Config
from textclean.corpus.formats.base import sha256
from textclean.corpus.record import dump
from textclean.corpus.run import run
from textclean.corpus.undo import undo
from textclean.errors import DocumentError, RecordError

CONFIG = Config()
posix = pytest.mark.skipif(sys.platform == "win32", reason="permission bits and links of POSIX")


@pytest.fixture
def finished(tmp_path) -> Path:
    put(tmp_path / "in" / "sub", a="卫生,健康。\r\n", b=records("医疗,保障。", PARAGRAPHS[0]))
    put(tmp_path / "in", c="养老,服务。")
    run([tmp_path / "in"], tmp_path / "out", CONFIG)
    return tmp_path / "out"


def rewrite_undo(folder: Path, change) -> None:
    """Change the rows of an undo record, and its hash with them, as someone with intent would."""
    data = b"".join(dump(change(row)) for row in rows(folder / "undo.jsonl"))
    (folder / "undo.jsonl").write_bytes(data)
    record = json.loads((folder / "run.json").read_bytes())
    record["records"]["undo.jsonl"] = sha256(data)
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")


def test_the_seeds_come_back_byte_for_byte(tmp_path):
    run([SEEDS], tmp_path / "out", CONFIG)
    summary = undo(tmp_path / "out", tmp_path / "back")
    assert contents(tmp_path / "back") == contents(SEEDS)
    assert len(summary.restored) == 5
    assert summary.altered == summary.failures == ()


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(documents(), min_size=1, max_size=3),
    st.lists(st.tuples(documents(), st.booleans()), max_size=4),
    st.sampled_from(["auto", "paragraph", "document"]),
    st.booleans(),
)
def test_any_corpus_comes_back_byte_for_byte_and_is_not_changed_twice(
    tmp_path_factory, texts, lines, unit, drop
):
    base = tmp_path_factory.mktemp("any")
    folder = put(base / "in", **{f"t{number}": text for number, text in enumerate(texts)})
    data = "".join(records(text, ascii_only=flag) for text, flag in lines)
    (folder / "r.jsonl").write_bytes(data.encode())
    config = Config(unit=unit, drop_empty=drop)
    run([folder], base / "out", config)
    undo(base / "out", base / "back")
    assert contents(base / "back") == contents(folder)
    again = run([base / "out"], base / "again", config)
    assert again.total.edits == again.total.removals == 0


@posix
def test_permission_bits_come_back(tmp_path):
    put(tmp_path / "in", a="卫生,健康。")
    (tmp_path / "in" / "a.txt").chmod(0o640)
    run([tmp_path / "in"], tmp_path / "out", CONFIG)
    undo(tmp_path / "out", tmp_path / "back")
    assert (tmp_path / "back" / "a.txt").stat().st_mode & 0o777 == 0o640


def test_an_altered_output_is_named_and_the_others_come_back(finished, tmp_path):
    with (finished / "c.txt").open("ab") as file:
        file.write(b"\n")
    summary = undo(finished, tmp_path / "back")
    assert summary.altered == ("c.txt",)
    assert set(contents(tmp_path / "back")) == {"sub/a.txt", "sub/b.jsonl"}


def test_a_missing_output_is_named_and_the_others_come_back(finished, tmp_path):
    (finished / "c.txt").unlink()
    summary = undo(finished, tmp_path / "back")
    assert [name for name, _ in summary.failures] == ["c.txt"]
    assert len(summary.restored) == 2


def test_a_run_that_did_not_end_is_refused(finished, tmp_path):
    (finished / "run.json").unlink()
    with pytest.raises(RecordError, match=r"holds no run\.json"):
        undo(finished, tmp_path / "back")
    with pytest.raises(RecordError, match=r"holds no run\.json"):
        undo(tmp_path / "nowhere", tmp_path / "back")


@pytest.mark.parametrize("content", ["", "[]", "{}", "{", '{"textclean": 1}'])
def test_a_run_record_that_is_none_is_refused(finished, tmp_path, content):
    (finished / "run.json").write_text(content)
    with pytest.raises(RecordError):
        undo(finished, tmp_path / "back")


@pytest.mark.parametrize("kept", [-20, 0])
def test_a_torn_row_is_named_and_the_others_come_back(finished, tmp_path, kept):
    path = finished / "undo.jsonl"
    *lines, last = path.read_bytes().splitlines(keepends=True)
    name = json.loads(last)["document"]
    path.write_bytes(b"".join(lines) + last[:kept])
    summary = undo(finished, tmp_path / "back")
    assert len(summary.restored) == len(lines) == 2
    assert name not in summary.restored
    assert name in {name for name, _ in summary.failures}


def test_of_an_altered_record_no_row_counts_that_the_run_did_not_write(finished, tmp_path):
    path = finished / "undo.jsonl"
    first, *others = rows(path)
    first |= {"output": sha256(b"1"), "input": sha256(b"1")}
    (finished / first["document"]).write_bytes(b"1")
    path.write_bytes(b"".join(map(dump, [first, *others])))
    summary = undo(finished, tmp_path / "back")
    assert [name for name, _ in summary.failures] == [first["document"]]
    assert len(summary.restored) == 2


@pytest.mark.parametrize("records", [[], None, {}])
def test_a_damaged_run_record_is_refused(finished, tmp_path, records):
    record = json.loads((finished / "run.json").read_bytes())
    (finished / "run.json").write_text(json.dumps(record | {"records": records}))
    with pytest.raises(RecordError, match="is damaged"):
        undo(finished, tmp_path / "back")


def test_a_lost_undo_record_is_refused(finished, tmp_path):
    path = finished / "undo.jsonl"
    path.unlink()
    with pytest.raises(RecordError, match="cannot be read"):
        undo(finished, tmp_path / "back")
    assert not (tmp_path / "back").exists()


def test_an_unknown_version_is_refused(finished, tmp_path):
    record = json.loads((finished / "run.json").read_bytes())
    (finished / "run.json").write_text(json.dumps(record | {"record": 99}))
    with pytest.raises(RecordError, match="has version 99"):
        undo(finished, tmp_path / "back")


@pytest.mark.parametrize("name", ["../evil.txt", "/tmp/evil.txt", "sub/../../evil.txt", ""])
def test_a_name_in_the_record_never_leads_out_of_the_target(finished, tmp_path, name):
    rewrite_undo(finished, lambda row: row | {"document": name})
    summary = undo(finished, tmp_path / "deep" / "back")
    assert summary.restored == ()
    assert len(summary.failures) == 3
    assert not (tmp_path / "deep").exists()


@posix
def test_a_link_in_the_target_never_leads_out_of_it(finished, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "sub").symlink_to(tmp_path / "elsewhere")
    summary = undo(finished, tmp_path / "back", force=True)
    assert summary.restored == ("c.txt",)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_damaged_row_is_named_and_the_others_come_back(finished, tmp_path):
    rewrite_undo(
        finished, lambda row: row | ({"edits": {"stay": 1}} if row["document"] == "c.txt" else {})
    )
    summary = undo(finished, tmp_path / "back")
    assert [name for name, _ in summary.failures] == ["c.txt"]
    assert len(summary.restored) == 2


def test_a_target_that_is_not_empty_is_refused_without_force(finished, tmp_path):
    put(tmp_path / "back", c="旧的。", d="我的。")
    with pytest.raises(DocumentError, match="is not empty"):
        undo(finished, tmp_path / "back")
    undo(finished, tmp_path / "back", force=True)
    assert (tmp_path / "back" / "c.txt").read_bytes() == "养老,服务。".encode()
    assert (tmp_path / "back" / "d.txt").read_bytes() == "我的。".encode()


def test_the_run_itself_is_no_target(finished):
    for target in (finished, finished / "back", finished.parent):
        with pytest.raises(DocumentError):
            undo(finished, target, force=True)
