"""What stands for bytes that are lost: 锟斤拷 and 烫烫烫."""

from __future__ import annotations

from textclean.text.patterns import pattern

#: Memory that was never filled, and replacement characters, read as GBK.
_LOST = pattern("(?:锟斤拷)+(?:锟斤?)?|烫烫烫烫*|屯屯屯屯*")
#: One of these is in all of them.
LOST_SIGNS = "锟烫屯"


def lost_spans(text: str) -> list[tuple[int, int]]:
    """The spans of what stands for bytes that are lost: 锟斤拷, 烫烫烫."""
    held = any(_holds(text, lost) for lost in ("锟斤拷", "烫烫烫", "屯屯屯"))
    return [match.span() for match in _LOST.finditer(text)] if held else []


def _holds(text: str, string: str) -> bool:
    """Whether a text holds a string of rare characters: one is found many times as fast."""
    at = text.find(string[0])
    while at >= 0 and not text.startswith(string, at):
        at = text.find(string[0], at + 1)
    return at >= 0
