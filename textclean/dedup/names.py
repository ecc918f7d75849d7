"""Whether two texts differ in names alone: of persons, places or countries.

Such texts say the same of someone or somewhere else, and are reported as possible twins. Only
possible, because what a name is can't be known for certain: the signs are a surname that a stretch
begins with or follows, the word for a place that it ends with or stands before (开封市, 洛阳市), a
country or a province by one character, or characters that spell foreign names.
"""

from __future__ import annotations

from collections.abc import Iterable

from textclean.dedup.verify import LONGEST_NAME, SURNAMES, changes_in_place
from textclean.text.lexicon import COUNTRIES, PROVINCES

_PLACES = frozenset("省市县区州盟旗镇乡村国")
#: Characters by which foreign names are spelt (after 《世界人名翻译大辞典》, English).
_SPELLING = frozenset(
    "阿埃艾安昂奥巴贝本比宾波伯博布达戴丹德迪蒂杜多俄厄恩尔法菲费芬弗夫福盖戈格古哈海赫亨胡华基吉加贾杰"
    "卡凯康科克肯库拉莱兰朗劳勒雷里利莉林卢鲁伦罗洛马麦曼梅蒙米密莫姆穆纳娜内尼涅宁诺努欧帕佩彭皮普奇恰"
    "乔切琴让瑞萨塞桑沙舍圣施什史舒斯丝松苏索塔泰坦唐特提廷图托瓦万威韦维温文沃乌伍武西希谢辛雅亚扬耶伊"
    "因英尤约泽扎詹茨朱兹祖"
)


def differ_in_names(first: str, second: str) -> bool:
    """Whether every difference of two folds is one name in the place of another."""
    changes = changes_in_place(first, second)
    return bool(changes) and all(_are_names(*change) for change in changes)


def _are_names(before: str, one: str, other: str, after: str) -> bool:
    both = (one, other)
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
