"""Where an idiom ends that is not in the lexicon: 五加强一深化, “三个全覆盖”, 六院.

Slogans and short names are coined every day (三圈两网, 四包一, 两优一先), so no list is complete. A
phrase between quotation marks or other breaks that begins with a numeral and counts nothing is one
idiom. Otherwise the idiom is the numeral and the character behind it.
"""

from __future__ import annotations

from textclean.quantities.shapes import NUMERALS
from textclean.text.classes import HAN_CLASS, is_han
from textclean.text.patterns import pattern

OPENING = "“‘「『《〈【\"'"
_CLOSING = tuple("”’」』》〉】\"'")
# 三圈两网, 五加强一深化, 一人一专管: numerals with a word or two behind each.
_SLOGAN = pattern(
    f"[{NUMERALS}][{HAN_CLASS}]{{1,2}}(?:[{NUMERALS}][{HAN_CLASS}]{{1,3}}){{1,3}}"
    f"|[{NUMERALS}][{HAN_CLASS}][{NUMERALS}](?![{HAN_CLASS}])"
    # 三强 两促, where a line was wrapped; 一家 一本账 are two.
    f"|[二三四五六七八九十两][{HAN_CLASS}] [二三四五六七八九十两][{HAN_CLASS}](?![{HAN_CLASS}])"
)
_CAMPAIGN = pattern(
    f"[{NUMERALS}]大[{HAN_CLASS}]{{0,4}}?(?:会战|攻坚战|攻坚行动|保卫战|战役|战略|行动计划|行动)"
)
_INSTITUTION = pattern(
    "第[一二三四五六七八九十]{1,3}(?:人民|附属|临床|中心|中西医|中医|妇幼|职工|实验|高级|机床|汽车|"
    "职业|师范|医科|军医|外国语|完全|初级|小|中)[附属人民中医结合保健技术]{0,6}"
    "(?:医院|医学院|学院|学校|大学|中学|小学|幼儿园|厂|中)"
    "|第[一二三四五六七八九十]{1,3}(?:医院|医共体|中学|小学|监狱|看守所)"
)
_LISTED = frozenset(OPENING + "、")
_SHORT = pattern(f"[{HAN_CLASS}]{{1,5}}(?![{HAN_CLASS}])")
# 一网通办、一次办成: a member of a list in quotation marks.
_MEMBER = pattern(f"[{HAN_CLASS}]{{3,5}}(?=[、{''.join(_CLOSING)}])")
_QUOTED = pattern(f"[{HAN_CLASS}]{{1,8}}[{''.join(_CLOSING)}]")
# 一老一小, 三室一厅: two by two, also in the midst of a sentence.
_TWIN = pattern(f"(?:[{NUMERALS}](?![{NUMERALS}])[{HAN_CLASS}]){{2}}(?![{NUMERALS}])")
# What sets a slogan off: a quotation mark, a bracket, a mark of lists, the space of a lost mark.
_BREAKS = frozenset("“”‘’「」『』《》〈〉【】（）()、\"' \u3000\n\r") | {""}
# 半数, 半夜: words by themselves.
_HALF_OF = frozenset("数山夜岛路天程场边途空生死晌截里价点月年日")
# Grammar words, which no name ends in.
_PARTICLES = frozenset("的了和与及或在为将是、也就都而则把被从向对于至到")


def institution(text: str, start: int) -> int | None:
    """Where a numbered institution (第一人民医院) that begins at `start` ends, or None."""
    match = _INSTITUTION.match(text, start)
    return match.end() if match else None


def quoted(text: str, start: int) -> int | None:
    """Where quotation marks close that open right before `start`, within eight characters."""
    match = _QUOTED.match(text, start) if start and text[start - 1] in OPENING else None
    return match.end() - 1 if match else None


def whole(text: str, start: int) -> int | None:
    """The end of a slogan that fills the quotation marks opened right before `start`, or None."""
    match = _SLOGAN.match(text, start)
    return match.end() if match and text.startswith(_CLOSING, match.end()) else None


def member(text: str, start: int) -> int | None:
    """The end of the member of a quoted list that begins at `start` (“…、一次办成”), or None."""
    match = _MEMBER.match(text, start) if start and text[start - 1] in _LISTED else None
    return match.end() if match else None


def extent(text: str, start: int, end: int) -> int:
    """The end of the idiom that begins with the numerals in ``text[start:end]``."""
    if text.startswith("级以上", end):
        return end + 3  # 二级以上医院: a grade, and what is above it
    campaign = _CAMPAIGN.match(text, start)
    if campaign:
        return campaign.end()
    before = text[start - 1 : start]
    if before in _BREAKS:
        slogan = _SLOGAN.match(text, start)
        if slogan and text[slogan.end() : slogan.end() + 1] in _BREAKS:
            return slogan.end()
        short = _SHORT.match(text, start)
        if short and short.end() > end and text[short.end() : short.end() + 1] in _BREAKS:
            return short.end()
    if before.isascii() and before.isalnum():
        return end  # the magnitude of a number that was redacted: xx.x万
    twin = _TWIN.match(text, start)
    if twin:
        return twin.end()
    after = text[end : end + 1]
    if after == "是" and end - start == 1:
        return end + 1  # 一是 … 二是 …
    if not is_han(after) or after in _PARTICLES:
        return end
    if end - start > 1:
        return end
    if text[start] == "零" or (text[start] == "半" and after not in _HALF_OF):
        # 零增长, 半失能: said of a word, and words have two characters.
        return end + 2 if is_han(text[end + 1 : end + 2]) else end + 1
    return end + 1
