"""Family P, marks of several strokes: ellipsis, dash, and marks written twice."""

from __future__ import annotations

from collections.abc import Iterator

from textclean.engine.rule import Proposal, View, rule
from textclean.rules.context import is_latin, is_spoken_of, left_of, right_of, sentence_around
from textclean.text.classes import CLOSING_CLASS, OPENING_CLASS
from textclean.text.edit import Tier
from textclean.text.kinds.document import Register
from textclean.text.patterns import pattern

_DOTS = pattern(r"(?<![.。·])(?:\.{3,6}(?![.])|。{3,}|·{3,6}(?!·))")


@rule(
    "P007",
    Tier.SAFE,
    trigger=("...", "。。", "···"),
    reason="The Chinese ellipsis is six dots, …… (GB/T 15834-2011 §4.11).",
    reason_zh="省略号为六连点“……”（GB/T 15834-2011 §4.11）。",
    examples=[
        ("他们温暖的眼神我永远记得...", "他们温暖的眼神我永远记得……"),
        ("医生、护士。。。都来了", "医生、护士……都来了"),
        ("等等......还有很多", "等等……还有很多"),
    ],
    counter_examples=[
        "第一章总则............1",
        "for (...args) 展开",
        "wait... what",
        "参数[...数组]",
        "永远记得……",
        "见../../中文",
    ],
)
def ellipsis(view: View) -> Iterator[Proposal]:
    """``...`` and ``。。。`` → ``……``."""
    text = view.text
    for match in _DOTS.finditer(text):
        start, end = match.span()
        if match.group()[0] == "。":
            yield Proposal(start, end, "……", "a run of full stops")
            continue
        if is_spoken_of(text, start, end):
            continue
        left, right = left_of(view, start), right_of(view, end)
        if left.chinese and not is_latin(right.char) and right.char not in ("[", "]", "(", ")"):
            yield Proposal(start, end, "……", "a run of dots after Chinese")


# Names that a hyphen joins (GB/T 15834-2011 §4.13): with one on either side, -- is no dash.
_PLACES = (
    "联合国|阿盟|非盟|中|美|俄|日|韩|朝|英|法|德|欧|非|印|巴|蒙|澳|京|津|沪|渝|粤|港|台|亚|拉|东盟|阿拉伯|中国|美国|俄罗斯|日本|韩国|"
    "朝鲜|英国|法国|德国|欧盟|欧洲|亚洲|非洲|拉美|拉丁美洲|北美|南美|印度|巴基斯坦|蒙古|东南亚|中亚|太平洋|大西洋|"
    "北京|天津|上海|重庆|广州|深圳|香港|澳门|台湾|南京|武汉|成都|西安|杭州|郑州|沈阳|哈尔滨|长春|济南|青岛|大连|昆明|"
    "贵阳|南宁|海口|兰州|西宁|拉萨|乌鲁木齐|呼和浩特|银川|太原|石家庄|合肥|福州|厦门|南昌|长沙"
)
_PLACE_BEFORE = pattern(rf"(?:{_PLACES})\Z")
_PLACE_BEHIND = pattern(rf"(?:{_PLACES})")
_HYPHENS = pattern(r"(?<![-－—─―])(?:--|－－|──|――|—-|-—)(?![-－—─―])")


@rule(
    "P008",
    Tier.SAFE,
    trigger=("--", "－－", "──", "――", "—-", "-—"),
    reason="The Chinese dash between clauses is ——, two em wide (GB/T 15834-2011 §4.10).",
    reason_zh="破折号为占两格的“——”（GB/T 15834-2011 §4.10）。",
    examples=[
        ("健康中国--共建共享", "健康中国——共建共享"),
        ("这就是初心－－为民服务", "这就是初心——为民服务"),
    ],
    counter_examples=[
        "2014—2016年",
        "一老—幼",
        "2014--2016年",
        "运行 ls --all 命令",
        "甲\n---\n乙",
        "-- 第一项",
        "使用--help选项",
        "<!-- 注释 -->",
        "中国--拉美企业家高峰会",
        "推荐提名--组织考察--确定人选--召开代表大会",
        "选项前面有一个连字符（-）或两个连字符（--），写法不同。",
    ],
)
def dash(view: View) -> Iterator[Proposal]:
    """``--`` and its like between clauses → ``——``."""
    text = view.text
    for match in _HYPHENS.finditer(text):
        start, end = match.span()
        left, right = left_of(view, start), right_of(view, end)
        if not (left.chinese and right.chinese):
            continue
        if len(_HYPHENS.findall(sentence_around(text, start))) > 2:
            continue  # a chain of steps or places, 甲--乙--丙
        if _PLACE_BEFORE.search(text, max(0, start - 4), start) and _PLACE_BEHIND.match(text, end):
            continue  # a route or a relation, 中国--拉美
        if text[start - 1] in OPENING_CLASS and text[end] in CLOSING_CLASS:
            continue  # the sign itself, （--）
        yield Proposal(start, end, "——", "between Chinese clauses")


_REPEATED = pattern(r"，，+|、、+|；；+|：：+|(?<!。)。。(?!。)")


@rule(
    "P009",
    Tier.SAFE,
    trigger=("，，", "、、", "；；", "：：", "。。"),
    reason="A pause or stop written twice is a slip of typing or extraction; repeated ！ and ？ "
    "are meant.",
    reason_zh="连写两次的逗号、顿号、分号、冒号、句号是误植；连用的叹号、问号是表达。",
    examples=[
        ("各级各部门，，认真落实", "各级各部门，认真落实"),
        ("圆满完成。。", "圆满完成。"),
        ("医生、、护士", "医生、护士"),
    ],
    counter_examples=[
        "太好了！！！",
        "真的吗？？",
        "他说……",
        "他没说完。。。。",
        "楼主的意思是。。还是投资？没说完。。。",
        "有利于肝脏功能改善的治疗效果[、、]。",
        "而心血管外科，，，，，、医生，是把姓名签在病人的心脏上。",
        "参、 、芎，归、、、香附。",
    ],
    # There 、、 is mostly what a lost character left.
    in_register={Register.CLASSICAL: Tier.REPORT},
)
def repeated_mark(view: View) -> Iterator[Proposal]:
    """``，，`` → ``，``."""
    text = view.text
    trails_off = "。。。" in text or text.count("。。") >= _TRAILING_OFF
    for match in _REPEATED.finditer(text):
        start, end = match.span()
        if trails_off and text[start] == "。":
            continue
        # [、、], ，，，，、: numbers of notes, pictures or words that are gone.
        bracketed = text[start - 1 : start] in _OPENING and text[end : end + 1] in _CLOSING
        if end - start < _LEFT_OUT and not bracketed and text[end : end + 1] not in _MARKS:
            yield Proposal(start + 1, end, "", f"{match.group()[0]} written {end - start} times")


#: Marks from which on what stood between them is gone.
_LEFT_OUT = 3
_OPENING, _CLOSING, _MARKS = frozenset("[［(（"), frozenset("]］)）"), frozenset("，、；：。")


@rule(
    "P016",
    Tier.REPORT,
    trigger=(
        "，。",
        "。，",
        "、。",
        "、，",
        "，、",
        "；。",
        "；，",
        "：，",
        "：。",
        "。、",
        "。；",
        "，；",
        "、；",
        "、：",
        "；、",
        "；：",
        "：、",
        "：；",
        "。：",
        "，：",
    ),
    reason="Two different pauses or stops in a row: one of them is wrong, or what stood between "
    "them is gone; only the source tells.",
    reason_zh="两个不同的点号连用：其中一个多余，或中间文字缺失，须对照原文。",
    examples=[
        ("他说，。我们明天再来。", "，。"),
        ("治疗效果[、、]，而心血管外科，，，、医生", "，，，、"),
        ("市、县、；乡镇另行规定", "、；"),
    ],
    counter_examples=["他说，我们明天再来。", "“，。”两种点号"],
)
def two_marks(view: View) -> Iterator[Proposal]:
    """``，。`` is reported."""
    text = view.text
    for match in _DIFFERENT.finditer(text):
        start, end = match.span()
        if not is_spoken_of(text, start, end):
            yield Proposal(start, end, text[start:end], "different marks in a row", 0.9)


_DIFFERENT = pattern(r"(?<![，、；：。])([，、；：。])\1*(?!\1)[，、；：。]+")


@rule(
    "P017",
    Tier.SUGGESTED,
    trigger=("！。", "？。"),
    reason="After ！ or ？ the sentence has ended: a 。 behind it is one mark too many.",
    reason_zh="叹号、问号已表示句末，其后的句号多余。",
    examples=[("好的！。", "好的！"), ("你来吗？。我等着。", "你来吗？我等着。")],
    counter_examples=["好的！", "“好的！”。", "他没说完？。。。", "用“！。”表示"],
)
def stop_behind_end_mark(view: View) -> Iterator[Proposal]:
    """``！。`` → ``！``."""
    text = view.text
    for match in _ENDED.finditer(text):
        start, end = match.span()
        if not is_spoken_of(text, start, end):
            yield Proposal(end - 1, end, "", "the sentence has ended", 0.95)


_ENDED = pattern("[！？]。(?!。)")
#: Who writes 。。 so often, or 。。。, writes it for ……
_TRAILING_OFF = 3
