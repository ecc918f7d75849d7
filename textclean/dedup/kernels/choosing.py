"""Which of several texts is kept: keys of preference, representatives, worth, the decision.

`textclean.dedup.preference` defines the order in which texts are preferred, `textclean.dedup.graph`
what is decided in that order. Each loop also runs as it is written (``compiled=False``), which for
a few texts takes less time than compiling it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textclean.dedup import preference as marks
from textclean.dedup.kernels import worth
from textclean.dedup.kernels.folding import Folds
from textclean.dedup.kernels.language import language, language_record
from textclean.dedup.kernels.stages import CHOOSING, compiled_functions
from textclean.dedup.kernels.verdicts import evidence_loops

_worth = compiled_functions((worth,), CHOOSING.loop, evidence_loops, entries=("worth",))

# What a character counts as, in the lower bits of its kind: nothing, one of a pair, and these.
_PAIRS = len(marks.PAIRS)
_STRAIGHT = 1 + 2 * _PAIRS
_MASK = _STRAIGHT + 1
_SPACE = _MASK + 1
_RESIDUE = _SPACE + 1
_KINDS = 16
# Set in the kind of what closes a sentence behind its end, and of what ends one.
_CLOSES = 16
_ENDS = 32
_APOSTROPHES = marks.APOSTROPHES

#: The keys of a text: damage, characters that are no spaces, those that may make a placeholder and
#: those that may be a residue, and the first three characters, packed, and the next three.
DAMAGE, SIZE, MASKS, RESIDUES, FIRST, SECOND, COLUMNS = range(7)

#: A node that stays has no edge.
STAYS = -1


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
    for text in np.flatnonzero(keys[:, RESIDUES]).tolist():
        own = codes[starts[text] : starts[text + 1]].tobytes().decode("utf-32-le")
        keys[text, DAMAGE] += marks.residues(own)
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
    for characters, kind in (
        (marks.STRAIGHT, _STRAIGHT),
        (marks.MASKS, _MASK),
        (marks.RESIDUES, _RESIDUE),
    ):
        kinds[list(map(ord, characters))] = kind
    for characters, flag in ((marks.CLOSERS, _CLOSES), (marks.ENDS, _ENDS)):
        kinds[list(map(ord, characters))] |= flag
    return kinds


@CHOOSING.loop
def _weigh(codes: Any, starts: Any, kinds: Any, out: Any) -> None:
    """As `preference_keys`, into `out`, but that placeholders and residues are not counted."""
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
        out[text, RESIDUES] = counts[_RESIDUE]
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


def worths(folds: Folds, *, compiled: bool) -> NDArray[np.int64]:
    """How much each of some folds carries, less what is broken in it: see `worth`."""
    out = np.empty(len(folds.begins), np.int64)
    loops: Any = _worth if compiled else worth
    lang = language_record() if compiled else language()
    loops.worth(folds.codes, folds.marks, folds.begins, folds.ends, lang, out)
    return out


def decide(
    starts: NDArray[np.int64], others: NDArray[np.int64], *, compiled: bool
) -> NDArray[np.bool_]:
    """Which nodes are kept.

    Nodes are numbered in order of preference. Each is kept unless one kept before it says all that
    it says. Of these, one goes for a later one that says all of it and is kept; what it was to be
    kept for competes again.

    Args:
        starts: where the edges of each node begin, and where the last end.
        others: for which nodes it may go.
    """
    kept = np.zeros(len(starts) - 1, np.bool_)
    _implementation(_decide, compiled)(starts, others, kept)
    return kept


@CHOOSING.loop
def _decide(starts: Any, others: Any, kept: Any) -> None:
    count = len(starts) - 1
    gone = np.zeros(count, np.bool_)  # for good
    while True:
        for node in range(count):
            kept[node] = not gone[node]
            for edge in range(starts[node], starts[node + 1]):
                if others[edge] < node and kept[others[edge]]:
                    kept[node] = False
        changed = False
        for node in range(count - 1, -1, -1):
            if not kept[node]:
                continue
            for edge in range(starts[node], starts[node + 1]):
                other = others[edge]
                if other > node and kept[other] and not gone[other]:
                    gone[node] = changed = True
        if not changed:
            break
    # What went for good, and has nothing any more that is kept and says it, stays after all.
    for node in range(count):
        if gone[node]:
            held = False
            for edge in range(starts[node], starts[node + 1]):
                held |= kept[others[edge]]
            kept[node] = not held
