"""A Parquet file that comes group by group is read and written as one that is read whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("numba", reason="needs the extra [dedup]")
pytest.importorskip("pyarrow", minversion="21", reason="needs the extra [parquet]")

import pyarrow as pa
import pyarrow.parquet as pq

from tests.engines.disk.conftest import documents
from tests.folders import contents
from textclean.cli.dedup import without_rules
from textclean.config import Config
from textclean.corpus import parts
from textclean.corpus.documents import input_file
from textclean.corpus.formats import parquet_groups
from textclean.corpus.parts import FileParts
from textclean.corpus.run import run
from textclean.corpus.undo import undo
from textclean.errors import DocumentError

DEDUP = without_rules(Config())


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART_BYTES", 1000)
    monkeypatch.setattr(parquet_groups, "ROWS", 16)


def table(seed: int, kind: Any) -> Any:
    texts: list[str | None] = [*documents(seed, 150)]
    texts[::17] = [None] * len(texts[::17])
    rows = len(texts)
    return pa.table(
        {
            "id": list(range(rows)),
            "text": pa.array(texts, type=kind),
            "tags": [[str(n)] * (n % 3) for n in range(rows)],
            "source": pa.array([f"来源{n % 5}" for n in range(rows)]).dictionary_encode(),
        }
    ).replace_schema_metadata({"made": "here"})


def in_parts(path: Path) -> bool:
    return FileParts(input_file(path), Config(), unpacked=True, grouped=True).in_groups


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
@pytest.mark.parametrize(
    "config",
    [DEDUP, without_rules(Config(drop_empty=True)), Config(), Config(drop_empty=True)],
    ids=["dedup", "dedup, dropping", "run", "run, dropping"],
)
def test_groups_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: Config, kind: Any
) -> None:
    path = tmp_path / "in" / "a.parquet"
    path.parent.mkdir()
    pq.write_table(table(1, kind), path, row_group_size=40, compression="zstd")
    assert in_parts(path)
    run([path], tmp_path / "groups", config, workers=1)
    run([path], tmp_path / "kept", config, workers=1, work_folder=tmp_path / "work")
    with monkeypatch.context() as patched:
        patched.setattr(parquet_groups, "comes_in_groups", lambda *_: False)
        assert not in_parts(path)
        run([path], tmp_path / "whole", config, workers=1)
    assert contents(tmp_path / "groups") == contents(tmp_path / "whole")
    assert contents(tmp_path / "kept") == contents(tmp_path / "whole")
    undo(tmp_path / "groups", tmp_path / "back")
    assert pq.read_table(tmp_path / "back" / "a.parquet").equals(pq.read_table(path))


def test_what_has_no_copies_stays_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    texts = [f"第{n}段正文与别的都不相同，{chr(0x4E00 + 37 * n) * 30}。" for n in range(100)]
    pq.write_table(pa.table({"text": texts}), path, row_group_size=30)
    assert in_parts(path)
    run([path], tmp_path / "out", DEDUP)
    assert (tmp_path / "out" / "a.parquet").read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["一段正文"] * 100).dictionary_encode(),
        pa.array([{"text": "一段正文"}] * 100),
        pa.array(list(range(100))),
    ],
)
def test_texts_that_stand_elsewhere_are_read_whole(tmp_path: Path, column: Any) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": column, "more": ["x" * 50] * 100}), path, row_group_size=30)
    assert not in_parts(path)


def test_a_damaged_group_is_an_error_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(table(2, pa.string()), path, row_group_size=40, compression="zstd")
    data = bytearray(path.read_bytes())
    data[200:260] = bytes(60)
    path.write_bytes(data)
    summary = run([path], tmp_path / "out", DEDUP)
    assert [name for name, _ in summary.failures] == ["a.parquet"]
    assert not (tmp_path / "out").exists()
    with pytest.raises(DocumentError, match="not valid Parquet"):
        list(FileParts(input_file(path), Config(), unpacked=True, grouped=True))
