"""Original and cleaned text laid side by side: exactly, for the edits are known.

A row is a line of the text that was cleaned and, beside it, what became of it. Where an edit takes
a line break away, the lines that it joins are one row; blank lines belong to the line before them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeAlias

from textclean.text.edit import Span

#: What was replaced: (start, end) in the one text, (start, end) in the other.
Difference: TypeAlias = tuple[int, int, int, int]
#: Characters from which two texts are not laid on each other.
_LONGEST = 6000


def rows(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The rows of a text, as slices of it that follow one another.

    Args:
        spans: its edits, sorted and disjoint.
    """
    ends = [span[1] for span in spans]
    found: list[tuple[int, int]] = []
    start = at = 0
    while (at := text.find("\n", at)) >= 0:
        at += 1
        while at < len(text) and text[at] in "\r\n":
            at += 1
        if at < len(text) and not _is_crossed(spans, ends, at):
            found.append((start, at))
            start = at
    if start < len(text) or not found:
        found.append((start, len(text)))
    return found


def _is_crossed(spans: Sequence[Span], ends: Sequence[int], at: int) -> bool:
    """Whether an edit reaches over the end of a line, or takes its break away."""
    number = bisect_left(ends, at)  # the first that ends at the line's start or behind it
    if number == len(spans):
        return False
    start, end, after = spans[number][:3]
    return start < at and (end > at or not after.endswith("\n"))


def in_utf16(text: str, offsets: Sequence[int]) -> list[int]:
    """Offsets in code points as offsets in UTF-16, which browsers count in."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return list(offsets)
    places = [at for at, char in enumerate(text) if char > "\uffff"]
    return [offset + bisect_left(places, offset) for offset in offsets]


def differences(one: str, other: str) -> list[Difference] | None:
    """What stands in the one of two copies and what in the other; None: they are too long."""
    if len(one) + len(other) > _LONGEST:
        return None
    from rapidfuzz.distance import Levenshtein

    return [
        (code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in Levenshtein.opcodes(one, other)
        if code.tag != "equal"
    ]
