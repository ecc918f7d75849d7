"""On sparse pages a full line whose last word goes on is joined; lists and the like stay."""

from __future__ import annotations

import pytest

from textclean import Config, Tier, check, clean

REFLOW = Config(select=("L001",), tier=Tier.SUGGESTED)


def reflow(text: str) -> str:
    done = clean(text, REFLOW)
    assert done.revert() == text
    assert clean(done.text, REFLOW).text == done.text
    return done.text


DEFINITIONS = (
    "3.1 藏品号\n"
    "博物馆给每件藏品的唯一编号，写在器物不显眼处，并与档案编\n"
    "号一致。\n"
    "3.2 总登记账\n"
    "按入藏先后记录全部藏品的账册。\n"
    "3.3 分类账\n"
    "按质地、年代或来源记录藏品的账册，由保管员据总登记账抄\n"
    "录，每年核对。\n"
    "3.4 注销\n"
    "藏品因调拨、损毁退出馆藏。\n"
)


def test_wraps_of_a_page_of_definitions_are_joined() -> None:
    done = reflow(DEFINITIONS)
    assert "档案编号一致。\n" in done
    assert "抄录，每年核对。\n" in done
    assert done.count("\n") == DEFINITIONS.count("\n") - 2


def test_a_line_torn_at_its_marks_is_made_whole() -> None:
    text = (
        "第一条 为保护馆藏，制定本办法。\n"
        "第二条 修复前应当拍照，\n"
        "记录尺寸、重量，由两名修复员签\n"
        "字。未经签字的，不得开始修复，已经开始的应当停止并补\n"
        "办手续。\n"
        "第三条 修复材料应当可逆，不得使用来源不明的黏合剂、涂\n"
        "料。\n"
    )
    assert "应当停止并补办手续。\n" in reflow(text)
    assert "黏合剂、涂料。\n" in reflow(text)


@pytest.mark.parametrize(
    "text",
    [
        # headlines of one length
        "省图书馆新馆年底前正式对外开放\n市博物馆夜场预约名额当天抢空\n"
        "区文化馆启动古籍修复公益课程\n",
        # contents
        "第一章 馆藏的接收和登记………………………… 3\n"
        "第二章 日常养护与检查……………………………… 17\n"
        "第三章 修复材料的选择和使用……………………… 41\n",
        # an address, a signature
        "某市某区人民路一百二十号省立图书馆\n古籍修复中心转张老师收\n邮政编码 100000\n",
        # verse
        "大江东去，浪淘尽，千古风流人物。\n"
        "故垒西边，人道是，三国周郎赤壁。\n"
        "乱石穿空，惊涛拍岸，卷起千堆雪。\n",
        # a prescription
        "生地 丹皮 白芍 橘叶 刺蒺藜（鸡子黄拌炒）\n薛 阴亏营损，风木之脏失其濡养。\n"
        "茯苓 冬术 陈皮（盐水拌炒）\n",
        # a list
        "一、馆藏图书的采购与编目工作\n二、阅览室的开放与秩序管理\n三、读者意见的收集与答复机制\n",
        # a table
        "项目    上年    今年\n借阅    3200    4100\n还书    2100    2600\n",
    ],
)
def test_what_has_lines_of_its_own_keeps_them(text: str) -> None:
    assert reflow(text) == text


def test_a_running_head_in_mid_sentence_is_set_apart() -> None:
    text = (
        "商店里的书按高矮排列，靠窗的一排都是地图，店主说从前有人\n"
        "专门来抄写河流的名字，抄完一本就换一本，前后来了七年，后\n"
        "来他把抄本捐给了\n\n"
        "14        第一篇 书店和顾客\n\n"
        "县里的图书馆，现在还放在二楼的玻璃柜里，看的人不多，可是\n"
        "每次有人问起，管理员都会讲这个故事，讲完以后总要把柜子擦\n"
        "一遍。\n"
    )
    assert "\n\n14        第一篇 书店和顾客\n\n" in reflow(text)
    heads = [edit.evidence for edit in check(text) if edit.rule == "L007"]
    assert heads == ["a running head"]


def test_a_line_that_ends_in_a_hole_is_not_joined() -> None:
    rows = [
        "夫寒热者阴阳之气也 阳不足则外寒阴不足则内热此虚实之大",
        "略也脉浮而大者 为风脉沉而紧者为寒医者察之则病之所在可 ",
        "知矣又云 血脱者色白夭然不泽其脉空虚此其候也治之当以甘",
        "温之剂补其中 气则阴血自生不可骤用寒凉之品以伐其生生之 ",
        "机也若夫 痰饮之为病或在胸中或在胁下咳逆倚息短气不得卧",
        "其形如肿 谓之支饮饮水流行归于四肢当汗出而不汗出身体疼",
        "重谓之溢饮 四饮之中惟支饮最重以其上迫于肺故也治之以小",
    ]
    kept = [row[-2:] for row in reflow("\n".join(rows)).split("\n") if row.endswith(" ")]
    assert kept == ["可 ", "之 "]
