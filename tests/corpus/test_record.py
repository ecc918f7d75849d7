from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.corpus.paragraphs import PARAGRAPHS, documents
from tests.tables import cases
from textclean.cleaning import clean
from textclean.config import Config
from textclean.corpus.documents import input_file, read_file
from textclean.corpus.excise import Remainder, blocks_of, cuts
from textclean.corpus.formats.base import DecodedFile, sha256
from textclean.corpus.reading_order import CleanedDocument
from textclean.corpus.record import Row, dump, pack, pack_text, unpack, unpack_text
from textclean.errors import RecordError

thorough = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def cleaned(text: str, gone: set[int] | None = None) -> CleanedDocument:
    remainder = Remainder(text, cuts(text, blocks_of(text), gone or set()))
    done = clean(remainder.text)
    return CleanedDocument("a", done.text, remainder, done.columns)


def through_json(row: Row) -> Row:
    loaded: Row = json.loads(dump(row))
    return loaded


def read(folder, name: str, data: bytes) -> DecodedFile:
    path = folder / name
    path.write_bytes(data)
    return read_file(input_file(path), Config())


@thorough
@given(documents(), st.data())
def test_a_text_comes_back_from_its_row(text, data):
    blocks = blocks_of(text)
    gone = data.draw(st.sets(st.sampled_from(range(len(blocks))))) if blocks else set()
    done = cleaned(text, gone)
    packed = through_json(pack_text(done.remainder, done.columns))
    assert unpack_text(packed, done.text) == text


@thorough
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_file_comes_back_from_its_row(tmp_path_factory, text):
    file = read(tmp_path_factory.getbasetemp(), "any.txt", text.encode())
    done = cleaned(text)
    output = file.written([done.text])
    assert unpack(through_json(pack(file, [done], output)), output) == file.data


@thorough
@given(
    st.lists(st.tuples(documents(), st.booleans(), st.booleans()), max_size=5),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
    st.sampled_from(["", "\ufeff"]),
    st.booleans(),
)
def test_any_file_of_records_comes_back_from_its_row(tmp_path_factory, records, newline, mark, end):
    lines = [
        # A slash may be escaped, and is not by Python: such a literal is kept as it was.
        json.dumps({"id": 1, "text": text + "/"}, ensure_ascii=flag).replace("/", "\\/")
        if odd
        else json.dumps({"text": text, "n": [1.0]}, ensure_ascii=flag)
        for text, flag, odd in records
    ]
    data = (mark + newline.join(lines) + (newline if end else "")).encode()
    file = read(tmp_path_factory.getbasetemp(), "any.jsonl", data)
    done = [
        None if number % 3 == 1 else cleaned(passage.text, {0} if passage.text.strip() else set())
        for number, passage in enumerate(file.passages)
    ]
    output = file.written([one.text if one else None for one in done])
    assert unpack(through_json(pack(file, done, output)), output) == data


def test_a_record_of_odd_escapes_keeps_its_old_literal_and_others_need_none(tmp_path):
    text = '{"text":"\\u536b生,健康"}\n{"text":"卫生,健康"}\n{"text":"\\u536b\\u751f,\\u5065"}\n'
    file = read(tmp_path, "a.jsonl", text.encode())
    done = [cleaned(passage.text) for passage in file.passages]
    output = file.written([one.text for one in done])
    entries = [entry for *_, entry in pack(file, done, output)["changes"]]
    assert ["old" in entry for entry in entries] == [True, False, False]


def test_rows_of_version_2_which_count_lines_can_be_read():
    old = '{"text":"卫生,健康"}\n{"text":"\\u536b生,健康"}\n{"text":"卫生,健康。"}\n'
    new = '{"text":"卫生，健康"}\n{"text":"卫生，健康"}\n'
    edits = pack_text(Remainder("卫生,健康"), clean("卫生,健康").columns)
    literal = {"literal": '"\\u536b生,健康"'}
    dropped = {"dropped": '{"text":"卫生,健康。"}\n'}
    entries = [edits, literal, dropped]
    row = {
        "record": 2,
        "document": "a.jsonl",
        "format": "jsonl",
        "input": sha256(old.encode()),
        "output": sha256(new.encode()),
        "field": "text",
        "lines": [{"line": number, **entry} for number, entry in enumerate(entries, 1)],
    }
    assert unpack(row, new.encode()) == old.encode()


def test_a_row_is_smaller_than_its_text():
    text = "\n\n".join(PARAGRAPHS[:30])
    done = cleaned(text)
    assert len(dump(pack_text(done.remainder, done.columns))) < len(text.encode()) / 2


@pytest.fixture
def packed(tmp_path) -> tuple[Row, bytes]:
    file = read(tmp_path, "a.txt", "卫生,健康,医疗。".encode())
    done = cleaned(file.content)
    output = file.written([done.text])
    return pack(file, [done], output), output


def test_an_altered_output_is_not_rebuilt(packed):
    row, output = packed
    with pytest.raises(RecordError, match="was altered since it was written"):
        unpack(row, output + b"\n")


@cases
def test_a_damaged_row_is_refused_and_rebuilds_nothing_wrong(packed, damage: str):
    row, output = packed
    with pytest.raises(RecordError, match=r"a\.txt: the undo record (is damaged|does not lead)"):
        unpack(row | json.loads(damage), output)
