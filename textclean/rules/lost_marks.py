"""Family P, lost marks: what a space had been, by the slot model. `textclean.punctuation.findings`
decides; each rule here hands out the findings of one kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textclean.engine.rule import Proposal, View, rule
from textclean.layout.bigrams import meets
from textclean.punctuation.certainty import Kind
from textclean.punctuation.evidence import Evidence, spaces_of
from textclean.punctuation.prose_lines import SLOT_TRIGGERS
from textclean.text.edit import Tier
from textclean.text.kinds.document import Register
from textclean.text.kinds.spaces import is_strange
from textclean.text.words import is_word

#: The slot model knows running Chinese. Among code, formulas and Latin names spaces are the
#: writer's own, and of its findings there hardly one was right.
_IN_RUNNING_CHINESE = {Register.TECHNICAL: None, Register.SPOKEN: None}
#: Nor does it know the marks of classical Chinese: in 60 edits none was right.
_IN_MODERN_CHINESE = {**_IN_RUNNING_CHINESE, Register.CLASSICAL: None}


def _slots(view: View) -> bool:
    """Whether there is a slot in running prose at all."""
    return bool(view.once(Evidence).lines)


_slot_rule = partial(rule, trigger=SLOT_TRIGGERS, given=_slots)


#: What no weighing of the text makes of another finding: where the model has none, none is asked.
_SURE = frozenset({Kind.SPACE, Kind.PAUSE, Kind.QUOTES})


def _of(kind: Kind, view: View, evidence: str) -> Iterator[Proposal]:
    found = view.once(Evidence)
    if kind in _SURE and not any(kind in line.by_kind for _, line in found.findings):
        return
    reasons: dict[str, str] = {}
    for line, by_kind in found.credible:
        for _, start, end, after, confidence, group in by_kind.get(kind, ()):
            why = reasons.get(after)
            if why is None:
                why = reasons[after] = evidence.format(after or "nothing")
            low, high = line + start, line + end
            put = view.text[low:high] if kind is Kind.UNDECIDED else after
            together = None if group is None else line + group
            yield Proposal(low, high, put, why, confidence, together)


@_slot_rule(
    "P020",
    Tier.SAFE,
    in_register={Register.TECHNICAL: Tier.SUGGESTED, Register.SPOKEN: Tier.SUGGESTED},
    reason="Extraction leaves a space where a line of the print ended, in the middle of a sentence "
    "or a word. It goes where the slot model is sure that nothing stood there.",
    reason_zh="提取文字时，行末换行处会留下空格。模型确信该处本无标点时删去。",
    examples=[
        (
            "各级卫生健康部门要进一步加强组织领 导，压实工作责任，把各项措施落到实处。",
            "各级卫生健康部门要进一步加强组织领导，压实工作责任，把各项措施落到实处。",
        )
    ],
    counter_examples=[
        "深化改革 克难攻坚",
        "记者 陈成成 通讯员 林永谊 许正智",
        "参加会议的有王 庆、李小明、张 伟等同志，会议由主任主持。",
        "在 2019 年 5 月，使用 Python 编写的程序已经上线，用户反映良好。",
    ],
)
def wrapped_space(view: View) -> Iterator[Proposal]:
    """A space where a line ended → nothing."""
    text = view.text
    proposals = _of(Kind.SPACE, view, "the slot model: nothing stood here")
    if view.kind.register is not Register.TECHNICAL:
        return proposals
    return (
        each
        for each in proposals
        if is_word(text[each.start - 1 : each.start] + text[each.end : each.end + 1])
    )


@_slot_rule(
    "P021",
    Tier.SAFE,
    in_register=_IN_MODERN_CHINESE,
    reason="A space between two clauses is what is left of a comma, a stop or the like that the "
    "extraction lost. The mark is put back where the slot model is sure of it.",
    reason_zh="两个分句之间的空格是丢失的逗号、句号等标点留下的痕迹。模型确信时补回。",
    examples=[
        (
            "会议由市长主持。会议指出 今年以来，各地区各部门认真贯彻落实党中央决策部署，扎实推进"
            "各项工作，取得了积极成效。会议强调 要坚持稳中求进工作总基调。",
            "会议由市长主持。会议指出，今年以来，各地区各部门认真贯彻落实党中央决策部署，扎实推进"
            "各项工作，取得了积极成效。会议强调，要坚持稳中求进工作总基调。",
        )
    ],
    counter_examples=[
        "打赢疫情防控阻击战 增加高质量卫生健康服务供给",
        "地址：杭州市西湖区文三路 18 号 邮编 310000",
    ],
)
def lost_pause(view: View) -> Iterator[Proposal]:
    """A space where a pause mark was → the mark."""
    return _of(Kind.PAUSE, view, "the slot model: {} stood here")


@_slot_rule(
    "P022",
    Tier.SAFE,
    in_register=_IN_MODERN_CHINESE,
    reason="Spaces around a term or a quotation are what is left of its “ ”. Both are put back, or "
    "the one whose other half is printed, where the slot model is sure of them.",
    reason_zh="词语或引文两侧的空格是丢失的引号留下的痕迹。模型确信时成对补回；另一半尚在时补回所缺的一半。",
    examples=[
        (
            "要坚持 一国两制 方针，推动共建 一带一路 高质量发展，加强国际交流合作。",
            "要坚持“一国两制”方针，推动共建“一带一路”高质量发展，加强国际交流合作。",
        ),
        (
            "要深刻领悟“两个确立 的决定性意义，增强“四个意识”，坚定理想信念。",
            "要深刻领悟“两个确立”的决定性意义，增强“四个意识”，坚定理想信念。",
        ),
    ],
    counter_examples=[
        "要坚持“一国两制”方针，推动共建“一带一路”高质量发展，加强国际交流合作。",
        "大美汝州 王庆 摄",
    ],
)
def lost_quotes(view: View) -> Iterator[Proposal]:
    """Spaces where a pair of quotes was → the quotes."""
    return _of(Kind.QUOTES, view, "the slot model: {} stood here")


@_slot_rule(
    "P120",
    Tier.SUGGESTED,
    in_register=_IN_RUNNING_CHINESE,
    reason="As P020, where the model is less sure.",
    reason_zh="同 P020，模型把握较小。",
    examples=[
        (
            "他说，这几年村里变化很大，路宽了，灯亮了，大家的腰 包也鼓了。",
            "他说，这几年村里变化很大，路宽了，灯亮了，大家的腰包也鼓了。",
        )
    ],
    counter_examples=["深化改革 克难攻坚"],
)
def likely_wrapped_space(view: View) -> Iterator[Proposal]:
    """A space where a line may have ended → nothing."""
    return _of(Kind.LIKELY_SPACE, view, "the slot model: probably nothing stood here")


@_slot_rule(
    "P121",
    Tier.SUGGESTED,
    in_register=_IN_MODERN_CHINESE,
    reason="As P021, where the model is less sure of the mark.",
    reason_zh="同 P021，模型把握较小。",
    examples=[
        (
            "记者走进社区，看到老人们正在下棋、聊天 脸上洋溢着幸福的笑容，孩子们在草地上奔跑。",
            "记者走进社区，看到老人们正在下棋、聊天，脸上洋溢着幸福的笑容，孩子们在草地上奔跑。",
        )
    ],
    counter_examples=["打赢疫情防控阻击战 增加高质量卫生健康服务供给"],
)
def likely_lost_pause(view: View) -> Iterator[Proposal]:
    """A space where a pause mark may have been → the mark."""
    return _of(Kind.LIKELY_PAUSE, view, "the slot model: probably {} stood here")


@_slot_rule(
    "P122",
    Tier.SUGGESTED,
    in_register=_IN_MODERN_CHINESE,
    reason="As P022, where the model is less sure of the pair.",
    reason_zh="同 P022，模型把握较小。",
    examples=[
        (
            "全市推行 先诊疗后结算 服务，方便了群众就医，受到广泛好评。",
            "全市推行“先诊疗后结算”服务，方便了群众就医，受到广泛好评。",
        )
    ],
    counter_examples=["大美汝州 王庆 摄"],
)
def likely_lost_quotes(view: View) -> Iterator[Proposal]:
    """Spaces where a pair of quotes may have been → the quotes."""
    return _of(Kind.LIKELY_QUOTES, view, "the slot model: probably {} stood here")


@_slot_rule(
    "P123",
    Tier.SUGGESTED,
    in_register=_IN_MODERN_CHINESE,
    reason="In a line that has lost marks, a mark that is there may be the wrong one: ； read as "
    "：, ， as 、. The slot model judges it as it judges spaces.",
    reason_zh="在丢失标点的段落中，留下的标点也可能被误识，如；误作：，，误作、。由模型判断。",
    examples=[
        (
            "会议要求，要加强组织领导，落实各项责任：要加大资金投入 改善办学条件；要强化监督检查 "
            "确保取得实效；要深化改革，不断提高 群众的获得感。",
            "会议要求，要加强组织领导，落实各项责任；要加大资金投入 改善办学条件；要强化监督检查 "
            "确保取得实效；要深化改革，不断提高 群众的获得感。",
        )
    ],
    counter_examples=["会议指出：要加强领导；要落实责任；要注重实效。"],
)
def misread_pause(view: View) -> Iterator[Proposal]:
    """A pause mark that was misread → the one that stood there."""
    evidence = view.once(Evidence)
    if not evidence.losses.of_print or view.once(spaces_of).strange or evidence.holes:
        return
    lines = [line for line in evidence.lines if not is_strange(line.text, meets)]
    from textclean.punctuation.findings import find_misread

    for line, (_, start, end, after, confidence, _) in find_misread(lines):
        why = f"the slot model: {after} stood here"
        yield Proposal(line + start, line + end, after, why, confidence)


@_slot_rule(
    "P124",
    Tier.REPORT,
    in_register=_IN_RUNNING_CHINESE,
    reason="A space inside a Chinese sentence may stand for something that was lost, but the slot "
    "model cannot tell what, or the text shows no loss but this.",
    reason_zh="汉语句子中的空格可能是丢失内容的痕迹，但模型无法判断原为何物，或全文并无丢失标点的迹象。",
    examples=[
        (
            "今年以来，全市各级各部门认真贯彻落实党中央决策部署，扎实推进各项工作，经济运行总体平稳，"
            "民生保障有力有效，社会大局和谐稳定，各项事业取得了新的进展。"
            "会议指出 要坚持稳中求进工作总基调，全面深化改革开放，持续改善营商环境，增强"
            "群众的获得感、幸福感、安全感，把各项措施落到实处，奋力谱写高质量发展的新篇章。",
            " ",
        )
    ],
    counter_examples=["深化改革 克难攻坚"],
)
def undecided_space(view: View) -> Iterator[Proposal]:
    """A space of which nothing sure can be said."""
    return _of(Kind.UNDECIDED, view, "the slot model: perhaps {}")
