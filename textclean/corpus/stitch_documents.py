"""Broken paragraphs put together: `textclean.layout.stitch` over the documents of a corpus.

Joined is what the survivors of deduplication leave, and again what cleaning makes of it, until
nothing more is found: so a run over its own output finds nothing to join. Where the tier does not
allow joining, the same pairs are written down and nothing is moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, NamedTuple

from textclean.config import Config
from textclean.corpus.drafts import Draft, Join
from textclean.corpus.excise import Alignment, blocks_of, fixed_spans
from textclean.corpus.reading_order import Key, arrange
from textclean.text.blocks import Block
from textclean.text.edit import Cause, Span, Tier
from textclean.text.protect import protected_spans, switches_of

if TYPE_CHECKING:
    from textclean.layout import Stitch
    from textclean.layout.columns import Unrolled

#: The rule under which a joined paragraph is reported, selected and given another tier.
CODE = "L101"
#: The rules under which columns are put one after the other: printed side by side, interleaved.
COLUMNS = "L102"
INTERLEAVED = "L103"


class CorpusStitch(NamedTuple, Generic[Key]):
    """A block that goes on in another; offsets in the document's original."""

    document: Key
    start: int
    end: int
    text: str
    head_start: int
    head_end: int
    head_text: str
    confidence: float
    #: Whether the two were joined; else it is a finding.
    joined: bool


def _allowed(config: Config, code: str) -> bool:
    """Whether what a rule finds is put in its place, not only reported."""
    tier = config.tier_of(code, Tier.SUGGESTED)
    return config.selects(code) and tier.rank <= config.tier.rank and config.unit != "document"


def unroll(drafts: Sequence[Draft], config: Config) -> None:
    """Have columns that stand side by side, or are interleaved, read one after the other."""
    for draft in drafts:
        if draft.columns or draft.unclear:
            continue
        for code, found in _columns(draft.original, config):
            cause = Cause(code, Tier.SUGGESTED, 1.0, "a column's line ends at the gutter")
            edits: list[Span] = [(*gutter, cause, None) for gutter in found.gutters]
            draft.unroll(found.spans, edits)
            break


def _columns(text: str, config: Config) -> Iterator[tuple[str, Unrolled]]:
    """A text's columns one after the other, under each rule that finds some and may move them."""
    if not (_allowed(config, COLUMNS) or _allowed(config, INTERLEAVED)):
        return
    from textclean.layout import columns, interleaving

    protected, switches = protected_spans(text), switches_of(text)
    for code, unrolled in ((COLUMNS, columns.unroll), (INTERLEAVED, interleaving.unroll)):
        fixed = [*protected, *switches.off_for(code)]
        found = unrolled(text, fixed) if _allowed(config, code) else None
        if found is not None:
            yield code, found


def unclear(drafts: Sequence[Draft], config: Config) -> bool:
    """Have columns read as they stand where there still seem to be some after they were unrolled.

    Returns:
        Whether there were such documents; their texts are to be cleaned again.
    """
    again = False
    for draft in drafts:
        outcome = draft.outcome
        if draft.columns and outcome is not None and any(_columns(outcome.text, config)):
            draft.unclear = again = True
            draft.unroll([], [])
    return again


def join(drafts: Sequence[Draft], config: Config) -> bool:
    """Put together what belongs together in each document: whether anything was moved.

    Looks at the cleaned text of a document where that is known, else at what is to be cleaned.
    """
    if not _allowed(config, CODE):
        return False
    moved = False
    for draft in drafts:
        # What one joint leaves may be clear where it was not before.
        while _join(draft):
            moved = True
    return moved


def _join(draft: Draft) -> bool:
    text, blocks, sources = _blocks(draft)
    found = [
        one
        for one in _stitches(draft, text, blocks, sources)
        if all(sources[block].start < sources[block].end for block in (one.tail, one.head))
    ]
    if not found:
        return False
    reading = draft.reading
    following = {one.tail: one.head for one in found}
    spans, gone = arrange(reading.text, sources, following, as_lines=draft.line_by_line)
    expected = len(blocks_of(draft.prepared(reading)[0])) - len(found)
    moved = reading.moved(spans, gone)
    if len(blocks_of(draft.prepared(moved)[0])) != expected:
        return False
    draft.joins += (_described(draft, sources, one) for one in found)
    draft.reading = moved
    return True


def _described(draft: Draft, sources: Sequence[Block], found: Stitch) -> Join:
    """A stitch in offsets of the original: the last span of its tail, the first of its head."""
    tail, head = sources[found.tail], sources[found.head]
    return Join(
        draft.reading.to_original(tail.start, tail.end)[-1],
        draft.reading.to_original(head.start, head.end)[0],
        found.confidence,
    )


def _blocks(draft: Draft) -> tuple[str, list[Block], list[Block]]:
    """A text, its blocks, and the same blocks in the text as it was before cleaning."""
    outcome = draft.outcome
    if outcome is None and draft.replacements:
        return "", [], []  # its blocks are not known before its lines are
    if outcome is None:
        blocks = blocks_of(draft.reading.text)
        return draft.reading.text, blocks, blocks
    blocks = blocks_of(outcome.text)
    alignment = Alignment(outcome.columns)
    sources: list[Block] = []
    last = 0
    for block in blocks:
        start, end = alignment.to_source(block.start, block.end)
        start = max(start, last)  # an edit across two blocks belongs to the first
        last = max(start, end)
        sources.append(block._replace(start=start, end=last))
    return outcome.text, blocks, sources


def _stitches(
    draft: Draft, text: str, blocks: Sequence[Block], sources: Sequence[Block]
) -> list[Stitch]:
    if len(blocks) < 2:
        return []
    from textclean.layout import stitch
    from textclean.layout.block_order import Seams, is_line_by_line

    # Of a page of lines the paragraphs are known when its lines are joined.
    if draft.line_by_line and (draft.outcome is None or is_line_by_line(text)):
        return []
    spans = [(block.start, block.end) for block in blocks]
    # What may not be moved is nothing that could go on.
    fixed = fixed_spans(text, spans, CODE)
    texts = ["" if stays else text[slice(*s)] for stays, s in zip(fixed, spans, strict=True)]
    printed = draft.reading.text
    seams = (
        Seams(texts, line_by_line=True)
        if draft.line_by_line
        else Seams([printed[source.start : source.end] for source in sources])
    )
    # A later run sees only what is written now: what it would join is joined at once.
    return stitch(texts, seams) or stitch(texts, Seams([text[slice(*span)] for span in spans]))


def stitches_of(draft: Draft, config: Config) -> list[CorpusStitch[Any]]:
    """What was joined in a document, or where nothing may be, what could be; in order of place."""
    joined = _allowed(config, CODE)
    if not joined and config.selects(CODE) and config.unit != "document":
        text, blocks, sources = _blocks(draft)
        found = [_described(draft, sources, one) for one in _stitches(draft, text, blocks, sources)]
    else:
        found = draft.joins
    return [
        CorpusStitch(*draft.at(*tail), *draft.at(*head)[1:], confidence, joined)
        for tail, head, confidence in sorted(found)
    ]
