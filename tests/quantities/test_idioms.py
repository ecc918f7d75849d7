from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推进一体化建设", ["一体化"]),
        ("“十三五”规划的收官之年", ["十三五"]),
        ("党的二十大报告", ["二十大"]),
        ("共建“一带一路”", ["一带一路"]),
        ("二级甲等以上医院", ["二级甲等"]),
        ("第一时间激活应急预案", ["第一时间"]),
        ("市人民医院万松院区", ["万松"]),
        ("紧扣老百姓就医需求", ["百姓"]),
        ("四川省成都市", ["四川"]),
        ("双随机一公开", ["双随机一公开"]),
        ("心里七上八下", ["七上八下"]),
        ("万一下雨，千万别去", ["万一", "千万别"]),
        ("一些单位一直没有进一步行动", ["一些", "一直", "进一步"]),
        ("将市一院、六院迁建", ["一院", "六院"]),
        ("拨打12345热线或120急救", ["12345热线", "120急救"]),
        ("G20峰会与H7N9", ["G20峰会", "H7N9"]),
        ("半导体与半岛", ["半导体", "半岛"]),
        ("零售总额和零部件", ["零售", "零部件"]),
    ],
)
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推行 双随机一 公开 监督", ["双随机一 公开"]),
        ("一 体化", ["一 体化"]),
        ("三级 甲等", ["三级 甲等"]),
        ("3 5G", ["5G"]),
        ("一 二 三", []),
    ],
)
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
