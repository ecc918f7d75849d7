"""``textclean dedup``: which copies go, against what, and marks instead of removals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call
from tests.folders import contents
from textclean.dedup.annotation import COLUMNS

pytest.importorskip("numba", reason="needs the extra [dedup]")

ONE = "抽调省市2800名医务人员组成13个团队承接接管医疗救治工作，6名国家级、省级专家巡回指导。"
SPACED = "抽调省市2800名医务人员 组成13个团队 承接接管医疗救治工作，6名国家级、省级专家巡回指导。"
TWO = "近年来，各地持续推进基层医疗卫生服务能力建设，群众看病更加方便，满意度逐年提高。"
SHORT = "各县区要高度重视，抓好落实。"


def put(folder: Path, **texts: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def put_records(path: Path, *records: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text("".join(lines), encoding="utf-8")


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("keep", "kept"), [("first", "a.txt"), ("longest", "b.txt"), ("best", "a.txt")]
)
def test_which_copy_stays_is_chosen(folder: Path, call: Call, keep: str, kept: str) -> None:
    put(folder / "in", a=ONE, b=SPACED)
    assert call("dedup", "in", "-o", "out", "--keep", keep).exit_code == 0
    [row] = rows(folder / "out" / "removals.jsonl")
    assert row["survivor_document"] == kept


def test_how_long_a_copy_is_can_be_chosen(folder: Path, call: Call) -> None:
    put(folder / "in", a=f"{SHORT}\n\n{ONE}\n\n{SHORT}\n", b=f"{SHORT}\n\n{TWO}\n")
    for options, number in (
        ((), 1),
        (("--min-copy", "20"), 0),
        (("--min-copy-across", "10"), 2),
        (("--min-copy", "20", "--min-copy-across", "10"), 0),
    ):
        assert call("dedup", "in", "-o", "out", "--force", *options).exit_code == 0
        assert len(rows(folder / "out" / "removals.jsonl")) == number
    assert call("dedup", "in", "-o", "other", "--min-copy", "0").exit_code == 2


@pytest.mark.parametrize("command", ["dedup", "run"])
def test_copies_of_a_reference_go_and_nothing_of_it_is_written(
    folder: Path, call: Call, command: str
) -> None:
    put(folder / "in", a=f"{ONE}\n\n{TWO}\n")
    put(folder / "ref", a=f"{SPACED}\n", b="别的一段话，与谁都不相同，也没有人抄过。\n")
    before = contents(folder / "ref")
    assert call(command, "in", "-o", "out", "--against", "ref").exit_code == 0
    assert (folder / "out" / "a.txt").read_text(encoding="utf-8") == f"{TWO}\n"
    [row] = rows(folder / "out" / "removals.jsonl")
    assert (row["document"], row["survivor_document"]) == ("a.txt", "ref/a.txt")
    assert row["survivor_text"] == SPACED
    records = {"removals.jsonl", "run.json", "undo.jsonl"}
    assert {*contents(folder / "out")} - {"report.html"} == {"a.txt", *records}
    assert contents(folder / "ref") == before
    assert call("undo", "out", "-o", "back").exit_code == 0
    assert contents(folder / "back") == contents(folder / "in")


def test_records_have_a_reference_of_records(folder: Path, call: Call) -> None:
    put_records(folder / "train.jsonl", {"text": ONE}, {"text": TWO}, {"text": SPACED})
    put_records(folder / "test.jsonl", {"text": SPACED})
    options = ("--drop-empty", "--against", "test.jsonl")
    assert call("dedup", "train.jsonl", "-o", "out", *options).exit_code == 0
    assert rows(folder / "out" / "train.jsonl") == [{"text": TWO}]
    survivors = {row["survivor_document"] for row in rows(folder / "out" / "removals.jsonl")}
    assert survivors == {"test.jsonl"}


def test_a_reference_that_is_not_there_or_is_the_input_is_refused(folder: Path, call: Call) -> None:
    put(folder / "in", a=ONE)
    for path in ("nowhere", "in", "in/a.txt"):
        result = call("dedup", "in", "-o", "out", "--against", path)
        assert result.exit_code == 2
        assert path in result.stderr
        assert not (folder / "out").exists()


def test_records_are_marked_and_nothing_goes(folder: Path, call: Call) -> None:
    put_records(
        folder / "in" / "a.jsonl",
        {"id": 1, "text": ONE},
        {"id": 2, "text": TWO, "minhash_cluster_size": 7},
        {"text": SPACED, "id": 3},
    )
    result = call("dedup", "in", "-o", "out", "--annotate")
    assert result.exit_code == 0
    assert "1 copy marked, nothing removed" in result.stdout
    before = rows(folder / "in" / "a.jsonl")
    after = rows(folder / "out" / "a.jsonl")
    for old, new in zip(before, after, strict=True):
        assert new == new | old
        assert {*new} == {*old, *COLUMNS}
    one, two, three = ([row[name] for name in COLUMNS] for row in after)
    assert one == [0, None, None, None, 0, 2]
    assert two == [1, None, None, None, -1, 7]
    assert three == [0, "a.jsonl:1", "exact", 1.0, 0, 2]
    assert {*contents(folder / "out")} == {"a.jsonl", "run.json", "undo.jsonl"}
    assert call("undo", "out", "-o", "back").exit_code == 0
    assert contents(folder / "back") == contents(folder / "in")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
@pytest.mark.parametrize("spaces", [(",", ":"), (", ", ": "), (" , ", " : ")])
def test_marks_leave_every_other_byte_and_are_renewed(
    folder: Path, call: Call, mark: str, end: str, spaces: tuple[str, str]
) -> None:
    lines = [
        json.dumps({"text": text, "n": 1.50, "s": '"},{'}, separators=spaces) for text in (ONE, TWO)
    ]
    (folder / "in").mkdir()
    data = mark + f"{end or chr(10)}".join(lines) + end
    (folder / "in" / "a.jsonl").write_bytes(data.encode("utf-8"))
    assert call("dedup", "in", "-o", "one", "--annotate").exit_code == 0
    assert call("dedup", "one", "-o", "two", "--annotate").exit_code == 0
    marked = (folder / "one" / "a.jsonl").read_bytes()
    assert (folder / "two" / "a.jsonl").read_bytes() == marked
    first = marked.decode("utf-8-sig").splitlines()[0]
    assert json.loads(first)["textclean_cluster_id"] == 0
    assert first.startswith(lines[0][:-1].rstrip())
    assert call("undo", "one", "-o", "back").exit_code == 0
    assert contents(folder / "back") == contents(folder / "in")


def test_paragraphs_are_marked_beside_their_texts(folder: Path, call: Call) -> None:
    put(folder / "in", a=f"{TWO}\n\n{ONE}\n", b=f"# 题\n\n{SPACED}\n")
    assert call("dedup", "in", "-o", "out", "--annotate").exit_code == 0
    for name, data in contents(folder / "in").items():
        assert (folder / "out" / name).read_bytes() == data
    stays, copy = rows(folder / "out" / "annotations.jsonl")
    where = ("document", "line", "text")
    assert [stays[name] for name in where] == ["a.txt", 3, ONE]
    assert [stays[name] for name in COLUMNS] == [0, None, None, None, 0, 2]
    assert [copy[name] for name in where] == ["b.txt", 3, SPACED]
    assert [copy[name] for name in COLUMNS] == [0, "a.txt:3", "exact", 1.0, 0, 2]
    assert call("undo", "out", "-o", "back").exit_code == 0
    assert contents(folder / "back") == contents(folder / "in")
    # A second run takes the records of the first for no documents.
    assert call("dedup", "out", "-o", "again", "--annotate").exit_code == 0
    assert (
        contents(folder / "again")["annotations.jsonl"]
        == (folder / "out" / "annotations.jsonl").read_bytes()
    )


def test_marks_name_what_stands_in_the_reference(folder: Path, call: Call) -> None:
    put_records(folder / "in.jsonl", {"text": TWO}, {"text": ONE})
    put_records(folder / "ref.jsonl", {"text": "别的。"}, {"text": ONE})
    options = ("--annotate", "--against", "ref.jsonl")
    assert call("dedup", "in.jsonl", "-o", "out", *options).exit_code == 0
    marked = rows(folder / "out" / "in.jsonl")[1]
    assert [marked[name] for name in COLUMNS] == [1, "ref.jsonl:2", "exact", 1.0, 1, 2]


def test_marks_within_records_stand_beside_them(folder: Path, call: Call) -> None:
    put_records(folder / "in.jsonl", {"text": f"{ONE}\n\n{TWO}"}, {"text": ONE})
    options = ("--annotate", "--unit", "paragraph")
    assert call("dedup", "in.jsonl", "-o", "out", *options).exit_code == 0
    assert (folder / "out" / "in.jsonl").read_bytes() == (folder / "in.jsonl").read_bytes()
    assert len(rows(folder / "out" / "annotations.jsonl")) == 2


PAGES = {
    f"p{number}": f"首页 > 新闻 > 国内\n\n{text}\n\n责任编辑：张三\n"
    for number, text in enumerate(
        (
            ONE,
            TWO,
            "全市新建改建公厕四十座，全部免费开放，群众出门办事更加方便，街面也更加整洁。",
            "春耕时节，农技人员下到田间地头，手把手地教农户育秧，种子和化肥也送到了家门口。",
        )
    )
}


def test_lines_of_pages_are_listed_and_on_request_taken_out(folder: Path, call: Call) -> None:
    put(folder / "in", **PAGES)
    result = call("dedup", "in", "-o", "listed")
    assert "2 boilerplate lines; `--boilerplate remove` takes them out" in result.stdout
    assert (folder / "listed" / "p1.txt").read_text("utf-8") == PAGES["p1"]
    one, other = rows(folder / "listed" / "boilerplate.jsonl")
    assert (one["text"], one["documents"], one["end"]) == ("责任编辑：张三", 4, "foot")
    assert [place["document"] for place in other["places"]] == [f"p{n}.txt" for n in range(4)]
    assert other["places"][0] == {"document": "p0.txt", "line": 1, "start": 0, "end": 12}

    result = call("dedup", "in", "-o", "out", "--boilerplate", "remove")
    assert "2 boilerplate lines, taken out of 6 places" in result.stdout
    assert (folder / "out" / "p0.txt").read_text("utf-8") == PAGES["p0"]
    assert (folder / "out" / "p1.txt").read_text("utf-8") == f"{TWO}\n"
    removals = rows(folder / "out" / "removals.jsonl")
    assert {row["kind"] for row in removals} == {"boilerplate"}
    assert {row["survivor_document"] for row in removals} == {"p0.txt"}
    assert rows(folder / "out" / "boilerplate.jsonl") == [one, other]
    counts = json.loads((folder / "out" / "run.json").read_text("utf-8"))["counts"]
    assert (counts["boilerplate"], counts["boilerplate_removed"]) == (2, 6)
    assert call("undo", "out", "-o", "back").exit_code == 0
    assert contents(folder / "back") == contents(folder / "in")
    assert call("dedup", "in", "-o", "wrong", "--boilerplate", "drop").exit_code == 2


def test_lines_of_the_pages_of_records_are_taken_out(folder: Path, call: Call) -> None:
    put_records(folder / "in.jsonl", *({"id": name, "text": text} for name, text in PAGES.items()))
    assert call("dedup", "in.jsonl", "-o", "out", "--boilerplate", "remove").exit_code == 0
    texts = [row["text"] for row in rows(folder / "out" / "in.jsonl")]
    assert texts[:2] == [PAGES["p0"], f"{TWO}\n"]
    marked = call("dedup", "in.jsonl", "-o", "marked", "--annotate", "--boilerplate", "remove")
    assert marked.exit_code == 0
    assert [row["text"] for row in rows(folder / "marked" / "in.jsonl")] == [*PAGES.values()]


def test_what_a_removed_record_alone_says_is_in_the_records(folder: Path, call: Call) -> None:
    shared = "".join([ONE, TWO, *(text.split("\n")[2] for text in PAGES.values())] * 2)
    own = "另据了解，县里准备明年再拨一笔专门的经费。"
    records = [{"text": shared + own}, {"text": shared + SHORT * 5}]
    put_records(folder / "in.jsonl", *records)
    assert call("dedup", "in.jsonl", "-o", "out").exit_code == 0
    [row] = rows(folder / "out" / "removals.jsonl")
    [passage] = row["lost"]
    assert passage["text"] == own.rstrip("。")
    assert records[0]["text"][passage["start"] : passage["end"]] == passage["text"]
