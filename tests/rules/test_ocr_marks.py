"""Marks that recognition misread, where only one reading is left."""

from __future__ import annotations

import pytest

from textclean import Config, Tier, clean

SUGGESTED = Config(tier=Tier.SUGGESTED)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("内镜黏膜下剥离术〈ESD术)应运而生", "内镜黏膜下剥离术（ESD术）应运而生"),
        ("会厌癌〔声门上区癌）和声门下区癌", "会厌癌（声门上区癌）和声门下区癌"),
        ("新概念一一“精准医疗”", "新概念——“精准医疗”"),
        ("临政办发[2014]59号", "临政办发〔2014〕59号"),
        (
            "手术治疗早期喉癌的优点: 治愈率高，费用低。",
            "手术治疗早期喉癌的优点：治愈率高，费用低。",
        ),
        ("由器官获取组织 (OPO) 完成的移植手术", "由器官获取组织（OPO）完成的移植手术"),
    ],
)
def test_a_misread_mark_is_restored_when_asked_for(text: str, cleaned: str) -> None:
    assert clean(text, SUGGESTED).text == cleaned
    assert clean(cleaned, SUGGESTED).text == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "做到一一对应，逐项落实",
        "他与代表们一一握手。",
        "这是唯一一次机会",
        "《民法典（草案）》公布",
        "〈长蒂〉是一种形状",
        "区间[0,1)上的连续函数",
        "name: 北京\ncity: 上海",
        "各类会议上作典型经验交流 :持续深化医共体，提高效能",
        "He lives in Beijing (北京) now.",
    ],
)
def test_what_may_be_right_stays(text: str) -> None:
    assert clean(text, SUGGESTED).text == text


def test_nothing_of_it_is_done_by_default() -> None:
    assert clean("新概念一一“精准医疗”").text == "新概念一一“精准医疗”"
