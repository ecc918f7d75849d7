"""What `find` makes of written Chinese: spans, kinds, values, units, bounds, tidy forms."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.quantities import Bound, Kind, find

ROOT = Path(__file__).resolve().parents[2]
NUMERALS = "0123456789０１２３４５６７８９零〇一二三四五六七八九十百千万亿两廿卅半"


def only(text: str) -> tuple[str, str, str | None, str | None, str]:
    """Text, kind, value, unit and bound of the one quantity that is no idiom."""
    found = [q for q in find(text) if q.kind is not Kind.IDIOM]
    assert len(found) == 1, found
    (quantity,) = found
    return quantity.text, quantity.kind, quantity.value_text, quantity.unit, quantity.bound


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("抽调2800名医务人员", ("2800名", "quantity", "2800", "名", "exact")),
        ("累计接种2625.83万剂次", ("2625.83万剂次", "quantity", "26258300", "剂次", "exact")),
        ("接种率78.50%。", ("78.50%", "percent", "78.50", "%", "exact")),
        ("拨付运营经费1.45亿元，", ("1.45亿元", "money", "145000000", "元", "exact")),
        ("新增面积4.6万平方米，", ("4.6万平方米", "quantity", "46000", "m²", "exact")),
        ("建筑面积120㎡，", ("120㎡", "quantity", "120", "m²", "exact")),
        ("投资1.2万亿元，", ("1.2万亿元", "money", "1200000000000", "元", "exact")),
        ("补助3万5千元。", ("3万5千元", "money", "35000", "元", "exact")),
        ("共计12,345.60元。", ("12,345.60元", "money", "12345.60", "元", "exact")),
        ("上升3个百分点，", ("3个百分点", "quantity", "3", "百分点", "exact")),
        ("共有职工四万五千多户", ("四万五千多户", "approx", "45000", "户", "more")),
        ("占百分之三点五，", ("百分之三点五", "percent", "3.5", "%", "exact")),
        ("占三分之一左右，", ("三分之一左右", "approx", "1/3", None, "approx")),
        ("增加了一倍。", ("一倍", "quantity", "1", "倍", "exact")),
        ("收入人民币壹仟贰佰元整", ("壹仟贰佰元整", "money", "1200", "元", "exact")),
        ("用时一年半，", ("一年半", "duration", "1.5", "年", "exact")),
        ("在一个周期内控制", ("一个周期", "quantity", "1", "周期", "exact")),
        ("连续29 个季度", ("29 个季度", "duration", "29", "季度", "exact")),
        ("两三个月以来", ("两三个月", "approx", "2..3", "月", "approx")),
        ("36小时完成", ("36小时", "duration", "36", "h", "exact")),
        ("第2剂接种", ("第2剂", "ordinal", "2", "剂", "exact")),
        ("今年第14号强台风", ("第14号", "ordinal", "14", "号", "exact")),
        ("刑法第三百六十条规定", ("第三百六十条", "ordinal", "360", "条", "exact")),
        ("比分为3:1。", ("3:1", "ratio", "3:1", None, "exact")),
        ("气温降到-5℃。", ("-5℃", "quantity", "-5", "℃", "exact")),
    ],
)
def test_numbers_are_read_exactly_with_their_units(text: str, expected: tuple[str, ...]) -> None:
    assert only(text) == expected


@pytest.mark.parametrize(
    ("text", "part", "value", "bound"),
    [
        ("徒步上下20多层救治", "20多层", "20", Bound.MORE),
        ("筛查6875.5万余人次。", "6875.5万余人次", "68755000", Bound.MORE),
        ("为全市近13万医护人员", "近13万", "130000", Bound.LESS),
        ("患者占比超过50%，", "超过50%", "50", Bound.MORE),
        ("60岁以上老年人", "60岁以上", "60", Bound.MORE),
        ("约15万人", "约15万人", "150000", Bound.APPROX),
        ("不足5个月", "不足5个月", "5", Bound.LESS),
        ("30米左右的水深", "30米左右", "30", Bound.APPROX),
        ("拥有百余台设备", "百余台", "100", Bound.MORE),
        ("行程数千公里", "数千公里", "1000", Bound.MORE),
        ("总额达到3万多亿美元", "3万多亿美元", "3000000000000", Bound.MORE),
        ("搁置10 多年的项目", "10 多年", "10", Bound.MORE),
    ],
)
def test_bounding_words_make_a_quantity_approximate(
    text: str, part: str, value: str, bound: Bound
) -> None:
    (quantity,) = [q for q in find(text) if q.kind is not Kind.IDIOM]
    assert (quantity.text, quantity.kind) == (part, Kind.APPROX)
    assert (quantity.value_text, quantity.bound) == (value, bound)


@pytest.mark.parametrize(
    ("text", "part", "value"),
    [
        ("自2021年7月30日起", "2021年7月30日", "2021-07-30"),
        ("截至1月16日24时，", "1月16日24时", "--01-16T24"),
        ("自2020年12月启动", "2020年12月", "2020-12"),
        ("截至4月22 日，", "4月22 日", "--04-22"),
        ("截至21日，", "21日", "---21"),
        ("于当年10月份上线", "10月份", "--10"),
        ("二〇二一年七月三十日", "二〇二一年七月三十日", "2021-07-30"),
        ("一九八○年以来", "一九八○年", "1980"),
        ("发布于2021-07-30，", "2021-07-30", "2021-07-30"),
        ("上午9时30分开会", "上午9时30分", "T09:30"),
        ("晚上10点半开始", "晚上10点半", "T22:30"),
        ("营业到18:00。", "18:00", "T18:00"),
        ("会议定于2月30日召开", "2月30日", None),
        ("上世纪九十年代", "九十年代", None),
    ],
)
def test_dates_are_iso_8601_as_far_as_they_are_known(
    text: str, part: str, value: str | None
) -> None:
    (quantity,) = [q for q in find(text) if q.kind is not Kind.IDIOM]
    assert (quantity.text, quantity.value_text, quantity.unit) == (part, value, None)
    assert quantity.kind in (Kind.DATE, Kind.TIME)


@pytest.mark.parametrize(
    ("text", "part", "value", "unit", "normalised"),
    [
        ("扩大至3-11岁。", "3-11岁", "3..11", "岁", "3～11岁"),
        ("增长18%-25%。", "18%-25%", "18..25", "%", "18%～25%"),
        ("约18-25%的人", "18-25%", "18..25", "%", "18%～25%"),
        ("或3万-10万居民", "3万-10万", "30000..100000", None, "3万～10万"),
        ("每家2-5万元", "2-5万元", "20000..50000", "元", "2万～5万元"),
        ("对2014-2016年全市", "2014-2016年", "2014..2016", "年", "2014—2016年"),
        ("五至七年的保护期", "五至七年", "5..7", "年", "五至七年"),
        ("8月20号到9月11号", "8月20号到9月11号", "--08-20..--09-11", None, "8月20号到9月11号"),
        ("2021年7月5-8日", "2021年7月5-8日", "2021-07-05..2021-07-08", None, "2021年7月5—8日"),
        ("9:00-18:00营业", "9:00-18:00", "T09:00..T18:00", None, "9:00—18:00"),
    ],
)
def test_ranges_have_two_ends_and_one_unit(
    text: str, part: str, value: str, unit: str | None, normalised: str
) -> None:
    (quantity,) = [q for q in find(text) if q.kind is not Kind.IDIOM]
    assert quantity.text.removeprefix("约") == part
    assert (quantity.value_text, quantity.unit) == (value, unit)
    assert quantity.normalised.removeprefix("约") == normalised


@pytest.mark.parametrize(
    "text",
    [
        "推进一体化，三甲医院一网通办，“十三五”规划，二十大报告，一带一路，三农工作",
        "第一时间统一部署，万松院区，百姓，四川，双随机一公开，七上八下，一些，千万别大意",
        "创建二级甲等医院，市六院与二医合作，“两病”用药，落实“四包一”制度，“五统一”标准",
        "全市二级以上医院，三圈两网，“四个口袋”，“三个全覆盖”，焕然一新，进一步，清零",
    ],
)
def test_words_with_numerals_are_idioms(text: str) -> None:
    found = find(text)
    assert {q.kind for q in found} == {Kind.IDIOM}
    assert all(q.normalised == q.text for q in found)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("复“1+4+1”一体化", ["1+4+1"]),
        ("落实 10+10 便民举措", ["10+10"]),
        ("启动120急救指挥中心", ["120急救"]),
        ("新冠病毒COVID-19，G20峰会", ["COVID-19", "G20"]),
        ("实施“6S”精细管理和“369”工程", ["6S", "369"]),
        ("地址192.168.0.1，版本1.2.3", ["192.168.0.1", "1.2.3"]),
        ("电话0371-65651234。", ["0371-65651234"]),
    ],
)
def test_digits_that_name_are_codes_without_a_value(text: str, codes: list[str]) -> None:
    found = [q for q in find(text) if q.kind is not Kind.IDIOM]
    assert [q.text for q in found] == codes
    assert {q.kind for q in found} == {Kind.CODE}
    assert {q.value for q in found} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "9" * 100_000,
        "1" + ",234" * 30_000 + "元",
        "1e999999元",
        "共١٢٣人和1٢3人",
        "万亿亿" * 1_000,
        "1-2" * 30_000,
        "第" + "一" * 50_000 + "条",
        "1_" * 50_000,
    ],
)
def test_contrived_input_is_refused_in_bounded_time(text: str) -> None:
    for quantity in find(text):
        if quantity.kind not in (Kind.RATIO, Kind.DECIMAL, Kind.ORDINAL):
            assert quantity.value is None


@pytest.mark.parametrize(
    ("text", "idioms"),
    [
        ("构建“一网一轴四纵”模式，落实“四包一”", ["一网一轴四纵", "四包一"]),
        ("深化“一网通办、一次办成”改革", ["一网通办", "一次办成"]),
        ("以“十大服务举措”为抓手", ["十大"]),
        ("病例零增长，失能半失能，一张张笑脸", ["零增长", "半失能", "一张张"]),
        ("市第一人民医院、市六院和省三级公立医院", ["第一人民医院", "六院", "三级"]),
        ("全市二级以上医院", ["二级以上"]),
    ],
)
def test_an_idiom_reaches_as_far_as_it_is_one_word(text: str, idioms: list[str]) -> None:
    assert [q.text for q in find(text)] == idioms


def test_levels_that_are_listed_are_counted() -> None:
    assert only("贯通市、县、乡、村四级。") == ("四级", "quantity", "4", "级", "exact")
    assert only("温州、瑞安两级站所") == ("两级", "quantity", "2", "级", "exact")


def test_队伍_and_大陆_hold_no_numerals() -> None:
    assert find("人才队伍建设，大陆与登陆，陆续开行，柒牌男装") == []


def test_every_digit_and_numeral_lies_in_one_quantity() -> None:
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found = find(text)
        assert all(left.end <= right.start for left, right in pairwise(found))
        inside = Counter(at for q in found for at in range(q.start, q.end))
        assert all(inside[at] == 1 for at, char in enumerate(text) if char in NUMERALS)


def test_truth_of_the_seeds_is_found() -> None:
    rows = [
        json.loads(line)
        for line in (ROOT / "benchmarks" / "gold" / "numbers.jsonl").read_text("utf-8").splitlines()
    ]
    right = 0
    for name in {row["file"] for row in rows}:
        found = {
            (q.start, q.end, str(q.kind), q.value_text, q.unit, str(q.bound), q.normalised)
            for q in find((ROOT / "seeds" / name).read_text(encoding="utf-8"))
        }
        keys = ("start", "end", "kind", "value", "unit", "bound", "normalised")
        right += sum(
            tuple(row[key] for key in keys) in found for row in rows if row["file"] == name
        )
    assert right >= 0.98 * len(rows)


@given(
    st.text(
        st.sampled_from(
            "0123456789０５.．,，%％-～至年月日时点第约近余多以上个人元"
            "万亿千百十一二三两半零〇 x㎡m2。“”、"
        )
    )
)
def test_quantities_are_ordered_disjoint_and_true_to_the_text(text: str) -> None:
    end = 0
    for quantity in find(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.text == text[quantity.start : quantity.end]
        end = quantity.end
