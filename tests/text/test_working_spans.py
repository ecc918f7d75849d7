"""`Spans`: columns that stand for a sequence of spans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.text.spans import cause
from textclean.text.edit import Span
from textclean.text.spans import Spans

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
def test_columns_are_the_spans_that_they_were_made_of(spans: list[Span]) -> None:
    columns = Spans(spans)
    assert list(columns) == spans
    assert columns == spans
    assert [columns[at] for at in range(len(columns))] == spans
    assert columns[1:3] == spans[1:3]
    assert Spans.of(columns) is columns


@given(_SPANS)
def test_order_is_by_start_and_else_as_it_was(spans: list[Span]) -> None:
    assert list(Spans(spans).in_order()) == sorted(spans, key=lambda span: span[0])


@given(_SPANS)
def test_disjoint_spans_neither_overlap_nor_share_a_start(spans: list[Span]) -> None:
    ordered = Spans(spans).in_order()
    pairs = [(one, other) for at, one in enumerate(ordered) for other in list(ordered)[at + 1 :]]
    expected = all(one[1] <= other[0] and one[0] != other[0] for one, other in pairs)
    assert ordered.are_disjoint() is expected


def test_one_change_at_many_places_is_a_span_for_each() -> None:
    why = cause()
    spans = Spans([(9, 9, "。", why, 1)])
    spans.add_places([2, 5], 1, "，", why)
    assert list(spans) == [(9, 9, "。", why, 1), (2, 3, "，", why, None), (5, 6, "，", why, None)]
