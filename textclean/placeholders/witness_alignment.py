"""Where a witness has a paragraph, and whether it reports the same event there.

Three questions: does it have enough of the paragraph; are its differences damage (`event_match`);
and does anything that both have prove it is this event (`event_proof`)? The lines before and behind
count, too: a witness that reports another event in one of them does so in all, and where a notice
has the words of every day they must tell which day it was.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from textclean.placeholders.alignment import (
    Alignment,
    Paragraph,
    Witness,
    align,
    without_slots,
)
from textclean.placeholders.boilerplate import GRAM
from textclean.placeholders.event_match import Difference, another_event
from textclean.placeholders.event_proof import (
    agreeing_grams,
    grams_in,
    is_unusual,
    proof_of_event,
)

#: The share of a paragraph's characters without slots that a witness must have; paragraphs of fewer
#: than `_LEAST_CONTEXT` characters it must have whole, those of fewer than `_LEAST_WHOLE` are left.
_LEAST_SHARE = 0.7
_LEAST_CONTEXT = 12
_LEAST_WHOLE = 6
#: Or the part that the witness has is a whole line of its own: characters of it, at least, the
#: share that must agree, and characters of a value that may hang over at either end.
_LEAST_PART = 30
_PART_SHARE = 0.85
_VALUE = 6
#: Unusual grams that a witness must have, at least, of a paragraph together with so many characters
#: of the text before and behind it.
_LEAST_BESIDE = 8
_BESIDE = 400
#: The share of a paragraph that a witness with other values has of it if both are of one form.
_SAME_FORM = 0.9
#: Lines before and behind a paragraph in which a difference counts.
_NEAR = 20


class AlignedParagraph(NamedTuple):
    """A paragraph and how it lies on a witness, or the reason why the witness is not believed."""

    paragraph: Paragraph
    alignment: Alignment | None
    #: What proves that both tell of one event; the reason where there is no alignment.
    reason: str = ""


class Match(NamedTuple):
    """Where a paragraph lies on a witness, and the first sign there of another event."""

    alignment: Alignment | None
    difference: Difference | None = None
    #: Unusual grams of the paragraph that the witness has in the same words with other values.
    formulas: frozenset[str] = frozenset()


def match_all(paragraphs: Sequence[Paragraph], witness: Witness) -> dict[int, Match]:
    """Align the paragraphs that have slots, and those near them, with a witness; by number."""
    slotted = [number for number, paragraph in enumerate(paragraphs) if paragraph.slots]
    numbers = {
        near
        for number in slotted
        for near in range(number - _NEAR, number + _NEAR + 1)
        if 0 <= near < len(paragraphs)
    }
    return {number: _match(paragraphs[number], witness) for number in sorted(numbers)}


def judge_all(
    text: str,
    paragraphs: Sequence[Paragraph],
    matches: Mapping[int, Match],
    witness: Witness,
    formulas: Collection[str],
) -> list[AlignedParagraph]:
    """What to believe of a witness on the paragraphs that have slots.

    Args:
        text: the text.
        paragraphs: all lines of it.
        matches: of `match_all`.
        witness: the witness.
        formulas: the grams that any witness has in the same words with other values.
    """
    judged: list[AlignedParagraph] = []
    for number in matches:
        paragraph = paragraphs[number]
        if not paragraph.slots:
            continue
        alignment = matches[number].alignment
        reason = _doubt(paragraphs, number, matches)
        if not reason and alignment is not None:
            proof = _proof(text, paragraph, witness, alignment, formulas)
            if proof:
                judged.append(AlignedParagraph(paragraph, alignment, proof))
                continue
            reason = "what the witness has of it is written of many events"
        judged.append(AlignedParagraph(paragraph, None, reason))
    return judged


def _doubt(paragraphs: Sequence[Paragraph], number: int, matches: Mapping[int, Match]) -> str:
    """What speaks against a witness on a paragraph; empty if nothing does."""
    alignment, difference, _ = matches[number]
    if _known(paragraphs[number]) < _LEAST_WHOLE:
        return "too little stands around it to tell the paragraph again"
    if alignment is None:
        return "no witness has the paragraph"
    if difference is not None:
        return f"the witness tells of another event: {difference.description}"
    near = [at for at in range(number - _NEAR, number + _NEAR + 1) if at in matches]
    differences = [matches[at].difference for at in near]
    strong = [sign for sign in differences if sign is not None and sign.strong]
    slotted = [
        matches[at].difference
        for at in near
        if paragraphs[at].slots and matches[at].alignment is not None
    ]
    weak = [sign for sign in slotted if sign is not None]
    if strong or 2 * len(weak) >= len(slotted):
        description = (strong or weak)[0].description
        return f"the witness tells of another event beside it: {description}"
    return ""


def _known(paragraph: Paragraph) -> int:
    """Characters of a paragraph without its slots."""
    return len(paragraph.folded.text) - len(paragraph.slots)


def _match(paragraph: Paragraph, witness: Witness) -> Match:
    """The best alignment of a paragraph with a witness, and the first sign of another event.

    A headline has the first words of the paragraph below it, so further windows are tried, too.
    Where a line of the witness fits, and another one nearly as well, they are of one form.
    """
    known = _known(paragraph)
    best = Match(None)
    if known < _LEAST_WHOLE:
        return best
    least = (_LEAST_SHARE if known >= _LEAST_CONTEXT else 1) * known
    for low, high in witness.index.windows(paragraph.folded.text):
        alignment = align(paragraph.folded, witness.folded.text, low, high)
        if alignment.agreeing >= least or _holds_all(paragraph, alignment, witness):
            difference = another_event(paragraph, witness, alignment)
            match = Match(alignment, difference)
            if difference is not None and (difference.strong or difference.values):
                match = match._replace(formulas=_formulas(paragraph, alignment))
            if difference is None:
                return match._replace(formulas=best.formulas)
            if best.alignment is None:
                best = match
    return best


def _formulas(paragraph: Paragraph, alignment: Alignment) -> frozenset[str]:
    """The unusual grams that both have, if the two are alike but for values."""
    if not paragraph.slots or alignment.agreeing < _SAME_FORM * alignment.total:
        return frozenset()
    agreeing, _ = agreeing_grams(paragraph, alignment)
    return frozenset(paragraph.folded.text[at : at + GRAM] for at in agreeing)


def _proof(
    text: str,
    paragraph: Paragraph,
    witness: Witness,
    alignment: Alignment,
    formulas: Collection[str],
) -> str:
    """What proves that paragraph and witness tell of one event; empty if nothing does.

    If the paragraph has too little of its own, the lines before and behind it count with it.
    """
    own = proof_of_event(paragraph, alignment, formulas)
    if own:
        return own
    first, last = alignment.ends
    low, high = alignment.places[first], alignment.places[last] + 1
    start, end = paragraph.start, paragraph.end
    there = witness.folded.text
    window = there[max(0, low - _BESIDE) : low], there[high : high + _BESIDE]
    agreeing, total = agreeing_grams(paragraph, alignment, formulas)
    found = len(agreeing)
    shown = ""
    for stretch, nearby in zip(
        (text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]), window, strict=True
    ):
        grams, number = grams_in(stretch)
        both = sorted(gram for gram in grams if gram in nearby and gram not in formulas)
        shown = shown or next(iter(both), "")
        found += len(both)
        total += number
    enough = found >= _LEAST_BESIDE and shown and is_unusual(found, total)
    return f"{shown} beside it" if enough else ""


def _holds_all(paragraph: Paragraph, alignment: Alignment, witness: Witness) -> bool:
    """Whether a paragraph contains a whole line of the witness."""
    if not alignment.agreeing:
        return False
    first, last = alignment.ends
    known = len(without_slots(paragraph.folded.text[first : last + 1]))
    return (
        known >= _LEAST_PART
        and alignment.agreeing >= _PART_SHARE * known
        and max(witness.surplus(paragraph, alignment)) <= _VALUE
    )
