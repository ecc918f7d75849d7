"""A paragraph with slots laid beside a witness: which characters both have, and where.

Both are reduced to what survives bad copies: marks and spaces are left out, width and case are
folded, and each slot is one character of its own that nothing equals. A window of the witness is
found by what both say in the same words, then the two are aligned character by character.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from textclean.placeholders.placeholder import Placeholder

#: Slots are numbered in a private-use plane: no text has so many of its characters in a row.
SLOT = 0xF0000
#: A gram that stands more often than this in a witness says nothing of where a paragraph lies.
_OFTEN = 8
#: A value is seldom longer than this.
_VALUE = 8
#: Characters of the lines before and behind a paragraph that are kept with it.
_BESIDE = 16
#: Characters in a row by which a window is found.
_GRAM = 4


class Folded(NamedTuple):
    """A text reduced to letters, digits and slots, and the offset of each in the original."""

    text: str
    places: Sequence[int]
    #: Letters and digits that each slot masks; a name's are not known.
    widths: Sequence[int] = ()


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
    widths = [
        max(1, sum(char.isalnum() or char in "×＊*□#" for char in text[start:end]))
        for start, end in slots
    ]
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
    return Folded("".join(folded), places, widths)


class Index:
    """Where the grams of a witness stand, to find the stretches that a paragraph may lie on."""

    def __init__(self, witness: Folded, original: str) -> None:
        self.witness = witness
        self._grams: dict[str, list[int]] = {}
        text = witness.text
        for at in range(len(text) - _GRAM + 1):
            self._grams.setdefault(text[at : at + _GRAM], []).append(at)
        #: Where each line of the witness begins, in folded characters.
        self._lines = [0]
        breaks = -1
        while (breaks := original.find("\n", breaks + 1)) >= 0:
            begins = bisect_left(witness.places, breaks)
            if begins != self._lines[-1]:
                self._lines.append(begins)
        self._lines.append(len(text))

    def windows(self, slotted: str) -> Iterator[tuple[int, int]]:
        """Stretches of the witness that have the paragraph's words, the likeliest first.

        Its lines, for most copies keep those; then what lies on the same diagonal, whatever the
        lines.
        """
        diagonals: Counter[int] = Counter()
        lines: Counter[int] = Counter()
        width = max(16, len(slotted) // 4)
        for at in range(len(slotted) - _GRAM + 1):
            # A gram that a witness has often says little.
            hits = self._grams.get(slotted[at : at + _GRAM], ())
            if len(hits) <= _OFTEN:
                for line in {bisect_right(self._lines, hit) - 1 for hit in hits}:
                    lines[line] += 1
                for hit in hits:
                    diagonals[(hit - at) // width] += 1
        for line, hits_there in lines.most_common(2):
            if hits_there > 1:
                yield self._lines[line], self._lines[line + 1]
        if not diagonals:
            return
        best = max(diagonals, key=lambda d: (diagonals[d] + diagonals[d + 1], -d))
        if diagonals[best] + diagonals[best + 1] > 2:
            low = max(0, best * width - width)
            yield low, min(len(self.witness.text), (best + 4) * width + len(slotted))


def align(paragraph: Folded, witness: str, low: int, high: int) -> Alignment:
    """Lay a folded paragraph on ``witness[low:high]``, at least cost."""
    slotted = paragraph.text
    equal = _held(slotted, _equal(paragraph, witness, low, high))
    if equal:
        # Once more without what is too far off: a headline above has the paragraph's first words.
        head, tail = slotted[: equal[0][0]], slotted[equal[-1][1] :]
        behind = equal[-1][2] + equal[-1][1] - equal[-1][0]
        tight = max(low, equal[0][2] - _room(head)), min(high, behind + _room(tail))
        if (head or tail) and tight != (low, high):
            equal = _held(slotted, _equal(paragraph, witness, *tight))
    places = [-1] * len(slotted)
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


def _room(piece: str) -> int:
    """How much of a witness a piece of the paragraph may take."""
    slots = sum(ord(char) >= SLOT for char in piece)
    return len(piece) + _VALUE * slots + (1 if piece else 0)


def _equal(paragraph: Folded, witness: str, low: int, high: int) -> list[tuple[int, int, int]]:
    """Stretches that both have: start and end in the paragraph, start in the witness."""
    from rapidfuzz.distance import Levenshtein

    # A slot as wide as what it masks, so that a value costs the same wherever it is laid.
    widened: list[str] = []
    sources: list[int] = []
    for at, char in enumerate(paragraph.text):
        width = paragraph.widths[ord(char) - SLOT] if ord(char) >= SLOT else 1
        widened.append(char * width)
        sources += [at] * width
    return [
        (
            sources[operation.src_start],
            sources[operation.src_end - 1] + 1,
            low + operation.dest_start,
        )
        for operation in Levenshtein.opcodes("".join(widened), witness[low:high])
        if operation.tag == "equal"
    ]


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


class Paragraph(NamedTuple):
    """A line of the text with the slots in it, if any."""

    start: int
    end: int
    text: str
    slots: Sequence[Placeholder]
    folded: Folded
    #: What stands before and behind it in the text, folded, slots left out: a witness may have its
    #: lines broken elsewhere.
    before: str = ""
    behind: str = ""


class Source:
    """A witness, folded and indexed once for all paragraphs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.index = Index(self.folded, text)

    def goes_on(self, at: int, step: int, beside: str) -> int:
        """How many characters, up to eight, its line goes on from one of them, in one direction.

        None if it goes on with what the text has there, too: then its lines are broken elsewhere.
        """
        reach = 2 * _BESIDE
        text = self.folded.text
        theirs = text[at + 1 : at + 1 + reach] if step > 0 else text[max(0, at - reach) : at]
        if len(beside) > 3 and 3 * _common(beside, theirs) >= 2 * len(beside):
            return 0
        places = self.folded.places
        number = 0
        while 0 <= at + step < len(places) and number < 8:
            low, high = sorted((places[at], places[at + step]))
            if "\n" in self.text[low:high]:
                break
            at += step
            number += 1
        return number


def _common(one: str, other: str) -> int:
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(one, other)


def paragraphs_of(text: str, slots: Sequence[Placeholder]) -> list[Paragraph]:
    """The lines of a text that have anything to compare; `slots` are in order of place."""
    paragraphs: list[Paragraph] = []
    start = number = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        first = number
        while number < len(slots) and slots[number].start < end:
            number += 1
            end = max(end, slots[number - 1].end)
        inside = slots[first:number]
        spans = [(slot.start - start, slot.end - start) for slot in inside]
        line = text[start:end]
        folded = fold(line, spans)
        if folded.text:
            paragraphs.append(Paragraph(start, end, line, inside, folded))
        start = end + 1
    known = ["".join(char for char in each.folded.text if ord(char) < SLOT) for each in paragraphs]
    return [
        each._replace(
            before=known[number - 1][-_BESIDE:] if number else "",
            behind=known[number + 1][:_BESIDE] if number + 1 < len(known) else "",
        )
        for number, each in enumerate(paragraphs)
    ]
