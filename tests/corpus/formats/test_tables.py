"""Parquet and Arrow: texts change; schema, metadata, other columns and groups of rows stay."""

from __future__ import annotations

import datetime
import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.corpus.formats.reading import fixed_and_undone, read, texts
from textclean.errors import DocumentError, NoTextError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

DAMAGED = "全市有2800名医务人员,组成13个团队。"
CLEAN = "全市有2800名医务人员，组成13个团队。"
NAMES = ("a.parquet", "a.arrow", "a.arrows", "a.parquet.gz", "a.feather")


def table(rows: int = 5) -> pa.Table:
    """Columns of many types, beside those with texts."""
    some = [DAMAGED, None, "干净的。", DAMAGED + "甲", ""] * rows
    message = pa.struct([("role", pa.string()), ("content", pa.string())])
    columns = {
        "id": pa.array(range(rows), pa.int32()),
        "text": pa.array(some[:rows], pa.string()),
        "long": pa.array(some[1 : rows + 1], pa.large_string()),
        "kind": pa.array(some[2 : rows + 2]).dictionary_encode(),
        "messages": pa.array(
            [
                [{"role": "u", "content": text}, {"role": "a", "content": None}]
                for text in some[:rows]
            ],
            pa.list_(message),
        ),
        "at": pa.array([datetime.datetime(2021, 1, 2)] * rows, pa.timestamp("ns", "Asia/Shanghai")),
        "price": pa.array([Decimal("1.20")] * rows, pa.decimal128(9, 2)),
        "raw": pa.array([b"\xff\0"] * rows, pa.binary()),
        "none": pa.nulls(rows),
    }
    made = pa.table(columns).replace_schema_metadata({"note": "甲", "huggingface": "{}"})
    field = made.schema.field("text").with_metadata({"unit": "篇"})
    return made.set_column(1, field, made["text"])


def put(path: Path, data: pa.Table, size: int = 2) -> bytes:
    """Write a table in groups of some size, in the manner that its name says."""
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd", unify_dictionaries=True)
    if ".parquet" in path.name:
        codecs = {"id": "gzip", "text": "zstd", "long": "brotli", "kind": "snappy", "at": "none"}
        leaves = ("messages.list.element.role", "messages.list.element.content")
        codecs |= dict.fromkeys((*leaves, "price", "raw", "none"), "snappy")
        known = {
            name: codec for name, codec in codecs.items() if name.split(".")[0] in data.column_names
        }
        pq.write_table(
            data, sink, row_group_size=size, compression=known, use_dictionary=["kind"],
            write_statistics=["id"],
        )  # fmt: skip
    elif path.suffix == ".arrows":
        with pa.ipc.new_stream(sink, data.schema) as writer:
            writer.write_table(data, max_chunksize=size)
    else:
        with pa.ipc.new_file(sink, data.schema, options=options, metadata={b"x": b"y"}) as writer:
            writer.write_table(data, max_chunksize=size)
    written = sink.getvalue().to_pybytes()
    if path.suffix == ".gz":
        import gzip

        written = gzip.compress(written)
    path.write_bytes(written)
    return written


def get(path: Path, data: bytes) -> pa.Table:
    """The table in some bytes."""
    if path.suffix == ".gz":
        import gzip

        data = gzip.decompress(data)
    if ".parquet" in path.name:
        return pq.read_table(pa.BufferReader(data))
    if path.suffix == ".arrows":
        return pa.ipc.open_stream(data).read_all()
    return pa.ipc.open_file(data).read_all()


def same(one: pa.Table, other: pa.Table) -> bool:
    return one.equals(other, check_metadata=True) and [
        len(chunk) for chunk in one["id"].chunks
    ] == [len(chunk) for chunk in other["id"].chunks]


@pytest.mark.parametrize("name", NAMES)
def test_only_the_texts_change_and_they_come_back(tmp_path, name):
    data = put(tmp_path / name, table())
    fields = ["text", "long", "kind", "messages[].content"]
    file = read(tmp_path, name, data, text_field=fields)
    assert file.written(texts(file)) == data
    new, old = fixed_and_undone(file)
    before, after, back = (get(tmp_path / name, each) for each in (data, new, old))
    assert same(before, back)
    assert after["text"].to_pylist() == [CLEAN, None, "干净的。", CLEAN + "甲", ""]
    assert after["messages"].to_pylist()[0][0] == {"role": "u", "content": CLEAN}
    changed = ["text", "long", "kind", "messages"]
    assert after.schema.equals(before.schema, check_metadata=True)
    assert same(after.drop_columns(changed), before.drop_columns(changed))
    assert fixed_and_undone(read(tmp_path, name, new, text_field=fields))[0] == new


@pytest.mark.parametrize("name", NAMES)
def test_rows_that_are_dropped_come_back(tmp_path, name):
    data = put(tmp_path / name, table())
    file = read(tmp_path, name, data)
    new, old = fixed_and_undone(file, {1, 4, 5})
    assert get(tmp_path / name, new)["id"].to_pylist() == [1, 2]
    assert same(get(tmp_path / name, old), get(tmp_path / name, data))


def test_how_parquet_was_written_stays(tmp_path):
    data = put(tmp_path / "a.parquet", table())
    new, _ = fixed_and_undone(read(tmp_path, "a.parquet", data))
    before, after = (pq.ParquetFile(pa.BufferReader(each)).metadata for each in (data, new))
    assert (after.num_row_groups, after.format_version) == (3, before.format_version)
    for group in range(3):
        for number in range(before.num_columns):
            one, other = (each.row_group(group).column(number) for each in (before, after))
            for name in ("path_in_schema", "compression", "has_dictionary_page", "is_stats_set"):
                assert getattr(one, name) == getattr(other, name)


def test_batches_of_arrow_stay_compressed_with_their_metadata(tmp_path):
    data = put(tmp_path / "a.arrow", table(400), 100)
    new, _ = fixed_and_undone(read(tmp_path, "a.arrow", data))
    assert pa.ipc.open_file(new).metadata == {b"x": b"y"}
    assert pa.ipc.open_file(new).num_record_batches == 4
    assert len(new) < 1.1 * len(data) < len(put(tmp_path / "b.arrows", table(400)))


def test_places_are_rows(tmp_path):
    file = read(tmp_path, "a.parquet", put(tmp_path / "a.parquet", table()))
    assert [passage.line for passage in file.passages] == [1, 3, 4, 5]
    assert file.position(file.passages[0], 13) == (1, 14)


def test_what_has_no_texts_is_refused(tmp_path):
    data = put(tmp_path / "a.parquet", table())
    for field, message in (
        ("txt", "no column 'txt'; did you mean 'text'"),
        ("id", "the column 'id' holds int32, not strings"),
        ("messages[].text", r"the column 'messages' has no 'messages\[\].text'"),
    ):
        with pytest.raises(NoTextError, match=message):
            read(tmp_path, "a.parquet", data, text_field=field)
    with pytest.raises(DocumentError, match=r"b\.parquet: not valid Parquet: "):
        read(tmp_path, "b.parquet", b"PAR1" + b"\0" * 40 + b"PAR1")
    with pytest.raises(DocumentError, match=r"b\.arrow: not valid Arrow: "):
        read(tmp_path, "b.arrow", data[:-9])


def test_the_extra_is_named_where_it_is_missing(tmp_path, monkeypatch):
    data = put(tmp_path / "a.parquet", table())
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(
        DocumentError, match=r"a\.parquet: .* pip install 'textclean-zh\[parquet\]'"
    ):
        read(tmp_path, "a.parquet", data)


TEXTS = st.none() | st.just(DAMAGED) | st.text(max_size=6)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(TEXTS, st.floats() | st.none(), st.lists(TEXTS, max_size=2)), max_size=6),
    st.sampled_from(NAMES),
    st.integers(1, 4),
    st.data(),
)
def test_any_table_survives(tmp_path_factory, rows, name, size, data):
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    made = pa.table(
        {
            "id": pa.array(range(len(rows))),
            "text": pa.array(columns[0], pa.string()),
            "n": pa.array(columns[1], pa.float64()),
            "notes": pa.array(columns[2], pa.list_(pa.string())),
        }
    )
    folder = tmp_path_factory.getbasetemp()
    content = put(folder / name, made, size)
    file = read(folder, name, content, text_field=["text", "notes[]"])
    gone = (
        data.draw(st.sets(st.sampled_from([each.record for each in file.passages])))
        if file.passages
        else set()
    )
    new, old = fixed_and_undone(file, gone)
    # NaN is not equal to itself; what is written of it is.
    back, before = (json.dumps(get(folder / name, each).to_pylist()) for each in (old, content))
    assert back == before
    after = get(folder / name, new)
    stays = [number for number in range(len(rows)) if number + 1 not in gone]
    assert after["id"].to_pylist() == stays
    assert json.dumps(after["n"].to_pylist()) == json.dumps(
        [columns[1][number] for number in stays]
    )


def test_pandas_polars_and_datasets_read_what_is_written(tmp_path):
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    datasets = pytest.importorskip("datasets")
    frame = pandas.DataFrame({"text": [DAMAGED, "甲"], "n": [1, 2]}, index=["x", "y"])
    frame.to_parquet(tmp_path / "a.parquet")
    new, old = fixed_and_undone(read(tmp_path, "a.parquet", (tmp_path / "a.parquet").read_bytes()))
    (tmp_path / "b.parquet").write_bytes(new)
    (tmp_path / "c.parquet").write_bytes(old)
    assert pandas.read_parquet(tmp_path / "c.parquet").equals(frame)
    after = pandas.read_parquet(tmp_path / "b.parquet")
    assert list(after["text"]) == [CLEAN, "甲"]
    assert list(after.index) == ["x", "y"]
    assert polars.read_parquet(tmp_path / "b.parquet")["text"].to_list() == [CLEAN, "甲"]
    loaded = datasets.Dataset.from_parquet(
        str(tmp_path / "b.parquet"), cache_dir=str(tmp_path / "cache")
    )
    assert loaded["text"][:] == [CLEAN, "甲"]
    datasets.Dataset.from_dict({"text": [DAMAGED]}).save_to_disk(str(tmp_path / "saved"))
    (part,) = (tmp_path / "saved").glob("*.arrow")
    part.write_bytes(fixed_and_undone(read(part.parent, part.name, part.read_bytes()))[0])
    assert datasets.load_from_disk(str(tmp_path / "saved"))["text"][:] == [CLEAN]
