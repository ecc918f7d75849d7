"""Every command on files of every format, there and back."""

from __future__ import annotations

import csv
import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call, Spawn
from tests.folders import contents
from textclean.corpus import parts
from textclean.dedup.annotation import COLUMNS

DAMAGED = "抽调省市2800名医务人员,组成13个团队,承接接管医疗救治工作。"
CLEAN = "抽调省市2800名医务人员，组成13个团队，承接接管医疗救治工作。"
OTHER = "近年来，各地持续推进基层医疗卫生服务能力建设，群众看病更加方便，满意度逐年提高。"
RECORDS = [
    {"id": "1", "text": DAMAGED},
    {"id": "2", "text": OTHER},
    {"id": "3", "text": DAMAGED},
]


def put_jsonl(path: Path) -> None:
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS)
    path.write_bytes(_packed(path, "".join(lines).encode()))


def put_json(path: Path) -> None:
    data = json.dumps(RECORDS, ensure_ascii=False, indent=1).encode()
    path.write_bytes(_packed(path, data))


def put_csv(path: Path) -> None:
    rows = "".join(f'{record["id"]},"{record["text"]}"\r\n' for record in RECORDS)
    path.write_bytes(_packed(path, f"id,text\r\n{rows}".encode()))


def put_tsv(path: Path) -> None:
    rows = "".join(f"{record['id']}\t{record['text']}\n" for record in RECORDS)
    path.write_bytes(_packed(path, f"id\ttext\n{rows}".encode()))


def put_parquet(path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pa.Table.from_pylist(RECORDS), path, row_group_size=2)


def put_arrow(path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    with pa.ipc.new_file(path, pa.Table.from_pylist(RECORDS).schema) as writer:
        writer.write_table(pa.Table.from_pylist(RECORDS))


def _packed(path: Path, data: bytes) -> bytes:
    return {".gz": gzip.compress, ".xz": lzma.compress}.get(path.suffix, bytes)(data)


def _raw(path: Path) -> bytes:
    data = path.read_bytes()
    return {".gz": gzip.decompress, ".xz": lzma.decompress}.get(path.suffix, bytes)(data)


def records(path: Path) -> list[dict[str, Any]]:
    """The records of a file, by other means than ours."""
    name = path.name.removesuffix(".gz").removesuffix(".xz")
    if name.endswith(".parquet"):
        table = pytest.importorskip("pyarrow.parquet").read_table(path)
        return list(table.to_pylist())
    if name.endswith(".arrow"):
        pa = pytest.importorskip("pyarrow")
        return list(pa.ipc.open_file(path.read_bytes()).read_all().to_pylist())
    content = _raw(path).decode()
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in content.splitlines()]
    if name.endswith(".json"):
        return list(json.loads(content))
    separator = "\t" if name.endswith(".tsv") else ","
    return list(csv.DictReader(content.splitlines(), delimiter=separator))


WRITERS: dict[str, Callable[[Path], None]] = {
    "a.jsonl": put_jsonl,
    "a.json": put_json,
    "a.csv": put_csv,
    "a.tsv": put_tsv,
    "a.parquet": put_parquet,
    "a.arrow": put_arrow,
    "a.jsonl.gz": put_jsonl,
    "a.json.xz": put_json,
    "a.csv.gz": put_csv,
}
each_format = pytest.mark.parametrize("name", WRITERS)


def is_same(one: Path, other: Path) -> bool:
    """Whether nothing is lost: equal bytes, raw bytes or tables."""
    if one.suffix in (".parquet", ".arrow"):
        return records(one) == records(other)
    return _raw(one) == _raw(other)


@each_format
def test_fix_and_check_and_undo(folder: Path, call: Call, name: str) -> None:
    WRITERS[name](folder / name)
    (folder / "before").mkdir()
    (folder / "before" / name).write_bytes((folder / name).read_bytes())
    assert call("check", name).exit_code == 1
    result = call("fix", "--diff", name)
    assert (result.exit_code, is_same(folder / name, folder / "before" / name)) == (1, True)
    assert call("fix", name, "--record", ".undo.jsonl").exit_code == 0
    fixed = [{**record, "text": record["text"].replace(",", "，")} for record in RECORDS]
    assert records(folder / name) == fixed
    assert call("check", name, "--no-notes").exit_code == 0
    once = (folder / name).read_bytes()
    assert call("fix", name).exit_code == 0
    assert (folder / name).read_bytes() == once
    assert call("undo", "--record", ".undo.jsonl").exit_code == 0
    assert is_same(folder / name, folder / "before" / name)


@each_format
@pytest.mark.parametrize("drops", [False, True])
def test_run_and_undo(folder: Path, call: Call, name: str, drops: bool) -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    (folder / "in").mkdir()
    WRITERS[name](folder / "in" / name)
    more = ("--drop-empty",) if drops else ()
    assert call("run", "in", "-o", "out", *more).exit_code == 0
    left = [{"id": "1", "text": CLEAN}, {"id": "2", "text": OTHER}, {"id": "3", "text": ""}]
    assert records(folder / "out" / name) == left[: 2 if drops else 3]
    assert call("undo", "out", "-o", "back").exit_code == 0
    assert is_same(folder / "back" / name, folder / "in" / name)
    assert call("run", "out", "-o", "again", *more).exit_code == 0
    assert is_same(folder / "again" / name, folder / "out" / name)


@each_format
def test_dedup_marks_copies(folder: Path, call: Call, name: str) -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    (folder / "in").mkdir()
    WRITERS[name](folder / "in" / name)
    assert call("dedup", "in", "-o", "out", "--annotate").exit_code == 0
    marked = records(folder / "out" / name)
    assert [{key: row[key] for key in ("id", "text")} for row in marked] == RECORDS
    if ".json" in name:
        assert [row[COLUMNS[2]] for row in marked] == [None, None, "exact"]
    else:
        lines = (folder / "out" / "annotations.jsonl").read_text().splitlines()
        assert [json.loads(line)[COLUMNS[2]] for line in lines] == [None, "exact"]
    assert call("undo", "out", "-o", "back").exit_code == 0
    assert is_same(folder / "back" / name, folder / "in" / name)


@each_format
def test_restore_reads_all_texts(folder: Path, call: Call, name: str) -> None:
    WRITERS[name](folder / name)
    data = folder / name
    if name.endswith((".parquet", ".arrow")):
        pa = pytest.importorskip("pyarrow")
        rows = [{**record, "text": record["text"].replace("2800", "xxxx")} for record in RECORDS]
        if name.endswith(".parquet"):
            pytest.importorskip("pyarrow.parquet").write_table(pa.Table.from_pylist(rows), data)
        else:
            with pa.ipc.new_file(data, pa.Table.from_pylist(rows).schema) as writer:
                writer.write_table(pa.Table.from_pylist(rows))
    else:
        data.write_bytes(_packed(data, _raw(data).replace(b"2800", b"xxxx")))
    result = call("restore", name, "--slots")
    assert len(result.stdout.splitlines()) == 3
    (folder / "values.json").write_text('["2800", "2900"]')
    assert call("restore", name, "--values", "values.json", "--in-place").exit_code == 0
    texts = [record["text"] for record in records(data)]
    assert texts == [DAMAGED, OTHER, DAMAGED.replace("2800", "2900")]


def test_consensus_reads_compressed_texts(folder: Path, call: Call) -> None:
    for name in ("a.txt.gz", "b.txt.xz"):
        (folder / name).write_bytes(_packed(folder / name, f"{OTHER}\n".encode()))
    assert call("consensus", "a.txt.gz", "b.txt.xz", "-o", "c.txt").exit_code == 0
    assert (folder / "c.txt").read_text() == f"{OTHER}\n"
    assert call("consensus", "a.txt.gz", "b.txt.xz", "-o", "c.txt.gz").exit_code == 0
    assert _raw(folder / "c.txt.gz").decode() == f"{OTHER}\n"


# Records of several texts


def conversation(*texts: str) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": text} for text in texts]}


def test_a_conversation_is_a_copy_with_all_that_it_says(folder: Path, call: Call) -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    rows = [
        conversation(OTHER, DAMAGED),
        conversation(OTHER, "这是另一个问题，与前面的问题没有任何关系，请您详细回答一下。"),
        conversation(OTHER, CLEAN),
    ]
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    (folder / "chat.jsonl").write_text("".join(lines))
    options = ("--text-field", "messages[].content", "--drop-empty")
    assert call("dedup", "chat.jsonl", "-o", "out", *options).exit_code == 0
    assert (folder / "out" / "chat.jsonl").read_text() == "".join(lines[1:])
    [removal] = [
        json.loads(line) for line in (folder / "out" / "removals.jsonl").read_text().splitlines()
    ]
    assert (removal["line"], removal["survivor_line"]) == (1, 3)
    assert removal["text"] == f"{OTHER}\n{DAMAGED}"
    assert call("run", "chat.jsonl", "-o", "ran", *options).exit_code == 0
    first, second = records(folder / "ran" / "chat.jsonl")
    assert first == conversation(OTHER, CLEAN)
    assert second == rows[1]
    for output in ("out", "ran"):
        assert call("undo", output, "-o", f"{output}-back").exit_code == 0
        assert (folder / f"{output}-back" / "chat.jsonl").read_text() == "".join(lines)
    assert call("dedup", "chat.jsonl", "-o", "marked", *options[:2], "--annotate").exit_code == 0
    marks = [row[COLUMNS[2]] for row in records(folder / "marked" / "chat.jsonl")]
    assert [mark is None for mark in marks] == [False, True, True]


# Files that are not read


def test_files_of_no_format_are_counted(folder: Path, call: Call) -> None:
    (folder / "in").mkdir()
    for name in ("a.docx", "b.DOCX", "c.pdf", "d.tar.gz", "LICENSE", ".hidden", "e.txt"):
        (folder / "in" / name).write_text(f"{CLEAN}\n")
    (folder / "in" / "package.json").write_text('{"name": "甲,乙", }')
    (folder / "in" / "figures.csv").write_text("年,数\n2021,3\n")
    result = call("check", "in")
    assert result.exit_code == 0
    counted = "7 files passed over: .docx 2, .csv 1, .json 1, .pdf 1, .tar.gz 1, without ending 1\n"
    assert result.stderr.startswith(counted)
    assert call("fix", "in").stderr.startswith(counted)
    assert call("check", "in", "--quiet").stderr == ""
    chinese = call("check", "in", "--lang", "zh").stderr
    assert chinese.startswith(
        "跳过7个文件：.docx 2，.csv 1，.json 1，.pdf 1，.tar.gz 1，无扩展名 1\n"
    )
    result = call("check", "in/package.json", "in/figures.csv")
    assert (result.exit_code, result.stderr.count("error: ")) == (2, 2)


@pytest.mark.parametrize("command", ["run", "dedup"])
def test_a_run_counts_them_too(folder: Path, call: Call, command: str) -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    (folder / "in").mkdir()
    for name in ("a.docx", "e.txt"):
        (folder / "in" / name).write_text(f"{CLEAN}\n")
    result = call(command, "in", "-o", "out")
    assert "1 file passed over: .docx 1\n" in result.stderr
    run = json.loads((folder / "out" / "run.json").read_text())
    assert run["counts"]["passed_over"] == {".docx": 1}


def test_include_chooses_the_files_of_folders(folder: Path, call: Call) -> None:
    for name in ("a.txt", "b.rst", "c.md"):
        (folder / name).write_text(f"{DAMAGED}\n")

    def seen(*options: str) -> list[str]:
        lines = call("check", ".", "--no-notes", *options).stdout.splitlines()
        return sorted({line.split(":")[0] for line in lines})

    assert seen("--include", "*.md,*.rst", "--as", "text") == ["b.rst", "c.md"]
    assert seen("--include", "a.*") == ["a.txt"]
    assert "b.rst: a .rst file is not edited" in call("check", ".", "--include", "*.rst").stderr
    (folder / "textclean.toml").write_text('include = ["c.*"]\n')
    assert seen() == ["c.md"]


def test_what_gitignore_names_is_passed_over(folder: Path, call: Call) -> None:
    for name in ("a.txt", "build/b.txt", "docs/c.txt", "docs/keep/d.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{DAMAGED}\n")
    (folder / ".gitignore").write_text("build/\n")
    (folder / "docs" / ".gitignore").write_text("*.txt\n!keep/d.txt\n")

    def seen(*arguments: str) -> list[str]:
        lines = call("check", "--no-notes", *arguments).stdout.splitlines()
        return sorted({line.split(":")[0] for line in lines})

    assert seen(".") == ["a.txt", "docs/keep/d.txt"]
    assert seen(".", "--no-gitignore") == [
        "a.txt", "build/b.txt", "docs/c.txt", "docs/keep/d.txt",
    ]  # fmt: skip
    # What is named is meant, a folder too.
    assert seen("build/b.txt") == seen("build") == ["build/b.txt"]
    (folder / "docs" / ".gitignore").unlink()
    (folder / ".gitignore").write_text("c.txt\nbuild/\n")
    # Without a repository around it, what is above a folder does not count.
    assert seen("docs") == ["docs/c.txt", "docs/keep/d.txt"]
    (folder / ".git").mkdir()
    assert seen("docs") == ["docs/keep/d.txt"]
    assert seen("build") == ["build/b.txt"]
    assert call("check", ".").stderr.startswith("2 files checked")


# Bad records

BAD = f'{{"text": "{DAMAGED}"}}\n{{"txt": "{DAMAGED}"}}\n不是记录\n'


def test_bad_records_stay_and_are_listed(folder: Path, call: Call) -> None:
    (folder / "a.jsonl").write_text(BAD)
    result = call("fix", "a.jsonl")
    assert result.exit_code == 2
    assert (folder / "a.jsonl").read_text() == BAD.replace(DAMAGED, CLEAN, 1)
    assert (
        "error: a.jsonl:2: the record has no field 'text'; did you mean 'txt'?; left as it is"
        in (result.stderr)
    )
    assert "error: a.jsonl:3: not valid JSON at column 1: " in result.stderr


def test_bad_records_can_be_dropped_and_come_back(folder: Path, call: Call) -> None:
    (folder / "a.jsonl").write_text(BAD)
    drop = ("--on-bad-record", "drop")
    assert call("check", "a.jsonl", *drop, "--select", "C").exit_code == 1
    result = call("fix", "a.jsonl", *drop, "--record", ".undo.jsonl")
    assert result.exit_code == 0
    assert (folder / "a.jsonl").read_text() == f'{{"text": "{CLEAN}"}}\n'
    assert "a.jsonl:3: not valid JSON at column 1: Expecting value; dropped" in result.stderr
    assert call("undo", "--record", ".undo.jsonl").exit_code == 0
    assert (folder / "a.jsonl").read_text() == BAD


@pytest.mark.parametrize("command", ["run", "dedup"])
def test_a_run_lists_the_bad_records_that_it_drops(folder: Path, call: Call, command: str) -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    (folder / "a.jsonl").write_text(BAD)
    result = call(command, "a.jsonl", "-o", "out")
    assert result.exit_code == 2
    assert (folder / "out" / "a.jsonl").read_text().splitlines()[1:] == BAD.splitlines()[1:]
    run = json.loads((folder / "out" / "run.json").read_text())
    assert [failure["document"] for failure in run["failures"]] == ["a.jsonl:2", "a.jsonl:3"]
    result = call(command, "a.jsonl", "-o", "dropped", "--on-bad-record", "drop")
    assert result.exit_code == 0
    assert "2 records that could not be read dropped" in result.stderr
    rows = [json.loads(x) for x in (folder / "dropped" / "removals.jsonl").read_text().splitlines()]
    assert [(row["line"], row["kind"], row["text"]) for row in rows] == [
        (2, "unreadable", f'{{"txt": "{DAMAGED}"}}\n'),
        (3, "unreadable", "不是记录\n"),
    ]
    assert call("undo", "dropped", "-o", "back").exit_code == 0
    assert (folder / "back" / "a.jsonl").read_text() == BAD


def test_a_file_can_be_refused_for_them(folder: Path, call: Call) -> None:
    (folder / "a.jsonl").write_text(BAD)
    result = call("fix", "a.jsonl", "--on-bad-record", "fail")
    assert result.exit_code == 2
    assert (folder / "a.jsonl").read_text() == BAD
    assert "did you mean 'txt'? (and 1 more of 3 records)" in result.stderr


def test_of_many_bad_records_some_are_listed(folder: Path, call: Call) -> None:
    (folder / "a.jsonl").write_text('{"text": "甲"}\n' + "7\n" * 50)
    result = call("check", "a.jsonl")
    assert result.stderr.count("error: ") == 20
    assert "30 more bad records not listed" in result.stderr


# Standard input


@pytest.mark.parametrize("command", ["run", "dedup"])
def test_standard_input_goes_to_standard_output(spawn: Spawn, command: str) -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    text = f"{OTHER}\n\n{DAMAGED}\n\n{OTHER}\n".encode()
    expected = f"{OTHER}\n\n{CLEAN if command == 'run' else DAMAGED}\n"
    done = spawn(command, "-", stdin=text)
    assert (done.returncode, done.stdout.decode()) == (0, expected)
    assert done.stderr.endswith(b"without a record: it cannot be undone\n")
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS)
    done = spawn(command, "-", "--as", "jsonl", "--drop-empty", stdin=lines.encode())
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["1", "2"]
    packed = gzip.compress(lines.encode())
    done = spawn(command, "-", "--stdin-filename", "a.jsonl.gz", "--drop-empty", stdin=packed)
    assert len(gzip.decompress(done.stdout).splitlines()) == 2


def test_standard_input_goes_to_a_folder_with_records(folder: Path, call: Call) -> None:
    pytest.importorskip("numba", reason="needs the extra [dedup]")
    text = f"{OTHER}\n\n{OTHER}\n"
    assert call("dedup", "-", "-o", "out", input=text).exit_code == 0
    assert (folder / "out" / "stdin.txt").read_text() == f"{OTHER}\n"
    named = ("--stdin-filename", "docs/a.md")
    assert call("dedup", "-", "-o", "more", *named, input=text).exit_code == 0
    assert {"a.md"} == {*contents(folder / "more")} - {"run.json", "undo.jsonl", "removals.jsonl"}
    assert call("undo", "out", "-o", "back").exit_code == 0
    assert (folder / "back" / "stdin.txt").read_text() == text


def test_dedup_of_files_needs_a_folder(folder: Path, call: Call) -> None:
    (folder / "a.txt").write_text(OTHER)
    result = call("dedup", "a.txt")
    assert result.exit_code == 2
    assert "give -o OUT" in result.stderr
    assert call("dedup", "-", "a.txt", "-o", "out").exit_code == 2
    assert call("run", "a.txt", "--stdin-filename", "b.txt", "-o", "out").exit_code == 2


# Where formats, parts and bad records meet


@pytest.mark.parametrize("bad", ["copy", "drop", "fail"])
@pytest.mark.parametrize("command", [["check"], ["fix", "--diff"], ["fix"]])
@pytest.mark.parametrize("good", [True, False])
def test_what_is_said_of_bad_records_is_the_same_for_any_part(
    folder: Path,
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    bad: str,
    command: list[str],
    good: bool,
) -> None:
    lines = [json.dumps({"text": "卫生,健康。"}, ensure_ascii=False)] * (3 * good)
    body = "\n".join([*lines, *['{"x": 1}'] * 30, *lines]) + "\n"
    said = []
    for size in (1 << 22, 40):
        monkeypatch.setattr(parts, "PART_BYTES", size)
        (folder / "a.jsonl").write_text(body)
        result = call(*command, "a.jsonl", "--on-bad-record", bad)
        after = (folder / "a.jsonl").read_text()
        said.append((result.exit_code, result.stdout, result.stderr, after))
    assert said[0] == said[1]
    refused = bad == "fail" or not good
    listed = said[0][2].count("left as it is") + said[0][2].count("dropped\n")
    assert listed == (0 if refused else 20)
    assert ("10 more bad records not listed" in said[0][2]) is not refused
    if refused:
        assert said[0][0] == 2
        assert "P001" not in said[0][1]
        assert said[0][3] == body


def test_a_diff_of_a_cell_that_needs_quotes_is_the_fix(folder: Path, call: Call) -> None:
    (folder / "a.csv").write_text("id,text\n1,卫生&#44;健康&quot;工作\n2,卫生健康\n")
    shown = call("fix", "--diff", "a.csv", "--tier", "suggested")
    assert shown.exit_code == 1
    assert call("fix", "a.csv", "--tier", "suggested", "--record", "undo").exit_code == 0
    after = (folder / "a.csv").read_text().splitlines()
    new = [
        line[1:] for line in shown.stdout.splitlines() if line.startswith("+") and line[1] != "+"
    ]
    assert new == [after[1]]
    assert len(next(csv.reader([after[1]]))) == 2
    assert call("fix", "a.csv", "--tier", "suggested").exit_code == 0
    assert (folder / "a.csv").read_text().splitlines() == after


@pytest.mark.parametrize("command", [["fix", "--diff"], ["fix"], ["run", "-o", "out"]])
@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("a.tsv", 'id\ttext\n1\t"卫生&#9;健康\n'.encode(), "a.tsv:2: the text has a separator"),
        (
            "a.txt",
            "為改善縣內優質醫療資源分布不平衡的局面，我們積極探索&#36825;新型的衛生服務。".encode(
                "big5"
            ),
            "a.txt:1: cp950 has no character 这",
        ),
    ],
)
def test_what_cannot_be_written_is_an_error_and_no_change(
    folder: Path, call: Call, command: list[str], name: str, raw: bytes, reason: str
) -> None:
    (folder / name).write_bytes(raw)
    (folder / "b.txt").write_text("卫生,健康。\n")
    result = call(*command, name, "b.txt", "--tier", "suggested")
    assert result.exit_code == 2
    assert reason in result.stderr
    assert (folder / name).read_bytes() == raw
    assert name not in result.stdout
    if command == ["fix"]:
        assert (folder / "b.txt").read_text() == "卫生，健康。\n"
    elif command[0] == "run":
        assert (folder / "out" / "b.txt").read_text() == "卫生，健康。\n"
        assert not (folder / "out" / name).exists()
    else:
        assert "+卫生，健康。" in result.stdout


def test_a_folder_of_nothing_but_settings_is_an_error_of_run(folder: Path, call: Call) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "a.json").write_text('{"x": 1}')
    result = call("run", "in", "-o", "out")
    assert result.exit_code == 2
    assert "no document could be read" in result.stderr
    assert not (folder / "out").exists()
