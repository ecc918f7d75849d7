from __future__ import annotations

import pytest

from textclean.dedup import RemovalKind, deduplicate
from textclean.dedup.verify import differ_in_names

pytestmark = pytest.mark.usefixtures("implementation")

MEETING = (
    "国务委员王毅在北京会见来访的外国客人，双方就进一步发展两国关系和共同关心的国际问题深入交换了意见，"
    "达成了广泛的共识。"
)
CLINICS = (
    "开封市卫生健康委员会组织专家对全市乡镇卫生院的基本公共卫生服务项目开展了年度考核，并对考核中发现的"
    "问题提出了整改意见。"
)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        (MEETING, "王毅", "李强"),
        (MEETING, "王毅", "刘延东"),
        (CLINICS, "开封", "洛阳"),
        (CLINICS, "开封市", "兰考县"),
    ],
)
def test_texts_that_differ_in_a_name_stay_and_are_possible_twins(
    text: str, before: str, after: str
) -> None:
    other = text.replace(before, after)
    assert differ_in_names(text, other)
    result = deduplicate([text, "今天天气很好，适合出门散步，公园里人来人往十分热闹。", other])
    assert result.removals == []
    assert [(twin.first, twin.second) for twin in result.possible_twins] == [(0, 2)]
    assert result.twins == []


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        (MEETING, "深入交换", "广泛交流"),
        (CLINICS, "提出了整改意见", "进行了通报批评"),
        (CLINICS, "年度", "3年"),
        (CLINICS, "全市", "全巿"),
    ],
)
def test_other_words_are_no_names(text: str, before: str, after: str) -> None:
    assert not differ_in_names(text, text.replace(before, after))
    assert deduplicate([text, text.replace(before, after)]).possible_twins == []


def test_what_has_a_title_more_says_all_of_the_other() -> None:
    other = MEETING.replace("王毅", "总理王毅")
    found = deduplicate([MEETING, other])
    assert [removal[:3] for removal in found.removals] == [(0, 1, RemovalKind.CARRIED)]
    assert found.possible_twins == []


def test_equal_texts_differ_in_nothing() -> None:
    assert not differ_in_names(MEETING, MEETING)
