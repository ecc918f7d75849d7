"""Family L across blocks: paragraphs that break off, or begin, within a sentence.

Edits never cross blocks, so these rules only report. Over a corpus the pairs are joined
(`textclean.corpus.stitch_documents`) at the tier ``suggested``, under the code of the first rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from textclean.engine.rule import Proposal, View, rule
from textclean.engine.triggers import Trigger
from textclean.text.classes import SPACE_CLASS
from textclean.text.edit import Tier
from textclean.text.kinds.document import Register

#: A block's last line that shows no sentence's end: of ASCII and of marks only some may be last.
_OPEN_END = (
    r"[^\x00-$&'(*+\-./:-WYZ\[-wy-\x7f。！？；：…]"
    rf"[{SPACE_CLASS}*]*(?:\r?\n[{SPACE_CLASS}]*\r?\n|\Z)"
)
_QUOTED = 12

_TAIL = "全市图书馆去年接待读者一百二十万人次，比前年增长两成；推进总分馆制建"
_HEAD = "设，让居民在家门口就能借到新书。"
_COLUMNS = """\
全市图书馆去年接待读者一百二        读者准备了放大镜和靠椅，还在
十万人次，比前年增长两成；推        每个阅览室里放了饮水机。到了
进总分馆制建设，让居民在家门        周末，孩子们坐在地毯上听志愿
口就能借到新书。馆里还为老年        者讲故事，笑声传到了大街上。
"""
_INTERLEAVED = """\
全市图书馆去年接待读者一百二
读者准备了放大镜和靠椅，还在
十万人次，比前年增长两成；推
每个阅览室里放了饮水机。到了
进总分馆制建设，让居民在家门
周末，孩子们坐在地毯上听志愿
口就能借到新书。各区县的分馆
者讲故事，笑声传到了大街上。
都配备了自助借还的机器，夜里
市民周女士每个星期都要来两三
也能还书。市馆还开通了网上借
次，她说女儿在这里认识了不少
阅的服务，读者足不出户就可以
朋友，回家以后还常常把听来的
请快递员把书送到家里，为老年
故事一字不差地讲给外婆听。
"""


#: The models of seams read prose of today. What breaks off in technical text leads in code
#: or a formula.
_NOT_ASKED_IN = {Register.TECHNICAL: None, Register.CLASSICAL: None}


@rule(
    "L101",
    Tier.REPORT,
    in_register=_NOT_ASKED_IN,
    trigger=Trigger(_OPEN_END),
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
    from textclean.layout.captions import may_break_off

    text = view.text
    blocks = [text[block.start : block.end] for block in view.blocks]
    if not may_break_off(blocks):
        return
    from textclean.layout.stitching import stitches_and_loose_tails

    stitches, loose_tails = stitches_and_loose_tails(blocks)
    for stitched in stitches:
        head = blocks[stitched.head].strip()[:_QUOTED]
        yield _at_end(view, stitched.tail, f"goes on in {head!r}", stitched.confidence)
    for loose in loose_tails:
        why = "breaks off in mid-sentence and goes on nowhere"
        yield _at_end(view, loose.block, why, loose.confidence)


@rule(
    "L102",
    Tier.REPORT,
    trigger=Trigger(r"[^\s][ \u3000]{2,}[^\s]"),
    reason="Columns that stand side by side, as `pdftotext -layout` prints them, are read line by "
    "line across. They are known by their gutters, if each is filled with lines of one width and "
    "reads on downwards and not across; tables do not. Over a corpus, `run` and `clean_corpus` put "
    "the columns one after the other at the tier `suggested`.",
    reason_zh="pdftotext -layout 把几栏并排打印，逐行横读就串了栏。栏间空白对齐、每栏各行等宽、"
    "竖读通而横读不通的，认作分栏；表格不算。对整个语料运行且级别为 suggested 时，逐栏排开。",
    examples=[(_COLUMNS, _COLUMNS.splitlines()[0])],
    counter_examples=[
        "项目    2021年    2022年\n门诊    3200    4100\n住院    210    260\n急诊    90    120",
        "姓名：张三    性别：男\n年龄：35岁    电话：12345\n地址：武昌    邮编：430000\n备注：无",
        _COLUMNS.replace("      ", "\n"),
    ],
)
def columns_side_by_side(view: View) -> Iterator[Proposal]:
    """The first line of each region of columns."""
    from textclean.layout.columns import regions

    text = view.text
    for region in regions(text, view.protected):
        why = f"{len(region.streams)} columns side by side"
        yield _first_line(text, region.start, region.end, why)


@rule(
    "L103",
    Tier.REPORT,
    in_register=_NOT_ASKED_IN,
    trigger="\n",
    reason="A page of columns that was read row by row, as pdfminer and OCR of whole pages do: the "
    "first line of each column, then the second of each. Lines that follow each other do not read "
    "on, but dealt out to columns they do. Over a corpus, `run` and `clean_corpus` put the columns "
    "one after the other at the tier `suggested`, where that is clear.",
    reason_zh="分栏的页面被逐行横着读出（pdfminer、整页识别常见）：先是各栏第一行，再是各栏第二行。"
    "相邻的行接不上，分到各栏才通顺。对整个语料运行且级别为 suggested 时，能确定的逐栏排开。",
    examples=[(_INTERLEAVED, _INTERLEAVED.splitlines()[0])],
    counter_examples=[
        "".join(f"{line}\n" for line in _INTERLEAVED.splitlines()[::2])
        + "".join(f"{line}\n" for line in _INTERLEAVED.splitlines()[1::2]),
        "\n".join(
            f"{number}月，门诊{number}300人次，住院{number}10人次" for number in range(1, 13)
        ),
    ],
)
def columns_interleaved(view: View) -> Iterator[Proposal]:
    """The first line of each stretch of lines that belong to several columns."""
    from textclean.layout.interleaving import interleaved

    text = view.text
    for stretch in interleaved(text):
        if any(start < stretch.end and stretch.start < end for start, end in view.protected):
            continue
        if stretch.order:
            why = f"lines of {stretch.columns} columns in turns"
        else:
            why = "lines of several columns in turns; in which order they belong is not clear"
        yield _first_line(text, stretch.start, stretch.end, why)


def _first_line(text: str, start: int, end: int, why: str) -> Proposal:
    line, _, _ = text[start:end].partition("\n")
    return Proposal(start, start + len(line), line, why)


def _at_end(view: View, number: int, why: str, confidence: float) -> Proposal:
    block = view.blocks[number]
    end = block.start + len(view.text[block.start : block.end].rstrip(f"{SPACE_CLASS}\r\n*_"))
    return Proposal(end - 1, end, view.text[end - 1 : end], why, confidence)
