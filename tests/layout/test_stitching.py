"""Which blocks are joined, and which never are. The texts are our own but for the seeds'."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean.layout import Continuations, Stitch, continues_elsewhere, stitch
from textclean.layout.captions import ended
from textclean.layout.stitch_features import broken, sides
from textclean.layout.stitching import LEAST, loose_ends

LIBRARY_TAIL = "全市图书馆去年接待读者一百二十万人次，比前年增长两成；延长开放时间，推进总分馆制建"
LIBRARY_HEAD = "设，让居民在家门口就能借到新书。馆里还为老人准备了放大镜和靠椅。"
FLOOD = "入汛以来，水利部门对沿河三十六座水闸逐一检查，发现的问题都已登记在册。"
#: The characters it ends with say nothing; its head does.
CERTAIN_TAIL = "县里已连续三年召开协调会，及时解决财政、医保、编制、人事等"
CERTAIN_HEAD = "部门，对推进中的困难及时研究解决。各乡镇也都成立了专班。"
HARVEST = "秋粮收获已近尾声，合作社把烘干机开到了田边，湿粮当天就能入库。"
BRIDGE_TAIL = "跨江大桥主桥合龙以后，施工单位将转入桥面铺装和附属工程施工，预计明年上半年具备通"
BRIDGE_HEAD = "车条件。届时，两岸居民往来时间将由四十分钟缩短到八分钟。"


def pairs(blocks: list[str]) -> list[tuple[int, int]]:
    return [(found.tail, found.head) for found in stitch(blocks)]


JOINED = {
    "side by side": ([FLOOD, LIBRARY_TAIL, LIBRARY_HEAD, HARVEST], [(1, 2)]),
    "across a heading": ([LIBRARY_TAIL, "## 丰收时节", LIBRARY_HEAD, HARVEST], [(0, 2)]),
    "across caption, credit and page number": (
        [BRIDGE_TAIL, "工人在桥面上铺设钢筋", "本报记者 周文涛 摄", "— 12 —", BRIDGE_HEAD],
        [(0, 4)],
    ),
    "the order was lost": ([LIBRARY_HEAD, FLOOD, HARVEST, LIBRARY_TAIL], [(3, 0)]),
    "two that cross": (
        [LIBRARY_TAIL, BRIDGE_TAIL, HARVEST, LIBRARY_HEAD, BRIDGE_HEAD],
        [(0, 3), (1, 4)],
    ),
    "spaces and half-width marks": (
        [
            "全市图书馆去年接待读者120 万人次,比前年增长两成;推进总分馆制建",
            "设 ,让居民在家门口就能借到新书。",
        ],
        [(0, 1)],
    ),
    "behind a quotation": (
        [
            "市里提出，到明年底基本实现“小病不出村、大病不出县”",
            "的目标，并为此增加了三千名乡村医生的编制。",
        ],
        [(0, 1)],
    ),
    "inside a redacted number": (
        [
            "去年全区新建口袋公园xx个，改造老旧小区xx个，新增停车泊位x.xx万个，xx",
            "件民生实事全部按期完成，群众满意度继续提高。",
        ],
        [(0, 1)],
    ),
    "inside a number": (
        [
            "截至上月底，全区新增停车泊位2.4万个，改造老旧小区118个，建成口袋公园36",
            "处，" + HARVEST,
        ],
        [(0, 1)],
    ),
    "a paragraph in three pieces": (
        [
            "去年以来，区里先后投入两千多万元改善农村卫",
            "生室的条件，为每个村配备了心电图机和远程会诊设",
            "备，村民看病不用再跑几十里山路。",
        ],
        [(0, 1), (1, 2)],
    ),
}

APART = {
    "whole paragraphs": [FLOOD, HARVEST, "道路两旁新栽了八百棵香樟，来年夏天就能遮阴。"],
    "a list": ["- 完善社区卫生服务", "- 推进家庭医生签约", "- 改造老旧小区电梯"],
    "a numbered list": [
        "1. 完善社区卫生服务中心的设施",
        "2. 推进家庭医生签约服务",
        "3. 改造老旧小区的电梯",
    ],
    "items of a plan without marks": [
        "（一）完善社区卫生服务中心的设施，配齐常用药品",
        "（二）推进家庭医生签约服务，重点人群优先",
    ],
    "a poem": [
        "床前明月光\n疑是地上霜\n举头望明月\n低头思故乡",
        "作者是唐代诗人李白，诗写于扬州的旅舍。",
    ],
    "a poem in stanzas": [
        "轻轻的我走了\n正如我轻轻的来\n我轻轻的招手\n作别西天的云彩",
        "那河畔的金柳\n是夕阳中的新娘\n波光里的艳影\n在我的心头荡漾",
    ],
    "headings without marks": ["深化改革 克难攻坚", "卫生事业迈上新台阶", FLOOD],
    "a headline and its paragraph": ["跨江大桥明年通车", "届时，两岸居民往来时间将缩短到八分钟。"],
    "a headline in two lines": ["书写", "健康城市的满意答卷", FLOOD],
    "an address": ["湖北省武汉市武昌区\n东湖路181号\n长江出版社 编辑部收", HARVEST],
    "captions": ["总院专家到分院指导诊疗", "工人在桥面上铺设钢筋", "记者 周文涛 摄", HARVEST],
    "a number before what is counted nowhere": [
        "去年全区新建口袋公园xx个，改造老旧小区xx个，新增停车泊位x.xx万个，xx",
        "人民群众对教育、医疗和养老的满意度继续提高。",
    ],
    "a table's rows": ["项目    2021年    2022年\n门诊    3200    4100\n住院    210    260", FLOOD],
    "a table's rows, one a block": ["门诊人次    3200    4100", "住院人次    210    260", FLOOD],
    "a letter": [
        "尊敬的各位业主：",
        "小区电梯将于本周六上午检修，届时停运两个小时。",
        "此致\n敬礼",
        "幸福里物业服务中心\n2023年5月6日",
    ],
    "a salutation without a mark": ["亲爱的同学们", "新学期开始了，图书馆为大家准备了新的书单。"],
    "a lost full stop": [
        "截至上月底，全市家庭医生签约率达到62.5%",
        "市民王女士上周刚刚签约，她说以后配药方便多了。",
    ],
    "a lost full stop in prose": [
        "合作社把烘干机开到了田边，湿粮当天就能入库",
        "市水利局昨天召开会议，部署今冬明春的水利建设工作。",
    ],
    "a tail whose head is gone": [LIBRARY_TAIL, FLOOD, HARVEST],
    "a head whose tail is gone": [FLOOD, LIBRARY_HEAD, HARVEST],
    "a colon before what follows": [
        "会议提出了以下三点要求：",
        "各单位要在月底前完成自查，把问题解决在基层。",
    ],
    "a quotation that is whole": [
        "“我们会把这条路修到每个村口。”",
        "村支书说完，指了指远处的工地。",
    ],
    "code": ["```\nfor item in items:\n    print(item)\n```", "输出的每一行是一个条目。"],
    "a byline before the text": [
        "本报讯（记者 周文涛 通讯员 李敏）",
        "跨江大桥主桥昨天合龙，两岸居民盼了十年。",
    ],
    "English": ["The bridge will open next year and the two", "banks will be eight minutes apart."],
}


@pytest.mark.parametrize("case", JOINED, ids=str)
def test_a_broken_paragraph_finds_the_block_it_goes_on_in(case: str) -> None:
    blocks, expected = JOINED[case]
    assert pairs(blocks) == expected


@pytest.mark.parametrize("case", APART, ids=str)
def test_what_does_not_belong_together_stays_apart(case: str) -> None:
    assert pairs(APART[case]) == []


def test_a_copy_of_the_tail_does_not_stand_in_the_way() -> None:
    assert pairs([LIBRARY_TAIL, LIBRARY_TAIL, LIBRARY_HEAD, FLOOD]) == [(1, 2)]


def test_copies_of_tail_and_head_are_joined_side_by_side() -> None:
    blocks = [LIBRARY_TAIL, LIBRARY_HEAD, LIBRARY_TAIL, LIBRARY_HEAD]
    assert pairs(blocks) == [(0, 1), (2, 3)]


def test_confidence_is_a_probability_from_the_least_that_is_joined() -> None:
    (found,) = stitch([LIBRARY_TAIL, LIBRARY_HEAD])
    assert isinstance(found, Stitch)
    assert LEAST <= found.confidence <= 1


def test_a_block_that_goes_on_or_may_go_on_is_not_to_be_ended() -> None:
    blocks = [LIBRARY_TAIL, LIBRARY_HEAD, BRIDGE_TAIL, "第一，加快建设、", FLOOD, "## 丰收时节"]
    assert continues_elsewhere(blocks) == [True, False, True, True, False, False]


def test_a_block_that_only_lost_its_full_stop_may_be_ended() -> None:
    blocks = ["截至上月底，全市家庭医生签约率达到62.5%", HARVEST.rstrip("。"), FLOOD]
    assert continues_elsewhere(blocks) == [False, False, False]


def test_what_goes_on_nowhere_is_reported() -> None:
    found = [(loose.block, loose.at_end) for loose in loose_ends([BRIDGE_TAIL, FLOOD, HARVEST])]
    assert found == [(0, True)]


def test_a_clause_that_opens_what_it_does_not_close_goes_on_nowhere() -> None:
    # Its last characters could end a sentence; 正在对 could not.
    tail = "市里今年把电梯加装、管网改造和绿化列入计划，各区正在对老旧小区的楼道"
    found = [(loose.block, loose.at_end) for loose in loose_ends([tail, FLOOD, HARVEST])]
    assert found == [(0, True)]


@pytest.mark.parametrize(
    "whole",
    [HARVEST.rstrip("。"), FLOOD.rstrip("。"), "公共服务，实事办得全面有效", "县里：压减能耗三成"],
)
def test_what_lost_only_its_full_stop_is_not_reported(whole: str) -> None:
    assert [loose for loose in loose_ends([whole, FLOOD]) if loose.at_end] == []


def test_a_copy_of_what_was_joined_is_not_loose() -> None:
    assert loose_ends([LIBRARY_TAIL, LIBRARY_TAIL, LIBRARY_HEAD, FLOOD]) == []


@pytest.mark.parametrize(
    "text",
    [
        "他说：“走吧。”",
        "努力建设中医药强市。(本报记者刘尚整理)",
        "会议要求：",
        "等等……",
        "**结束了。**",
    ],
)
def test_ends_are_seen_behind_quotes_notes_and_emphasis(text: str) -> None:
    assert ended(text)


@pytest.mark.parametrize("text", ["他说：“走吧”", "加快建设（二期）", "占比为3.5%", "救治、"])
def test_what_has_no_end_is_not_ended(text: str) -> None:
    assert not ended(text)


PIECES = st.sampled_from(
    [
        LIBRARY_TAIL,
        LIBRARY_HEAD,
        BRIDGE_TAIL,
        BRIDGE_HEAD,
        FLOOD,
        HARVEST,
        "跨江大桥明年通车",
        CERTAIN_TAIL,
        CERTAIN_HEAD,
        "",
        "— 12 —",
    ]
)


@given(
    st.lists(
        st.one_of(PIECES, st.text(alphabet="，。、的建设通车“”xx1 \n", max_size=40)), max_size=12
    )
)
def test_each_block_is_tail_once_and_head_once_and_nothing_goes_round(blocks: list[str]) -> None:
    found = stitch(blocks)
    assert len({s.tail for s in found}) == len({s.head for s in found}) == len(found)
    following = {s.tail: s.head for s in found}
    for start in following:
        at, steps = start, 0
        while at in following:
            at, steps = following[at], steps + 1
            assert steps <= len(following)
            assert at != start


@given(st.lists(PIECES, max_size=10))
def test_single_blocks_are_judged_as_all_are(blocks: list[str]) -> None:
    # What a tail alone says is asked first, and other tails only where one may be joined: with the
    # same answer as if all pairs had been weighed.
    tails = {side.block: side for side in sides(blocks)[0]}
    joined = {tails[found.tail].key for found in stitch(blocks)}
    expected = [
        number in tails
        and (tails[number].hangs or tails[number].key in joined or broken(tails[number]) > 0)
        for number in range(len(blocks))
    ]
    assert continues_elsewhere(blocks) == expected
    assert [number in Continuations(blocks) for number in range(len(blocks))] == expected


@pytest.mark.parametrize("place", [0, 350, 700])
def test_a_tail_far_from_the_others_is_judged_by_what_is_around_it(place: int) -> None:
    blocks = [FLOOD, HARVEST] * 350
    blocks[place:place] = [CERTAIN_TAIL, CERTAIN_HEAD]
    assert broken(sides([CERTAIN_TAIL])[0][0]) <= 0
    assert place in Continuations(blocks)
    del blocks[place + 1]
    assert place not in Continuations(blocks)
