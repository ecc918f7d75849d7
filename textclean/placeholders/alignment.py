"""A paragraph with slots laid beside a witness: which of its characters are the witness's, and where.

Both are reduced to what survives bad copies: marks and spaces are left out, width and case are
folded, and each slot is one character of its own that nothing equals. A window of the witness is
found by what both say in the same words, then the two are aligned character by character.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

#: Slots are numbered in a private-use plane: no text has so many of its characters in a row.
SLOT = 0xF0000
#: A value is seldom longer than this.
_VALUE = 8
#: Characters in a row by which a window is found.
_GRAM = 4


class Folded(NamedTuple):
    """A text reduced to letters, digits and slots, and the offset of each in the original."""

    text: str
    places: Sequence[int]


class Block(NamedTuple):
    """Stretches that differ: ``slotted[start:end]`` against ``witness[low:high]``, both folded."""

    start: int
    end: int
    low: int
    high: int


class Alignment(NamedTuple):
    """How a folded paragraph lies on a folded witness."""

    #: For each character of the paragraph where it stands in the witness; -1 where it does not.
    places: Sequence[int]
    #: In order, between the first and the last character that both have.
    blocks: Sequence[Block]
    #: Characters of the paragraph, slots left out, and those of them that the witness has.
    total: int
    agreeing: int


def fold(text: str, slots: Sequence[tuple[int, int]] = ()) -> Folded:
    """Fold a text; `slots` are spans of it, in order, that become one character each."""
    folded: list[str] = []
    places: list[int] = []
    at = 0
    number = 0
    while at < len(text):
        if number < len(slots) and at >= slots[number][0]:
            folded.append(chr(SLOT + number))
            places.append(slots[number][0])
            at = slots[number][1]
            number += 1
            continue
        char = text[at]
        if "\u4e00" <= char <= "\u9fff":
            folded.append(char)
            places.append(at)
        elif char.isalnum():
            plain = unicodedata.normalize("NFKC", char).lower()[:1]
            folded.append(plain if ord(plain[0]) < SLOT else "?")
            places.append(at)
        at += 1
    return Folded("".join(folded), places)


class Index:
    """Where the grams of a witness stand, to find the window that a paragraph lies on."""

    def __init__(self, witness: Folded) -> None:
        self.witness = witness
        self._grams: dict[str, list[int]] = {}
        text = witness.text
        for at in range(len(text) - _GRAM + 1):
            self._grams.setdefault(text[at : at + _GRAM], []).append(at)

    def window(self, slotted: str) -> tuple[int, int] | None:
        """The stretch of the witness that has most of the paragraph's words in its order."""
        diagonals: Counter[int] = Counter()
        width = max(16, len(slotted) // 4)
        for at in range(len(slotted) - _GRAM + 1):
            gram = slotted[at : at + _GRAM]
            # A gram that a witness has often says little; nor does one of slots.
            hits = self._grams.get(gram, ())
            if len(hits) <= 8:
                for hit in hits:
                    diagonals[(hit - at) // width] += 1
        if not diagonals:
            return None
        best = max(diagonals, key=lambda d: (diagonals[d] + diagonals[d + 1], -d))
        if diagonals[best] + diagonals[best + 1] < 3:
            return None
        low = max(0, best * width - width)
        high = min(len(self.witness.text), (best + 2) * width + len(slotted) + 2 * width)
        return low, high


def align(slotted: str, witness: str, low: int, high: int) -> Alignment:
    """Lay a folded paragraph on ``witness[low:high]``, at least cost."""
    from rapidfuzz.distance import Levenshtein

    places = [-1] * len(slotted)
    equal: list[tuple[int, int, int]] = []
    for operation in Levenshtein.opcodes(slotted, witness[low:high]):
        if operation.tag == "equal":
            start, end = operation.src_start, operation.src_end
            equal.append((start, end, low + operation.dest_start))
    equal = _held(slotted, equal)
    blocks: list[Block] = []
    agreeing = 0
    for number, (start, end, there) in enumerate(equal):
        places[start:end] = range(there, there + end - start)
        agreeing += end - start
        if number:
            before = equal[number - 1]
            blocks.append(Block(before[1], start, before[2] + before[1] - before[0], there))
    total = sum(ord(char) < SLOT for char in slotted)
    return Alignment(places, blocks, total, agreeing)


def _held(slotted: str, equal: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The stretches that belong together: the run of them with most agreement and least between.

    A window is wider than its paragraph, and chance puts single characters of the paragraph where
    it does not lie; they are far from the rest.
    """
    best = score = 0.0
    first = 0
    kept = (0, 0)
    for number, (start, end, there) in enumerate(equal):
        if number:
            before = equal[number - 1]
            mine = slotted[before[1] : start]
            theirs = there - before[2] - (before[1] - before[0])
            slots = sum(ord(char) >= SLOT for char in mine)
            allowed = len(mine) + _VALUE * slots
            score -= 0.5 * (max(0, theirs - allowed) + max(0, len(mine) - slots - theirs))
        if score <= 0:
            score, first = 0.0, number
        score += end - start
        if score > best:
            best, kept = score, (first, number + 1)
    return equal[kept[0] : kept[1]]
