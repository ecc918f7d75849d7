"""Lines of pages that many documents have: found in a corpus and, on request, taken out of it.

One place stays, in the first document that has the line. Should that document or paragraph go as a
copy, the lines that went for it come back, and are looked at again without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textclean.config import Config
from textclean.corpus.drafts import Draft, Loss, Place
from textclean.corpus.excise import fixed_spans

if TYPE_CHECKING:
    from textclean.dedup.records import Boilerplate

# Where a line stands in a text as it is, and where in the original.
_Line = tuple[tuple[int, int], Place]


def boilerplate_in(documents: Iterable[tuple[Any, str]]) -> list[Boilerplate[Any]]:
    """The lines of pages that several of some documents have; first what most have.

    Raises:
        MissingExtraError: a package of the extra ``[dedup]`` is not installed.
    """
    from textclean.dedup.inputs import require

    pages = [[document] for document in documents]
    if len({text for ((_, text),) in pages}) < 3:  # no packages are needed to see that
        return []
    require()
    from textclean.dedup.boilerplate import find_boilerplate

    return find_boilerplate(pages)


def take_out_lines(drafts: Sequence[Draft], config: Config, *, cleaned: bool) -> bool:
    """Take out of all documents but the first what `boilerplate_in` finds: whether anything went.

    What is protected stays, as do lines that somebody switched off.

    Args:
        cleaned: look at what cleaning made of the documents.
    """
    if config.boilerplate != "remove":
        return False
    from textclean.dedup import RemovalKind

    texts = {
        number: draft.standing(cleaned)
        for number, draft in enumerate(drafts)
        if not draft.superseded
    }
    found = boilerplate_in((number, text) for number, (text, _) in texts.items())
    wanted: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for line in found:
        for number, start, end in line.places[1:]:
            wanted[number].add((start, end))
    free = {
        (number, *span)
        for number, spans in wanted.items()
        for span in _not_fixed(texts[number][0], sorted(spans))
    }
    moved: dict[Place, Place] = {}
    for line in found:
        first, *others = line.places
        spans = texts[first.key][1](first.start, first.end)
        survivor = Place(first.key, spans[0][0], spans[-1][1])
        for number, start, end in others:
            if (number, start, end) not in free:
                continue
            for span in texts[number][1](start, end):
                loss = Loss(survivor, RemovalKind.BOILERPLATE, 1.0)
                drafts[number].lose(span, loss, page_line=True)
                moved[Place(number, *span)] = survivor
    for number in {place.draft for place in moved}:
        drafts[number].cut()
    _point_elsewhere(drafts, moved)
    return bool(moved)


def _not_fixed(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    fixed = fixed_spans(text, spans)
    return (span for span, stays in zip(spans, fixed, strict=True) if not stays)


def _point_elsewhere(drafts: Sequence[Draft], moved: Mapping[Place, Place]) -> None:
    """Let lines point at what stays now where the line that they went for has gone, too: perhaps
    with a space beside it that was no part of it before.
    """
    spans: defaultdict[int, list[tuple[Place, Place]]] = defaultdict(list)
    for place, survivor in moved.items():
        spans[place.draft].append((place, survivor))
    for draft in drafts:
        for span in draft.page_lines:
            loss = draft.losses[span]
            was = loss.survivor
            for place, survivor in spans.get(was.draft, ()):
                if place.start <= was.start and was.end <= place.end:
                    draft.losses[span] = loss._replace(survivor=survivor)
                    break


def bring_back_lines(drafts: Sequence[Draft], went: Iterable[Place]) -> set[int]:
    """Bring back the lines whose survivor is in a span that goes: which documents changed."""
    spans: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for place in went:
        spans[place.draft].append((place.start, place.end))
    changed: set[int] = set()
    for number, draft in enumerate(drafts):
        for line in list(draft.page_lines):
            survivor = draft.losses[line].survivor
            gone = spans.get(survivor.draft, ())
            if any(start <= survivor.start and survivor.end <= end for start, end in gone):
                draft.page_lines.discard(line)
                del draft.losses[line]
                changed.add(number)
    return changed
