"""Where a line of print may have ended: the best chain of slots that lie a column's width apart.

A paragraph that was printed W columns wide left a space at every line's end, so its slots hold a
chain whose steps are W, give or take what a line could not be broken at (GB/T 15834-2011 §5.1.3:
no closing mark begins a line, no opening one ends it). The width is guessed from the distances
between slots; then dynamic programming finds the best chain through every node. Nodes are slots
and, as a line may also end behind a printed mark without leaving a space, the places behind marks.

Integers only: `textclean.punctuation.arrays.line_grid` finds the same numbers in arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress

#: Widths that are looked for, in columns (a Chinese character takes two).
NARROWEST, WIDEST = 24, 66
#: A paragraph with more nodes than this is not looked at: no printed one has so many.
MOST_NODES = 4096
#: Distances that are counted, from 0.
HISTOGRAM = 70
#: Widths that are tried of a paragraph.
TRIED = 3
#: A code's parts: 1 + gap + 10 * regularity, and this many times the number of lines (0 to 3).
PER_LINE_COUNT = 140


def chain_codes(columns: Sequence[int], is_slot: Sequence[int], total: int) -> list[int]:
    """How well each node that is a slot stands on the best chain of its paragraph.

    Args:
        columns: of each node its distance from the paragraph's start in columns, ascending.
        is_slot: of each node 1 if it is a slot, 0 if it is a place behind a mark.
        total: the paragraph's length in columns.

    Returns:
        Of each node 0 where it is no slot or there is no chain, else
        ``1 + gap + 10 * regularity + 140 * lines``: how much worse the best chain through this
        slot is than the best one (0 to 9), how good that one is for a paragraph of so many
            lines (12 and more: every line ends at a slot), and how many lines there are (1 to 3).
    """
    slots = list(compress(columns, is_slot))
    codes = [0] * len(columns)
    if len(slots) < 2 or len(columns) >= MOST_NODES:
        return codes
    width = best = 0
    forward: list[int] = []
    for tried in _likeliest_widths(slots):
        # What a chain is worth that begins with a node, by how far that is from a first line's end.
        begun = [max(0, 3 - min(abs(at - tried), abs(at - tried + 4))) for at in columns]
        worth = _chains(columns, is_slot, tried, begun)
        value = max(worth)
        if not width or (
            value * 64 // max(total // tried, 2) > best * 64 // max(total // width, 2)
        ):
            width, best, forward = tried, value, worth
    if not width:
        return codes
    mirrored = [-at for at in reversed(columns)]
    backward = _chains(mirrored, is_slot[::-1], width, codes)[::-1]
    lines = max(total // width, 1)
    of_paragraph = 1 + 10 * min(best * 2 // lines, 13) + PER_LINE_COUNT * min(lines, 3)
    return [
        of_paragraph + min(max(best - before - behind + 4, 0), 9) if slot else 0
        for before, behind, slot in zip(forward, backward, is_slot, strict=True)
    ]


def _likeliest_widths(slots: Sequence[int]) -> Iterator[int]:
    """The widths that most distances speak for: those between slots, and of slots from the start,
    with and without an indent of 4.
    """
    counts = [0] * HISTOGRAM
    first = 0
    for number, here in enumerate(slots):
        while here - slots[first] >= WIDEST:
            first += 1
        for before in slots[first:number]:
            if here - before < NARROWEST:
                break
            counts[here - before] += 1
        if 20 <= here < WIDEST:
            counts[here] += 1
            counts[min(here + 4, HISTOGRAM - 1)] += 1
    votes = {
        width: counts[width - 1] + 2 * counts[width] + counts[width + 1]
        for width in range(NARROWEST, WIDEST)
    }
    for _ in range(TRIED):
        likeliest = max(votes, key=votes.__getitem__)
        if not votes[likeliest]:
            return
        yield likeliest
        votes = {width: count for width, count in votes.items() if abs(width - likeliest) > 1}


def _chains(
    columns: Sequence[int], is_slot: Sequence[int], width: int, begun: Sequence[int]
) -> list[int]:
    """What the best chain is worth that ends with each node.

    A step is a width or two long, give or take a few.

    Args:
        begun: what a chain is worth that begins with each node.
    """
    worth: list[int] = []
    one = two = 0
    for index, here in enumerate(columns):
        best = begun[index]
        while here - columns[one] > width + 4:
            one += 1
        step = one
        while step < index and (missed := here - columns[step] - width) >= -4:
            reached = worth[step] + (2 if -2 <= missed <= 2 else 2 - abs(missed))
            if reached > best:
                best = reached
            step += 1
        while here - columns[two] > 2 * width + 5:
            two += 1
        step = two
        while step < index and (missed := here - columns[step] - 2 * width) >= -5:
            reached = worth[step] - 4 - abs(missed)
            if reached > best:
                best = reached
            step += 1
        worth.append(best + 4 * is_slot[index])
    return worth
