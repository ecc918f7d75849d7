"""Parts and wholes by plain look-up: the reference for what the compiled search finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

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
