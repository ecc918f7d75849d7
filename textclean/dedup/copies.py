"""Which of many texts are copies of which: the search from end to end.

Texts with the same fold become one node first, so that a million copies of one line are compared
once. The search (`search`) says which few of the distinct folds are worth a closer look; only those
become nodes of the graph (`graph`), and all others stay. Headings follow what stands under them
(`policy`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Any, Protocol

from textclean.config import Config
from textclean.dedup import policy, search
from textclean.dedup.buffers import ArrowStrings, StringList, Texts, checked, kind_of
from textclean.dedup.fold import fold
from textclean.dedup.graph import Node, Place, Proposals, Settled, gather, settle
from textclean.dedup.result import Deduplicated

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: So many different texts are folded one by one, to see whether there is anything to search.
_FEW = 16


class StringArray(Protocol):
    """A column of strings that can turn itself into a list, as pyarrow's can."""

    def to_pylist(self) -> list[Any]:
        """The values as Python strings."""
        ...


def deduplicate(
    texts: Iterable[str] | StringArray,
    config: Config | None = None,
    *,
    threads: int | None = None,
) -> Deduplicated:
    """Find the copies among `texts`, the consecutive blocks of one document.

    With ``config.unit == "document"`` each text is a document by itself: `deduplicate_records`. A
    pyarrow array of strings is read where it lies, without making Python strings of it.

    Args:
        threads: how many work at once; None: as many as there are processors. The result is the
            same for any number.

    Raises:
        TypeError: not an iterable of strings; the message names the index of what is none.
        InvalidTextError: a text holds a lone surrogate.
        MissingExtraError: there are texts to compare, but a package of the extra ``[dedup]`` is
            not installed.
    """
    config = config or Config()
    if config.unit == "document":
        return deduplicate_records(texts, config, threads=threads)
    blocks = checked(texts)
    return _deduplicate(blocks, [0, len(blocks)], config, threads)


def deduplicate_documents(
    documents: Iterable[Iterable[str] | StringArray],
    config: Config | None = None,
    *,
    threads: int | None = None,
) -> Deduplicated:
    """Find the copies among the blocks of several documents; indices count them one after another.

    In one document a block of prose is a copy from ``config.min_copy`` folded characters, and a
    heading goes with all that stands under it; across documents only prose of
    ``config.min_copy_across`` or more goes.

    Raises:
        TypeError, InvalidTextError, MissingExtraError: as `deduplicate`.
    """
    if isinstance(documents, str | bytes | Mapping) or not isinstance(documents, Iterable):
        raise TypeError(f"documents: expected sequences of strings, got {kind_of(documents)}")
    each = [checked(document, f"documents[{place}]") for place, document in enumerate(documents)]
    bounds = [0, *accumulate(len(document) for document in each)]
    return _deduplicate(list(chain.from_iterable(each)), bounds, config or Config(), threads)


def deduplicate_records(
    texts: Iterable[str] | StringArray,
    config: Config | None = None,
    *,
    threads: int | None = None,
) -> Deduplicated:
    """Find the copies among `texts`, each a whole document of any kind and length.

    Equal folds are exact copies however short; near copies are looked for from
    ``config.min_copy_across`` folded characters. A document that is part of another one stays.

    Raises:
        TypeError, InvalidTextError, MissingExtraError: as `deduplicate`.
    """
    return _deduplicate(checked(texts), None, config or Config(), threads)


def _deduplicate(
    texts: list[str] | ArrowStrings, bounds: list[int] | None, config: Config, threads: int | None
) -> Deduplicated:
    """`bounds` are those of the documents whose blocks the texts are; None if each is one."""
    across = max(config.min_copy, config.min_copy_across)
    few = _settle_few(texts, bounds, config)
    if few is not None:
        settled, headings = few, None
    else:
        settled, headings = _settle(texts, bounds, config, across, threads)
    removed = {removal.index for removal in settled.removals}
    if bounds is not None and (headings is None or headings):
        for start, end in pairwise(bounds):
            among = None
            if headings is not None:
                among = headings[bisect_left(headings, start) : bisect_left(headings, end)]
                if not among:
                    continue
            settled.removals.extend(policy.repeated_headings(texts, start, end, removed, among))
    removed = {removal.index for removal in settled.removals}
    return Deduplicated(
        kept=[index for index in range(len(texts)) if index not in removed],
        removals=sorted(settled.removals),
        twins=sorted(settled.twins),
        threshold=config.threshold,
        texts=tuple(texts) if isinstance(texts, list) else texts,
    )


def _settle_few(texts: Sequence[str], bounds: list[int] | None, config: Config) -> Settled | None:
    """What is settled without a search because there is but one fold; None if there are more."""
    if isinstance(texts, ArrowStrings):
        return None
    different: set[str] = set()
    for text in texts:
        different.add(text)
        if len(different) > _FEW:
            return None
    folds = {text: fold(text) for text in different if bounds is None or policy.is_prose(text)}
    least = 1 if bounds is None else config.min_copy
    across = max(config.min_copy, config.min_copy_across)
    folds = {text: folded for text, folded in folds.items() if len(folded) >= least}
    if len(set(folds.values())) > 1:
        return None
    eligible = [index for index, text in enumerate(texts) if text in folds]
    nodes = gather(
        texts, (_place(index, folds[texts[index]], bounds, across) for index in eligible)
    )
    return settle(texts, nodes, Proposals(), config.threshold, 0.0, across)


def _place(index: int, folded: str, bounds: list[int] | None, across: int) -> Place:
    if bounds is None:
        return Place(index, index, folded)
    return Place(index, bisect_right(bounds, index), folded, local=len(folded) < across)


def _settle(
    texts: list[str] | ArrowStrings,
    bounds: list[int] | None,
    config: Config,
    across: int,
    threads: int | None,
) -> tuple[Settled, list[int]]:
    """What goes, and the indices of what may be a heading."""
    readable: Texts = texts if isinstance(texts, ArrowStrings) else StringList(texts)
    surveyed = search.survey(readable, config.min_copy, threads)
    import numpy as np

    documents = np.arange(len(texts), dtype=np.int64)
    near_from = config.min_copy_across
    headings: list[int] = []
    if bounds is None:
        eligible = np.flatnonzero(surveyed.lengths > 0)
    else:
        near_from = across
        documents = np.searchsorted(np.array(bounds), documents, side="right")
        prose = surveyed.plain.copy()
        for index in np.flatnonzero(~prose).tolist():
            text = texts[index]
            prose[index] = policy.is_prose(text)
            if "#" in text:
                headings.append(index)
        eligible = np.flatnonzero(prose & (surveyed.lengths >= config.min_copy))

    nodes, distinct = _exact(texts, readable, eligible, surveyed, documents, bounds, across)
    parts_of = None
    if bounds is not None:
        parts_of = np.ones(len(distinct), np.bool_)
        scattered = [node.at for node in nodes.values() if node.scattered]
        parts_of[np.searchsorted(distinct, scattered)] = False
    found = search.search(
        readable,
        distinct,
        surveyed,
        documents,
        threshold=config.threshold,
        min_near=near_from,
        parts_of=parts_of,
        min_part=config.min_copy,
        threads=threads,
    )
    involved = {index for one, other, _ in found.near for index in (one, other)}
    involved.update(chain.from_iterable(found.parts))
    involved.update(chain.from_iterable(found.forms))
    involved.difference_update(nodes)
    for index, folded in search.folds_of(readable, surveyed, involved, threads).items():
        place = _place(index, folded, bounds, across)
        nodes[index] = Node(folded, texts[index], index, place.document, place.local, False, [])
    settled = settle(
        texts,
        nodes,
        Proposals(found.near, found.parts, found.forms),
        config.threshold,
        search.misread_share(config.threshold),
        near_from,
    )
    return settled, headings


def _exact(
    texts: Sequence[str],
    readable: Texts,
    eligible: NDArray[np.int64],
    surveyed: search.Survey,
    documents: NDArray[np.int64],
    bounds: list[int] | None,
    across: int,
) -> tuple[dict[int, Node], NDArray[np.int64]]:
    """The nodes of the folds that occur more than once, and one text of each fold."""
    import numpy as np

    keys = surveyed.digests[eligible]
    if bounds is not None:
        # What is too short for other documents is the same fold only within its own.
        local = surveyed.lengths[eligible] < across
        keys[local] ^= documents[eligible][local].astype(np.uint64) << np.uint64(20)
    groups = [eligible[group] for group in search.equal_groups(keys)]
    # Most members of a large group are the very same string, which is folded once.
    first_of: dict[str, int] = {}
    alike: list[tuple[int, int]] = []
    for group in groups:
        for index in group.tolist():
            alike.append((index, first_of.setdefault(texts[index], index)))
    folds = search.folds_of(readable, surveyed, first_of.values())
    places = [_place(index, folds[first], bounds, across) for index, first in alike]
    single = np.ones(len(texts), np.bool_)
    single[[index for index, _ in alike]] = False
    nodes = gather(texts, places)
    distinct = np.concatenate(
        [eligible[single[eligible]], np.fromiter(nodes, np.int64, len(nodes))]
    )
    distinct.sort()
    return nodes, distinct
