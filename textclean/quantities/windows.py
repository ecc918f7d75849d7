"""The sentences in which something stands: where reading all of a text would be a waste.

No expression runs over the end of a sentence, so what `find` reads in a sentence is what it reads
there in the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from textclean.text.patterns import pattern

# 0。5 ends no sentence.
_END = pattern("[\n\r！？；]|(?<![0-9０-９])。|。(?![0-9０-９])")
# In a text without such ends, as far as anything can matter to how an expression is read …
_REACH = 400
# … from one character that is no part of one to another.
_BREAK = pattern("[，、：（）“”《》]")


def sentences(text: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Bounds of the sentences that hold any of some places, each once.

    Args:
        text: any text.
        places: offsets in ascending order.
    """
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
    """Where the last match before `high` ends, or 0."""
    last = 0
    for found in expression.finditer(text, low, high):
        last = found.end()
    return last
