"""Contradictions between numbers: reported, never changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean import Tier, check, clean
from textclean.quantities.alike_lines import _last_words, alike_lines


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


@cases
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


@cases
def test_parts_of_another_whole_are_no_finding(text: str) -> None:
    assert reported(text, "Q022") == []


@cases
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


@given(st.text("母婴室覆盖率达到三百一二0123，。 %A", min_size=1, max_size=60), st.randoms())
def test_lines_of_the_same_words_end_in_the_same_words(line, chance):
    kept = [char for char in line if char in "母婴室覆盖率达到"]
    other = "".join(char + chance.choice(["", "", "5", "三", "，", "A "]) for char in kept)
    assert _last_words(line) == _last_words(other)


_WORDS = "全市医疗机构门诊总量达到", "的和是在了不人中大为", "各级部门"
_LINES = st.lists(
    st.tuples(st.lists(st.sampled_from(_WORDS), min_size=3, max_size=4), st.integers(1, 300)),
    max_size=6,
).map(lambda lines: "\n".join(f"{''.join(words)}{number}张，。" for words, number in lines))


@given(_LINES)
def test_lines_are_alike_that_have_the_same_words(text: str) -> None:
    alike: dict[str, list[tuple[int, int]]] = {}
    start = 0
    for line in text.split("\n"):
        if len(line) >= 30:
            words = "".join(char for char in line if "\u4e00" <= char <= "\u9fff")
            alike.setdefault(words, []).append((start, start + len(line)))
        start += len(line) + 1
    expected = sorted(lines for lines in alike.values() if len(lines) > 1)
    assert sorted(alike_lines(text)) == expected
