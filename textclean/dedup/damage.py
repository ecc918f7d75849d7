"""How damaged a text visibly is: the first thing that decides which of several copies is kept.

The tables serve the compiled twin of `damage`, too: `kernels.choosing.preference_keys`.
"""

from __future__ import annotations

import re

#: Quotes and their like, an opening and a closing mark each.
PAIRS = ("“”", "‘’", "「」", "『』", "《》")
#: The pair whose closing mark is also an apostrophe: without any opening one it says nothing.
APOSTROPHES = PAIRS.index("‘’")
STRAIGHT = '"＂'
#: What ends a sentence, and what may stand behind that.
ENDS = "。！？!?….;；:：｡"
CLOSERS = " \t\r\n\u3000*_`~\"'”’」』）)]】》〉>"
#: What a placeholder is made of.
MASKS = "xXｘＸ×*"

_ENDS = frozenset(ENDS)
_PLACEHOLDER = re.compile(r"(?<![A-Za-z])[xXｘＸ×]{2,}(?![A-Za-z])|(?<=[0-9０-９])\*{2,}")
_COUNTED = (*"".join(PAIRS), *STRAIGHT, *MASKS)


def damage(text: str) -> int:
    """How much is visibly wrong: a point for each unbalanced quote, lost end, and placeholder."""
    truncated = int(text.rstrip(CLOSERS)[-1:] not in _ENDS)
    marks = {mark: text.count(mark) for mark in _COUNTED if mark in text}
    if not marks:
        return truncated
    count = marks.get
    unbalanced = sum(count(mark, 0) for mark in STRAIGHT) % 2
    for number, pair in enumerate(PAIRS):
        if number != APOSTROPHES or pair[0] in marks:
            unbalanced += abs(count(pair[0], 0) - count(pair[1], 0))
    if marks.keys().isdisjoint(MASKS):
        return truncated + unbalanced
    return truncated + unbalanced + placeholders(text)


def placeholders(text: str) -> int:
    """How many values are masked."""
    return sum(1 for _ in _PLACEHOLDER.finditer(text))
