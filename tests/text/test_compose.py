"""The arithmetic of edits against its definition: make the edits of one stage after the other's."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.text.spans import cause, edits_of, spans_of
from textclean.text.compose import apply, compose, project, revert, rewrite, shift_spans
from textclean.text.edit import Cause, Part, Span, Tier

_few = st.text(alphabet="为,", max_size=12)


@st.composite
def stages(
    draw: st.DrawFn, alphabets: tuple[str, ...] = ("为,", "为,"), *, grouped: bool = False
) -> tuple[str, list[list[Span]], list[str]]:
    """A text, the edits of some stages, and the texts before, between and behind them."""
    texts = [draw(_few)]
    edits: list[list[Span]] = []
    for number, alphabet in enumerate(alphabets):
        edits.append(draw(spans_of(texts[-1], alphabet, f"{number}.", grouped=grouped)))
        texts.append(rewrite(texts[-1], 0, len(texts[-1]), edits[-1]))
    return texts[0], edits, texts


def _all(texts: list[str], edits: list[list[Span]]) -> list[Span]:
    spans: list[Span] = []
    for current, later in zip(texts, edits, strict=False):
        spans = compose(texts[0], spans, current, later)
    return spans


@given(stages(("为,", "为,", "为,")))
def test_composed_edits_do_what_the_stages_did_one_after_the_other(
    case: tuple[str, list[list[Span]], list[str]],
) -> None:
    original, edits, texts = case
    composed = edits_of(_all(texts, edits), original)
    assert apply(original, composed) == texts[-1]
    assert revert(texts[-1], composed) == original


@given(stages(("为,", "为,", "为,")))
def test_composed_edits_are_disjoint_start_apart_and_change_something(
    case: tuple[str, list[list[Span]], list[str]],
) -> None:
    original, edits, texts = case
    composed = _all(texts, edits)
    for before, behind in pairwise(composed):
        assert before[1] <= behind[0]
        assert before[0] < behind[0]
    assert all(original[start:end] != after for start, end, after, _, _ in composed)


@given(stages(("甲乙", "子丑", "寅卯")))
def test_every_edit_is_there_once_alone_or_as_a_part(
    case: tuple[str, list[list[Span]], list[str]],
) -> None:
    # No stage writes what stood there before, so only taking out again what was put in cancels.
    _, edits, texts = case
    composed = _all(texts, edits)
    told = [
        piece.evidence
        for _, _, _, why, _ in composed
        for piece in (why.parts or (why,))  # type: ignore[union-attr]
    ]
    made = {span[3].evidence for stage in edits for span in stage}
    assert len(told) == len(set(told))
    assert set(told) <= made
    if all(after for stage in edits for _, _, after, _, _ in stage):
        assert set(told) == made


@given(stages(("甲", "子"), grouped=True))
def test_groups_that_fuse_are_told_and_others_keep_their_number(
    case: tuple[str, list[list[Span]], list[str]],
) -> None:
    original, (first, second), texts = case
    second = [(*span[:4], None if span[4] is None else span[4] + 10) for span in second]
    unions: list[tuple[int, ...]] = []
    for span in compose(original, first, texts[1], second, unions):
        members = {
            group
            for stage in (first, second)
            for _, _, _, why, group in stage
            if why.evidence in {part.evidence for part in span[3].parts or (span[3],)}  # type: ignore[union-attr]
            and group is not None
        }
        assert span[4] == min(members, default=None)
        if len(members) > 1:
            assert members in map(set, unions)


@given(st.data())
def test_edits_that_are_taken_back_leave_nothing(data: st.DataObject) -> None:
    original = data.draw(_few)
    there = data.draw(spans_of(original, "为,", "there"))
    text = rewrite(original, 0, len(original), there)
    shift = 0
    back: list[Span] = []
    for start, end, after, _, _ in there:
        at = start + shift
        back.append((at, at + len(after), original[start:end], cause("back"), None))
        shift += len(after) - (end - start)
    # What is put in where something went touches none of it: those two stay two edits.
    assume(all(after for _, _, after, _, _ in there))
    assert compose(original, there, text, back) == []


def test_what_only_stands_side_by_side_stays_apart() -> None:
    composed = compose(
        "甲,乙", [(0, 1, "丙", cause("a"), None)], "丙,乙", [(1, 2, "，", cause("b"), None)]
    )
    assert [span[:3] for span in composed] == [(0, 1, "丙"), (1, 2, "，")]
    composed = compose(
        "甲,乙", [(1, 2, "，", cause("a"), None)], "甲，乙", [(0, 1, "丙", cause("b"), None)]
    )
    assert [span[:3] for span in composed] == [(0, 1, "丙"), (1, 2, "，")]


def test_a_deletion_stays_apart_from_one_beside_it_and_joins_one_around_it() -> None:
    gone = [(1, 2, "", cause("a"), None)]  # 甲,乙丙 → 甲乙丙
    beside = compose("甲,乙丙", gone, "甲乙丙", [(1, 2, "", cause("b"), None)])
    assert [span[:3] for span in beside] == [(1, 2, ""), (2, 3, "")]
    around = compose("甲,乙丙", gone, "甲乙丙", [(0, 2, "", cause("b"), None)])
    assert [span[:3] for span in around] == [(0, 3, "")]
    assert [part.before for part in around[0][3].parts] == [",", "甲乙"]


def test_insertions_at_one_place_join_in_reading_order() -> None:
    inserted = [(1, 1, "子", cause("a"), None)]
    for at, whole in ((1, "丑子"), (2, "子丑")):
        (span,) = compose("甲乙", inserted, "甲子乙", [(at, at, "丑", cause("b"), None)])
        assert span[:3] == (1, 1, whole)
        assert [part.after for part in span[3].parts] == ["子", "丑"]


def test_a_fused_edit_has_the_last_rule_and_the_least_trust() -> None:
    first = Cause("C008", Tier.SUGGESTED, 0.8, "a form")
    second = Cause("P009", Tier.SAFE, 0.9, "twice")
    (span,) = compose("﹐", [(0, 1, "，", first, 3)], "，", [(0, 1, "", second, None)])
    assert span[:3] == (0, 1, "")
    assert span[4] == 3
    assert span[3] == Cause(
        "P009",
        Tier.SUGGESTED,
        0.8,
        "twice",
        (
            Part("﹐", "，", "C008", Tier.SUGGESTED, 0.8, "a form"),
            Part("，", "", "P009", Tier.SAFE, 0.9, "twice"),
        ),
    )


def test_parts_of_parts_stay_in_the_order_they_were_made() -> None:
    spans = [(0, 1, "乙", cause("a"), None)]
    spans = compose("甲", spans, "乙", [(0, 1, "丙", cause("b"), None)])
    (span,) = compose("甲", spans, "丙", [(0, 1, "丁", cause("c"), None)])
    assert [(p.before, p.after, p.evidence) for p in span[3].parts] == [
        ("甲", "乙", "a"),
        ("乙", "丙", "b"),
        ("丙", "丁", "c"),
    ]


@given(st.data())
def test_apply_and_revert_are_inverse(data: st.DataObject) -> None:
    text = data.draw(st.text(max_size=20))
    edits = edits_of(data.draw(spans_of(text, "，为\n😀", "e")), text)
    done = apply(text, edits)
    assert revert(done, edits) == text


@pytest.mark.parametrize(
    "places", [[(2, 1)], [(0, 2), (1, 3)], [(2, 3), (0, 1)], [(3, 5)], [(-1, 1)]]
)
def test_apply_refuses_edits_that_do_not_fit(places: list[tuple[int, int]]) -> None:
    edits = [
        edits_of([(0, 0, "x", cause(), None)], "")[0]._replace(start=s, end=e) for s, e in places
    ]
    with pytest.raises(ValueError, match="overlaps, is out of order or out of range"):
        apply("甲乙丙丁", edits)


def test_revert_refuses_a_text_that_was_altered_since() -> None:
    edits = edits_of([(1, 2, "，", cause(), None)], "甲,乙")
    assert revert("甲，乙", edits) == "甲,乙"
    with pytest.raises(ValueError, match="no '，' at offset 1"):
        revert("甲；乙", edits)
    with pytest.raises(ValueError, match="no '，' at offset 1"):
        revert("甲", edits)


@given(st.data())
def test_spans_that_no_edit_touches_move_with_their_text(data: st.DataObject) -> None:
    # Kept spans are written with characters that no edit writes or removes.
    pieces = data.draw(st.lists(st.sampled_from(["甲", "乙丙", ",", ";;", "丁,"]), max_size=8))
    text = ""
    kept: list[tuple[int, int]] = []
    edits: list[Span] = []
    for piece in pieces:
        if piece[0] in ",;":
            after = data.draw(st.sampled_from(["", "，", "；；；"]))
            edits.append((len(text), len(text) + len(piece), after, cause(), None))
        else:
            kept.append((len(text), len(text) + len(piece)))
        text += piece
    moved = shift_spans(kept, edits)
    done = rewrite(text, 0, len(text), edits)
    assert [done[s:e] for s, e in moved] == [text[s:e] for s, e in kept]


@given(st.data())
def test_a_projected_proposal_says_the_same_of_the_original(data: st.DataObject) -> None:
    original = data.draw(_few)
    earlier = data.draw(spans_of(original, "为,", "e"))
    current = rewrite(original, 0, len(original), earlier)
    proposals = data.draw(spans_of(current, "子", "p"))
    for proposal, (start, end, after, why, _) in zip(
        proposals, project(earlier, current, proposals), strict=True
    ):
        assert why == proposal[3]
        # With it in place of the earlier edits that it overlaps: what making it would give. What
        # was inserted right at its edge may be in it or stay beside it.
        edge = [e for e in earlier if e[0] == e[1] and e[0] in (start, end)]
        others = [e for e in earlier if e not in edge]
        made = rewrite(current, 0, len(current), [proposal])
        assert made in {
            rewrite(original, 0, start, _ordered(others, before=start, more=left))
            + after
            + rewrite(original, end, len(original), _ordered(others, behind=end, more=right))
            for places in product((0, 1, 2), repeat=len(edge))
            for left in [[e for e, place in zip(edge, places, strict=True) if place == 1]]
            for right in [[e for e, place in zip(edge, places, strict=True) if place == 2]]
            if all(e[0] <= start for e in left) and all(e[0] >= end for e in right)
        }


def _ordered(
    spans: list[Span], *, more: list[Span], before: int | None = None, behind: int | None = None
) -> list[Span]:
    if before is not None:
        return sorted([*(s for s in spans if s[1] <= before), *more], key=lambda s: s[:2])
    return sorted([*(s for s in spans if s[0] >= (behind or 0)), *more], key=lambda s: s[:2])


def test_rewrite_of_a_stretch_leaves_out_what_stands_around_it() -> None:
    assert rewrite("甲,乙,丙", 2, 4, [(3, 4, "，", cause(), None)]) == "乙，"
