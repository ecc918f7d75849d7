"""What looks like a quantity and is none, or is right already: no rule and no style touches it.

The first list is what an early version changed in a hand-read sample of printed news.
"""

from pathlib import Path

import pytest

from textclean import Config, clean
from textclean.quantities import Style, normalize

STAY = Path(__file__).resolve().parents[2] / "benchmarks" / "data" / "quantities_stay.tsv"
ONLY_QUANTITIES = Config(select=("Q",))

ONCE_CHANGED = [
    "农历八月十八 钱塘观潮正当时",
    "腊月二十三 年味渐浓喜气添",
    "三年投资300亿 打造文化新城",
    "银行授信1000亿 支持船舶工业",
    "劳模许振超 64岁 靠自学成才",
    "图-22M3型战略轰炸机",
    "图－22M3型战略轰炸机",
    "改进的米格-29M2战机",
    "被央视3-15晚会曝光后",
    "非盟提出2063 发展规划",
    "第三 平等对待民办机构",
    "第二 市场化运作",
    "放射性元素钋-210。4号，家属说",
    "男子C1—2—3级比赛",
    "用字符串1 字符串2 做参数",
    "从 14.10 升级到 15.04",
    "地址耗尽的IPv4 号称有40亿个",
    "美国ＲＱ—１７０“哨兵”无人机",
    "1年生存率分别为60. 4 %和42. 9 %",
    "比1 9 8 0 年翻两番",
    "4.2 所有颅内症状性动脉狭窄",
    "左室 74 室间隔厚度",
    "居民收入实际增长4·3％",
    "经济增长8 ．8 ％，利用外资达到",
    "美国确诊超3349万 多地放松防控",
    "印度确诊超2000万 日增连续13天超",
    "印度单日新增超26万 首都告急",
    "死亡病例近12万 多州激增",
    "第一百三十三条之二 对行驶中的公共交通工具",
    "6.3 本标准所称绿化",
]

IDIOMS = [
    "《四十一炮》与《三十而已》",
    "“中星十一号”卫星与“神舟十号”飞船",
    "万一下雨，千万别去五台山",
    "十三五规划，二十大报告，两会期间",
    "三三两两，七七八八，一五一十",
    "三面五星红旗同时升起",
    "致死率分居前三，总量位居前十。",
    "每千常住人口，每万居民，每百户",
    "正月十五闹元宵，腊月二十三过小年",
]

EVERY_STYLE = [
    Style(),
    Style(numerals="digits", units="symbol", grouping="comma"),
    Style(numerals="chinese", units="chinese", grouping="none"),
]


@pytest.mark.parametrize("text", ONCE_CHANGED)
def test_a_number_takes_no_word_that_is_not_its_own(text: str) -> None:
    assert clean(text, ONLY_QUANTITIES).text == text
    assert normalize(text).text == text


@pytest.mark.parametrize("text", IDIOMS)
@pytest.mark.parametrize("style", EVERY_STYLE, ids=["marks", "digits", "chinese"])
def test_no_style_touches_an_idiom(text: str, style: Style) -> None:
    assert normalize(text, style).text == text


@pytest.mark.parametrize("line", STAY.read_text(encoding="utf-8").splitlines()[2:])
def test_the_strings_of_the_benchmark_stay_or_become_what_the_standard_has(line: str) -> None:
    text, _, allowed = line.partition("\t")
    assert clean(text, ONLY_QUANTITIES).text in (text, *allowed.split("|"))
    assert normalize(text).text in (text, *allowed.split("|"))
