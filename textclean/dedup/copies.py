"""Which of many texts are copies of which: the search from end to end.

Texts with the same fold become one node first, so that a million copies of one line cost a
dictionary look-up each. Everything after works on the distinct folds (`graph`); headings follow
what stands under them (`policy`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate, chain, pairwise
from typing import Any, Protocol

from textclean.config import Config
from textclean.dedup import policy
from textclean.dedup.fold import fold
from textclean.dedup.graph import Place, Settled, gather, settle
from textclean.dedup.result import Deduplicated
from textclean.errors import InvalidTextError

_SURROGATE = re.compile("[\ud800-\udfff]")


class StringArray(Protocol):
    """A column of strings that can turn itself into a list, as pyarrow's can."""

    def to_pylist(self) -> list[Any]:
        """The values as Python strings."""
        ...


def deduplicate(texts: Iterable[str] | StringArray, config: Config | None = None) -> Deduplicated:
    """Find the copies among `texts`, the consecutive blocks of one document.

    With ``config.unit == "document"`` each text is a document by itself: `deduplicate_records`.

    Raises:
        TypeError: not an iterable of strings; the message names the index of what is none.
        InvalidTextError: a text holds a lone surrogate.
        MissingExtraError: there are texts to compare, but numpy or datasketch is not installed.
    """
    config = config or Config()
    if config.unit == "document":
        return deduplicate_records(texts, config)
    blocks = _checked(texts)
    return _deduplicate_blocks(blocks, [0, len(blocks)], config)


def deduplicate_documents(
    documents: Iterable[Iterable[str] | StringArray], config: Config | None = None
) -> Deduplicated:
    """Find the copies among the blocks of several documents; indices count them one after another.

    In one document a block of prose is a copy from ``config.min_copy`` folded characters, and a
    heading goes with all that stands under it; across documents only prose of
    ``config.min_copy_across`` or more goes.

    Raises:
        TypeError, InvalidTextError, MissingExtraError: as `deduplicate`.
    """
    if isinstance(documents, str | bytes | Mapping) or not isinstance(documents, Iterable):
        raise TypeError(f"documents: expected sequences of strings, got {_name(documents)}")
    checked = [
        _checked(document, f"documents[{place}]") for place, document in enumerate(documents)
    ]
    bounds = [0, *accumulate(len(document) for document in checked)]
    return _deduplicate_blocks(list(chain.from_iterable(checked)), bounds, config or Config())


def deduplicate_records(
    texts: Iterable[str] | StringArray, config: Config | None = None
) -> Deduplicated:
    """Find the copies among `texts`, each a whole document of any kind and length.

    Equal folds are exact copies however short; near copies are looked for from
    ``config.min_copy_across`` folded characters. A document that is part of another one stays.

    Raises:
        TypeError, InvalidTextError, MissingExtraError: as `deduplicate`.
    """
    config = config or Config()
    records = _checked(texts)
    folds = {text: fold(text) for text in dict.fromkeys(records)}
    places = (Place(index, index, folds[text]) for index, text in enumerate(records))
    nodes = gather(records, (place for place in places if place.fold))
    settled = settle(nodes, config.threshold, config.min_copy_across, contained=False)
    return _result(records, settled, config)


def _deduplicate_blocks(blocks: list[str], bounds: list[int], config: Config) -> Deduplicated:
    across = max(config.min_copy, config.min_copy_across)
    places: list[Place] = []
    folds = {text: fold(text) for text in dict.fromkeys(blocks) if policy.is_prose(text)}
    for index, text in enumerate(blocks):
        folded = folds.get(text, "")
        if len(folded) >= config.min_copy:
            document = bisect_right(bounds, index)
            places.append(Place(index, document, folded, local=len(folded) < across))
    nodes = gather(blocks, places)
    settled = settle(nodes, config.threshold, across, contained=True)
    removed = {removal.index for removal in settled.removals}
    for start, end in pairwise(bounds):
        settled.removals.extend(policy.repeated_headings(blocks, start, end, removed))
    return _result(blocks, settled, config)


def _result(texts: list[str], settled: Settled, config: Config) -> Deduplicated:
    removed = {removal.index for removal in settled.removals}
    return Deduplicated(
        kept=[index for index in range(len(texts)) if index not in removed],
        removals=sorted(settled.removals),
        twins=sorted(settled.twins),
        threshold=config.threshold,
        texts=tuple(texts),
    )


def _checked(texts: object, name: str = "texts") -> list[str]:
    """The texts as a list, each of them a string of Unicode characters."""
    if hasattr(texts, "to_pylist"):
        texts = texts.to_pylist()
    if isinstance(texts, str | bytes | bytearray | Mapping) or not isinstance(texts, Iterable):
        raise TypeError(f"{name}: expected an iterable of strings, got {_name(texts)}")
    checked = list(texts)
    for index, text in enumerate(checked):
        if not isinstance(text, str):
            raise TypeError(f"{name}[{index}]: expected a string, got {_name(text)}")
        if not text.isascii() and (surrogate := _SURROGATE.search(text)):
            raise InvalidTextError(
                f"{name}[{index}]: a lone surrogate at offset {surrogate.start()} is no character"
            )
    return checked


def _name(value: object) -> str:
    return "None" if value is None else f"{type(value).__name__}"
