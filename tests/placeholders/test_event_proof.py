"""What proves that a witness tells of the same event, and what does not."""

from __future__ import annotations

import pytest

from tests.placeholders.test_witness import NOTICE, NOTICED, STORY
from tests.tables import cases
from textclean.placeholders import restore


@cases
def test_something_rare_that_both_have_proves_the_event(text: str, witness: str, proof: str):
    done = restore(text, witnesses=[witness])
    assert done.text == witness
    assert proof
    assert all(proof in edit.evidence for edit in done.edits)


@cases
def test_a_twin_in_the_words_of_many_events_fills_nothing(text: str, twin: str):
    done = restore(text, witnesses=[twin])
    assert done.text == text
    assert all(edit.before == edit.after for edit in done.suggestions)


def test_words_that_another_witness_has_with_other_values_prove_nothing():
    text = "".join(STORY).replace("三点", "xx点").replace("四十副", "xxx副")
    copy = "".join(STORY).replace("三点", "13点").replace("四十副", "140副")
    assert restore(text, witnesses=[copy]).text == copy
    # The same report of another night: its values are longer, so it is none of this one's copies.
    twin = copy.replace("13点", "2315点").replace("140副", "12345副")
    assert restore(text, witnesses=[twin]).text == text
    assert restore(text, witnesses=[copy, twin]).text == text


def test_a_notice_needs_its_date():
    dated = NOTICE.replace("昨日", "5月17日")
    assert restore(dated, witnesses=[NOTICED.replace("昨日", "5月17日")]).text == (
        NOTICED.replace("昨日", "5月17日")
    )
    assert restore(dated, witnesses=[NOTICED.replace("昨日", "5月18日")]).text == dated


@pytest.mark.parametrize("year", ["xxxx年", "xxxx 年"])
def test_a_day_whose_year_is_redacted_is_in_every_year(year):
    text = f"{year}5月17日，累计报告确诊病例xxxx例，当日新增xx例。"
    whole = text.replace("xxxx", "2020", 1).replace("xxxx", "1234").replace("xx", "12")
    assert restore(text, witnesses=[whole]).text == text
