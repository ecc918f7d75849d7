"""Chinese characters that are all wrong are no text; rare ones, lists and old prose are text."""

from __future__ import annotations

import random

import pytest

from textclean import Config, Tier, check, clean
from textclean.text.kinds.wrong_characters import has_wrong_characters

PROSE = (
    "馆里的地图按年代排列，最早的一张画在绢上，山用青绿，水用白粉，城墙画成齿形。管理员说，修复的"
    "师傅先把背面的旧纸一点一点润湿，再用竹镊子揭下来，一天只能揭巴掌大的一块。\n"
    "后来的几张都是石印，线条细了，地名也多了，有的村子今天还在，有的已经沉到水库底下。来看的人"
    "常常在图上找自己的老家，找到了就叫孩子过来，用手指着，讲从前怎么走路去赶集。\n"
    "楼上还有一间屋子放着测量用的仪器，铜做的，很重，擦得发亮。测量队当年背着它们上山，白天量角，"
    "夜里点着马灯抄数字，一本一本的手簿现在也都收在柜子里，可以借出来看。"
)
OLD = (
    "十有二年春，楚子围郑，旬有七日。郑人卜行成，不吉；卜临于大宫，且巷出车，吉。国人大临，守陴者皆哭。"
    "楚子退师，郑人修城，进复围之，三月，克之。入自皇门，至于逵路。"
) * 4
NAMES = "\n".join(
    "　".join(f"{family}{given}" for given in ("振铎", "佩玖", "崇礼", "毓秀", "景逵", "蕙芬"))
    for family in "王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡"
)


def mixed_up(text: str, seed: int) -> str:
    """A text whose font map gives each character another one."""
    chosen = random.Random(seed)
    glyphs = {char: chr(chosen.randrange(0x4E00, 0x9FA5)) for char in sorted(set(text))}
    return "".join(glyphs[char] if char > "\u3400" and char.isalpha() else char for char in text)


@pytest.mark.parametrize("seed", range(5))
def test_a_page_of_wrong_characters_is_one_finding_and_stays(seed: int) -> None:
    text = mixed_up(PROSE, seed).replace("，", ",")
    assert clean(text, Config(tier=Tier.SUGGESTED)).text == text
    assert [edit.rule for edit in check(text)] == ["C109"]


@pytest.mark.parametrize("text", [PROSE, OLD, NAMES, PROSE[:100], "", "a" * 400])
def test_text_is_text(text: str) -> None:
    assert not has_wrong_characters(text)
