"""Family R: what was printed twice goes; what Chinese doubles, by habit or by accident, stays."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.config import Config
from textclean.engine.rule import Proposal, Rule, View
from textclean.rules.repetition import doubled_character, doubled_phrase, loop, stutter

RULES = (doubled_character, doubled_phrase, stutter, loop)
SEEDS = Path(__file__).parents[2] / "seeds"


def found(rule: Rule, text: str) -> list[Proposal]:
    return list(rule.find(View(text, [], Config())))


def repaired(rule: Rule, text: str) -> str:
    proposals = sorted(found(rule, text), reverse=True)
    for proposal in proposals:
        text = text[: proposal.start] + proposal.after + text[proposal.end :]
    return text


def everywhere(text: str) -> list[str]:
    return [text[p.start : p.end] for rule in RULES for p in found(rule, text)]


# Slips found in print: government reports, hospital news, translated articles on technology.
@pytest.mark.parametrize(
    ("rule", "damaged", "repaired_text"),
    [
        (
            doubled_character,
            "面对创新力量不足的的短板，苏州正在努力。",
            "面对创新力量不足的短板，苏州正在努力。",
        ),
        (
            doubled_character,
            "独立于其他应用程序。它它应该能供其他服务使用。",
            "独立于其他应用程序。它应该能供其他服务使用。",
        ),
        (doubled_character, "他的机会和和效力的机会。", "他的机会和效力的机会。"),
        (doubled_character, "不得不接受受到影响的的的结果。", "不得不接受受到影响的结果。"),
        (
            doubled_phrase,
            "这会使个体的个人设备设备连接数量提升。",
            "这会使个体的个人设备连接数量提升。",
        ),
        (doubled_phrase, "真实的用户可以仍旧访问访问网站。", "真实的用户可以仍旧访问网站。"),
        (stutter, "前移预防关口,门门诊诊的发热患者。", "前移预防关口,门诊的发热患者。"),
        (
            loop,
            "“加强基层医疗卫生服务。加强基层医疗卫生服务。”他说。",
            "“加强基层医疗卫生服务。”他说。",
        ),
        (
            loop,
            "门诊大厅一片繁忙景象！门诊大厅一片繁忙景象！护士说。",
            "门诊大厅一片繁忙景象！护士说。",
        ),
    ],
)
def test_what_was_printed_twice_goes(rule: Rule, damaged: str, repaired_text: str) -> None:
    assert repaired(rule, damaged) == repaired_text


@pytest.mark.parametrize(
    "text",
    [
        "人人都渐渐明白，刚刚好，天天向上，常常微笑，谢谢妈妈，看看星星，慢慢来，种种迹象。",
        "实实在在、家家户户、高高兴兴、点点滴滴、千千万万、认认真真、形形色色、方方面面。",
        "研究研究，商量商量，合计合计，照顾照顾老人，忽闪忽闪，大把大把，非常非常艰苦。",
        "一个一个地打，一件一件解决，一户一户敲门，一步一步走，一天一天遭到，人每人每日。",
        "人民民主、发展展望、医学学会、中国国家、日日夜夜、大学学生、为人人服务、对对方负责。",
        "越来越来越好的未来越来越近，企业创业创新，使用信用信息，共建共治，水的水温，村的村民。",
        "总队总队长、大学大学生、特别行政区行政区域图、再审申请人申请人民法院、高等教育等教育机构。",
        "三三两两，一一对应，2200元，１１００人，五五规划，二二得四，千千结，万万不可。",
        "陈成成、王丽丽、李娜娜、张婷婷、小明明、阿娇娇出席。",
        "分宜县县域医共体，中医医院，主城区区域，股骨骨折，现在在家，三甲医院院长，2018年年底。",
        "心脑血管、脑血管病；市第一人民医院、市人民医院、市中医院。",
        "xx市、xx市、xx县；xx.xx亿元、xx.xx亿元；xxxx年xxxx月。",
        "快，快，快！加油，加油！不行，不行。好，好，好。对对对。",
        "哈哈哈，嘿嘿，呵呵，咚咚咚，滴滴答答，叽叽喳喳。",
        "卒中中心、创伤创面、营养养生、目的的达成、为了了解、除了了不起、的的确确。",
        "要建设社会主义新农村，建设社会主义新农村，就要发展生产。",
        "| 是是 | 是是 |\n| --- | --- |\n| 合计 | 合计 |",
        "aabbcc 112233 ，，。。",
        "",
    ],
)
def test_what_chinese_doubles_stays(text: str) -> None:
    assert everywhere(text) == []


def test_a_repeat_is_never_taken_across_a_line() -> None:
    assert everywhere("医院开展了健康宣教活动。\n医院开展了健康宣教活动。\n") == []
    assert everywhere("把提质增效列入\n列入市十大民生实事，因为\n为重症患者") == []


def test_a_longer_copy_beside_a_shorter_one_and_an_empty_clause_are_no_loop() -> None:
    text = "医院开展健康宣教活动，医院开展健康宣教活动，，居民反映良好。"
    assert repaired(loop, text) == "医院开展健康宣教活动，，居民反映良好。"
    assert everywhere("今天，医院开展健康宣教，医院开展健康宣教活动，居民反映良好。") == []


def test_the_seeds_have_these_and_no_more() -> None:
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    for rule, expected in (
        (doubled_character, {"为": 1, "癌": 1, "及": 2}),
        (doubled_phrase, {"评省": 1, "列入": 1, "医共体": 2, "、全覆盖、全覆盖": 2}),
        (stutter, {"门门诊诊": 2}),
        (loop, {}),
    ):
        counts: dict[str, int] = {}
        for proposal in found(rule, text):
            removed = text[proposal.start : proposal.end]
            counts[removed] = counts.get(removed, 0) + 1
        assert counts == expected


def test_characters_beyond_the_basic_plane_do_not_move_the_offsets() -> None:
    text = "😀𠮷说：把提质增效列入列入市十大民生实事。"
    assert repaired(doubled_phrase, text) == "😀𠮷说：把提质增效列入市十大民生实事。"
    # Equal in their low bytes only: no repeat.
    assert everywhere("列入刀儥市") == []


PIECES = [
    "列入",
    "的",
    "门",
    "诊",
    "全覆盖",
    "、",
    "，",
    "。",
    "\n",
    "一",
    "医院开展健康宣教活动",
    "😀",
    "为",
    "x",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_a_proposal_only_takes_away_what_still_stands_before_it(text: str) -> None:
    for rule in RULES:
        proposals = found(rule, text)
        for proposal in proposals:
            removed = text[proposal.start : proposal.end]
            assert "\n" not in removed
            assert len(proposal.after) < len(removed)
            # A copy takes the mark before it along; nothing else is lost.
            gone = set(removed) - set("、，。")
            assert gone <= set(text[: proposal.start] + proposal.after)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_removing_comes_to_an_end(text: str) -> None:
    for rule in RULES:
        current = text
        for _ in range(len(text) + 1):
            proposals = found(rule, current)
            if not proposals:
                break
            first = proposals[0]
            shorter = current[: first.start] + first.after + current[first.end :]
            assert len(shorter) < len(current)
            current = shorter
        assert not found(rule, current)
