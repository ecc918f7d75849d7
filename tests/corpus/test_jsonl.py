from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean.config import Config
from textclean.corpus.documents import input_file
from textclean.corpus.formats.json_scan import Scan, branches, plain_literal
from textclean.corpus.formats.jsonl import JsonLinesFile, find_text, is_blank, write_literal
from textclean.errors import DocumentError

# Characters that JSON escapes, and some that it need not.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=4), TEXTS, st.booleans(), st.sampled_from([None, 2]))
def test_the_literal_found_is_what_json_reads(record, text, ascii_only, indent):
    line = json.dumps(record | {"text": text}, ensure_ascii=ascii_only, indent=indent)
    start, end, found = find_text(line, "text")
    assert found == text
    assert json.loads(line[start:end]) == text
    assert json.loads(line[:start] + '"新"' + line[end:])["text"] == "新"


@given(
    st.dictionaries(st.sampled_from(["text", "te", "x"]) | TEXTS, VALUES, max_size=3),
    st.sampled_from(["text", "a", '"', "\\"]),
    st.booleans(),
)
def test_the_short_way_and_the_long_one_find_the_same(record, key, ascii_only):
    line = json.dumps(record | {key: "文,text"}, ensure_ascii=ascii_only)
    scan = Scan(line)
    (literal,), _ = scan.literals(0, branches([(key,)]))
    assert plain_literal(line, key) in (None, literal)


def test_a_usual_record_is_read_the_short_way():
    assert plain_literal('{"id": 1, "text" : "卫,生", "tags": ["a"]}', "text") == (19, 24, "卫,生")
    for odd in (
        '{"text": "{"}',
        '{"a": {"text": "b"}}',
        '{"\\u0074ext": "a", "text": "b"}',
        '{"text": 1}',
    ):
        assert plain_literal(odd, "text") is None


def test_some_lines_are_a_file_of_their_own(tmp_path):
    raw = '{"text":"甲,乙"}\n7\n\n{"text":"丙"}\n'.encode()
    source = input_file(tmp_path / "a.jsonl")
    config = Config(on_bad_record="drop")
    part = JsonLinesFile.decode_part(source, raw, 0o644, config, 101)
    assert [(each.line, each.text) for each in part.passages] == [(101, "甲,乙"), (104, "丙")]
    assert [bad.line for bad in part.bad] == [102]
    assert part.written(["甲", None]) == '{"text":"甲"}\n\n'.encode()
    some = JsonLinesFile.decode_part(source, raw, 0o644, config, 101, {104})
    assert [each.line for each in some.passages] == [104]


@given(TEXTS, TEXTS, st.booleans())
def test_a_written_literal_means_its_text_whatever_it_imitates(text, model, ascii_only):
    like = json.dumps(model, ensure_ascii=ascii_only)
    assert json.loads(write_literal(text, like)) == text
    assert "\n" not in write_literal(text, like)


def test_a_literal_keeps_to_the_manner_of_the_one_before():
    assert write_literal("卫生,健康", '"\\u536b\\u751f"') == '"\\u536b\\u751f,\\u5065\\u5eb7"'
    assert write_literal("卫生,健康", '"卫生"') == '"卫生,健康"'
    assert write_literal("医/养", '"医\\/养"') == '"医\\/养"'
    assert write_literal("医/养", '"医/养"') == '"医/养"'


def test_the_last_of_two_equal_keys_counts_as_in_json():
    line = '{"text":"前","text":"后"}'
    assert find_text(line, "text") == (19, 22, "后")


def test_a_key_in_a_nested_object_or_a_string_is_not_the_field():
    line = '{"meta":{"text":"内"},"note":"\\"text\\":\\"假\\"","text":"真"}'
    assert find_text(line, "text").text == "真"


def test_a_key_may_be_written_with_escapes():
    assert find_text('{"\\u0074ext":"真"}', "text").text == "真"


def test_numbers_of_any_length_are_passed_over():
    line = '{"n":' + "7" * 100_000 + ',"x":NaN,"text":"真"}'
    assert find_text(line, "text").text == "真"


@cases
def test_what_is_no_record_is_refused_with_its_reason(line: str, message: str):
    with pytest.raises(DocumentError) as error:
        find_text(line, "text")
    assert message in str(error.value)


def test_a_pair_of_surrogate_escapes_is_a_character():
    assert find_text('{"text":"\\ud83d\\ude00"}', "text").text == "😀"


def test_json_nested_too_deeply_is_refused_and_ends_nothing():
    with pytest.raises(DocumentError, match="nested too deeply"):
        find_text('{"a":' + "[" * 200_000 + "]" * 200_000 + ',"text":"真"}', "text")


def test_a_line_of_spaces_holds_no_record():
    assert is_blank(" \t\r\n")
    assert not is_blank("\u3000")
