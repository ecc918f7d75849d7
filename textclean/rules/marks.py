"""Family P, mark for mark: half-width marks in Chinese become full-width, by what stands around.

Here a mark becomes the same mark in its Chinese form (GB/T 15834-2011); which mark was lost or
misread is another question. Everything that is syntax stays: numbers, times, ratios, code, Latin
sentences, Markdown, list markers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from textclean.rules.context import (
    has_han,
    in_chinese_sentence,
    in_foreign_brackets,
    in_latin_sentence,
    is_chinese,
    is_foreign_letter,
    is_han,
    is_latin,
    is_number_like,
    is_spoken_of,
    left_of,
    right_of,
    sentence_around,
)
from textclean.rules.registry import Everywhere, Proposal, Stage, View, occurrences, rule
from textclean.text.classes import CLOSING_CLASS
from textclean.text.edit import Tier
from textclean.text.patterns import pattern

_HAN = "[\u4e00-\u9fff]"
# Pauses with Han directly on both sides, and on neither (a line's first character has no left
# side; ;) is a face). All others have it on one.
_BETWEEN_HAN, _BESIDE_NO_HAN = (
    {",": pattern(f",{context}"), ";": pattern(f";{context}{face}")}
    for context, face in (
        (f"(?<={_HAN}.)(?={_HAN})", ""),
        (f"(?<!{_HAN}.)(?!(?<=[^\r\n].){_HAN})", r"|;(?=-?\))"),
    )
)
_BETWEEN = "between Chinese characters"
_BESIDE = "beside Chinese"
_WITHIN = "in a sentence that is Chinese beyond doubt"


_STRINGS = pattern(r'"[,;] ?"')


def _divides_chinese(view: View, at: int) -> str | None:
    """Why a pause is Chinese that has no Han directly beside it; None if it is not surely."""
    text = view.text
    if at and text[at - 1] in CLOSING_CLASS and not view.may_hold_latin_words:
        return _BETWEEN  # the most frequent case
    if is_spoken_of(text, at, at + 1):
        return None
    if is_number_like(text, at - 1) and is_number_like(text, at + 1):
        return None
    if _STRINGS.match(text, at - 1):
        return None  # "张三", "city": data
    left, right = left_of(view, at), right_of(view, at + 1)
    if left.edge:
        return None
    if left.chinese and (right.chinese or right.edge):
        return None if in_latin_sentence(view, at) else _BETWEEN
    if left.chinese or right.chinese:
        return None if in_latin_sentence(view, at) else _BESIDE
    if in_foreign_brackets(text, at):
        return None
    if (
        is_foreign_letter(left.char)
        and is_foreign_letter(right.char)
        and not (is_number_like(text, at - 1) or is_number_like(text, at + 1))
    ):
        return None
    return _WITHIN if in_chinese_sentence(view, left.at) else None


@rule(
    "P001",
    "fullwidth-comma",
    Tier.SAFE,
    Stage.PUNCTUATION,
    trigger=",",
    reason="A comma between Chinese clauses is full-width (GB/T 15834-2011 §5.1); OCR and PDF "
    "extraction often leave the half-width form.",
    reason_zh="汉语句内的逗号应为全角（GB/T 15834-2011 §5.1），识别和提取常留下半角形式。",
    examples=[
        ("聚焦重点,我市分批推进,力争早接", "聚焦重点，我市分批推进，力争早接"),
        ("承接医疗救治工作,6名专家巡回指导", "承接医疗救治工作，6名专家巡回指导"),
        ("接种率53.89%,同比增长", "接种率53.89%，同比增长"),
        ("居民健康素养达到xx.x%,xx家医院挂牌", "居民健康素养达到xx.x%，xx家医院挂牌"),
        ("**以项目为契机,打造高地**", "**以项目为契机，打造高地**"),
        ("开展CT,磁共振检查", "开展CT，磁共振检查"),
    ],
    counter_examples=[
        "累计12,345人次",
        "I love 北京, and my brother loves 上海.",
        "调用f(a, b)即可",
        "使用 Word, Excel 和 PPT",
        "`甲,乙`之间",
        "见https://a.cn/b,c",
        'He said, "你好", and left.',
    ],
)
def fullwidth_comma(view: View) -> Iterator[Proposal | Everywhere]:
    """``,`` → ``，``."""
    return _pauses(view, ",", "，")


@rule(
    "P002",
    "fullwidth-semicolon",
    Tier.SAFE,
    Stage.PUNCTUATION,
    trigger=";",
    reason="A semicolon between Chinese clauses is full-width (GB/T 15834-2011 §5.1).",
    reason_zh="汉语分句之间的分号应为全角（GB/T 15834-2011 §5.1）。",
    examples=[
        ("建设母婴室15处;有序推进卫生创建", "建设母婴室15处；有序推进卫生创建"),
        ("对上与知名医疗机构对接;对下覆盖村卫生室", "对上与知名医疗机构对接；对下覆盖村卫生室"),
    ],
    counter_examples=["int a; int b; // 计数", "甲&nbsp;乙", "a;b;c", "笑脸;)真好"],
)
def fullwidth_semicolon(view: View) -> Iterator[Proposal | Everywhere]:
    """``;`` → ``；``."""
    return _pauses(view, ";", "；")


# The type of a document in a list of references, which has half-width marks (GB/T 7714-2015).
_REFERENCE = pattern(r"\[(?:[JMDCNRSPZGAK]|EB|DB|CP)(?:/(?:OL|CD))?\]")


def _references(view: View) -> list[tuple[int, int]]:
    """The lines of lists of references, which most texts do not have."""
    return [view.line_bounds(match.start()) for match in _REFERENCE.finditer(view.text)]


def _within(lines: list[tuple[int, int]], at: int) -> bool:
    place = bisect_right(lines, (at, len(lines) and lines[-1][1])) - 1
    return place >= 0 and at < lines[place][1]


def _pauses(view: View, half: str, full: str) -> Iterator[Proposal | Everywhere]:
    text = view.text
    others = [match.start() for match in _BESIDE_NO_HAN[half].finditer(text)]
    beside = occurrences(text, half)
    if others:
        elsewhere = set(others)
        beside = [at for at in beside if at not in elsewhere]
    if references := _references(view):
        beside = [at for at in beside if not _within(references, at)]
        others = [at for at in others if not _within(references, at)]
    if view.may_hold_latin_words:
        between = {match.start() for match in _BETWEEN_HAN[half].finditer(text)}
        beside = [at for at in beside if at in between or not in_latin_sentence(view, at)]
    yield Everywhere(beside, 1, full, _BESIDE)
    for at in others:
        if not text.startswith((";)", ";-)"), at) and (why := _divides_chinese(view, at)):
            yield Proposal(at, at + 1, full, why)


_SHORTCODE = pattern(r":[a-z+-][a-z0-9_+-]*:")


@rule(
    "P003",
    "fullwidth-colon",
    Tier.SAFE,
    Stage.PUNCTUATION,
    trigger=":",
    reason="A colon after Chinese is full-width (GB/T 15834-2011 §5.1). With a space beside it, "
    "it is left alone: it may be a misread semicolon, or the syntax of a list of settings.",
    reason_zh="汉语后的冒号应为全角。旁边有空格的不动：它可能是误识的分号，或是配置语法。",
    examples=[
        ("来源:新华社", "来源：新华社"),
        ("开封:全力推动中医药事业发展", "开封：全力推动中医药事业发展"),
        ("电话:0371-12345", "电话：0371-12345"),
        ("Q:为什么要接种?", "Q：为什么要接种?"),
        ("**重点:**做好防控", "**重点：**做好防控"),
    ],
    counter_examples=[
        "上午10:30开会",
        "比例尺为1:100的图",
        "各类会议上作典型经验交流 :持续深化医共体内涵建设",
        "标题: 总结",
        "[链接]: https://a.cn",
        "| 甲 |\n|:-:|\n| 乙 |",
        "真好:)大家笑了",
        "加油:smile:吧",
        "std::中文",
    ],
)
def fullwidth_colon(view: View) -> Iterator[Proposal]:
    """``:`` → ``：``."""
    text = view.text
    references = _references(view)
    shortcodes = {at for m in _SHORTCODE.finditer(text) for at in (m.start(), m.end() - 1)}
    at = text.find(":")
    while at >= 0:
        if at not in shortcodes and not _within(references, at) and (why := _colon(view, at)):
            yield Proposal(at, at + 1, "：", why)
        at = text.find(":", at + 1)


def _colon(view: View, at: int) -> str | None:
    text = view.text
    before, behind = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if is_han(before) and is_han(behind):
        return _BETWEEN
    if is_spoken_of(text, at, at + 1):
        return None
    if before in (" ", "\t", "\u3000", ":", "") or behind in (" ", "\t", "\u3000", ":", "/", "\\"):
        return None
    if behind == "(" and ")" not in text[at : view.line_bounds(at)[1]]:
        return None  # :( is a face
    if behind in (")", "(", "-", "D", "P") and not is_chinese(text[at + 2 : at + 3]):
        return None
    if behind == ")":
        return None
    if is_number_like(text, at - 1) and is_number_like(text, at + 1):
        return None
    left, right = left_of(view, at), right_of(view, at + 1)
    if left.edge or left.char in "]|" or right.char == "|":
        return None
    if left.chinese and (right.chinese or right.edge):
        return None if in_latin_sentence(view, at) else _BETWEEN
    if left.chinese or right.chinese:
        return None if in_latin_sentence(view, at) else _BESIDE
    return None


@rule(
    "P004",
    "fullwidth-exclamation",
    Tier.SAFE,
    Stage.PUNCTUATION,
    trigger="!",
    reason="An exclamation mark that ends a Chinese sentence is full-width.",
    reason_zh="汉语句末的叹号应为全角。",
    examples=[
        ("争取早日凯旋!”他说", "争取早日凯旋！”他说"),
        ("为你点赞!", "为你点赞！"),
        ("真的吗?!", "真的吗?！"),
    ],
    counter_examples=[
        "如图![示意图](a.png)",
        "当a != b时",
        "Hello!",
        "5!等于120",
        "!important 样式",
    ],
)
def fullwidth_exclamation(view: View) -> Iterator[Proposal]:
    """``!`` → ``！``."""
    return _ends(view, "!", "！")


@rule(
    "P005",
    "fullwidth-question",
    Tier.SAFE,
    Stage.PUNCTUATION,
    trigger=r"\?",
    reason="A question mark that ends a Chinese sentence is full-width.",
    reason_zh="汉语句末的问号应为全角。",
    examples=[
        ("问我最多的就是饿不饿?累不累?", "问我最多的就是饿不饿？累不累？"),
        ("你用的是Windows 10?那好", "你用的是Windows 10？那好"),
    ],
    counter_examples=[
        "What is 北京? It is a city.",
        "见http://a.cn/?q=1",
        "搜索?q=中文",
        "a ? b : c",
    ],
)
def fullwidth_question(view: View) -> Iterator[Proposal]:
    """``?`` → ``？``."""
    return _ends(view, "?", "？")


_QUERY = pattern(r"[\w-]+=")


def _ends_chinese(view: View, half: str, at: int) -> str | None:
    """Why a ``!`` or ``?`` ends a Chinese sentence; None if it does not, or not surely."""
    text = view.text
    if text[at + 1 : at + 2] in ("[", "=") or is_spoken_of(text, at, at + 1):
        return None
    if half == "?" and _QUERY.match(text, at + 1):
        return None
    left, right = left_of(view, at), right_of(view, at + 1)
    if left.edge or (not left.direct and text[at - 1] in " \t\u3000" and not left.chinese):
        return None
    if left.chinese:
        if in_latin_sentence(view, at):
            return None
        return _BETWEEN if is_han(left.char) and (right.chinese or right.edge) else _BESIDE
    if in_foreign_brackets(text, at):
        return None
    # n!, 5!
    if half == "!" and _VARIABLE.search(text, max(0, at - 2), at):
        return None
    if half == "!" and is_number_like(text, at - 1) and not right.edge:
        return None
    if (right.chinese or right.edge) and in_chinese_sentence(view, left.at):
        return _WITHIN
    return None


_VARIABLE = pattern(r"(?<![A-Za-z])[a-z]\Z")


def _ends(view: View, half: str, full: str) -> Iterator[Proposal]:
    text = view.text
    at = text.find(half)
    while at >= 0:
        if why := _ends_chinese(view, half, at):
            yield Proposal(at, at + 1, full, why)
        at = text.find(half, at + 1)


_SAYS = pattern(r"[A-Za-z0-9]|\A[ +±-]+\Z")
_EXTENSION = pattern(r"\.[A-Za-z0-9]{1,5}(?![A-Za-z0-9])")
_LATIN = pattern(r"[^\u3400-\u9fff]*[A-Za-z]{2}[^\u3400-\u9fff]*\Z")
_NO_HAN = pattern(r"[^\u3400-\u9fff]*\Z")
_BLANK_LINE = pattern(r"\n[ \t\u3000]*\r?\n")
_FORMULA = pattern(r"[=+*/^<>]")
_ENUMERATOR = pattern(
    r"(?:[0-9]{1,2}|[A-Za-z]|[ivxIVX]{1,4}|[一二三四五六七八九十甲乙丙丁]{1,3})\Z"
)
_MOST_INSIDE = 300


@rule(
    "P006",
    "fullwidth-parentheses",
    Tier.SAFE,
    Stage.PUNCTUATION,
    trigger=(r"\(", r"\)"),
    reason="Parentheses around Chinese, or around something inserted in Chinese, are full-width. "
    "Both halves change or neither.",
    reason_zh="汉语的括注用全角括号，两半同改，否则都不改。",
    examples=[
        ("执业(助理)医生、注册护士", "执业（助理）医生、注册护士"),
        ("门诊总量405万人次(同比增长10.57%),手术", "门诊总量405万人次（同比增长10.57%）,手术"),
        ("市疾控中心(CDC)负责", "市疾控中心（CDC）负责"),
        ("(13篇)关于卫生健康事业的材料", "（13篇）关于卫生健康事业的材料"),
        ("国内生产总值（GDP)增长", "国内生产总值（GDP）增长"),
        ("(一)加强领导", "（一）加强领导"),
    ],
    counter_examples=[
        "函数f(x)的值",
        "1)加强领导",
        "包括:1)领导;2)群众",
        "[健康](https://a.cn/b)中国",
        "豫政〔2018〕59号",
        "Beijing (北京) is a big city",
        "真好:)大家",
        '运行print("中文")',
        "则(a+b)*(c+d)=1",
    ],
)
def fullwidth_parentheses(view: View) -> Iterator[Proposal]:
    """``(`` ``)`` → ``（`` ``）``."""
    text = view.text
    references = _references(view)
    opened: list[int] = []
    for at in sorted(at for mark in "()（）" for at in occurrences(text, mark)):
        mark = text[at]
        if text[at - 1 : at] == "\\" or is_spoken_of(text, at, at + 1):
            continue
        if references and _within(references, at):
            continue
        if mark in "(（":
            opened.append(at)
            continue
        if mark == ")" and text[at - 1 : at] in (":", ";"):
            continue
        if opened and (at - opened[-1] > _MOST_INSIDE or _BLANK_LINE.search(text, opened[-1], at)):
            for lone in opened:
                yield from _lone(text, lone)
            opened.clear()
        if opened:
            yield from _pair(view, opened.pop(), at)
        else:
            yield from _lone(text, at)
    for at in opened:
        yield from _lone(text, at)


def _pair(view: View, start: int, end: int) -> Iterator[Proposal]:
    text = view.text
    halves = [at for at in (start, end) if text[at] in "()"]
    if not halves:
        return
    why = (
        "the other half is full-width" if len(halves) == 1 else _encloses_chinese(view, start, end)
    )
    if why:
        for at in halves:
            yield Proposal(at, at + 1, "（" if at == start else "）", why, group=start)


def _encloses_chinese(view: View, start: int, end: int) -> str | None:
    text = view.text
    inside = text[start + 1 : end]
    before, behind = text[start - 1 : start] if start else "", text[end + 1 : end + 2]
    called = is_latin(before) or before in ("_", ")", "]") or before.isdigit()
    if has_han(inside):
        if before == "_" or _EXTENSION.match(text, end + 1):
            return None  # 北京_(消歧义), 报告(终稿).pdf
        if called and inside.lstrip()[:1] in ('"', "'"):
            return None
        if is_chinese(before) or is_chinese(behind):
            return _BETWEEN
        line_start, line_end = view.line_bounds(start)
        if _LATIN.match(text, line_start, start) and _NO_HAN.match(text, end, line_end):
            return None  # Chinese Academy of Sciences (中国科学院)
        return None if in_latin_sentence(view, start) else "around Chinese"
    if not inside.strip() or called:
        return None
    if behind.isdigit() or behind in ("(", "×", "²", "³", "=") or _EXTENSION.match(text, end + 1):
        return None  # (NH4)2SO4, (x-1)(x-2), 报告(2).pdf
    if not _SAYS.search(inside):
        return None  # an emoticon
    if is_chinese(before) and (is_chinese(behind) or not _FORMULA.search(inside)):
        return None if in_latin_sentence(view, start) else _BESIDE
    if (
        is_chinese(behind)
        and before not in ("*", "/", "=", "+", "-")
        and not _FORMULA.search(inside)
    ):
        return None if in_latin_sentence(view, start) else _BESIDE
    return None


def _lone(text: str, at: int) -> Iterator[Proposal]:
    """A half without its other half: only between Han characters, and never an enumerator's."""
    if text[at] not in "()" or not (is_han(text[at - 1 : at]) and is_han(text[at + 1 : at + 2])):
        return
    if text[at] == ")" and _ENUMERATOR.search(text, max(0, at - 3), at):
        return
    yield Proposal(at, at + 1, "（" if text[at] == "(" else "）", _BETWEEN)


_DOTS = pattern(r"(?<![.。·])(?:\.{3,6}(?![.])|。{3,}|·{3,6}(?!·))")


@rule(
    "P007",
    "ellipsis",
    Tier.SAFE,
    Stage.PUNCTUATION,
    trigger=(r"\.\.\.", "。。。", "···"),
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
    "dash",
    Tier.SAFE,
    Stage.PUNCTUATION,
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
        yield Proposal(start, end, "——", "between Chinese clauses")


_REPEATED = pattern(r"，，+|、、+|；；+|：：+|(?<!。)。。(?!。)")


@rule(
    "P009",
    "repeated-mark",
    Tier.SAFE,
    Stage.PUNCTUATION,
    trigger=("，，", "、、", "；；", "：：", "。。"),
    reason="A pause or stop written twice is a slip of typing or extraction; repeated ！ and ？ "
    "are meant.",
    reason_zh="连写两次的逗号、顿号、分号、冒号、句号是误植；连用的叹号、问号是表达。",
    examples=[
        ("各级各部门，，认真落实", "各级各部门，认真落实"),
        ("圆满完成。。", "圆满完成。"),
        ("医生、、护士", "医生、护士"),
    ],
    counter_examples=["太好了！！！", "真的吗？？", "他说……", "他没说完。。。。"],
)
def repeated_mark(view: View) -> Iterator[Proposal]:
    """``，，`` → ``，``."""
    for match in _REPEATED.finditer(view.text):
        start, end = match.span()
        yield Proposal(start + 1, end, "", f"{match.group()[0]} written {end - start} times")


_CURLY = pattern("[“”]")
_DATA_SYNTAX = pattern(r'[={:\[]"|"[:=}\]]|\\"|[A-Za-z0-9_]\("|","')


@rule(
    "P010",
    "curly-quotes",
    Tier.SAFE,
    Stage.PUNCTUATION,
    trigger='"',
    reason="Quotes in Chinese are “ and ” (GB/T 15834-2011 §4.8). Straight quotes become curly "
    "only where every one of a line pairs without doubt.",
    reason_zh="汉语引号为“”（GB/T 15834-2011 §4.8）。只有一行中的直引号全部成对无疑时才改。",
    examples=[
        ('开展线上"抗疫大讲堂",设立热线', "开展线上“抗疫大讲堂”,设立热线"),
        ('点击"OK"按钮', "点击“OK”按钮"),
    ],
    counter_examples=[
        '抓住深化医改机遇期 "层层推进。',
        'He said "你好" to me and left.',
        '{"name": "张三"}',
        '27"显示器和24"显示器',
        '<a href="中文">甲</a>',
        '他说“好"，又说"不好”',
        '构建"一家 "一本账"一盘棋"格局',
    ],
)
def curly_quotes(view: View) -> Iterator[Proposal]:
    """Paired straight quotes → ``“…”``."""
    text = view.text
    at = text.find('"')
    while at >= 0:
        line_start, line_end = view.line_bounds(at)
        line = text[line_start:line_end]
        places = [match.start() for match in re.finditer('"', line)]
        pairs = list(zip(places[::2], places[1::2], strict=False))
        if (
            len(places) % 2 == 0
            and not _CURLY.search(line)
            and not _DATA_SYNTAX.search(line)
            and all(_encloses_quotation(view, line_start, line, start, end) for start, end in pairs)
        ):
            for start, end in pairs:
                key = line_start + start
                close = line_start + end
                yield Proposal(key, key + 1, "“", "all quotes of the line pair", group=key)
                yield Proposal(close, close + 1, "”", "all quotes of the line pair", group=key)
        at = text.find('"', line_end)


_BEFORE_QUOTE = ",;:!?(/>*"
_BEHIND_QUOTE = ",;:!?)./<*"


def _encloses_quotation(view: View, line_start: int, line: str, start: int, end: int) -> bool:
    inside = line[start + 1 : end]
    before, behind = line[start - 1 : start] if start else "", line[end + 1 : end + 2]
    if not inside or inside != inside.strip(" \t\u3000") or inside[0] in ",;.!?)，。；！？、）》":
        return False
    if not (not before or is_chinese(before) or before in _BEFORE_QUOTE):
        return False
    if not (not behind or is_chinese(behind) or behind in _BEHIND_QUOTE):
        return False
    if not (has_han(inside) or (is_han(before) and is_han(behind))):
        return False
    return not in_latin_sentence(view, line_start + start)


_STOP = pattern(r"\.(?![.\w])|\.(?=[\u4e00-\u9fff])")


@rule(
    "P011",
    "fullwidth-stop",
    Tier.SUGGESTED,
    Stage.PUNCTUATION,
    trigger=r"\.",
    reason="A full stop that ends a Chinese sentence is 。; a dot behind Chinese may also number a "
    "heading or be a misread ·, so this is only suggested.",
    reason_zh="汉语句末的句点应为“。”；汉字后的点也可能是序号或误识的间隔号，故只作建议。",
    examples=[("全市医疗救治工作圆满完成.", "全市医疗救治工作圆满完成。")],
    counter_examples=["一.加强领导", "约翰.史密斯", "共计3.5万", "见a.cn.", "等等..."],
)
def fullwidth_stop(view: View) -> Iterator[Proposal]:
    """``.`` → ``。``."""
    text = view.text
    for match in _STOP.finditer(text):
        at = match.start()
        if text[at - 1 : at] == "." or not all(map(is_han, text[max(0, at - 4) : at])):
            continue
        if at < 8 or not right_of(view, at + 1).edge:
            continue
        if in_chinese_sentence(view, at):
            yield Proposal(at, at + 1, "。", "ends a line of Chinese", 0.9)
