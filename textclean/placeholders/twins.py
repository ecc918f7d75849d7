"""Whether what a witness says otherwise is damage, or tells of another event.

The words of a notice serve again for the next one: a *template twin* has most of the paragraph, and
other values. So what is not redacted and differs is looked at. Misreading replaces characters, one
for one, here and there, and makes no words of them. Another event is another number, another word,
a value of another length than its mask, another ending.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textclean.placeholders import gazetteer
from textclean.placeholders.alignment import SLOT, Alignment, Paragraph, Source
from textclean.placeholders.placeholder import NAMES, Placeholder
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.text.contrasts import are_contrasts
from textclean.text.words import is_word

#: No more of what is not redacted may be misread; four in so few characters are other words.
_MOST_MISREAD = 0.12
_CLUSTER = 6
#: A paragraph that is only part of one of the witness's must have so many.
_LEAST_PART = 120
#: And so many of one must be had by a witness that has only part of it.
_LEAST_FRAGMENT = 55


def another_event(paragraph: Paragraph, source: Source, aligned: Alignment) -> str:
    """What differs as misread characters do not, and so tells of another event; '' if nothing."""
    slotted, witness = paragraph.folded.text, source.folded.text

    def said_of(mine: str, other: str) -> str:
        return f"{other or 'nothing'} for {_shown(paragraph.slots, mine) or 'nothing'}"

    singles = likely = uneven_ones = 0
    first = ""
    differing: list[int] = []
    for start, end, low, high in aligned.blocks:
        mine, other = slotted[start:end], witness[low:high]
        said = said_of(mine, other)
        if any(ord(char) >= SLOT for char in mine):
            lost = _missing(mine, other)
            if lost > 2 or _spelt_out(paragraph.slots, mine, other):
                return said_of(mine, other)
            singles += lost
            differing += range(start, start + lost)
            more = _too_long(paragraph.slots, mine, other)
            if more > 1 or (not more and _written_anew(mine, other)):
                return said_of(mine, other)
            if more:
                uneven_ones, first = uneven_ones + 1, first or said
            continue
        # A bad copy replaces characters; it seldom adds or drops any, and never whole words.
        longer, uneven = max(len(mine), len(other)), abs(len(mine) - len(other))
        if _are_numbers(mine, other) or longer > 2 or uneven > 1:
            return said
        singles += longer
        differing += range(start, start + longer)
        if uneven:
            uneven_ones, first = uneven_ones + 1, first or said
        elif longer == 2:
            if is_word(other) or gazetteer.is_place(other):
                return said
        elif {mine, other} in _ANOTHER_HAND:
            return said
        elif _makes_words(slotted, start, mine) and _makes_words(witness, low, other):
            if are_contrasts(mine, other):
                return said
            likely += 1
            first = first or said
    hanging = _hanging(slotted, source, aligned)
    singles += len(hanging)
    differing = sorted(differing + hanging)
    ending = _other_ending(paragraph, source, aligned)
    if ending and (ending.strong or likely or uneven_ones):
        return ending.said
    if singles > 1 + _MOST_MISREAD * aligned.total:
        return f"{singles} of {aligned.total} characters differ"
    for one, fourth in zip(differing, differing[3:], strict=False):
        if fourth - one < _CLUSTER:
            return f"other words for {slotted[one : fourth + 1]}"
    # One word for another may be chance. A character lost or added beside misread ones is damage.
    if (likely + uneven_ones > 1 or (uneven_ones and singles < 3)) and (
        3 * (likely + uneven_ones) >= singles
    ):
        return first
    return ""


def _are_numbers(mine: str, other: str) -> bool:
    """Whether a number stands for a number, or one has digits that the other lacks."""
    both = mine + other
    return all(char in _DIGITS for char in both) and not (len(both) == 1 and both in "一")


def _written_anew(mine: str, other: str) -> bool:
    """Whether another word for the same stands on either side of the slots of a block."""
    return {mine[0], other[:1]} in _ANOTHER_HAND or {mine[-1], other[-1:]} in _ANOTHER_HAND


def _spelt_out(slots: Sequence[Placeholder], mine: str, other: str) -> bool:
    """Whether a witness has a Chinese numeral where digits were masked: somebody wrote it anew."""
    numeric = len(mine) == 1 and slots[ord(mine) - SLOT].type not in _OPEN
    return (
        numeric and bool(other) and all(char in _DIGITS and not char.isdecimal() for char in other)
    )


def _missing(mine: str, other: str) -> int:
    """How many of the characters between and beside slots a witness lacks."""
    from rapidfuzz.distance import LCSseq

    known = "".join(char for char in mine if ord(char) < SLOT)
    return len(known) - LCSseq.similarity(known, other)


def _too_long(slots: Sequence[Placeholder], mine: str, other: str) -> int:
    """By how much a witness is longer or shorter than slots and what stands between them.

    A number is as long as its mask, and misreading keeps lengths; of names nothing is known.
    """
    expected = 0
    counts = True
    for char in mine:
        if ord(char) < SLOT:
            expected += 1
            continue
        slot = slots[ord(char) - SLOT]
        if slot.type in _OPEN or slot.canonical != slot.text or len(slot.candidates) > 1:
            return 0
        expected += sum(each in "xX×＊*□#" or each.isalnum() for each in slot.text)
        counts = counts and slot.type is Type.QUANTITY
    if counts and not any(char.isdigit() for char in other):
        return 0  # names after all
    return abs(len(other) - expected)


_OPEN = NAMES | {Type.COMPOSITE, Type.UNKNOWN}


def _shown(slots: Sequence[Placeholder], mine: str) -> str:
    return "".join(char if ord(char) < SLOT else slots[ord(char) - SLOT].text for char in mine)


def _hanging(slotted: str, source: Source, aligned: Alignment) -> list[int]:
    """Characters before or behind all that agrees, where the witness has others."""
    held = [at for at, place in enumerate(aligned.places) if place >= 0]
    outer: list[int] = []
    if source.goes_on(aligned.places[held[0]], -1):
        outer += range(max(0, held[0] - 3), held[0])
    if source.goes_on(aligned.places[held[-1]], 1):
        outer += range(held[-1] + 1, min(len(slotted), held[-1] + 4))
    return [at for at in outer if ord(slotted[at]) < SLOT]


class _Ending(NamedTuple):
    """What a paragraph has before or behind all that agrees."""

    said: str
    #: Whether the witness has other words there, and not just none.
    strong: bool


def _other_ending(paragraph: Paragraph, source: Source, aligned: Alignment) -> _Ending | None:
    held = [at for at, place in enumerate(aligned.places) if place >= 0]
    slotted = paragraph.folded.text
    tail, head = slotted[held[-1] + 1 :], slotted[: held[0]]
    last, first = aligned.places[held[-1]], aligned.places[held[0]]
    length = len(slotted) - len(paragraph.slots)
    lacking: _Ending | None = None
    for mine, theirs in ((tail, source.goes_on(last, 1)), (head, source.goes_on(first, -1))):
        known = "".join(char for char in mine if ord(char) < SLOT)
        if len(known) > 1 and theirs > 1:
            return _Ending(f"other words for {known[:12]}", True)
        if not mine and theirs > 2 and length < _LEAST_PART:
            return _Ending("more words beside it", True)
        if len(known) > 1:
            few = aligned.agreeing < _LEAST_FRAGMENT
            lacking = _Ending(f"nothing for {known[:12]}", few)
    return lacking


#: Two ways to say the same: no engine misreads one for the other, so somebody wrote it anew.
_ANOTHER_HAND = [set(pair) for pair in ("号日", "点时", "为达", "位名", "和与", "在于", "将要")]
_DIGITS = frozenset("0123456789零〇一二三四五六七八九十百千万亿两")


def _makes_words(text: str, at: int, char: str) -> bool:
    """Whether a character makes a word with either neighbour: a misread one hardly ever does."""
    return is_word(text[max(0, at - 1) : at] + char) or is_word(char + text[at + 1 : at + 2])
