"""The compiled loops beside what takes their place, and the verdicts drawn from either."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from tests.dedup.passages import misread, seed_paragraphs
from tests.dedup.verdicts import folds_of, judge, judge_all, pieces, pieces_of_all
from textclean.dedup.fold import fold
from textclean.dedup.kernels import aligning, values
from textclean.dedup.verify import VALUE, Verdict, differences, frame

written = st.text("医疗卫生一二年月x1a", max_size=24)
CHANGES = ("中", "美", "12", "二〇", "xx", "的", "", "", "春", "秋", "工作推进", "a", "年")


def changed(text: str, random: Random) -> str:
    """A text with a few characters lost, come or changed."""
    parts = list(text)
    for _ in range(random.randint(1, 9)):
        place = random.randrange(len(parts))
        parts[place : place + random.randint(0, 2)] = random.choice(CHANGES)
    return "".join(parts)


@given(written, st.booleans())
def test_values_are_taken_as_the_pattern_takes_them(text: str, whole: bool) -> None:
    own = folds_of(text, text).codes
    size = len(text)
    spans = np.array([[0, size, size, 2 * size]])
    numbers, places = np.empty(2 * size + 2, np.uint32), np.empty(2 * size + 2, np.int64)
    tokens, counts = np.empty((1, 4), np.int64), np.empty((1, 2), np.int64)
    alike = np.empty(1, np.bool_)
    kinds = values.value_kinds()
    out = (numbers, places, tokens, counts, alike)
    values.write_tokens(own, spans, np.array([True]), kinds, *out)
    count = int(tokens[0, 1])
    assert alike.all()
    assert counts.tolist() == [[len(frame(text).values)] * 2]
    bounds = places[: count + 1].tolist()
    shown = ["#" if number & values.VALUE else chr(number) for number in numbers[:count].tolist()]
    assert "".join(shown) == frame(text).form
    taken = [text[i:j] for i, j in pairwise(bounds)]
    assert tuple(part for part, sign in zip(taken, shown, strict=True) if sign == "#") == (
        frame(text).values
    )
    assert frame(text).values == tuple(match.group() for match in VALUE.finditer(text))
    if text:
        matched = values.value_end(own, 0, 0, size, kinds) == size
        assert matched == (VALUE.fullmatch(text) is not None)


@settings(deadline=None)
@given(written, written, st.integers(0, 24))
def test_two_texts_are_aligned_as_rapidfuzz_aligns_them(one: str, other: str, limit: int) -> None:
    both = folds_of(one, other).codes
    spans = np.array([[0, len(one), len(one), len(both)]])
    aligned = aligning.align(both, spans, np.array([limit]))
    operations = [o for o in Levenshtein.opcodes(one, other) if o.tag != "equal"]
    apart = Levenshtein.distance(one, other) > limit
    assert (
        aligning.align(both, spans, np.array([limit]), traced=False).states == aligned.states
    ).all()
    assert aligned.states.tolist() == [aligning.BEYOND if apart else aligning.ALIGNED]
    if apart:
        return
    leading, trailing = aligned.overhangs[0].tolist()
    found = (aligned.stretches[::-1] - np.array([0, 0, len(one), len(one)])).tolist()
    assert [(one[i:j], other[k:m]) for i, j, k, m in found] == list(
        differences_by_character(one, other)
    )
    first_of = operations[0] if operations else None
    opens = first_of is not None and first_of.tag == "insert" and first_of.src_start == 0
    assert leading == (first_of.dest_end if opens and first_of and not first_of.dest_start else 0)
    last_of = operations[-1] if operations else None
    closes = last_of is not None and last_of.tag == "insert" and last_of.dest_end == len(other)
    assert trailing == (len(other) - last_of.dest_start if closes and last_of else 0)


def differences_by_character(one: str, other: str) -> list[tuple[str, str]]:
    stretches: list[list[int]] = []
    for operation in Levenshtein.opcodes(one, other):
        if operation.tag == "equal":
            continue
        i, j, k, m = list(operation)[1:]
        if stretches and stretches[-1][1] == i and stretches[-1][3] == k:
            stretches[-1][1::2] = j, m
        else:
            stretches.append([i, j, k, m])
    return [(one[i:j], other[k:m]) for i, j, k, m in stretches]


@settings(deadline=None)
@given(written, written)
def test_any_two_texts_get_the_verdict_that_judge_gives(one: str, other: str) -> None:
    if one == other:
        return
    first, second = sorted((one, other))
    for similar in (True, False):
        assert judge_all([(one, other)], similar, compiled=True) == [
            judge(first, second, similar=similar)
        ]
    smaller, larger = sorted((one, other), key=len)
    assert pieces_of_all([(smaller, larger)], compiled=True) == [pieces(smaller, larger)]


def test_damaged_paragraphs_get_the_verdicts_that_judge_gives() -> None:
    random = Random(11)
    folds = [fold(text) for text in seed_paragraphs()]
    pairs = []
    for text in folds:
        pairs += [(text, changed(text, random)) for _ in range(4)]
        pairs += [(text, fold(misread(text, random, rate))) for rate in (0.02, 0.1)]
    pairs += list(pairwise(folds))
    pairs = [pair for pair in pairs if pair[0] != pair[1]]
    for similar in (True, False):
        expected = [judge(*sorted(pair), similar=similar) for pair in pairs]
        assert judge_all(pairs, similar, compiled=True) == expected
        kinds = {Verdict.COPY, Verdict.TWINS, Verdict.DIFFERENT}
        assert {*expected} >= kinds


def test_cut_off_paragraphs_are_found_where_pieces_finds_them() -> None:
    random = Random(12)
    pairs = []
    for text in (fold(text) for text in seed_paragraphs(40)):
        end = random.randint(20, len(text) - 1)
        for part in (text[:end], text[-end:]):
            damaged = [part, fold(misread(part, random, 0.05)), changed(part, random)]
            pairs += [(one, text) for one in damaged if len(one) < len(text)]
    expected = [pieces(part, whole) for part, whole in pairs]
    assert pieces_of_all(pairs, compiled=True) == expected
    assert sum(map(bool, expected)) > len(pairs) / 2


def test_texts_too_long_to_align_differ_in_numbers_only() -> None:
    text = "医疗卫生服务能力提升" * 300
    other = text.replace("提升", "提高", 1)
    assert judge_all([(text, other)], True, compiled=True) == [judge(text, other)]
    assert judge(text, other) is Verdict.COPY
    assert differences(text, other) == ()
