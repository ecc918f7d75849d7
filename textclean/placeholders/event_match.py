"""Whether a witness differs from a paragraph by damage, or because it reports another event.

Notices reuse each other's words: a *template twin* has most of the paragraph, with other values. So
all differences outside of slots count. Misreading replaces single characters here and there, and
makes no words. Another event shows in another number or word, in a value whose length is not that
of its mask, and in another ending.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textclean.placeholders import gazetteer
from textclean.placeholders.alignment import (
    FIRST_SLOT,
    Alignment,
    Mismatch,
    Paragraph,
    Witness,
    slot_number,
    without_slots,
)
from textclean.placeholders.placeholder import MASKS, NAMES, Placeholder
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.text.lexicon import SURNAMES, are_contrasts
from textclean.text.patterns import pattern
from textclean.text.words import is_word

#: The share of a paragraph without slots that may be misread, at most; four differences within so
#: few characters are other words.
_MOST_MISREAD = 0.12
_CLUSTER = 6
#: Characters of a paragraph that is only part of one of the witness's, at least.
_LEAST_PART = 120
#: Characters of a paragraph that a witness of only its part must have, at least.
_LEAST_FRAGMENT = 55


class Difference(NamedTuple):
    """A difference that misreading does not explain: a sign of another event."""

    description: str
    #: Whether misreading hardly ever makes it: then the lines beside it are of another event, too.
    strong: bool = False
    #: Whether the witness has other values: numbers, or as many more digits.
    values: bool = False


def another_event(
    paragraph: Paragraph, witness: Witness, alignment: Alignment
) -> Difference | None:
    """The first difference by which a witness reports another event; None if there is none."""
    slotted, copy = paragraph.folded.text, witness.folded.text
    # Characters that differ; words and lengths that may be another event's.
    singles = likely = uneven_ones = broken = 0
    values = False
    first = ""
    differing: list[int] = []
    for mismatch in alignment.mismatches:
        start, end, low, high = mismatch
        ours, theirs = slotted[start:end], copy[low:high]
        description = f"{theirs or 'nothing'} for {_shown(paragraph.slots, ours) or 'nothing'}"
        if any(char >= FIRST_SLOT for char in ours):
            if _other_beside(paragraph.slots, ours, theirs) or _names_another_at_ends(
                slotted, copy, mismatch
            ):
                return Difference(description, True)
            lost = _missing(ours, theirs)
            more = _too_long(paragraph.slots, ours, theirs)
            if lost > 2 or more > 1 or _spelt_out(paragraph.slots, ours, theirs):
                return Difference(description, values=more > 1)
            singles += lost
            differing += range(start, start + lost)
            if not more and (
                _written_anew(ours, theirs) or _is_another_word(slotted, copy, mismatch)
            ):
                likely, first = likely + 1, first or description
            if more:
                values, uneven_ones, first = True, uneven_ones + 1, first or description
            continue
        if ours.strip("x") == "" != theirs and len(ours) == len(theirs):
            continue  # a mask that `find` did not recognise
        if _is_another_number(slotted, copy, mismatch):
            return Difference(description, True)
        # A bad copy replaces characters; it seldom adds or drops any, and never whole words.
        longer, uneven = max(len(ours), len(theirs)), abs(len(ours) - len(theirs))
        if _are_numbers(ours, theirs):
            return Difference(description, values=True)
        if uneven > 1:
            return Difference(description)
        if longer > 2 and (uneven or not _is_garbled(slotted, copy, mismatch)):
            return Difference(description, _says_something(ours, theirs))
        singles += longer
        differing += range(start, start + longer)
        if uneven:
            first = first or description
            if _breaks_words(slotted, copy, mismatch):
                broken += 1
            else:
                uneven_ones += 1
        elif _names_another(slotted, start, copy, low):
            return Difference(description, longer == 2)
        elif longer == 2 and _says_something(ours, theirs):
            # Where the paragraph has no word either, chance made one of what was misread.
            return Difference(description, is_word(ours) or gazetteer.is_place(ours))
        elif {ours, theirs} in _SYNONYMS or (
            longer == 2 and slotted[start - 1] in SURNAMES and not is_word(ours)
        ):
            return Difference(description)
        elif longer == 1 and _makes_words(slotted, start, ours) and _makes_words(copy, low, theirs):
            if are_contrasts(ours, theirs):
                return Difference(description, True)
            likely, first = likely + 1, first or description
    surplus = witness.surplus(paragraph, alignment)
    hanging = _hanging(paragraph, surplus, alignment)
    if any(slotted[at].isdecimal() for at in hanging):
        return Difference("other numbers at its ends")
    singles += len(hanging)
    differing = sorted(differing + hanging)
    ending = _other_ending(paragraph, surplus, alignment)
    if ending and (ending.strong or likely or uneven_ones):
        return Difference(ending.description)
    if singles > 1 + _MOST_MISREAD * alignment.total:
        return Difference(f"{singles} of {alignment.total} characters differ")
    for start, fourth in zip(differing, differing[3:], strict=False):
        if fourth - start < _CLUSTER:
            return Difference(f"other words for {slotted[start : fourth + 1]}")
    signs = likely + broken + uneven_ones
    if signs and signs == singles and _is_clean(paragraph, witness, alignment):
        # Nothing else is misread, and the marks are there.
        return Difference(first, signs == likely, values)
    # One word for another may be chance. A character lost or added beside misread ones is damage.
    if (likely + uneven_ones > 1 or (uneven_ones and singles < 3)) and (
        3 * (likely + uneven_ones) >= singles
    ):
        return Difference(first, values=values)
    return None


def _is_another_number(slotted: str, copy: str, mismatch: Mismatch) -> bool:
    """Whether one digit replaces another, or one whole number another."""
    start, end, low, high = mismatch
    ours, theirs = slotted[start:end], copy[low:high]
    if len(ours) == len(theirs) and any(
        our.isdecimal() and their.isdecimal() and our != their
        for our, their in zip(ours, theirs, strict=True)
    ):
        return True
    # A number on both sides, which may begin before or end behind.
    around = slotted[max(0, start - 1) : end + 1], copy[max(0, low - 1) : high + 1]
    return (ours + theirs).isdecimal() and all(any(map(str.isdecimal, near)) for near in around)


def _is_garbled(slotted: str, copy: str, mismatch: Mismatch) -> bool:
    """Whether the witness's characters make no word, and the paragraph's make some."""
    start, end, low, high = mismatch
    return not _words(copy, low, high) and 2 * _words(slotted, start, end) >= end - start


def _words(text: str, start: int, end: int) -> int:
    """The words of two characters that touch ``text[start:end]``."""
    return sum(is_word(text[at : at + 2]) for at in range(max(0, start - 1), end))


def _breaks_words(slotted: str, copy: str, mismatch: Mismatch) -> bool:
    """Whether a lost or added character is damage: the witness makes no word there."""
    start, end, low, high = mismatch
    ours, theirs = slotted[start:end], copy[low:high]
    if not ours:
        return theirs not in _LITTLE and not _makes_words(copy, low, theirs)
    if not theirs:
        return ours not in _LITTLE and _makes_words(slotted, start, ours)
    return not _words(copy, low, high)


#: Characters outside of words that some writers put and others leave out.
_LITTLE = "的了已将也等及在就共又都而并且日号年月第"


def _are_numbers(ours: str, theirs: str) -> bool:
    """Whether both sides are numbers, or one is and the other is empty."""
    both = ours + theirs
    return _DIGITS.issuperset(both) and both != "一"


def _written_anew(ours: str, theirs: str) -> bool:
    """Whether a synonym stands on either side of the slots of a mismatch."""
    return {ours[0], theirs[:1]} in _SYNONYMS or {ours[-1], theirs[-1:]} in _SYNONYMS


def _spelt_out(slots: Sequence[Placeholder], ours: str, theirs: str) -> bool:
    """Whether a Chinese numeral stands for masked digits: somebody rewrote it.

    A single digit may be misread as one of its characters.
    """
    is_number = len(ours) == 1 and slots[slot_number(ours)].type not in _OPEN
    return is_number and len(theirs) > 1 and set(theirs) <= _NUMERALS


def _other_beside(slots: Sequence[Placeholder], ours: str, theirs: str) -> bool:
    """Whether a witness has other digits, another place or another word beside slots.

    The ends of a mismatch have a definite place in the witness. Between two slots nothing has:
    there all that is no digit is compared.
    """
    known = [char for char in ours if char.isdecimal()]
    digits = [char for char in theirs if char.isdecimal()]
    least = len(known) + sum(
        sum(mark in MASKS or mark.isdecimal() for mark in slots[slot_number(char)].text)
        for char in ours
        if char >= FIRST_SLOT and slots[slot_number(char)].type not in _OPEN
    )
    if known and len(digits) >= least:
        rest = iter(digits)
        if not all(char in rest for char in known):
            return True  # the witness has as many digits, but other ones
    head = next(at for at, char in enumerate(ours) if char >= FIRST_SLOT)
    tail = next(at for at, char in enumerate(reversed(ours)) if char >= FIRST_SLOT)
    if head > 1 and _says_something(ours[:head], theirs, at_end=False):
        return True
    if tail > 1 and _says_something(ours[-tail:], theirs, at_end=True):
        return True
    between = "".join(char for char in ours[head : len(ours) - tail] if char < FIRST_SLOT)
    if len(between) < 2:
        return False
    start = head if theirs[:head] == ours[:head] else 0
    words = "".join(char for char in theirs[start:] if not char.isdecimal())
    if gazetteer.is_place(between):
        names = _places_of(words)
        return bool(names) and between not in names
    return not set(between) & set(words) and _says_something(between, words)


def _places_of(names: str) -> list[str]:
    """The names of places that a string consists of; [] if it holds anything else."""
    places: list[str] = []
    at = 0
    while at < len(names):
        length = gazetteer.place_at(names, at)
        if not length:
            return []
        places.append(names[at : at + length])
        at += length
    return places


def _says_something(ours: str, theirs: str, *, at_end: bool | None = None) -> bool:
    """Whether a witness has another place, name or word for two or more characters.

    Only the end of `theirs` counts if `at_end`, only its beginning if not; all of it if None.
    """
    length = len(ours)
    is_named = gazetteer.is_place(ours if at_end is None else ours[-length:])
    if at_end is not None:
        lengths = range(2, min(9, len(theirs) + 1))
        stands = [theirs[-n:] if at_end else theirs[:n] for n in lengths]
        theirs = theirs[-length:] if at_end else theirs[:length]
        if is_named and ours not in stands and any(map(gazetteer.is_place, stands)):
            return True
    if is_named and ours != theirs and gazetteer.is_place(theirs):
        return True
    if any(our == their for our, their in zip(ours, theirs, strict=False)):
        return False
    if is_named and len(theirs) >= length:
        return True  # no character of a name is left: hardly all of them are misread
    if _may_be_name(ours) and _may_be_name(theirs):
        return True
    return any(is_word(theirs[at : at + 2]) for at in range(len(theirs) - 1))


def _may_be_name(text: str) -> bool:
    return len(text) in (2, 3) and text[0] in SURNAMES


def _names_another(slotted: str, at: int, copy: str, there: int) -> bool:
    """Whether the character that differs makes two different places of one name's length."""
    for length in (2, 3, 4):
        for before in range(length):
            if before > min(at, there):
                continue
            ours = slotted[at - before : at - before + length]
            theirs = copy[there - before : there - before + length]
            if gazetteer.is_place(ours) and gazetteer.is_place(theirs):
                return True
    return False


def _names_another_at_ends(slotted: str, copy: str, mismatch: Mismatch) -> bool:
    """`_names_another` for the characters at either end of a mismatch with slots."""
    start, end, low, high = mismatch
    for step, ours, there in ((1, start, low), (-1, end - 1, high - 1)):
        while start <= ours < end and low <= there < high and slotted[ours] < FIRST_SLOT:
            if _names_another(slotted, ours, copy, there):
                return True
            ours, there = ours + step, there + step
    return False


def _missing(ours: str, theirs: str) -> int:
    """Characters between and beside slots that a witness lacks."""
    from rapidfuzz.distance import LCSseq

    known = without_slots(ours)
    return len(known) - LCSseq.similarity(known, theirs)


def _too_long(slots: Sequence[Placeholder], ours: str, theirs: str) -> int:
    """Characters by which a witness is longer or shorter than slots and the text between them.

    A number is as long as its mask, and misreading keeps lengths; the length of names is unknown.
    """
    expected = 0
    counts = True
    for char in ours:
        if char < FIRST_SLOT:
            expected += 1
            continue
        slot = slots[slot_number(char)]
        if slot.type in _OPEN or slot.canonical != slot.text or len(slot.candidates) > 1:
            return 0
        expected += sum(mark in MASKS or mark.isalnum() for mark in slot.text)
        counts = counts and slot.type is Type.QUANTITY
    if counts and not any(char.isdigit() for char in theirs):
        return 0  # names after all
    return abs(len(theirs) - expected)


_OPEN = NAMES | {Type.COMPOSITE, Type.UNKNOWN}


def _shown(slots: Sequence[Placeholder], ours: str) -> str:
    return "".join(char if char < FIRST_SLOT else slots[slot_number(char)].text for char in ours)


def _hanging(paragraph: Paragraph, surplus: tuple[int, int], alignment: Alignment) -> list[int]:
    """Characters before or behind all that agrees, where the witness has others."""
    slotted = paragraph.folded.text
    first, last = alignment.ends
    outer: list[int] = []
    if surplus[0]:
        outer += range(max(0, first - 3), first)
    if surplus[1]:
        outer += range(last + 1, min(len(slotted), last + 4))
    return [at for at in outer if slotted[at] < FIRST_SLOT]


def _other_ending(
    paragraph: Paragraph, surplus: tuple[int, int], alignment: Alignment
) -> Difference | None:
    """Words before or behind all that agrees; strong if the witness has others there."""
    slotted = paragraph.folded.text
    first, last = alignment.ends
    length = len(slotted) - len(paragraph.slots)
    lacking: Difference | None = None
    for ours, theirs in ((slotted[last + 1 :], surplus[1]), (slotted[:first], surplus[0])):
        known = without_slots(ours)
        if len(known) > 1 and theirs > 1:
            return Difference(f"other words for {known[:12]}", True)
        if not ours and theirs > 2 and length < _LEAST_PART:
            return Difference("more words beside it", True)
        if len(known) > 1:
            few = alignment.agreeing < _LEAST_FRAGMENT
            lacking = Difference(f"nothing for {known[:12]}", few)
    return lacking


#: Synonyms of one character: no engine misreads one for the other, so somebody rewrote the text.
_SYNONYMS = [set(pair) for pair in ("号日", "点时", "为达", "位名", "和与", "在于", "将要")]
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两")
_DIGITS = _NUMERALS | frozenset("0123456789")


def _is_clean(paragraph: Paragraph, witness: Witness, alignment: Alignment) -> bool:
    """Whether a witness has as many marks as the paragraph: a bad copy loses them first."""
    first, last = (witness.folded.places[alignment.places[at]] for at in alignment.ends)
    marks = len(_MARK.findall(witness.text, first, last + 1))
    inner = paragraph.folded.places
    return marks > 0 and marks + 1 >= len(_MARK.findall(paragraph.text, inner[0], inner[-1] + 1))


_MARK = pattern("[，。、；：,;:]")


def _is_another_word(slotted: str, copy: str, mismatch: Mismatch) -> bool:
    """Whether the one character between a slot and what agrees makes different words."""
    start, end, low, high = mismatch
    if end - start < 2 or not low < high:
        return False
    before = (slotted[start - 1] + slotted[start], copy[low - 1] + copy[low])
    behind = (slotted[end - 1 : end + 1], copy[high - 1 : high + 1])
    return any(
        ours != theirs and is_word(ours) and is_word(theirs) for ours, theirs in (before, behind)
    )


def _makes_words(text: str, at: int, char: str) -> bool:
    """Whether a character makes a word with either neighbour: a misread one hardly ever does."""
    return is_word(text[max(0, at - 1) : at] + char) or is_word(char + text[at + 1 : at + 2])
