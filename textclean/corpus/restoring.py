"""Redacted values restored from the copies and twins that a corpus has of a paragraph.

What a paragraph was redacted of may still stand in a copy that was removed for it, or in its twin,
which is alike but for numbers and placeholders. `textclean.placeholders.witness` says what such
witnesses prove. Any other paragraph with a tenth of its anchors is a witness too: so much is
redacted that the search for copies may not see the two as alike. That is always written down; it is
put in place only where the configuration says so (``restore``), for redaction may be deliberate,
and names of persons only with leave of their own (``restore_persons``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, NamedTuple

from textclean.cleaning import Outcome
from textclean.config import Config
from textclean.corpus.drafts import Draft, Place, located
from textclean.corpus.excise import Alignment
from textclean.corpus.reading_order import Key
from textclean.text.columns import EditColumns
from textclean.text.compose import compose, rewrite
from textclean.text.edit import Cause, Span, Tier

if TYPE_CHECKING:
    from textclean.placeholders.placeholder import Placeholder, PlaceholderType

#: The code of the edits; as for `textclean.placeholders.restore`.
CODE = "X103"
#: A block is a witness of another if it has two and a tenth of its anchors: so many characters word
#: for word, one in so many places. An anchor that many redacted blocks have says nothing.
_ANCHOR = 8
_STEP = 3
_SHARE = 0.1
_FORMULA = 16
#: So many witnesses are heard, those that have most.
_MOST = 8


class CorpusRestoration(NamedTuple, Generic[Key]):
    """A redacted value that a witness has; offsets in the documents' originals."""

    document: Key
    start: int
    end: int
    #: The placeholder, and the value in its place.
    text: str
    value: str
    type: PlaceholderType
    confidence: float
    evidence: str
    witness_document: Key
    witness_start: int
    witness_end: int
    witness_text: str
    #: Whether it was put in place; else it is only proposed.
    applied: bool


class _Unit(NamedTuple):
    """A block of a cleaned document with what was redacted in it."""

    #: Where it begins in the cleaned text.
    start: int
    text: str
    place: Place
    slots: Sequence[Placeholder]


def restorations(
    drafts: Sequence[Draft], twins: Iterable[tuple[Place, Place]], config: Config
) -> list[CorpusRestoration[Any]]:
    """What witnesses prove of the cleaned documents, in order of document and place.

    Where the configuration has it applied, the outcomes of the drafts are replaced.

    Args:
        drafts: all of them cleaned, with their losses.
        twins: pairs of blocks that are alike but for numbers and placeholders.
    """
    whole = config.unit == "document"
    units = [_units(draft, number, whole) for number, draft in enumerate(drafts)]
    redacted = [unit for found in units for unit in found if unit.slots]
    if not redacted:
        return []
    texts = {unit.place: unit.text for found in units for unit in found}
    for number, draft in enumerate(drafts):
        for start, end in draft.losses:
            texts[Place(number, start, end)] = draft.original[start:end]
    witnesses = _witnesses(drafts, twins)
    for place, others in alike({unit.place: unit.text for unit in redacted}, texts).items():
        witnesses[place] = sorted({*witnesses.get(place, ()), *others})
    found: list[CorpusRestoration[Any]] = []
    for number, draft in enumerate(drafts):
        spans: list[Span] = []
        for unit in units[number]:
            places = [place for place in witnesses.get(unit.place, ()) if place in texts]
            if unit.slots and places:
                proved = _prove(drafts, unit, places, [texts[place] for place in places], config)
                found += (restoration for restoration, _ in proved)
                spans += (span for _, span in proved if span is not None)
        if spans:
            _apply(draft, spans)
    return found


def _units(draft: Draft, number: int, whole: bool) -> list[_Unit]:
    from textclean.placeholders.detect import find

    return [
        _Unit(
            start,
            text,
            Place(number, spans[0][0], spans[-1][1]),
            [slot for slot in find(text) if not slot.is_blank],
        )
        for start, text, spans in draft.units(whole, True)
        if text
    ]


def _witnesses(
    drafts: Sequence[Draft], twins: Iterable[tuple[Place, Place]]
) -> dict[Place, list[Place]]:
    """For each block that stays: its removed copies, its twins, and their copies."""
    copies: defaultdict[Place, list[Place]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        for (start, end), loss in sorted(draft.losses.items()):
            copies[loss.survivor].append(Place(number, start, end))
    witnesses = defaultdict(list, {place: list(removed) for place, removed in copies.items()})
    for one, other in twins:
        witnesses[one] += (other, *copies.get(other, ()))
        witnesses[other] += (one, *copies.get(one, ()))
    return {place: sorted(set(others)) for place, others in witnesses.items()}


def alike(redacted: Mapping[Place, str], texts: Mapping[Place, str]) -> dict[Place, list[Place]]:
    """For each redacted block those that have much of what is left of it, word for word.

    Redaction takes so much of a paragraph that the search for copies, which asks how like two whole
    paragraphs are, may not see them as alike.
    """
    from textclean.placeholders.alignment import fold

    anchors: defaultdict[str, list[Place]] = defaultdict(list)
    numbers: dict[Place, int] = {}
    for place, text in redacted.items():
        folded = fold(text).text
        grams = {folded[at : at + _ANCHOR] for at in range(0, len(folded) - _ANCHOR + 1, _STEP)}
        grams = {gram for gram in grams if "x" not in gram}
        numbers[place] = len(grams)
        for gram in grams:
            anchors[gram].append(place)
    shared: defaultdict[Place, Counter[Place]] = defaultdict(Counter)
    for other, text in texts.items():
        folded = fold(text).text
        grams = {folded[at : at + _ANCHOR] for at in range(len(folded) - _ANCHOR + 1)}
        for gram in grams & anchors.keys():
            # What many have is a formula.
            if len(anchors[gram]) <= _FORMULA:
                for place in anchors[gram]:
                    if place != other:
                        shared[place][other] += 1
    return {
        place: sorted(
            other
            for other, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
            if count >= 2 and count >= _SHARE * numbers[place]
        )
        for place, found in shared.items()
    }


def _prove(
    drafts: Sequence[Draft],
    unit: _Unit,
    places: Sequence[Place],
    texts: Sequence[str],
    config: Config,
) -> list[tuple[CorpusRestoration[Any], Span | None]]:
    """What witnesses have for the slots of a block, each with the edit that puts it in place."""
    from textclean.placeholders.witness import consult

    draft = drafts[unit.place.draft]
    outcome = draft.outcome
    assert outcome is not None
    alignment = Alignment(outcome.columns)
    proved: list[tuple[CorpusRestoration[Any], Span | None]] = []
    for evidence in consult(unit.text, unit.slots, texts, persons=True):
        slot, value = evidence.slot, evidence.value
        if value is None:
            continue
        start, end = unit.start + slot.start, unit.start + slot.end
        pieces = draft.reading.to_original(*alignment.to_source(start, end))
        if len(pieces) != 1:
            continue  # broken in two on the page
        applied = config.restore and (config.restore_persons or slot.type != "person")
        low, high = pieces[0]
        witness = located(drafts, places[evidence.witnesses[0]])
        confidence, reason = evidence.confidence, evidence.reason
        restoration = CorpusRestoration(
            draft.document, low, high, slot.text, value, slot.type, confidence, reason, *witness,
            applied,
        )  # fmt: skip
        cause = Cause(CODE, Tier.SUGGESTED, confidence, reason)
        proved.append((restoration, (start, end, value, cause, None) if applied else None))
    return proved


def _apply(draft: Draft, spans: Sequence[Span]) -> None:
    """Put values in place, as edits on top of those that cleaning made."""
    outcome = draft.outcome
    assert outcome is not None
    columns = EditColumns.from_spans(
        compose(draft.reading.text, outcome.columns, outcome.text, spans)
    )
    draft.keep(Outcome(rewrite(outcome.text, 0, len(outcome.text), spans), columns))
