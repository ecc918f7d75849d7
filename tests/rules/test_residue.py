"""Family C, residue: entities, misread encodings, glyphs without a character."""

from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean import Config, check, clean
from textclean.text.mojibake import misreadings

SUGGESTED = Config(tier="suggested")


@cases
def test_an_entity_in_prose_is_its_character(text: str, replaced: str) -> None:
    done = clean(text, SUGGESTED)
    assert done.text == replaced
    assert done.revert() == text
    assert clean(replaced, SUGGESTED).text == replaced
    assert "&" in clean(text).text  # at safe all entities stay


@cases
def test_an_entity_stays_where_it_is_shown_or_rendered(text: str) -> None:
    assert clean(text, Config(tier="suggested", select=("C013",))).text == text


@cases
def test_what_was_read_in_a_wrong_encoding_is_shown(text: str, span: str, decoded: str) -> None:
    first = next(edit for edit in check(text) if edit.rule == "C106")
    assert (first.before, first.after) == (span, span)
    assert decoded in first.evidence
    assert span in clean(text).text


@cases
def test_letters_with_accents_and_rare_characters_are_not(text: str) -> None:
    assert not [edit for edit in check(text) if edit.rule == "C106"]


def test_lost_characters_are_no_doubled_phrase() -> None:
    (finding,) = check("锟斤拷锟斤拷")
    assert finding.rule == "C106"
    assert clean("名单：锟斤拷锟斤拷", SUGGESTED).text == "名单：锟斤拷锟斤拷"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=4, max_size=12))
def test_spans_are_in_order_and_written_in_the_text(text: str) -> None:
    for read in (text, text.encode().decode("latin-1"), text.encode().decode("gbk", "replace")):
        spans = misreadings(read)
        assert all(0 <= start < end <= len(read) for start, end, _, _ in spans)


_ENTITIES = [
    "&ldquo;",
    "&amp;",
    "lt;",
    "&nbsp;",
    "&#9;",
    "甲",
    ",",
    "`",
    "<b>",
    "&",
    ";",
    "\n",
    "x",
]


@given(st.lists(st.sampled_from(_ENTITIES), max_size=12).map("".join))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    done = clean(text, SUGGESTED)
    assert done.revert() == text
    assert clean(done.text, SUGGESTED).text == done.text
