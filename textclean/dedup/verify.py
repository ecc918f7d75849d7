"""Values in folds: numbers, dates, placeholders, labels; what two folds differ in; and names.

Texts alike but for values are twins (`frame`), texts alike but for what look like names may be
(`differ_in_names`). What else makes of two texts a copy and its original is decided in
`kernels.decision`; ``docs/copies.md`` gives the reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from textclean.text.lexicon import COUNTRIES, FREQUENT_SURNAMES, PROVINCES

#: Above this many folded characters only numbers are looked at: aligning every character of long
#: documents would take seconds, and the more there is of a text, the more its shingles say.
MAX_ALIGNED = 2000

#: Characters in a name, at most.
LONGEST_NAME = 8

#: Of two characters in one place that are both among these, neither is a misreading of the other.
#: Rare surnames are not: as words, or parts of words, they are misread for each other.
SURNAMES = frozenset(FREQUENT_SURNAMES)
_PLACES = frozenset("省市县区州盟旗镇乡村国")
#: Characters by which foreign names are spelt (after 《世界人名翻译大辞典》, English).
_SPELLING = frozenset(
    "阿埃艾安昂奥巴贝本比宾波伯博布达戴丹德迪蒂杜多俄厄恩尔法菲费芬弗夫福盖戈格古哈海赫亨胡华基吉加贾杰"
    "卡凯康科克肯库拉莱兰朗劳勒雷里利莉林卢鲁伦罗洛马麦曼梅蒙米密莫姆穆纳娜内尼涅宁诺努欧帕佩彭皮普奇恰"
    "乔切琴让瑞萨塞桑沙舍圣施什史舒斯丝松苏索塔泰坦唐特提廷图托瓦万威韦维温文沃乌伍武西希谢辛雅亚扬耶伊"
    "因英尤约泽扎詹茨朱兹祖"
)
#: Characters of which numbers are made, in either script, and those that make dates of them.
DIGITS = "0123456789./~:,-%‰〇零一二三四五六七八九十百千万亿两廿卅"
DATE_MARKS = "年月日时点分秒"
# Numbers in either script, runs of x, labels of one letter, and dates made of them.
_OF_NUMBERS = re.escape(DIGITS)
_UNIT = rf"(?:[{_OF_NUMBERS}]|(?<![a-z])x+(?![a-wyz])|(?<![a-z])[a-z](?![a-z]))+"
VALUE = re.compile(rf"{_UNIT}(?:[{DATE_MARKS}]+{_UNIT})*")
_SPLIT = re.compile(f"({VALUE.pattern})")
_RUN = re.compile(f"[{_OF_NUMBERS}{DATE_MARKS}a-z]+")


class Frame(NamedTuple):
    """A fold with its numbers, dates and placeholders taken out: where they stood, and what."""

    form: str
    values: tuple[str, ...]


@lru_cache(maxsize=1024)
def frame(fold: str) -> Frame:
    """The frame of a fold. Two folds of the same form are twins, unless they are equal."""
    parts = _split(fold)
    return Frame("#".join(parts[::2]), tuple(parts[1::2]))


def says_besides_values(fold: str, least: int) -> bool:
    """Whether the form of a fold has so many characters, values apart."""
    # What may be part of a value seldom is so much that the rest is in doubt.
    if len(_RUN.sub("", fold).replace("#", "")) >= least:
        return True
    return len(frame(fold).form.replace("#", "")) >= least


@lru_cache(maxsize=1024)
def _split(fold: str) -> list[str]:
    """What stands between the values of a fold, and the values, in turns."""
    parts = [""]
    end = 0
    # A class is found several times as fast as the pattern, which asks for nothing outside it.
    for run in _RUN.finditer(fold):
        before, *within = _SPLIT.split(run.group())
        parts[-1] += fold[end : run.start()] + before
        parts += within
        end = run.end()
    parts[-1] += fold[end:]
    return parts


def differences(first: str, second: str) -> tuple[tuple[str, str], ...]:
    """What two folds differ in, numbers and dates whole: pairs of what stands in either.

    Of folds of more than `MAX_ALIGNED` characters only the numbers.
    """
    one, other = frame(first), frame(second)
    if one.form == other.form:
        return other_values(one.values, other.values)
    if max(len(first), len(second)) > MAX_ALIGNED:
        return _changes(one.values, other.values)
    return _changes(_tokens(first), _tokens(second))


def other_values(values: Sequence[str], others: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The values of two folds of one form that differ."""
    pairs = zip(values, others, strict=True)
    return tuple((value, other) for value, other in pairs if value != other)


def differ_in_names(first: str, second: str) -> bool:
    """Whether every difference of two folds is one name in the place of another, or a few
    characters that one of them has more are the only difference.

    Such texts say the same of someone or somewhere else, or one of them lost something that it
    reads well without. What a name is can't be known for certain:
    the signs are a surname that a stretch begins with or follows, the word for a place that it ends
    with or stands before (开封市, 洛阳市), a country or a province by one character, or characters
    that spell foreign names.
    """
    one, other = _tokens(first), _tokens(second)
    changes = aligned(one, other)
    if len(changes) == 1:
        i, j, k, m = changes[0]
        if (i == j or k == m) and len("".join(one[i:j] + other[k:m])) <= LONGEST_NAME:
            return True
    return bool(changes) and all(
        _are_names(
            one[i - 1][-1] if i else "",
            ("".join(one[i:j]), "".join(other[k:m])),
            one[j][0] if j < len(one) else "",
        )
        for i, j, k, m in changes
    )


def _are_names(before: str, both: tuple[str, str], after: str) -> bool:
    """Whether two stretches between the same characters are names."""
    one, other = both
    if not all(0 < len(name) <= LONGEST_NAME and _is_han(name) for name in both):
        return False
    if len(one) == len(other) == 1:
        return any(one in kinds and other in kinds for kinds in (COUNTRIES, PROVINCES))
    return (
        after in _PLACES
        or _all_in(_PLACES, (name[-1] for name in both))
        or (_all_in(SURNAMES, (name[0] for name in both)) and max(map(len, both)) <= 4)
        or (before in SURNAMES and max(map(len, both)) <= 2)
        or _all_in(_SPELLING, one + other)
    )


def _all_in(kinds: frozenset[str], characters: Iterable[str]) -> bool:
    return all(character in kinds for character in characters)


def _is_han(name: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" for character in name)


def _changes(one: Sequence[str], other: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(("".join(one[i:j]), "".join(other[k:m])) for i, j, k, m in aligned(one, other))


def aligned(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The stretches in which two sequences differ, at least cost; those that touch are one."""
    stretches: list[tuple[int, int, int, int]] = []
    for operation in Levenshtein.opcodes(one, other):
        if operation.tag == "equal":
            continue
        i, j = operation.src_start, operation.src_end
        k, m = operation.dest_start, operation.dest_end
        if stretches and stretches[-1][1] == i and stretches[-1][3] == k:
            start, _, start_other, _ = stretches.pop()
            stretches.append((start, j, start_other, m))
        else:
            stretches.append((i, j, k, m))
    return stretches


@lru_cache(maxsize=1024)
def _tokens(fold: str) -> list[str]:
    """The characters of a fold, but values whole."""
    parts = _split(fold)
    tokens = [*parts[0]]
    for value, between in zip(parts[1::2], parts[2::2], strict=True):
        tokens += value, *between
    return tokens
