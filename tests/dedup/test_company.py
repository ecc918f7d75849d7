"""Copies in the company of other copies of the same text: each goes for what it is a copy of."""

from __future__ import annotations

import pytest

from textclean.dedup import RemovalKind, deduplicate

pytestmark = pytest.mark.usefixtures("implementation")

TEXT = (
    "本台记者李哲报道，经过拦蓄洪峰之后，下泄的流量只有4万3千立方米每秒，荆江水位没有超过警戒水位，"
    "三峡大坝拦蓄洪水的作用十分明显，沿江各地群众的生产生活秩序井然，没有受到影响，防汛部门提醒大家"
    "继续关注天气预报，注意安全。"
)
OTHER = (
    "贵州省委常委会集中学习，自我剖析，找出班子成员存在的问题，归纳起来就是在机关时间多，到基层时间少，"
    "走马观花多，解剖麻雀少，于是决定每个月至少有一周时间下到村寨里去。"
)


def misread(text: str, *places: int) -> str:
    characters = list(text)
    for place in places:
        characters[place] = "鑫"
    return "".join(characters)


def test_a_misread_copy_of_one_twin_does_not_take_the_other_along() -> None:
    twin = TEXT.replace("4万3千", "4万8千")
    texts = [TEXT, twin, misread(TEXT, 5, 30, 45, 60)]
    found = deduplicate(texts)
    gone = {removal.index for removal in found.removals}
    assert 1 not in gone
    assert len(gone & {0, 2}) == 1
    assert any(1 in pair[:2] for pair in found.twins)


def test_another_digit_is_no_misreading_whatever_else_is_misread() -> None:
    copy = misread(TEXT, 5, 30).replace("4万3千", "4万8千")
    found = deduplicate([TEXT, copy, OTHER])
    assert found.removals == []
    assert [(twin.first, twin.second) for twin in found.twins] == [(0, 1)]


@pytest.mark.parametrize("place", [0, 3, 20])
def test_a_misread_part_goes_for_a_whole_that_is_only_a_little_longer(place: int) -> None:
    whole = OTHER[:30] + TEXT
    part = misread(TEXT, place, 50)
    (removal,) = deduplicate([part, whole]).removals
    assert (removal.index, removal.survivor) == (0, 1)
    assert removal.kind is RemovalKind.CONTAINED
    assert removal.score < 1


def test_a_part_goes_for_the_smallest_whole() -> None:
    part = TEXT[:45]
    found = deduplicate([part, TEXT[:80] + OTHER, TEXT])
    assert [(r.index, r.survivor) for r in found.removals] == [(0, 2)]
