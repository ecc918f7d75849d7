"""Family P, marks that recognition took for others, where only one reading is left.

Tesseract and its like write the half-width form with a space for a full-width mark, and 一一 for
——; brackets of two kinds are in `misread_brackets`. Everything here is only suggested: what was
printed is known by habit and context, not by rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textclean.engine.rule import Proposal, View, rule
from textclean.engine.triggers import starting_with_any
from textclean.rules.context import in_latin_sentence, is_tuple
from textclean.text.classes import CLOSING_CLASS, HAN_CLASS, OPENING_CLASS, has_han
from textclean.text.edit import Tier
from textclean.text.patterns import pattern

_NUMERAL = "〇零一二三四五六七八九十百千万号次个位家条名种年月日期届处项件只场本章节"
_MISREAD_DASH = pattern(
    rf"一一(?<=[{HAN_CLASS}{CLOSING_CLASS} ]一一)(?<![唯惟第统单属们{_NUMERAL}]一一)"
    rf"(?=[{HAN_CLASS}{OPENING_CLASS}])(?![{_NUMERAL}])"
)


@rule(
    "P031",
    Tier.SUGGESTED,
    trigger="一一",
    reason="Recognition takes the dash —— for the numeral 一一, which is also an adverb before a "
    "verb (一一对应) and a part of numbers. Before a quotation or title it is neither, nor between "
    "the two parts of a heading; and where a text has one before a quotation and no dash at all, "
    "those between other words go with it.",
    reason_zh="破折号常被识别成“一一”。“一一”作副词在动词之前（一一对应），作数字与数词相连；在引号、书名号前"
    "则两者皆非，分开标题两部分的也是破折号。全文没有破折号而有这样的“一一”时，其余的也随之改正。",
    examples=[
        (
            "这就是新概念一一“精准医疗”。他做出了一个勇敢的决定一一放弃无谓的抢救。",
            "这就是新概念——“精准医疗”。他做出了一个勇敢的决定——放弃无谓的抢救。",
        ),
        ("最近提出的新概念一一“精准医疗”。", "最近提出的新概念——“精准医疗”。"),
        ("不孕不育的另类隐情一一垂体瘤的科学诊治", "不孕不育的另类隐情——垂体瘤的科学诊治"),
    ],
    counter_examples=[
        "与代表们一一握手",
        "两个集合之间是一一映射关系，将子结点一一入队。",
        "他做出了一个勇敢的决定一一放弃无谓的抢救。",
        "他把“样本”一一取回，《清单》——附在后面。",
        "做到一一对应",
        "这是唯一一次机会",
        "二〇一一年",
        "第一一三团",
        "问题一一解决",
    ],
)
def misread_dash(view: View) -> Iterator[Proposal]:
    """``一一`` between clauses → ``——``."""
    text = view.text
    dashes = [match.span() for match in _MISREAD_DASH.finditer(text)]
    sure = {span for span in dashes if text[span[1]] in OPENING_CLASS}
    everywhere = sure and "—" not in text
    for start, end in dashes:
        if (start, end) in sure:
            yield Proposal(start, end, "——", "before a quotation or title", 0.95)
        elif _ADVERBIAL.match(text, end):
            continue
        elif everywhere:
            yield Proposal(start, end, "——", "the text has its other dashes misread so", 0.9)
        elif _HEADING.fullmatch(text, *view.line_bounds(start)):
            yield Proposal(start, end, "——", "between the two parts of a heading", 0.9)


# A line of two parts without a mark.
_HEADING = pattern(
    rf"[ \t]*[{HAN_CLASS}0-9A-Za-z“”《》]{{6,24}}一一[{HAN_CLASS}0-9A-Za-z“”《》]{{5,24}}[ \t]*"
)


# What the adverb 一一 stands before: 一一握手, 一一对应, 一一道来.
_ADVERBIAL = pattern(
    "[握回对作列介落察呈亲展询梳亮揭破化进救解颁登了核制攻排验告说讲记谈道问答应过点数检查看交送"
    "分拆剖辨辩报述叙念读认指写拜打走访串见证实兑消清处采给为把将向与和同做出罗标注印比整收装搬"
    "闪反去商映入取感插具對張张]"
)
_DOCUMENT_NUMBER = pattern(
    rf"(?<=[{HAN_CLASS}])([ \t]?[\[【(（〔])((?:19|20)\d\d)([\]】)）〕][ \t]?)"
    r"(?=第?\d{1,4}[ \t]?号)"
)


@rule(
    "P032",
    Tier.SUGGESTED,
    trigger=starting_with_any("]】)）〕", r"(?<=\d.) ?第?\d{1,4} ?号"),
    reason="The year in the number of an official document stands in 〔 and 〕 (GB/T 9704-2012 "
    "§7.2.5), which recognition takes for other brackets.",
    reason_zh="发文字号的年份用六角括号“〔〕”（GB/T 9704-2012 §7.2.5），识别时常误作别的括号。",
    examples=[
        ("江政发【2023】 61号", "江政发〔2023〕61号"),
        ("临政办发[2014]59号文件", "临政办发〔2014〕59号文件"),
    ],
    counter_examples=["豫政〔2018〕59号", "（2015）第3期", "张三(1999)认为"],
)
def document_number(view: View) -> Iterator[Proposal]:
    """``发【2023】 61号`` → ``发〔2023〕61号``."""
    for match in _DOCUMENT_NUMBER.finditer(view.text):
        yield from _pair(match, "〔", "〕", "the year in a document's number", 0.95)


_SPACED_COLON = pattern(
    rf"(?<=[{HAN_CLASS}{CLOSING_CLASS}A-Za-z0-9])[ ]?:[ ]+(?=[{HAN_CLASS}{OPENING_CLASS}A-Z0-9])"
)
_CLAUSE_MARK = pattern("[，。；！？、]")


@rule(
    "P033",
    Tier.SUGGESTED,
    trigger=": ",
    reason="In running Chinese (full-width marks stand on the line) a half-width colon and a space "
    "are how recognition writes the full-width colon.",
    reason_zh="行文中（同一行有全角标点）半角冒号加空格是识别结果对全角冒号的写法。",
    examples=[
        ("声断十分常见，其可能原因为: 声带小结", "声断十分常见，其可能原因为：声带小结"),
        ("误区 : 已确诊的，应当手术", "误区：已确诊的，应当手术"),
    ],
    counter_examples=[
        "标题: 总结",
        "会议上作典型经验交流 :持续深化医共体，提高效能",
        "see: 北京，上海 and others of the same kind",
        "- 名称: 甲，乙",
        "男性多于女性，约为3 : 1，中年以后发病。",
        "通过网络发现地址（IP: DHCP support），再挂载文件系统。",
    ],
)
def spaced_colon(view: View) -> Iterator[Proposal]:
    """``原因为: 声带`` → ``原因为：声带``."""
    text = view.text
    for match in _SPACED_COLON.finditer(text):
        at = match.start()
        if not view.of_line(_is_running, at):
            continue
        if not has_han(text[max(view.line_bounds(at)[0], at - 4) : at]):
            continue
        before, behind = text[match.start() - 1], text[match.end()]
        if before.isascii() and behind.isascii() and before.isalpha() is behind.isalpha():
            continue  # a ratio, 3 : 1, or English, (IP: support)
        if not in_latin_sentence(view, match.start()):
            yield Proposal(*match.span(), "：", "with a space, in running Chinese", 0.85)


def _is_running(line: str) -> bool:
    """Whether a line is running text with several clauses, and no item or row."""
    is_item = line.lstrip(" \t")[:1] in ("-", "*", "|", "+", "#")
    return not is_item and bool(_CLAUSE_MARK.search(line))


_SPACED_PAIR = pattern(
    rf"(?<=[{HAN_CLASS}{CLOSING_CLASS}])([ ]?\()"
    rf"([A-Za-z0-9%.,;/+~—\u2013-][^()（）\r\n{HAN_CLASS}]{{0,30}})(\)[ ]?)"
    rf"(?=[{HAN_CLASS}{OPENING_CLASS}，。；：、！？,])"
)


@rule(
    "P034",
    Tier.SUGGESTED,
    trigger=(" (", ") "),
    reason="Half-width parentheses with a space before or behind them, and Chinese on both sides, "
    "are how recognition writes full-width ones.",
    reason_zh="两侧都是汉字、带空格的半角括号，是识别结果对全角括号的写法。",
    examples=[
        ("前列腺癌 (PCa) 的一种标志", "前列腺癌（PCa）的一种标志"),
        ("非周期性乳痛 (30%) ，后者", "非周期性乳痛（30%），后者"),
    ],
    counter_examples=[
        "座標 (0.0, 0.0) 的點",
        "函数f (x) 的值",
        "Beijing (BJ) is big",
        "前列腺癌(PCa)的",
    ],
)
def spaced_parentheses(view: View) -> Iterator[Proposal]:
    """``癌 (PCa) 的`` → ``癌（PCa）的``."""
    for match in _SPACED_PAIR.finditer(view.text):
        is_spaced = " " in (match.group(1)[:1], match.group(3)[-1:])
        if is_tuple(match.group(2)):
            continue
        if is_spaced and not in_latin_sentence(view, match.start()):
            yield from _pair(match, "（", "）", "between Chinese", 0.9)


def _pair(
    match: re.Match[str], opening: str, closing: str, why: str, confidence: float
) -> Iterator[Proposal]:
    """Both halves of a pair, the first and the third group of a match, where they are others."""
    for part, mark in ((1, opening), (3, closing)):
        if match.group(part) != mark:
            yield Proposal(*match.span(part), mark, why, confidence, match.start())
