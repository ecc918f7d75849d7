"""How an expression should be written by itself: no stray spaces, one width, one decimal point."""

from __future__ import annotations

from textclean.text.classes import DIGITS_TO_HALF_WIDTH
from textclean.text.patterns import pattern

_ODD = pattern("[ \u3000\u00a0０-９％．。，]")
_STRAY = pattern("[ \u3000\u00a0]+(?![A-Za-zμµ°℃Ω])")
_POINT = pattern("(?<=[0-9])[．。](?=[0-9])")
_COMMA = pattern("(?<=[0-9])，(?=[0-9]{3}(?![0-9]))")
# 二０一０年: GB/T 15835-2011 has 〇 among Chinese figures.
_ZERO = pattern("(?<=[一二三四五六七八九〇])[0０]+(?=[一二三四五六七八九〇年])")
_WIDTH = DIGITS_TO_HALF_WIDTH | {ord("％"): "%"}


def tidy(text: str) -> str:
    """The tidy form of an expression."""
    if not _ODD.search(text):
        return text
    text = _ZERO.sub(lambda zeros: "〇" * len(zeros.group()), text).translate(_WIDTH)
    text = _STRAY.sub("", text)
    return _COMMA.sub(",", _POINT.sub(".", text))
