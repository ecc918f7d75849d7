"""One list of surnames: whatever a rule proposes, it takes none of them for a word."""

from __future__ import annotations

import pytest

from textclean import check, clean
from textclean.text.lexicon import FREQUENT_SURNAMES, SURNAMES


def test_the_list_has_the_hundred_most_frequent() -> None:
    assert len(set(FREQUENT_SURNAMES)) == 100
    assert set(FREQUENT_SURNAMES) < SURNAMES


@pytest.mark.parametrize("surname", sorted(SURNAMES))
def test_a_name_set_wide_among_others_keeps_its_space(surname: str) -> None:
    text = f"参加会议的有李小明、{surname} 伟等同志，会议由主任主持，听取了汇报。"
    assert [edit for edit in check(text) if edit.changes] == []


@pytest.mark.parametrize("surname", ["王", "严", "傅", "翁"])
def test_a_traditional_character_behind_a_surname_may_be_a_name(surname: str) -> None:
    text = f"对于这个问题，{surname}建國认为应当继续关注，还要开展讨论。"
    assert clean(text).text == text
