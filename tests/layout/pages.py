"""Prose set as a page sets it: lines of a width, with kinsoku, and columns of a newspaper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from textclean.layout.columns import Unrolled

PARAGRAPHS = (
    "近年来，市中心医院不断完善急诊急救体系，建立院前院内信息共享平台，缩短患者等候时间。医院还与"
    "县区医院签订协议，由专家定期下乡坐诊，让群众在家门口就能得到优质的医疗服务。",
    "今年上半年，全市共完成家庭医生签约服务三十余万人次，重点人群签约率比去年同期提高了五个百分点。",
    "“以前看病要跑几十里山路，现在村里就有卫生室，血压血糖随时能测。”村民李大爷说，乡亲们心里踏实多了。",
    "下一步，我市将继续深化医药卫生体制改革，推进紧密型县域医共体建设，加强基层人才培养，完善远程会诊、"
    "双向转诊等制度，努力为人民群众提供全方位全周期的健康服务。",
)
#: Columns of eight lines.
LIBRARY = """\
全市图书馆去年接待读者一百二十万
人次，比前年增长两成；推进总分馆
制建设，让居民在家门口就能借到新
书。馆里还为老年读者准备了放大镜
和靠椅，还在每个阅览室里放了饮水
机。市民周女士每个星期都要来两三
次，她说女儿在这里认识了不少朋友
，回家以后常常把故事讲给外婆听。""".splitlines()
BRIDGE = """\
跨江大桥合龙以后，施工单位将转入
桥面铺装和附属工程的施工，预计明
年上半年具备通车条件。届时，两岸
居民往来的时间将由四十分钟缩短到
八分钟，沿江的货运码头也可以全部
搬到下游去。大桥全长两千三百米，
设计时速八十公里，两侧各留出一条
人行道，供市民步行和骑车过江。""".splitlines()
FLOOD = """\
入汛以来，水利部门对沿河三十六座
水闸逐一检查，发现的问题都已经登
记在册，限期整改。巡堤的队员每两
个小时走一遍，哪怕是深夜下着大雨
也没有断过，沿岸的村民看在眼里，
记在心上。镇里还组织了两百多名青
年志愿者，帮助低洼地带的老人提前
把粮食和家具搬到高处。""".splitlines()

_NEVER_FIRST = "，。、；：？！”’）》"
_NEVER_LAST = "“‘（《"


_WORD = re.compile(rf"[{_NEVER_LAST}]*(?:[A-Za-z0-9]+ ?|.)[{_NEVER_FIRST}]*")


def wrap(paragraph: str, width: int, indent: str = "") -> list[str]:
    """The lines of a paragraph, `width` full-width characters to a line; no word is broken."""
    lines = [indent]
    for word in _WORD.findall(paragraph):
        if _columns(lines[-1] + word.rstrip()) > 2 * width:
            lines.append("")
        lines[-1] += word
    return [line.rstrip(" ") for line in lines]


def _columns(text: str) -> int:
    return len(text) + sum(char > "\u2000" for char in text)


def page(paragraphs: Sequence[str], width: int, *, indent: str = "", between: str = "\n") -> str:
    """Paragraphs as hard-wrapped lines; `between` stands between two lines of any kind."""
    return between.join(line for text in paragraphs for line in wrap(text, width, indent))


def check_unrolled(found: Unrolled, text: str) -> None:
    """The spans are all of the text, and gutters stand before spans."""
    covered = sorted(found.spans)
    assert covered[0][0] == 0
    assert covered[-1][1] == len(text)
    assert all(one[1] == two[0] for one, two in pairwise(covered))
    assert {start for start, _, _ in found.gutters} <= {start for start, _ in found.spans}
