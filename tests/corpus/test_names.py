from __future__ import annotations

import sys
from pathlib import Path

import pytest

from textclean.corpus.names import place, refuse_clashes, refuse_overlap
from textclean.errors import DocumentError, RecordError

posix = pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")


@pytest.mark.parametrize(
    "name", ["..", "../a", "a/../../b", "/etc/passwd", "", "a//b", "./a", "a/", "a\0b", "a/."]
)
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path, name):
    with pytest.raises(RecordError, match="leads out of"):
        place(tmp_path, name)


@pytest.mark.parametrize("name", ["a.txt", "卫 生/..健康.txt", "a/b/c", "...", "-rf"])
def test_any_other_name_is_taken(tmp_path, name):
    assert place(tmp_path, name) == tmp_path.joinpath(*name.split("/"))


@posix
def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "away").symlink_to(tmp_path)
    (inside / "file").symlink_to(tmp_path / "other.txt")
    for name in ("away/a.txt", "file"):
        with pytest.raises(RecordError, match="through a link"):
            place(inside, name)


def clash(*names: str) -> None:
    refuse_clashes((name, Path(f"in{i}") / name) for i, name in enumerate(names))


@pytest.mark.parametrize("name", ["run.json", "Undo.JSONL", "removals.jsonl", "twins.jsonl"])
def test_no_document_takes_a_records_place(name):
    with pytest.raises(DocumentError, match="a run writes its own"):
        clash("a.txt", name)
    clash("a.txt", f"below/{name}")


def test_two_documents_of_one_name_are_refused_with_both_paths():
    with pytest.raises(
        DocumentError, match=r"in0.a\.txt and in1.a\.txt would both become 'a\.txt'"
    ):
        clash("a.txt", "a.txt")


def test_a_document_in_the_place_of_anothers_folder_is_refused():
    with pytest.raises(DocumentError, match="would be a file and a folder"):
        clash("a/b.txt", "a")
    clash("a/b.txt", "b", "ab/c.txt")


def test_input_and_output_never_overlap(tmp_path):
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_bytes(b"")
    cases = [
        ("in", "in", "is the input"),
        ("in", "in/out", "is inside the input"),
        ("in/sub", "in", "is inside the output"),
        ("in/a.txt", "in", "is inside the output"),
        ("in", "in/sub/../../in", "is the input"),
    ]
    for given, output, message in cases:
        with pytest.raises(DocumentError, match=message):
            refuse_overlap([tmp_path / given], tmp_path / output)
    refuse_overlap([tmp_path / "in"], tmp_path / "in-cleaned")


@posix
def test_an_output_that_is_the_input_by_another_name_is_refused(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "in")
    with pytest.raises(DocumentError, match="is the input"):
        refuse_overlap([tmp_path / "in"], tmp_path / "link")
