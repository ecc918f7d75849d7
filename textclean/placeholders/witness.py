"""What a witness says of the slots of a text, and when it is believed.

A witness is another copy that still has the values. Two things pass for one and are none: a *noisy*
copy whose very value was misread, and a *template twin*, the same words about another event. So:

- The value must have the form of the mask: as many digits, the point where it stands. A name, which
  has no form, must be attested: in the gazetteer, a second time in a witness, or by two witnesses.
- What stands on either side of the slot must be the witness's, too.
- What is not redacted and differs must look like misreading: single characters, here and there,
  that make no words. A number for a number, a word for a word, 春 for 秋 say that it is another
  event; then the witness is believed in nothing.
- What is not redacted and agrees must be this event's own (`formulas`): notices of every day are
  written in the same words, so that they agree says nothing. Then the lines beside them must.
- Witnesses that disagree fill nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textclean.placeholders import gazetteer
from textclean.placeholders.alignment import (
    SLOT,
    Alignment,
    Folded,
    Paragraph,
    Source,
    paragraphs_of,
)
from textclean.placeholders.placeholder import NAMES, Placeholder
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.placeholders.value_parser import Reading, read
from textclean.placeholders.witness_alignment import lay_all
from textclean.text.classes import is_han

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
    paragraphs = paragraphs_of(text, slots)
    claims: dict[int, list[_Claim]] = defaultdict(list)
    reasons: dict[int, str] = {}
    sources = [Source(witness) for witness in witnesses]
    for number, source in enumerate(sources):
        for slot, outcome in _claims(text, paragraphs, source):
            if isinstance(outcome, str):
                reasons.setdefault(slot.start, outcome)
            else:
                reading, share = outcome
                claims[slot.start].append(_Claim(number, reading, share))
    return [
        _decide(slot, claims.get(slot.start, []), reasons.get(slot.start), sources, text, persons)
        for slot in slots
    ]


_Outcome = tuple[Placeholder, "tuple[Reading, float] | str"]


def _claims(text: str, paragraphs: Sequence[Paragraph], source: Source) -> list[_Outcome]:
    """What one witness says of every slot: a reading, or why there is none."""
    outcomes: list[_Outcome] = []
    for paragraph, aligned, why in lay_all(text, paragraphs, source):
        if aligned is None:
            outcomes += ((slot, why) for slot in paragraph.slots)
            continue
        bounds = _bounds(paragraph, aligned, source)
        for first, last in _together(paragraph.folded.text, aligned.places):
            outcomes += _readings(paragraph, first, last, source, aligned, bounds)
    return outcomes


def _together(slotted: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The places of slots between which a witness has nothing else: first, behind the last.

    A character between two of them that was misread parts them in the mask and not in the witness.
    """
    at = 0
    while at < len(slotted):
        if ord(slotted[at]) < SLOT:
            at += 1
            continue
        first = at
        last = at = at + 1
        while at < len(slotted) and (ord(slotted[at]) >= SLOT or places[at] < 0):
            at += 1
            if ord(slotted[at - 1]) >= SLOT:
                last = at
        at = last
        yield first, last


def _readings(
    paragraph: Paragraph,
    first: int,
    last: int,
    source: Source,
    aligned: Alignment,
    bounds: tuple[int, int],
) -> list[_Outcome]:
    """What a witness has where the slots among ``slotted[first:last]`` stand."""
    slotted = paragraph.folded.text
    masked: list[Placeholder | None] = [
        paragraph.slots[ord(char) - SLOT] if ord(char) >= SLOT else None
        for char in slotted[first:last]
    ]
    slots = [slot for slot in masked if slot is not None]
    places = aligned.places
    left = _neighbour(slotted, places, first, -1)
    right = _neighbour(slotted, places, last - 1, 1)
    agreeing = [
        _agreement(slotted, places, first, -1, bounds),
        _agreement(slotted, places, last - 1, 1, bounds),
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
    found = _divided(masked, source, low, high)
    if found is None:
        start, end = source.folded.places[low], source.folded.places[high - 1] + 1
        said = source.text[start:end][:20]
        form = "、".join(slot.text for slot in slots)
        return none(f"{said!r} does not have the form of {form}")
    outcomes: list[_Outcome] = []
    for slot, reading in zip(slots, found, strict=True):
        misread = skip_left + skip_right + len(masked) - len(slots)
        if reading.names and misread and not _known(slot.type, reading.value):
            outcomes.append((slot, f"{reading.value!r} may be misread at its ends"))
        else:
            outcomes.append((slot, (reading, min(agreeing))))
    return outcomes


def _divided(
    masked: Sequence[Placeholder | None], source: Source, low: int, high: int
) -> list[Reading] | None:
    """A stretch of the witness cut into a value for each slot; None if there is no one way to.

    None among the slots is a character between them, which the witness has misread.
    """
    places, text = source.folded.places, source.text
    if len(masked) == 1 and masked[0] is not None:
        reading = read(masked[0], text, places[low], places[high - 1] + 1)
        return None if reading is None else [reading]
    if high - low > 60 or high - low < len(masked):
        return None
    # From the last slot on: at each place the ways in which the rest can be read, at most two.
    ways: dict[int, list[list[Reading]]] = {high: [[]]}
    for slot in reversed(masked):
        before: dict[int, list[list[Reading]]] = {}
        if slot is None:
            ways = {at - 1: found for at, found in ways.items() if at > low}
            continue
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


def _bounds(paragraph: Paragraph, aligned: Alignment, source: Source) -> tuple[int, int]:
    """The part of a paragraph that the witness can have: all, but where its own line ends."""
    held = [at for at, place in enumerate(aligned.places) if place >= 0]
    begins = not source.goes_on(aligned.places[held[0]], -1, paragraph.before)
    ends = not source.goes_on(aligned.places[held[-1]], 1, paragraph.behind)
    return held[0] if begins else 0, held[-1] + 1 if ends else len(paragraph.folded.text)


def _agreement(
    slotted: str, places: Sequence[int], at: int, step: int, bounds: tuple[int, int]
) -> float:
    """The share of the nearest characters, slots left out, that stand in order in the witness."""
    looked = agreed = 0
    expected: int | None = None
    position = at + step
    while bounds[0] <= position < bounds[1] and looked < _AROUND:
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
    sources: Sequence[Source],
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
    slot: Placeholder, name: str, claims: Sequence[_Claim], sources: Sequence[Source], text: str
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
