"""Edits as columns: they hold what went in, travel between processes, and look like a list."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.spans import cause, edits_of, spans_of
from textclean.text.columns import EditColumns, EditSequence
from textclean.text.edit import Cause, Edit, Part, Span, Tier


@st.composite
def _case(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(max_size=20))
    return text, draw(spans_of(text, "，为😀", "e", grouped=True))


@given(_case())
def test_spans_come_back(case: tuple[str, list[Span]]) -> None:
    _, spans = case
    for columns in (EditColumns(spans), EditColumns.from_spans(spans)):
        assert list(columns) == spans
        assert columns == spans
        assert [columns[at] for at in range(len(columns))] == spans
        assert columns[1:3] == spans[1:3]
        assert EditColumns.of(columns) == spans


@given(_case())
def test_columns_survive_pickling(case: tuple[str, list[Span]]) -> None:
    columns = EditColumns.from_spans(case[1])
    again = pickle.loads(pickle.dumps(columns))
    assert again == columns
    assert list(again) == case[1]


@given(_case(), st.integers(-30, 30), st.integers(-30, 30), st.sampled_from([-2, -1, 1, 2, None]))
def test_a_sequence_is_indexed_and_sliced_like_a_list(
    case: tuple[str, list[Span]], start: int, stop: int, step: int | None
) -> None:
    text, spans = case
    edits = edits_of(spans, text)
    sequence = EditSequence(EditColumns.from_spans(spans), text)
    assert list(sequence) == edits
    assert [sequence[at] for at in range(-len(edits), len(edits))] == edits * 2
    assert sequence[start:stop:step] == edits[start:stop:step]
    assert list(reversed(sequence)) == edits[::-1]
    assert sequence == edits
    assert edits == sequence


@pytest.mark.parametrize("index", [1, -2, 5])
def test_an_index_beyond_the_end_is_refused(index: int) -> None:
    sequence = EditSequence(EditColumns.from_spans([(0, 1, "，", cause(), None)]), ",")
    with pytest.raises(IndexError, match=f"edit {index} of 1"):
        sequence[index]


def test_an_edit_has_every_field_of_its_cause() -> None:
    part = Part(",", "，", "P001", Tier.SAFE, 1.0, "beside Chinese")
    why = Cause("P009", Tier.SUGGESTED, 0.9, "twice", (part,))
    sequence = EditSequence(EditColumns.from_spans([(1, 2, "", why, 4)]), "甲,乙")
    expected = Edit(1, 2, ",", "", "P009", Tier.SUGGESTED, 0.9, "twice", 4, (part,))
    assert sequence[0] == expected
    assert next(iter(sequence)) == expected


def test_columns_differ_when_anything_in_them_does() -> None:
    span: Span = (1, 2, "，", cause("a"), None)
    columns = EditColumns.from_spans([span])
    assert columns == EditColumns.from_spans([span])
    for other in (
        (0, 2, "，", cause("a"), None),
        (1, 3, "，", cause("a"), None),
        (1, 2, "；", cause("a"), None),
        (1, 2, "，", cause("b"), None),
        (1, 2, "，", cause("a"), 0),
    ):
        assert columns != EditColumns.from_spans([other])
    assert columns == [span]


def test_sequences_compare_by_their_edits_and_never_with_strings() -> None:
    one = EditSequence(EditColumns.from_spans([(0, 1, "，", cause(), None)]), ",")
    assert one == EditSequence(one._columns, ",")
    assert one != EditSequence(one._columns, ";")
    assert one != []
    assert one != ","
    assert repr(one) == "<1 edits>"


_SPANS = st.lists(
    st.builds(
        lambda start, length, after, group: (start, start + length, after, cause(), group),
        st.integers(0, 30),
        st.integers(0, 3),
        st.sampled_from(["", "，", "……"]),
        st.none() | st.integers(0, 3),
    ),
    max_size=8,
)


@given(_SPANS)
def test_order_is_by_start_and_else_as_it_was(spans: list[Span]) -> None:
    assert list(EditColumns(spans).in_order()) == sorted(spans, key=lambda span: span[0])


@given(_SPANS)
def test_disjoint_spans_neither_overlap_nor_share_a_start(spans: list[Span]) -> None:
    ordered = EditColumns(spans).in_order()
    pairs = [(one, other) for at, one in enumerate(ordered) for other in list(ordered)[at + 1 :]]
    expected = all(one[1] <= other[0] and one[0] != other[0] for one, other in pairs)
    assert ordered.are_disjoint() is expected


def test_one_change_at_many_places_is_a_span_for_each() -> None:
    why = cause()
    spans = EditColumns([(9, 9, "。", why, 1)])
    spans.add_places([2, 5], 1, "，", why)
    assert list(spans) == [(9, 9, "。", why, 1), (2, 3, "，", why, None), (5, 6, "，", why, None)]


@given(_case(), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4))
def test_runs_are_taken_as_their_indices_are(
    case: tuple[str, list[Span]], bounds: list[tuple[int, int]]
) -> None:
    spans = case[1] * 8
    columns = EditColumns(spans)
    runs = [range(low, min(high, len(spans))) for low, high in bounds]
    assert list(columns.take_runs(runs)) == [spans[at] for run in runs for at in run]
