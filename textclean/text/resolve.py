"""One resolver settles which of a stage's proposals are made: the surest, and groups as a whole."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from textclean.text.edit import Span


def resolve(spans: list[Span], protected: Sequence[tuple[int, int]]) -> list[Span]:
    """The spans to be made, sorted and disjoint, no two at one offset, none on a protected span.

    Of spans that overlap the one of the better tier stays, then of the higher confidence, then the
    longer, then the one further left, then the lower code. A span that falls takes its group along.
    """
    spans.sort(key=_place)
    clear = not protected or not any(_hits(span, protected) for span in spans)
    if clear and _disjoint(spans):
        return spans
    fallen: set[int] = set()
    kept = [span for span in spans if not (protected and _hits(span, protected))]
    if len(kept) < len(spans):
        survivors = set(map(id, kept))
        fallen = {s.group for s in spans if s.group is not None and id(s) not in survivors}
    while True:
        kept = [span for span in kept if span.group is None or span.group not in fallen]
        losers = _losers(kept)
        if not losers:
            return kept
        fallen |= {kept[at].group for at in losers if kept[at].group is not None}  # type: ignore[misc]
        kept = [span for at, span in enumerate(kept) if at not in losers]


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _hits(span: Span, protected: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(protected, (span.end, -1)) - 1  # the last that starts before the span's end
    return at >= 0 and span.start < protected[at][1]


def _disjoint(spans: list[Span]) -> bool:
    end = start = -1
    for span in spans:
        if span.start < end or span.start == start:
            return False
        start, end = span.start, span.end
    return True


def _losers(spans: list[Span]) -> set[int]:
    """Indices of the spans that a better one overlaps; `spans` are sorted by place."""
    order = sorted(
        range(len(spans)),
        key=lambda at: (
            spans[at].cause.tier.rank,
            -spans[at].cause.confidence,
            spans[at].start - spans[at].end,
            spans[at].start,
            spans[at].cause.rule,
        ),
    )
    taken: list[tuple[int, int]] = []
    losers: set[int] = set()
    for at in order:
        span = spans[at]
        place = bisect_right(taken, (span.start, span.end))
        before = taken[place - 1] if place else None
        behind = taken[place] if place < len(taken) else None
        if (before and (before[1] > span.start or before[0] == span.start)) or (
            behind and (behind[0] < span.end or behind[0] == span.start)
        ):
            losers.add(at)
        else:
            taken.insert(place, (span.start, span.end))
    return losers
