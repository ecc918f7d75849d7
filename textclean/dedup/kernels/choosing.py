"""Which of several texts is kept: how damaged each is, who stands for a fold, who goes for whom.

`textclean.dedup.preference` defines the order in which texts are preferred, `textclean.dedup.graph`
what is decided in that order.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels.compiled import compiled

#: What a character counts as, in the lower bits of its kind: nothing, one of a pair, and these.
PAIRS = 5
STRAIGHT = 1 + 2 * PAIRS
MASK = STRAIGHT + 1
SPACE = MASK + 1
_KINDS = 16
#: Set in the kind of what closes a sentence behind its end, and of what ends one.
CLOSES = 16
ENDS = 32

#: What is told of a text: damage, characters that are no spaces, those that may make a placeholder,
#: and the first three characters, packed, and the next three.
DAMAGE, SIZE, MASKS, FIRST, SECOND, COLUMNS = range(6)

#: Why a text goes, if it does.
STAYS, NEAR, CONTAINED = 0, 1, 2


class Edges(NamedTuple):
    """For each node its neighbours: those of node i from ``starts[i]`` to ``starts[i + 1]``."""

    starts: NDArray[np.int64]
    others: NDArray[np.int64]
    scores: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        count: int,
        ones: NDArray[np.int64],
        others: NDArray[np.int64],
        scores: NDArray[np.float64],
    ) -> Edges:
        """From each of `ones` to each of `others`, of `count` nodes; of equal edges the best."""
        order = np.lexsort([scores, others, ones])
        ones, others, scores = ones[order], others[order], scores[order]
        last = np.append((ones[1:] != ones[:-1]) | (others[1:] != others[:-1]), True)[: len(ones)]
        starts = np.searchsorted(ones[last], np.arange(count + 1))
        return cls(starts, others[last], scores[last])


@compiled
def weigh(codes: Any, starts: Any, kinds: Any, unpaired: Any, out: Any) -> None:
    """What tells which of several texts to prefer, but for their content and their placeholders.

    Args:
        codes: the code points of all texts.
        starts: where each begins, and where the last ends.
        kinds: the kind of each code point below 65,536; those above have none.
        unpaired: the pair whose closing mark says nothing where no opening one stands.
        out: takes a row of `COLUMNS` for each text.
    """
    counts = np.zeros(_KINDS, np.int64)
    for text in range(len(starts) - 1):
        begin, end = starts[text], starts[text + 1]
        counts[:] = 0
        for i in range(begin, end):
            code = codes[i]
            if code < 0x10000:
                kind = kinds[code] & (_KINDS - 1)
                if kind:
                    counts[kind] += 1
        last = end
        while last > begin and codes[last - 1] < 0x10000 and kinds[codes[last - 1]] & CLOSES:
            last -= 1
        damage = 1
        if last > begin and codes[last - 1] < 0x10000 and kinds[codes[last - 1]] & ENDS:
            damage = 0
        for pair in range(PAIRS):
            opening, closing = counts[2 * pair + 1], counts[2 * pair + 2]
            if pair != unpaired or opening:
                damage += abs(opening - closing)
        out[text, DAMAGE] = damage + counts[STRAIGHT] % 2
        out[text, SIZE] = end - begin - counts[SPACE]
        out[text, MASKS] = counts[MASK]
        for column in range(FIRST, COLUMNS):
            packed = np.int64(0)
            for i in range(3):
                place = begin + 3 * (column - FIRST) + i
                packed <<= 21
                if place < end:
                    packed |= np.int64(codes[place])
            out[text, column] = packed


@compiled
def stand_ins(
    codes: Any, starts: Any, begins: Any, ends: Any, folds: Any, groups: Any, merits: Any, out: Any
) -> None:
    """For each of some texts the one to be preferred of those with its group and its fold.

    Of texts with one fold: the least damaged, of these the longest, of these the last in the order
    of their code points, of equal texts the first.

    Args:
        begins, ends, folds: the folds of the texts: where in `folds` each begins and ends.
        groups: the group of each text, in order.
        merits: as `weigh` writes them, placeholders counted.
        out: takes numbers of texts.
    """
    count = len(groups)
    best = np.empty(count, np.int64)  # of each fold met
    first = 0  # fold of the group
    found = 0
    for text in range(count):
        if text == 0 or groups[text] != groups[text - 1]:
            first = found
        fold = first
        while fold < found:
            # Two folds with one digest, as happens once in a thousand years.
            other = best[fold]
            length = ends[text] - begins[text]
            same = length == ends[other] - begins[other]
            i = 0
            while same and i < length:
                same = folds[begins[text] + i] == folds[begins[other] + i]
                i += 1
            if same:
                break
            fold += 1
        out[text] = fold
        if fold == found:
            best[fold] = text
            found += 1
            continue
        other = best[fold]
        better = merits[other, DAMAGE] - merits[text, DAMAGE]
        if better == 0:
            better = merits[text, SIZE] - merits[other, SIZE]
        one, two = starts[text], starts[other]
        while better == 0 and one < starts[text + 1] and two < starts[other + 1]:
            better = np.int64(codes[one]) - np.int64(codes[two])
            one += 1
            two += 1
        if better == 0:
            better = (starts[text + 1] - one) - (starts[other + 1] - two)
        if better > 0:
            best[fold] = text
    for text in range(count):
        out[text] = best[out[text]]


@compiled
def settle(
    near: Any, others: Any, scores: Any, inside: Any, wholes: Any, shares: Any, lengths: Any,
    longest: Any, kinds: Any, survivors: Any, measures: Any,
) -> None:  # fmt: skip
    """Decide which nodes stay, and for whose sake each of the others goes.

    Nodes are numbered in order of preference.

    Args:
        near, others, scores: `Edges` between near copies, each in both directions.
        inside, wholes, shares: `Edges` from each node to what it is part of.
        lengths: folded characters.
        longest: the nodes, the longest first.
        kinds: takes `STAYS`, `NEAR` or `CONTAINED`.
        survivors: takes the node for whose sake each goes.
        measures: takes the similarity to it, or the share of the node that it has.
    """
    count = len(lengths)
    kept = np.zeros(count, np.bool_)
    chosen = np.ones(count, np.bool_)
    while True:
        # Each that is chosen stays, unless a copy of it does.
        for node in range(count):
            if chosen[node]:
                kept[node] = True
                for edge in range(near[node], near[node + 1]):
                    if kept[others[edge]]:
                        kept[node] = False
        # Of these go what is part of a longer one that remains.
        changed = False
        for node in range(count):
            chosen[node] = False
            if kept[node]:
                for edge in range(inside[node], inside[node + 1]):
                    chosen[node] |= kept[wholes[edge]]
        for node in range(count):
            kept[node] &= not chosen[node]
        for node in longest:
            if chosen[node]:
                kept[node] = True
                for edge in range(inside[node], inside[node + 1]):
                    if kept[wholes[edge]]:
                        kept[node] = False
                changed |= not kept[node]
        if not changed:
            break
        # What has lost its survivor by that, and is part of nothing, is chosen anew.
        for node in range(count):
            chosen[node] = not kept[node]
            for edge in range(near[node], near[node + 1]):
                chosen[node] &= not kept[others[edge]]
            for edge in range(inside[node], inside[node + 1]):
                chosen[node] &= not kept[wholes[edge]]
    for node in range(count):
        kinds[node] = STAYS
        if kept[node]:
            continue
        for edge in range(near[node], near[node + 1]):
            other, score = others[edge], scores[edge]
            if kept[other] and (kinds[node] == STAYS or score > measures[node]):
                kinds[node], survivors[node], measures[node] = NEAR, other, score
        if kinds[node] == NEAR:
            continue
        for edge in range(inside[node], inside[node + 1]):
            other, score = wholes[edge], shares[edge]
            if kept[other]:
                better = kinds[node] == STAYS or score > measures[node]
                if not better and score == measures[node]:
                    better = lengths[other] < lengths[survivors[node]]
                if better:
                    kinds[node], survivors[node], measures[node] = CONTAINED, other, score
