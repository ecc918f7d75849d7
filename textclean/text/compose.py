"""Applying edits, undoing them, and composing those of one stage with those of the stages before.

All of it is arithmetic on sorted, disjoint spans. A stage sees the text that the last one left, so
its spans are in *current* coordinates; `compose` leads them back to the *original*, in one sweep
over both sorted lists. Spans that touch the same original characters fuse into one, which keeps
what each of them did as its parts. Spans that merely adjoin stay apart, unless both would begin at
one offset.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, islice
from operator import add, itemgetter, sub

from textclean.text.columns import EditColumns
from textclean.text.edit import Cause, Edit, Part, Span, Tier


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
    columns = EditColumns.of(spans)
    pieces = [""] * (2 * len(columns) + 1)
    pieces[0::2] = [
        text[low:high]
        for low, high in zip((start, *columns.ends), (*columns.starts, end), strict=True)
    ]
    pieces[1::2] = columns.afters
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
    columns = EditColumns.of(edits)
    shifts = _shifts(columns)
    return [
        (start + delta, end + delta)
        for start, end in places
        for delta in (shifts[bisect_right(columns.ends, start)],)
    ]


def is_within(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether an offset lies in one of several spans, which are sorted and disjoint."""
    place = bisect_right(spans, at, key=itemgetter(0)) - 1
    return place >= 0 and at < spans[place][1]


def _shifts(spans: EditColumns) -> list[int]:
    """How far the text ahead of each span, and behind the last, is moved by those before it."""
    grown = map(sub, map(len, spans.afters), map(sub, spans.ends, spans.starts))
    return list(accumulate(grown, initial=0))


def project(earlier: Sequence[Span], current: str, places: Sequence[Span]) -> list[Span]:
    """Proposals about `current`, each written against the original that `earlier` led away from.

    A proposal that overlaps earlier edits grows to hold them whole: it says what would stand in
    place of the original characters.

    Args:
        earlier: edits from the original to `current`; sorted, disjoint.
        places: proposals in coordinates of `current`, in any order, which may overlap.
    """
    if not earlier or not places:
        return list(places)
    columns = EditColumns.of(earlier)
    shifts = _shifts(columns)
    starts = list(map(add, columns.starts, shifts))
    ends = list(map(add, columns.ends, islice(shifts, 1, None)))
    projected: list[Span] = []
    for start, end, after, cause, group in places:
        first = bisect_right(ends, start)
        last = bisect_left(starts, max(end, start + 1))
        low, high = start, end
        if first < last:
            low, high = min(start, starts[first]), max(end, ends[last - 1])
        whole = current[low:start] + after + current[end:high]
        projected.append((low - shifts[first], high - shifts[last], whole, cause, group))
    return projected


def compose(
    original: str,
    earlier: Sequence[Span],
    current: str,
    later: Sequence[Span],
    unions: list[tuple[int, ...]] | None = None,
) -> EditColumns:
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
        return EditColumns.of(later)
    earlier, later = EditColumns.of(earlier), EditColumns.of(later)
    olds, news = len(earlier), len(later)
    # The result is put together from the earlier spans, the later ones and what fused, in that
    # order: runs of spans that touch nothing are taken over whole.
    order: list[range] = []
    fused = EditColumns()
    # The later spans' places in the original, where they touch nothing.
    origins, finishes = later.starts.copy(), later.ends.copy()
    # How far current offsets lie ahead of original ones before each earlier edit, and where each
    # ends in current.
    shifts = _shifts(earlier)
    current_ends = list(map(add, earlier.ends, islice(shifts, 1, None)))
    old = new = 0
    while new < news:
        start, end = later.starts[new], later.ends[new]
        ahead = bisect_left(current_ends, start, old)
        while (
            ahead < olds
            and current_ends[ahead] == start
            and earlier.starts[ahead] != earlier.ends[ahead]
        ):
            ahead += 1
        order.append(range(old, ahead))
        old = ahead
        delta = shifts[old]
        first_touching = len(current) + 1 if old == olds else earlier.starts[old] + delta
        if end < first_touching:
            ahead = max(bisect_left(later.ends, first_touching, new), new + 1)
        elif _touch(earlier[old], delta, start, end, start - delta):
            ahead = new
        else:
            ahead = new + 1
        if ahead > new:
            if delta:
                origins[new:ahead] = [at - delta for at in origins[new:ahead]]
                finishes[new:ahead] = [at - delta for at in finishes[new:ahead]]
            order.append(range(olds + new, olds + ahead))
            new = ahead
            continue
        # A cluster: everything connected by touching becomes one span, current[low:high).
        first_old, first_new = old, new
        high = low = min(start, earlier.starts[old] + delta)
        origin = min(start - delta, earlier.starts[old])
        while True:
            if new < news and (
                new == first_new
                or later.starts[new] < high
                or (later.starts[new] == high and high - delta == origin)
            ):
                high = max(high, later.ends[new])
                new += 1
            elif old < olds and (
                old == first_old or _touch(earlier[old], delta, low, high, origin)
            ):
                old += 1
                high = max(high, current_ends[old - 1])
                delta = shifts[old]
            else:
                break
        members = earlier[first_old:old], later[first_new:new]
        after = rewrite(current, low, high, members[1])
        if after != original[origin : high - delta]:
            groups = [group for spans in members for group in spans.groups if group is not None]
            if unions is not None and len(set(groups)) > 1:
                unions.append(tuple(groups))
            why = _causes(original, members[0], current, members[1])
            place = olds + news + len(fused)
            order.append(range(place, place + 1))
            fused.add(origin, high - delta, after, why, min(groups, default=None))
    order.append(range(old, olds))
    moved = EditColumns.of_columns(origins, finishes, later.afters, later.causes, later.groups)
    return (earlier + moved + fused).take_runs(order)


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
