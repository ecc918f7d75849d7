"""Parts and wholes by plain look-up, and what is asked of the ends of a part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from textclean.dedup import policy

_ANCHOR = 10


class Ends(NamedTuple):
    """How a part stands in a whole: what `policy.may_be_contained` asks of it."""

    #: Folded characters of the whole that it takes up.
    length: int
    cut: bool
    tail: bool
    broken: bool


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


def ends(whole: str, start: int, end: int) -> Ends:
    """The ends of what stands in a fold from `start` to `end`."""
    cut = (start > 0 and _run_on(whole[start - 1 : start + 1])) or (
        end < len(whole) and _run_on(whole[end - 1 : end + 1])
    )
    broken = (
        end < len(whole)
        and not cut
        and 1 < end - start < policy.TITLE
        and policy.breaks_off(whole[end - 2 : end], whole[end : end + 2])
    )
    return Ends(end - start, cut, start > 0 and end == len(whole), broken)


def _run_on(characters: str) -> bool:
    return characters.isascii() and characters.isalnum()
