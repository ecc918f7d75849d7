from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textclean.config import Config
from textclean.corpus.documents import input_file, iter_inputs, read_file
from textclean.corpus.formats import format_of
from textclean.errors import DocumentError, NoTextError

CONFIG = Config()
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
posix = pytest.mark.skipif(sys.platform == "win32", reason="links and names of POSIX")


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name} 卫生健康\n", encoding="utf-8")


def names(folder: Path, **options: object) -> list[str]:
    return [source.name for source in iter_inputs([folder], Config(**options))]


def read(tmp_path: Path, data: bytes, name: str = "a.txt"):
    path = tmp_path / name
    path.write_bytes(data)
    return read_file(input_file(path), CONFIG)


# Finding


def test_a_folder_is_walked_for_texts_in_order_of_their_names(tmp_path):
    put(tmp_path, "b/2.TXT", "b/1.md", "a.markdown", "c.jsonl", "c.ndjson", "z.rst", "Makefile")
    assert names(tmp_path) == ["a.markdown", "b/1.md", "b/2.TXT", "c.jsonl", "c.ndjson"]
    formats = [format_of(source.path, b"").format for source in iter_inputs([tmp_path], CONFIG)]
    assert formats == ["text", "text", "text", "jsonl", "jsonl"]


def test_a_file_that_is_named_is_taken_also_where_a_walk_passes_over_it(tmp_path):
    put(tmp_path, ".hidden.txt", "LIESMICH", "第3.5节", "通知2021.12")
    files = [tmp_path / name for name in (".hidden.txt", "LIESMICH", "第3.5节", "通知2021.12")]
    found = iter_inputs(files, CONFIG)
    assert [file.name for file in found] == [file.name for file in files]
    assert [read_file(file, CONFIG).format for file in found] == ["text"] * 4


@pytest.mark.parametrize(
    "name",
    [
        "a.yaml", "a.yml", "a.py", "a.js", "a.rst", "a.tex", "a.toml", "a.ini", "a.srt", "a.PY",
        "a.log", "a.txt~", "a.txt.bak", "a.md5", "附件.LOG", "a.tar", "a.json5",
        ".gitignore", ".env", "Makefile", "Dockerfile", "Pipfile",
    ],
)  # fmt: skip
def test_a_file_of_another_type_is_refused_unless_it_is_to_be_read(tmp_path, name):
    put(tmp_path, name)
    with pytest.raises(DocumentError, match=rf"/{name}: .*--as text\|markdown\|jsonl"):
        read_file(input_file(tmp_path / name), CONFIG)
    for read_as in ("text", "markdown"):
        (source,) = iter_inputs([tmp_path / name], CONFIG, read_as)
        assert read_file(source, CONFIG).format == "text"


@pytest.mark.parametrize(("name", "tool"), [("a.pdf", "pdftotext"), ("a.DOCX", "pandoc")])
def test_of_documents_of_other_programs_is_said_what_makes_text_of_them(tmp_path, name, tool):
    put(tmp_path, name)
    with pytest.raises(DocumentError, match=rf"/{name}: .* convert it first, by {tool}"):
        read_file(input_file(tmp_path / name), CONFIG)


def test_a_script_without_an_ending_is_refused(tmp_path):
    with pytest.raises(DocumentError, match="a program or its settings is not edited as prose"):
        read(tmp_path, "#!/bin/sh\necho 卫生,健康\n".encode(), "deploy")


def test_records_can_be_read_from_a_file_of_any_name(tmp_path):
    (tmp_path / "a.json").write_text('{"text": "卫生,健康"}\n', encoding="utf-8")
    (source,) = iter_inputs([tmp_path / "a.json"], CONFIG, "jsonl")
    (passage,) = read_file(source, CONFIG).passages
    assert passage.text == "卫生,健康"


def test_exclude_holds_for_files_that_are_named(tmp_path, monkeypatch):
    put(tmp_path, "a.txt", "vendor/a.txt", "docs/old/b.md", "docs/old/keep.md")
    monkeypatch.chdir(tmp_path)
    exclude = ("vendor/", "docs/old/*", "!keep.md")

    def found(*paths: Path | str, **options: object) -> list[str]:
        config = Config(exclude=exclude, **options)
        return [file.path.as_posix() for file in iter_inputs(list(map(Path, paths)), config)]

    everything = ["a.txt", "vendor/a.txt", "./docs/old/b.md", "docs/old/keep.md"]
    assert found(*everything) == ["a.txt", "docs/old/keep.md"]
    assert found(tmp_path / "vendor" / "a.txt", tmp_path / "a.txt") == [str(tmp_path / "a.txt")]
    assert found("docs") == ["docs/old/keep.md"]
    assert found("vendor") == []
    assert len(found(*everything, force_exclude=False)) == 4
    assert found("vendor", force_exclude=False) == ["vendor/a.txt"]
    monkeypatch.chdir(tmp_path / "docs")
    assert found("../vendor/a.txt", "../a.txt") == ["../a.txt"]


def test_hidden_files_and_folders_are_passed_over(tmp_path):
    put(tmp_path, ".git/a.txt", "b/.cache/c.txt", ".d.txt", "e.txt")
    assert names(tmp_path) == ["e.txt"]


def test_exclude_reads_patterns_as_git_does(tmp_path):
    put(tmp_path, "a.txt", "old/a.txt", "old/keep.txt", "sub/old/b.txt", "sub/a.md")
    assert names(tmp_path, exclude=("old/",)) == ["a.txt", "sub/a.md"]
    assert names(tmp_path, exclude=("/a.txt", "*.md", "sub/**")) == ["old/a.txt", "old/keep.txt"]
    kept = names(tmp_path, exclude=("old/*", "!old/keep.txt"))
    assert kept == ["a.txt", "old/keep.txt", "sub/a.md", "sub/old/b.txt"]


def test_a_file_reached_twice_is_read_once(tmp_path):
    put(tmp_path, "x/a.txt", "x/b.txt")
    found = iter_inputs([tmp_path / "x", tmp_path / "x" / "a.txt", tmp_path], CONFIG)
    assert [source.name for source in found] == ["a.txt", "b.txt"]


@posix
def test_links_are_followed_but_never_in_a_circle(tmp_path):
    put(tmp_path, "in/a.txt", "in/.elsewhere/b.txt")
    elsewhere = tmp_path / "in" / ".elsewhere"
    (tmp_path / "in" / "circle").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "again.txt").symlink_to(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "more").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(tmp_path / "in")
    assert names(tmp_path / "in") == ["a.txt", "more/b.txt"]


@posix
def test_a_link_to_nowhere_is_passed_over(tmp_path):
    put(tmp_path, "a.txt")
    (tmp_path / "lost.txt").symlink_to(tmp_path / "gone.txt")
    assert names(tmp_path) == ["a.txt"]


@posix
def test_a_pipe_with_a_texts_name_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert names(tmp_path) == []


def test_the_records_of_a_run_are_no_documents_but_like_names_elsewhere_are(tmp_path):
    put(tmp_path, "out/a.txt", "out/undo.jsonl", "out/removals.jsonl", "mine/removals.jsonl")
    (tmp_path / "out" / "run.json").write_text('{"textclean": "0.1.0"}')
    assert names(tmp_path) == ["mine/removals.jsonl", "out/a.txt"]
    (tmp_path / "out" / "run.json").write_text('{"mine": 1}')
    assert "out/removals.jsonl" in names(tmp_path)


def test_a_path_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(DocumentError, match=r"nowhere: there is no such file or folder"):
        iter_inputs([tmp_path / "nowhere"], CONFIG)


# Reading


@settings(max_examples=200)
@given(st.binary() | TEXTS.map(str.encode))
def test_bytes_come_back_or_are_refused(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(data)
    with suppress(DocumentError):
        file = read_file(input_file(path), CONFIG)
        (passage,) = file.passages
        assert file.data == data == file.written([passage.text])
        passage.text.encode()  # no lone surrogates


@pytest.mark.parametrize(
    "data", ["卫生\r\n健康\r\n", "卫生\n健康", "\ufeff卫生\r健康\n", "", "\n", "卫\x0b生"]
)
def test_line_breaks_marks_and_missing_ends_stay_as_they_are(tmp_path, data):
    file = read(tmp_path, data.encode())
    assert [passage.text for passage in file.passages] == [data]


def test_broken_utf8_is_refused_at_its_byte_and_no_encoding_is_made_up(tmp_path):
    with pytest.raises(DocumentError, match=r"a\.txt: not valid UTF-8 at byte 6; name") as error:
        read(tmp_path, "卫生".encode() + b"\xff\xfe\xff" + "健康".encode())
    assert "may be" not in str(error.value)


def test_a_cut_off_character_is_refused_at_its_byte(tmp_path):
    with pytest.raises(DocumentError, match="not valid UTF-8 at byte 3"):
        read(tmp_path, "卫生".encode()[:-1])


def test_a_binary_file_is_refused_at_its_first_zero_byte(tmp_path):
    with pytest.raises(DocumentError, match="byte 4 is zero; skip it with --exclude"):
        read(tmp_path, b"\x89PNG\0\0")


# JSON Lines


def test_only_the_literals_of_changed_texts_change(tmp_path):
    content = (
        '\ufeff{ "id":1.50e+1, "text" : "\\u536b,生" ,"tags":["a" , "b"]}\r\n'
        "\n"
        '{"text":"卫\\/生","text":"健康\\u000a"}  \n'
        '{"text":"","note":"\\ud800"}'
    )
    file = read(tmp_path, content.encode("utf-8"), "a.jsonl")
    assert [(p.line, p.text) for p in file.passages] == [(1, "卫,生"), (3, "健康\n"), (4, "")]
    assert file.written([p.text for p in file.passages]) == file.data
    changed = file.written(["卫，生", "健康\n", "新"]).decode()
    assert changed == content.replace('"\\u536b,生"', '"卫，生"').replace(
        '"text":""', '"text":"新"'
    )


def test_a_dropped_record_takes_its_line_and_no_other(tmp_path):
    data = b'{"text":"1"}\n\n{"text":"2"}\n{"text":"3"}'
    file = read(tmp_path, data, "a.jsonl")
    assert file.written([None, "2", "3"]) == b'\n{"text":"2"}\n{"text":"3"}'
    assert file.written(["1", "2", None]) == b'{"text":"1"}\n\n{"text":"2"}\n'
    assert file.written([None, None, None]) == b"\n"


def test_a_line_that_is_no_record_is_named_with_its_number(tmp_path):
    data = b'{"text":"1"}\n\n{"txt":"2"}\n{"text":3}\n'
    file = read(tmp_path, data, "a.jsonl")
    assert [(bad.line, bad.reason.split(";")[0]) for bad in file.bad] == [
        (3, "the record has no field 'text'"),
        (4, "the field 'text': expected a string, got number"),
    ]
    assert file.written(["1"]) == data
    source = input_file(tmp_path / "a.jsonl")
    dropping = read_file(source, Config(on_bad_record="drop"))
    assert dropping.written(["1"]) == b'{"text":"1"}\n\n'
    with pytest.raises(DocumentError, match=r"a\.jsonl:3: .* \(and 1 more of 3 records\)"):
        read_file(source, Config(on_bad_record="fail"))


def test_a_file_of_records_without_the_field_is_refused_with_what_may_be_meant(tmp_path):
    with pytest.raises(NoTextError, match=r"a\.jsonl:1: .*no field 'text'; did you mean 'txt'"):
        read(tmp_path, b'{"txt":"2"}\n', "a.jsonl")


def test_another_field_can_hold_the_text(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text":1,"content":"卫生"}\n', encoding="utf-8")
    file = read_file(input_file(path), Config(text_field="content"))
    assert [passage.text for passage in file.passages] == ["卫生"]


def test_an_empty_file_of_records_has_no_texts(tmp_path):
    file = read(tmp_path, b"", "a.jsonl")
    assert file.passages == ()
    assert file.written([]) == b""


@given(st.lists(st.tuples(TEXTS, TEXTS, st.booleans()), max_size=5))
def test_any_records_can_be_rewritten(tmp_path_factory, records):
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    lines = [json.dumps({"a": 1, "text": old}, ensure_ascii=flag) for old, _, flag in records]
    path.write_bytes("\r\n".join(lines).encode())
    file = read_file(input_file(path), CONFIG)
    assert [passage.text for passage in file.passages] == [old for old, _, _ in records]
    after = file.written([new for _, new, _ in records]).decode()
    assert [json.loads(line)["text"] for line in after.split("\r\n") if line] == [
        new for _, new, _ in records
    ]
