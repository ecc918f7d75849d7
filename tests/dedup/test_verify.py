from __future__ import annotations

from random import Random

import pytest

from tests.dedup.passages import misread, seed_paragraphs
from tests.dedup.verdicts import judge
from tests.tables import cases
from textclean.dedup.fold import fold
from textclean.dedup.verify import Verdict, differences, frame
from textclean.text.lexicon import CONTRASTS

MEETING = "十一届全国人大常委会第二十八次会议27日上午在北京人民大会堂举行第一次全体会议"
CLINIC = (
    "医院检测和治疗创新运用本土专家外援名医中医西医技术治疗精神抚慰的综合救治方案"
    "为每名患者制订个性化治疗方案累计收治确诊病例42例治愈出院42例实现零死亡零感染"
    "对出院患者落实定点医院集中隔离社区跟踪随访等措施强化健康监测和管理"
)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (MEETING, MEETING.replace("27日", "28日")),
        (MEETING, MEETING.replace("第一次", "第二次")),
        (MEETING, MEETING.replace("二十八", "二十九").replace("27", "23")),
        (CLINIC, CLINIC.replace("42", "xx")),
        (CLINIC, CLINIC.replace("42例治愈", "43例治愈")),
        ("项目位于a区总投资达到三亿元" * 3, "项目位于b区总投资达到三亿元" * 3),
        ("7月30日通过验收并投入使用", "xxx日通过验收并投入使用"),
    ],
)
def test_texts_alike_but_for_numbers_dates_or_placeholders_are_twins(
    first: str, second: str
) -> None:
    assert judge(first, second) is Verdict.TWINS
    assert judge(second, first) is Verdict.TWINS


def test_a_number_beside_a_misread_character_makes_twins_of_short_texts() -> None:
    other = MEETING.replace("27日", "28日").replace("举行", "举仃")
    assert judge(MEETING, other) is Verdict.TWINS


def test_a_misread_digit_among_misread_characters_is_damage_in_a_longer_text() -> None:
    other = CLINIC.replace("收治确诊病例42例", "收冶确诊病例47例")
    assert judge(CLINIC, other) is Verdict.LIKELY


@pytest.mark.parametrize(
    ("before", "after"),
    [("制订", "制定"), ("随访", "随仿"), ("定点医院", "定点医皖"), ("累计收治", "累汁收治")],
)
def test_misread_characters_are_damage(before: str, after: str) -> None:
    assert judge(CLINIC, CLINIC.replace(before, after)) is Verdict.COPY


@cases
def test_another_word_makes_another_text(first: str, second: str) -> None:
    before, after = second.split()
    assert before in first
    assert judge(first, first.replace(before, after)) in (Verdict.DIFFERENT, Verdict.REPLACED)


def test_the_real_near_copy_of_the_seeds_differs_in_two_words_of_a_long_text() -> None:
    first = next(p for p in seed_paragraphs() if p.startswith("**着力改善基层医疗服务条件"))
    second = first.replace("改善", "提升", 1).replace("条件", "水平", 1)
    assert judge(fold(first), fold(second)) is Verdict.COPY


def test_most_misread_seed_paragraphs_are_still_copies() -> None:
    random = Random(2)
    pairs = [(fold(p), fold(misread(p, random))) for p in seed_paragraphs(100)]
    verdicts = [judge(first, second) for first, second in pairs if first != second]
    assert verdicts.count(Verdict.COPY) >= 0.95 * len(verdicts)


def test_a_frame_keeps_what_is_no_number_and_lists_what_is() -> None:
    assert frame("截至21日治愈272例") == ("截至#日治愈#例", ("21", "272"))
    assert frame("2020年12月").form == frame("xxxxxx月").form
    assert frame("max值").values == ()


def test_differences_show_numbers_whole() -> None:
    assert differences("共274例治愈", "共1274例冶愈") == (("274", "1274"), ("治", "冶"))
    assert differences("全文相同", "全文相同") == ()


def test_a_long_document_is_judged_by_its_numbers_alone() -> None:
    body = "".join(map(fold, seed_paragraphs(100)))
    assert len(body) > 2000
    assert judge(body, body + "后记一段写于出版之前") is Verdict.COPY
    assert judge(f"{body}第1期第2版", f"{body}第3期第4版") is Verdict.TWINS


def test_no_contrast_holds_a_character_twice() -> None:
    for group in CONTRASTS:
        assert len(set(group)) == len(group)


STORM = (
    "韦森特登陆后逐渐减弱为强热带风暴并向偏西方向移动今天下午两点左右到达广西境内"
    "它所带来的强降雨将持续到26号沿途各地已经做好准备转移了低洼地带的居民"
)


def test_another_number_beside_a_misread_character_is_no_misreading() -> None:
    misread_ = STORM.replace("登陆", "登陵").replace("到26号", "电54号").replace("居民", "居艮")
    same = STORM.replace("登陆", "登陵").replace("到26号", "电26号").replace("居民", "居艮")
    for similar in (True, False):
        assert judge(*sorted((STORM, same)), similar=similar) is Verdict.COPY
        assert judge(*sorted((STORM, misread_)), similar=similar) is not Verdict.COPY


def test_a_digit_and_another_word_are_more_than_a_misreading() -> None:
    other = CLINIC.replace("确诊病例42例", "确诊病例47例").replace("中医西医", "针灸西医")
    assert judge(*sorted((CLINIC, other))) is not Verdict.COPY


@cases
def test_another_country_or_surname_is_no_misreading(first: str, second: str) -> None:
    for similar in (True, False):
        assert judge(*sorted((first, second)), similar=similar) in (
            Verdict.DIFFERENT,
            Verdict.REPLACED,
        )
