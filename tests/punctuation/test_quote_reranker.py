"""The slot model's opinion of lone quotes, and what both opinions come to."""

from __future__ import annotations

import pytest

from textclean import Config, Tier, clean
from textclean.punctuation.quote_defects import Defect, Paragraph, find_defects, read_paragraph
from textclean.punctuation.quote_model import rank
from textclean.punctuation.quote_repairs import Action
from textclean.punctuation.quote_reranker import SURE, WEIGHTS, features, judge, opinions, shortlist

SUGGESTED = Config(tier=Tier.SUGGESTED)

LONE_CLOSING = "采取公安、卫健、乡镇（街道）、社区（小区）四位一体”的防控措施，前移诊断关口。"
LONE_OPENING = "坚持防治结合，发挥中医药“治未病的独特优势，推动中医药和西医药相互补充、协调发展。"
STRAY = "会议强调，要统筹“抓好疫情防控和经济社会发展各项工作，确保完成全年目标任务。"


def lone(text: str) -> tuple[Paragraph, Defect]:
    paragraph = read_paragraph(text, 0, len(text))
    return paragraph, find_defects(paragraph.quotes)[0]


@pytest.mark.parametrize(
    ("damaged", "printed"),
    [
        (LONE_CLOSING, LONE_CLOSING.replace("四位", "“四位")),
        (LONE_OPENING, LONE_OPENING.replace("治未病", "治未病”")),
        (
            "全市深化最多跑一次”改革，让数据多跑路、群众少跑腿，办事更加方便。",
            "全市深化“最多跑一次”改革，让数据多跑路、群众少跑腿，办事更加方便。",
        ),
    ],
)
def test_the_missing_half_of_a_term_is_suggested(damaged: str, printed: str) -> None:
    assert clean(damaged, SUGGESTED).text == printed
    assert clean(printed, SUGGESTED).text == printed
    assert clean(damaged).text == damaged


@pytest.mark.parametrize(
    "text",
    [
        "由县里“统一安排有关部门一起去办，请各单位按照要求做好准备。",
        "他说：“今天先到这里。\n\n“明天再来。”",
        "医院改造完成，“接下来的工作由各部门按照职责分工推进，有关情况及时上报。",
    ],
)
def test_where_neither_opinion_is_sure_nothing_is_changed(text: str) -> None:
    assert clean(text, SUGGESTED).text == text


@pytest.mark.parametrize("text", [LONE_CLOSING, LONE_OPENING, STRAY])
def test_shares_of_both_opinions_are_those_of_one_choice(text: str) -> None:
    paragraph, defect = lone(text)
    ranked, _ = judge(paragraph, defect, frozenset())
    assert sum(scored.confidence for scored in ranked) == pytest.approx(1)
    shares = [scored.confidence for scored in ranked if scored.candidate.action is not Action.FLIP]
    assert shares == sorted(shares, reverse=True)


def test_the_first_opinion_alone_is_that_of_its_model() -> None:
    paragraph, defect = lone(LONE_CLOSING)
    assert judge(paragraph, defect, frozenset(), second=False).ranked == rank(
        paragraph, defect, frozenset()
    )


def test_a_sure_first_opinion_is_not_asked_again() -> None:
    paragraph, defect = lone("要坚持“四个意识”，坚定“四个自信，做到“两个维护”。")
    first = rank(paragraph, defect, frozenset())
    assert first[0].confidence >= SURE
    assert judge(paragraph, defect, frozenset()).ranked == first


def test_every_way_on_the_shortlist_has_its_features() -> None:
    paragraph, defect = lone(LONE_CLOSING)
    asked = shortlist(rank(paragraph, defect, frozenset()))
    said = opinions(paragraph, defect, asked)
    rows = features(asked, said, defect)
    assert [len(row) for row in rows] == [len(WEIGHTS)] * len(asked)
    term = next(
        opinion
        for scored, opinion in zip(asked, said, strict=True)
        if paragraph.bare[scored.candidate.gap :].startswith("四位一体")
    )
    others = [opinion for opinion in said if opinion is not term and opinion.gain is not None]
    assert term.gain is not None
    assert all(term.gain > (other.gain or 0) for other in others)
