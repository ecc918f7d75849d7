"""Whether a candidate pair is a near copy, a pair of twins, or neither.

A near copy reaches the threshold on its real shingles. That alone would merge texts that say
different things in much the same words, and news is full of them. So what a pair differs in is
looked at. Recognition errs by single characters, here and there; people write other words:

- Where all differences are numbers, dates, placeholders or single-letter labels, the two are twins:
  reports of two years, notices of two towns. They are twins too when a number stands in the place
  of a number beside a few misread characters; but one such number in a longer text is more likely
  a misread digit.
- Where a character stands for its opposite or another of its kind (春 for 秋, 法 for 日), that is
  what the text says.
- Where more than `WORD_SHARE` of the text is runs of two or more characters that are other, lost or
  added, it is another text: 增长 for 下降, another person, one more guest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

#: The share of the shorter fold up to which words (runs of two characters or more) may differ.
WORD_SHARE = 1 / 60
#: Below this many folded characters a single differing number makes twins, from it on more than one
#: that is also more than `NUMBER_SHARE` of them; and of so short a text at most `CHARACTER_SHARE`,
#: though always one character, may be misread.
SHORT = 100
CHARACTER_SHARE = 0.05
NUMBER_SHARE = 0.05
#: Above this many folded characters only numbers are looked at: aligning every character of long
#: documents would take seconds, and the more there is of a text, the more its shingles say.
MAX_ALIGNED = 2000

#: Characters that stand in the same places and say different things: opposites, members of a short
#: series, countries, provinces. No engine mistakes one for another of its group.
CONTRASTS = (
    *("春夏秋冬", "东南西北", "上中下", "前后", "左右", "内外", "早晚", "甲乙丙丁", "正副", "众参"),
    *("增减", "升降", "涨跌", "高低", "多少", "大小", "长短", "男女", "父母", "买卖", "有无"),
    *("胜负", "抵离", "进出", "来去", "开闭", "盈亏"),
    "中美英法德俄日韩朝意西葡荷加澳印越泰缅老柬菲新蒙哈塔巴阿伊土埃古",
    "京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋陕吉闽贵粤青藏川宁琼港澳台",
)
_CONTRAST = {
    (one, other) for group in CONTRASTS for one in group for other in group if one != other
}

_DIGITS = r"0-9‰〇零一二三四五六七八九十百千万亿两廿卅"
# Numbers in either script, runs of x, labels of one letter, and dates made of them.
_UNIT = rf"(?:[{_DIGITS}]|(?<![a-z])x+(?![a-wyz])|(?<![a-z])[a-z](?![a-z]))+"
VALUE = re.compile(rf"{_UNIT}(?:[年月日时点分秒]+{_UNIT})*")


class Verdict(StrEnum):
    """What a candidate pair turned out to be."""

    COPY = "copy"
    TWINS = "twins"
    DIFFERENT = "different"


class Frame(NamedTuple):
    """A fold with its numbers, dates and placeholders taken out: where they stood, and what."""

    form: str
    values: tuple[str, ...]


def frame(fold: str) -> Frame:
    """The frame of a fold. Two folds of the same form are twins, unless they are equal."""
    return Frame(VALUE.sub("#", fold), tuple(VALUE.findall(fold)))


def judge(first: str, second: str) -> Verdict:
    """What two folds are whose shingles reach the threshold."""
    one, other = frame(first), frame(second)
    if one.form == other.form:
        return Verdict.TWINS
    length = min(len(first), len(second))
    aligned = max(len(first), len(second)) <= MAX_ALIGNED
    changes = differences(first, second)
    others = [change for change in changes if not all(map(VALUE.fullmatch, change))]
    numbers = len(changes) - len(others)
    if not _CONTRAST.isdisjoint(changes):
        return Verdict.DIFFERENT
    if aligned:
        sizes = [size for change in others for size in _sizes(change)]
        words = sum(size for size in sizes if size > 1)
        if words > WORD_SHARE * length or (
            length < SHORT and sum(sizes) > max(1, CHARACTER_SHARE * length)
        ):
            return Verdict.DIFFERENT
    values = min(len(one.values), len(other.values))
    misread = max(1, NUMBER_SHARE * values) if length >= SHORT else 0
    return Verdict.TWINS if numbers > misread else Verdict.COPY


def differences(first: str, second: str) -> tuple[tuple[str, str], ...]:
    """What two folds differ in, numbers and dates whole: pairs of what stands in either.

    Of folds of more than `MAX_ALIGNED` characters only the numbers.
    """
    if max(len(first), len(second)) > MAX_ALIGNED:
        return _changes(frame(first).values, frame(second).values)
    return _changes(_tokens(first), _tokens(second))


def _changes(one: Sequence[str], other: Sequence[str]) -> tuple[tuple[str, str], ...]:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return tuple(
        ("".join(one[i:j]), "".join(other[k:m]))
        for tag, i, j, k, m in matcher.get_opcodes()
        if tag != "equal"
    )


def _sizes(change: tuple[str, str]) -> list[int]:
    """How many characters each part of a change replaces, adds or loses.

    A value is aligned whole, so a misread digit shows as 1434 against 14日4: one part of one.
    """
    matcher = SequenceMatcher(None, *change, autojunk=False)
    return [max(j - i, m - k) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]


def _tokens(fold: str) -> list[str]:
    tokens: list[str] = []
    end = 0
    for match in VALUE.finditer(fold):
        tokens += fold[end : match.start()]
        tokens.append(match.group())
        end = match.end()
    tokens += fold[end:]
    return tokens
