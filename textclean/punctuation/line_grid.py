"""Where a line of print may have ended: the best chain of slots that lie a column's width apart.

A paragraph that was printed W columns wide left a space at every line's end, so its slots hold a
chain whose steps are W, give or take what a line could not be broken at (GB/T 15834-2011 §5.1.3:
no closing mark begins a line, no opening one ends it). The width is guessed from the distances
between slots; then dynamic programming finds the best chain through every node. Nodes are slots
and, as a line may also end behind a printed mark without leaving a space, the places behind marks.

Integers only. One source for both uses: called with lists at inference, compiled by numba and
called with arrays in training.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence

Integers = Sequence[int]
Buffer = MutableSequence[int]

#: Widths that are looked for, in columns (a Chinese character takes two).
NARROWEST, WIDEST = 24, 66
#: A paragraph with more nodes than this is not looked at: no printed one has so many.
MOST_NODES = 4096
#: Integers of scratch that `chain_codes` needs for its histogram, and at least in other buffers.
HISTOGRAM = 70
#: A code's parts: 1 + gap + 10 * regularity, and this many times the number of lines (0 to 3).
PER_LINE_COUNT = 140


def chain_codes(
    bounds: Integers, columns: Integers, is_slot: Integers, totals: Integers,
    forward: Buffer, spare: Buffer, backward: Buffer, histogram: Buffer, codes: Buffer,
) -> None:  # fmt: skip
    """How well each slot stands on the best chain of its paragraph.

    Args:
        bounds: n + 1 offsets: paragraph i has the nodes ``bounds[i]`` to ``bounds[i + 1]``.
        columns: of each node its distance from the paragraph's start in columns, ascending.
        is_slot: of each node 1 if it is a slot, 0 if it is a place behind a mark.
        totals: of each paragraph its length in columns.
        forward, spare, backward: scratch, an integer for each node of the largest paragraph.
        histogram: scratch of `HISTOGRAM` integers.
        codes: of each node, written: 0 where there is no chain, else
            ``1 + gap + 10 * regularity + 140 * lines``: how much worse the best chain through this
            slot is than the best one (0 to 9), how good that one is for a paragraph of so many
            lines (12 and more: every line ends at a slot), and how many lines there are (1 to 3).
    """
    for paragraph in range(len(bounds) - 1):
        low = bounds[paragraph]
        size = bounds[paragraph + 1] - low
        slots = 0
        for node in range(low, low + size):
            codes[node] = 0
            slots += is_slot[node]
        if slots < 2 or size >= MOST_NODES:
            continue
        # Distances between slots, and of slots from the start, with and without an indent of 4.
        for distance in range(HISTOGRAM):
            histogram[distance] = 0
        first = low
        for node in range(low, low + size):
            if not is_slot[node]:
                continue
            here = columns[node]
            while here - columns[first] >= WIDEST:
                first += 1
            for before in range(first, node):
                distance = here - columns[before]
                if distance < NARROWEST:
                    break
                histogram[distance] += is_slot[before]
            if 20 <= here < WIDEST:
                histogram[here] += 1
                histogram[min(here + 4, HISTOGRAM - 1)] += 1
        # The three widths that most distances speak for, the best chain of each.
        candidates = 0
        for distance in range(NARROWEST, WIDEST):
            if histogram[distance] or histogram[distance - 1] or histogram[distance + 1]:
                backward[candidates] = distance
                candidates += 1
        width = best = 0
        total = totals[paragraph]
        taken_one = taken_two = -9
        for _ in range(3):
            tried = -1
            most = 0
            for candidate in range(candidates):
                distance = backward[candidate]
                votes = histogram[distance - 1] + 2 * histogram[distance] + histogram[distance + 1]
                if votes > most and abs(distance - taken_one) > 1 and abs(distance - taken_two) > 1:
                    most = votes
                    tried = distance
            if tried < 0:
                break
            taken_one, taken_two = tried, taken_one
            value = 0
            one = two = 0
            for index in range(size):
                here = columns[low + index]
                score = 0
                off = min(abs(here - tried), abs(here - tried + 4))
                if off <= 3:
                    score = 3 - off
                while here - columns[low + one] > tried + 4:
                    one += 1
                step = one
                while step < index and here - columns[low + step] >= tried - 4:
                    off = abs(here - columns[low + step] - tried)
                    reached = spare[step] + 2 - off
                    if off <= 2:
                        reached = spare[step] + 2
                    if reached > score:
                        score = reached
                    step += 1
                while here - columns[low + two] > 2 * tried + 5:
                    two += 1
                step = two
                while step < index and here - columns[low + step] >= 2 * tried - 5:
                    reached = spare[step] - 4 - abs(here - columns[low + step] - 2 * tried)
                    if reached > score:
                        score = reached
                    step += 1
                spare[index] = score + 4 * is_slot[low + index]
                if spare[index] > value:
                    value = spare[index]
            if width == 0 or value * 64 // max(total // tried, 2) > best * 64 // max(
                total // width, 2
            ):
                width = tried
                best = value
                forward, spare = spare, forward
        if width == 0:
            continue
        one = two = size - 1
        for index in range(size - 1, -1, -1):
            here = columns[low + index]
            score = 0
            while columns[low + one] - here > width + 4:
                one -= 1
            step = one
            while step > index and columns[low + step] - here >= width - 4:
                off = abs(columns[low + step] - here - width)
                reached = backward[step] + 2 - off
                if off <= 2:
                    reached = backward[step] + 2
                if reached > score:
                    score = reached
                step -= 1
            while columns[low + two] - here > 2 * width + 5:
                two -= 1
            step = two
            while step > index and columns[low + step] - here >= 2 * width - 5:
                reached = backward[step] - 4 - abs(columns[low + step] - here - 2 * width)
                if reached > score:
                    score = reached
                step -= 1
            backward[index] = score + 4 * is_slot[low + index]
        lines = max(total // width, 1)
        regularity = min(best * 2 // lines, 13)
        for index in range(size):
            if is_slot[low + index]:
                gap = min(max(best - forward[index] - backward[index] + 4, 0), 9)
                codes[low + index] = 1 + gap + 10 * regularity + PER_LINE_COUNT * min(lines, 3)
