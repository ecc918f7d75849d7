"""Blanks of forms: ``____``, ``__年__月__日``, ``（  ）万元``. Nothing was redacted there.

A field before a blank, a unit behind it or prose on both sides say that something is to be filled
in. A line of underscores is a rule, a pair around a word is emphasis, one that touches Latin
letters is a name of code, and brackets with one space are for the answer of an examination.
"""

from __future__ import annotations

from collections.abc import Iterator

from textclean.placeholders.context_odds import LINE_END, context
from textclean.placeholders.fields import (
    COLON_BEFORE,
    ORGANISATION_BEHIND,
    TITLE_BEHIND,
    labelled,
)
from textclean.placeholders.kinds import type_by_unit
from textclean.placeholders.placeholder import MaskKind
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.placeholders.run import Run
from textclean.text.classes import SPACE_CLASS, is_chinese
from textclean.text.patterns import pattern

_BLANK = pattern(
    r"(?P<date>_{2,}[-/.]_{2,}[-/.]_{2,})|(?:(?<![0-9])(?:19|20))?(?:_{2,}|＿+)"
    r"|（[ \u3000\u00a0]+）"
    r"|\([ \u3000\u00a0]{2,}\)|【[ \u3000\u00a0]+】"
    r"|〔(?:19|20)?[ \u3000\u00a0]+〕|［[ \u3000\u00a0]{2,}］"
)
_TOUCHES_BEFORE = pattern(r"[A-Za-z0-9_.\\`/*$-]\Z")
_TOUCHES_BEHIND = pattern(r"[A-Za-z0-9_\\`/*$-]")
#: Underscores from which a run is a blank wherever it stands in prose: emphasis has two or three.
_LONG = 4
_WIDE = 6
_SIGNED = pattern(r"[（(][^（）()\n]{0,6}(?:盖章|签字|签章|公章|签名)[^（）()\n]{0,6}[）)]")
_YEARS = pattern(r"[-—–~～至](?:19|20)?__|学年|年|〕")
_DATE_BEFORE = pattern(
    rf"(?:日期|时间|年月日?|[自至到于从]|截至|截止)[{SPACE_CLASS}]*[：:]?[{SPACE_CLASS}]*\Z"
)
_MONTH_FOLLOWS = pattern(
    rf"年[{SPACE_CLASS}]*(?:[_＿（(【][_＿ \u3000]*[）)】]?|[0-9]+)[{SPACE_CLASS}]*月"
)
_DAY_FOLLOWS = pattern(
    rf"月(?!份?内)(?:[{SPACE_CLASS}]*[_＿（(【0-9]|[{SPACE_CLASS}]*(?:前|底|起|至))"
)
_AFTER_YEAR = pattern(rf"[）)】_＿0-9年][{SPACE_CLASS}]*年[{SPACE_CLASS}]*\Z")
_AFTER_MONTH = pattern(rf"[）)】_＿0-9][{SPACE_CLASS}]*月[{SPACE_CLASS}]*\Z")
_AFTER_DAY = pattern(rf"日[{SPACE_CLASS}]*\Z")


def find_blanks(text: str) -> Iterator[Run]:
    """The blanks of `text`, with the types that fields and units give them."""
    for match in _BLANK.finditer(text):
        start, end = match.span()
        kind, form = _judged(text, start, end)
        if form:
            typed = Type.YEAR_MONTH_DAY if match["date"] else kind or Type.BLANK
            yield Run(start, end, "_", form, MaskKind.BLANK, typed)


def _judged(text: str, start: int, end: int) -> tuple[Type | None, float]:
    """The type of a blank, if anything says it, and the likelihood that it is one."""
    if text[start] in "12" and _YEARS.match(text, end):
        return Type.YEAR, 0.85
    if text[start] == "〔" and text[start + 1] in "12":
        return Type.YEAR, 0.85
    brackets = text[start] in "（(【〔［"
    if not brackets and (
        _TOUCHES_BEFORE.search(text, max(0, start - 1), start) or _TOUCHES_BEHIND.match(text, end)
    ):
        return None, 0.0
    if text[start + 1 : end - 1] == " " and not _SURE_UNIT.match(text, end):
        return None, 0.0  # where an answer goes
    by_unit = _by_unit(text, start, end)
    if by_unit is not None:
        return by_unit, 0.85
    if text[start:end] == "＿":
        return None, 0.0
    label = labelled(text, start)
    if label is not None:
        return label, 0.85
    if TITLE_BEHIND.match(text, end):
        return Type.PERSON, 0.8
    if not brackets and ORGANISATION_BEHIND.match(text, end):
        return Type.ORGANISATION, 0.8
    if not brackets and end - start >= _LONG and _SIGNED.match(text, end):
        return None, 0.8
    low = max(0, start - _REACH)
    if COLON_BEFORE.search(text, low, start):
        return None, 0.8
    before, behind = text[start - 1 : start], text[end : end + 1]
    if "`" in text:
        return None, 0.0  # a document on code: underscores are its subject
    if brackets:
        wide = end - start >= _WIDE or "\u3000\u3000" in text[start:end]
        return None, 0.6 if wide and is_chinese(before) and is_chinese(behind) else 0.0
    in_prose = is_chinese(before) and (is_chinese(behind) or not behind or behind.isspace())
    long = end - start >= _LONG or (text[start] == "＿" and end - start > 1)
    return None, 0.7 if long and in_prose else 0.0


_REACH = 16
#: Behind a space the next field of a form may begin: 年龄：.
_NEXT_FIELD = pattern(r"[\u4e00-\u9fff]{2,6}[：:（]")
_SURE_UNIT = pattern("[年月日元%％]|[百千万亿]+元")


def _by_unit(text: str, start: int, end: int) -> Type | None:
    around = context(text, start, end)
    right = around.right
    left = text[max(0, start - _REACH) : start]
    head = right[:1]
    if _NEXT_FIELD.match(right):
        return None
    if right.startswith("字第"):
        return Type.CODE
    if head == "年":
        dated = (
            text[start] in "12"
            or _MONTH_FOLLOWS.match(right)
            or _DATE_BEFORE.search(left)
            or right.startswith(("年度", "年级"))
        )
        return Type.YEAR if dated else Type.DURATION
    if head == "月" and (_AFTER_YEAR.search(left) or _DAY_FOLLOWS.match(right)):
        return Type.MONTH
    if head == "日":
        return Type.DAY if _AFTER_MONTH.search(left) else Type.DURATION
    if head == "时" and _AFTER_DAY.search(left):
        return Type.CLOCK
    if head in ("%", "％", "‰"):
        return Type.PERCENT
    if head in "省市县区镇乡村路街州" and head and not right.startswith(("市场", "区别", "区分")):
        return Type.PLACE
    if left.endswith(("￥", "¥")):
        return Type.MONEY
    if left.endswith("分之"):
        return Type.QUANTITY
    if right.startswith("号") and left.endswith(("第", "字", "〕", "编")):
        return Type.CODE
    # 方 is a party more often than a measure; no unit stands on the next line.
    return None if head in (LINE_END, "方") else type_by_unit(around)
