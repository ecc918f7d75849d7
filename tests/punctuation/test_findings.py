"""What the slot model proposes, and where it leaves spaces alone."""

from __future__ import annotations

import pytest

from tests.tables import cases
from textclean import Config, Tier, clean
from textclean.punctuation.certainty import Kind
from textclean.punctuation.findings import find_misread, find_runs
from textclean.punctuation.prose_lines import lines_of_prose, slotted_lines

SUGGESTED = Config(tier=Tier.SUGGESTED)

DAMAGED = (
    "近年来 全市积极推进 健康城市 建设 完善基层医疗卫生服务 体系,新建社区医院 12 家,"
    "培训全科医生300多名 群众就医更加方 便。"
)


def kinds(text: str) -> list[Kind]:
    lines = lines_of_prose(slotted_lines(text), text)
    of_runs = [
        finding
        for line in find_runs(lines, styled=False)
        for findings in line.values()
        for finding in findings
    ]
    return [finding.kind for finding in [*of_runs, *(each for _, each in find_misread(lines))]]


@cases
def test_spaces_that_belong_are_left_alone(text: str) -> None:
    assert kinds(text) == []
    assert clean(text, SUGGESTED).text == text


@cases
def test_what_a_space_had_been_is_put_back(damaged: str, printed: str) -> None:
    done = clean(damaged)
    assert done.text == printed
    assert done.revert() == damaged
    assert clean(printed, SUGGESTED).text == printed


@cases
def test_the_half_of_a_quotation_is_put_back_whose_other_half_is_printed(
    damaged: str, printed: str
) -> None:
    assert clean(damaged, SUGGESTED).text == printed
    assert clean(printed, SUGGESTED).text == printed


def test_a_quotation_that_pairs_in_print_gets_no_more_halves() -> None:
    text = "要深刻领悟“两个确立”的决定性意义，增强“四个意 识”，坚定理想信念。"
    assert clean(text, SUGGESTED).text == text.replace(" ", "")


def test_quotes_are_only_ever_put_back_in_pairs() -> None:
    for config in (Config(), SUGGESTED):
        text = clean(DAMAGED, config).text
        assert text.count("“") == text.count("”")


def test_halves_of_a_quotation_share_a_group_and_a_tier() -> None:
    groups: dict[int, set[str]] = {}
    for edit in clean(DAMAGED, SUGGESTED).edits:
        if edit.rule in ("P022", "P122"):
            assert edit.group is not None
            groups.setdefault(edit.group, set()).add(edit.rule)
    assert groups
    assert all(len(rules) == 1 for rules in groups.values())


def test_a_quotation_inside_another_has_single_quotes() -> None:
    text = "他说：“我们要弘扬 工匠精神 ，推动企业转型升级，让产品走向世界。”大家热烈鼓掌。"
    done = clean(text, SUGGESTED).text
    assert "弘扬‘工匠精神’，推动" in done


def test_cleaning_twice_changes_nothing() -> None:
    for config in (Config(), SUGGESTED):
        once = clean(DAMAGED, config).text
        assert clean(once, config).text == once


def test_text_without_slots_is_not_looked_at() -> None:
    assert kinds("今年以来，全市卫生健康工作取得新进展。") == []


HALF_WIDTH_COLON = (
    "落实各项责任,改善办学 条件,强化监督检 查,确保取得实效{}深化医药卫生体制改革 "
    "不断提高群众的获得感,推进重点项目 建设。"
)


@pytest.mark.parametrize("colon", [" :", ":"])
def test_a_half_width_colon_among_lost_marks_is_left_for_the_model(colon: str) -> None:
    cleaned = clean(HALF_WIDTH_COLON.format(colon), SUGGESTED)
    assert "实效；深化" in cleaned.text
    assert cleaned.revert() == HALF_WIDTH_COLON.format(colon)


def test_the_space_before_a_half_width_colon_does_not_go_by_default() -> None:
    assert "实效 :深化" in clean(HALF_WIDTH_COLON.format(" :")).text


def test_a_colon_is_never_taken_for_a_comma() -> None:
    text = HALF_WIDTH_COLON.format(" :").replace("实效", "实效的工作经验交流")
    assert "交流，深化" not in clean(text, SUGGESTED).text


def test_a_colon_of_speech_becomes_full_width_though_marks_were_lost() -> None:
    text = "市长主持 会议,听取了有 关情况汇 报。市长在会上说:我们要全力 以赴做好工作,让群众满意。"
    assert "市长在会上说：我们要全力以赴" in clean(text, SUGGESTED).text


def test_times_and_ratios_are_no_misread_marks() -> None:
    text = "会议于 10:30开始 讨论了比例为1:100的 地图 与会人员认真听取 汇报，发表了意见。"
    cleaned = clean(text, SUGGESTED).text
    assert "10:30" in cleaned
    assert "1:100" in cleaned
