"""Where a witness has a paragraph, and whether it reports the same event there.

Three questions: does it have enough of the paragraph; are its differences damage (`event_match`);
and are the words that both have peculiar to this event (`boilerplate`)? The lines before and behind
count, too: a witness that reports another event in one of them does so in all, and where a notice
has the words of every day they must tell which day it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textclean.placeholders.alignment import (
    Alignment,
    Paragraph,
    Witness,
    align,
    fold,
    without_slots,
)
from textclean.placeholders.boilerplate import telling
from textclean.placeholders.event_match import Difference, another_event

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
#: Telling grams that a witness must have of the paragraph; or of the paragraph and so many
#: characters of the text before and behind it.
_LEAST_TELLING = 4
_LEAST_BESIDE = 8
_BESIDE = 400
#: Lines before and behind a paragraph in which a difference counts.
_NEAR = 20


class AlignedParagraph(NamedTuple):
    """A paragraph and how it lies on a witness, or the reason why the witness is not believed."""

    paragraph: Paragraph
    alignment: Alignment | None
    reason: str = ""


def align_all(
    text: str, paragraphs: Sequence[Paragraph], witness: Witness
) -> list[AlignedParagraph]:
    """Align the paragraphs that have slots; `paragraphs` are all lines of the text."""
    slotted = [number for number, paragraph in enumerate(paragraphs) if paragraph.slots]
    numbers = {
        near
        for number in slotted
        for near in range(number - _NEAR, number + _NEAR + 1)
        if 0 <= near < len(paragraphs)
    }
    matches = {number: _align(paragraphs[number], witness) for number in sorted(numbers)}
    judged: list[AlignedParagraph] = []
    for number in slotted:
        reason = _doubt(text, paragraphs, number, matches, witness)
        alignment = None if reason else matches[number][0]
        judged.append(AlignedParagraph(paragraphs[number], alignment, reason))
    return judged


#: Where a paragraph lies on a witness, and the first sign there of another event.
_Match = tuple["Alignment | None", "Difference | None"]


def _doubt(
    text: str,
    paragraphs: Sequence[Paragraph],
    number: int,
    matches: dict[int, _Match],
    witness: Witness,
) -> str:
    """Why the witness is not believed on a paragraph; empty if it is."""
    paragraph = paragraphs[number]
    alignment, difference = matches[number]
    if _known(paragraph) < _LEAST_WHOLE:
        return "too little stands around it to tell the paragraph again"
    if alignment is None:
        return "no witness has the paragraph"
    if difference is not None:
        return f"the witness tells of another event: {difference.description}"
    near = [at for at in range(number - _NEAR, number + _NEAR + 1) if at in matches]
    differences = [matches[at][1] for at in near]
    strong = [sign for sign in differences if sign is not None and sign.strong]
    slotted = [matches[at] for at in near if paragraphs[at].slots and matches[at][0] is not None]
    weak = [sign for _, sign in slotted if sign is not None]
    if strong or 2 * len(weak) >= len(slotted):
        description = (strong or weak)[0].description
        return f"the witness tells of another event beside it: {description}"
    if not _identified(text, paragraph, witness, alignment):
        return "what the witness has of it is written of many events"
    return ""


def _known(paragraph: Paragraph) -> int:
    """Characters of a paragraph without its slots."""
    return len(paragraph.folded.text) - len(paragraph.slots)


def _align(paragraph: Paragraph, witness: Witness) -> _Match:
    """The best alignment of a paragraph with a witness, and the first sign of another event.

    A headline has the first words of the paragraph below it, so further windows are tried, too.
    """
    known = _known(paragraph)
    best: _Match = None, None
    if known < _LEAST_WHOLE:
        return best
    least = (_LEAST_SHARE if known >= _LEAST_CONTEXT else 1) * known
    for window in witness.index.windows(paragraph.folded.text):
        alignment = align(paragraph.folded, witness.folded.text, *window)
        if alignment.agreeing >= least or _holds_all(paragraph, alignment, witness):
            difference = another_event(paragraph, witness, alignment)
            if difference is None:
                return alignment, None
            if best[0] is None:
                best = alignment, difference
    return best


def _identified(text: str, paragraph: Paragraph, witness: Witness, alignment: Alignment) -> bool:
    """Whether the words that paragraph and witness share are peculiar to this event."""
    first, last = alignment.ends
    low, high = alignment.places[first], alignment.places[last] + 1
    own = telling(paragraph.folded.text)
    there = witness.folded.text[low:high]
    agreeing = sum(gram in there for gram in own)
    if agreeing >= _LEAST_TELLING:
        return True
    there = witness.folded.text[max(0, low - _BESIDE) : high + _BESIDE]
    start, end = paragraph.start, paragraph.end
    beside = own.union(
        *(
            telling(fold(line).text)
            for stretch in (text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE])
            for line in stretch.split("\n")
        )
    )
    return sum(gram in there for gram in beside) >= _LEAST_BESIDE


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
