"""Documents mended by other readings of them before they are cleaned (`textclean.consensus`).

Two kinds of readings: whole documents that are readings of one page, as the caller says; and near
copies of a block that were removed for it. Either way the mended text keeps its place, and what is
changed are edits of its original, like all others.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from textclean.config import Config
from textclean.corpus.drafts import Draft, Loss, Place
from textclean.engine.resolve import hits
from textclean.text.edit import Span, Tier
from textclean.text.protect import protected_spans

#: So many copies of a block are asked, those that are most like it.
_MOST = 8


class Reading(NamedTuple):
    """What came of readings of one page."""

    #: The number of the document that stays, and the edits of its original that mend it.
    base: int
    spans: list[Span]
    #: The others, and how like the base each is.
    others: list[tuple[int, float]]


def merged_readings(
    groups: Iterable[Sequence[int]], text: Callable[[int], str], config: Config
) -> Iterator[Reading]:
    """Have one document of each group stand for all, mended by the others.

    Whoever names readings wants what they decide, so the tier is ``suggested``.

    Args:
        groups: the numbers of documents that are readings of one text, two or more.
        text: the original of a document.
    """
    from rapidfuzz.distance import Levenshtein

    config = dataclasses.replace(config, tier=Tier.SUGGESTED)
    for members in groups:
        base, spans = _consensus({each: text(each) for each in members}, config)
        others = [
            (each, round(Levenshtein.normalized_similarity(text(each), text(base)), 4))
            for each in members
            if each != base
        ]
        yield Reading(base, spans, others)


def numbered(groups: Iterable[Sequence[Any]], numbers: Mapping[Any, int]) -> list[list[int]]:
    """Groups of keys as numbers of documents; what has none is passed over, and groups of one."""
    found = ([numbers[key] for key in dict.fromkeys(each) if key in numbers] for each in groups)
    return [members for members in found if len(members) > 1]


def merge_readings(
    drafts: Sequence[Draft], groups: Iterable[Sequence[Any]], config: Config
) -> None:
    """`merged_readings` in drafts."""
    from textclean.dedup import RemovalKind

    numbers = {draft.document: number for number, draft in enumerate(drafts)}
    groups = numbered(groups, numbers)
    for base, spans, others in merged_readings(groups, lambda n: drafts[n].original, config):
        drafts[base].correct(spans)
        for number, score in others:
            draft = drafts[number]
            draft.superseded = True
            if draft.original:
                place = Place(base, 0, len(drafts[base].original))
                draft.losses[0, len(draft.original)] = Loss(place, RemovalKind.NEAR, score)
                draft.cut()


def correct_from_copies(drafts: Sequence[Draft], config: Config) -> bool:
    """Mend each block by the copies that were removed for it, where tier ``suggested`` is on."""
    if config.tier is not Tier.SUGGESTED:
        return False
    losses = (
        (loss.survivor, Place(number, *span), loss.score)
        for number, draft in enumerate(drafts)
        if not draft.superseded
        for span, loss in draft.losses.items()
        # What stays in the reference is not written.
        if span not in draft.page_lines and loss.survivor.draft < len(drafts)
    )

    def text(place: Place) -> str:
        return drafts[place.draft].original[place.start : place.end]

    found = corrections(losses, text, config)
    superseded = [draft for draft in drafts if draft.superseded]
    bases = {loss.survivor.draft for each in superseded for loss in each.losses.values()}
    changed = False
    for number, draft in enumerate(drafts):
        if number not in bases:  # those are mended already
            changed = draft.correct(found.get(number, [])) or changed
    return changed


def corrections(
    losses: Iterable[tuple[Place, Place, float]], text: Callable[[Place], str], config: Config
) -> dict[int, list[Span]]:
    """What copies mend of the blocks that they were removed for: edits by number of document.

    Exact copies bear it out against near ones. A number is never changed, for copies that differ in
    one are none; nor is what was redacted, which has rules of its own (`restorations`).

    Args:
        losses: what stays, what was removed for it, and how like the two are.
        text: of a place.
    """
    copies: defaultdict[Place, list[tuple[float, Place]]] = defaultdict(list)
    for survivor, place, score in losses:
        copies[survivor].append((-score, place))
    found: defaultdict[int, list[Span]] = defaultdict(list)
    for survivor, places in sorted(copies.items()):
        chosen = [survivor, *(place for _, place in sorted(places)[:_MOST])]
        texts = {at: text(place) for at, place in enumerate(chosen)}
        _, spans = _consensus(texts, config, base=0)
        for start, end, after, cause, group in spans:
            before = texts[0][start:end]
            if not any(char.isdigit() for char in before + after):
                span = start + survivor.start, end + survivor.start, after, cause, group
                found[survivor.draft].append(span)
    return {number: sorted(spans, key=lambda span: span[:2]) for number, spans in found.items()}


def _consensus(
    texts: Mapping[int, str], config: Config, base: int | None = None
) -> tuple[int, list[Span]]:
    """The number of the text that is the base, and its edits.

    None is in what is protected, and none fills in or brings in a redaction.
    """
    from textclean.consensus.merging import consensus
    from textclean.placeholders.detect import find
    from textclean.placeholders.placeholder import MASKS

    readings = {str(number): text for number, text in texts.items()}
    done = consensus(readings, config, base=None if base is None else str(base))
    protected = protected_spans(done.original)
    slots = [(slot.start, slot.end) for slot in find(done.original)]
    spans = [
        span
        for span in done.columns
        if not hits(span[0], span[1], protected)
        and not hits(span[0], span[1], slots)
        and not any(mask in span[2] for mask in MASKS)
    ]
    return int(done.base), spans
