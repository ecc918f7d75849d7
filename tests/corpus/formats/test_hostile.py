"""Files that are broken, or made to break their readers: refused by name, the others go on."""

from __future__ import annotations

import gzip
import json
import lzma
import re
from pathlib import Path

import pytest

from tests.corpus.formats.reading import read, texts
from tests.folders import contents
from textclean.config import Config
from textclean.corpus.run import run
from textclean.corpus.undo import undo
from textclean.errors import DocumentError, NoTextError, TextcleanError

DAMAGED = "全市有2800名医务人员,组成13个团队。"
REPAIRED = "全市有2800名医务人员，组成13个团队。"


def table(name: str) -> bytes:
    pa = pytest.importorskip("pyarrow")
    made = pa.table({"id": [1, 2], "text": [DAMAGED, DAMAGED]})
    sink = pa.BufferOutputStream()
    if name.endswith("parquet"):
        import pyarrow.parquet as pq

        pq.write_table(made, sink)
    else:
        with pa.ipc.new_file(sink, made.schema) as writer:
            writer.write_table(made)
    return bytes(sink.getvalue().to_pybytes())


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x5A]) + data[at + 1 :]


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow"])
def test_tables_with_a_wrong_byte_are_read_or_refused(tmp_path: Path, name: str) -> None:
    data = table(name)
    refusals: list[str] = []
    for at in range(0, len(data), 7):
        try:
            read(tmp_path, name, flipped(data, at))
        except TextcleanError as error:
            refusals.append(str(error))
    assert refusals
    assert all(name in refusal for refusal in refusals)


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow"])
def test_tables_without_their_end_are_refused(tmp_path: Path, name: str) -> None:
    data = table(name)
    for length in (len(data) - 1, len(data) - 8, len(data) // 2, 12):
        with pytest.raises(DocumentError, match=re.escape(name)):
            read(tmp_path, name, data[:length])


def test_offsets_of_arrow_that_lie_outside_are_refused(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    made = pa.table({"text": ["医院"], "other": ["a" * 777]})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, made.schema) as writer:
        writer.write_table(made)
    data = bytes(sink.getvalue().to_pybytes())
    at = data.rindex((777).to_bytes(4, "little"))  # where the string of the other column ends
    data = data[:at] + (-9).to_bytes(4, "little", signed=True) + data[at + 4 :]
    with pytest.raises(DocumentError, match=r"a\.arrow: not valid Arrow"):
        read(tmp_path, "a.arrow", data)


def test_json_with_what_no_text_can_hold_is_refused_by_its_place(tmp_path: Path) -> None:
    lone = '{"text": "医院\\ud800"}\n'
    file = read(tmp_path, "a.jsonl", '{"text": "医"}\n' + lone)
    assert texts(file) == ["医"]
    assert [bad.line for bad in file.bad] == [2]
    with pytest.raises(DocumentError, match=r"a\.json:2"):
        read(tmp_path, "a.json", "[\n" + lone + "]")


@pytest.mark.parametrize("opened", ["[", '{"a":'])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_json_nested_100000_deep_is_refused(tmp_path: Path, name: str, opened: str) -> None:
    with pytest.raises(DocumentError, match=re.escape(name)):
        read(tmp_path, name, '{"text": "医", "b": ' + opened * 100_000)


def test_a_line_of_ten_megabytes_comes_back(tmp_path: Path) -> None:
    line = json.dumps({"text": DAMAGED, "other": "x" * 10_000_000})
    file = read(tmp_path, "a.jsonl", line)
    assert texts(file) == [DAMAGED]
    assert json.loads(file.written([REPAIRED]))["text"] == REPAIRED


def test_with_an_encoding_named_nuls_stay_where_they_are(tmp_path: Path) -> None:
    for name, data in (("a.txt", "医\x00院 。"), ("a.csv", "id,text\n1,医\x00院\n")):
        file = read(tmp_path, name, data, encoding="utf-8")
        assert file.written(texts(file)) == data.encode()


def test_what_is_broken_keeps_no_other_from_its_turn(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    whole = json.dumps({"text": DAMAGED}, ensure_ascii=False).encode()
    broken = {
        "gz.txt.gz": gzip.compress(DAMAGED.encode())[:-6],
        "xz.txt.xz": lzma.compress(DAMAGED.encode())[:-6],
        "deep.json": b'[{"text": "a"},' + b"[" * 100_000,
        "lone.jsonl": b'{"text": "\\ud800"}\n',
        "cut.parquet": table("a.parquet")[:-5],
        "cut.arrow": table("a.arrow")[:-5],
        "latin.txt": DAMAGED.encode("gb18030")[:-1],
    }
    good = {"good.txt": DAMAGED.encode(), "good.jsonl": whole, "quote.csv": b'id,text\n1,"a\n2,b\n'}
    for name, data in {**broken, **good}.items():
        (folder / name).write_bytes(data)
    done = run([folder], tmp_path / "out", Config())
    assert {name for name, reason in done.failures if reason} >= broken.keys() - {"latin.txt"}
    assert REPAIRED in (tmp_path / "out" / "good.txt").read_text()
    assert contents(folder) == {**broken, **good}
    undo(tmp_path / "out", tmp_path / "back")
    for name, data in contents(tmp_path / "back").items():
        assert data == {**broken, **good}[name]


def test_ten_gigabytes_of_nothing_are_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the limits divided by 256: 40 MB of zeros in 39 KB, of which at most 1 MB is read."""
    from textclean.corpus.formats import compression

    monkeypatch.setattr(compression, "_FREE", 1 << 20)
    monkeypatch.setattr(compression, "_LARGEST_RATIO", 1)
    with pytest.raises(DocumentError, match=r"a\.txt\.gz: .* decompress to more than"):
        read(tmp_path, "a.txt.gz", gzip.compress(bytes(40 << 20)))  # type: ignore[arg-type]


@pytest.mark.parametrize("opened", ["[", '{"a":', '["text", [', '[{"a":['])
def test_json_nested_too_deeply_is_called_so_whatever_it_holds(tmp_path: Path, opened: str) -> None:
    with pytest.raises(DocumentError, match="nested too deeply"):
        read(tmp_path, "a.json", opened * 100_000)


def test_settings_with_many_brackets_are_still_passed_over(tmp_path: Path) -> None:
    for content in (json.dumps([[{}]] * 1_000), "[1, " * 300 + "]" * 300, "{'a': []}, " * 600):
        with pytest.raises(NoTextError, match="has no field"):
            read(tmp_path, "a.json", content)
