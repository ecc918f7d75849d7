"""Two readings of one page aligned character by character, also where blocks stand elsewhere.

What both have once, and only once, anchors the alignment: the heaviest chain of such matches in
order is kept, and again between them with shorter matches. Gaps are aligned by edit distance where
they are alike; where they are not, one reading has what the other has not, and neither says
anything of it. What no chain took up is chained once more by itself, so that a column or a note
that stands elsewhere is found there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

#: Characters of a match that anchors, from the surest; so few only where a gap has no more cells.
_ANCHORS = (12, 6, 4, 3)
_FEW = 3
_FEW_CELLS = 4_000
#: Of a block that stands elsewhere.
_MOVED = (8, 5)
_MOST_CHAINS = 4
#: Characters that one reading may have more than the other inside a stretch; more is a lost line,
#: or one that stands elsewhere.
MOST_EXTRA = 4
#: The share of the shorter side of a gap that both must have, unless it is so short.
_ALIKE = 0.4
_SHORT = 3
#: Cells of a gap that is aligned at once; a larger one is none.
_MOST_CELLS = 4_000_000


class Match(NamedTuple):
    """``base[start:end]`` and ``other[low:high]``: equal, or one in place of the other."""

    start: int
    end: int
    low: int
    high: int


#: Matches that follow each other without a gap in both.
Stretch = list[Match]


def align(base: str, other: str) -> list[Stretch]:
    """The stretches of two folded readings that show the same, in order of `base`.

    No character of either is in two stretches.
    """
    stretches = _chain(base, other, _ANCHORS)
    for _ in range(_MOST_CHAINS):
        mine = _left_over(len(base), [(s[0].start, s[-1].end) for s in stretches])
        theirs = _left_over(len(other), [(s[0].low, s[-1].high) for s in stretches])
        moved = _between(base, mine, other, theirs)
        if not moved:
            break
        stretches += moved
        stretches.sort(key=lambda stretch: stretch[0].start)
    return stretches


def _left_over(length: int, taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of at least an anchor's length that are in no stretch."""
    left: list[tuple[int, int]] = []
    last = 0
    for start, end in (*sorted(taken), (length, length)):
        if start - last >= _MOVED[-1]:
            left.append((last, start))
        last = max(last, end)
    return left


def _between(
    base: str, mine: Sequence[tuple[int, int]], other: str, theirs: Sequence[tuple[int, int]]
) -> list[Stretch]:
    """The heaviest chain of what is left of both, in their coordinates."""
    if not mine or not theirs:
        return []
    # A character that no reading has keeps matches from reaching over from run to run.
    one, places = _joined(base, mine, "\ud800")
    two, there = _joined(other, theirs, "\ud801")
    found: list[Stretch] = []
    for stretch in _chain(one, two, _MOVED):
        parts: Stretch = []
        for match in stretch:
            start, low = places[match.start], there[match.low]
            if parts and (start != parts[-1].end or low != parts[-1].high):
                found.append(parts)
                parts = []
            parts.append(
                Match(start, start + match.end - match.start, low, low + match.high - match.low)
            )
        found.append(parts)
    return [stretch for stretch in found if _equal(base, other, stretch) >= _MOVED[-1]]


def _joined(text: str, runs: Sequence[tuple[int, int]], mark: str) -> tuple[str, list[int]]:
    places: list[int] = []
    for start, end in runs:
        places += range(start, end + 1)
    return mark.join(text[start:end] for start, end in runs) + mark, places


def _equal(base: str, other: str, stretch: Stretch) -> int:
    return sum(m.end - m.start for m in stretch if base[m.start : m.end] == other[m.low : m.high])


def _chain(base: str, other: str, sizes: Sequence[int]) -> list[Stretch]:
    """The heaviest chain of anchors, the gaps between them aligned where they are alike."""
    anchors = _anchored(base, other, Match(0, len(base), 0, len(other)), sizes)
    if not anchors:
        whole = _gap(base, other, Match(0, len(base), 0, len(other)))
        return [whole] if whole and sizes is _ANCHORS else []
    stretches: list[Stretch] = []
    first, last = anchors[0], anchors[-1]
    # Whole texts also agree on where they begin and end.
    are_whole = sizes is _ANCHORS
    before_all = Match(0, first.start, 0, first.low)
    head = _gap(base, other, before_all) if are_whole else None
    stretches.append([*(_head(base, other, before_all) if head is None else head), first])
    for before, anchor in pairwise(anchors):
        gap = Match(before.end, anchor.start, before.high, anchor.low)
        filled = _gap(base, other, gap)
        if filled is None:
            behind, ahead = _tail(base, other, gap)
            stretches[-1] += behind
            stretches.append([*ahead, anchor])
        else:
            stretches[-1] += [*filled, anchor]
    behind_all = Match(last.end, len(base), last.high, len(other))
    tail = _gap(base, other, behind_all) if are_whole else None
    stretches[-1] += _tail(base, other, behind_all)[0] if tail is None else tail
    return stretches


def _anchored(base: str, other: str, gap: Match, sizes: Sequence[int]) -> list[Match]:
    """Equal matches in a gap, in order in both, with shorter ones between the longer."""
    mine, theirs = gap.end - gap.start, gap.high - gap.low
    if not sizes or min(mine, theirs) < sizes[-1]:
        return []
    if sizes[0] <= _FEW and mine * theirs > _FEW_CELLS:
        return []
    chain = _heaviest(_unique(base, other, gap, sizes[0]))
    if not chain:
        return _anchored(base, other, gap, sizes[1:])
    found: list[Match] = []
    end, high = gap.start, gap.low
    for match in (*chain, Match(gap.end, gap.end, gap.high, gap.high)):
        found += _anchored(base, other, Match(end, match.start, high, match.low), sizes[1:])
        if match.start < match.end:
            found.append(match)
        end, high = match.end, match.high
    return found


def _unique(base: str, other: str, gap: Match, size: int) -> list[Match]:
    """The longest matches around runs of `size` that each side of a gap has once."""
    mine = _once(base, gap.start, gap.end, size)
    theirs = _once(other, gap.low, gap.high, size)
    matches: list[Match] = []
    ends: dict[int, int] = {}  # by diagonal: where the last match on it ends
    for run, at in mine.items():
        there = theirs.get(run)
        if there is None or at < ends.get(at - there, -1):
            continue
        start, low, end, high = at, there, at + size, there + size
        while start > gap.start and low > gap.low and base[start - 1] == other[low - 1]:
            start, low = start - 1, low - 1
        while end < gap.end and high < gap.high and base[end] == other[high]:
            end, high = end + 1, high + 1
        ends[at - there] = end
        matches.append(Match(start, end, low, high))
    return sorted(matches)


def _once(text: str, start: int, end: int, size: int) -> dict[str, int]:
    places: dict[str, int] = {}
    for at in range(start, end - size + 1):
        run = text[at : at + size]
        places[run] = -1 if run in places else at
    return {run: at for run, at in places.items() if at >= 0}


def _heaviest(matches: Sequence[Match]) -> list[Match]:
    """The chain in order in both texts that has the most characters; overlaps are cut."""
    if not matches:
        return []
    # Best weights by where a chain ends in the other text, as rising rows: a heavier chain that
    # ends earlier makes those behind it useless.
    lows: list[int] = []
    best: list[tuple[int, int]] = []
    before = [-1] * len(matches)
    for number, match in enumerate(matches):
        at = bisect_left(lows, match.low)
        weight = match.end - match.start
        if at:
            weight += best[at - 1][0]
            before[number] = best[at - 1][1]
        if at and best[at - 1][0] >= weight:
            continue
        end = at
        while end < len(lows) and best[end][0] <= weight:
            end += 1
        if at < len(lows) and lows[at] == match.low and best[at][0] > weight:
            continue
        lows[at:end] = [match.low]
        best[at:end] = [(weight, number)]
    chain: list[Match] = []
    number = best[-1][1]
    while number >= 0:
        chain.append(matches[number])
        number = before[number]
    return list(_cut(reversed(chain)))


def _cut(chain: Iterable[Match]) -> Iterator[Match]:
    end = high = -1
    for match in chain:
        over = max(end - match.start, high - match.low, 0)
        if over < match.end - match.start:
            yield Match(match.start + over, match.end, match.low + over, match.high)
            end, high = match.end, match.high


def _gap(base: str, other: str, gap: Match) -> Stretch | None:
    """A gap aligned; None where its two sides are not the same text."""
    start, end, low, high = gap
    mine, theirs = end - start, high - low
    if abs(mine - theirs) > MOST_EXTRA + min(mine, theirs) // 4:
        return None
    if not mine or not theirs:
        return [gap] if mine or theirs else []
    if mine * theirs > _MOST_CELLS:
        return None
    filled = list(_aligned(base, other, gap))
    if max(mine, theirs) > _SHORT and _equal(base, other, filled) < _ALIKE * min(mine, theirs):
        return None
    longest = max((abs(m.end - m.start - m.high + m.low) for m in filled), default=0)
    return None if longest > MOST_EXTRA else filled


def _aligned(base: str, other: str, gap: Match) -> Iterator[Match]:
    from rapidfuzz.distance import Levenshtein

    start, end, low, high = gap
    for part in Levenshtein.opcodes(base[start:end], other[low:high]):
        yield Match(
            start + part.src_start,
            start + part.src_end,
            low + part.dest_start,
            low + part.dest_end,
        )


def _head(base: str, other: str, gap: Match) -> Stretch:
    """What of a gap still belongs to the stretch behind it."""
    size = min(gap.end - gap.start, gap.high - gap.low)
    if not size:
        return []
    near = Match(gap.end - size, gap.end, gap.high - size, gap.high)
    aligned = list(_aligned(base, other, near)) if size * size <= _MOST_CELLS else []
    return _alike(base, other, aligned[::-1])[::-1]


def _tail(base: str, other: str, gap: Match) -> tuple[Stretch, Stretch]:
    """What of a gap still belongs to the stretch before it, and to the one behind it."""
    size = min(gap.end - gap.start, gap.high - gap.low)
    if not size:
        return [], []
    near = Match(gap.start, gap.start + size, gap.low, gap.low + size)
    aligned = list(_aligned(base, other, near)) if size * size <= _MOST_CELLS else []
    tail = _alike(base, other, aligned)
    end = tail[-1].end if tail else gap.start
    high = tail[-1].high if tail else gap.low
    return tail, _head(base, other, Match(end, gap.end, high, gap.high))


def _alike(base: str, other: str, matches: Stretch) -> Stretch:
    """The matches up to the last equal one before which most characters agree."""
    agreeing = total = kept = 0
    for number, match in enumerate(matches):
        size = max(match.end - match.start, match.high - match.low)
        is_equal = base[match.start : match.end] == other[match.low : match.high]
        if not is_equal and size > MOST_EXTRA:
            break
        total += size
        if is_equal:
            agreeing += size
            if agreeing >= 2 and 10 * agreeing >= 6 * total:
                kept = number + 1
    return matches[:kept]
