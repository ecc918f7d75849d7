from __future__ import annotations

import pytest

from tests.tables import cases
from textclean import Config, Tier, check, clean
from textclean.punctuation.end_model import likelihood, remainder

ENDS = Config(select=("P044", "P045"), tier=Tier.SUGGESTED)
BEGUN = "全市疫苗接种工作进展顺利，群众积极参与。"


@cases
def test_full_stop_is_put_back_behind_a_complete_sentence(words: str) -> None:
    text = f"{BEGUN}{words}\n\n会议还研究了其他事项。"
    assert clean(text, ENDS).text == f"{BEGUN}{words}。\n\n会议还研究了其他事项。"


@cases
def test_what_does_not_end_a_sentence_gets_no_full_stop(words: str) -> None:
    assert clean(BEGUN + words, ENDS).text == BEGUN + words


@cases
def test_headings_items_and_rows_get_no_full_stop(text: str) -> None:
    assert check(text, ENDS) == []


def test_words_that_go_on_in_a_copy_get_no_full_stop() -> None:
    words = "截至目前，全市累计接种新冠病毒疫苗21万人次，接种率达到96%"
    text = f"{BEGUN}{words}\n\n{BEGUN}{words}以上，免疫屏障加快建立。"
    assert clean(text, ENDS).text == text


def test_paragraph_behind_that_goes_on_keeps_the_full_stop_away() -> None:
    words = "截至目前，全市累计接种新冠病毒疫苗21万人次，接种率达到96%"
    text = f"{BEGUN}{words}\n\n，免疫屏障加快建立。"
    assert clean(text, ENDS).text == text


def test_glued_heading_is_reported_where_it_begins() -> None:
    text = "即可向家属发出求救信息，服务24小时“不打烊”。开创医养结合新格局\n\n以医为依托。"
    (found,) = check(text, ENDS)
    assert (found.rule, found.before) == ("P045", "开创医养结合新格局")
    assert clean(text, ENDS).text == text


def test_remainder_begins_behind_the_last_end_mark_outside_quotes() -> None:
    text = "会议结束。他说：“好！”大家一致同意"
    assert text[remainder(text, 0, len(text)).start :] == "大家一致同意"
    text = "会议结束。他说：“好！就这样"
    assert text[remainder(text, 0, len(text)).start :] == "他说：“好！就这样"


def test_likelihoods_sum_to_one() -> None:
    assert sum(likelihood("开创医养结合新格局", alone=False)) == pytest.approx(1)
