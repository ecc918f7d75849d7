"""``textclean index``, and ``textclean dedup --against`` an index."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call

pytest.importorskip("lmdb", reason="the extra [index] is not installed")


def made(call: Call, *options: str) -> None:
    result = call("index", "create", "seen", *options)
    assert result.exit_code == 0, result.output


def test_files_are_added_queried_and_removed(seeds: Path, call: Call) -> None:
    made(call)
    name = sorted(seeds.iterdir())[0].name
    result = call("index", "add", "seen", "seeds")
    assert result.exit_code == 0
    assert "0 known already" in result.stderr
    assert "0 entries added" in call("index", "add", "seen", "seeds").stderr
    query = call("index", "query", "seen", f"seeds/{name}", "--seen")
    rows = [json.loads(line) for line in query.stdout.splitlines()]
    assert len(rows) > 5
    own = [row for row in rows if row["seen"]["source"]["document"] == f"seeds/{name}"]
    text = (seeds / name).read_text()
    for row in own:
        place = row["seen"]["source"]
        assert text[place["start"] : place["end"]] == row["seen"]["text"]
        assert row["kind"] in ("exact", "near", "contained", "carried")
    assert call("index", "verify", "seen").exit_code == 0
    removed = call("index", "remove", "seen", f"seeds/{name}", "--files")
    assert "entries removed" in removed.stderr
    again = call("index", "query", "seen", f"seeds/{name}", "--seen").stdout
    assert f'"id": "seeds/{name}#' not in again
    other = f"seeds/{sorted(seeds.iterdir())[1].name}"
    row = call("index", "query", "seen", other, "--seen").stdout.splitlines()[-1]
    one = json.loads(row)["seen"]["id"]
    assert call("index", "remove", "seen", one).exit_code == 0


@pytest.mark.parametrize("files", [True, False])
def test_what_is_not_there_to_be_removed_is_told_and_the_rest_goes(
    seeds: Path, call: Call, files: bool
) -> None:
    made(call)
    call("index", "add", "seen", "seeds")
    name = f"seeds/{sorted(seeds.iterdir())[0].name}"
    row = call("index", "query", "seen", name, "--seen").stdout.splitlines()[-1]
    known = name if files else json.loads(row)["seen"]["id"]
    option = ["--files"] if files else []
    result = call("index", "remove", "seen", "gone.txt", known, *option)
    assert result.exit_code == 2
    assert "error: gone.txt: the index has no" in result.stderr
    assert " removed" in result.stderr
    assert "0 entries" not in result.stderr
    again = call("index", "remove", "seen", known, *option)
    assert again.exit_code == 2
    assert f"error: {known}: the index has no" in again.stderr
    assert "0 entries removed" in again.stderr


def test_a_changed_file_that_is_added_again_is_an_error_that_says_what_to_do(
    folder: Path, call: Call
) -> None:
    made(call)
    for number in (2800, 2900):
        (folder / "a.txt").write_text(f"全市有{number}名医务人员，组成团队，承接医疗救治工作。")
        result = call("index", "add", "seen", "a.txt")
    assert result.exit_code == 2
    assert "error: seen: there is another text with the id 'a.txt#0'" in result.stderr
    assert call("index", "remove", "seen", "a.txt", "--files").exit_code == 0
    assert call("index", "add", "seen", "a.txt").exit_code == 0


def test_all_of_it_is_told_in_chinese(seeds: Path, call: Call) -> None:
    def said(*words: object) -> str:
        return call("index", *words, "--lang", "zh").stderr

    assert said("create", "seen") == "seen：空的段落索引\n"
    assert said("add", "seen", "seeds").startswith("加入")
    name = f"seeds/{sorted(seeds.iterdir())[0].name}"
    assert said("remove", "seen", name, "--files").startswith("移除")
    assert said("remove", "seen", "x").startswith("错误：x：索引中没有该编号的条目\n移除0条")
    assert said("verify", "seen") == "与写入时完全一致\n"
    assert said("stats", "seen") == ""
    assert said("stats", "nothing") == "错误：nothing：不是索引\n"
    assert said("create", "seen") == "错误：seen：已有其他内容\n"
    data = Path("seen/data.mdb")
    data.write_bytes(data.read_bytes()[:20_000])
    assert said("query", "seen", "seeds").startswith(
        "错误：seen/data.mdb：文件不完整：只有20,000字节"
    )
    assert "文件不完整" in call("index", "verify", "seen", "--lang", "zh").stdout
    data.write_bytes(b"")
    assert said("add", "seen", "seeds") == "错误：seen/data.mdb：文件为空\n"


def test_what_is_new_has_no_kind(seeds: Path, call: Call) -> None:
    made(call)
    (seeds / "new.txt").write_text("这一段话写得很长，为的是谁也不会把它当成别的什么东西的抄本。\n")
    row = json.loads(call("index", "query", "seen", "seeds/new.txt").stdout)
    assert (row["kind"], row["seen"], row["line"]) == (None, None, 1)
    assert call("index", "query", "seen", "seeds/new.txt", "--seen").stdout == ""


def test_stats_are_printed(seeds: Path, call: Call) -> None:
    made(call, "--threshold", "0.8", "--unit", "document")
    stats = dict(line.split() for line in call("index", "stats", "seen").stdout.splitlines())
    assert (stats["unit"], stats["threshold"], stats["entries"]) == ("document", "0.8", "0")


def test_a_flipped_byte_is_an_exit_status(seeds: Path, call: Call) -> None:
    made(call)
    call("index", "add", "seen", "seeds")
    word = "医务人员".encode()
    changed = bytes([word[0] ^ 1]) + word[1:]
    # Pages that are in use no more have it, too.
    data = Path("seen/data.mdb").read_bytes().replace(word, changed)
    Path("seen/data.mdb").write_bytes(data)
    result = call("index", "verify", "seen")
    assert result.exit_code == 1
    assert "checksum" in result.stdout


def test_copies_of_what_is_in_an_index_go(seeds: Path, call: Call) -> None:
    made(call)
    names = sorted(path.name for path in seeds.iterdir())
    new = seeds / names[0]
    old = [f"seeds/{name}" for name in names[1:]]
    (seeds / names[1]).write_bytes((seeds / names[1]).read_bytes() + b"\n" + new.read_bytes()[:900])
    call("index", "add", "seen", *old)
    stored = call("dedup", new, "-o", "stored", "--against", "seen")
    assert stored.exit_code == 0, stored.output
    files = call(
        "dedup", new, "-o", "files", *(word for name in old for word in ("--against", name))
    )
    assert files.exit_code == 0
    assert (Path("stored") / new.name).read_bytes() == (Path("files") / new.name).read_bytes()
    rows = [
        [json.loads(line) for line in Path(folder, "removals.jsonl").read_text().splitlines()]
        for folder in ("stored", "files")
    ]
    places = [[(row["start"], row["kind"], row["score"]) for row in some] for some in rows]
    assert places[0] == places[1]
    assert any(row["survivor_document"].startswith(f"seen:seeds/{names[1]}#") for row in rows[0])
    assert call("undo", "stored", "-o", "back").exit_code == 0
    assert (Path("back") / new.name).read_bytes() == new.read_bytes()


def test_records_go_for_records_of_an_index(folder: Path, call: Call) -> None:
    made(call, "--unit", "document")
    text = (
        "全市完成固定资产投资三百亿元，比上年增长一成，其中工业投资占了大半，基础设施投资稳步回升。"
    )
    Path("old.jsonl").write_text(json.dumps({"text": text}) + "\n")
    Path("new.jsonl").write_text(
        "".join(json.dumps({"text": each}) + "\n" for each in ("别的一条记录。", text + "。"))
    )
    assert call("index", "add", "seen", "old.jsonl").exit_code == 0
    assert (
        call("dedup", "new.jsonl", "-o", "out", "--against", "seen", "--drop-empty").exit_code == 0
    )
    left = [json.loads(line)["text"] for line in Path("out/new.jsonl").read_text().splitlines()]
    assert left == ["别的一条记录。"]
    [row] = [json.loads(line) for line in Path("out/removals.jsonl").read_text().splitlines()]
    assert row["survivor_document"] == "seen:old.jsonl:1"


def test_an_index_of_another_unit_or_threshold_is_refused(folder: Path, call: Call) -> None:
    made(call)
    Path("new.jsonl").write_text(json.dumps({"text": "一条记录。"}) + "\n")
    result = call("dedup", "new.jsonl", "-o", "out", "--against", "seen")
    assert result.exit_code == 2
    assert "the index holds paragraphs; say --unit paragraph" in result.stderr
    Path("new.txt").write_text("一段话。\n")
    result = call("dedup", "new.txt", "-o", "out", "--against", "seen", "--threshold", "0.8")
    assert result.exit_code == 2
    assert "was made for 0.7, not for 0.8" in result.stderr


@pytest.mark.parametrize("name", ["query", "add"])
def test_what_is_no_index_or_cannot_be_read_is_an_error(
    folder: Path, call: Call, name: str
) -> None:
    Path("a.txt").write_text("一段话。\n")
    result = call("index", name, "seen", "a.txt")
    assert (result.exit_code, "seen: no index" in result.stderr) == (2, True)
    made(call)
    Path("bad.txt").write_bytes(b"\x00\x01\x02")
    assert call("index", name, "seen", "bad.txt", "a.txt").exit_code == 2
    assert call("index", name, "seen", "a.txt").exit_code == 0
