from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean.punctuation.quote_defects import (
    Defect,
    Paragraph,
    find_defects,
    pairs_as_brackets,
    quoted_words,
    read_paragraph,
    spanning,
)
from textclean.punctuation.quote_repairs import Action, candidates


def read(text: str, marks: str = "“”") -> Paragraph:
    return read_paragraph(text, 0, len(text), marks)


@cases
def test_quotes_that_pair_have_no_defect(text: str) -> None:
    assert find_defects(read(text).quotes) == []


@pytest.mark.parametrize(
    ("text", "defects"),
    [
        ("由财政部“按月汇总审核支付，", [Defect(0, -1)]),
        ("社区（小区）四位一体”的防控措施", [Defect(0, -1)]),
        ("“互联网+VPS”虚拟专用网络”接入", [Defect(2, 1)]),
        ("某某“产业为主导、融合发展的“大健康”", [Defect(0, 1)]),
        ("开展“送医下乡“活动", [Defect(0, 1), Defect(1, -1)]),
    ],
)
def test_every_lone_mark_is_a_defect(text: str, defects: list[Defect]) -> None:
    assert find_defects(read(text).quotes) == defects


def test_candidates_are_gaps_before_the_mark_and_its_deletion() -> None:
    paragraph = read("一岗双责”制度")
    found = candidates(paragraph, find_defects(paragraph.quotes)[0], frozenset())
    assert [(each.action, each.gap) for each in found] == [
        *((Action.INSERT_OPENING, gap) for gap in range(4)),
        (Action.DELETE, 4),
    ]


def test_turning_is_a_candidate_where_it_mends_both_marks() -> None:
    paragraph = read("开展“送医下乡“活动")
    found = candidates(paragraph, find_defects(paragraph.quotes)[0], frozenset())
    assert [each.quote for each in found if each.action is Action.FLIP] == [1]


@given(st.text(alphabet="“”甲乙，。 ", max_size=40))
def test_every_candidate_leaves_fewer_defects(text: str) -> None:
    paragraph = read(text)
    before = find_defects(paragraph.quotes)
    for defect in before[:1]:
        for candidate in candidates(paragraph, defect, frozenset()):
            quotes = list(paragraph.quotes)
            if candidate.action is Action.DELETE:
                del quotes[candidate.quote]
            elif candidate.action is Action.FLIP:
                turned = quotes[candidate.quote]
                quotes[candidate.quote] = turned._replace(opens=not turned.opens)
            else:
                place = defect.quote
                if candidate.action is Action.INSERT_CLOSING:
                    place += 1
                quotes.insert(
                    place,
                    quotes[defect.quote]._replace(
                        gap=candidate.gap, opens=candidate.action is Action.INSERT_OPENING
                    ),
                )
            assert pairs_as_brackets(each.opens for each in quotes) or len(
                find_defects(quotes)
            ) < len(before)


def test_apostrophes_are_no_quotes() -> None:
    assert read("It’s students’ work in the ’90s", "‘’").quotes == []
    assert len(read("他说，“把‘最多跑一次’改革进行到底”", "‘’").quotes) == 2


def test_spaces_and_line_breaks_are_no_characters_but_spaces_are_remembered() -> None:
    paragraph = read("抓住 最多\n跑一次”改革 12,3")
    assert paragraph.bare == "抓住最多跑一次改革00，0"
    assert paragraph.spaced == {2, 9}
    assert paragraph.quotes[0].gap == 7


def test_quoted_words_leave_out_what_is_too_long_to_be_a_term() -> None:
    text = "“健康中国”与“" + "很长" * 20 + "”"
    assert list(quoted_words(text)) == ["健康中国"]


@cases
def test_quotation_over_paragraphs_is_left_alone(paragraphs: list[str]) -> None:
    read_all = [read(each) for each in paragraphs]
    broken = {at for at, each in enumerate(read_all) if find_defects(each.quotes)}
    assert broken <= spanning(read_all.__getitem__, range(len(paragraphs)), sorted(broken))


def test_lone_halves_of_two_paragraphs_are_no_quotation() -> None:
    read_all = [read("由财政部“按月汇总审核支付。"), read("采取四位一体”的防控措施。")]
    assert spanning(read_all.__getitem__, [0, 1], [0, 1]) == set()
