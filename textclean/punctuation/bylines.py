"""Spaces that belong where they are: in a byline, between the characters of a name set wide."""

from __future__ import annotations

from textclean.text.classes import OPENING_CLASS, PAUSE_CLASS, SPACE_CLASS, run_start
from textclean.text.lexicon import SURNAMES
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
