"""Parts and wholes by plain look-up: the reference for what the compiled search finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tests.dedup.verdicts import pieces
from textclean.dedup import policy

_ANCHOR = 10


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


def measured(
    part: str, whole: str, misread: float
) -> Iterator[tuple[int, float, bool, bool, bool]]:
    """The rest of a row of `PART` for each piece of one fold that is another's head or tail."""
    for start, end, share in pieces(part, whole, misread=misread):
        tail = start > 0
        before = start - 1 if tail else end - 1
        cut = (tail or end < len(whole)) and _run_on(whole[before : before + 2])
        broken = (
            not (tail or cut)
            and 1 < end < min(len(whole), policy.TITLE)
            and policy.breaks_off(whole[end - 2 : end], whole[end : end + 2])
        )
        yield end - start, share, cut, tail, broken


def _run_on(characters: str) -> bool:
    return characters.isascii() and characters.isalnum()
