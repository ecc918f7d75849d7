"""Places where an opening quote may have been lost without a space."""

from __future__ import annotations

import pytest

from textclean.punctuation.pairs import LEAST_CLOSING, UNSPACED, Odds, candidates, unspaced

CLOSES, NEITHER = Odds(-2_000, 500), Odds(-2_000, LEAST_CLOSING)


@pytest.mark.parametrize(
    ("line", "slots", "opened"),
    [
        ("抓住深化医改、最多跑一次_改革。", {"_": CLOSES}, ["最多跑一次"]),
        ("流动红旗_由窗口连续获得。", {"_": CLOSES}, ["流动红旗"]),
        ("抓住健康瑞_安，最多跑一次_改革。", {"_": CLOSES}, ["抓住健康瑞", "最多跑一次"]),
    ],
)
def test_behind_a_mark_or_at_the_start_an_opening_may_have_left_no_space(
    line: str, slots: dict[str, Odds], opened: list[str]
) -> None:
    squeezed, places, odds_of = _slots(line, slots)
    found = unspaced(squeezed, places, odds_of)
    starts = [piece for place in found for piece in opened if squeezed.startswith(piece, place)]
    assert starts == opened
    assert len(found) == len(opened)


@pytest.mark.parametrize(
    ("line", "slots"),
    [
        ("抓住深化医改、最多跑一次_改革。", {"_": NEITHER}),
        ("抓住深化医改、_最多跑一次~改革。", {"_": NEITHER, "~": CLOSES}),
        ("抓住“深化”医改_改革。", {"_": CLOSES}),
        ("市卫生健康局会同人社财政医保等部门出台文件_改革。", {"_": CLOSES}),
        ("医改、新_改革。", {"_": CLOSES}),
    ],
)
def test_where_nothing_may_have_opened(line: str, slots: dict[str, Odds]) -> None:
    assert unspaced(*_slots(line, slots)) == []


def test_an_unspaced_slot_pairs_with_closings_near_it_only() -> None:
    odds_of = [Odds(UNSPACED, UNSPACED), CLOSES, NEITHER, CLOSES]
    assert list(candidates([3, 8, 12, 40], odds_of)) == [(0, 1)]


def _slots(line: str, slots: dict[str, Odds]) -> tuple[str, list[int], list[Odds]]:
    squeezed, places, odds_of = "", [], []
    for character in line:
        if character in slots:
            places.append(len(squeezed))
            odds_of.append(slots[character])
        else:
            squeezed += character
    return squeezed, places, odds_of
