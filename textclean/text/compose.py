"""Applying edits, undoing them, and composing those of one stage with those of the stages before.

All of it is arithmetic on sorted, disjoint spans. A stage sees the text that the last one left, so
its spans are in *current* coordinates; `compose` leads them back to the *original*. Spans that
touch the same original characters fuse into one, which keeps what each of them did as its parts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import itemgetter

from textclean.text.edit import Cause, Edit, Part, Span, Tier

_END = itemgetter(1)


def apply(original: str, edits: Iterable[Edit]) -> str:
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


def rewrite(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """What `spans`, known to be sorted and disjoint, make of ``text[start:end]``."""
    starts = [span[0] for span in spans]
    ends = [span[1] for span in spans]
    pieces = [""] * (2 * len(spans) + 1)
    pieces[0::2] = [
        text[low:high] for low, high in zip((start, *ends), (*starts, end), strict=True)
    ]
    pieces[1::2] = [span[2] for span in spans]
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


def shift_spans(places: Sequence[tuple[int, int]], edits: Sequence[Span]) -> list[tuple[int, int]]:
    """Where spans that no edit touches stand after the edits; both sorted and disjoint."""
    moved: list[tuple[int, int]] = []
    delta = 0
    at = 0
    for start, end in places:
        while at < len(edits) and edits[at][1] <= start:
            low, high, after, _, _ = edits[at]
            delta += len(after) - (high - low)
            at += 1
        moved.append((start + delta, end + delta))
    return moved


def project(earlier: Sequence[Span], current: str, places: Sequence[Span]) -> list[Span]:
    """Proposals about `current`, each written against the original that `earlier` led away from.

    A proposal that overlaps earlier edits grows to hold them whole: it says what would stand in
    place of the original characters.

    Args:
        earlier: edits from the original to `current`; sorted, disjoint.
        places: proposals in coordinates of `current`, in any order, which may overlap.
    """
    if not earlier:
        return list(places)
    starts: list[int] = []
    ends: list[int] = []
    delta = 0
    for low, high, after, _, _ in earlier:
        starts.append(low + delta)
        ends.append(low + delta + len(after))
        delta += len(after) - (high - low)
    projected: list[Span] = []
    for start, end, after, cause, group in places:
        first = bisect_right(ends, start)
        last = bisect_left(starts, max(end, start + 1))
        low, high = start, end
        if first < last:
            low, high = min(start, starts[first]), max(end, ends[last - 1])
        origin = low if not first else earlier[first - 1][1] + low - ends[first - 1]
        finish = high if not last else earlier[last - 1][1] + high - ends[last - 1]
        whole = current[low:start] + after + current[end:high]
        projected.append((origin, finish, whole, cause, group))
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
    # How far current offsets lie ahead of original ones before each earlier edit, and where each
    # ends in current: runs of edits that touch nothing are then taken over whole.
    shifts = list(accumulate([len(a) - e + s for s, e, a, _, _ in earlier], initial=0))
    current_ends = [edit[1] + shift for edit, shift in zip(earlier, shifts[1:], strict=True)]
    old = new = 0
    olds, news = len(earlier), len(later)
    while new < news:
        start, end, after, cause, group = later[new]
        ahead = bisect_left(current_ends, start, old)
        composed += earlier[old:ahead]
        old = ahead
        while old < olds and current_ends[old] == start and earlier[old][0] != earlier[old][1]:
            composed.append(earlier[old])
            old += 1
        delta = shifts[old]
        first_touching = news if old == olds else earlier[old][0] + delta
        if old == olds or end < first_touching:
            ahead = news if old == olds else bisect_left(later, first_touching, new, key=_END)
            ahead = max(ahead, new + 1)
            if delta:
                composed += [(s - delta, e - delta, a, c, g) for s, e, a, c, g in later[new:ahead]]
            else:
                composed += later[new:ahead]
            new = ahead
            continue
        if not _touch(earlier[old], delta, start, end, start - delta):
            composed.append((start - delta, end - delta, after, cause, group))
            new += 1
            continue
        # A cluster: everything connected by touching becomes one span, current[low:high).
        first_old, first_new = old, new
        high = low = min(start, earlier[old][0] + delta)
        origin = min(start - delta, earlier[old][0])
        while True:
            if new < news and (
                new == first_new
                or later[new][0] < high
                or (later[new][0] == high and high - delta == origin)
            ):
                high = max(high, later[new][1])
                new += 1
            elif old < olds and (
                old == first_old or _touch(earlier[old], delta, low, high, origin)
            ):
                edit_start, edit_end, replaced, _, _ = earlier[old]
                high = max(high, edit_start + delta + len(replaced))
                delta += len(replaced) - (edit_end - edit_start)
                old += 1
            else:
                break
        members = earlier[first_old:old], later[first_new:new]
        fused = rewrite(current, low, high, members[1])
        if fused != original[origin : high - delta]:
            groups = [span[4] for spans in members for span in spans if span[4] is not None]
            if unions is not None and len(set(groups)) > 1:
                unions.append(tuple(groups))
            why = _causes(original, members[0], current, members[1])
            composed.append((origin, high - delta, fused, why, min(groups, default=None)))
    composed.extend(earlier[old:])
    return composed


def _touch(edit: Span, delta: int, start: int, end: int, origin: int) -> bool:
    """Whether an earlier edit and the current span [start, end) change the same characters.

    `origin` is the original offset at which the span begins: two edits that begin at one offset
    count as touching, since at most one edit starts anywhere.
    """
    edit_start = edit[0] + delta
    edit_end = edit_start + len(edit[2])
    if edit_start < end and edit_end > start:
        return True
    if edit_start == edit_end:  # a deletion: touched only by what reaches over it
        return start < edit_start < end
    if edit[0] == edit[1] and edit_end == start:  # an insertion that the span follows
        return True
    return edit[0] == origin


def _causes(original: str, olds: Sequence[Span], current: str, news: Sequence[Span]) -> Cause:
    """The last stage's cause, at the lowest tier and confidence, with all that fused as parts."""
    parts: list[Part] = []
    for span in olds:
        parts += span[3].parts or (_part(original, span),)
    parts += (_part(current, span) for span in news)
    final = news[-1][3]
    tier = Tier.lowest(*(part.tier for part in parts))
    confidence = min(part.confidence for part in parts)
    return Cause(final.rule, tier, confidence, final.evidence, tuple(parts))


def _part(text: str, span: Span) -> Part:
    start, end, after, (rule, tier, confidence, evidence, _), _ = span
    return Part(text[start:end], after, rule, tier, confidence, evidence)
