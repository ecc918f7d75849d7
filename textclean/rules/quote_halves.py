"""Family P, quotes of which one half is missing, too many or turned round.

One analysis serves four rules, which differ in what they propose. Where quotes pair the cost is
counting them. A mark turned round stands where a mark belongs, so it is put right at once; where a
missing half belongs, or that a half is too many, is a matter of likelihood, and only suggested.
Where no candidate is likely enough all that is done is to say which there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textclean.engine.rule import Proposal, View, rule
from textclean.punctuation.quote_findings import alternate, find_halves, may_turn
from textclean.punctuation.quote_repairs import Action
from textclean.text.edit import Tier
from textclean.text.kinds.document import Register
from textclean.text.patterns import pattern

_quote_rule = partial(rule, trigger=("“", "”", "‘"))
# What the rules ask, and what they ask where less is enough.
_CROWDED = partial(find_halves, crowded=True)
_TURNED = partial(find_halves, turned_only=True)


@_quote_rule(
    "P040",
    Tier.SUGGESTED,
    reason="Quotes come in pairs (GB/T 15834-2011 §4.8). Where one half is missing it is put where "
    "a model trained on printed prose finds it by far the likeliest.",
    reason_zh="引号成对使用（GB/T 15834-2011 §4.8）。缺失一半时，按统计模型认定的最可能位置补上。",
    examples=[
        (
            "要增强“四个意识”、坚定“四个自信，做到“两个维护”。",
            "要增强“四个意识”、坚定“四个自信”，做到“两个维护”。",
        ),
        ('完成了“十二五"规划的任务。', "完成了“十二五”规划的任务。"),
        ("要深入贯彻三个代表”重要思想。", "要深入贯彻“三个代表”重要思想。"),
    ],
    counter_examples=[
        "坚持“四个意识”，做到“两个维护”。",
        "他说：“这叫“一举两得”。”",
        "他说：“今天先到这里。\n\n“明天再来。”",
        "It’s a 27” screen.",
    ],
)
def lost_quote_half(view: View) -> Iterator[Proposal]:
    """``“互联网+医疗健康建设`` → ``“互联网+医疗健康”建设``."""
    return _of(view, Action.INSERT_OPENING, Action.INSERT_CLOSING)


@_quote_rule(
    "P041",
    Tier.SUGGESTED,
    reason="A quote without its other half that belongs nowhere: a smear read as a mark, or the "
    "beginning of a quotation whose rest is another paragraph's.",
    reason_zh="无处配对的半个引号：误识的污点，或另一段落引文的残余。",
    examples=[
        (
            "2547家村卫生室“互联网+VPS”虚拟专用网络”接入卫生信息专网，形成高速运行、互联互通的信息体系。",
            "2547家村卫生室“互联网+VPS”虚拟专用网络接入卫生信息专网，形成高速运行、互联互通的信息体系。",
        )
    ],
    counter_examples=["坚持“四个意识”，做到“两个维护”。", "27”显示器"],
    in_register={Register.TECHNICAL: Tier.REPORT, Register.CLASSICAL: Tier.REPORT},
)
def extra_quote_half(view: View) -> Iterator[Proposal]:
    """A half that belongs nowhere goes."""
    return _of(view, Action.DELETE)


@_quote_rule(
    "P042",
    Tier.SAFE,
    reason="An opening quote where one closes, or the other way round: the commonest slip of OCR "
    "and typing with these marks.",
    reason_zh="前后引号方向颠倒，是识别和录入中最常见的引号错误。",
    examples=[
        ("开展“送医下乡“活动。", "开展“送医下乡”活动。"),
        ("暗访”回头看”问题整改情况。", "暗访“回头看”问题整改情况。"),
        ("治疗”巧囊“后存在复发现象。", "治疗“巧囊”后存在复发现象。"),
    ],
    counter_examples=[
        "开展“送医下乡”活动。",
        "“送医”“送药”",
        "这样不行。”他说，“再来一次。",
        "李主任说：“我们昨天已经商量过了，大家都同意。王书记说：“再等几天",
    ],
)
def turned_quote(view: View) -> Iterator[Proposal]:
    """``“送医下乡“`` → ``“送医下乡”``."""
    return _of(view, Action.FLIP)


@_quote_rule(
    "P043",
    Tier.REPORT,
    reason="A quote without its other half, and no change that is likely enough to be suggested; "
    "the likeliest are named.",
    reason_zh="引号缺少另一半，且没有足够把握的修改；列出最可能的几种。",
    examples=[("由县里“统一安排有关部门一起去办", "“")],
    counter_examples=["坚持“四个意识”，做到“两个维护”。"],
)
def unpaired_quote(view: View) -> Iterator[Proposal]:
    """What quotes do not pair, and what could mend them."""
    return _of(view, None)


def _of(view: View, *actions: Action | None) -> Iterator[Proposal]:
    text = view.text
    if alternate(text, "“”") and alternate(text, "‘’"):
        return
    question = find_halves
    if actions == (Action.FLIP,):
        # Where only turned marks are asked for, what no turning could mend is not looked at.
        if alternate(text, "‘’") and not may_turn(text) and not view.protected:
            return
        question = _TURNED
    findings = view.once(question)
    if None in actions:
        findings = [*findings, *view.once(_CROWDED)]
    for action, proposal in findings:
        if action is Action.INSERT_OPENING and _SYNTAX.match(text, proposal.start):
            continue  # > ”…: what a Markdown line begins with is not quoted
        if action in actions and not _is_beyond_page(text, action, proposal.start):
            yield proposal


_SYNTAX = pattern(r"[>#*+-]+\s")
_MARK = pattern("[，。；：！？、]")
_END = pattern(r"[。！？…；：”’）]\Z")
#: Line breaks that make a text a page's, at least, and characters of what stands at its top.
_BREAKS, _LONGEST_TOP = 5, 60


def _is_beyond_page(text: str, action: Action | None, at: int) -> bool:
    """Whether a half would be put at the very edge of a page's text: it is on the page before, or
    on the next one.
    """
    if action is Action.INSERT_OPENING:
        top = text[max(0, at - 2 * _LONGEST_TOP) : at].rpartition("\f")[2]
        is_edge = (
            text[at - 1 : at] in ("", "\n", "\f", " ", "\u3000")
            and (at == len(top) or "\f" in text[max(0, at - 2 * _LONGEST_TOP) : at])
            and len(top.strip()) <= _LONGEST_TOP
            and not _MARK.search(top)
        )
    elif action is Action.INSERT_CLOSING:
        is_edge = not text[at:].strip() and not _END.search(text[:at].rstrip()[-1:])
    else:
        return False
    return is_edge and text.count("\n") >= _BREAKS
