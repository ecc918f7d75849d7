"""How an expression should be written by itself: no stray spaces, one width, one decimal point."""

from __future__ import annotations

import re

from textclean.text.classes import DIGITS_TO_HALF_WIDTH
from textclean.text.patterns import pattern

_ODD = pattern("[ \u3000\u00a0０-９％．。，]")
_STRAY = pattern("[ \u3000\u00a0]+(?![A-Za-zμµ°℃Ω])")
_POINT = pattern("(?<=[0-9])[．。](?=[0-9])")
_COMMA = pattern("(?<=[0-9])，(?=[0-9]{3}(?![0-9]))")
# 二０一０年: GB/T 15835-2011 has 〇 among Chinese figures.
_ZERO = pattern("(?<=[一二三四五六七八九〇])[0０]+(?=[一二三四五六七八九〇年])")
_WIDTH = DIGITS_TO_HALF_WIDTH | {ord("％"): "%"}


def _zeros(match: re.Match[str]) -> str:
    return "〇" * len(match.group())


def tidy(text: str, written: str | None = None) -> str:
    """The tidy form of an expression: of `written`, where `text` itself is damaged."""
    text = text if written is None else written
    if not _ODD.search(text):
        return text
    text = _ZERO.sub(_zeros, text).translate(_WIDTH)
    text = _STRAY.sub("", text)
    return _COMMA.sub(",", _POINT.sub(".", text))
