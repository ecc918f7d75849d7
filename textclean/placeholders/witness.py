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
from collections.abc import Sequence
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
#: … and the witness this share of them.
_LEAST_SHARE = 0.7
#: Characters on either side of a slot that are looked at, and the share that must agree.
_AROUND = 8
_AROUND_SHARE = 0.6


class Testimony(NamedTuple):
    """What became of a slot: its value, or None with the reason why there is none."""

    slot: Placeholder
    value: str | None
    confidence: float
    evidence: str


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


def testify(
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


class _Source:
    """A witness, folded and indexed once for all paragraphs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.index = Index(self.folded)


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


def _claims(text: str, paragraphs: Sequence[_Paragraph], source: _Source) -> list[_Outcome]:
    """What one witness says of every slot: a reading, or why there is none."""
    outcomes: list[_Outcome] = []
    judged = foreign = 0
    for paragraph in paragraphs:
        aligned = _lay(paragraph, source)
        if isinstance(aligned, str):
            outcomes += ((slot, aligned) for slot in paragraph.slots)
            continue
        judged += 1
        difference = _another_event(paragraph.folded.text, source.folded.text, aligned)
        if difference:
            foreign += 1
            why = f"the witness tells of another event: {difference}"
            outcomes += ((slot, why) for slot in paragraph.slots)
            continue
        for number, slot in enumerate(paragraph.slots):
            outcomes.append((slot, _reading(text, paragraph, number, slot, source, aligned)))
    if foreign and 3 * foreign >= judged:
        why = "the witness tells of another event in other paragraphs"
        return [(slot, out if isinstance(out, str) else why) for slot, out in outcomes]
    return outcomes


def _lay(paragraph: _Paragraph, source: _Source) -> Alignment | str:
    slotted = paragraph.folded.text
    known = sum(ord(char) < SLOT for char in slotted)
    if known < _LEAST_CONTEXT:
        return "too little stands around it to tell the paragraph again"
    window = source.index.window(slotted)
    if window is None:
        return "no witness has the paragraph"
    aligned = align(slotted, source.folded.text, *window)
    if aligned.agreeing < _LEAST_SHARE * aligned.total:
        return "no witness has the paragraph"
    return aligned


def _another_event(slotted: str, witness: str, aligned: Alignment) -> str:
    """What differs, outside of slots, as misread characters do not; '' if nothing does."""
    from textclean.dedup.verify import CONTRASTS

    singles = likely = 0
    first = ""
    for start, end, low, high in aligned.blocks:
        mine, other = slotted[start:end], witness[low:high]
        if any(ord(char) >= SLOT for char in mine):
            continue
        if _is_number(mine) and _is_number(other):
            return f"{other} for {mine}"
        if len(mine) == len(other) == 1:
            singles += 1
            if any(mine in group and other in group for group in CONTRASTS):
                return f"{other} for {mine}"
            if _makes_words(slotted, start, mine) and _makes_words(witness, low, other):
                likely += 1
                first = first or f"{other} for {mine}"
        elif not mine or not other:
            lost = len(mine) or len(other)
            if lost > 6:
                return f"{other or 'nothing'} for {mine or 'nothing'}"
            singles += 1
            if lost > 1:
                likely += 1
                first = first or f"{other or 'nothing'} for {mine or 'nothing'}"
        else:
            longer = max(len(mine), len(other))
            singles += longer
            if longer > 3 or len(mine) != len(other):
                return f"{other} for {mine}"
            if is_word(other) or gazetteer.is_place(other) or longer > 2:
                likely += 1
                first = first or f"{other} for {mine}"
    if likely > 1 and 3 * likely >= singles:
        return first
    if likely and singles <= 2:
        return first
    return ""


_DIGITS = frozenset("0123456789零〇一二三四五六七八九十百千万亿两")


def _is_number(characters: str) -> bool:
    return bool(characters) and all(char in _DIGITS for char in characters)


def _makes_words(text: str, at: int, char: str) -> bool:
    """Whether a character makes a word with either neighbour: a misread one hardly ever does."""
    return is_word(text[max(0, at - 1) : at] + char) or is_word(char + text[at + 1 : at + 2])


def _reading(
    text: str,
    paragraph: _Paragraph,
    number: int,
    slot: Placeholder,
    source: _Source,
    aligned: Alignment,
) -> tuple[Reading, float] | str:
    slotted = paragraph.folded.text
    at = slotted.index(chr(SLOT + number))
    places = aligned.places
    left = _neighbour(slotted, places, at, -1)
    right = _neighbour(slotted, places, at, 1)
    share = min(_agreement(slotted, places, at, -1), _agreement(slotted, places, at, 1))
    if share < _AROUND_SHARE:
        return "what stands beside it is not what the witness has there"
    if left is None and right is None:
        return "what stands beside it is not what the witness has there"
    witness = source.folded
    skip_left = at - left - 1 if left is not None else 0
    skip_right = right - at - 1 if right is not None else 0
    if any(ord(char) >= SLOT for char in slotted[at - skip_left : at] + slotted[at + 1 : at + 1 + skip_right]):
        return "it touches another slot, and what is whose cannot be told"
    if skip_left + skip_right > 2:
        return "what stands beside it is not what the witness has there"
    low = places[left] + 1 + skip_left if left is not None else -1
    high = places[right] - skip_right if right is not None else -1
    if left is None:
        low = _back(slot, witness, source.text, high)
    elif right is None:
        high = _forth(slot, witness, source.text, low)
    if not 0 <= low < high:
        return "the witness lacks it, too"
    start, end = witness.places[low], witness.places[high - 1] + 1
    reading = read(slot, source.text, start, end)
    if reading is None:
        return f"{source.text[start:end][:20]!r} does not have the form of {slot.text}"
    if slot.type in NAMES and skip_left + skip_right and not _known(slot.type, reading.value):
        return f"{reading.value!r} may be misread at its ends"
    return reading, share


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


def _forth(slot: Placeholder, witness: Folded, text: str, low: int) -> int:
    """Where a value that closes the paragraph ends, given where it begins."""
    if slot.type not in NAMES:
        length = sum(char in "xX×＊*□#" for char in slot.text)
        return min(len(witness.text), low + length)
    for length in range(8, 1, -1):
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
    doubted = [name for name in names if not _attested(slot.type, name, claims, sources, text)]
    if doubted:
        return Testimony(
            slot, None, 0.0, f"witness {which} has {doubted[0]!r}, which nothing else attests"
        )
    share = min(claim.share for claim in claims)
    confidence = round(min(0.99, 0.8 + 0.15 * share + 0.02 * (len(claims) - 1)), 3)
    evidence = f"witness {which}, whose words around it agree; the form fits {slot.text}"
    return Testimony(slot, value, confidence, evidence)


def _attested(
    kind: Type, name: str, claims: Sequence[_Claim], sources: Sequence[_Source], text: str
) -> bool:
    if len({sources[claim.witness].text for claim in claims}) > 1:
        return True
    if kind is Type.COMPOSITE:
        kind = Type.PLACE
    if _known(kind, name):
        return True
    if len(name) < 2 or not all(map(is_han, name)):
        return False
    seen = sum(source.text.count(name) for source in sources) + text.count(name)
    return seen > 1
