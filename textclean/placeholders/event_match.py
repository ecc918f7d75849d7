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
from textclean.placeholders.alignment import SLOT, Alignment, Block, Paragraph, Source
from textclean.placeholders.masks import SURNAMES
from textclean.placeholders.placeholder import NAMES, Placeholder
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.text.lexicon import are_contrasts
from textclean.text.patterns import pattern
from textclean.text.words import is_word

#: No more of what is not redacted may be misread; four in so few characters are other words.
_MOST_MISREAD = 0.12
_CLUSTER = 6
#: A paragraph that is only part of one of the witness's must have so many.
_LEAST_PART = 120
#: And so many of one must be had by a witness that has only part of it.
_LEAST_FRAGMENT = 55


class Difference(NamedTuple):
    """What differs as misread characters do not, and so tells of another event."""

    said: str
    #: Whether misreading hardly ever comes to this: then what stands beside it is of another
    #: event, too.
    strong: bool = False


def another_event(paragraph: Paragraph, source: Source, aligned: Alignment) -> Difference | None:
    """The first difference between a paragraph and a witness that tells of another event."""
    slotted, witness = paragraph.folded.text, source.folded.text
    singles = likely = uneven_ones = broken = 0
    first = ""
    differing: list[int] = []
    for block in aligned.blocks:
        start, end, low, high = block
        mine, other = slotted[start:end], witness[low:high]
        said = f"{other or 'nothing'} for {_shown(paragraph.slots, mine) or 'nothing'}"
        if any(ord(char) >= SLOT for char in mine):
            if _other_beside(paragraph.slots, mine, other) or _names_another_at_ends(
                slotted, witness, block
            ):
                return Difference(said, True)
            lost = _missing(mine, other)
            more = _too_long(paragraph.slots, mine, other)
            if lost > 2 or more > 1 or _spelt_out(paragraph.slots, mine, other):
                return Difference(said)
            singles += lost
            differing += range(start, start + lost)
            if not more and (
                _written_anew(mine, other) or _is_another_word(slotted, witness, block)
            ):
                likely, first = likely + 1, first or said
            if more:
                uneven_ones, first = uneven_ones + 1, first or said
            continue
        if mine.strip("x") == "" != other and len(mine) == len(other):
            continue  # a mask that nobody took for one
        if _is_another_number(slotted, witness, block):
            return Difference(said, True)
        # A bad copy replaces characters; it seldom adds or drops any, and never whole words.
        longer, uneven = max(len(mine), len(other)), abs(len(mine) - len(other))
        if _are_numbers(mine, other) or uneven > 1:
            return Difference(said)
        if longer > 2 and (uneven or not _is_garbled(slotted, witness, block)):
            return Difference(said, _says_something(mine, other))
        singles += longer
        differing += range(start, start + longer)
        if uneven:
            first = first or said
            if _breaks_words(slotted, witness, block):
                broken += 1
            else:
                uneven_ones += 1
        elif _names_another(slotted, start, witness, low):
            return Difference(said, longer == 2)
        elif longer == 2 and _says_something(mine, other):
            # Where the paragraph has no word either, chance made one of what was misread.
            return Difference(said, is_word(mine) or gazetteer.is_place(mine))
        elif {mine, other} in _ANOTHER_HAND or (
            longer == 2 and slotted[start - 1] in SURNAMES and not is_word(mine)
        ):
            return Difference(said)
        elif (
            longer == 1 and _makes_words(slotted, start, mine) and _makes_words(witness, low, other)
        ):
            if are_contrasts(mine, other):
                return Difference(said, True)
            likely, first = likely + 1, first or said
    hanging = _hanging(paragraph, source, aligned)
    if any(slotted[at].isdecimal() for at in hanging):
        return Difference("other numbers at its ends")
    singles += len(hanging)
    differing = sorted(differing + hanging)
    ending = _other_ending(paragraph, source, aligned)
    if ending and (ending.strong or likely or uneven_ones):
        return Difference(ending.said)
    if singles > 1 + _MOST_MISREAD * aligned.total:
        return Difference(f"{singles} of {aligned.total} characters differ")
    for one, fourth in zip(differing, differing[3:], strict=False):
        if fourth - one < _CLUSTER:
            return Difference(f"other words for {slotted[one : fourth + 1]}")
    told = likely + broken + uneven_ones
    if told and told == singles and _is_clean(paragraph, source, aligned):
        # Nothing else is misread, and the marks are there.
        return Difference(first, told == likely)
    # One word for another may be chance. A character lost or added beside misread ones is damage.
    if (likely + uneven_ones > 1 or (uneven_ones and singles < 3)) and (
        3 * (likely + uneven_ones) >= singles
    ):
        return Difference(first)
    return None


def _is_another_number(slotted: str, witness: str, block: Block) -> bool:
    """Whether a digit stands for another, or a number that is whole for another that is, too."""
    start, end, low, high = block
    mine, other = slotted[start:end], witness[low:high]
    if len(mine) == len(other) and any(
        one.isdecimal() and two.isdecimal() and one != two
        for one, two in zip(mine, other, strict=True)
    ):
        return True
    return (mine + other).isdecimal() and bool(
        _digits_around(slotted, start, end) and _digits_around(witness, low, high)
    )


def _digits_around(text: str, start: int, end: int) -> str:
    """The number that a stretch of a text, perhaps empty, is part of."""
    while start and text[start - 1].isdecimal():
        start -= 1
    while end < len(text) and text[end].isdecimal():
        end += 1
    return text[start:end]


def _is_garbled(slotted: str, witness: str, block: Block) -> bool:
    """Whether what a witness has makes no word anywhere, and what the paragraph has makes some."""
    start, end, low, high = block

    def words(text: str, first: int, last: int) -> int:
        return sum(is_word(text[at : at + 2]) for at in range(max(0, first - 1), last))

    return not words(witness, low, high) and 2 * words(slotted, start, end) >= end - start


def _breaks_words(slotted: str, witness: str, block: Block) -> bool:
    """Whether a character too many or too few is damage: what is left of it makes no words."""
    start, end, low, high = block
    mine, other = slotted[start:end], witness[low:high]
    if not mine:
        return other not in _LITTLE and not _makes_words(witness, low, other)
    if not other:
        return mine not in _LITTLE and _makes_words(slotted, start, mine)
    return not any(is_word(witness[at : at + 2]) for at in range(max(0, low - 1), high))


#: Characters that make no words and that one writer puts where another does not.
_LITTLE = "的了已将也等及在就共又都而并且日号年月第"


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


def _other_beside(slots: Sequence[Placeholder], mine: str, other: str) -> bool:
    """Whether beside slots a witness has other digits, another place or another word.

    What stands at either end of the block has its place in the witness; between two slots it has
    none, and what is no digit there must do.
    """
    known = [char for char in mine if char.isdecimal()]
    digits = [char for char in other if char.isdecimal()]
    wanted = len(known) + sum(
        sum(each in "xX×＊*□#" or each.isdecimal() for each in slots[ord(char) - SLOT].text)
        for char in mine
        if ord(char) >= SLOT and slots[ord(char) - SLOT].type not in _OPEN
    )
    if known and len(digits) >= wanted:
        rest = iter(digits)
        if not all(char in rest for char in known):
            return True  # every digit is a digit in the witness, and not these
    head = next(at for at, char in enumerate(mine) if ord(char) >= SLOT)
    tail = next(at for at, char in enumerate(reversed(mine)) if ord(char) >= SLOT)
    if head > 1 and _says_something(mine[:head], other, at_end=False):
        return True
    if tail > 1 and _says_something(mine[-tail:], other, at_end=True):
        return True
    between = "".join(char for char in mine[head : len(mine) - tail] if ord(char) < SLOT)
    if len(between) < 2:
        return False
    start = head if other[:head] == mine[:head] else 0
    words = "".join(char for char in other[start:] if not char.isdecimal())
    if gazetteer.is_place(between):
        named = _places_of(words)
        return bool(named) and between not in named
    return not set(between) & set(words) and _says_something(between, words)


def _places_of(names: str) -> list[str]:
    """The places whose names are all there is; none if anything else is."""
    found: list[str] = []
    at = 0
    while at < len(names):
        length = next((n for n in range(8, 1, -1) if gazetteer.is_place(names[at : at + n])), 0)
        if not length:
            return []
        found.append(names[at : at + length])
        at += length
    return found


def _says_something(mine: str, other: str, *, at_end: bool | None = None) -> bool:
    """Whether a witness has another place, name or word for these two characters or more.

    Args:
        at_end: what stands for them is the end of `other`, its beginning, or all of it.
    """
    length = len(mine)
    named = gazetteer.is_place(mine if at_end is None else mine[-length:])
    if at_end is not None:
        lengths = range(2, min(9, len(other) + 1))
        stands = [other[-n:] if at_end else other[:n] for n in lengths]
        other = other[-length:] if at_end else other[:length]
        if named and mine not in stands and any(map(gazetteer.is_place, stands)):
            return True
    if named and mine != other and gazetteer.is_place(other):
        return True
    if any(one == two for one, two in zip(mine, other, strict=False)):
        return False
    if named and len(other) >= length:
        return True  # no character of a name is left: so much in a row is hardly misread
    if _may_be_name(mine) and _may_be_name(other):
        return True
    return any(is_word(other[at : at + 2]) for at in range(len(other) - 1))


def _may_be_name(text: str) -> bool:
    return len(text) in (2, 3) and text[0] in SURNAMES


def _names_another(slotted: str, at: int, witness: str, there: int) -> bool:
    """Whether the character that differs makes one place in the paragraph, another in a witness."""
    for length in (2, 3, 4):
        for before in range(length):
            if before > min(at, there):
                continue
            mine = slotted[at - before : at - before + length]
            other = witness[there - before : there - before + length]
            if gazetteer.is_place(mine) and gazetteer.is_place(other):
                return True
    return False


def _names_another_at_ends(slotted: str, witness: str, block: Block) -> bool:
    """The same of the characters at either end of a block with slots in it."""
    start, end, low, high = block
    for step, mine, there in ((1, start, low), (-1, end - 1, high - 1)):
        while start <= mine < end and low <= there < high and ord(slotted[mine]) < SLOT:
            if _names_another(slotted, mine, witness, there):
                return True
            mine, there = mine + step, there + step
    return False


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


def _hanging(paragraph: Paragraph, source: Source, aligned: Alignment) -> list[int]:
    """Characters before or behind all that agrees, where the witness has others."""
    slotted = paragraph.folded.text
    held = [at for at, place in enumerate(aligned.places) if place >= 0]
    outer: list[int] = []
    if source.goes_on(aligned.places[held[0]], -1, paragraph.before):
        outer += range(max(0, held[0] - 3), held[0])
    if source.goes_on(aligned.places[held[-1]], 1, paragraph.behind):
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
    for mine, theirs in (
        (tail, source.goes_on(last, 1, paragraph.behind)),
        (head, source.goes_on(first, -1, paragraph.before)),
    ):
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


def _is_clean(paragraph: Paragraph, source: Source, aligned: Alignment) -> bool:
    """Whether a witness has as many marks as the paragraph: a bad copy loses them first."""
    held = [place for place in aligned.places if place >= 0]
    first, last = source.folded.places[held[0]], source.folded.places[held[-1]]
    marks = len(_MARK.findall(source.text, first, last + 1))
    inner = paragraph.folded.places
    return marks > 0 and marks + 1 >= len(_MARK.findall(paragraph.text, inner[0], inner[-1] + 1))


_MARK = pattern("[，。、；：,;:]")


def _is_another_word(slotted: str, witness: str, block: Block) -> bool:
    """Whether the one character between a slot and what agrees makes a word on either side."""
    start, end, low, high = block
    if end - start < 2 or not low < high:
        return False
    before = (slotted[start - 1] + slotted[start], witness[low - 1] + witness[low])
    behind = (slotted[end - 1 : end + 1], witness[high - 1 : high + 1])
    return any(
        mine != other and is_word(mine) and is_word(other) for mine, other in (before, behind)
    )


def _makes_words(text: str, at: int, char: str) -> bool:
    """Whether a character makes a word with either neighbour: a misread one hardly ever does."""
    return is_word(text[max(0, at - 1) : at] + char) or is_word(char + text[at + 1 : at + 2])
