"""Texts that share a long span word for word: one inside another, or a piece of each.

Both searches read every text once and look up the few characters at each place in a table of
anchors, so their cost grows with the text and not with the pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from textclean.dedup.fold import fold, fold_with_offsets
from textclean.dedup.policy import is_prose
from textclean.dedup.result import SharedSpan

#: Folded characters from which a shared span is reported.
MIN_SHARED = 40

_ANCHOR = 10
# Two texts that share 2k - 1 characters share an anchor of k that starts at a multiple of k.
_STRIDE = MIN_SHARED // 2
# An anchor that more texts share belongs to a formula; following it would cost all their pairs.
_MAX_SHARERS = 20


def containers(parts: Iterable[str], wholes: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """Each of `parts` that is a proper part of one of `wholes`: (part, whole, offset in it).

    Only parts of ten characters or more are looked for.
    """
    anchored: defaultdict[str, defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for part in parts:
        if len(part) >= _ANCHOR:
            anchored[part[:_ANCHOR]][len(part)].add(part)
    if not anchored:
        return
    for whole in wholes:
        anchors = [whole[offset : offset + _ANCHOR] for offset in range(len(whole) - _ANCHOR + 1)]
        for offset in [offset for offset, anchor in enumerate(anchors) if anchor in anchored]:
            for length, same_length in anchored[anchors[offset]].items():
                part = whole[offset : offset + length]
                if part in same_length and len(part) < len(whole):
                    yield part, whole, offset


def find_shared_spans(texts: Sequence[str], indices: Sequence[int]) -> list[SharedSpan]:
    """Spans of `MIN_SHARED` folded characters or more that prose among `indices` has in common.

    The longest for each pair. What more than twenty texts share is a formula and is not followed,
    so texts that have only formulas in common are not listed, but for a few whose neighbouring
    characters happen to agree as well.
    """
    folds = {index: fold(texts[index]) for index in indices if is_prose(texts[index])}
    longest: dict[tuple[int, int], tuple[int, int, int]] = {}
    anchors = _anchors(folds)
    for second, text in folds.items():
        reach: dict[tuple[int, int], int] = {}  # end, in this text, of a span already measured
        for offset in range(len(text) - _STRIDE + 1):
            for first, place in anchors.get(text[offset : offset + _STRIDE], ()):
                diagonal = (first, place - offset)
                if first >= second or reach.get(diagonal, -1) > offset:
                    continue
                start, end = _extend(folds[first], text, place, offset)
                reach[diagonal] = end
                length = end - start
                if length >= MIN_SHARED and length > longest.get((first, second), (0,))[0]:
                    longest[first, second] = (length, start + place - offset, start)
    return [
        SharedSpan(
            first,
            *_original(texts[first], start, length),
            second,
            *_original(texts[second], second_start, length),
        )
        for (first, second), (length, start, second_start) in sorted(longest.items())
    ]


def _anchors(folds: Mapping[int, str]) -> dict[str, list[tuple[int, int]]]:
    anchors: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, text in folds.items():
        for place in range(0, len(text) - _STRIDE + 1, _STRIDE):
            anchors[text[place : place + _STRIDE]].append((index, place))
    sharers: Counter[str] = Counter()
    for text in folds.values():
        pieces = {text[offset : offset + _STRIDE] for offset in range(len(text) - _STRIDE + 1)}
        sharers.update(pieces & anchors.keys())
    return {a: places for a, places in anchors.items() if sharers[a] <= _MAX_SHARERS}


def _extend(first: str, second: str, place: int, offset: int) -> tuple[int, int]:
    """The bounds, in `second`, of the common span around `place` in `first`, `offset` in it."""
    start = 0
    while start < min(place, offset) and first[place - start - 1] == second[offset - start - 1]:
        start += 1
    end = 0
    while (
        place + end < len(first)
        and offset + end < len(second)
        and first[place + end] == second[offset + end]
    ):
        end += 1
    return offset - start, offset + end


def _original(text: str, start: int, length: int) -> tuple[int, int]:
    offsets = fold_with_offsets(text).offsets
    return offsets[start], offsets[start + length - 1] + 1
