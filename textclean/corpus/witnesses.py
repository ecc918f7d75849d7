"""Documents mended by other readings of them before they are cleaned (`textclean.consensus`).

Two kinds of readings: whole documents that are readings of one page, as the caller says; and near
copies of a block that were removed for it. Either way the mended text keeps its place, and what is
changed are edits of its original, like all others.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from textclean.config import Config
from textclean.corpus.drafts import Draft, Loss, Place
from textclean.engine.resolve import hits
from textclean.text.edit import Span, Tier
from textclean.text.protect import protected_spans

#: So many copies of a block are asked, those that are most like it.
_MOST = 8


def merge_readings(
    drafts: Sequence[Draft], groups: Iterable[Sequence[Any]], config: Config
) -> None:
    """Have one document of each group stand for all, mended by the others.

    Whoever names readings wants what they decide, so the tier is ``suggested``.

    Args:
        groups: the keys of documents that are readings of one text; what is no document of `drafts`
            is passed over.
    """
    numbers = {draft.document: number for number, draft in enumerate(drafts)}
    config = dataclasses.replace(config, tier=Tier.SUGGESTED)
    for group in groups:
        members = [numbers[key] for key in dict.fromkeys(group) if key in numbers]
        if len(members) < 2:
            continue
        base, spans = _consensus({each: drafts[each].original for each in members}, config)
        drafts[base].correct(spans)
        for number in members:
            if number != base:
                _supersede(drafts, number, base)


def _supersede(drafts: Sequence[Draft], number: int, base: int) -> None:
    """Take a document out whole in favour of another reading of it."""
    from rapidfuzz.distance import Levenshtein

    from textclean.dedup import RemovalKind

    draft, other = drafts[number], drafts[base].original
    draft.superseded = True
    if draft.original:
        score = round(Levenshtein.normalized_similarity(draft.original, other), 4)
        loss = Loss(Place(base, 0, len(other)), RemovalKind.NEAR, score)
        draft.losses[0, len(draft.original)] = loss
        draft.cut()


def correct_from_copies(drafts: Sequence[Draft], config: Config) -> bool:
    """Mend each block by the copies that were removed for it, where tier ``suggested`` is on.

    Exact copies bear it out against near ones. A number is never changed, for copies that differ in
    one are none; nor is what was redacted, which has rules of its own (`restorations`).
    """
    if config.tier is not Tier.SUGGESTED:
        return False
    copies: defaultdict[Place, list[tuple[float, Place]]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        for (start, end), loss in draft.losses.items():
            if not draft.superseded and (start, end) not in draft.page_lines:
                copies[loss.survivor].append((-loss.score, Place(number, start, end)))
    found: defaultdict[int, list[Span]] = defaultdict(list)
    for survivor, places in sorted(copies.items()):
        chosen = [survivor, *(place for _, place in sorted(places)[:_MOST])]
        texts = {at: _text(drafts, place) for at, place in enumerate(chosen)}
        _, spans = _consensus(texts, config, base=0)
        for start, end, after, cause, group in spans:
            before = texts[0][start:end]
            if not any(char.isdigit() for char in before + after):
                place = start + survivor.start, end + survivor.start
                found[survivor.draft].append((*place, after, cause, group))
    superseded = [draft for draft in drafts if draft.superseded]
    bases = {loss.survivor.draft for each in superseded for loss in each.losses.values()}
    changed = False
    for number, draft in enumerate(drafts):
        if number not in bases:  # those are mended already
            spans = sorted(found.get(number, []), key=lambda span: span[:2])
            changed = draft.correct(spans) or changed
    return changed


def _text(drafts: Sequence[Draft], place: Place) -> str:
    return drafts[place.draft].original[place.start : place.end]


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
