"""Applying edits, undoing them, and composing those of one stage with those of the stages before.

All of it is arithmetic on sorted, disjoint spans. A stage sees the text that the last one left, so
its spans are in *current* coordinates; `compose` leads them back to the *original*. Spans that
touch the same original characters fuse into one, which keeps what each of them did as its parts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from textclean.text.edit import Cause, Edit, Part, Span, Tier


def apply(original: str, edits: Iterable[Edit | Span]) -> str:
    """The text with `edits` made: sorted and disjoint, in coordinates of `original`.

    Raises:
        ValueError: the edits are out of order, overlap, or reach beyond the text.
    """
    pieces: list[str] = []
    last = 0
    for edit in edits:
        if not last <= edit.start <= edit.end <= len(original):
            raise ValueError(f"the edit at {edit.start} overlaps, is out of order or out of range")
        pieces += (original[last : edit.start], edit.after)
        last = edit.end
    pieces.append(original[last:])
    return "".join(pieces)


def rewrite(text: str, start: int, end: int, spans: Iterable[Span]) -> str:
    """What `spans`, known to be sorted and disjoint, make of ``text[start:end]``."""
    pieces: list[str] = []
    for low, high, after, _, _ in spans:
        pieces.append(text[start:low])
        pieces.append(after)
        start = high
    pieces.append(text[start:end])
    return "".join(pieces)


def revert(text: str, edits: Iterable[Edit]) -> str:
    """The original that `edits`, sorted and disjoint, turned into `text`.

    Raises:
        ValueError: `text` does not hold at some edit's place what the edit put there.
    """
    pieces: list[str] = []
    last = 0  # in text
    shift = 0  # text offset minus original offset
    for edit in edits:
        at = edit.start + shift
        if at < last or text[at : at + len(edit.after)] != edit.after:
            raise ValueError(f"the text was altered since: no {edit.after!r} at offset {at}")
        pieces += (text[last:at], edit.before)
        last = at + len(edit.after)
        shift += len(edit.after) - len(edit.before)
    pieces.append(text[last:])
    return "".join(pieces)


def shift_spans(
    places: Sequence[tuple[int, int]], edits: Sequence[Span]
) -> list[tuple[int, int]]:
    """Where spans that no edit touches stand after the edits; both sorted and disjoint."""
    moved: list[tuple[int, int]] = []
    delta = 0
    at = 0
    for start, end in places:
        while at < len(edits) and edits[at].end <= start:
            delta += len(edits[at].after) - (edits[at].end - edits[at].start)
            at += 1
        moved.append((start + delta, end + delta))
    return moved


def project(earlier: Sequence[Span], current: str, places: Sequence[Span]) -> list[Span]:
    """Proposals about `current`, each written against the original that `earlier` led away from.

    A proposal that overlaps earlier edits grows to hold them whole: it says what would stand in
    place of the original characters. One that changes nothing keeps changing nothing beyond them.

    Args:
        earlier: edits from the original to `current`; sorted, disjoint.
        places: proposals in coordinates of `current`, in any order, which may overlap.
    """
    if not earlier:
        return list(places)
    starts: list[int] = []
    ends: list[int] = []
    delta = 0
    for edit in earlier:
        starts.append(edit.start + delta)
        ends.append(edit.start + delta + len(edit.after))
        delta += len(edit.after) - (edit.end - edit.start)
    projected: list[Span] = []
    for start, end, after, cause, group in places:
        first = bisect_right(ends, start)
        last = bisect_left(starts, max(end, start + 1))
        low, high = start, end
        if first < last:
            low, high = min(start, starts[first]), max(end, ends[last - 1])
        origin = low if not first else earlier[first - 1].end + low - ends[first - 1]
        finish = high if not last else earlier[last - 1].end + high - ends[last - 1]
        whole = current[low:start] + after + current[end:high]
        projected.append(Span(origin, finish, whole, cause, group))
    return projected


def compose(
    original: str,
    earlier: Sequence[Span],
    current: str,
    later: Sequence[Span],
    unions: list[tuple[int, ...]] | None = None,
) -> list[Span]:
    """Edits from `original` to what `later` makes of `current`, in original coordinates.

    Args:
        original: the text before everything.
        earlier: edits that lead from `original` to `current`; sorted, disjoint.
        current: the text that `later` is made on.
        later: edits in coordinates of `current`; sorted, disjoint, at most one to an offset.
        unions: takes up the numbers of groups that became one because members of theirs fused.

    Returns:
        Sorted, disjoint spans of which no two begin at the same offset. Spans that together
        change nothing are left out.
    """
    if not earlier:
        return list(later)
    composed: list[Span] = []
    old = 0
    new = 0
    delta = 0  # current offset minus original offset, behind all earlier edits passed so far
    count = len(earlier)
    while new < len(later):
        start, end, after, cause, group = later[new]
        while old < count:
            edit = earlier[old]
            edit_end = edit.start + delta + len(edit.after)
            if edit_end < start or (edit_end == start and edit.start != edit.end):
                composed.append(edit)
                delta += len(edit.after) - (edit.end - edit.start)
                old += 1
            else:
                break
        if old == count or not _touch(earlier[old], delta, start, end, start - delta):
            composed.append(Span(start - delta, end - delta, after, cause, group))
            new += 1
            continue
        # A cluster: everything connected by touching becomes one span [low, high) of current.
        low = min(start, earlier[old].start + delta)
        origin = min(start - delta, earlier[old].start)
        high = low
        olds: list[Span] = []
        news: list[Span] = []
        while True:
            if new < len(later) and (
                later[new].start < high
                or not news
                or (later[new].start == high and high - delta == origin)
            ):
                news.append(later[new])
                high = max(high, later[new].end)
                new += 1
            elif old < count and (
                not olds or _touch(earlier[old], delta, low, high, origin)
            ):
                edit = earlier[old]
                olds.append(edit)
                high = max(high, edit.start + delta + len(edit.after))
                delta += len(edit.after) - (edit.end - edit.start)
                old += 1
            else:
                break
        groups = [span.group for span in (*olds, *news) if span.group is not None]
        if unions is not None and len(set(groups)) > 1:
            unions.append(tuple(groups))
        fused = _fuse(current, low, high, olds, news, original, origin)
        end = high - delta
        if fused.after != original[origin:end]:
            composed.append(fused._replace(end=end, group=min(groups, default=None)))
    composed.extend(earlier[old:])
    return composed


def _touch(edit: Span, delta: int, start: int, end: int, origin: int) -> bool:
    """Whether an earlier edit and the current span [start, end) change the same characters.

    `origin` is the original offset at which the span begins: two edits that begin at one offset
    count as touching, since at most one edit starts anywhere.
    """
    edit_start = edit.start + delta
    edit_end = edit_start + len(edit.after)
    if edit_start < end and edit_end > start:
        return True
    if edit_start == edit_end:  # a deletion: touched only by what reaches over it
        return start < edit_start < end
    if edit.start == edit.end and edit_end == start:  # an insertion that the span follows
        return True
    return edit.start == origin


def _fuse(
    current: str,
    low: int,
    high: int,
    olds: list[Span],
    news: list[Span],
    original: str,
    origin: int,
) -> Span:
    """One span for what `news` make of ``current[low:high]``, which `olds` had part in."""
    after = rewrite(current, low, high, news)
    parts: list[Part] = []
    for span in olds:
        parts += span.cause.parts or (_part(original[span.start : span.end], span),)
    parts += (_part(current[span.start : span.end], span) for span in news)
    final = news[-1].cause
    cause = Cause(
        final.rule,
        Tier.lowest(*(part.tier for part in parts)),
        min(part.confidence for part in parts),
        final.evidence,
        tuple(parts),
    )
    return Span(origin, origin, after, cause)


def _part(before: str, span: Span) -> Part:
    rule, tier, confidence, evidence, _ = span.cause
    return Part(before, span.after, rule, tier, confidence, evidence)
