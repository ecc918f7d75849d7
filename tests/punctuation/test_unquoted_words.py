"""Plain words are seldom quotations."""

from __future__ import annotations

import pytest

from tests.seeds import TEXTS
from textclean import Config, Tier, clean
from textclean.punctuation.unquoted_words import (
    ONE_WORD_PENALTY_Q8,
    TWO_WORDS_PENALTY_Q8,
    is_plain,
    plain_penalty,
)

SUGGESTED = Config(tier=Tier.SUGGESTED)


@pytest.mark.parametrize("word", ["工作", "落实", "亮点", "改革", "群众", "医院"])
def test_words_that_print_never_quotes_by_themselves_are_plain(word: str) -> None:
    assert is_plain(word)
    assert plain_penalty(word) == ONE_WORD_PENALTY_Q8


@pytest.mark.parametrize(
    "piece",
    [
        "清零",
        "彩虹",
        "一家",
        "两非",
        "三强",
        "红区",
        "跑改",
        "阳",
        "",
        "的工",
        "工作队",
        "最多跑一次",
    ],
)
def test_terms_numerals_and_what_is_no_word_are_not(piece: str) -> None:
    assert plain_penalty(piece) == 0


def test_two_plain_words_in_a_row_are_a_little_less_likely_quoted() -> None:
    assert plain_penalty("加强领导") == TWO_WORDS_PENALTY_Q8
    assert plain_penalty("彩虹行动") == 0


@pytest.mark.parametrize(
    ("words", "printed"),
    [("跑 改 亮点", "“跑改”亮点，"), ("健康细胞培育 工 作", "“健康细胞培育”工作，")],
)
def test_the_word_behind_a_quotation_is_no_other_quotation(words: str, printed: str) -> None:
    damaged = next(line for line in TEXTS["003"].splitlines() if words in line)
    assert printed in clean(damaged, SUGGESTED).text


def test_terms_in_a_row_stay_quotations() -> None:
    damaged = "加速构建医疗机构 一家 一本账 一盘棋 格局 全面提升区域服务能 力,引进优质资源。"
    assert "“一家”“一本账”“一盘棋”格局" in clean(damaged, SUGGESTED).text
