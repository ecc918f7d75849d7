"""Which of several texts is kept: keys of preference, representatives of folds, the decision.

`textclean.dedup.preference` defines the order in which texts are preferred, `textclean.dedup.graph`
what is decided in that order. Each loop also runs as it is written (``compiled=False``), which for
a few texts takes less time than compiling it.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup import preference as marks
from textclean.dedup.kernels.folding import Folds
from textclean.dedup.kernels.stages import CHOOSING

# What a character counts as, in the lower bits of its kind: nothing, one of a pair, and these.
_PAIRS = len(marks.PAIRS)
_STRAIGHT = 1 + 2 * _PAIRS
_MASK = _STRAIGHT + 1
_SPACE = _MASK + 1
_KINDS = 16
# Set in the kind of what closes a sentence behind its end, and of what ends one.
_CLOSES = 16
_ENDS = 32
_APOSTROPHES = marks.APOSTROPHES

#: The keys of a text: damage, characters that are no spaces, those that may make a placeholder,
#: and the first three characters, packed, and the next three.
DAMAGE, SIZE, MASKS, FIRST, SECOND, COLUMNS = range(6)

#: Why a text is removed, if it is.
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


def preference_keys(
    codes: NDArray[np.uint32], starts: NDArray[np.int64], *, compiled: bool
) -> NDArray[np.int64]:
    """What the order of `preference` asks of some texts: a row of `COLUMNS` for each.

    Args:
        codes: their code points.
        starts: where each begins, and where the last ends.
    """
    keys = np.empty((len(starts) - 1, COLUMNS), np.int64)
    _implementation(_weigh, compiled)(codes, starts, _kinds_of_characters(), keys)
    for text in np.flatnonzero(keys[:, MASKS] > 1).tolist():
        own = codes[starts[text] : starts[text + 1]].tobytes().decode("utf-32-le")
        keys[text, DAMAGE] += marks.placeholders(own)
    return keys


def _implementation(loop: Any, compiled: bool) -> Any:
    return loop if compiled else loop.py_func


@cache
def _kinds_of_characters() -> NDArray[np.uint8]:
    """The kind of each code point below 65,536; those above have none."""
    kinds = np.zeros(0x10000, np.uint8)
    kinds[[code for code in range(0x10000) if chr(code).isspace()]] = _SPACE
    for number, mark in enumerate("".join(marks.PAIRS), 1):
        kinds[ord(mark)] = number
    for characters, kind in ((marks.STRAIGHT, _STRAIGHT), (marks.MASKS, _MASK)):
        kinds[list(map(ord, characters))] = kind
    for characters, flag in ((marks.CLOSERS, _CLOSES), (marks.ENDS, _ENDS)):
        kinds[list(map(ord, characters))] |= flag
    return kinds


@CHOOSING.loop
def _weigh(codes: Any, starts: Any, kinds: Any, out: Any) -> None:
    """As `preference_keys`, into `out`, but that placeholders are not counted."""
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
        while last > begin and codes[last - 1] < 0x10000 and kinds[codes[last - 1]] & _CLOSES:
            last -= 1
        damage = 1
        if last > begin and codes[last - 1] < 0x10000 and kinds[codes[last - 1]] & _ENDS:
            damage = 0
        for pair in range(_PAIRS):
            opening, closing = counts[2 * pair + 1], counts[2 * pair + 2]
            if pair != _APOSTROPHES or opening:
                damage += abs(opening - closing)
        out[text, DAMAGE] = damage + counts[_STRAIGHT] % 2
        out[text, SIZE] = end - begin - counts[_SPACE]
        out[text, MASKS] = counts[_MASK]
        for column in range(FIRST, COLUMNS):
            packed = np.int64(0)
            for i in range(3):
                place = begin + 3 * (column - FIRST) + i
                packed <<= 21
                if place < end:
                    packed |= np.int64(codes[place])
            out[text, column] = packed


def representatives_of(
    texts: tuple[NDArray[np.uint32], NDArray[np.int64]],
    folds: Folds,
    groups: NDArray[np.int64],
    *,
    compiled: bool,
) -> NDArray[np.int64]:
    """For each of some texts the number of the one that is preferred of its group and fold.

    Args:
        texts: their code points, and where each begins and the last ends.
        groups: the group of each text, in order.
    """
    best = np.empty(len(groups), np.int64)
    loop = _implementation(_representatives, compiled)
    keys = preference_keys(*texts, compiled=compiled)
    loop(*texts, folds.begins, folds.ends, folds.codes, groups, keys, best)
    return best


@CHOOSING.loop
def _representatives(
    codes: Any, starts: Any, begins: Any, ends: Any, folds: Any, groups: Any, keys: Any, out: Any
) -> None:
    """As `representatives_of`, into `out`.

    Of texts with one fold: the least damaged, of these the longest, of these the last in the order
    of their code points, of equal texts the first.
    """
    count = len(groups)
    best = np.empty(count, np.int64)  # of each fold
    first = 0  # fold of the group
    folds_seen = 0
    for text in range(count):
        if text == 0 or groups[text] != groups[text - 1]:
            first = folds_seen
        fold = first
        while fold < folds_seen:
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
        if fold == folds_seen:
            best[fold] = text
            folds_seen += 1
            continue
        other = best[fold]
        better = keys[other, DAMAGE] - keys[text, DAMAGE]
        if better == 0:
            better = keys[text, SIZE] - keys[other, SIZE]
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


def decide(
    near: Edges, inside: Edges, lengths: NDArray[np.int64], *, compiled: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Which nodes are removed, and in favour of which of those that stay.

    Nodes are numbered in order of preference.

    Args:
        near: between near copies, each in both directions.
        inside: from each node to what it is part of.
        lengths: folded characters.

    Returns:
        Of each node: `STAYS`, `NEAR` or `CONTAINED`; the node in whose favour it is removed; and
        the similarity to that one, or the share of the node that it has.
    """
    kinds, survivors = np.zeros((2, len(lengths)), np.int64)
    measures = np.zeros(len(lengths))
    longest = np.argsort(-lengths, kind="stable")
    loop = _implementation(_decide, compiled)
    loop(*near, *inside, lengths, longest, kinds, survivors, measures)
    return kinds, survivors, measures


@CHOOSING.loop
def _decide(
    near: Any, others: Any, scores: Any, inside: Any, wholes: Any, shares: Any, lengths: Any,
    longest: Any, kinds: Any, survivors: Any, measures: Any,
) -> None:  # fmt: skip
    """As `decide`, into the last three.

    Args:
        longest: the nodes, the longest first.
    """
    count = len(lengths)
    kept = np.zeros(count, np.bool_)
    candidate = np.ones(count, np.bool_)
    contained = np.zeros(count, np.bool_)
    while True:
        # Each candidate stays, unless a copy of it does.
        for node in range(count):
            if candidate[node]:
                kept[node] = True
                for edge in range(near[node], near[node + 1]):
                    if kept[others[edge]]:
                        kept[node] = False
        # Of these, parts of a longer one that remains are removed.
        changed = False
        for node in range(count):
            contained[node] = False
            if kept[node]:
                for edge in range(inside[node], inside[node + 1]):
                    contained[node] |= kept[wholes[edge]]
        for node in range(count):
            kept[node] &= not contained[node]
        for node in longest:
            if contained[node]:
                kept[node] = True
                for edge in range(inside[node], inside[node + 1]):
                    if kept[wholes[edge]]:
                        kept[node] = False
                changed |= not kept[node]
        if not changed:
            break
        # Texts whose survivor was removed as contained, and that are contained nowhere, compete
        # again.
        for node in range(count):
            candidate[node] = not kept[node]
            for edge in range(near[node], near[node + 1]):
                candidate[node] &= not kept[others[edge]]
            for edge in range(inside[node], inside[node + 1]):
                candidate[node] &= not kept[wholes[edge]]
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
