"""What a witness says of the slots of a text, and when it is believed.

A witness is another copy that still has the values. Two things pass for one and are none: a *noisy*
copy whose very value was misread, and a *template twin*, the same words about another event. So:

- The value must have the form of the mask: as many digits, the point where it stands. A name, which
  has no form, must be attested: in the gazetteer, a second time in a witness, or by two witnesses.
- What stands on either side of the slot must be the witness's, too.
- What is not redacted and differs must look like misreading: single characters, here and there,
  that make no words. A number for a number, a word for a word, 春 for 秋 say that it is another
  event; then the witness is believed in nothing.
- Witnesses that disagree fill nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textclean.placeholders import gazetteer
from textclean.placeholders.alignment import SLOT, Alignment, Folded, Index, align, fold
from textclean.placeholders.placeholder import NAMES, Placeholder
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.placeholders.shape import Reading, read
from textclean.text.classes import is_han
from textclean.text.words import is_word

#: A paragraph must have this many characters besides its slots, …
_LEAST_CONTEXT = 12
#: … and the witness this share of them; from so few on, all of them.
_LEAST_SHARE = 0.7
_LEAST_WHOLE = 6
#: A paragraph that is only part of one of the witness's must have so many.
_LEAST_PART = 80
#: No more of what is not redacted may be misread; four in so few characters are other words.
_MOST_MISREAD = 0.12
_CLUSTER = 6
#: Characters on either side of a slot that are looked at, and the share that must agree.
_AROUND = 8
_AROUND_SHARE = 0.6


class Testimony(NamedTuple):
    """What became of a slot: its value, or None with the reason why there is none."""

    slot: Placeholder
    value: str | None
    confidence: float
    evidence: str
    #: Which witnesses have the value, as numbers in the order in which they were given.
    witnesses: tuple[int, ...] = ()


class _Claim(NamedTuple):
    """What one witness says of one slot."""

    witness: int
    reading: Reading
    share: float


class _Paragraph(NamedTuple):
    """A line of the text with the slots in it."""

    start: int
    end: int
    slots: Sequence[Placeholder]
    folded: Folded


def consult(
    text: str, slots: Sequence[Placeholder], witnesses: Sequence[str], *, persons: bool = True
) -> list[Testimony]:
    """What witnesses say of the slots of a text, in order of place.

    Args:
        text: the text with the slots.
        slots: placeholders of it, in order of place.
        witnesses: texts that may hold the same paragraphs with their values.
        persons: whether names of persons may be filled.
    """
    paragraphs = _paragraphs(text, slots)
    claims: dict[int, list[_Claim]] = defaultdict(list)
    reasons: dict[int, str] = {}
    sources = [_Source(witness) for witness in witnesses]
    for number, source in enumerate(sources):
        for slot, outcome in _claims(paragraphs, source):
            if isinstance(outcome, str):
                reasons.setdefault(slot.start, outcome)
            else:
                reading, share = outcome
                claims[slot.start].append(_Claim(number, reading, share))
    return [
        _decide(slot, claims.get(slot.start, []), reasons.get(slot.start), sources, text, persons)
        for slot in slots
    ]


class _Source:
    """A witness, folded and indexed once for all paragraphs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.index = Index(self.folded, text)

    def goes_on(self, at: int, step: int) -> int:
        """How many characters, up to eight, its line goes on from one of them, in one direction."""
        places = self.folded.places
        number = 0
        while 0 <= at + step < len(places) and number < 8:
            low, high = sorted((places[at], places[at + step]))
            if "\n" in self.text[low:high]:
                break
            at += step
            number += 1
        return number


def _paragraphs(text: str, slots: Sequence[Placeholder]) -> list[_Paragraph]:
    paragraphs: list[_Paragraph] = []
    at = 0
    while at < len(slots):
        start = text.rfind("\n", 0, slots[at].start) + 1
        end = text.find("\n", slots[at].end)
        end = len(text) if end < 0 else end
        last = at
        while last < len(slots) and slots[last].start < end:
            last += 1
        inside = slots[at:last]
        spans = [(slot.start - start, slot.end - start) for slot in inside]
        paragraphs.append(_Paragraph(start, end, inside, fold(text[start:end], spans)))
        at = last
    return paragraphs


_Outcome = tuple[Placeholder, "tuple[Reading, float] | str"]


def _claims(paragraphs: Sequence[_Paragraph], source: _Source) -> list[_Outcome]:
    """What one witness says of every slot: a reading, or why there is none."""
    outcomes: list[_Outcome] = []
    judged = foreign = 0
    for paragraph in paragraphs:
        aligned = _lay(paragraph, source)
        if isinstance(aligned, str):
            outcomes += ((slot, aligned) for slot in paragraph.slots)
            continue
        judged += 1
        difference = _another_event(paragraph, source, aligned)
        if difference:
            foreign += 1
            why = f"the witness tells of another event: {difference}"
            outcomes += ((slot, why) for slot in paragraph.slots)
            continue
        for first, last in _touching(paragraph.folded.text):
            outcomes += _readings(paragraph, first, last, source, aligned)
    if 2 * foreign >= judged > 0:
        why = "the witness tells of another event in other paragraphs"
        return [(slot, out if isinstance(out, str) else why) for slot, out in outcomes]
    return outcomes


def _lay(paragraph: _Paragraph, source: _Source) -> Alignment | str:
    slotted = paragraph.folded.text
    known = sum(ord(char) < SLOT for char in slotted)
    if known < _LEAST_WHOLE:
        return "too little stands around it to tell the paragraph again"
    least = (_LEAST_SHARE if known >= _LEAST_CONTEXT else 1) * known
    for window in source.index.windows(slotted):
        aligned = align(paragraph.folded, source.folded.text, *window)
        if aligned.agreeing >= least:
            return aligned
    return "no witness has the paragraph"


def _another_event(paragraph: _Paragraph, source: _Source, aligned: Alignment) -> str:
    """What differs as misread characters do not, and so tells of another event; '' if nothing."""
    from textclean.dedup.verify import CONTRASTS

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
            if lost > 2:
                return said_of(mine, other)
            singles += lost
            differing += range(start, start + lost)
            more = _too_long(paragraph.slots, mine, other)
            if more > 1:
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
            if any(mine in group and other in group for group in CONTRASTS):
                return said
            likely += 1
            first = first or said
    ending = _other_ending(paragraph, source, aligned)
    if ending:
        uneven_ones += 1
        if ending.strong or singles:
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
    for char in mine:
        if ord(char) < SLOT:
            expected += 1
            continue
        slot = slots[ord(char) - SLOT]
        if slot.type in _OPEN or slot.canonical != slot.text or len(slot.candidates) > 1:
            return 0
        expected += sum(each in "xX×＊*□#" or each.isalnum() for each in slot.text)
    if not any(char.isdigit() for char in other):
        return 0  # names after all
    return abs(len(other) - expected)


_OPEN = NAMES | {Type.COMPOSITE, Type.UNKNOWN}


def _shown(slots: Sequence[Placeholder], mine: str) -> str:
    return "".join(char if ord(char) < SLOT else slots[ord(char) - SLOT].text for char in mine)


class _Ending(NamedTuple):
    """What a paragraph has before or behind all that agrees."""

    said: str
    #: Whether the witness has other words there, and not just none.
    strong: bool


def _other_ending(paragraph: _Paragraph, source: _Source, aligned: Alignment) -> _Ending | None:
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
            lacking = _Ending(f"nothing for {known[:12]}", False)
    return lacking


#: Two ways to say the same: no engine misreads one for the other, so somebody wrote it anew.
_ANOTHER_HAND = [set(pair) for pair in ("号日", "点时", "为达", "位名", "和与", "在于", "将要")]
_DIGITS = frozenset("0123456789零〇一二三四五六七八九十百千万亿两")


def _makes_words(text: str, at: int, char: str) -> bool:
    """Whether a character makes a word with either neighbour: a misread one hardly ever does."""
    return is_word(text[max(0, at - 1) : at] + char) or is_word(char + text[at + 1 : at + 2])


def _touching(slotted: str) -> Iterator[tuple[int, int]]:
    """The places of slots between which nothing stands, from the first to behind the last."""
    at = 0
    while at < len(slotted):
        if ord(slotted[at]) < SLOT:
            at += 1
            continue
        first = at
        while at < len(slotted) and ord(slotted[at]) >= SLOT:
            at += 1
        yield first, at


def _readings(
    paragraph: _Paragraph, first: int, last: int, source: _Source, aligned: Alignment
) -> list[_Outcome]:
    """What a witness has where the slots ``slotted[first:last]`` stand."""
    slotted = paragraph.folded.text
    number = ord(slotted[first]) - SLOT
    slots = paragraph.slots[number : number + last - first]
    places = aligned.places
    left = _neighbour(slotted, places, first, -1)
    right = _neighbour(slotted, places, last - 1, 1)
    agreeing = [
        _agreement(slotted, places, first, -1),
        _agreement(slotted, places, last - 1, 1),
    ]

    def none(why: str) -> list[_Outcome]:
        return [(slot, why) for slot in slots]

    if min(agreeing) < _AROUND_SHARE or (left is None and right is None):
        return none("what stands beside it is not what the witness has there")
    skip_left = first - left - 1 if left is not None else 0
    skip_right = right - last if right is not None else 0
    beside = slotted[first - skip_left : first] + slotted[last : last + skip_right]
    if skip_left + skip_right > 2 or any(ord(char) >= SLOT for char in beside):
        return none("what stands beside it is not what the witness has there")
    low = places[left] + 1 + skip_left if left is not None else -1
    high = places[right] - skip_right if right is not None else -1
    if left is None or right is None:
        if len(slots) > 1:
            return none("where the first or the last value ends cannot be told")
        if left is None:
            low = _back(slots[0], source.folded, source.text, high)
        else:
            high = _forth(slots[0], source.folded, low)
    if not 0 <= low < high:
        return none("the witness lacks it, too")
    found = _divided(slots, source, low, high)
    if found is None:
        start, end = source.folded.places[low], source.folded.places[high - 1] + 1
        said = source.text[start:end][:20]
        form = "、".join(slot.text for slot in slots)
        return none(f"{said!r} does not have the form of {form}")
    outcomes: list[_Outcome] = []
    for slot, reading in zip(slots, found, strict=True):
        if reading.names and skip_left + skip_right and not _known(slot.type, reading.value):
            outcomes.append((slot, f"{reading.value!r} may be misread at its ends"))
        else:
            outcomes.append((slot, (reading, min(agreeing))))
    return outcomes


def _divided(
    slots: Sequence[Placeholder], source: _Source, low: int, high: int
) -> list[Reading] | None:
    """A stretch of the witness cut into a value for each slot; None if there is no one way to."""
    places, text = source.folded.places, source.text
    if len(slots) == 1:
        reading = read(slots[0], text, places[low], places[high - 1] + 1)
        return None if reading is None else [reading]
    if high - low > 60 or high - low < len(slots):
        return None
    # From the last slot on: at each place the ways in which the rest can be read, at most two.
    ways: dict[int, list[list[Reading]]] = {high: [[]]}
    for slot in reversed(slots):
        before: dict[int, list[list[Reading]]] = {}
        for start in range(low, high):
            for end in range(start + 1, min(high, start + 16) + 1):
                if end not in ways:
                    continue
                reading = read(slot, text, places[start], places[end - 1] + 1)
                if reading is None or not all(
                    _whole(name, text, places, start, end) for name in reading.names
                ):
                    continue
                before.setdefault(start, []).extend([[reading, *rest] for rest in ways[end]])
        ways = {start: found[:2] for start, found in before.items()}
    found = ways.get(low, [])
    return found[0] if len(found) == 1 else None


def _whole(name: str, text: str, places: Sequence[int], start: int, end: int) -> bool:
    """Whether a name in a list is one by the gazetteer, or by the marks around it."""
    if gazetteer.is_place(name):
        return True
    before = start == 0 or places[start] - places[start - 1] > 1
    behind = end == len(places) or places[end] - places[end - 1] > 1
    return before and behind


def _neighbour(slotted: str, places: Sequence[int], at: int, step: int) -> int | None:
    """The nearest character on one side that the witness has; None where there is none at all."""
    at += step
    while 0 <= at < len(slotted):
        if places[at] >= 0:
            return at
        at += step
    return None


def _agreement(slotted: str, places: Sequence[int], at: int, step: int) -> float:
    """The share of the nearest characters, slots left out, that stand in order in the witness."""
    looked = agreed = 0
    expected: int | None = None
    position = at + step
    while 0 <= position < len(slotted) and looked < _AROUND:
        if ord(slotted[position]) >= SLOT:
            expected = None  # a value of unknown length stands there
        else:
            looked += 1
            place = places[position]
            if place >= 0 and (expected is None or abs(place - expected) <= 1):
                agreed += 1
            if place >= 0:
                expected = place
            if expected is not None:
                expected += step
        position += step
    # Where a paragraph begins or ends with the slot the other side alone must do.
    return agreed / looked if looked else 1.0


def _back(slot: Placeholder, witness: Folded, text: str, high: int) -> int:
    """Where a value that opens the paragraph begins, given where it ends."""
    if high <= 0:
        return -1
    if slot.type not in NAMES:
        length = sum(char in "xX×＊*□#" for char in slot.text)
        return max(-1, high - length)
    for length in range(min(8, high), 1, -1):
        if gazetteer.is_place(witness.text[high - length : high]):
            return high - length
    start = text.rfind("\n", 0, witness.places[high - 1]) + 1
    low = high
    while low > 0 and witness.places[low - 1] >= start and high - low < 9:
        low -= 1
    return low if high - low < 9 else -1


def _forth(slot: Placeholder, witness: Folded, low: int) -> int:
    """Where a value that closes the paragraph ends, given where it begins."""
    if slot.type not in NAMES:
        length = sum(char in "xX×＊*□#" for char in slot.text)
        return min(len(witness.text), low + length)
    for length in range(min(8, len(witness.text) - low), 1, -1):
        if gazetteer.is_place(witness.text[low : low + length]):
            return low + length
    return -1


def _known(kind: Type, value: str) -> bool:
    if kind is Type.ETHNICITY:
        return gazetteer.is_people(value)
    return kind is Type.PLACE and gazetteer.is_place(value)


def _decide(
    slot: Placeholder,
    claims: Sequence[_Claim],
    reason: str | None,
    sources: Sequence[_Source],
    text: str,
    persons: bool,
) -> Testimony:
    if slot.type is Type.PERSON and not persons:
        return Testimony(slot, None, 0.0, "names of persons are not restored unless asked for")
    if not claims:
        return Testimony(slot, None, 0.0, reason or "no witness has the paragraph")
    values = {claim.reading.value for claim in claims}
    if len(values) > 1:
        said = ", ".join(sorted(values)[:3])
        return Testimony(slot, None, 0.0, f"witnesses disagree: {said}")
    value = values.pop()
    which = ", ".join(str(claim.witness + 1) for claim in claims)
    names = claims[0].reading.names
    doubted = [name for name in names if not _attested(slot, name, claims, sources, text)]
    if doubted:
        return Testimony(
            slot, None, 0.0, f"witness {which} has {doubted[0]!r}, which nothing else attests"
        )
    share = min(claim.share for claim in claims)
    confidence = round(min(0.99, 0.8 + 0.15 * share + 0.02 * (len(claims) - 1)), 3)
    evidence = f"witness {which}, whose words around it agree; the form fits {slot.text}"
    return Testimony(slot, value, confidence, evidence, tuple(claim.witness for claim in claims))


def _attested(
    slot: Placeholder, name: str, claims: Sequence[_Claim], sources: Sequence[_Source], text: str
) -> bool:
    """Whether a name is more than what one witness, perhaps misread, has in one place."""
    if len({sources[claim.witness].text for claim in claims}) > 1:
        return True
    if slot.type is Type.ETHNICITY:
        return gazetteer.is_people(name)
    rank = gazetteer.rank(name)
    # Counties are many: a misread name may well be another one's, unless the text says it is one.
    suffixed = name[-1] in "县区市旗" or text.startswith(("县", "区", "市", "旗"), slot.end)
    if rank < 2 or (rank == 2 and suffixed):
        return True
    if len(name) < 2:
        return len(slot.text) == 1 and gazetteer.is_place(name)
    if not all(map(is_han, name)):
        return False
    return sum(source.text.count(name) for source in sources) + text.count(name) > 1
