"""Family L across blocks: paragraphs that break off, or set in, within a sentence.

Edits never cross blocks, so nothing is changed here: a text by itself gets findings. Over a corpus
the pairs are joined (`textclean.corpus.joining`), under the code of the first rule, where the tier
is ``suggested``.
"""

from __future__ import annotations

from collections.abc import Iterator

from textclean.rules.registry import Proposal, Stage, View, rule
from textclean.text.classes import HAN_CLASS
from textclean.text.edit import Tier

_LAST = rf"[{HAN_CLASS}0-9xX%，、,“”（）《》)]"
#: A block's last line that shows no sentence's end.
_OPEN_END = rf"{_LAST}[ \t\u3000*]*(?:\r?\n[ \t\u3000]*\r?\n|\Z)"
_QUOTED = 12

_TAIL = "全市图书馆去年接待读者一百二十万人次，比前年增长两成；推进总分馆制建"
_HEAD = "设，让居民在家门口就能借到新书。"


@rule(
    "L101",
    "broken-paragraph",
    Tier.REPORT,
    Stage.LAYOUT,
    trigger=_OPEN_END,
    reason="A paragraph that ends in mid-sentence was cut by the end of a column or page. The "
    "finding says in which block it goes on, or that it goes on nowhere. Over a corpus, `run` and "
    "`clean_corpus` join the two at the tier `suggested`.",
    reason_zh="段落在句中断开，是被栏尾或页尾切断的。指出它在哪一段接着往下，或者无处可接；对整个"
    "语料运行（run、clean_corpus）且级别为 suggested 时，把两段接上。",
    examples=[
        (f"{_TAIL}\n\n{_HEAD}", _TAIL[-1]),
        (f"{_TAIL}\n\n秋粮收获已近尾声，湿粮当天就能入库。", _TAIL[-1]),
    ],
    counter_examples=[
        "合作社把烘干机开到了田边，湿粮当天就能入库\n\n市水利局昨天召开会议，部署水利建设工作。",
        "深化改革 克难攻坚\n\n卫生事业迈上新台阶",
        "床前明月光\n疑是地上霜\n举头望明月\n低头思故乡",
        "- 完善社区卫生服务\n- 推进家庭医生签约",
    ],
)
def broken_paragraph(view: View) -> Iterator[Proposal]:
    """The last character of a paragraph that breaks off."""
    from textclean.layout.stitching import loose_ends, stitch

    text = view.text
    blocks = [text[block.start : block.end] for block in view.blocks]
    found = stitch(blocks)
    for stitched in found:
        head = blocks[stitched.head].strip()[:_QUOTED]
        yield _at_end(view, stitched.tail, f"goes on in {head!r}", stitched.confidence)
    for loose in loose_ends(blocks, found):
        if loose.at_end:
            why = "breaks off in mid-sentence and goes on nowhere"
            yield _at_end(view, loose.block, why, loose.confidence)


@rule(
    "L102",
    "headless-paragraph",
    Tier.REPORT,
    Stage.LAYOUT,
    trigger=rf"(?:\A|\n)[ \t\u3000]*[{HAN_CLASS}0-9，、”]",
    reason="A paragraph that sets in within a sentence lost its beginning to another column or "
    "page, and nothing in the text breaks off where it would fit.",
    reason_zh="段落从句中开始，开头落在了别的栏或页上，而文中没有哪一段断在它该接的地方。",
    examples=[
        (f"入汛以来，水利部门对水闸逐一检查。\n\n{_HEAD}", _HEAD[0]),
    ],
    counter_examples=[
        "设备检修从今天开始，预计停机两天。",
        f"{_TAIL}\n\n{_HEAD}",
        "的确，这是一个难题，但并非没有答案。",
    ],
)
def headless_paragraph(view: View) -> Iterator[Proposal]:
    """The first character of a paragraph whose beginning is elsewhere."""
    from textclean.layout.stitching import loose_ends

    text = view.text
    blocks = [text[block.start : block.end] for block in view.blocks]
    for loose in loose_ends(blocks):
        if not loose.at_end:
            block = view.blocks[loose.block]
            at = block.start + len(blocks[loose.block]) - len(blocks[loose.block].lstrip())
            why = "sets in within a sentence; its beginning is not here"
            yield Proposal(at, at + 1, text[at], why, loose.confidence)


def _at_end(view: View, number: int, why: str, confidence: float) -> Proposal:
    block = view.blocks[number]
    end = block.start + len(view.text[block.start : block.end].rstrip(" \t\r\n\u3000*_"))
    return Proposal(end - 1, end, view.text[end - 1 : end], why, confidence)
