"""What spaces are: of words set apart, of lost characters, of items, or ends of printed lines."""

from __future__ import annotations

import re
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.layout.bigrams import meets
from textclean.punctuation.prose_lines import slotted_lines
from textclean.text.kinds.spaces import Spaces, is_listed, is_strange, lines_with


@pytest.mark.parametrize(
    "line",
    [
        "今天 ， 我们 来到 了 美丽 的 西湖 边 。",
        "今天， 我们 来到 了 美丽 的 西湖 边。",
        "市 气 象 台 发 布 大 风 预 警，提 醒 市 民 减 少 外 出。",
        "氣象 局 發布 大雨 特報 ， 請 民眾 注意 安全 。",
        "消防 部门 提醒 居民 检查 燃气 管道 。",
        "他 喜欢 看书 。",
        "丁 薛祥 、 许其亮 、 陈希 出席 大会 。",
        "第十二届 全国人民代表大会常务委员会 第十八次 会议 通过 了 关于 修改 的 决定。",
        "央视网 消息（新闻联播）：不忘 初心 凝聚 复兴 伟力，携手前进 共商 发展 大计。"
        "中国人民政治协商会议 第十三届 全国 委员会 第三次 会议 21 日 下午 在 人民大会堂 开幕。",
    ],
)
def test_lines_whose_words_are_set_apart_are_known(line: str) -> None:
    assert Spaces(line, meets).set_apart == [(0, len(line))]


@pytest.mark.parametrize(
    "line",
    [
        "首页 要闻 时政 财经 健康 视频 客户端",
        "赵 钱 孙 李 周 吴 郑 王",
        "记者 陈志强 通讯员 刘芳",
        "茯苓 人参 白术各三两，水煎服。",
        "本周 菜谱 ： 红烧肉 青菜 豆腐 米饭",
        "要坚持 一国两制 方针，推动共建 一带一路 高质量发展，加强国际交流合作。",
        "他走过去 看了一 看墙上 的表，已经 三点了 钟。",
        "参加会议的有王 庆、李小明、张 伟等同志，会议由主任主持。",
        "是 否 是 否 是 否",
        "发挥 教学名师 作用，开展 集体备课 活动，落实 双减政策 要求，实施 强基计划 行动，"
        "完善 督导评估 机制，加强 队伍建设 保障。",
    ],
)
def test_lists_and_damaged_lines_are_not_set_apart(line: str) -> None:
    assert Spaces(line, meets).set_apart == []


def test_a_line_in_doubt_is_what_its_neighbours_are() -> None:
    heading, sentence = "经济 稳步 增长", "今天 ， 我们 来到 了 美丽 的 西湖 边 。"
    assert Spaces(heading, meets).set_apart == []
    assert len(Spaces(f"{heading}\n{sentence}\n{sentence}", meets).set_apart) == 3


def test_classical_text_and_ingredients_are_strange() -> None:
    assert is_strange("一名豨莶，生山谷中，味苦寒，主治痈疽恶疮。", meets)
    assert is_strange("茯苓 人参 白术各三两，水煎服。", meets)
    assert not is_strange("全市推行先诊疗后结算服务，方便了群众就医，受到广泛好评。", meets)
    assert not is_strange("會議由主席主持，並通過年度預算，推動經濟發展。", meets)


def test_what_holes_join_does_not_meet() -> None:
    holes = Spaces("主治鼠 恶疮，口眼 斜，小儿惊痫，大人癫疾。", meets)
    assert holes.are_holes(holes.joints)
    assert not holes.joints.wraps
    wraps = Spaces("加强组织领 导，压实工作责任，把各项措施落 到实处，推动经济发 展。", meets)
    assert wraps.joints.wraps
    assert not wraps.are_holes(wraps.joints)


def test_items_are_short_and_several_or_have_notes() -> None:
    line = "茯苓 人参 白术各三两，水煎服。"
    assert is_listed(line, 2, 3)
    assert is_listed(line, 5, 6)
    noted = "丁香（二分） 官桂（一分）。"
    assert is_listed(noted, 6, 7)
    assert not is_listed("主治鼠 恶疮，口眼", 3, 4)
    assert not is_listed("图像（甲） 和代码（乙）", 5, 6)


_PIECES = [
    "今天我们的",
    "今天我们今天我们，",
    *"我，。、（“",
    *" \u3000\t",
    *"\r\n\x0b",
    "\r\n",
    "a",
]


@given(st.lists(st.sampled_from(_PIECES)).map("".join))
def test_lines_and_spaces_are_found_as_if_each_place_were_looked_at(text: str) -> None:
    chinese = "今天我们的"
    found = Spaces(text, meets)
    lines = [(match.start(), match.group()) for match in re.finditer(r"[^\r\n]+", text)]
    gap = re.compile(f"(?<=[{chinese}])[ \u3000\t]+(?=[{chinese}])")
    spaced = lines_with({"": re.compile(f"{gap.pattern}[^\r\n]*")}, text, "\r\n")
    assert spaced == [(start, line) for start, line in lines if gap.search(line)]
    between = re.compile("(?<=[，、；（(《“])[ \u3000\t]+(?=[，、；。])")
    assert found.between_pauses == [match.span() for match in between.finditer(text)]
    starts = accumulate(map(len, text.splitlines(keepends=True)), initial=0)
    pieces = zip(starts, text.splitlines(), strict=False)
    assert slotted_lines(text) == [
        line._replace(start=start) for start, piece in pieces for line in slotted_lines(piece)
    ]


def test_a_habit_of_spaces_beside_marks_needs_many() -> None:
    often = Spaces("今天 ，我们 ，来到 ，西湖 ，边上 ，看花。", meets)
    assert often.set_before_marks
    assert not often.set_behind_marks
    assert not Spaces("今天 ，我们，来到，西湖，边上，看花。", meets).set_before_marks
    assert Spaces("今天， 我们， 来到， 西湖， 边上， 看花。", meets).set_behind_marks


def test_a_speaker_sets_spaces_where_clauses_end_and_begin() -> None:
    assert Spaces("这个东西吧 我觉得挺好的 你们可以看看 但是也不便宜", meets).divide_clauses
    assert not Spaces("市气象台 发布大风 预警信号 提醒市民", meets).divide_clauses
