"""What witnesses say of the slots of a text, and when they are believed.

A witness is another copy that still has the values. Two kinds of text only look like one: a *noisy*
copy whose very value was misread, and a *template twin*, the same words about another event. So:

- The value must have the form of the mask: as many digits, and a point where the mask has one or
  where the copy lost it. A name has no form and must be attested: by the gazetteer, by a second
  place in the texts, or by a second witness. A misread name looks like any other name; a misread
  digit that is a digit again is the one error that gets by.
- The text beside the slot must agree on both sides.
- Differences outside of slots must look like misreading (`event_match`). A number for a number, a
  word for a word, 春 for 秋 are another event; then nothing of the witness is believed.
- Something rare that is not redacted must prove that it is this event (`event_proof`). Notices have
  the same words every day; then the lines beside them must tell the day. Twins in which nothing but
  the values differs are recognised only by that.
- Witnesses that disagree fill nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textclean.placeholders import gazetteer
from textclean.placeholders.alignment import (
    FIRST_SLOT,
    Alignment,
    FoldedText,
    Paragraph,
    Witness,
    paragraphs_of,
    slot_number,
)
from textclean.placeholders.placeholder import MASKS, NAMES, Placeholder
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.placeholders.value_parser import SlotValue, read
from textclean.placeholders.witness_alignment import AlignedParagraph, judge_all, match_all
from textclean.text.classes import is_han

#: Characters on either side of a slot that are looked at, and the share that must agree.
_AROUND = 8
_AROUND_SHARE = 0.6


class SlotEvidence(NamedTuple):
    """The value of a slot with the evidence for it, or None with the reason."""

    slot: Placeholder
    value: str | None
    confidence: float
    reason: str
    #: The indices of the witnesses that have the value.
    witnesses: tuple[int, ...] = ()


class WitnessValue(NamedTuple):
    """The value of one slot in one witness."""

    #: The index of the witness.
    witness: int
    value: SlotValue
    #: The share of the characters beside the slot that agree.
    share: float
    #: What proves that the witness tells of the same event.
    proof: str


def consult(
    text: str, slots: Sequence[Placeholder], witnesses: Sequence[str], *, persons: bool = True
) -> list[SlotEvidence]:
    """The evidence of witnesses on each slot of a text, in order of place.

    Args:
        text: the text with the slots.
        slots: placeholders of it, in order of place.
        witnesses: texts that may hold the same paragraphs with their values.
        persons: whether names of persons may be filled.
    """
    paragraphs = paragraphs_of(text, slots)
    values: dict[int, list[WitnessValue]] = defaultdict(list)
    reasons: dict[int, str] = {}
    copies = list(map(Witness, witnesses))
    matches = [match_all(paragraphs, copy) for copy in copies]
    formulas = frozenset(
        gram for found in matches for match in found.values() for gram in match.formulas
    )
    for number, copy in enumerate(copies):
        judged = judge_all(text, paragraphs, matches[number], copy, formulas)
        for slot, outcome in _outcomes(judged, copy):
            if isinstance(outcome, str):
                reasons.setdefault(slot.start, outcome)
            else:
                values[slot.start].append(WitnessValue(number, *outcome))
    return [
        _decide(slot, values[slot.start], reasons.get(slot.start), copies, text, persons)
        for slot in slots
    ]


#: A slot with its value and the share that agrees beside it, or with the reason for none.
_Reading = tuple[Placeholder, tuple[SlotValue, float] | str]
#: The same with the proof of the event.
_Outcome = tuple[Placeholder, tuple[SlotValue, float, str] | str]


def _outcomes(judged: Sequence[AlignedParagraph], witness: Witness) -> list[_Outcome]:
    """What one witness says of every slot."""
    outcomes: list[_Outcome] = []
    for paragraph, alignment, why in judged:
        if alignment is None:
            outcomes += ((slot, why) for slot in paragraph.slots)
            continue
        bounds = _bounds(paragraph, alignment, witness)
        for first, last in _together(paragraph.folded.text, alignment.places):
            outcomes += (
                (slot, outcome if isinstance(outcome, str) else (*outcome, why))
                for slot, outcome in _readings(paragraph, first, last, witness, alignment, bounds)
            )
    return outcomes


def _together(slotted: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Start and end of each run of slots between which the witness has nothing to align.

    Characters between two slots that the witness has misread are part of the run.
    """
    at = 0
    while at < len(slotted):
        if slotted[at] < FIRST_SLOT:
            at += 1
            continue
        first = at
        last = at = at + 1
        while at < len(slotted) and (slotted[at] >= FIRST_SLOT or places[at] < 0):
            at += 1
            if slotted[at - 1] >= FIRST_SLOT:
                last = at
        at = last
        yield first, last


def _readings(
    paragraph: Paragraph,
    first: int,
    last: int,
    witness: Witness,
    alignment: Alignment,
    bounds: tuple[int, int],
) -> list[_Reading]:
    """What stands for the slots in ``slotted[first:last]``, a run of `_together`."""
    slotted = paragraph.folded.text
    masked: list[Placeholder | None] = [
        paragraph.slots[slot_number(char)] if char >= FIRST_SLOT else None
        for char in slotted[first:last]
    ]
    slots = [slot for slot in masked if slot is not None]
    places = alignment.places
    left = _neighbour(places, first, -1)
    right = _neighbour(places, last - 1, 1)
    agreeing = [
        _agreement(slotted, places, first, -1, bounds),
        _agreement(slotted, places, last - 1, 1, bounds),
    ]

    def none(why: str) -> list[_Reading]:
        return [(slot, why) for slot in slots]

    skip_left = first - left - 1 if left is not None else 0
    skip_right = right - last if right is not None else 0
    beside = slotted[first - skip_left : first] + slotted[last : last + skip_right]
    if (
        min(agreeing) < _AROUND_SHARE
        or (left is None and right is None)
        or len(beside) > 2
        or any(char >= FIRST_SLOT for char in beside)
    ):
        return none("what stands beside it is not what the witness has there")
    low = places[left] + 1 + skip_left if left is not None else -1
    high = places[right] - skip_right if right is not None else -1
    if left is None or right is None:
        if len(slots) > 1:
            return none("where the first or the last value ends cannot be told")
        if left is None:
            low = _back(slots[0], witness.folded, witness.text, high)
        else:
            high = _forth(slots[0], witness.folded, low)
    if not 0 <= low < high:
        return none("the witness lacks it, too")
    values = _divided(masked, witness, low, high)
    if values is None:
        start, end = witness.folded.places[low], witness.folded.places[high - 1] + 1
        said = witness.text[start:end][:20]
        form = "、".join(slot.text for slot in slots)
        return none(f"{said!r} does not have the form of {form}")
    misread = skip_left + skip_right + len(masked) - len(slots)
    return [
        (slot, f"{value.text!r} may be misread at its ends")
        if value.names and misread and not _in_gazetteer(slot.type, value.text)
        else (slot, (value, min(agreeing)))
        for slot, value in zip(slots, values, strict=True)
    ]


def _divided(
    masked: Sequence[Placeholder | None], witness: Witness, low: int, high: int
) -> list[SlotValue] | None:
    """``witness[low:high]`` cut into a value for each slot; None unless there is exactly one way.

    A None in `masked` is a character between slots that the witness has misread.
    """
    places, text = witness.folded.places, witness.text
    if len(masked) == 1 and masked[0] is not None:
        value = read(masked[0], text, places[low], places[high - 1] + 1)
        return None if value is None else [value]
    if high - low > 60 or high - low < len(masked):
        return None
    # From the last slot to the first: by offset, at most two ways to read the rest.
    ways: dict[int, list[list[SlotValue]]] = {high: [[]]}
    for slot in reversed(masked):
        before: dict[int, list[list[SlotValue]]] = {}
        if slot is None:
            ways = {at - 1: rests for at, rests in ways.items() if at > low}
            continue
        for start in range(low, high):
            for end in range(start + 1, min(high, start + 16) + 1):
                if end not in ways:
                    continue
                value = read(slot, text, places[start], places[end - 1] + 1)
                if value is None or not all(
                    _whole(name, places, start, end) for name in value.names
                ):
                    continue
                before.setdefault(start, []).extend([[value, *rest] for rest in ways[end]])
        ways = {start: rests[:2] for start, rests in before.items()}
    rests = ways.get(low, [])
    return rests[0] if len(rests) == 1 else None


def _whole(name: str, places: Sequence[int], start: int, end: int) -> bool:
    """Whether a name is in the gazetteer, or has marks or spaces on both sides."""
    if gazetteer.is_place(name):
        return True
    before = start == 0 or places[start] - places[start - 1] > 1
    behind = end == len(places) or places[end] - places[end - 1] > 1
    return before and behind


def _neighbour(places: Sequence[int], at: int, step: int) -> int | None:
    """The nearest character on one side that the witness has, or None."""
    side = range(at + 1, len(places)) if step > 0 else range(at - 1, -1, -1)
    return next((place for place in side if places[place] >= 0), None)


def _bounds(paragraph: Paragraph, alignment: Alignment, witness: Witness) -> tuple[int, int]:
    """The part of a paragraph that the witness can have: up to where the witness's line ends."""
    first, last = alignment.ends
    before, behind = witness.surplus(paragraph, alignment)
    return 0 if before else first, len(paragraph.folded.text) if behind else last + 1


def _agreement(
    slotted: str, places: Sequence[int], at: int, step: int, bounds: tuple[int, int]
) -> float:
    """The share of the nearest characters, slots left out, that stand in order in the witness."""
    looked = agreed = 0
    expected: int | None = None
    position = at + step
    while bounds[0] <= position < bounds[1] and looked < _AROUND:
        if slotted[position] >= FIRST_SLOT:
            expected = None  # the value's length is unknown
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
    # If the paragraph begins or ends with the slot, the other side decides.
    return agreed / looked if looked else 1.0


def _back(slot: Placeholder, witness: FoldedText, text: str, high: int) -> int:
    """Where a value that opens the paragraph begins, given where it ends."""
    if high <= 0:
        return -1
    if slot.type not in NAMES:
        length = sum(char in MASKS for char in slot.text)
        return max(-1, high - length)
    for length in range(min(8, high), 1, -1):
        if gazetteer.is_place(witness.text[high - length : high]):
            return high - length
    start = text.rfind("\n", 0, witness.places[high - 1]) + 1
    low = high
    while low > 0 and witness.places[low - 1] >= start and high - low < 9:
        low -= 1
    return low if high - low < 9 else -1


def _forth(slot: Placeholder, witness: FoldedText, low: int) -> int:
    """Where a value that closes the paragraph ends, given where it begins."""
    if slot.type not in NAMES:
        length = sum(char in MASKS for char in slot.text)
        return min(len(witness.text), low + length)
    length = gazetteer.place_at(witness.text, low)
    return low + length if length else -1


def _in_gazetteer(kind: Type, value: str) -> bool:
    if kind is Type.ETHNICITY:
        return gazetteer.is_people(value)
    return kind is Type.PLACE and gazetteer.is_place(value)


def _decide(
    slot: Placeholder,
    candidates: Sequence[WitnessValue],
    reason: str | None,
    witnesses: Sequence[Witness],
    text: str,
    persons: bool,
) -> SlotEvidence:
    if slot.type is Type.PERSON and not persons:
        return SlotEvidence(slot, None, 0.0, "names of persons are not restored unless asked for")
    if not candidates:
        return SlotEvidence(slot, None, 0.0, reason or "no witness has the paragraph")
    values = {candidate.value.text for candidate in candidates}
    if len(values) > 1:
        said = ", ".join(sorted(values)[:3])
        return SlotEvidence(slot, None, 0.0, f"witnesses disagree: {said}")
    value = values.pop()
    which = ", ".join(str(candidate.witness + 1) for candidate in candidates)
    names = candidates[0].value.names
    doubtful = [name for name in names if not _attested(slot, name, candidates, witnesses, text)]
    if doubtful:
        why = f"witness {which} has {doubtful[0]!r}, which nothing else attests"
        return SlotEvidence(slot, None, 0.0, why)
    share = min(candidate.share for candidate in candidates)
    confidence = round(min(0.99, 0.8 + 0.15 * share + 0.02 * (len(candidates) - 1)), 3)
    proof = next((candidate.proof for candidate in candidates if candidate.proof), "")
    evidence = f"witness {which} tells of the same event ({proof}); the form fits {slot.text}"
    numbers = tuple(candidate.witness for candidate in candidates)
    return SlotEvidence(slot, value, confidence, evidence, numbers)


def _attested(
    slot: Placeholder,
    name: str,
    candidates: Sequence[WitnessValue],
    witnesses: Sequence[Witness],
    text: str,
) -> bool:
    """Whether a name is more than what one witness, perhaps misread, has in one place."""
    if len({witnesses[candidate.witness].text for candidate in candidates}) > 1:
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
    return sum(witness.text.count(name) for witness in witnesses) + text.count(name) > 1
