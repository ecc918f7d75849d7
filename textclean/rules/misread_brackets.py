"""Family P, brackets of two kinds that seem to make a pair: one of them was misread, or both are
halves of pairs whose other halves are lost.

The half that is right must not change. So a pair is made only where what stands between can be
nothing but what parentheses hold; all else is reported.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from textclean.engine.rule import Proposal, View, rule
from textclean.engine.triggers import matches, starting_with, starting_with_any
from textclean.text.classes import has_han, occurrences
from textclean.text.edit import Tier
from textclean.text.patterns import pattern

_PARTNERS = {"〈": "〉", "《": "》", "【": "】", "〔": "〕", "[": "]"}
_OPENING = "".join(_PARTNERS)
_CLOSING = "".join(_PARTNERS.values())
_INSIDE = r"([^\s()（）〈《【〔\[〉》】〕\]][^()（）〈《【〔\[〉》】〕\]\r\n]{0,60}+)"
_MISMATCHES = (
    *starting_with_any(_OPENING, f"{_INSIDE}[)）]"),
    *starting_with_any("(（", f"{_INSIDE}[{re.escape(_CLOSING)}]"),
)


@rule(
    "P030",
    Tier.SUGGESTED,
    trigger=_MISMATCHES,
    reason="Brackets of two kinds cannot make a pair: where a parenthesis closes what 〈, 《, 【 "
    "or [ opened (or the other way round), neither has a partner of its own kind, and a remark "
    "stands between them, recognition has misread a parenthesis. What may be a title, or is more "
    "than a remark, may have lost its other half: P037 reports it.",
    reason_zh="两种括号不能成对：一半是圆括号，另一半是〈《【等，各无自己的另一半，其间是简短的括注，便是"
    "识别时误认的圆括号。其间可能是书名或不止一句的，也许另有一半已失，由P037报告。",
    examples=[
        ("像香茹一样有茎〈长蒂)，可以用圈套器", "像香茹一样有茎（长蒂），可以用圈套器"),
        ("周期性乳痛《约占70%）与非周期性乳痛", "周期性乳痛（约占70%）与非周期性乳痛"),
    ],
    counter_examples=[
        "《民法典（草案）》公布",
        "《民法典(草案》公布",
        "区间[0,1)上的函数",
        "见《论语》)和《孟子》",
        "〈长蒂〉，可以用圈套器",
        "[健康](https://a.cn)中国",
        "巴尔本《新币轻铸论。答洛克先生》的意见?第7页)",
        "参看《资本论第1卷)第53页",
        "《水经注》和《山海经中都有记载，参看附录)。",
    ],
)
def misread_parenthesis(view: View) -> Iterator[Proposal]:
    """``〈长蒂)`` → ``（长蒂）``."""
    for match in _mismatches(view):
        start, end = match.span()
        if _is_remark(match):
            why = "half of a pair of which the other is a parenthesis"
            yield Proposal(start, start + 1, "（", why, 0.9, start)
            yield Proposal(end - 1, end, "）", why, 0.9, start)


@rule(
    "P037",
    Tier.REPORT,
    trigger=_MISMATCHES,
    reason="Brackets of two kinds cannot make a pair, but which of them is right, and where its "
    "other half was lost, only the source knows.",
    reason_zh="两种括号不能成对；何者为是，另一半失于何处，只能查原件。",
    examples=[
        ("参看《资本论第1卷)第53页", "《资本论第1卷)"),
        ("巴尔本《新币轻铸论。…的意见?第7页)", "《新币轻铸论。…的意见?第7页)"),
    ],
    counter_examples=[
        "像香茹一样有茎〈长蒂)，可以用圈套器",
        "《民法典（草案）》公布",
        "见《论语》)和《孟子》",
    ],
)
def mixed_brackets(view: View) -> Iterator[Proposal]:
    """``《资本论第1卷)`` is reported."""
    for match in _mismatches(view):
        if not _is_remark(match):
            evidence = "half a pair, and half of another"
            yield Proposal(*match.span(), match.group(), evidence)


def _mismatches(view: View) -> Iterator[re.Match[str]]:
    """Brackets of two kinds around Chinese of which neither has a partner on the line."""
    text = view.text
    for match in matches(_MISMATCHES, text):
        start, end = match.span()
        if not has_han(match.group(1)):
            continue
        places, (low, _) = view.of_line(_places, start), view.line_bounds(start)
        outside = start - low, end - low
        if not any(_has_partner(places, outside, text[at]) for at in (start, end - 1)):
            yield match


def _places(line: str) -> dict[str, list[int]]:
    """Where in a line each bracket stands."""
    return {mark: occurrences(line, mark) for mark in _BRACKETS if mark in line}


_SENTENCE = pattern("[。？！；…?!]|，.*，")
#: How what is put in parentheses begins, and no title.
_REMARK = pattern(
    "[0-9A-Za-z+-]|约|即|如|占|含|包括|指|[又简亦也俗旧原全别通统合下]称|[俗学原别]名|以下|其中"
    "|或|共|不含|不包括"
)


def _is_remark(match: re.Match[str]) -> bool:
    """Whether two brackets hold what parentheses do, and no title that has lost its other half."""
    inside = match[1]
    if _SENTENCE.search(inside):
        return False
    if not {match.group()[0], match.group()[-1]} & set("《》"):
        return True
    return _REMARK.match(inside) is not None


_PAIRS = (("(（", ")）"), *_PARTNERS.items())
_BRACKETS = "".join(opening + closing for opening, closing in _PAIRS)


def _has_partner(places: dict[str, list[int]], outside: tuple[int, int], mark: str) -> bool:
    """Whether the other half of a bracket stands on its line, outside of what it seems to hold.

    Args:
        places: the offsets of each bracket in the line.
        outside: up to where, and from where, it is outside.
        mark: the bracket.
    """
    before, behind = outside

    def count(marks: str, *, is_behind: bool) -> int:
        of_marks = [places.get(each, []) for each in marks]
        if is_behind:
            return sum(len(each) - bisect_left(each, behind) for each in of_marks)
        return sum(bisect_left(each, before) for each in of_marks)

    for opening, closing in _PAIRS:
        if mark in opening:
            return count(closing, is_behind=True) > count(opening, is_behind=True)
        if mark in closing:
            return count(opening, is_behind=False) > count(closing, is_behind=False)
    return False


_LENTICULAR = (
    starting_with("【", r"[^【】〖〗\r\n]{1,30}+〗"),
    starting_with("〖", r"[^【】〖〗\r\n]{1,30}+】"),
)
_BLACK, _WHITE = pattern("【[^【】〖〗\r\n]*】"), pattern("〖[^【】〖〗\r\n]*〗")


@rule(
    "P036",
    Tier.SUGGESTED,
    trigger=_LENTICULAR,
    reason="【 and 〗 are halves of two pairs that look alike: one was misread. Where the text has "
    "whole pairs of one kind it is that, else the common one.",
    reason_zh="【与〗分属两种形近的括号，必有一半误识：全文另有成对的某一种时从之，否则作较常用的【】。",
    examples=[
        ("【摘要〗本文讨论水稻的产量。", "【摘要】本文讨论水稻的产量。"),
        ("〖目的】讨论水稻的产量。", "【目的】讨论水稻的产量。"),
        ("〖释义〗水稻。【例句〗种水稻。", "〖释义〗水稻。〖例句〗种水稻。"),
    ],
    counter_examples=["【摘要】和〖注〗", "【甲〖乙〗丙】"],
)
def mixed_lenticular_brackets(view: View) -> Iterator[Proposal]:
    """``【摘要〗`` → ``【摘要】``."""
    text = view.text
    white = _WHITE.search(text) is not None and not _BLACK.search(text)
    pair = "〖〗" if white else "【】"
    why = "its other half is of the pair that the text has" if white else "the common pair"
    for match in matches(_LENTICULAR, text):
        start, end = match.span()
        for at, mark in zip((start, end - 1), pair, strict=True):
            if text[at] != mark:
                yield Proposal(at, at + 1, mark, why, 0.9)
