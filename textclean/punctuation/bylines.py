"""Spaces that belong where they are: in a byline or caption, between the characters of a name set
wide, in a title, a parenthesis of short pieces, a row of values, behind a list's marker, beside a
sign.
"""

from __future__ import annotations

from textclean.text.classes import OPENING_CLASS, PAUSE_CLASS, SPACE_CLASS, run_start
from textclean.text.lexicon import SURNAMES
from textclean.text.memo import remembered
from textclean.text.patterns import pattern
from textclean.text.words import is_word

_ROLES = (
    "记者", "通讯员", "摄影", "编辑", "责编", "作者", "校对", "制图", "供图", "文字", "图文",
    "主编", "审核", "来源",
)  # fmt: skip
_ROLE = pattern(
    rf"(?:{'|'.join(_ROLES)})[ \u3000:：/]*\Z" r"|[/／][ \u3000]*(?:文|图|摄)[ \u3000]*\Z"
)
_ROLE_BEHIND = pattern(
    r"(?:摄|文|图|报道|编辑|记者|通讯员|摄影|绘|撰文)(?![\u4e00-\u9fff])|记者|通讯员"
)
#: What that begins with.
_ROLES_BEGIN = frozenset("摄文图报编记通绘撰")
_LONGEST_NAME = 4
_SINGLE_BEHIND = pattern(r"[ \t\u3000]+\S(?![^\s，；。、：？！])")
_PIECE_EDGE = frozenset(' \t\u3000"\r\n' + PAUSE_CLASS + OPENING_CLASS + "”’）》,;:()（）/／")
_IN_BYLINE = pattern(
    r"(?:记者|通讯员|摄影|编辑|作者)[ \u3000:：/]*(?:[\u4e00-\u9fff]{2,4}[ \u3000]+)+\Z"
)

_SPACES = "[ \\u3000]+"
_NAME = (
    r"(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff][ \u3000][\u4e00-\u9fff]"
    r"|[\u4e00-\u9fff]{1,8}(?:[·•][\u4e00-\u9fff]{1,8}){1,3})"
)
#: Who speaks, behind the office that he holds: 司 司长 彭齐鸣：
_NAME_OF_SPEAKER = pattern(
    rf"(?:[^，。；！？：:“”《》 \u3000]{{1,12}}{_SPACES}){{0,2}}{_NAME}[:：]"
)
_OFFICE = pattern(r"[\n。！？”）)][^\n，。；！？：:“”…]{2,40}\Z")
_LONGEST_OFFICE = 41
#: What a line of Markdown begins with.
_MARKER = pattern(
    r"[ \t]*(?:>[ \t]*)*+(?:(?:[-*+•·●○■□◆▪‣]|\d{1,9}[.)、])[ \t]+)?(?:\[[ xX]\][ \t]+)?"
)
_SIGNS = frozenset("-+=/\\<>|~^*#@&_[]{}$`")
#: Where a bracket opens that is not closed before a place, and where it closes behind.
_IN_BRACKETS = pattern(r"[（(\[【][^，。；！？（()）\[\]【】]{0,40}\Z")
_TO_CLOSE = pattern(r"[^，。；！？（()）\[\]【】]{0,40}[）)\]】]")
_IN_TITLE = pattern(r"《[^《》]{0,60}\Z")
_TO_END_OF_TITLE = pattern("[^《》]{0,60}》")
_VALUE_BEFORE = pattern(r"[\u4e00-\u9fff]{1,8}[0-9][0-9.]*[%％]?\Z")
_VALUE = pattern(r"[\u4e00-\u9fff]{1,8}[0-9]")
_REACH = 61
_NOTE = r"(?:[（(][^（）()\r\n]{0,20}[）)])?"
_LIST = pattern(rf"(?:(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{2,4}}{_NOTE}{_SPACES}){{3,}}")
#: Of three names one has a frequent surname.
_ONE_IN = 3
_PIECE = pattern(rf"[\u4e00-\u9fff]+{_NOTE}")
#: The head of a record: 武士新 78岁 退休教师：
_FIELD = r"[^，。；！？：:“”…《》 \u3000]{1,8}"
_HEAD = pattern(rf"(?:{_FIELD}{_SPACES}){{2,6}}{_FIELD}[:：]")


def is_set(line: str, low: int, high: int) -> bool:
    """Whether the space ``line[low:high]`` is set by the writer, whatever stands in the line."""
    before, behind = line[low - 1], line[high]
    if before in _SIGNS or behind in _SIGNS:
        return True
    marker = _MARKER.match(line)
    if marker and low < marker.end():
        return True
    if any(start <= high and low <= end for start, end in lists_of_names(line)):
        return True
    head = _HEAD.match(line)
    if head and low < head.end():
        return True
    near = line[max(0, low - _REACH) : low]
    if _NAME_OF_SPEAKER.match(line, high) and _OFFICE.search(
        ("\n" + line[:low])[-_LONGEST_OFFICE:]
    ):
        return True
    if _VALUE.match(line, high) and _VALUE_BEFORE.search(near):
        return True
    title, rest = _IN_TITLE.search(near), _TO_END_OF_TITLE.match(line, high)
    if title and rest:
        # A title of more than two lines has a space between any two.
        return not is_word(before + behind) or any(
            space in title.group() + rest.group() for space in " \u3000"
        )
    in_brackets = _IN_BRACKETS.search(near) and _TO_CLOSE.match(line, high)
    return bool(in_brackets) and not is_word(before + behind)


@remembered(256, longest=1_000_000)  # asked at each space of a line
def lists_of_names(line: str) -> list[tuple[int, int]]:
    """The parts of a line that are names with nothing but spaces between them."""
    lists: list[tuple[int, int]] = []
    for each in _LIST.finditer(line):
        names = _PIECE.findall(each.group())
        if _ONE_IN * sum([name[0] in SURNAMES for name in names]) >= len(names):
            lists.append(each.span())
    return lists


def names_roles(line: str) -> bool:
    """Whether a line names what people did for the paper: then it may have a byline."""
    return "/" in line or "／" in line or any(role in line for role in _ROLES)


def belongs(line: str, low: int, high: int, *, roles: bool) -> bool:
    """Whether the space ``line[low:high]`` belongs where it is.

    Args:
        roles: what `names_roles` says of the line.
    """
    may_be_name = low == 1 or line[low - 2] in _PIECE_EDGE
    if not (roles or may_be_name or line[high] in _ROLES_BEGIN):
        return False
    # The pieces either side, as far as they are short.
    left, least = low, max(0, low - _LONGEST_NAME - 1)
    while left > least and line[left - 1] not in _PIECE_EDGE:
        left -= 1
    right, most = high, min(len(line), high + _LONGEST_NAME + 1)
    while right < most and line[right] not in _PIECE_EDGE:
        right += 1
    if low - left == 1:
        if right - high == 1:
            # 王 庆, 大 中 小, but not 工 作, nor 跑 改, which is neither a name nor set wide.
            wide = line[left] in SURNAMES or bool(
                _SINGLE_BEHIND.match(line, right) or _follows_single(line, left)
            )
            return wide and not is_word(line[left] + line[high])
        if line[left] in SURNAMES and line[left - 1 : left] in ("、", "："):
            return not is_word(line[left] + line[high])  # 、张 伟等
    if line[high] in _ROLES_BEGIN and _ROLE_BEHIND.match(line, high):
        return True
    if not roles:
        return False
    if _ROLE.search(line[max(0, low - 8) : low]):
        return True
    # A name behind another in a byline.
    if low - left <= _LONGEST_NAME and right - high <= _LONGEST_NAME and left:
        before = line[max(0, left - 12) : left]
        return bool(_ROLE.search(before) or _IN_BYLINE.search(before))
    return False


def _follows_single(line: str, at: int) -> bool:
    """Whether before the spaces before a place there is one character between spaces or pauses."""
    end = run_start(line, at, SPACE_CLASS)
    if end in (0, at) or line[end - 1].isspace():
        return False
    return end == 1 or line[end - 2].isspace() or line[end - 2] in "，；。、：？！"
