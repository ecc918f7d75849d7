"""Readings that a sample of laws, news and reports showed to be easily missed."""

import pytest

from textclean.quantities import find


@pytest.mark.parametrize(
    ("text", "part", "value", "unit", "bound"),
    [
        ("自收到报告之日起三十日内提交", "三十日", "30", "日", "exact"),
        ("公示时间不得少于十五日", "不得少于十五日", "15", "日", "more"),
        ("期限最长不得超过九十日", "不得超过九十日", "90", "日", "less"),
        ("在会议举行的三十日前发给代表", "三十日", "30", "日", "exact"),
        ("处五日以上拘留", "五日以上", "5", "日", "more"),
        ("最低气温零下14℃", "零下14℃", "-14", "℃", "exact"),
        ("夜里零下二十多度", "零下二十多度", "-20", "度", "more"),
        ("产值增长一点三倍", "一点三倍", "1.3", "倍", "exact"),
        ("二0一一年底", "二0一一年", "2011", None, "exact"),
        ("一九八０年以来", "一九八０年", "1980", None, "exact"),
        ("晚上七点开始", "晚上七点", "T19", None, "exact"),
        ("下午三点半出发", "下午三点半", "T15:30", None, "exact"),
        ("计肆仟贰佰零捌万元", "肆仟贰佰零捌万元", "42080000", "元", "exact"),
        ("气温零下15到20度", "零下15到20度", "-20..-15", "度", "exact"),
        ("下午 2 点开诊", "下午 2 点", "T14", None, "exact"),
        ("3月2日0—24时，新增", "3月2日0—24时", "--03-02T00..--03-02T24", None, "exact"),
        ("1988.02－1990.08，学习", "1988.02－1990.08", "1988-02..1990-08", None, "exact"),
        ("一九五六年到一九六七年", "一九五六年到一九六七年", "1956..1967", "年", "exact"),
        ("症状在3～5日内消失", "3～5日", "3..5", "日", "exact"),
        ("可能一两周就好", "一两周", "1..2", "周", "approx"),
        ("2021国庆特别节目", "2021", "2021", None, "exact"),
        ("约为百分之二十至百分之二十六", "百分之二十至百分之二十六", "20..26", "%", "approx"),
    ],
)
def test_an_expression_is_read_whole(
    text: str, part: str, value: str, unit: str | None, bound: str
) -> None:
    read = [(quantity.text, quantity.value_text, quantity.unit) for quantity in find(text)]
    bounds = [str(quantity.bound) for quantity in find(text)]
    if bound == "approx":  # the word that bounds it is part of it
        assert [value_text for _, value_text, _ in read] == [value]
    else:
        assert read == [(part, value, unit)]
    assert bounds == [bound]


@pytest.mark.parametrize("text", ["（十一）坚持原则", "十四、促进和平", "三面五星红旗升起"])
def test_what_numbers_a_list_or_belongs_to_words_is_an_idiom(text: str) -> None:
    assert {str(quantity.kind) for quantity in find(text)} == {"idiom"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("致死率分居前三。", ["前三"]),
        ("每千常住人口", ["千"]),
        ("上一年度转化情况", ["一年度"]),
        ("需要一年半载", ["一年半载"]),
        ("贯彻8·19讲话精神", ["8·19"]),
        ("美国ＲＱ—１７０无人机", ["１７０"]),
    ],
)
def test_words_and_names_have_no_value(text: str, words: list[str]) -> None:
    assert [(quantity.text, quantity.value) for quantity in find(text)] == [
        (word, None) for word in words
    ]


@pytest.mark.parametrize("text", ["18日上午举行", "截至30日凌晨", "30日内瓦会议", "1月30日内"])
def test_a_day_of_a_month_stays_a_date(text: str) -> None:
    assert {str(quantity.kind) for quantity in find(text)} == {"date"}
