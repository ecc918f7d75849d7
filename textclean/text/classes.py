"""Classes of characters, as the rules and the models see them.

The ``*_CLASS`` strings go inside the brackets of a regular expression.
"""

from __future__ import annotations

from textclean.text.patterns import pattern

#: Han characters: unified ideographs and extensions, compatibility ideographs, 〇 and 々.
HAN_CLASS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
#: Full-width marks that end or divide a clause.
PAUSE_CLASS = "，。、；：？！"
OPENING_CLASS = "“‘（《〈「『【〔〖"
CLOSING_CLASS = "”’）》〉」』】〕〗"
#: All full-width marks of GB/T 15834-2011, and what stands for them.
MARK_CLASS = PAUSE_CLASS + OPENING_CLASS + CLOSING_CLASS + "…—～·％￥"
#: Spaces inside a line, as they are after the stage of characters.
SPACE_CLASS = " \t\u3000"

_HAN = pattern(f"[{HAN_CLASS}]")
_CHINESE = pattern(f"[{HAN_CLASS}{MARK_CLASS}]")


def is_han(char: str) -> bool:
    """Whether a character (or '') is Han; the common block is tested first."""
    return "\u4e00" <= char <= "\u9fff" or bool(_HAN.match(char))


def is_chinese(char: str) -> bool:
    """Whether a character (or '') is Han or a full-width mark."""
    return "\u4e00" <= char <= "\u9fff" or bool(_CHINESE.match(char))


def has_han(text: str) -> bool:
    """Whether a text holds a Han character."""
    return bool(_HAN.search(text))


def count_han(text: str) -> int:
    """How many Han characters a text holds."""
    return len(_HAN.findall(text))
