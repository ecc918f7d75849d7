"""Where a witness has a paragraph, and whether it tells of the same event there.

Three things are asked: whether it has enough of the paragraph, whether what it has otherwise is
damage (`twins`), and whether what both have is this event's own (`formulas`). Lines before and
behind bear witness, too: a witness that tells of another event in one of them does in all, and
where a notice is written in the words of every day they must say which day it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textclean.placeholders.alignment import SLOT, Alignment, Paragraph, Source, align, fold
from textclean.placeholders.boilerplate import telling
from textclean.placeholders.event_match import Difference, another_event

#: A paragraph must have this many characters besides its slots, …
_LEAST_CONTEXT = 12
#: … and the witness this share of them; from so few on, all of them.
_LEAST_SHARE = 0.7
_LEAST_WHOLE = 6
#: Or it has so much of a part that is a whole paragraph of the witness's, …
_LEAST_PART = 30
_PART_SHARE = 0.85
#: … but for a value at either end.
_VALUE = 6
#: Grams that are no formulas and that a witness has: so many in the paragraph, or with what stands
#: before and behind it, in so many characters of the text and of the witness.
_LEAST_TELLING = 4
_LEAST_BESIDE = 8
_BESIDE = 400
#: Lines before and behind in which a difference counts.
_NEAR = 20


class Laid(NamedTuple):
    """A paragraph beside a witness: where it lies, or why it is not believed."""

    paragraph: Paragraph
    aligned: Alignment | None
    why: str = ""


def lay_all(text: str, paragraphs: Sequence[Paragraph], source: Source) -> list[Laid]:
    """Lay the paragraphs that have slots on a witness; `paragraphs` are all lines of the text."""
    slotted = [number for number, each in enumerate(paragraphs) if each.slots]
    wanted = {
        near
        for number in slotted
        for near in range(number - _NEAR, number + _NEAR + 1)
        if 0 <= near < len(paragraphs)
    }
    found = {number: _lay(paragraphs[number], source) for number in sorted(wanted)}
    return [_judged(text, paragraphs, number, found, source) for number in slotted]


_Place = tuple["Alignment | None", "Difference | None"]


def _judged(
    text: str,
    paragraphs: Sequence[Paragraph],
    number: int,
    found: dict[int, _Place],
    source: Source,
) -> Laid:
    paragraph = paragraphs[number]
    aligned, difference = found[number]
    if aligned is None:
        few = _known(paragraph) < _LEAST_WHOLE
        return Laid(
            paragraph,
            None,
            "too little stands around it to tell the paragraph again"
            if few
            else "no witness has the paragraph",
        )
    if difference is not None:
        return Laid(paragraph, None, f"the witness tells of another event: {difference.said}")
    near = [at for at in range(number - _NEAR, number + _NEAR + 1) if at in found]
    strong = [each for at in near if (each := found[at][1]) is not None and each.strong]
    slotted = [found[at] for at in near if paragraphs[at].slots and found[at][0] is not None]
    weak = [each for _, each in slotted if each is not None]
    if strong or 2 * len(weak) >= len(slotted):
        said = (strong or weak)[0].said
        return Laid(paragraph, None, f"the witness tells of another event beside it: {said}")
    if not _identified(text, paragraph, source, aligned):
        return Laid(paragraph, None, "what the witness has of it is written of many events")
    return Laid(paragraph, aligned)


def _known(paragraph: Paragraph) -> int:
    return len(paragraph.folded.text) - len(paragraph.slots)


def _lay(paragraph: Paragraph, source: Source) -> _Place:
    """Where a witness has a paragraph, and what says that it is another event there.

    A headline has the first words of the paragraph below it, so what lies elsewhere is asked, too.
    """
    slotted = paragraph.folded.text
    known = _known(paragraph)
    laid: _Place = None, None
    if known < _LEAST_WHOLE:
        return laid
    least = (_LEAST_SHARE if known >= _LEAST_CONTEXT else 1) * known
    for window in source.index.windows(slotted):
        aligned = align(paragraph.folded, source.folded.text, *window)
        if aligned.agreeing >= least or _holds_all(paragraph, aligned, source):
            difference = another_event(paragraph, source, aligned)
            if difference is None:
                return aligned, None
            if laid[0] is None:
                laid = aligned, difference
    return laid


def _identified(text: str, paragraph: Paragraph, source: Source, aligned: Alignment) -> bool:
    """Whether what paragraph and witness both have is written of this event alone."""
    held = [place for place in aligned.places if place >= 0]
    low, high = held[0], held[-1] + 1
    own = telling(paragraph.folded.text)
    there = source.folded.text[low:high]
    agreeing = sum(gram in there for gram in own)
    if agreeing >= _LEAST_TELLING:
        return True
    there = source.folded.text[max(0, low - _BESIDE) : high + _BESIDE]
    start, end = paragraph.start, paragraph.end
    beside = own.union(
        *(
            telling(fold(line).text)
            for stretch in (text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE])
            for line in stretch.split("\n")
        )
    )
    return sum(gram in there for gram in beside) >= _LEAST_BESIDE


def _holds_all(paragraph: Paragraph, aligned: Alignment, source: Source) -> bool:
    """Whether a longer paragraph has all of one of the witness's in it."""
    slotted = paragraph.folded.text
    held = [at for at, place in enumerate(aligned.places) if place >= 0]
    if not held:
        return False
    known = sum(ord(char) < SLOT for char in slotted[held[0] : held[-1] + 1])
    first, last = aligned.places[held[0]], aligned.places[held[-1]]
    return (
        known >= _LEAST_PART
        and aligned.agreeing >= _PART_SHARE * known
        and source.goes_on(first, -1, paragraph.before) <= _VALUE
        and source.goes_on(last, 1, paragraph.behind) <= _VALUE
    )
