"""What is found, what it is taken for, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.placeholders import PlaceholderType as Type
from textclean.placeholders import find

REDACTED = "全市培训医务人员xxx名，新增床位xxxx张，xx市人民医院门诊楼投入使用。"


def found(text: str) -> list[tuple[str, str]]:
    return [(each.text, str(each.type)) for each in find(text)]


@pytest.mark.parametrize(
    ("text", "run", "kind"),
    [
        ("并在xxxx年全省卫生健康工作会上介绍经验", "xxxx", Type.YEAR),
        ("三年行动计划（xxxx—xxxx年）印发", "xxxx—xxxx", Type.YEAR),
        ("今年x月初，被评为省级培训基地", "x", Type.MONTH),
        ("居民健康素养水平达到xx.x%，每千人口", "xx.x%", Type.PERCENT),
        ("较xxxx年提高x.xx个百分点", "x.xx", Type.PERCENT),
        ("总用地面积xx.x亩", "xx.x", Type.QUANTITY),
        ("平均每年受益妇女儿童xxx余万人次", "xxx", Type.QUANTITY),
        ("争取中央财政资金xxx万元，用于建设", "xxx", Type.MONEY),
        ("省财政补助资金xxx万。基层", "xxx", Type.MONEY),
        ("确保xx-xx岁目标人群", "xx-xx", Type.AGE),
        ("于xx小时内抵达湖北", "xx", Type.DURATION),
        ("连续xx年将救助纳入实事", "xx", Type.DURATION),
        ("未来x年内，将获得资金", "x", Type.DURATION),
        ("市、县按x∶x配套投入", "x∶x", Type.RATIO),
        ("获得第xx届全国奖项", "xx", Type.ORDINAL),
        ("成功处置了Gxxxx次列车疫情", "Gxxxx", Type.CODE),
        ("提出“x+x+N融合”党建工作法", "x+x+N", Type.CODE),
        ("我省抢抓新国发x号文件机遇", "x", Type.CODE),
        ("升级改造xxx急救指挥调度系统", "xxx", Type.CODE),
        ("位于xx大道以西的地块", "xx", Type.PLACE),
        ("获评xx省数字乡村优秀案例", "xx", Type.PLACE),
        ("xx中医药大学东方医院派驻专家", "xx", Type.PLACE),
        ("打造“xx模式”，走出新路", "xx", Type.PLACE),
        ("市卫健委副主任xx介绍，去年", "xx", Type.PERSON),
        ("各级中医（x医）医院结合气候特点", "x", Type.ETHNICITY),
        ("设有xx族自治县和乡", "xx", Type.ETHNICITY),
        ("原告刘x甲诉至法院", "刘x甲", Type.PERSON),
        ("于××年启动建设的项目", "××", Type.DURATION),
        ("全市×××家卫生院达标", "×××", Type.QUANTITY),
        ("日本“x·xx”大地震之后", "x·xx", Type.MONTH_DAY),
        ("最大渔政船--xxxx吨级船首航", "xxxx", Type.QUANTITY),
        ("上世纪xx年代初启用", "xx", Type.YEAR),
        ("术后第 x 年复查", "x", Type.ORDINAL),
        ("均住院日降到xx天内", "xx", Type.DURATION),
        ("外交部xx号发表声明说", "xx", Type.DAY),
        ("最近迁至芳沁街xx号，", "xx", Type.CODE),
        ("今天上午xxxx分，机组抵达", "xxxx", Type.CLOCK),
        ("今天上午xx：xx，机组抵达", "xx：xx", Type.CLOCK),
        ("男女比例为x：x，平均", "x：x", Type.RATIO),
        ("直径xx.xmm的导管", "xx.x", Type.QUANTITY),
        ("出台“健康中国xxxx”规划", "xxxx", Type.YEAR),
        ("印发国发〔20xx〕文件", "20xx", Type.YEAR),
        ("苏丹媒体x日报道", "x", Type.DAY),
        ("审判长×××，审判员", "×××", Type.PERSON),
    ],
)
def test_run_is_typed_by_what_stands_around_it(text, run, kind):
    around = f"{REDACTED}\n{text}。\n{REDACTED}"
    own = [
        each
        for each in find(around)
        if len(REDACTED) < each.start < len(REDACTED) + len(text) + 1 and each.text == run
    ]
    assert [each.type for each in own][:1] == [kind]


@pytest.mark.parametrize(
    ("spaced", "run", "compact"),
    [
        ("新增床位 x x x x 张", "x x x x", "xxxx"),
        ("达到 xx . x % 以上", "xx . x %", "xx.x%"),
        ("共 xx 家医院", "xx", "xx"),
    ],
)
def test_spaces_that_a_scan_put_into_a_run_belong_to_it(spaced, run, compact):
    (each,) = find(f"全市{spaced}，{REDACTED}")[:1]
    assert (each.text, each.canonical) == (run, compact)


@pytest.mark.parametrize(
    ("text", "run", "kind"),
    [
        ("联系电话138****5678，请拨打", "138****5678", Type.CODE),
        ("经办人电话：138xxxx5678", "138xxxx5678", Type.CODE),
        ("身份证号码：330302xxxxxxxx1234", "330302xxxxxxxx1234", Type.CODE),
        ("京A·xxxxx号牌小客车", "京A·xxxxx", Type.CODE),
        ("患者，张**，女，46岁", "张**", Type.PERSON),
        ("被告李×，男，住本市", "李×", Type.PERSON),
    ],
)
def test_numbers_and_names_may_be_masked_in_part(text, run, kind):
    assert found(text) == [(run, str(kind))]


def test_letter_in_place_of_a_name_is_a_person():
    text = "深入贯彻落实A总书记重要指示精神，坚持以A新时代中国特色社会主义思想为指导。"
    assert found(text) == [("A", "person"), ("A", "person")]


@pytest.mark.parametrize(
    "text",
    [
        "函数图像与x轴相交于两点，y轴为对称轴。",
        "他做了X光检查，又用x射线照了一次。",
        "XX染色体和XY染色体决定性别。",
        "尺码有M、L、XL、XXL、XXXL。",
        "地砖为3×4分米，共2x2块，分辨率1920x1080。",
        "地址是0x7fff，颜色#ff00xx，变量x_max。",
        "见https://example.com/xx/xxx.html和`xx = 1`。",
        "iPhone X和Windows XP、macOS X都受支持。",
        "Linux内核4.x系列，Python 3.xx版。",
        "第XIX章、第XX世纪之交，罗马数字IX。",
        "**重点**内容和*强调*的词",
        "* 第一项\n* 第二项\n\n***\n\n## 二级标题",
        "□是 □否（请在方框内打√）",
        "二○二一年，二〇二二年一月三十○日",
        "#健康中国#话题阅读量过亿",
        "答案正确的打√，错误的打×。（×）",
        "x86和x64处理器，Xbox，Excel",
        "A股、B超、C区、T恤、A级景区",
        "taxi、box和next都有这个字母。",
        "某种程度上，某些人某天会明白。",
        "拍了X片，又做了X-刀和伽玛刀治疗。",
        "命令ls -x与选项--xx、PM2.5、4x4越野车",
        "金钱债务×日万分之一点七五",
        "肯德基×必胜客，王×李联名款，5*3=15",
        "电话010-12345678，尾号5678，身份证号330302199001011234",
    ],
)
def test_what_looks_like_a_mask_and_is_none_is_left_alone(text):
    assert found(text) == []


def test_somebody_counts_only_beside_other_redaction():
    text = "某市居民张某某向记者反映情况。"
    assert find(text) == []
    assert all(each.confidence < 0.5 for each in find(text, minimum=0))
    kinds = dict(found(REDACTED + text + REDACTED))
    assert kinds["张某某"] == "person"
    assert kinds["某"] == "place"


def test_code_is_no_prose_even_in_a_redacted_text():
    text = f"{REDACTED}\n\n```\nxx市 = xxxx\n```\n\n{REDACTED}"
    fence = text.index("```"), text.rindex("```")
    assert all(not fence[0] < each.start < fence[1] for each in find(text))


@given(st.text(alphabet="xX×*＊□#某A总书记年月日%.—+：、，。\n 市县名在12个万 abN"))
def test_placeholders_are_disjoint_and_say_what_stands_there(text):
    last = 0
    for each in find(text, minimum=0):
        assert last <= each.start < each.end <= len(text)
        assert each.text == text[each.start : each.end]
        assert 0 <= each.confidence <= 1
        assert each.candidates[0].text == each.canonical
        assert sum(candidate.score for candidate in each.candidates) < 1.02
        last = each.end
