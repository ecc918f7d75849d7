from __future__ import annotations

import pytest

from tests.dedup.reference.containers import ends
from tests.tables import cases
from textclean.dedup import RemovalKind, deduplicate
from textclean.dedup.policy import Section, breaks_off, may_be_contained, sections

pytestmark = pytest.mark.usefixtures("implementation")

SENTENCE = "近年来，许昌市每年争取有两三件卫生健康工作列入市定民生实事，着力解决基层不强的问题。"
OTHER = "安阳市创新了重大疾病筛查模式，改以往分散式筛查为系统性筛查，取得了明显成效。"


@pytest.mark.parametrize(
    "block",
    [
        f"```\n{SENTENCE}\n```",
        f"| {SENTENCE} | {OTHER} |\n| --- | --- |",
        f"<div>{SENTENCE}</div>",
        f"---\ntitle: {SENTENCE}\n---",
        "----------------",
    ],
)
def test_only_prose_goes_and_nothing_else_survives_for_it(block: str) -> None:
    assert deduplicate([block, block]).removals == []
    assert deduplicate([block, SENTENCE, OTHER]).removals == []


@pytest.mark.parametrize("block", [f"- {SENTENCE}", f"1. {SENTENCE}", f"# {SENTENCE}"])
def test_an_item_or_heading_stays_and_the_paragraph_that_says_the_same_goes(block: str) -> None:
    assert deduplicate([block, block]).removals == []
    removals = deduplicate([block, SENTENCE, OTHER]).removals
    assert [(r.index, r.survivor) for r in removals] == [(1, 0)]


@pytest.mark.parametrize(
    "line", ["记者 陈成成", "2019年3月", "第12页", "————————————", "本报讯", ""]
)
def test_short_lines_stay_however_often_they_stand(line: str) -> None:
    assert deduplicate([line, SENTENCE, line, OTHER, line]).removals == []


def test_a_quoted_paragraph_is_a_copy_of_the_same_paragraph() -> None:
    result = deduplicate([SENTENCE, OTHER, f"> {SENTENCE}"])
    (removal,) = result.removals
    assert removal.index in (0, 2)
    assert removal.kind is RemovalKind.EXACT


def test_a_repeated_heading_goes_with_all_that_stands_under_it() -> None:
    blocks = ["## 成效", SENTENCE, "## 做法", OTHER, "## 成效", SENTENCE]
    removals = {r.index: r.survivor for r in deduplicate(blocks).removals}
    assert removals == {4: 0, 5: 1}


def test_a_heading_over_anything_that_stays_stays() -> None:
    blocks = ["## 成效", SENTENCE, "## 成效", SENTENCE, OTHER]
    assert [r.index for r in deduplicate(blocks).removals] == [3]
    blocks = ["## 成效", SENTENCE, "## 成效", SENTENCE, "2019年"]
    assert [r.index for r in deduplicate(blocks).removals] == [3]


def test_a_heading_over_subheadings_goes_only_when_they_do() -> None:
    part = ["# 开封", "## 成效", SENTENCE]
    assert [r.index for r in deduplicate([*part, *part]).removals] == [3, 4, 5]
    blocks = [*part, "# 开封", "## 做法", SENTENCE]
    assert [r.index for r in deduplicate(blocks).removals] == [5]


def test_headings_over_nothing_stay() -> None:
    assert deduplicate(["## 成效显著令人鼓舞振奋人心"] * 2).removals == []


def test_headings_that_differ_are_no_copies() -> None:
    first, second = "## 开封市卫生健康工作取得成效", "## 洛阳市卫生健康工作取得成效"
    assert [r.index for r in deduplicate([first, SENTENCE, second, SENTENCE]).removals] == [3]


def test_sections_end_at_the_next_heading_of_their_level_or_above() -> None:
    blocks = ["# 甲", "文", "## 乙", "文", "## 丙", "# 丁", "文"]
    expected = [Section(2, 2, 4), Section(4, 2, 5), Section(0, 1, 5), Section(5, 1, 7)]
    assert sections(blocks, range(len(blocks)), len(blocks)) == expected


@cases
def test_a_short_part_counts_only_where_it_was_cut_within_a_number(
    part: str, whole: str, text: str, expected: bool
) -> None:
    start = 0 if whole.startswith(part) else len(whole) - len(part)
    assert whole[start : start + len(part)] == part
    found = ends(whole, start, start + len(part))
    assert (
        may_be_contained(
            text, found.length, 30, cut=found.cut, tail=found.tail, broken=found.broken
        )
        is expected
    )


def test_the_cut_off_head_or_tail_of_a_paragraph_goes() -> None:
    whole = SENTENCE + OTHER
    for part in (SENTENCE, OTHER, whole[:-6], whole[6:]):
        result = deduplicate([part, whole])
        assert [(r.index, r.survivor, r.kind, r.score) for r in result.removals] in (
            [(0, 1, RemovalKind.CONTAINED, 1.0)],
            [(0, 1, RemovalKind.NEAR, result.removals[0].score)],
        )


def test_a_title_that_its_paragraph_begins_with_stays() -> None:
    title = "许昌市每年争取有两三件卫生健康工作列入市定民生实事着力解决基层不强"
    assert deduplicate([title, f"{title}的问题，全市上下一心，成效显著。"]).removals == []


@cases
def test_what_breaks_off_is_told_by_the_words_on_either_side(
    last: str, after: str, expected: bool
) -> None:
    assert breaks_off(last, after) is expected


@pytest.mark.xfail(strict=True, reason="许昌市 is no word to `breaks_off`, 市场 is one")
def test_a_title_may_end_in_a_name_that_makes_a_word_with_what_follows() -> None:
    title = "国务院医改领导小组办公室和河南省卫生健康委员会有关领导同志一行莅临许昌市"
    assert deduplicate([title, f"{title}场调研并召开座谈会，{OTHER}"]).removals == []


@cases
def test_a_head_that_breaks_off_within_a_phrase_is_no_title(head: str, rest: str) -> None:
    removals = deduplicate([head, f"{head}{rest}，{OTHER}"]).removals
    assert [(r.index, r.survivor, r.kind) for r in removals] == [(0, 1, RemovalKind.CONTAINED)]


@cases
def test_a_title_may_go_on_in_the_paragraph_that_repeats_it(head: str, rest: str) -> None:
    assert deduplicate([head, f"{head}{rest}，{OTHER}"]).removals == []


def test_what_stands_in_the_middle_of_a_paragraph_goes_for_it() -> None:
    removals = deduplicate([SENTENCE, f"{OTHER}{SENTENCE}{OTHER[::-1]}"]).removals
    assert removals == [(0, 1, RemovalKind.CONTAINED, 1.0)]
