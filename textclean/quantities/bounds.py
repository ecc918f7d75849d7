"""Words that bound a number: 约, 近, 超过 before it; 以上, 左右 behind."""

from __future__ import annotations

from textclean.quantities.quantity import Bound
from textclean.quantities.units import Category
from textclean.text.patterns import pattern

_BEFORE = {
    **dict.fromkeys(["约", "大约", "大概", "约为", "大致", "估计"], Bound.APPROX),
    **dict.fromkeys(
        [
            "超",
            "超过",
            "逾",
            "超出",
            "突破",
            "至少",
            "不少于",
            "不低于",
            "不下",
            "不下于",
            "多于",
            "高于",
            "大于",
            "最少",
            "最低",
            "起码",
        ],
        Bound.MORE,
    ),
    **dict.fromkeys(
        [
            "近",
            "将近",
            "接近",
            "不足",
            "不到",
            "不满",
            "未满",
            "少于",
            "低于",
            "小于",
            "至多",
            "最多",
            "不超过",
            "不高于",
            "不多于",
            "不大于",
        ],
        Bound.LESS,
    ),
}
_BEFORE |= {
    not_allowed + word: bound
    for not_allowed in ("不得", "不能", "不应")
    for word, bound in (
        ("少于", Bound.MORE),
        ("低于", Bound.MORE),
        ("小于", Bound.MORE),
        ("超过", Bound.LESS),
        ("高于", Bound.LESS),
        ("多于", Bound.LESS),
        ("大于", Bound.LESS),
    )
}
del _BEFORE["突破"], _BEFORE["估计"], _BEFORE["大致"]
#: The last characters of the words before a number, and the first of those behind.
LAST_WORDS = frozenset(word[-1] for word in _BEFORE)
# 签约5家, 附近3个: the character belongs to the word before it.
_OTHER_WORDS = {
    "约": frozenset("签预合节制条公契履缔违失解续特婉简誓毁守践立应邀俭隐相集爽如赴"),
    "近": frozenset("附最靠亲临邻远晚贴逼就相"),
    "超": frozenset("高赶反中英意德法西"),
}
_RECENT = frozenset((Category.TIME,))
_AFTER = pattern(
    "(?:(?P<more>以上|及以上|或以上|有余|余|多(?![少样种重次元方项少边变地]))"
    "|(?P<less>以下|及以下|以内|之内(?![容部]))|(?P<approx>左右|上下(?![游班级联]))|开外)"
)
FIRST_WORDS = frozenset("以及或有余多之左上开")


def before(
    text: str, start: int, floor: int, category: Category | None
) -> tuple[int, Bound] | None:
    """Where a bounding word begins that ends at `start`, and its bound."""
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
    """Where a bounding word ends that begins at `end`, and its bound."""
    if text[end : end + 1] not in FIRST_WORDS or end >= len(text):
        return None
    found = _AFTER.match(text, end)
    if found is None:
        return None
    word = found.group()
    if word in ("余", "多") and category in (None, Category.COUNTER):
        return None
    if found["less"]:
        return found.end(), Bound.LESS
    if found["approx"]:
        return found.end(), Bound.APPROX
    return found.end(), Bound.MORE
