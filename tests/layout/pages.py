"""Prose set as a page sets it: lines of a width, with kinsoku, for tests of reflowing."""

from __future__ import annotations

import re
from collections.abc import Sequence

PARAGRAPHS = (
    "近年来，市中心医院不断完善急诊急救体系，建立院前院内信息共享平台，缩短患者等候时间。医院还与"
    "县区医院签订协议，由专家定期下乡坐诊，让群众在家门口就能得到优质的医疗服务。",
    "今年上半年，全市共完成家庭医生签约服务三十余万人次，重点人群签约率比去年同期提高了五个百分点。",
    "“以前看病要跑几十里山路，现在村里就有卫生室，血压血糖随时能测。”村民李大爷说，乡亲们心里踏实多了。",
    "下一步，我市将继续深化医药卫生体制改革，推进紧密型县域医共体建设，加强基层人才培养，完善远程会诊、"
    "双向转诊等制度，努力为人民群众提供全方位全周期的健康服务。",
)
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
