"""Arrays give the integers that Python gives; training's noise is what it says."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from rapidfuzz.distance import LCSseq

from textclean.punctuation.labels import FOLDING, LABELS
from textclean.punctuation.line_grid import chain_codes

pytest.importorskip("numba")

PROSE = (
    "全市卫生健康系统广大党员干部和医务人员闻令而动、冲锋在前，共同构筑起一道群防群控的严密防线，"
    "守住了“医务人员零感染、确诊病例零死亡”的底线；在温州地区较早实现病例“清零”。这一年，市卫生健康局"
    "抓住深化医改、“健康瑞安”建设、“最多跑一次”改革，各项卫生健康工作取得了亮眼的成绩。\n"
    "“防控疫情，卫生健康部门冲锋在前。”市卫生健康局局长表示：“确保两手硬、两战赢。”\n"
)


def _paragraphs(draw: random.Random, steps: list[int]) -> list[list[int]]:
    """Paragraphs with nodes, as arrays take them: bounds, columns, is_slot, totals."""
    columns: list[int] = []
    bounds = [0]
    for _ in range(60):
        reached = 0
        for _ in range(draw.randrange(1, 30)):
            reached += draw.choice(steps)
            columns.append(reached)
        bounds.append(len(columns))
    is_slot = [int(draw.random() < 0.7) for _ in columns]
    totals = [columns[end - 1] + 8 for end in bounds[1:]]
    return [bounds, columns, is_slot, totals]


@pytest.mark.parametrize("steps", [[1, 2, 5, 9, 14, 37, 38, 39], [2, 30, 33, 61, 66], [1, 2, 3]])
def test_chains_are_the_same_in_arrays(steps: list[int]) -> None:
    import numpy as np

    from textclean.punctuation.arrays.line_grid import chain_codes as in_arrays

    lists = _paragraphs(random.Random(1), steps)
    bounds, columns, is_slot, totals = lists
    expected: list[int] = []
    for (first, last), total in zip(pairwise(bounds), totals, strict=True):
        expected += chain_codes(columns[first:last], is_slot[first:last], total)
    assert in_arrays(*map(np.array, lists)).tolist() == expected
    assert any(expected)


@pytest.mark.parametrize("seed", range(5))
def test_noise_only_takes_away_and_labels_put_some_back(seed: int) -> None:
    from tools.training.noise import noisy

    noise = noisy(PROSE * 3, seed)
    text = "".join(map(chr, noise.codes))
    pieces = []
    done = 0
    for place, kind, label in zip(noise.places, noise.kinds, noise.labels, strict=True):
        if not kind and label >= 0:
            pieces += [text[done:place], LABELS[label]]
            done = place
    repaired = ("".join(pieces) + text[done:]).rstrip()
    assert len(repaired) > len(text)
    # Misread marks aside, and some misread characters, what is left stands in the original in the
    # same order.
    original = [mark for mark in (PROSE * 3).translate(FOLDING) if mark not in _MARKS]
    kept = [mark for mark in repaired if mark not in _MARKS]
    assert len(kept) <= len(original)
    assert LCSseq.similarity(kept, original) >= 0.97 * len(original)


_MARKS = "，；。、：“”"


def test_the_same_seed_gives_the_same_noise() -> None:
    from tools.training.noise import noisy

    one, other, third = noisy(PROSE * 9, 1), noisy(PROSE * 9, 1), noisy(PROSE * 9, 2)
    assert all((a == b).all() for a, b in zip(one, other, strict=True))
    assert one.places.tolist() != third.places.tolist()
