"""A change in its sentence, for a reader who says yes or no to it.

What cannot be seen (spaces of other kinds, control characters, marks that turn the direction of
writing) is written as its code point, before and after.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from textclean.text.edit import Edit
from textclean.text.visible import visible

#: Draws what is removed (False) or put in its place (True).
Paint = Callable[[str, bool], str]

_END = re.compile(r"[。！？!?；\n\r]")
# Characters of a sentence that are shown on each side of a change.
_AROUND = 60


def plain(text: str, inserted: bool) -> str:
    """As `git diff --word-diff` draws it."""
    return f"{{+{text}+}}" if inserted else f"[-{text}-]"


def in_sentence(text: str, edits: Sequence[Edit], paint: Paint = plain) -> str:
    """The sentences in which edits are made, one line.

    Args:
        edits: of the text, in order of place, disjoint: a change and what belongs to it.
    """
    spans: list[tuple[int, int]] = []
    for edit in edits:
        start, end = _sentence(text, edit.start, edit.end)
        if spans and start <= spans[-1][1]:
            start, end = spans[-1][0], max(spans.pop()[1], end)
        spans.append((start, end))
    return " … ".join(_drawn(text, start, end, edits, paint) for start, end in spans)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a span, cut to what is near it."""
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    # The first character before the change may be a mark that it is about.
    ends = [match.end() for match in _END.finditer(text, low, max(start - 1, low))]
    after = _END.search(text, min(end + 1, high), high)
    return ends[-1] if ends else low, after.end() if after else high


def _drawn(text: str, start: int, end: int, edits: Sequence[Edit], paint: Paint) -> str:
    drawn: list[str] = []
    at = start
    for edit in edits:
        if edit.start < start or edit.end > end:
            continue
        drawn.append(visible(text[at : edit.start]))
        if edit.before:
            drawn.append(paint(visible(edit.before), False))
        if edit.after:
            drawn.append(paint(visible(edit.after), True))
        at = edit.end
    drawn.append(visible(text[at:end]))
    return "".join(drawn).strip()
