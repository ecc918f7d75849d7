"""Words that bound a number: 约, 近, 超过 before it; 以上, 左右 behind."""

from __future__ import annotations

from textclean.quantities.quantity import Bound
from textclean.quantities.units import Category
from textclean.text.patterns import pattern

_WORDS = {
    Bound.APPROX: "约 大约 大概 约为 約 大約",
    Bound.MORE: "超 超过 超過 逾 超出 至少 不少于 不低于 不下 不下于 多于 高于 大于 最少 最低 起码",
    Bound.LESS: "近 将近 將近 接近 不足 不到 不满 未满 少于 低于 小于 至多 最多 "
    "不超过 不高于 不多于 不大于",
}
_NEGATED = {Bound.MORE: "少于 低于 小于", Bound.LESS: "超过 高于 多于 大于"}
_BEFORE = {word: bound for bound, words in _WORDS.items() for word in words.split()} | {
    negation + word: bound
    for negation in ("不得", "不能", "不应")
    for bound, words in _NEGATED.items()
    for word in words.split()
}
#: The last characters of the words before a number.
LAST_WORDS = frozenset(word[-1] for word in _BEFORE)
# 签约5家, 附近3个: the character belongs to the word before it.
_OTHER_WORDS = {
    "约": frozenset("签预合节制条公契履缔违失解续特婉简誓毁守践立应邀俭隐相集爽如赴"),
    "約": frozenset("簽預合節制條公契違特婉簡誓應邀"),
    "近": frozenset("附最靠亲临邻远晚贴逼就相"),
    "超": frozenset("高赶反中英意德法西"),
}
_RECENT = frozenset((Category.TIME,))
# A group has the name of its bound.
_AFTER = pattern(
    "(?:(?P<more>以上|出头|[+＋](?=\\Z|[\\s，。、；：！？）)”])|(?<=[万亿])[+＋](?=[\u4e00-\u9fff])(?![一二三四五六七八九十百千万亿两半])|及以上|或以上|有余|余|餘|多(?![少样种重次元方项少边变地]))"
    "|(?P<less>以下|及以下|以内|之内(?![容部]))|(?P<approx>左右|上下(?![游班级联]))|开外)"
)
#: The first characters of the words behind a number.
FIRST_WORDS = frozenset("以及或有余餘多之左上开出+＋")


def before(
    text: str, start: int, floor: int, category: Category | None
) -> tuple[int, Bound] | None:
    """The offset of the bounding word that ends at `start`, and its bound; None without one.

    Nothing before `floor` counts. `category` is that of the number's unit.
    """
    at = start
    is_apart = at > floor and text[at - 1] == " "
    if is_apart:
        at -= 1
    if at <= floor or text[at - 1] not in LAST_WORDS:
        return None
    for length in (4, 3, 2, 1):
        begin = at - length
        if begin < floor:
            continue
        word = text[begin:at]
        bound = _BEFORE.get(word)
        if bound is None:
            continue
        if length == 1:
            if is_apart and word != "约":
                return None  # 许振超 64岁
            if begin > 0 and text[begin - 1] in _OTHER_WORDS.get(word, ()):
                return None
            if word == "近" and category in _RECENT:
                return None  # 近三年: the past three years
        return begin, bound
    return None


def after(text: str, end: int, category: Category | None) -> tuple[int, Bound] | None:
    """Where the bounding word that begins at `end` ends, and its bound; None without one."""
    if text[end : end + 1] not in FIRST_WORDS or end >= len(text):
        return None
    match = _AFTER.match(text, end)
    if match is None:
        return None
    word = match.group()
    if word in ("余", "餘", "多") and category in (None, Category.COUNTER):
        return None
    return match.end(), Bound(match.lastgroup or Bound.MORE)
