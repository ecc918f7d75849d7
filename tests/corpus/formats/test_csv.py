"""CSV and TSV: named columns change; separators, quotes, line ends and other cells stay."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.formats.reading import fixed_and_undone, read, texts
from textclean.corpus.formats.delimited import Dialect, read_cell, scan
from textclean.errors import DocumentError, NoTextError

DAMAGED = "全市有2800名医务人员,组成13个团队。"
CLEAN = "全市有2800名医务人员，组成13个团队。"
# Without a lone carriage return, which the csv module of Python 3.11 writes without quotes.
CELLS = st.text(st.sampled_from("甲乙,;\t|\" '\n.aé"), max_size=6) | st.just(DAMAGED)


def test_every_other_byte_stays(tmp_path):
    data = (
        '\ufeff编号;正文;"备;注"\r\n'
        f'1;"他说,""好""的人,来了。\r\n第二行,也是。";x\r\n'
        f'\r\n02 ; {DAMAGED};"甲,乙"\n'
        f'3;;"y"\r4;他说"好",是。;'
    )
    file = read(tmp_path, "a.csv", data, text_field="正文")
    assert texts(file) == [
        '他说,"好"的人,来了。\r\n第二行,也是。',
        f" {DAMAGED}",
        "",
        '他说"好",是。',
    ]
    assert [passage.line for passage in file.passages] == [2, 5, 6, 7]
    new, old = fixed_and_undone(file)
    assert new.decode() == (
        data.replace('"他说,""好""的人,来了。', '"他说，“好”的人，来了。')
        .replace("第二行,也", "第二行，也")
        .replace(DAMAGED, CLEAN)
        .replace('他说"好",是', "他说“好”，是")
    )
    assert old.decode() == data


def test_places_are_those_of_the_file(tmp_path):
    file = read(tmp_path, "a.csv", 'text,n\n"说""好"",\n二行,是",1\n甲,2\n')
    first, second = file.passages
    where = [file.position(first, first.text.index(mark)) for mark in ("好", ",\n", ",是")]
    assert where == [(2, 5), (2, 8), (3, 3)]
    assert file.position(second, 0) == (4, 1)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_makes_the_columns(tmp_path, separator):
    data = f"编号{separator}正文\n1{separator}甲乙\n".replace("甲乙", "甲；乙")
    assert texts(read(tmp_path, "a.csv", data, text_field="正文")) == ["甲；乙"]


def test_a_file_without_a_header_has_numbered_columns(tmp_path):
    file = read(tmp_path, "a.csv", f'1,"{DAMAGED}",x\n2,甲,y\n', text_field="2")
    assert texts(file) == [DAMAGED, "甲"]
    named = read(tmp_path, "a.csv", "1,2\n甲,乙\n", text_field="2")
    assert texts(named) == ["乙"]


def test_several_columns_are_one_record(tmp_path):
    file = read(tmp_path, "a.csv", "b,n,a\n甲,1,乙\n丙,2,丁\n", text_field=["a", "b"])
    assert [(passage.record, passage.text) for passage in file.passages] == [
        (1, "甲"), (1, "乙"), (2, "丙"), (2, "丁"),
    ]  # fmt: skip
    assert file.written([None, None, "丙", "丁"]).decode() == "b,n,a\n丙,2,丁\n"


def test_records_that_do_not_fit_are_bad(tmp_path):
    data = 'n,text\n1,甲\n2,乙,丙\n3,"丁\n4,戊\n5,"己"庚\n6,"辛"\n'
    file = read(tmp_path, "a.csv", data)
    assert texts(file) == ["甲", "戊", "辛"]
    assert [(bad.line, bad.reason) for bad in file.bad] == [
        (3, "3 cells where the header has 2"),
        (4, "a quoted cell goes on behind its quote, with '己'"),
        (6, "a quoted cell goes on behind its quote, with '庚'"),
    ]
    assert file.written(texts(file)).decode() == data
    new, old = fixed_and_undone(read(tmp_path, "a.csv", data, on_bad_record="drop"))
    assert new.decode() == 'n,text\n1,甲\n4,戊\n6,"辛"\n'
    assert old.decode() == data


def test_cells_at_the_end_may_be_left_out(tmp_path):
    file = read(tmp_path, "a.csv", "id,text,note\n1,甲\n2,乙,丙\n3\n")
    assert texts(file) == ["甲", "乙"]
    assert [bad.reason for bad in file.bad] == ["1 cells where the header has 3"]


def test_an_open_quote_takes_its_line_and_no_more(tmp_path):
    file = read(tmp_path, "a.csv", 'n,text\n1,"甲\n2,乙\n')
    assert texts(file) == ["乙"]
    assert [(bad.line, bad.reason) for bad in file.bad] == [(2, "a quoted cell has no end")]


def test_tabs_may_do_without_quotes(tmp_path):
    data = 'n\ttext\n1\t"好"的人,来了\n2\t5" 的管\n'
    file = read(tmp_path, "a.tsv", data)
    assert texts(file) == ['"好"的人,来了', '5" 的管']
    assert fixed_and_undone(file)[1].decode() == data
    quoted = read(tmp_path, "a.tsv", 'n\ttext\n1\t"甲\t乙"\n')
    assert texts(quoted) == ["甲\t乙"]


def test_an_empty_cell_is_no_blank_line(tmp_path):
    file = read(tmp_path, "a.csv", "text\n甲\n乙\n")
    assert file.written(["", "乙"]) == 'text\n""\n乙\n'.encode()


def test_missing_columns_are_named(tmp_path):
    with pytest.raises(NoTextError, match="no column 'text'; did you mean 'Text'"):
        read(tmp_path, "a.csv", "id,Text\n1,甲\n")
    with pytest.raises(
        NoTextError, match="no column 'text', but '编号', '正文'; where there is no"
    ):
        read(tmp_path, "a.csv", "编号,正文\n1,甲\n")
    with pytest.raises(NoTextError, match="there is no column 3: the first line has 2"):
        read(tmp_path, "a.csv", "1,甲\n", text_field="3")
    with pytest.raises(DocumentError, match="holds no table"):
        read(tmp_path, "a.csv", "")


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=4),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_cells_are_those_of_the_csv_module(rows, separator, quoting, end):
    target = io.StringIO()
    csv.writer(target, delimiter=separator, quoting=quoting, lineterminator=end).writerows(rows)
    content = target.getvalue()
    dialect = Dialect(separator)
    found = [
        [read_cell(content[low:high], dialect) for low, high in line.cells]
        for line in scan(content, 0, dialect)
    ]
    expected = csv.reader(io.StringIO(content, newline=""), delimiter=separator)
    assert found == list(expected) == rows


@settings(deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=4),
    st.sampled_from(["a.csv", "a.tsv"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
    st.data(),
)
def test_any_table_survives(tmp_path_factory, rows, name, quoting, end, data):
    separator = "\t" if name == "a.tsv" else ","
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator, quoting=quoting, lineterminator=end)
    writer.writerows([["id", "text", "note"], *rows])
    content = target.getvalue().encode()
    file = read(tmp_path_factory.getbasetemp(), name, content)
    assert not file.bad
    assert texts(file) == [row[1] for row in rows]
    assert file.written(texts(file)) == content
    gone = data.draw(st.sets(st.integers(1, len(rows)))) if rows else set()
    new, old = fixed_and_undone(file, gone)
    assert old == content
    stays = [row for number, row in enumerate(rows, 1) if number not in gone]
    after = list(csv.reader(io.StringIO(new.decode(), newline=""), delimiter=separator))[1:]
    assert [(row[0], row[2]) for row in after] == [(row[0], row[2]) for row in stays]
    others = [
        each + "，" if number % 2 else f'"{each}{separator}'
        for number, each in enumerate(texts(file))
    ]
    written = file.written(others).decode()
    read_back = list(csv.reader(io.StringIO(written, newline=""), delimiter=separator))[1:]
    assert [row[1] for row in read_back] == others


def test_pandas_and_polars_read_what_is_written(tmp_path):
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    rows = "".join(f'{number},"{DAMAGED}",{number}.50\n' for number in range(3))
    file = read(tmp_path, "a.csv", f"id,text,price\n{rows}")
    (tmp_path / "b.csv").write_bytes(fixed_and_undone(file)[0])
    before, after = (pandas.read_csv(tmp_path / name) for name in ("a.csv", "b.csv"))
    assert list(after["text"]) == [CLEAN] * 3
    assert after.drop(columns="text").equals(before.drop(columns="text"))
    assert polars.read_csv(tmp_path / "b.csv")["text"].to_list() == [CLEAN] * 3
