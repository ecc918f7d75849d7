"""Rules C014 and C106: text that was read in another encoding than it was written in."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.strategies import any_text
from tests.tables import cases
from textclean import Config, check, clean
from textclean.text.mojibake import misreadings

SUGGESTED = Config(tier="suggested")
ONLY = Config(tier="suggested", select=("C014",))


@cases
def test_what_was_read_in_a_wrong_encoding_is_read_again(text: str, right: str) -> None:
    done = clean(text, ONLY)
    assert done.text == right
    assert done.revert() == text
    assert clean(right, ONLY).text == right
    safe = clean(text)
    assert any(edit.rule == "C014" for edit in safe.suggestions)
    # At safe nothing touches what it can be read again by.
    for edit in done.edits:
        assert edit.before in safe.text


@cases
def test_what_lost_bytes_is_shown(text: str, span: str, decoded: str) -> None:
    first = next(edit for edit in check(text) if edit.rule == "C106")
    assert (first.before, first.after) == (span, span)
    assert decoded in first.evidence
    assert span in clean(text, SUGGESTED).text


@cases
def test_letters_with_accents_and_rare_characters_are_none(text: str) -> None:
    assert not misreadings(text)


@cases
def test_encodings_that_are_shown_stay(text: str) -> None:
    assert clean(text, ONLY).text == text
    assert clean(text, SUGGESTED).revert() == text


def test_lost_characters_are_no_doubled_phrase() -> None:
    (finding,) = check("锟斤拷锟斤拷")
    assert finding.rule == "C106"
    assert clean("名单：锟斤拷锟斤拷", SUGGESTED).text == "名单：锟斤拷锟斤拷"


def test_bytes_that_look_like_code_hide_none() -> None:
    line = "循環經濟的總體規劃，應注意節約資源：`中,文`。"
    read = line.encode("big5").decode("latin-1")
    assert read.count("`") > 4  # the second byte of 循, 總, 注 and 節 is a backtick
    assert clean(read, ONLY).text == line


CHINESE = st.text(
    st.sampled_from("我们的工作已经完成了，今年经济发展很快。人民生活水平提高研究问题学习方法"),
    min_size=8,
    max_size=40,
)


@given(CHINESE, st.sampled_from(["utf-8", "gb18030"]))
def test_ftfy_and_we_agree_on_what_both_read(text: str, codec: str) -> None:
    ftfy = pytest.importorskip("ftfy")
    read = text.encode(codec).decode("latin-1")
    ours = clean(read, ONLY).text
    assert ours in (text, read)
    theirs = ftfy.fix_encoding(read)
    if theirs != read and codec == "utf-8":
        assert ours == theirs


@given(any_text)
def test_spans_are_in_order_and_say_what_is_there(text: str) -> None:
    for read in (
        text,
        text.encode().decode("latin-1"),
        text.encode().decode("gbk", "replace"),
        text.encode("gb18030").decode("latin-1"),
        text.encode("big5", "replace").decode("gb18030", "replace"),
    ):
        last = 0
        for each in misreadings(read):
            assert last <= each.start < each.end <= len(read)
            last = each.end
        done = clean(read, SUGGESTED)
        assert done.revert() == read
        assert clean(done.text, SUGGESTED).text == done.text


# Numbers, since Hypothesis puts strings of the package's own source in what it makes of `text`.
CODES = st.integers(0x20, 0x2FFFF).filter(lambda code: not 0xD7FF < code < 0xE000)
HAN_CODES = st.integers(0x4E00, 0x9FFF)


@given(
    st.lists(st.one_of(CODES, HAN_CODES), max_size=60).map(lambda codes: "".join(map(chr, codes)))
)
def test_random_text_is_not_touched(text: str) -> None:
    assume(not any("\x80" <= char <= "\xff" for char in text))
    assert not misreadings(text)
    assert clean(text, ONLY).text == text
