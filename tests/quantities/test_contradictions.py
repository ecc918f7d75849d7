"""Contradictions between numbers: reported, never changed."""

from __future__ import annotations

import pytest

from textclean import Tier, check, clean


def reported(text: str, code: str) -> list[str]:
    return [edit.before for edit in check(text) if edit.rule == code]


def test_parts_that_make_their_total_are_no_finding() -> None:
    text = (
        "全市累计接种2625.83万剂次，其中第1剂1168.02万剂次，第2剂1115.68万剂次，"
        "第3剂55.68万剂次，加强针286.45万剂次。"
    )
    assert reported(text, "Q022") == []
    assert reported(text.replace("1115.68", "1115.86"), "Q022") == ["2625.83万剂次"]


def test_a_part_above_its_whole_is_reported() -> None:
    assert reported("共有学生300人，其中男生512人。", "Q022") == ["300人"]


@pytest.mark.parametrize(
    "text",
    [
        "直接受损30台，其中报废14台，未修复4台。",
        "投入1888万元，其中设备采购120台，培训300人。",
        "共有职工1000人，其中党员约1200人。",
        "总产量500吨。其中一半出口。",
    ],
)
def test_what_may_be_a_part_of_the_list_is_no_finding(text: str) -> None:
    assert reported(text, "Q022") == []


def test_dates_that_no_calendar_has_are_reported() -> None:
    assert reported("2021年2月29日和4月31日", "Q021") == ["2021年2月29日", "4月31日"]
    assert reported("2020年2月29日和1月16日24时", "Q021") == []


def test_a_share_above_its_whole_is_reported_but_growth_is_not() -> None:
    assert reported("接种率达153.89%", "Q023") == ["153.89%"]
    assert reported("完成目标任务的121.08%，任务完成率100.05%，同比增长150%", "Q023") == []


def test_a_value_that_differs_between_copies_is_reported() -> None:
    first = "目前，全市共建成养老托老床位3600多张，巡诊1次，惠及群众12万人，超额完成任务。"
    other = first.replace("12万", "21万")
    assert reported(f"{first}\n\n{other}", "Q024") == ["21万人"]
    assert reported(f"{first}\n\n{first}", "Q024") == []


def test_reports_change_nothing() -> None:
    text = "会议定于2月30日召开，接种率达153.89%。"
    done = clean(text)
    assert done.text == text
    assert {edit.tier for edit in done.suggestions} == {Tier.REPORT}


@pytest.mark.parametrize(
    "text",
    [
        "今年全国共计划招收研究生60.8万人，比上年增加了2.4万人，其中博士生6.9万人，硕士生53.9万人。",
        "从2003年到2006年年均超收2040亿元，其中去年超收2573亿元。",
        "新增公路通车里程1.2万公里，其中高速公路3358公里；增加铁路新线90万公里。",
        "包括六项导线和两根光缆，其中每项导线由六根子导线组成。",
        "事故造成2人遇难，180多人受伤，其中49人伤势严重。",
    ],
)
def test_parts_of_another_whole_are_no_finding(text: str) -> None:
    assert reported(text, "Q022") == []


@pytest.mark.parametrize(
    "text",
    [
        "公共债务占国内生产总值的比重达到110%。",
        "商业银行的拨备覆盖率为292.5%，也就是说",
        "甲状腺癌的发病率是过去的300%，增加了三倍多。",
        "市场占有率上升至少150%。",
    ],
)
def test_what_may_exceed_its_whole_is_no_finding(text: str) -> None:
    assert reported(text, "Q023") == []


def test_items_of_a_list_do_not_contradict_one_another() -> None:
    item = "）连续十个交易日的累计成交量达到同期该证券总成交量百分之二十以上，情节严重的；"
    text = f"（二{item}\n（三{item.replace('二十', '五十')}"
    assert reported(text, "Q024") == []


def test_copies_that_differ_in_marks_and_one_value_contradict_one_another() -> None:
    first = "目前，全市共建成养老托老床位3600多张，巡诊1次，惠及群众12万人，超额完成任务。"
    other = first.replace("12万", "21万").replace("，", ",").replace("3600多张", "3600 多张")
    assert reported(f"{first}\n\n{other}", "Q024") == ["21万人"]
