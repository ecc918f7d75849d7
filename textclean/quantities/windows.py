"""The sentences around some offsets: most rules need not read all of a text.

No expression crosses the end of a sentence, so `find` reads the same in a sentence as in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from textclean.text.patterns import pattern

# 0。5 ends no sentence.
_END = pattern("[\n\r！？；]|(?<![0-9０-９])。|。(?![0-9０-９])")
# A longer sentence is cut at marks that are part of no expression: characters on either side of an
# offset that are read, at least.
_REACH = 400
_BREAK = pattern("[，、：（）“”《》]")


def sentences(text: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence that holds one of `places`, offsets in ascending order."""
    start = end = 0
    for place in places:
        if place < end:
            continue
        low = max(end, place - _REACH)
        start = _last(_END, text, low, place) or (
            low if low == end else _last(_BREAK, text, low, place) or low
        )
        stop = _END.search(text, place, place + _REACH) or _BREAK.search(text, place + _REACH)
        end = stop.end() if stop else len(text)
        yield start, end


def _last(expression: re.Pattern[str], text: str, low: int, high: int) -> int:
    """The end of the last match in ``text[low:high]``, or 0."""
    last = 0
    for match in expression.finditer(text, low, high):
        last = match.end()
    return last
