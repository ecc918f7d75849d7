"""Lines that have the same words, whatever their numbers are: two values may differ there.

Most texts have none, and to know that nothing is read that reads numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from textclean.quantities.shapes import NUMERALS
from textclean.text.classes import HAN_CLASS
from textclean.text.patterns import pattern

#: Characters from which a paragraph says enough to be the same as another.
_LONG_ENOUGH = 30
#: Frequent characters that no number has: of lines with the same words each has them as often.
_FREQUENT = "的和是在了不人中大为"
# Removed to compare the words of paragraphs without their numbers.
_NO_WORDS = pattern(f"[^{HAN_CLASS}]+|[{NUMERALS}]+")
#: Lines are compared whole only if so many words at their end agree.
_LAST_WORDS = 4
_ENDING = pattern(f"((?:(?![{NUMERALS}])[{HAN_CLASS}]){{{_LAST_WORDS}}})[^{HAN_CLASS}]?$")
# Items of a list say the same of other cases: they do not contradict one another.
_NUMBERED = pattern(f"[ \u3000]*(?:[（(]?[{NUMERALS}0-9]+[）)、.．]|第[{NUMERALS}0-9]+[条款项章])")


def alike_lines(text: str) -> Iterator[list[tuple[int, int]]]:
    """Spans of lines that have the same words, two or more."""
    lines: list[tuple[int, str]] = []
    start = 0
    for line in text.split("\n"):
        if len(line) >= _LONG_ENOUGH:
            lines.append((start, line))
        start += len(line) + 1
    if len(lines) < 2:
        return
    long = [(start, line, tuple(map(line.count, _FREQUENT))) for start, line in lines]
    counted = Counter(counts for _, _, counts in long)
    ending: dict[str, list[tuple[int, int]]] = {}
    for start, line, counts in long:
        if counted[counts] > 1:
            ending.setdefault(_last_words(line), []).append((start, start + len(line)))
    alike: dict[str, list[tuple[int, int]]] = {}
    for few in ending.values():
        if len(few) > 1:
            for low, high in few:
                alike.setdefault(_NO_WORDS.sub("", text[low:high]), []).append((low, high))
    for spans in alike.values():
        if len(spans) > 1:
            spans = [span for span in sorted(spans) if not _NUMBERED.match(text, *span)]
            if len(spans) > 1:
                yield spans


def _last_words(line: str) -> str:
    """The last words of a line, by which lines of the same words are found: most are alone."""
    words = _ENDING.search(line, len(line) - _LAST_WORDS - 1)
    return words[1] if words else _NO_WORDS.sub("", line)[-_LAST_WORDS:]
