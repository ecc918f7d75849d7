"""The decision on pairs: what is damage, and what says something else. On both implementations."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dedup.verdicts import flags, folds_of
from tests.tables import cases
from textclean.config import Config
from textclean.dedup import RemovalKind, deduplicate, documents
from textclean.dedup.fold import fold
from textclean.dedup.kernels import decision
from textclean.dedup.kernels.choosing import worths
from textclean.dedup.kernels.verdicts import Judge
from textclean.dedup.verify import differences, frame

pytestmark = pytest.mark.usefixtures("implementation")

CLINIC = (
    "本院自下月起延长儿科门诊的开放时间，家长可以通过电话或者网络提前预约，到院后凭身份证取号就诊。"
)
WARD = (
    "医院检测和治疗创新运用本土专家外援名医中医西医技术治疗精神抚慰的综合救治方案，"
    "为每名患者制订个性化治疗方案。累计收治确诊病例42例，治愈出院42例，实现零死亡零感染。"
    "对出院患者落实定点医院集中隔离社区跟踪随访等措施，强化健康监测和管理。"
)

#: A clean text, and what stands in it in a copy: damage.
DAMAGE = [
    ("门诊", "门沴"),
    ("家长可以通过", "家长可以迪过"),
    ("凭身份证", "凭身份"),
    ("网络提前预约", "网络约"),
    ("下月起延长儿科", "下月起延长儿料"),
    ("，到院后", "到院后"),
    ("时间，", "时间\n"),
    ("提前预约", "提提前预约"),
]
#: What stands there in another statement.
STATEMENTS = [
    ("可以通过", "不可以通过"),
    ("延长", "缩短"),
    ("儿科", "眼科"),
    ("下月", "上月"),
]


def of_pair(one: str, other: str) -> set[int]:
    return {removal.index for removal in deduplicate([one, other]).removals}


@pytest.mark.parametrize(("clean", "damaged"), DAMAGE)
def test_a_damaged_copy_goes_for_the_clean_one(clean: str, damaged: str) -> None:
    copy = CLINIC.replace(clean, damaged)
    assert copy != CLINIC
    assert of_pair(CLINIC, copy) == {1}
    assert of_pair(copy, CLINIC) == {0}


@pytest.mark.parametrize(("words", "others"), STATEMENTS)
def test_another_statement_stays(words: str, others: str) -> None:
    assert of_pair(CLINIC, CLINIC.replace(words, others)) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("今年前八个月全县粮食产量同比增长2.5%，", "今年前八个月全县粮食产量同比增长25%，"),
        ("观测站记录到的最低气温是-7℃，", "观测站记录到的最低气温是7℃，"),
        ("成人票价调整为每张4~6元，", "成人票价调整为每张46元，"),
    ],
)
def test_numbers_that_differ_in_a_sign_are_twins(one: str, other: str) -> None:
    rest = "有关部门对此作了说明，并将在年底之前公布完整的统计资料。"
    result = deduplicate([one + rest, other + rest])
    assert result.removals == []
    assert [(twin.first, twin.second) for twin in result.twins] == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("C#", "C++"), ("😀😀", "😭😭"), ("☑", "□"), ("`max_size`", "`maxSize`"), ("x < 0", "x > 0")],
)
def test_signs_that_say_something_are_not_folded_away(one: str, other: str) -> None:
    text = "老师在课上提到了 {}，并且请大家回去以后自己再查一查有关的资料。"
    assert of_pair(text.format(one), text.format(other)) == set()


def test_one_more_name_in_a_list_is_another_list() -> None:
    text = "参加座谈的有厂长周立民、{}会计陈秀兰，以及各个车间推选出来的工人代表二十余人。"
    assert of_pair(text.format(""), text.format("技师吴国安、")) == set()


def test_a_part_from_the_middle_goes_and_so_does_what_only_lost_words() -> None:
    part = CLINIC[8:40]
    removals = deduplicate([CLINIC, part]).removals
    assert [(r.index, r.kind) for r in removals] == [(1, RemovalKind.CONTAINED)]
    shorter = CLINIC.replace("通过电话或者网络", "")
    assert [r.index for r in deduplicate([shorter, CLINIC]).removals] == [0]


@pytest.mark.xfail(strict=True, reason="取号 is in no table: beside 号 the character reads oddly")
def test_a_word_that_no_table_has_is_no_misreading() -> None:
    assert of_pair(CLINIC, CLINIC.replace("取号", "挂号")) == set()


def test_english_is_judged_by_words() -> None:
    text = "The committee asked every member to send a written answer before the end of the month."
    assert of_pair(text, text.replace("written", "writteu")) == {1}
    assert of_pair(text, text.replace("before", "after")) == set()
    assert of_pair(text, text.replace("asked", "has not asked")) == set()


def test_three_clean_copies_do_not_go_for_a_damaged_one() -> None:
    bad = CLINIC.replace("门诊", "门沴")
    result = deduplicate([bad, CLINIC, CLINIC, CLINIC])
    assert [result.texts[index] for index in result.kept] == [CLINIC]


def damaged_texts(random: Random, texts: Sequence[str], count: int) -> list[str]:
    """Texts that lost, gained or changed a few characters, now and then a stretch of them."""
    found = list(texts)
    for _ in range(count):
        characters = list(random.choice(found))
        for _ in range(random.randrange(1, 6)):
            place = random.randrange(len(characters))
            lost = random.choice((0, 1, 1, 1, 2, 8))
            characters[place : place + lost] = random.choice(CHANGES)
        found.append("".join(characters) or "门")
    return found


CHANGES = [
    *("门", "不", "3", "a", "、", "的", "在", "", "  ", "l", "二〇", "xx", "中", "美", "#", "😀"),
    *("\n", "没有", "not ", "工作推进", "𠀀"),
]
ENGLISH = "The committee asked every member to send a written answer before the end of 2018."
LISTED = "出席会议的有王建国、李小明、陈秀兰，以及开封市卫生健康委员会的3名同志（见第2条）。"


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_both_implementations_give_the_same_verdicts_to_the_bit(random: Random) -> None:
    folds = folds_of(damaged_texts(random, [CLINIC, ENGLISH, LISTED], 9))
    ones, others = np.nonzero(folds.lengths[:, None] <= folds.lengths)
    compiled, plain = (Judge(folds, 166, how).verdicts((ones, others)) for how in (True, False))
    assert np.array_equal(compiled, plain)
    assert compiled[:, decision.ALIGNED].any()
    assert np.array_equal(*(worths(folds, compiled=how) for how in (True, False)))
    for one, other in itertools.pairwise(range(len(folds.begins))):
        sides = [
            (folds.codes[begin:end], folds.marks[begin:end])
            for begin, end in ((folds.begins[n], folds.ends[n]) for n in (one, other))
        ]
        found = [documents.cover(*sides, None, compiled=how) for how in (True, False)]
        assert np.array_equal(found[0].tally, found[1].tally)
        assert found[0][1:] == found[1][1:]


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_damaged_texts_are_removed_alike_by_both_implementations_and_any_threads(
    random: Random,
) -> None:
    texts = damaged_texts(random, [CLINIC, ENGLISH, LISTED], 9)
    results = []
    with pytest.MonkeyPatch.context() as patch:
        for name in ("numba", "python"):
            patch.setenv("TEXTCLEAN_IMPLEMENTATION", name)
            results += [deduplicate(texts, threads=threads) for threads in (1, 2)]
    assert all(result == results[0] for result in results)


@cases
def test_another_word_country_or_surname_makes_another_text(first: str, second: str) -> None:
    assert flags(first, second)[:2] == (False, False)
    assert of_pair(first, second) == set()


@cases
def test_values_that_differ_make_twins(first: str, second: str) -> None:
    for one, other in ((first, second), (second, first)):
        result = deduplicate([one, other])
        assert result.removals == []
        assert [(twin.first, twin.second) for twin in result.twins] == [(0, 1)]


@cases
def test_a_misread_character_of_a_long_text_is_damage(before: str, after: str) -> None:
    assert before in WARD
    assert of_pair(WARD, WARD.replace(before, after, 1)) == {1}


def test_one_common_word_for_another_makes_another_text_of_a_short_one() -> None:
    assert of_pair(WARD, WARD.replace("制订", "制定")) == set()


def paragraphs(*names: str) -> str:
    text = "{}的居民在会上谈到了供水的问题，村委会答应尽快把管道修好，并且请大家共同监督。"
    return "\n".join(text.format(name) + f"第{number}组的意见另外整理。" for number, name in
                     enumerate(names, 3))  # fmt: skip


DOCUMENT = paragraphs("东庄", "柳河", "石桥", "竹园", "高坪", "梅岭", "松口")


def of_documents(*texts: str) -> set[int]:
    result = deduplicate(texts, Config(unit="document"))
    return {removal.index for removal in result.removals}


def test_a_document_goes_for_one_that_has_all_of_it() -> None:
    head = DOCUMENT[: len(DOCUMENT) * 2 // 3]
    assert of_documents(DOCUMENT, head) == {1}
    assert of_documents(head, DOCUMENT) == {0}


def test_a_document_that_says_the_opposite_stays() -> None:
    assert of_documents(DOCUMENT, DOCUMENT.replace("答应", "拒绝")) == set()


def test_a_frame_keeps_what_is_no_number_and_differences_show_numbers_whole() -> None:
    one, other = fold("增加床位3.5万张"), fold("增加床位35万张")
    assert frame(one).form == frame(other).form == "增加床位#张"
    assert differences(one, other) == (("3.5万", "35万"),)
