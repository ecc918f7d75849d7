"""JSON and JSON Lines: fields at any depth, every other byte untouched."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.formats.reading import fixed_and_undone, read, texts
from textclean.config import Config
from textclean.config.fields import field_path, written
from textclean.errors import ConfigError, DocumentError, NoTextError

DAMAGED = "全市有2800名医务人员,组成13个团队。"
CLEAN = "全市有2800名医务人员，组成13个团队。"
STRINGS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.just(DAMAGED)
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | STRINGS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(STRINGS, inner, max_size=3),
    max_leaves=6,
)
RECORDS = st.fixed_dictionaries(
    {"data": st.fixed_dictionaries({"text": STRINGS, "other": VALUES}), "id": VALUES},
    optional={"messages": st.lists(st.fixed_dictionaries({"content": STRINGS | st.none()}))},
)
FIELDS = ("data.text", "messages[].content")

# Written by hand: what a library that reads and writes again would change.
EXPORT = """\
[ {"id": 1.0, "n": 1e400, "note": "\\u536b, 生",
   "data" : { "text": "全市有2800名医务人员,组成13个团队。" } , "tags": []},
  {"data":{"text":"干净的。"},"id":12345678901234567890123},

  {"id": -0, "data": {"text": "医\\/养,\\u8001人"}}]
"""


def test_only_the_texts_change_in_a_list_of_records(tmp_path):
    file = read(tmp_path, "a.json", EXPORT, text_field="data.text")
    assert texts(file) == [DAMAGED, "干净的。", "医/养,老人"]
    assert [passage.line for passage in file.passages] == [2, 3, 5]
    new, old = fixed_and_undone(file)
    assert new.decode() == EXPORT.replace(DAMAGED, CLEAN).replace("养,\\u8001人", "养，老人")
    assert old.decode() == EXPORT


def test_a_file_can_be_one_object(tmp_path):
    data = f'{{"text": "{DAMAGED}", "n": 1}}'
    new, old = fixed_and_undone(read(tmp_path, "a.json", data))
    assert (new.decode(), old.decode()) == (data.replace(DAMAGED, CLEAN), data)


def test_lists_of_messages_and_several_fields(tmp_path):
    data = json.dumps(
        {
            "title": DAMAGED,
            "messages": [
                {"role": "user", "content": DAMAGED},
                {"role": "tool", "content": None},
                {"role": "assistant"},
                {"role": "user", "content": [{"type": "text", "text": DAMAGED}]},
            ],
        },
        ensure_ascii=False,
    )
    fields = ("title", "messages[].content", "messages[].content[].text")
    for name, end in (("a.jsonl", "\n"), ("a.json", "")):
        file = read(tmp_path, name, data + end, text_field=fields)
        assert texts(file) == [DAMAGED] * 3
        assert fixed_and_undone(file)[0].decode() == data.replace(DAMAGED, CLEAN) + end


def test_records_are_the_items_of_the_outermost_list(tmp_path):
    items = '{"qa": [{"q": "甲"}, {"q": "乙"}]}, {"qa": []}, {"qa": [{"q": "丙"}]}'
    data = f'{{"name": "集", "data": [{items}]}}'
    file = read(tmp_path, "a.json", data, text_field="data[].qa[].q")
    assert [(passage.record, passage.text) for passage in file.passages] == [
        (1, "甲"), (1, "乙"), (3, "丙"),
    ]  # fmt: skip
    assert json.loads(file.written([None, None, "丙"])) == {
        "name": "集",
        "data": [{"qa": []}, {"qa": [{"q": "丙"}]}],
    }


@pytest.mark.parametrize("gone", [{1}, {2}, {3}, {1, 2}, {2, 3}, {1, 3}, {1, 2, 3}])
def test_a_list_stays_a_list_whichever_items_are_dropped(tmp_path, gone):
    data = '[ {"text": "甲"},\n  {"text": "乙"} , {"text": "丙"}\n]'
    file = read(tmp_path, "a.json", data)
    new, old = fixed_and_undone(file, gone)
    stays = [text for number, text in enumerate("甲乙丙", 1) if number not in gone]
    assert [record["text"] for record in json.loads(new)] == stays
    assert old.decode() == data


def test_items_without_the_field_are_bad_records(tmp_path):
    data = '[{"text": "甲,乙"},\n {"txt": "丙"},\n 7,\n {"text": ["丁"]}]'
    file = read(tmp_path, "a.json", data)
    assert [(bad.line, bad.reason) for bad in file.bad] == [
        (2, "the record has no field 'text'; did you mean 'txt'?"),
        (3, "the record is no object but a number, so it has no field 'text'"),
        (4, "the field 'text': expected a string, got list; did you mean 'text[]'?"),
    ]
    dropping = read(tmp_path, "a.json", data, on_bad_record="drop")
    new, old = fixed_and_undone(dropping)
    assert json.loads(new) == [{"text": "甲，乙"}]
    assert old.decode() == data
    with pytest.raises(DocumentError, match=r"a\.json:2: .*\(and 2 more of 4 records\)"):
        read(tmp_path, "a.json", data, on_bad_record="fail")


def test_of_a_key_that_is_given_twice_the_last_one_counts(tmp_path):
    data = (
        '{"a": [{"t": "甲"}, {"t": 1}], "b": [{"t": "乙"}], "a": [{"t": "丙"}], "t": 1, "t": "丁"}'
    )
    file = read(tmp_path, "a.json", data, text_field=["a[].t", "b[].t", "t"])
    assert [(passage.record, passage.text) for passage in file.passages] == [
        (1, "乙"), (2, "丙"), (0, "丁"),
    ]  # fmt: skip
    assert json.loads(file.written([None, "丙", "丁"])) == {**json.loads(data), "b": []}


def test_what_is_no_json_is_refused_with_line_and_column(tmp_path):
    with pytest.raises(DocumentError, match=r"a\.json:2:16: not valid JSON: expected ','"):
        read(tmp_path, "a.json", '[\n {"text": "甲"} {"text": "乙"}]')
    with pytest.raises(DocumentError, match="nested too deeply"):
        read(tmp_path, "a.json", '{"text": ' + "[" * 200_000)


def test_settings_without_the_field_are_not_read(tmp_path):
    with pytest.raises(NoTextError, match=r"tsconfig\.json: has no field 'text'"):
        read(tmp_path, "tsconfig.json", '{ // "strict": as others do\n "strict": true, }')


def test_a_hint_leads_into_an_object(tmp_path):
    with pytest.raises(NoTextError, match=r"got object; did you mean 'data\.text'\?"):
        read(tmp_path, "a.jsonl", '{"data": {"n": 1, "text": "甲"}}\n', text_field="data")


def test_a_hint_names_where_the_strings_are(tmp_path):
    record = '{"id": 7, "data": {"body": "甲"}, "turns": [{"value": "乙"}]}\n'
    with pytest.raises(NoTextError, match=r"its strings are in 'data\.body', 'turns\[\]\.value'"):
        read(tmp_path, "a.jsonl", record)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("text", ("text",)),
        ("data.text", ("data", "text")),
        ("messages[].content", ("messages", None, "content")),
        ("[].text", (None, "text")),
        ("rows[][]", ("rows", None, None)),
        ("a\\.b.c\\\\", ("a.b", "c\\")),
        ("正文", ("正文",)),
    ],
)
def test_names_of_fields_are_paths(name, path):
    assert field_path(name) == path
    assert written(path) == name


@pytest.mark.parametrize("name", ["a..b", ".a", "a.", "a[", "a[0]", "a.[]", "[]a"])
def test_what_is_no_path_is_refused(name):
    with pytest.raises(ConfigError, match="is no field's name at character"):
        Config(text_field=name)


@settings(deadline=None)
@given(
    st.lists(RECORDS, min_size=1, max_size=4), st.booleans(), st.sampled_from([None, 1]), st.data()
)
def test_any_json_survives(tmp_path_factory, records, ascii_only, indent, data):
    folder = tmp_path_factory.getbasetemp()
    content = json.dumps(records, ensure_ascii=ascii_only, indent=indent).encode()
    lines = "\n".join(json.dumps(each, ensure_ascii=ascii_only) for each in records).encode()
    gone = data.draw(st.sets(st.integers(1, len(records))))
    for name, given_bytes in (("any.json", content), ("any.jsonl", lines)):
        file = read(folder, name, given_bytes, text_field=FIELDS)
        assert file.written(texts(file)) == given_bytes
        new, old = fixed_and_undone(file, gone)
        assert old == given_bytes
        if name == "any.json":
            kept = json.loads(new)
        else:
            kept = [json.loads(line) for line in new.decode().split("\n") if line]
        before = [each for number, each in enumerate(records, 1) if number not in gone]
        assert list(map(_without_texts, kept)) == list(map(_without_texts, before))


def _without_texts(record: dict) -> dict:
    record = json.loads(json.dumps(record))
    record["data"]["text"] = ""
    for message in record.get("messages", []):
        message["content"] = ""
    return record
