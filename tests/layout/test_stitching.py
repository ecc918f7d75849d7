"""Which blocks are joined, and which never are. The texts are our own but for the seeds'.

In the tables a name in braces stands for a passage of this module.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
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


@cases
def test_a_broken_paragraph_finds_the_block_it_goes_on_in(joined: str, blocks: list[str]) -> None:
    found = pairs([block.format_map(globals()) for block in blocks])
    assert " ".join(f"{tail}-{head}" for tail, head in found) == joined


@cases
def test_what_does_not_belong_together_stays_apart(blocks: list[str]) -> None:
    assert pairs([block.format_map(globals()) for block in blocks]) == []


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


@cases
def test_ends_are_seen_behind_quotes_notes_and_emphasis(text: str) -> None:
    assert ended(text)


@pytest.mark.parametrize("text", ["他说：“走吧”", "加快建设（二期）", "占比为3.5%", "救治、"])
def test_what_has_no_end_is_not_ended(text: str) -> None:
    assert not ended(text)


PIECES = st.sampled_from([
    LIBRARY_TAIL, LIBRARY_HEAD, BRIDGE_TAIL, BRIDGE_HEAD, FLOOD, HARVEST, "跨江大桥明年通车",
    CERTAIN_TAIL, CERTAIN_HEAD, "", "— 12 —",
])  # fmt: skip


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
