"""What `find` makes of written Chinese: spans, kinds, values, units, bounds, tidy forms."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.seeds import ROOT, TEXTS
from tests.tables import cases
from textclean.quantities import Bound, Kind, find

NUMERALS = "0123456789０１２３４５６７８９零〇一二三四五六七八九十百千万亿两廿卅半"


def only(text: str) -> tuple[str, str, str | None, str | None, str]:
    """Text, kind, value, unit and bound of the one quantity that is no idiom."""
    found = [q for q in find(text) if q.kind is not Kind.IDIOM]
    assert len(found) == 1, found
    (quantity,) = found
    return quantity.text, quantity.kind, quantity.value_text, quantity.unit, quantity.bound


@cases
def test_numbers_are_read_exactly_with_their_units(
    text: str, part: str, kind: str, value: str, unit: str | None, bound: str
) -> None:
    assert only(text) == (part, kind, value, unit, bound)


@cases
def test_bounding_words_make_a_quantity_approximate(
    text: str, part: str, value: str, bound: Bound
) -> None:
    (quantity,) = [q for q in find(text) if q.kind is not Kind.IDIOM]
    assert (quantity.text, quantity.kind) == (part, Kind.APPROX)
    assert (quantity.value_text, quantity.bound) == (value, bound)


@cases
def test_dates_are_iso_8601_as_far_as_they_are_known(
    text: str, part: str, value: str | None
) -> None:
    (quantity,) = [q for q in find(text) if q.kind is not Kind.IDIOM]
    assert (quantity.text, quantity.value_text, quantity.unit) == (part, value, None)
    assert quantity.kind in (Kind.DATE, Kind.TIME)


@cases
def test_ranges_have_two_ends_and_one_unit(
    text: str, part: str, value: str, unit: str | None, normalised: str
) -> None:
    (quantity,) = [q for q in find(text) if q.kind is not Kind.IDIOM]
    assert quantity.text.removeprefix("约") == part
    assert (quantity.value_text, quantity.unit) == (value, unit)
    assert quantity.normalised.removeprefix("约") == normalised


@cases
def test_words_with_numerals_are_idioms(text: str) -> None:
    found = find(text)
    assert {q.kind for q in found} == {Kind.IDIOM}
    assert all(q.normalised == q.text for q in found)


@cases
def test_digits_that_name_are_codes_without_a_value(text: str, codes: list[str]) -> None:
    found = [q for q in find(text) if q.kind is not Kind.IDIOM]
    assert [q.text for q in found] == codes
    assert {q.kind for q in found} == {Kind.CODE}
    assert {q.value for q in found} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "9" * 100_000,
        "1" + ",234" * 30_000 + "元",
        "1e999999元",
        "共١٢٣人和1٢3人",
        "万亿亿" * 1_000,
        "1-2" * 30_000,
        "第" + "一" * 50_000 + "条",
        "1_" * 50_000,
    ],
)
def test_contrived_input_is_refused_in_bounded_time(text: str) -> None:
    for quantity in find(text):
        if quantity.kind not in (Kind.RATIO, Kind.DECIMAL, Kind.ORDINAL):
            assert quantity.value is None


@cases
def test_an_idiom_reaches_as_far_as_it_is_one_word(text: str, idioms: list[str]) -> None:
    assert [q.text for q in find(text)] == idioms


def test_levels_that_are_listed_are_counted() -> None:
    assert only("贯通市、县、乡、村四级。") == ("四级", "quantity", "4", "级", "exact")
    assert only("温州、瑞安两级站所") == ("两级", "quantity", "2", "级", "exact")


def test_队伍_and_大陆_hold_no_numerals() -> None:
    assert find("人才队伍建设，大陆与登陆，陆续开行，柒牌男装") == []


def test_every_digit_and_numeral_lies_in_one_quantity() -> None:
    for text in TEXTS.values():
        found = find(text)
        assert all(left.end <= right.start for left, right in pairwise(found))
        inside = Counter(at for q in found for at in range(q.start, q.end))
        assert all(inside[at] == 1 for at, char in enumerate(text) if char in NUMERALS)


def test_truth_of_the_seeds_is_found() -> None:
    rows = [
        json.loads(line)
        for line in (ROOT / "benchmarks" / "gold" / "numbers.jsonl").read_text("utf-8").splitlines()
    ]
    right = 0
    for name in {row["file"] for row in rows}:
        found = {
            (q.start, q.end, str(q.kind), q.value_text, q.unit, str(q.bound), q.normalised)
            for q in find(TEXTS[name[:3]])
        }
        keys = ("start", "end", "kind", "value", "unit", "bound", "normalised")
        right += sum(
            tuple(row[key] for key in keys) in found for row in rows if row["file"] == name
        )
    assert right >= 0.98 * len(rows)


@given(
    st.text(
        st.sampled_from(
            "0123456789０５.．,，%％-～至年月日时点第约近余多以上个人元"
            "万亿千百十一二三两半零〇 x㎡m2。“”、"
        )
    )
)
def test_quantities_are_ordered_disjoint_and_true_to_the_text(text: str) -> None:
    end = 0
    for quantity in find(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.text == text[quantity.start : quantity.end]
        end = quantity.end
