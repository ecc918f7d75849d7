"""Errors of a page against its truth: rates, and places that were repaired, missed or broken.

The character error rate is the edit distance over the truth's length, runs of line breaks and the
spaces around them folded to one break. `Fold.LOOSE` also folds what houses set in their own way:
the width of marks, and spaces between Chinese and Latin letters or digits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from rapidfuzz.distance import Levenshtein

_BREAKS = re.compile(r"\s*\n\s*")
_WIDE = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…·"
_BORDER = re.compile(f"(?<=[{_WIDE}])[ \u3000]+(?=[!-~])|(?<=[!-~])[ \u3000]+(?=[{_WIDE}])")
_HALF_MARKS = {
    number: number - 0xFEE0
    for number in range(0xFF01, 0xFF5F)
    if not chr(number - 0xFEE0).isalnum()
}
#: What the fold is called, and the fold.
Fold = Callable[[str], str]


def plain(text: str) -> str:
    """Runs of line breaks and the spaces around them as one break."""
    return _BREAKS.sub("\n", text).strip()


def loose(text: str) -> str:
    """`plain`, without spaces between Chinese and Latin and with half-width marks."""
    return _BORDER.sub("", plain(text)).translate(_HALF_MARKS)


FOLDS: dict[str, Fold] = {"plain": plain, "width and Chinese-Latin spaces folded": loose}


def error_rate(text: str, truth: str, fold: Fold = plain) -> float:
    """The character error rate of a text."""
    truth = fold(truth)
    return Levenshtein.distance(fold(text), truth) / max(1, len(truth))


def _places(text: str, truth: str) -> Counter[tuple[str, int]]:
    """What is wrong in a text, by kind and place in the truth."""
    wrong: Counter[tuple[str, int]] = Counter()
    for tag, start, end, low, high in Levenshtein.opcodes(text, truth):
        if tag == "equal":
            continue
        for step in range(max(end - start, high - low)):
            char = truth[low + step] if low + step < high else text[start + step]
            wrong[_kind(char, tag), min(low + step, high)] += 1
    return wrong


def _kind(char: str, tag: str) -> str:
    if char == "\n":
        return "line not joined" if tag == "delete" else "paragraph end lost"
    if char in " \t\u3000":
        return "extra space" if tag == "delete" else "space lost"
    of = "character" if char.isalnum() else "mark"
    return {"delete": f"extra {of}", "insert": f"{of} missing", "replace": f"wrong {of}"}[tag]


def changes(noisy: str, cleaned: str, truth: str) -> Counter[tuple[str, str]]:
    """The wrong places of a page that cleaning repaired, missed or made, by kind."""
    truth = plain(truth)
    before, after = _places(plain(noisy), truth), _places(plain(cleaned), truth)
    found: Counter[tuple[str, str]] = Counter()
    for name, places in (
        ("repaired", before - after), ("missed", before & after), ("new", after - before)
    ):  # fmt: skip
        for (kind, _), count in places.items():
            found[kind, name] += count
    return found
