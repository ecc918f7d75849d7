"""Family P, marks in pairs: parentheses and straight quotes, both halves or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textclean.engine.rule import Proposal, View, rule
from textclean.punctuation.evidence import may_be_hole
from textclean.rules.context import (
    BESIDE,
    BETWEEN,
    MENTION_OPENINGS,
    in_latin_sentence,
    is_latin,
    is_spoken_of,
    is_tuple,
    outside_references,
)
from textclean.text.classes import (
    IDEOGRAPH_CLASS,
    SPACE_CLASS,
    ascii_of,
    has_han,
    is_chinese,
    is_han,
    occurrences,
)
from textclean.text.edit import Tier
from textclean.text.kinds.spaces import is_listed
from textclean.text.patterns import pattern

_SAYS = pattern(r"[A-Za-z0-9]|\A[ +±-]+\Z")
_EXTENSION = pattern(r"\.[A-Za-z0-9]{1,5}(?![A-Za-z0-9])")
_LATIN = pattern(rf"[^{IDEOGRAPH_CLASS}]*[A-Za-z]{{2}}[^{IDEOGRAPH_CLASS}]*\Z")
_NO_HAN = pattern(rf"[^{IDEOGRAPH_CLASS}]*\Z")
_BLANK_LINE = pattern(rf"\n[{SPACE_CLASS}]*\r?\n")
_FORMULA = pattern(r"[=+*/^<>]")
_ENUMERATOR = pattern(
    r"(?:[0-9]{1,2}|[A-Za-z]|[ivxIVX]{1,4}|[一二三四五六七八九十甲乙丙丁]{1,3})\Z"
)
_MOST_INSIDE = 300


@rule(
    "P006",
    Tier.SAFE,
    trigger=("(", ")"),
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
        ("开始注释 (第13页)，并忽略行末。", "开始注释（第13页），并忽略行末。"),
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
        "分区为(hd0,1)，原点为(0.0, 0.0)。",
        "见贡献指南 (contributing guide) 和社区公约(code of conduct)。",
    ],
)
def fullwidth_parentheses(view: View) -> Iterator[Proposal]:
    """``(`` ``)`` → ``（`` ``）``."""
    text = view.text
    has_blank_lines = bool(_BLANK_LINE.search(text))
    may_be_spaced = " (" in ascii_of(text)
    opened: list[int] = []
    places = sorted(at for mark in "()（）" for at in occurrences(text, mark))
    for at in outside_references(view, places):
        mark = text[at]
        before = text[at - 1] if at else "\n"
        if before == "\\" or (before in MENTION_OPENINGS and is_spoken_of(text, at, at + 1)):
            continue
        if mark in "(（":
            opened.append(at)
            continue
        if mark == ")" and before in (":", ";"):
            continue
        if opened and (
            at - opened[-1] > _MOST_INSIDE
            or (has_blank_lines and _BLANK_LINE.search(text, opened[-1], at))
        ):
            for lone in opened:
                yield from _lone(text, lone)
            opened.clear()
        if not opened:
            yield from _lone(text, at)
            continue
        start = opened.pop()
        if mark == ")" or text[start] == "(":
            proposals = _pair(view, start, at)
            is_latin_pair = (
                may_be_spaced
                and text[start] == "("
                and mark == ")"
                and proposals
                and not "\u4e00" <= text[start + 1] <= "\u9fff"  # the most frequent case
                and not has_han(text[start:at])
            )
            if is_latin_pair and view.of_line(_SPACED.search, start):
                continue  # both or neither
            yield from proposals
    for at in opened:
        yield from _lone(text, at)


_SPACED = pattern(
    rf"(?<=[{IDEOGRAPH_CLASS}]) \([A-Za-z][^(){IDEOGRAPH_CLASS}\r\n]*\)(?= [{IDEOGRAPH_CLASS}])"
)


def _pair(view: View, start: int, end: int) -> list[Proposal]:
    text = view.text
    halves = [at for at in (start, end) if text[at] in "()"]
    why = (
        "the other half is full-width" if len(halves) == 1 else _encloses_chinese(view, start, end)
    )
    if not why:
        return []
    proposals = [
        Proposal(at, at + 1, "（" if at == start else "）", why, 1.0, start) for at in halves
    ]
    for at in halves:
        gap = _space_before(view, at) if at == start else _space_behind(view, start, at)
        if gap and not may_be_hole(view, *gap):
            proposals.append(Proposal(*gap, "", "beside a bracket that was half-width", 1.0, start))
    return proposals


# A full-width bracket has its space in it; the one that made room for a half-width bracket goes.
_SPACE_BEFORE = pattern(rf"(?<=[{IDEOGRAPH_CLASS}A-Za-z0-9”》]) \Z")
_SPACE_BEHIND = pattern(rf" (?=[{IDEOGRAPH_CLASS}A-Za-z0-9“《])")
_DATELINE = pattern(r"[电讯] \Z")


def _space_before(view: View, at: int) -> tuple[int, int] | None:
    """The one space before an opening bracket, unless it divides: 1. (一), 本报3月5日电 (记者…)."""
    text = view.text
    if text[at - 1 : at] != " " or not _SPACE_BEFORE.search(text, max(0, at - 2), at):
        return None
    if _DATELINE.search(text, at - 2, at):
        return None
    start, end = view.line_bounds(at)
    divides = _HEADS_LINE.fullmatch(text, start, at) or is_listed(text, at - 1, at)
    return None if divides or "|" in text[start:end] else (at - 1, at)


def _space_behind(view: View, opening: int, at: int) -> tuple[int, int] | None:
    """The one space behind a closing bracket in a sentence that goes on."""
    text = view.text
    if text[at + 1 : at + 2] != " " or not _SPACE_BEHIND.match(text, at + 1):
        return None
    start, end = view.line_bounds(at)
    divides = (
        not text[start:opening].strip(f"{SPACE_CLASS}#>*-")  # (一) 总体要求
        or not _CLAUSE_MARK.search(text, at, end)
        or is_listed(text, at + 1, at + 2)
        or _NEXT_ITEM.match(text, at + 1)
    )
    return None if divides or "|" in text[start:end] else (at + 1, at + 2)


_HEADS_LINE = pattern(rf"[{SPACE_CLASS}]*[#>*•·●○■□◆▪0-9.、a-zA-Z]{{1,6}} ")
# 甲队 (1分) 乙队 (2分)
_NEXT_ITEM = pattern(rf" [{IDEOGRAPH_CLASS}A-Za-z0-9]{{1,8}} ?[(（]")
_CLAUSE_MARK = pattern("[，。；：！？,;]")


def _encloses_chinese(view: View, start: int, end: int) -> str | None:
    text = view.text
    inside = text[start + 1 : end]
    before, behind = text[start - 1 : start] if start else "", text[end + 1 : end + 2]
    called = is_latin(before) or before in ("_", ")", "]") or before.isdigit()
    if "\u4e00" <= inside[:1] <= "\u9fff" or has_han(inside):  # the common block without a call
        if before == "_" or (behind == "." and _EXTENSION.match(text, end + 1)):
            return None  # 北京_(消歧义), 报告(终稿).pdf
        if called and inside.lstrip()[:1] in ('"', "'"):
            return None
        if is_chinese(before) or is_chinese(behind):
            return BETWEEN
        line_start, line_end = view.line_bounds(start)
        if _LATIN.match(text, line_start, start) and _NO_HAN.match(text, end, line_end):
            return None  # Chinese Academy of Sciences (中国科学院)
        return None if in_latin_sentence(view, start) else "around Chinese"
    if not inside.strip() or called or is_tuple(inside):
        return None
    if behind.isdigit() or behind in ("(", "×", "²", "³", "=") or _EXTENSION.match(text, end + 1):
        return None  # (NH4)2SO4, (x-1)(x-2), 报告(2).pdf
    if not _SAYS.search(inside):
        return None  # an emoticon
    if is_chinese(before):
        inserted = is_chinese(behind) or not _FORMULA.search(inside)
    else:
        is_operand = before in ("*", "/", "=", "+", "-") or _FORMULA.search(inside)
        inserted = is_chinese(behind) and not is_operand
    return BESIDE if inserted and not in_latin_sentence(view, start) else None


def _lone(text: str, at: int) -> Iterator[Proposal]:
    """A half without its other half: only between Han characters, and never an enumerator's."""
    if text[at] not in "()" or not (is_han(text[at - 1 : at]) and is_han(text[at + 1 : at + 2])):
        return
    if text[at] == ")" and _ENUMERATOR.search(text, max(0, at - 3), at):
        return
    yield Proposal(at, at + 1, "（" if text[at] == "(" else "）", BETWEEN)


_CURLY = pattern("[“”]")
_DATA_SYNTAX = pattern(r'[={:\[]"|"[:=}\]]|\\"|[A-Za-z0-9_]\("|","')


@rule(
    "P010",
    Tier.SAFE,
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
    if not inside or inside != inside.strip(SPACE_CLASS) or inside[0] in ",;.!?)，。；！？、）》":
        return False
    if not (not before or is_chinese(before) or before in _BEFORE_QUOTE):
        return False
    if not (not behind or is_chinese(behind) or behind in _BEHIND_QUOTE):
        return False
    if not (has_han(inside) or (is_han(before) and is_han(behind))):
        return False
    return not in_latin_sentence(view, line_start + start)
