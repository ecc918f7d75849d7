from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean.quantities import idioms
from textclean.quantities.idioms import NUMERALS


def matches(text: str) -> Iterator[idioms.IdiomMatch]:
    end = 0
    for at, character in enumerate(text):
        match = idioms.covering(text, at) if at >= end and character in NUMERALS else None
        if match is not None and match.start >= end:
            yield match
            end = match.end


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in matches(text)]


@cases
def test_an_idiom_is_found_as_long_as_the_word_and_no_longer(
    text: str, expected: list[str]
) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    ["三千万人", "几千万元", "上千万人次", "十分钟", "二百五十六项", "三百姓", "三万一千人",
     "第一批", "第十三届", "一百二十个", "增长百分之十一", "一个周期内", "一个月后", "一年以后",
     "三分之一", "三十一中", "2.5GB内存", "8AK47", "十四五个人", "第四周", "投资2亿元"],
)  # fmt: skip
def test_a_number_is_no_idiom(text: str) -> None:
    assert words(text) == []


@cases
def test_spaces_inside_an_idiom_are_passed_over(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_of_two_as_long_the_one_that_begins_first_is_meant() -> None:
    assert words("统一部署") == ["统一"]
    assert words("系统一部分") == ["一部分"]


@pytest.mark.parametrize("at", range(4))
def test_every_numeral_of_an_idiom_leads_to_it(at: int) -> None:
    text = "七上八下"
    found = idioms.covering(text, at)
    assert (found == (0, 4)) is (text[at] in NUMERALS)


def test_every_entry_is_found_where_its_conditions_hold() -> None:
    entries = idioms.entries()
    assert len(entries) >= 2_000
    assert len({entry.text for entry in entries}) == len(entries)
    for entry in entries:
        first = next(k for k, char in enumerate(entry.text) if char in NUMERALS)
        for before, after in product(
            sorted(entry.only_after or [""]), sorted(entry.only_before or [""])
        ):
            text = before + entry.text + after
            found = idioms.covering(text, len(before) + first)
            assert found is not None, text
            assert found.start <= len(before), text
            assert found.end >= len(before) + len(entry.text), text


def test_entries_are_words_and_not_sentences() -> None:
    for entry in idioms.entries():
        assert 2 <= len(entry.text) <= 12, entry.text
        assert NUMERALS.intersection(entry.text), entry.text
        assert not entry.text.isascii() or not entry.text.isdecimal() or entry.only_before


@given(st.text(alphabet="一二三十百千万零半两几第个体化统进步定1234. 　的是", max_size=24))
def test_idioms_of_any_text_stand_in_order_and_hold_a_numeral(text: str) -> None:
    end = 0
    for match in matches(text):
        assert end <= match.start < match.end <= len(text)
        assert NUMERALS.intersection(text[match.start : match.end])
        end = match.end
