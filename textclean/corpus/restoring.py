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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol

from textclean.cleaning import Outcome
from textclean.config import Config
from textclean.corpus.drafts import Place
from textclean.corpus.excise import Alignment
from textclean.corpus.reading_order import Key, Reading
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
# Texts that are looked at together.
_BLOCK = 512


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


class Unit(NamedTuple):
    """A block of a cleaned document, or the whole of one."""

    #: Where it begins in the cleaned text.
    start: int
    text: str
    place: Place


class Document(Protocol):
    """What is asked of a document that is cleaned."""

    @property
    def document(self) -> Any:
        """Its name."""
        ...

    @property
    def outcome(self) -> Outcome | None:
        """What cleaning made of `reading`."""
        ...

    @property
    def reading(self) -> Reading:
        """What is left of it, in order."""
        ...


class Work(Protocol):
    """Documents that are cleaned, and what was removed of them."""

    def redacted_units(self) -> Iterator[Unit]:
        """The blocks that stay and may hold placeholders, in order of document and place."""
        ...

    def witness_texts(self) -> Iterator[tuple[Place, str]]:
        """What a witness may be: the blocks that stay, and those that were removed."""
        ...

    def lost(self, survivors: Collection[Place]) -> Iterable[tuple[Place, Place]]:
        """The places that were removed for some, and for each what stays, in order."""
        ...

    def certain_twins(self) -> Iterable[tuple[Place, Place]]:
        """Blocks alike but for numbers and placeholders."""
        ...

    def begin_restoring(self) -> None:
        """Be ready for `unit_text`; nothing is removed or cleaned until the end."""
        ...

    def unit_text(self, place: Place) -> str | None:
        """The text of a unit or of what was removed; None: there is neither."""
        ...

    def opened(self, number: int) -> Document:
        """A document."""
        ...

    def located(self, place: Place) -> tuple[Any, int, int, str]:
        """A document's name, the offsets in its original, and what stands there."""
        ...

    def put(self, number: int, outcome: Outcome) -> None:
        """Let this be what became of a document."""
        ...


def restorations(work: Work, config: Config) -> list[tuple[int, CorpusRestoration[Any]]]:
    """What witnesses prove of the cleaned documents, in order of document and place, each with the
    number of its document.

    Where the configuration has it applied, the outcomes of the documents are replaced.
    """
    if not config.selects(CODE):
        return []
    from textclean.placeholders.detect import find

    redacted: dict[Place, tuple[Unit, list[Placeholder]]] = {}
    for unit in work.redacted_units():
        slots = [slot for slot in find(unit.text) if not slot.is_blank]
        if slots:
            redacted[unit.place] = unit, slots
    if not redacted:
        return []
    work.begin_restoring()
    twins = [pair for pair in work.certain_twins() if not redacted.keys().isdisjoint(pair)]
    lost = dict(work.lost({*redacted, *chain.from_iterable(twins)}))
    witnesses = _witnesses(lost, twins)
    texts = {place: unit.text for place, (unit, _) in redacted.items()}
    for place, more in alike(texts, work.witness_texts()).items():
        witnesses[place] = sorted({*witnesses.get(place, ()), *more})
    found: list[tuple[int, CorpusRestoration[Any]]] = []
    made: defaultdict[int, list[Span]] = defaultdict(list)
    for place, (unit, slots) in redacted.items():
        known = ((other, work.unit_text(other)) for other in witnesses.get(place, ()))
        present = {other: text for other, text in known if text is not None}
        if present:
            proved = _prove(work, unit, slots, present, config)
            found += ((place.draft, restoration) for restoration, _ in proved)
            made[place.draft] += (span for _, span in proved if span is not None)
    for number, spans in made.items():
        if spans and not _apply(work, number, spans):
            found = [
                (each, _as_made(work, number, one) if each == number else one)
                for each, one in found
            ]
    return found


def _as_made(
    work: Work, number: int, restoration: CorpusRestoration[Any]
) -> CorpusRestoration[Any]:
    """A restoration of a document, applied only if its edit is there: a reader may reject it."""
    draft = work.opened(number)
    assert draft.outcome is not None
    made = {
        place
        for start, end, _, cause, _ in draft.outcome.columns
        if CODE in (cause.rule, *(part.rule for part in cause.parts))
        for place in draft.reading.to_original(start, end)
    }
    start, end = restoration.start, restoration.end
    applied = restoration.applied and any(low < end and start < high for low, high in made)
    return restoration._replace(applied=applied)


def _witnesses(
    lost: Mapping[Place, Place], twins: Iterable[tuple[Place, Place]]
) -> dict[Place, list[Place]]:
    """For each block that stays: its removed copies, its twins, and their copies."""
    copies: defaultdict[Place, list[Place]] = defaultdict(list)
    for place, survivor in lost.items():
        copies[survivor].append(place)
    witnesses = defaultdict(list, {place: list(removed) for place, removed in copies.items()})
    for one, other in twins:
        witnesses[one] += (other, *copies.get(other, ()))
        witnesses[other] += (one, *copies.get(one, ()))
    return {place: sorted(set(others)) for place, others in witnesses.items()}


def alike(
    redacted: Mapping[Place, str], texts: Iterable[tuple[Place, str]]
) -> dict[Place, list[Place]]:
    """For each redacted block those that have much of what is left of it, word for word.

    Redaction takes so much of a paragraph that the search for copies, which asks how like two whole
    paragraphs are, may not see them as alike.
    """
    from textclean.placeholders.alignment import folded as fold

    anchors: defaultdict[str, list[Place]] = defaultdict(list)
    numbers: dict[Place, int] = {}
    for place, text in redacted.items():
        folded = fold(text)
        grams = {folded[at : at + _ANCHOR] for at in range(0, len(folded) - _ANCHOR + 1, _STEP)}
        grams = {gram for gram in grams if "x" not in gram}
        numbers[place] = len(grams)
        for gram in grams:
            anchors[gram].append(place)
    # What many have is a formula.
    told = {gram: places for gram, places in anchors.items() if len(places) <= _FORMULA}
    shared: defaultdict[Place, Counter[Place]] = defaultdict(Counter)
    for other, text, places in _likely(texts, told):
        folded = fold(text)
        if places is None:
            places = range(len(folded) - _ANCHOR + 1)
        for gram in {folded[at : at + _ANCHOR] for at in places} & told.keys():
            for place in told[gram]:
                if place != other:
                    shared[place][other] += 1
    found: dict[Place, list[Place]] = {}
    for place, counts in shared.items():
        least = max(2, _SHARE * numbers[place])
        enough = [(-count, other) for other, count in counts.items() if count >= least]
        found[place] = sorted(other for _, other in nsmallest(_MOST, enough))
    return found


def _likely(
    texts: Iterable[tuple[Place, str]], anchors: Collection[str]
) -> Iterator[tuple[Place, str, Iterable[int] | None]]:
    """Those of some texts that may hold anchors, and where in their folds; None: anywhere."""
    try:
        from textclean.corpus.anchors import AnchorFilter
    except ImportError:  # without numpy there are few texts
        yield from ((place, text, None) for place, text in texts)
        return
    chosen = AnchorFilter(anchors, _ANCHOR)
    coming = iter(texts)
    while block := list(islice(coming, _BLOCK)):
        for here, places in chosen.hits([text for _, text in block]):
            yield *block[here], places


def _prove(
    work: Work,
    unit: Unit,
    slots: Sequence[Placeholder],
    witnesses: Mapping[Place, str],
    config: Config,
) -> list[tuple[CorpusRestoration[Any], Span | None]]:
    """What witnesses have for the slots of a block, each with the edit that puts it in place."""
    from textclean.placeholders.witness import consult

    draft = work.opened(unit.place.draft)
    outcome = draft.outcome
    assert outcome is not None
    alignment = Alignment(outcome.columns)
    places, texts = list(witnesses), list(witnesses.values())
    proved: list[tuple[CorpusRestoration[Any], Span | None]] = []
    for evidence in consult(unit.text, slots, texts, persons=True):
        slot, value = evidence.slot, evidence.value
        if value is None:
            continue
        start, end = unit.start + slot.start, unit.start + slot.end
        pieces = draft.reading.to_original(*alignment.to_source(start, end))
        if len(pieces) != 1:
            continue  # broken in two on the page
        applied = config.restore and (config.restore_persons or slot.type != "person")
        low, high = pieces[0]
        witness = work.located(places[evidence.witnesses[0]])
        confidence, reason = evidence.confidence, evidence.reason
        restoration = CorpusRestoration(
            draft.document, low, high, slot.text, value, slot.type, confidence, reason, *witness,
            applied,
        )  # fmt: skip
        cause = Cause(CODE, Tier.SUGGESTED, confidence, reason)
        proved.append((restoration, (start, end, value, cause, None) if applied else None))
    return proved


def _apply(work: Work, number: int, spans: Sequence[Span]) -> bool:
    """Put values in place, as edits on top of those that cleaning made; whether all stay there."""
    draft = work.opened(number)
    outcome = draft.outcome
    assert outcome is not None
    columns = EditColumns.from_spans(
        compose(draft.reading.text, outcome.columns, outcome.text, spans)
    )
    text = rewrite(outcome.text, 0, len(outcome.text), spans)
    work.put(number, Outcome(text, columns))
    after = work.opened(number).outcome
    return after is not None and after.text == text
