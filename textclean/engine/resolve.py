"""One resolver settles which of a stage's proposals are made: the surest, and groups as a whole.

A proposal that lost to one that then falls with its group does not come back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from textclean.text.columns import EditColumns
from textclean.text.edit import Span


def resolve(spans: Sequence[Span], protected: Sequence[tuple[int, int]]) -> EditColumns:
    """The spans to be made, sorted and disjoint, no two at one offset, none on a protected span.

    Of spans that overlap the one of the better tier stays, then of the higher confidence, then the
    longer, then the one further left, then the lower code. A span that falls takes its group along.
    """
    ordered = EditColumns.of(spans).in_order()
    if ordered.are_disjoint() and not _any_hits(ordered, protected):
        return ordered
    return EditColumns(_settle(list(ordered), protected))


def _settle(spans: list[Span], protected: Sequence[tuple[int, int]]) -> list[Span]:
    spans.sort(key=_PLACE)
    fallen: set[int] = set()
    kept: list[Span] = []
    for span in spans:
        if not hits(span[0], span[1], protected):
            kept.append(span)
        elif span[4] is not None:
            fallen.add(span[4])
    kept = [span for span in kept if span[4] is None or span[4] not in fallen]
    losers = _losers(kept)
    for at in losers:
        group = kept[at][4]
        if group is not None:
            fallen.add(group)
    return [
        span
        for at, span in enumerate(kept)
        if at not in losers and (span[4] is None or span[4] not in fallen)
    ]


_PLACE = itemgetter(0, 1)


def hits(start: int, end: int, protected: Sequence[tuple[int, int]]) -> bool:
    """Whether a span overlaps one of those that are protected, which are sorted and disjoint."""
    at = bisect_right(protected, (end, -1)) - 1  # the last that starts before the span's end
    return at >= 0 and start < protected[at][1]


def _any_hits(spans: EditColumns, protected: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the spans, which are sorted and disjoint, hits a protected one."""
    starts, ends = spans.starts, spans.ends
    for low, high in protected:
        at = bisect_right(ends, low)  # the first that ends behind where the protected one starts
        if at < len(starts) and starts[at] < high:
            return True
    return False


def _losers(spans: list[Span]) -> set[int]:
    """Indices of the spans that a better one overlaps; `spans` are sorted by place."""
    losers: set[int] = set()
    first, reach = 0, -1  # of the spans that are connected by overlaps: index and furthest end
    for at, (start, end, _, _, _) in enumerate(spans):
        if start >= reach and start != spans[at - 1][0]:
            if at - first > 1:
                losers |= _beaten(spans, first, at)
            first = at
        reach = max(reach, end)
    if len(spans) - first > 1:
        losers |= _beaten(spans, first, len(spans))
    return losers


def _beaten(spans: list[Span], first: int, last: int) -> set[int]:
    """The losers among ``spans[first:last]``, which nothing outside of them overlaps."""

    def rank(at: int) -> tuple[int, float, int, int, str]:
        start, end, _, cause, _ = spans[at]
        return cause.tier.rank, -cause.confidence, start - end, start, cause.rule

    taken: list[tuple[int, int]] = []
    beaten: set[int] = set()
    for at in sorted(range(first, last), key=rank):
        start, end = spans[at][0], spans[at][1]
        place = bisect_right(taken, (start, end))
        before = taken[place - 1] if place else None
        behind = taken[place] if place < len(taken) else None
        if (before and (before[1] > start or before[0] == start)) or (
            behind and (behind[0] < end or behind[0] == start)
        ):
            beaten.add(at)
        else:
            taken.insert(place, (start, end))
    return beaten
