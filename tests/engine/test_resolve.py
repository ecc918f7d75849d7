"""Which of a stage's proposals are made: against the plain definition, and case by case."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from textclean.engine.resolve import resolve
from textclean.text.edit import Cause, Span, Tier


def _span(
    start: int,
    end: int,
    *,
    tier: Tier = Tier.SAFE,
    confidence: float = 1.0,
    rule: str = "P001",
    group: int | None = None,
) -> Span:
    return start, end, "", Cause(rule, tier, confidence, ""), group


_proposals = st.lists(
    st.builds(
        lambda start, length, tier, confidence, rule, group: _span(
            start, start + length, tier=tier, confidence=confidence, rule=rule, group=group
        ),
        st.integers(0, 24),
        st.integers(0, 4),
        st.sampled_from([Tier.SAFE, Tier.SUGGESTED]),
        st.sampled_from([0.8, 1.0]),
        st.sampled_from(["P001", "P002"]),
        st.sampled_from([None, None, 0, 1, 2]),
    ),
    max_size=14,
)
_protected = st.lists(st.integers(0, 28), max_size=6, unique=True).map(
    lambda bounds: list(zip(sorted(bounds)[::2], sorted(bounds)[1::2], strict=False))
)


def _clash(one: Span, other: Span) -> bool:
    return one[0] == other[0] or (one[0] < other[1] and other[0] < one[1])


def _plainly(spans: list[Span], protected: list[tuple[int, int]]) -> list[Span]:
    """The definition, with no thought of speed."""

    def shielded(span: Span) -> bool:
        return any(span[0] < end and start < span[1] for start, end in protected)

    fallen = {span[4] for span in spans if shielded(span)} - {None}
    left = [span for span in spans if not shielded(span) and span[4] not in fallen]
    kept: list[Span] = []
    for span in sorted(
        left, key=lambda s: (s[3].tier.rank, -s[3].confidence, s[0] - s[1], s[0], s[3].rule)
    ):
        if any(_clash(span, better) for better in kept):
            fallen |= {span[4]} - {None}
        else:
            kept.append(span)
    return sorted((s for s in kept if s[4] not in fallen), key=lambda s: s[:2])


@given(_proposals, _protected)
def test_what_is_made_is_what_the_definition_says(
    spans: list[Span], protected: list[tuple[int, int]]
) -> None:
    expected = _plainly(list(spans), protected)
    found = resolve(list(spans), protected)
    # Equal proposals of one rule may differ in their group alone; which of them stays is open.
    assert [span[:4] for span in found] == [span[:4] for span in expected] or any(
        a[:2] == b[:2] and a[3].rule == b[3].rule for a, b in pairwise(sorted(spans, key=str))
    )


@given(_proposals, _protected)
def test_what_is_made_is_sorted_disjoint_apart_and_unprotected(
    spans: list[Span], protected: list[tuple[int, int]]
) -> None:
    made = resolve(list(spans), protected)
    for before, behind in pairwise(made):
        assert before[1] <= behind[0]
        assert before[0] < behind[0]
    for start, end, *_ in made:
        assert all(end <= low or high <= start for low, high in protected)


@given(_proposals, _protected)
def test_groups_stand_or_fall_together(spans: list[Span], protected: list[tuple[int, int]]) -> None:
    made = resolve(list(spans), protected)
    for group in {span[4] for span in made} - {None}:
        assert [s for s in made if s[4] == group] == sorted(s for s in spans if s[4] == group)


@given(_proposals, _protected, st.randoms())
def test_the_order_of_proposals_is_of_no_account(
    spans: list[Span], protected: list[tuple[int, int]], random: object
) -> None:
    spans = [(*span[:4], at) for at, span in enumerate(spans)]
    places = [(span[0], span[1], span[3].rule) for span in spans]
    if len(set(places)) < len(places):
        return  # of equal ones, either may stay
    shuffled = list(spans)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(shuffled, protected) == resolve(list(spans), protected)


def test_the_better_tier_wins_over_confidence_and_length() -> None:
    sure = _span(2, 3, confidence=0.5)
    assert resolve([_span(0, 9, tier=Tier.SUGGESTED), sure], []) == [sure]


def test_confidence_wins_over_length() -> None:
    sure = _span(2, 3)
    assert resolve([_span(0, 9, confidence=0.9), sure], []) == [sure]


def test_the_longer_wins_then_the_one_further_left_then_the_lower_code() -> None:
    assert resolve([_span(1, 2), _span(0, 3)], []) == [_span(0, 3)]
    assert resolve([_span(1, 3), _span(0, 2)], []) == [_span(0, 2)]
    lower = _span(0, 2, rule="P001")
    assert resolve([_span(0, 2, rule="P002"), lower], []) == [lower]


def test_what_only_stands_side_by_side_is_all_made() -> None:
    spans = [_span(0, 1), _span(1, 2), _span(2, 2), _span(3, 4)]
    assert resolve(list(spans), []) == spans


def test_two_at_one_offset_are_never_both_made() -> None:
    assert resolve([_span(1, 1), _span(1, 2)], []) == [_span(1, 2)]


def test_half_a_pair_is_not_made_when_the_other_loses() -> None:
    better = _span(5, 8)
    pair = [_span(0, 1, group=1), _span(6, 7, group=1)]
    assert resolve([*pair, better], []) == [better]


def test_half_a_pair_is_not_made_when_the_other_is_protected() -> None:
    pair = [_span(0, 1, group=1), _span(6, 7, group=1)]
    assert resolve(list(pair), [(6, 9)]) == []
    assert resolve(list(pair), [(7, 9)]) == pair


def test_what_lost_to_a_pair_that_falls_is_not_raised_again() -> None:
    # It may be made in the next round, on the text as it then is.
    pair = [_span(0, 4, group=1), _span(6, 7, group=1)]
    assert resolve([*pair, _span(1, 2), _span(5, 9)], []) == [_span(5, 9)]


def test_an_insertion_at_the_edge_of_a_protected_span_is_outside_of_it() -> None:
    spans = [_span(2, 2), _span(5, 5)]
    assert resolve(list(spans), [(2, 5)]) == spans
    assert resolve([_span(3, 3)], [(2, 5)]) == []
