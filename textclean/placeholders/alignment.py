"""A paragraph with slots aligned with a witness: which characters both have, and where.

Both are folded to what survives bad copies: no marks and spaces, one width and case, and each slot
as one character that equals no other. Shared words give a window of the witness; within it the two
are aligned character by character.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textclean.placeholders.placeholder import MASKS, Placeholder

#: The first of the characters that stand for slots: a private-use plane, which no text uses.
FIRST_SLOT = "\U000f0000"
#: A gram that a witness has more often than this says nothing of where a paragraph lies.
_OFTEN = 8
#: Characters of a value; few are longer.
_VALUE = 8
#: Characters of the lines before and behind a paragraph that are kept with it.
_BESIDE = 16
#: Characters of a gram, by which windows are found.
_GRAM = 4


class FoldedText(NamedTuple):
    """A text reduced to letters, digits and slots."""

    text: str
    #: The offset of each of its characters in the original.
    places: Sequence[int]
    #: By slot: characters that it masks; a name's length is not known.
    widths: Sequence[int] = ()


class Mismatch(NamedTuple):
    """Stretches that differ: ``paragraph[start:end]`` and ``witness[low:high]``, both folded."""

    start: int
    end: int
    low: int
    high: int


class Alignment(NamedTuple):
    """How a folded paragraph lies on a folded witness."""

    #: By character of the paragraph: its offset in the witness; -1 where the witness lacks it.
    places: Sequence[int]
    #: In order, between the first and the last character that both have.
    mismatches: Sequence[Mismatch]
    #: Characters of the paragraph without slots, and those of them that the witness has.
    total: int
    agreeing: int

    @property
    def ends(self) -> tuple[int, int]:
        """The first and the last character of the paragraph that the witness has.

        Raises:
            StopIteration: nothing agrees.
        """
        last = len(self.places) - 1
        return (
            next(at for at, place in enumerate(self.places) if place >= 0),
            next(last - at for at, place in enumerate(reversed(self.places)) if place >= 0),
        )


def without_slots(folded: str) -> str:
    """The characters of a folded text that are known."""
    return "".join(char for char in folded if char < FIRST_SLOT)


def slot_number(char: str) -> int:
    """Which slot a character stands for."""
    return ord(char) - ord(FIRST_SLOT)


def fold(text: str, slots: Sequence[tuple[int, int]] = ()) -> FoldedText:
    """Fold a text; `slots` are spans of it, in order, that become one character each."""
    folded: list[str] = []
    places: list[int] = []
    widths = [
        max(1, sum(char.isalnum() or char in MASKS for char in text[start:end]))
        for start, end in slots
    ]
    at = 0
    number = 0
    while at < len(text):
        if number < len(slots) and at >= slots[number][0]:
            folded.append(chr(ord(FIRST_SLOT) + number))
            places.append(slots[number][0])
            at = slots[number][1]
            number += 1
            continue
        char = text[at]
        is_plain = "\u4e00" <= char <= "\u9fff"
        if is_plain or char.isalnum():
            if not is_plain:
                char = unicodedata.normalize("NFKC", char).lower()[:1]
            folded.append(char if char < FIRST_SLOT else "?")
            places.append(at)
        at += 1
    return FoldedText("".join(folded), places, widths)


def folded(text: str) -> str:
    """The text of ``fold(text)``."""
    return text.translate(_FOLDED)


class _FoldTable(dict[int, str]):
    """What each code point becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = made = fold(chr(code)).text
        return made


_FOLDED = _FoldTable()


class Index:
    """Where the grams of a witness stand: it finds the stretches that a paragraph may lie on."""

    def __init__(self, witness: FoldedText, original: str) -> None:
        self.witness = witness
        self._grams: defaultdict[str, list[int]] = defaultdict(list)
        text = witness.text
        for at in range(len(text) - _GRAM + 1):
            self._grams[text[at : at + _GRAM]].append(at)
        #: Where each line of the witness begins, in folded characters.
        self._lines = [0]
        breaks = -1
        while (breaks := original.find("\n", breaks + 1)) >= 0:
            begins = bisect_left(witness.places, breaks)
            if begins != self._lines[-1]:
                self._lines.append(begins)
        self._lines.append(len(text))

    def windows(self, slotted: str) -> Iterator[tuple[int, int]]:
        """Stretches of the witness that share words with the paragraph, the likeliest first.

        First lines, since most copies keep them; then whatever lies on one diagonal.
        """
        diagonals: Counter[int] = Counter()
        lines: Counter[int] = Counter()
        width = max(16, len(slotted) // 4)
        for at in range(len(slotted) - _GRAM + 1):
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


def align(paragraph: FoldedText, witness: str, low: int, high: int) -> Alignment:
    """The cheapest alignment of a folded paragraph with ``witness[low:high]``."""
    slotted = paragraph.text
    equal = _densest(slotted, _equal(paragraph, witness, low, high))
    if equal:
        # Again in a tighter window: a headline above has the first words of the paragraph.
        head, tail = slotted[: equal[0][0]], slotted[equal[-1][1] :]
        behind = equal[-1][2] + equal[-1][1] - equal[-1][0]
        tight = max(low, equal[0][2] - _room(head)), min(high, behind + _room(tail))
        if (head or tail) and tight != (low, high):
            equal = _densest(slotted, _equal(paragraph, witness, *tight))
    places = [-1] * len(slotted)
    mismatches: list[Mismatch] = []
    agreeing = 0
    for number, (start, end, there) in enumerate(equal):
        places[start:end] = range(there, there + end - start)
        agreeing += end - start
        if number:
            before = equal[number - 1]
            mismatches.append(Mismatch(before[1], start, before[2] + before[1] - before[0], there))
    total = sum(char < FIRST_SLOT for char in slotted)
    return Alignment(places, mismatches, total, agreeing)


def _room(piece: str) -> int:
    """Characters of a witness that a piece of the paragraph may cover, at most."""
    slots = sum(char >= FIRST_SLOT for char in piece)
    return len(piece) + _VALUE * slots + (1 if piece else 0)


def _equal(paragraph: FoldedText, witness: str, low: int, high: int) -> list[tuple[int, int, int]]:
    """Stretches that both have: start and end in the paragraph, start in the witness."""
    from rapidfuzz.distance import Levenshtein

    # A slot is as wide as what it masks, so that a value costs the same wherever it lies.
    widened: list[str] = []
    sources: list[int] = []
    for at, char in enumerate(paragraph.text):
        width = paragraph.widths[slot_number(char)] if char >= FIRST_SLOT else 1
        widened.append(char * width)
        sources += [at] * width
    return [
        (sources[part.src_start], sources[part.src_end - 1] + 1, low + part.dest_start)
        for part in Levenshtein.opcodes("".join(widened), witness[low:high])
        if part.tag == "equal"
    ]


def _densest(slotted: str, equal: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The run of equal stretches with the most agreement and the smallest gaps.

    A window is wider than its paragraph, and some characters agree by chance, far from the rest.
    """
    best = score = 0.0
    first = 0
    bounds = (0, 0)
    for number, (start, end, there) in enumerate(equal):
        if number:
            before = equal[number - 1]
            mine = slotted[before[1] : start]
            theirs = there - before[2] - (before[1] - before[0])
            slots = sum(char >= FIRST_SLOT for char in mine)
            allowed = len(mine) + _VALUE * slots
            score -= 0.5 * (max(0, theirs - allowed) + max(0, len(mine) - slots - theirs))
        if score <= 0:
            score, first = 0.0, number
        score += end - start
        if score > best:
            best, bounds = score, (first, number + 1)
    return equal[bounds[0] : bounds[1]]


class Paragraph(NamedTuple):
    """A line of the text with the slots in it, if any."""

    start: int
    end: int
    text: str
    slots: Sequence[Placeholder]
    folded: FoldedText
    #: Up to 16 folded characters of the lines before and behind it, without slots: the lines of a
    #: witness may be broken elsewhere.
    before: str = ""
    behind: str = ""


class Witness:
    """A copy that may still have the values, folded and indexed once for all paragraphs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.index = Index(self.folded, text)

    def surplus(self, paragraph: Paragraph, alignment: Alignment) -> tuple[int, int]:
        """Characters, up to eight, that its line has before and behind what the paragraph has.

        0 where these are the text's next line: then the witness has its lines broken elsewhere.
        """
        first, last = alignment.ends
        return (
            self._goes_on(alignment.places[first], -1, paragraph.before),
            self._goes_on(alignment.places[last], 1, paragraph.behind),
        )

    def _goes_on(self, at: int, step: int, beside: str) -> int:
        from rapidfuzz.distance import LCSseq

        reach = 2 * _BESIDE
        text = self.folded.text
        theirs = text[at + 1 : at + 1 + reach] if step > 0 else text[max(0, at - reach) : at]
        if len(beside) > 3 and 3 * LCSseq.similarity(beside, theirs) >= 2 * len(beside):
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


def paragraphs_of(text: str, slots: Sequence[Placeholder]) -> list[Paragraph]:
    """The lines of a text that have letters, digits or slots; `slots` are in order of place."""
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
    texts = [without_slots(paragraph.folded.text) for paragraph in paragraphs]
    return [
        paragraph._replace(
            before=texts[number - 1][-_BESIDE:] if number else "",
            behind=texts[number + 1][:_BESIDE] if number + 1 < len(texts) else "",
        )
        for number, paragraph in enumerate(paragraphs)
    ]
