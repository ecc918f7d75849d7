from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.corpus.paragraphs import documents
from tests.corpus.test_record import through_json
from textclean.cleaning import clean
from textclean.corpus.excise import Remainder, blocks_of, cuts
from textclean.corpus.reading_order import CleanedDocument, Reading, arrange
from textclean.corpus.record import pack_text, unpack_text
from textclean.text.compose import apply

thorough = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def joined(text: str, following: dict[int, int]) -> Reading:
    reading = Reading(Remainder(text))
    return reading.moved(*arrange(text, blocks_of(text), following))


@st.composite
def followings(draw: st.DrawFn, number: int) -> dict[int, int]:
    """Which block goes on in which: no block twice, no ring."""
    order = draw(st.permutations(range(number)))
    links = draw(st.lists(st.booleans(), min_size=number, max_size=number))
    return {one: two for one, two, link in zip(order, order[1:], links, strict=False) if link}


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """A document of which blocks went and the rest was joined at random, once or twice."""
    text = draw(documents())
    blocks = blocks_of(text)
    gone = draw(st.sets(st.sampled_from(range(len(blocks))))) if blocks else set()
    reading = Reading(Remainder(text, cuts(text, blocks, gone)))
    for _ in range(draw(st.integers(1, 2))):
        left = blocks_of(reading.text)
        following = draw(followings(len(left)))
        reading = reading.moved(*arrange(reading.text, left, following))
    return reading


def test_the_blocks_that_continue_another_stand_behind_it_and_the_rest_keeps_its_order():
    text = "一条重要的消\n\n# 题\n\n工人在施工\n\n息。\n\n另一段。\n"
    assert joined(text, {0: 3}).text == "一条重要的消息。\n\n# 题\n\n工人在施工\n\n另一段。\n"


def test_a_head_that_stood_before_its_tail_goes_behind_it():
    text = "息。\n\n另一段。\n\n一条重要的消\n"
    assert joined(text, {2: 0}).text == "另一段。\n\n一条重要的消息。\n"


def test_three_pieces_become_one_paragraph_without_the_indents_of_the_page():
    text = "\u3000\u3000甲乙 \n\n\u3000\u3000丙丁\n\n\u3000\u3000戊。\n\n\u3000\u3000己。"
    assert joined(text, {0: 1, 1: 2}).text == "\u3000\u3000甲乙丙丁戊。\n\n\u3000\u3000己。"


def test_nothing_to_join_is_no_change():
    reading = joined("甲。\n\n乙。\n", {})
    assert (reading.text, reading.order) == ("甲。\n\n乙。\n", ())


def test_an_edit_across_a_seam_is_told_in_the_originals_places():
    text = "乙,丙。\n\n甲\n"
    reading = joined(text, {1: 0})
    assert reading.text == "甲乙,丙。\n"
    done = clean(reading.text)
    document = CleanedDocument("a", done.text, reading.remainder, done.columns, reading.order)
    assert [(e.start, e.before, e.after) for e in document.edits] == [(1, ",", "，")]


@thorough
@given(readings())
def test_every_text_comes_back_through_its_record(reading):
    done = clean(reading.text)
    packed = through_json(pack_text(reading.remainder, done.columns, reading.order))
    assert unpack_text(packed, done.text) == reading.remainder.original


@thorough
@given(readings())
def test_edits_are_sorted_disjoint_and_quote_the_original(reading):
    done = clean(reading.text)
    document = CleanedDocument("a", done.text, reading.remainder, done.columns, reading.order)
    last, begun = 0, -1
    for edit in document.edits:
        assert document.original[edit.start : edit.end] == edit.before
        assert edit.start >= last
        assert edit.start > begun
        last, begun = edit.end, edit.start


@thorough
@given(readings())
def test_the_edits_make_the_same_characters_of_the_original(reading):
    done = clean(reading.text)
    document = CleanedDocument("a", done.text, reading.remainder, done.columns, reading.order)
    edits = [*document.edits]
    gone = document.remainder.cuts
    in_place = apply(document.original, edits)
    lost = "".join(document.original[start:end] for start, end in gone)
    assert sorted(in_place) == sorted(document.text + lost)


@thorough
@given(readings(), st.data())
def test_spans_of_the_reading_lead_back_to_their_characters(reading, data):
    length = len(reading.text)
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    spans = reading.to_original(start, end)
    original = reading.remainder.original
    kept = Remainder(original, reading.remainder.cuts)
    pieces = [kept.text[kept.from_original(low) : kept.from_original(high)] for low, high in spans]
    assert "".join(pieces) == reading.text[start:end]
