"""Holes stay and are reported; ends of printed lines go; words set apart and lists gain nothing."""

from __future__ import annotations

import pytest

from textclean import Config, Tier, check, clean

SUGGESTED = Config(tier=Tier.SUGGESTED)
HOLED = [
    "主治鼠 恶疮，口眼 斜，小儿惊痫，大人癫疾。",
    "人参得黄 ，兼能补气固表；芎 、当归同用，则养血。",
    "宦官素恶冯 ，八月，坐军还盗贼复发，免。太守陈奉讨平 之，擢为刺史。",
    "参、 、白术同用，水煎温服。",
    "主治鼠\u3000恶疮，口眼\u3000斜，小儿惊痫，大人癫疾。",
]


@pytest.mark.parametrize("config", [Config(), SUGGESTED])
@pytest.mark.parametrize("text", HOLED)
def test_holes_stay(text: str, config: Config) -> None:
    assert clean(text, config).text == text


@pytest.mark.parametrize("text", HOLED)
def test_holes_are_reported_as_one_group(text: str) -> None:
    reports = [edit for edit in check(text) if edit.rule == "C104"]
    assert len(reports) >= 1
    assert len({edit.group for edit in reports}) == 1


def test_a_hole_as_wide_as_a_character_is_reported_too() -> None:
    text = "主治鼠  恶疮，口眼  斜，小儿惊痫，大人癫疾。"
    assert [edit.before for edit in check(text) if edit.rule == "C104"] == ["  ", "  "]
    assert clean(text).text == text.replace("  ", " ")


@pytest.mark.parametrize(
    "text",
    [
        "各级卫生健康部门要进一步加强组织领 导，压实工作责任，把各项措施落到实处。",
        "路宽了，灯亮了，大家的腰 包也鼓了，日子越过越好。",
        "实行最严格的制度 ，落实责任 ，完成15个中心村改造。",
    ],
)
def test_spaces_of_the_page_still_go(text: str) -> None:
    assert clean(text, SUGGESTED).text == text.replace(" ", "")
    assert not [edit for edit in check(text) if edit.rule == "C104"]


@pytest.mark.parametrize("config", [Config(), SUGGESTED])
@pytest.mark.parametrize(
    "text",
    [
        "何首乌 黑豆 煎露一宿，茯苓 人参 白术各三两，水煎服。",
        "丁香（二分） 官桂（一分） 甘草（三分），上为细末，每服二钱。",
    ],
)
def test_items_of_a_list_gain_no_marks_and_keep_their_spaces(text: str, config: Config) -> None:
    assert clean(text, config).text == text


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("会议 由 主席 主持 , 并 通过 年度 预算 。", "会议由主席主持，并通过年度预算。"),
        ("气象台 发布 暴雨 橙色 预警 信号 。", "气象台发布暴雨橙色预警信号。"),
        ("数据 显示 , 2024 年 出口 总额 为 3200 亿元 。", "数据显示，2024年出口总额为3200亿元。"),
    ],
)
def test_segmented_text_loses_its_spaces_and_gains_nothing(text: str, restored: str) -> None:
    once = clean(text, SUGGESTED).text
    assert once == restored
    assert clean(once, SUGGESTED).text == once
    assert not {"“", "”"} & set(clean(text).text)


@pytest.mark.parametrize(
    "text",
    [
        # A transcript: spaces are the speaker's pauses.
        "对吧，我先把你的號碼給我，對 為什麼只跟這兩個一樣，哇 你怎麼這麼的憂鬱，好 我們看下一題。",
        "哎呀 这个我不懂，好 接下来我们看，然后呢 他就走了，对 就是这样，那好 你来。",
        # Verses of a song, the number of a poem.
        "嘆人世，終難定！〔留餘慶〕　留餘慶，留餘慶，忽遇恩人；幸娘親，幸娘親，積得陰功。",
        "正是乘除加減，上有蒼穹。〔晚韶華〕　鏡里恩情，更那堪夢里功名！",
    ],
)
def test_what_is_set_apart_on_purpose_is_no_hole(text: str) -> None:
    assert not [edit for edit in check(text) if edit.rule == "C104"]
